"""The archive for programs: what they are answered, to whom, and in which shape."""

from __future__ import annotations

import re
from itertools import product
from urllib.parse import quote

import pytest
from desk_office import ADMINISTRATOR, OFFICER, READER, REPORT_NAME, Office, Visitor, everything_in
from fastapi.testclient import TestClient
from httpx2 import Response

from pipeline.desk.api import PREFIX


@pytest.fixture
def reader(office: Office) -> Visitor:
    return office.visitor(READER)


def paths(office: Office) -> dict[str, dict[str, dict[str, object]]]:
    """The addresses of the OpenAPI with what each takes."""
    return office.stranger().get(f"{PREFIX}/openapi.json").json()["paths"]  # type: ignore[no-any-return]


def asked(visitor: Visitor, address: str) -> dict[str, object]:
    answer = visitor.get(f"{PREFIX}{address}")
    assert answer.status_code == 200, (address, answer.text)
    return answer.json()  # type: ignore[no-any-return]


def token_of(visitor: Visitor) -> str:
    """Make an access token on the page of one's own account."""
    found = re.search(r"<code>(\w+)</code>", visitor.send("/account/access", name="bảng tính").text)
    assert found
    return found.group(1)


def writing_token_of(visitor: Visitor) -> str:
    """Make an access token that may write what the visitor may."""
    found = re.search(r"<code>(\w+)</code>", visitor.send("/account/access", name="phần mềm", writes="true").text)
    assert found
    return found.group(1)


def change(office: Office, address: str, token: str, asked: dict[str, str]) -> Response:
    """Ask for a change as a program."""
    return TestClient(office.app, base_url="http://127.0.0.1").post(
        f"{PREFIX}{address}", headers={"Authorization": f"Bearer {token}"}, json=asked
    )


def ask(office: Office, address: str, token: str) -> Response:
    """Ask as a program that knows nothing of cookies."""
    return TestClient(office.app, base_url="http://127.0.0.1").get(
        f"{PREFIX}{address}", headers={"Authorization": f"Bearer {token}"}
    )


def test_every_address_refuses_who_is_not_known(office: Office) -> None:
    stranger = office.stranger()
    addresses = paths(office)
    assert len(addresses) >= 9
    for address in (address for address, methods in addresses.items() if "get" in methods):
        answer = stranger.get(PREFIX + re.sub(r"\{\w+\}", "1", address))
        assert answer.status_code == 401, address
        assert answer.headers["www-authenticate"] == "Bearer"
        assert answer.json()["error"] == "NotSignedIn"
        assert ask(office, re.sub(r"\{\w+\}", "1", address), "0" * 64).status_code == 401


CHANGING = {"/findings/{finding}/decisions", "/corrections", "/restorations", "/uploads"}


def test_nothing_can_be_changed_without_a_token_that_may_write(office: Office) -> None:
    visitor = office.visitor(ADMINISTRATOR)
    token = token_of(visitor)
    before = everything_in(office.archive)
    for address, methods in paths(office).items():
        assert set(methods) <= {"get", "post"}
        assert ("post" in methods) is (address in CHANGING)
        where = PREFIX + re.sub(r"\{\w+\}", "1", address)
        for method in ("POST", "PUT", "PATCH", "DELETE"):
            expected = 403 if method.lower() in methods else 405
            for headers in ({}, {"Authorization": f"Bearer {token}"}):
                answer = visitor.browser.request(method, where, headers=headers)
                assert answer.status_code == expected, (method, address)
    assert everything_in(office.archive) == before


def test_a_reader_s_token_never_writes(office: Office) -> None:
    token = writing_token_of(office.visitor(READER))
    assert change(office, "/corrections", token, {"figure": "x", "value": "1"}).status_code == 403
    assert ask(office, "/documents", token).status_code == 200


def test_a_program_settles_a_finding_as_its_account(office: Office) -> None:
    token = writing_token_of(office.visitor(OFFICER))
    finding = ask(office, "/findings?verdict=conflict", token).json()["items"][0]["id"]
    answer = change(office, f"/findings/{finding}/decisions", token, {"settlement": "dismiss"})
    assert (answer.status_code, answer.json()["error"]) == (400, "BadArgumentsError")
    asked = {"settlement": "dismiss", "reason": "hai kỳ khác nhau"}
    answer = change(office, f"/findings/{finding}/decisions", token, asked)
    assert (answer.status_code, answer.json()["id"]) == (201, finding)
    decided = office.archive.decisions()[-1].decision
    assert (decided.kind, decided.target.id, decided.by) == ("dismiss", finding, OFFICER)
    assert decided.reason == "hai kỳ khác nhau"
    assert change(office, "/findings/0000/decisions", token, asked).status_code == 404


def test_a_program_corrects_a_figure_and_lets_the_machine_s_reading_hold_again(office: Office) -> None:
    token = writing_token_of(office.visitor(OFFICER))
    figure = next(each for each in ask(office, "/figures?size=500", token).json()["items"] if each["value"] == "5120")
    answer = change(office, "/corrections", token, {"figure": figure["id"], "value": "5.121", "reason": "in là 5.121"})
    assert (answer.status_code, answer.json()["value"]) == (201, "5121")
    assert change(office, "/corrections", token, {"figure": figure["id"], "value": "năm"}).status_code == 400
    assert change(office, "/corrections", token, {"figure": "không có", "value": "5"}).status_code == 400
    office.clock.now += 60
    answer = change(office, "/restorations", token, {"figure": figure["id"]})
    assert (answer.status_code, answer.json()["value"]) == (201, "5120")


def test_a_program_brings_a_file_in_and_follows_it(office: Office) -> None:
    token = writing_token_of(office.visitor(OFFICER))
    browser = TestClient(office.app, base_url="http://127.0.0.1")
    headers = {"Authorization": f"Bearer {token}"}
    sent = browser.post(f"{PREFIX}/uploads", headers=headers, files={"file": ("den.txt", b"Xa co 12 thon.")})
    assert (sent.status_code, sent.json()["state"], sent.json()["account"]) == (202, "waiting", OFFICER)
    assert ask(office, f"/uploads/{sent.json()['id']}", token).json()["name"] == "den.txt"
    refused = browser.post(f"{PREFIX}/uploads", headers=headers, files={"file": ("rong.pdf", b"")})
    assert (refused.status_code, refused.json()["state"]) == (202, "failed")
    assert refused.json()["message"]
    assert [one["name"] for one in ask(office, "/uploads", token).json()] == ["rong.pdf", "den.txt"]
    assert ask(office, "/uploads/999", token).status_code == 404


def test_a_program_reads_with_a_token_until_it_is_removed(office: Office, reader: Visitor) -> None:
    token = token_of(reader)
    assert ask(office, "/documents", token).json()["total"] == 2
    written = everything_in(office.archive)
    assert token not in written
    page = reader.read("/account")
    assert "bảng tính" in page
    assert token not in page
    account = next(account for account in office.archive.accounts.all() if account.name == READER)
    (access,) = office.archive.accounts.access(account.id)
    stolen = office.visitor(OFFICER)
    stolen.send(f"/account/access/{access.id}/remove")
    assert ask(office, "/documents", token).status_code == 200
    reader.send(f"/account/access/{access.id}/remove")
    assert ask(office, "/documents", token).status_code == 401


def test_a_locked_account_locks_its_programs_out(office: Office, reader: Visitor) -> None:
    token = token_of(reader)
    account = next(account for account in office.archive.accounts.all() if account.name == READER)
    office.archive.accounts.set_active(account.id, active=False)
    assert ask(office, "/documents", token).status_code == 401


def test_a_token_opens_no_page(office: Office, reader: Visitor) -> None:
    token = token_of(reader)
    headers = {"Authorization": f"Bearer {token}"}
    answer = TestClient(office.app, base_url="http://127.0.0.1").get(
        "/documents", headers=headers, follow_redirects=False
    )
    assert answer.status_code == 303


def test_documents_figures_findings_and_tasks_have_the_keys_of_the_contract(office: Office, reader: Visitor) -> None:
    number = office.document(REPORT_NAME)
    opened = asked(reader, f"/documents/{number}")
    assert opened["document"]["name"] == REPORT_NAME  # type: ignore[index]
    assert opened["components"]["number"] == "47"  # type: ignore[index]
    figures = asked(reader, f"/figures?document={number}&q=cay")["items"]
    assert [figure["value"] for figure in figures] == ["1250", "730", "510"]  # type: ignore[attr-defined]
    conflicts = asked(reader, f"/findings?document={number}&verdict=conflict")
    assert conflicts["total"] == 1
    (finding,) = conflicts["items"]  # type: ignore[misc]
    assert finding["difference"] == "10"
    assert asked(reader, f"/findings/{finding['id']}") == finding
    overdue = asked(reader, "/tasks?due=overdue")["items"]
    assert [task["deadline"] for task in overdue] == ["2025-11-20"]  # type: ignore[attr-defined]
    lines = asked(reader, f"/documents/{number}/pages/2")["lines"]
    assert lines[0]["text"].startswith("Công tác chữ ký số")  # type: ignore[index]
    hits = asked(reader, "/search?q=chu%20ky%20so")["hits"]
    assert {hit["document"] for hit in hits} >= {REPORT_NAME}  # type: ignore[attr-defined]
    assert asked(reader, "/figures?indicator=tthc.ho-so-tiep-nhan")["total"] == 1


def test_a_list_comes_part_by_part(office: Office, reader: Visitor) -> None:
    whole = asked(reader, "/figures?size=500")
    parts = [asked(reader, f"/figures?size=3&page={page}") for page in range(1, 6)]
    assert {part["total"] for part in parts} == {whole["total"]}
    together = [figure for part in parts for figure in part["items"]]  # type: ignore[attr-defined]
    assert together == whole["items"][:15]  # type: ignore[index]
    assert asked(reader, "/figures?size=3&page=1000")["items"] == []


HOSTILE = ("", "0", "-1", "99999999999999999999", "x" * 600, "%00", "'; DROP TABLE documents; --", "%25", '"*', "../..")


def test_no_value_that_is_asked_for_makes_it_fail(office: Office, reader: Visitor) -> None:
    for address, methods in paths(office).items():
        parameters = methods.get("get", {}).get("parameters", [])
        for parameter, value in product(parameters, HOSTILE):  # type: ignore[call-overload]
            name, place = parameter["name"], parameter["in"]
            filled = address.replace(f"{{{name}}}", quote(value, safe="")) if place == "path" else address
            filled = re.sub(r"\{\w+\}", "1", filled)
            answer = reader.browser.get(PREFIX + filled, params={name: value} if place == "query" else None)
            assert answer.status_code < 500, (address, name, value, answer.text)
            if answer.status_code >= 400:
                assert set(answer.json()) == {"error", "message", "remedy"}, (address, answer.text)
    assert asked(reader, "/documents")["total"] == 2


def test_no_address_of_the_api_is_answered_with_a_page(reader: Visitor) -> None:
    for address in ("/nothing", "/findings/a%0Ab", "/findings/a%2Fb"):
        answer = reader.get(f"{PREFIX}{address}")
        assert answer.status_code == 404
        assert answer.headers["content-type"] == "application/json", address
