"""Signing in and out, and the language: the pages for everybody."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import PlainTextResponse, RedirectResponse, Response

from pipeline.archive.accounts import account_name
from pipeline.desk import passwords
from pipeline.desk.rendering import show
from pipeline.desk.visits import AnyVisit, Language, Visit, digest, hold_language, hold_token, new_token
from pipeline.desk.workplace import Work, Workplace

router = APIRouter()


@router.get("/health")
def health() -> PlainTextResponse:
    """Say that the desk is running; nothing else is told to who is not signed in."""
    return PlainTextResponse("ok")


@router.get("/sign-in")
def sign_in_form(request: Request, visitor: AnyVisit, next: str = "/") -> Response:
    """Ask for name and password."""
    if visitor.account:
        return RedirectResponse(_within(next), HTTPStatus.SEE_OTHER)
    return show(request, visitor, "sign-in.html", next=_within(next), name="", problem=None)


@router.post("/sign-in")
def sign_in(
    request: Request,
    visitor: AnyVisit,
    work: Work,
    name: Annotated[str, Form()],
    password: Annotated[str, Form()],
    next: Annotated[str, Form()] = "/",
) -> Response:
    """Sign in who knows the password, after few failures only."""
    address = address_of(request)
    known_as = account_name(name)
    if wait := work.attempts.wait(address, known_as):
        return _refused(request, visitor, name, next, wait)
    found = work.archive.accounts.credentials(name)
    if not passwords.is_right(password, found.password if found else None) or found is None:
        work.attempts.failed(address, known_as)
        return _refused(request, visitor, name, next, 0)
    work.attempts.succeeded(address, known_as)
    response = RedirectResponse(_within(next), HTTPStatus.SEE_OTHER)
    begin_visit(response, request, work, found.account.id)
    return response


@router.post("/sign-out")
def sign_out(visitor: AnyVisit, work: Work, request: Request) -> Response:
    """Forget who was signed in with this browser."""
    work.archive.accounts.sign_out(digest(visitor.token))
    response = RedirectResponse("/sign-in", HTTPStatus.SEE_OTHER)
    hold_token(response, request, new_token())
    return response


@router.post("/language")
def choose_language(
    request: Request,
    language: Annotated[Language, Form()],
    next: Annotated[str, Form()] = "/",
) -> Response:
    """Show the pages in another language from now on."""
    response = RedirectResponse(_within(next), HTTPStatus.SEE_OTHER)
    hold_language(response, request, language)
    return response


def address_of(request: Request) -> str:
    """Return the address from which a request comes, for counting failures."""
    return request.client.host if request.client else ""


def begin_visit(response: Response, request: Request, work: Workplace, account: int) -> None:
    """Sign an account in under a token that no page before it knew."""
    token = new_token()
    work.archive.accounts.sign_in(account, digest(token), int(work.clock()))
    hold_token(response, request, token)


def _refused(request: Request, visitor: Visit, name: str, wanted: str, wait: int) -> Response:
    status = HTTPStatus.TOO_MANY_REQUESTS if wait else HTTPStatus.UNAUTHORIZED
    problem = "wait" if wait else "wrong"
    page = show(request, visitor, "sign-in.html", status=status, next=_within(wanted), name=name, problem=problem)
    if wait:
        page.headers["Retry-After"] = str(wait)
    return page


def _within(address: str) -> str:
    """Return an address of the desk itself: what leads elsewhere leads to the first page."""
    is_own = address.startswith("/") and not address.startswith(("//", "/\\")) and address.isprintable()
    return address if is_own else "/"
