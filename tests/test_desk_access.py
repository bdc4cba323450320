"""Who may see and do what at the desk, and what nobody may."""

from __future__ import annotations

import re
from itertools import count

import pytest
from desk_office import ADMINISTRATOR, OFFICER, PASSWORD, READER, Clock, Office, Visitor, everything_in, routes
from fastapi.routing import APIRoute
from httpx2 import Response

from pipeline.archive.accounts import IDLE_SECONDS, LONGEST_SECONDS, Role
from pipeline.desk.attempts import MOST_FOR_A_NAME, MOST_FROM_AN_ADDRESS, WITHIN_SECONDS, Attempts
from pipeline.desk.headers import HEADERS
from pipeline.desk.visits import FORM_FIELD, TOKEN_COOKIE
from pipeline.errors import BadArgumentsError

PUBLIC = {"/health", "/sign-in", "/sign-out", "/language"}
FOR_ADMINISTRATORS = {
    "/accounts",
    "/accounts/{account}/role",
    "/accounts/{account}/active",
    "/accounts/{account}/password",
}


def calls(office: Office) -> list[tuple[str, APIRoute]]:
    """Every method of every route that is not for everybody."""
    found = [(method, route) for route in routes(office.app) for method in route.methods or ()]
    assert len(found) > 20
    return [(method, route) for method, route in found if route.path not in PUBLIC]


def _address(route: APIRoute) -> str:
    """Write a route's address with something in the place of each parameter."""
    return re.sub(r"\{\w+\}", "1", route.path.replace("{kind}", "figures"))


def _call(visitor: Visitor, method: str, route: APIRoute) -> Response:
    fields = {FORM_FIELD: visitor.form_token(), "name": "moi", "password": PASSWORD, "current": PASSWORD}
    fields |= {"role": "administrator", "active": "true", "settlement": "accept", "value": "1"}
    return visitor.browser.request(method, _address(route), data=fields if method == "POST" else None)


def test_no_route_lets_a_stranger_in(office: Office) -> None:
    stranger = office.stranger()
    for method, route in calls(office):
        answer = _call(stranger, method, route)
        assert answer.status_code == 303, (method, route.path)
        assert answer.headers["location"].startswith("/sign-in"), (method, route.path)
        assert answer.content == b""


FOR_OFFICERS = {
    "/tray",
    "/tray/list",
    "/tray/{upload}/retry",
    "/tray/{upload}/forget",
    "/findings/{finding}/settle",
    "/documents/{document}/figures/{figure}/correct",
    "/documents/{document}/figures/{figure}/restore",
}


@pytest.mark.parametrize(
    ("name", "closed"), [(READER, FOR_OFFICERS | FOR_ADMINISTRATORS), (OFFICER, FOR_ADMINISTRATORS)]
)
def test_no_route_lets_in_whose_role_is_too_low(office: Office, name: str, closed: set[str]) -> None:
    visitor = office.visitor(name)
    accounts = office.archive.accounts.all()
    refused = {route.path for method, route in calls(office) if _call(visitor, method, route).status_code == 403}
    # A password that was changed signs out: the visitor comes back for what is asked after it.
    assert refused == closed
    assert office.archive.accounts.all() == accounts


def test_an_officer_may_see_every_page_that_is_not_for_administrators(office: Office) -> None:
    visitor = office.visitor(OFFICER)
    for method, route in calls(office):
        if method == "GET" and route.path not in FOR_ADMINISTRATORS:
            assert _call(visitor, method, route).status_code in (200, 307, 404), route.path


def test_every_form_is_refused_without_the_token_of_the_visit(office: Office) -> None:
    visitor = office.visitor(ADMINISTRATOR)
    another = office.visitor(ADMINISTRATOR).form_token()
    posts = [route for route in routes(office.app) if "POST" in (route.methods or ())]
    assert len(posts) > 5
    for route in posts:
        for sent in ({}, {FORM_FIELD: ""}, {FORM_FIELD: another}, {FORM_FIELD: "chữ"}):
            answer = visitor.browser.post(_address(route), data={"name": "moi", "role": "reader", **sent})
            assert answer.status_code == 403, (route.path, sent)
    assert visitor.browser.post("/accounts", json={FORM_FIELD: visitor.form_token()}).status_code == 403
    assert visitor.get("/accounts").status_code == 200


def test_the_right_password_opens_the_page_that_was_wanted(office: Office) -> None:
    visitor = office.stranger()
    sent_away = visitor.get("/findings?verdict=unknown")
    assert sent_away.headers["location"] == "/sign-in?next=/findings%3Fverdict%3Dunknown"
    assert 'value="/findings?verdict=unknown"' in visitor.read(sent_away.headers["location"])
    answer = visitor.send("/sign-in", name=f" {READER.upper()} ", password=PASSWORD, next="/findings?verdict=unknown")
    assert answer.headers["location"] == "/findings?verdict=unknown"
    assert READER in visitor.read("/findings?verdict=unknown")


@pytest.mark.parametrize("elsewhere", ["//evil.example", "https://evil.example", "/\\evil.example", "/\r\nX: y", ""])
def test_signing_in_leads_nowhere_else(office: Office, elsewhere: str) -> None:
    answer = office.stranger().send("/sign-in", name=READER, password=PASSWORD, next=elsewhere)
    assert answer.headers["location"] == "/"


@pytest.mark.parametrize(("name", "password"), [(READER, "sai mật khẩu rồi"), ("khong.co", PASSWORD), (READER, "")])
def test_a_wrong_name_and_a_wrong_password_get_the_same_answer(office: Office, name: str, password: str) -> None:
    answer = office.stranger().sign_in(name, password or " ")
    assert answer.status_code == 401
    assert "Tên hoặc mật khẩu không đúng." in answer.text


def test_passwords_cannot_be_guessed_by_trying(office: Office) -> None:
    stranger = office.stranger()
    for _ in range(MOST_FOR_A_NAME):
        assert stranger.sign_in(READER, "sai mật khẩu").status_code == 401
    refused = stranger.sign_in(READER)
    assert refused.status_code == 429
    assert 0 < int(refused.headers["retry-after"]) <= WITHIN_SECONDS + 1
    assert stranger.sign_in(OFFICER).status_code == 303
    office.clock.now += WITHIN_SECONDS
    assert office.stranger().sign_in(READER).status_code == 303


def test_names_cannot_be_tried_one_after_the_other_either(office: Office) -> None:
    stranger = office.stranger()
    tried = count()
    for _ in range(MOST_FROM_AN_ADDRESS):
        office.app.state.workplace.attempts.failed("testclient", f"ai.do.{next(tried)}")
    assert stranger.sign_in(READER).status_code == 429


def test_who_found_a_browser_open_cannot_guess_its_password_either(office: Office) -> None:
    visitor = office.visitor(READER)
    for _ in range(MOST_FOR_A_NAME):
        visitor.send("/account/password", current="sai mật khẩu", password="một câu mới tinh")
    refused = visitor.send("/account/password", current=PASSWORD, password="một câu mới tinh")
    assert "Sai quá nhiều lần" in refused.text
    office.clock.now += WITHIN_SECONDS
    assert office.stranger().sign_in(READER).status_code == 303


def test_failures_of_long_ago_take_no_memory() -> None:
    clock = Clock()
    attempts = Attempts(clock)
    for number in range(1000):
        attempts.failed(f"10.0.0.{number}", "ai.do")
        clock.now += 1
    assert len(attempts) <= 2 * WITHIN_SECONDS + 2


def test_signing_in_gives_a_token_that_was_not_known_before(office: Office) -> None:
    visitor = office.stranger()
    visitor.get("/sign-in")
    before = visitor.browser.cookies[TOKEN_COOKIE]
    answer = visitor.sign_in(READER)
    assert visitor.browser.cookies[TOKEN_COOKIE] != before
    held = answer.headers["set-cookie"]
    assert "HttpOnly" in held
    assert "SameSite=lax" in held
    assert "Secure" not in held  # the desk's own machine has no certificate; behind https it has


def test_the_token_goes_over_https_only_where_there_is_https(office: Office) -> None:
    visitor = office.stranger()
    visitor.browser.base_url = "https://127.0.0.1:8765"
    assert "Secure" in visitor.get("/sign-in").headers["set-cookie"]


def test_who_signed_out_is_out(office: Office) -> None:
    visitor = office.visitor(READER)
    token = visitor.browser.cookies[TOKEN_COOKIE]
    assert visitor.send("/sign-out").headers["location"] == "/sign-in"
    visitor.browser.cookies.set(TOKEN_COOKIE, token)
    assert visitor.get("/documents").status_code == 303


def test_who_does_nothing_for_long_is_out(office: Office) -> None:
    visitor = office.visitor(READER)
    office.clock.now += IDLE_SECONDS - 10
    assert visitor.get("/documents").status_code == 200
    office.clock.now += IDLE_SECONDS - 10
    assert visitor.get("/documents").status_code == 200
    office.clock.now += IDLE_SECONDS + 10
    assert visitor.get("/documents").status_code == 303


def test_nobody_stays_signed_in_for_ever(office: Office) -> None:
    visitor = office.visitor(READER)
    for _ in range(LONGEST_SECONDS // (IDLE_SECONDS // 2)):
        assert visitor.get("/documents").status_code == 200
        office.clock.now += IDLE_SECONDS // 2
    office.clock.now += 1
    assert visitor.get("/documents").status_code == 303


def test_an_administrator_adds_accounts_and_decides_what_they_may(office: Office) -> None:
    administrator = office.visitor(ADMINISTRATOR)
    assert administrator.send("/accounts", name="Phạm.Thư", password=PASSWORD, role="reader").status_code == 303
    added = next(account for account in office.archive.accounts.all() if account.name == "phạm.thư")
    newcomer = office.visitor("phạm.thư")
    assert newcomer.get("/accounts").status_code == 403
    administrator.send(f"/accounts/{added.id}/role", role="administrator")
    assert newcomer.get("/accounts").status_code == 200
    administrator.send(f"/accounts/{added.id}/active", active="false")
    assert newcomer.get("/documents").status_code == 303
    assert office.stranger().sign_in("phạm.thư").status_code == 401
    administrator.send(f"/accounts/{added.id}/active", active="true")
    administrator.send(f"/accounts/{added.id}/password", password="một câu khác hẳn")
    assert office.stranger().sign_in("phạm.thư").status_code == 401
    assert office.stranger().sign_in("phạm.thư", "một câu khác hẳn").status_code == 303
    told = [event.detail for event in office.archive.events() if event.subject == "phạm.thư"]
    assert told == [
        "added as reader",
        "is administrator",
        "may no longer sign in",
        "may sign in",
        "password changed",
    ]


@pytest.mark.parametrize(
    ("fields", "why"),
    [
        ({"name": READER, "password": PASSWORD}, "Đã có tài khoản"),
        ({"name": "a b", "password": PASSWORD}, "không dùng được"),
        ({"name": "<script>", "password": PASSWORD}, "không dùng được"),
        ({"name": "moi", "password": "ngắn"}, "10 đến 200 ký tự"),
    ],
)
def test_an_account_that_cannot_be_added_is_told_why(office: Office, fields: dict[str, str], why: str) -> None:
    answer = office.visitor(ADMINISTRATOR).send("/accounts", role="reader", **fields)
    assert answer.status_code == 400
    assert why in answer.text
    assert len(office.archive.accounts.all()) == 3


def test_the_last_administrator_stays(office: Office) -> None:
    accounts = office.archive.accounts
    last = next(account for account in accounts.all() if account.role is Role.ADMINISTRATOR)
    with pytest.raises(BadArgumentsError, match="quản trị duy nhất"):
        accounts.set_role(last.id, Role.READER)
    with pytest.raises(BadArgumentsError, match="quản trị duy nhất"):
        accounts.set_active(last.id, active=False)
    visitor = office.visitor(ADMINISTRATOR)
    assert "quản trị duy nhất" in visitor.send(f"/accounts/{last.id}/active", active="false").text
    assert visitor.get("/accounts").status_code == 200


def test_everybody_changes_their_own_password_and_other_browsers_are_out(office: Office) -> None:
    here, elsewhere = office.visitor(READER), office.visitor(READER)
    assert here.send("/account/password", current="sai rồi", password="một câu mới tinh").status_code == 400
    assert here.send("/account/password", current=PASSWORD, password="ngắn").status_code == 400
    assert here.send("/account/password", current=PASSWORD, password="một câu mới tinh").status_code == 303
    assert here.get("/documents").status_code == 200
    assert elsewhere.get("/documents").status_code == 303
    assert office.stranger().sign_in(READER).status_code == 401
    assert office.stranger().sign_in(READER, "một câu mới tinh").status_code == 303


def test_neither_passwords_nor_tokens_lie_in_the_database(office: Office) -> None:
    visitor = office.visitor(READER)
    token = visitor.browser.cookies[TOKEN_COOKIE]
    written = everything_in(office.archive)
    assert token not in written
    assert PASSWORD not in written
    assert "$argon2id$" in written


@pytest.mark.parametrize("address", ["/sign-in", "/static/desk.css", "/health", "/nothing-here", "/documents"])
def test_every_answer_has_strict_headers(office: Office, address: str) -> None:
    answer = office.visitor(READER).get(address)
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS
    policy = answer.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http:" not in policy


def test_a_defect_is_told_without_what_it_looks_like_inside(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("bí mật bên trong")

    visitor = office.visitor(READER)
    monkeypatch.setattr("pipeline.archive.browsing.Browsing.documents", fail)
    answer = visitor.get("/documents")
    assert answer.status_code == 500
    assert "Phần mềm gặp lỗi" in answer.text
    assert "bí mật" not in answer.text
    assert {name: answer.headers[name] for name in HEADERS} == HEADERS


def test_a_name_that_another_server_gives_to_this_machine_is_refused(office: Office) -> None:
    visitor = office.visitor(READER)
    assert visitor.browser.get("/documents", headers={"Host": "evil.example"}).status_code == 400
    assert visitor.browser.get("/documents", headers={"Host": "localhost:8765"}).status_code == 200


def test_a_form_as_big_as_a_file_is_refused(office: Office) -> None:
    answer = office.stranger().send("/sign-in", name="x" * 100_000, password=PASSWORD)
    assert answer.status_code == 413


def test_pages_are_not_kept_by_the_browser(office: Office) -> None:
    assert office.visitor(READER).get("/documents").headers["cache-control"] == "no-store"
