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


def ask(office: Office, address: str, token: str) -> Response:
    """Ask as a program that knows nothing of cookies."""
    return TestClient(office.app, base_url="http://127.0.0.1").get(
        f"{PREFIX}{address}", headers={"Authorization": f"Bearer {token}"}
    )


def test_every_address_refuses_who_is_not_known(office: Office) -> None:
    stranger = office.stranger()
    addresses = paths(office)
    assert len(addresses) >= 9
    for address in addresses:
        answer = stranger.get(PREFIX + re.sub(r"\{\w+\}", "1", address))
        assert answer.status_code == 401, address
        assert answer.headers["www-authenticate"] == "Bearer"
        assert answer.json()["error"] == "NotSignedIn"
        assert ask(office, re.sub(r"\{\w+\}", "1", address), "0" * 64).status_code == 401


def test_nothing_can_be_changed(office: Office) -> None:
    visitor = office.visitor(ADMINISTRATOR)
    for address, methods in paths(office).items():
        assert list(methods) == ["get"]
        for method in ("POST", "PUT", "PATCH", "DELETE"):
            answer = visitor.browser.request(method, PREFIX + re.sub(r"\{\w+\}", "1", address))
            assert answer.status_code == 405


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
        parameters = methods["get"].get("parameters", [])
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
