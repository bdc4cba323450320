"""Accounts: everybody's own password, and who may do what, for administrators."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import RedirectResponse, Response

from pipeline.archive.accounts import Role
from pipeline.desk import passwords
from pipeline.desk.rendering import show
from pipeline.desk.sign_in_pages import address_of, begin_visit
from pipeline.desk.visits import Administrator, Reader, Visit, digest, new_token
from pipeline.desk.workplace import Work, Workplace
from pipeline.errors import BadArgumentsError

router = APIRouter()


@router.get("/account")
def own_account(request: Request, visitor: Reader, work: Work) -> Response:
    """Show the visitor's own account."""
    return _own(request, visitor, work)


@router.post("/account/password")
def change_own_password(
    request: Request,
    visitor: Reader,
    work: Work,
    current: Annotated[str, Form()],
    password: Annotated[str, Form()],
) -> Response:
    """Change the visitor's password; other browsers that were signed in with the old one are signed out."""
    name, address = visitor.person.name, address_of(request)
    if work.attempts.wait(address, name):
        return _own(request, visitor, work, problem="Sai quá nhiều lần, hãy đợi vài phút. / Too many failures; wait.")
    found = work.archive.accounts.credentials(name)
    if found is None or not passwords.is_right(current, found.password):
        work.attempts.failed(address, name)
        problem = "Mật khẩu hiện tại không đúng. / The current password is wrong."
        return _own(request, visitor, work, problem=problem)
    try:
        kept = passwords.hashed(password)
    except BadArgumentsError as error:
        return _own(request, visitor, work, problem=error.message)
    work.archive.accounts.set_password(visitor.person.id, kept)
    response = RedirectResponse("/account", HTTPStatus.SEE_OTHER)
    begin_visit(response, request, work, visitor.person.id)
    return response


@router.post("/account/access")
def add_access(
    request: Request,
    visitor: Reader,
    work: Work,
    name: Annotated[str, Form(max_length=100)],
    writes: Annotated[bool, Form()] = False,
) -> Response:
    """Make a token with which a program may read, or also write, as the visitor does; it is shown this once."""
    token = new_token()
    work.archive.accounts.add_access(visitor.person.id, name, digest(token), writes)
    return _own(request, visitor, work, token=token)


@router.post("/account/access/{access}/remove")
def remove_access(visitor: Reader, work: Work, access: int) -> Response:
    """Take a program's token away."""
    work.archive.accounts.remove_access(visitor.person.id, access)
    return RedirectResponse("/account", HTTPStatus.SEE_OTHER)


@router.get("/accounts")
def accounts(request: Request, visitor: Administrator, work: Work) -> Response:
    """List the accounts."""
    return _listed(request, visitor, work)


@router.post("/accounts")
def add_account(
    request: Request,
    visitor: Administrator,
    work: Work,
    name: Annotated[str, Form()],
    password: Annotated[str, Form()],
    role: Annotated[Role, Form()],
) -> Response:
    """Add an account."""
    return _after(request, visitor, work, lambda: work.archive.accounts.add(name, role, passwords.hashed(password)))


@router.post("/accounts/{account}/role")
def set_role(
    request: Request, visitor: Administrator, work: Work, account: int, role: Annotated[Role, Form()]
) -> Response:
    """Give an account another role."""
    return _after(request, visitor, work, lambda: work.archive.accounts.set_role(account, role))


@router.post("/accounts/{account}/active")
def set_active(
    request: Request, visitor: Administrator, work: Work, account: int, active: Annotated[bool, Form()]
) -> Response:
    """Let an account sign in, or no longer."""
    return _after(request, visitor, work, lambda: work.archive.accounts.set_active(account, active))


@router.post("/accounts/{account}/password")
def set_password(
    request: Request, visitor: Administrator, work: Work, account: int, password: Annotated[str, Form()]
) -> Response:
    """Give an account another password, for who has forgotten it."""
    return _after(
        request, visitor, work, lambda: work.archive.accounts.set_password(account, passwords.hashed(password))
    )


def _own(
    request: Request, visitor: Visit, work: Workplace, *, problem: str | None = None, token: str | None = None
) -> Response:
    status = HTTPStatus.BAD_REQUEST if problem else HTTPStatus.OK
    access = work.archive.accounts.access(visitor.person.id)
    return show(request, visitor, "account.html", status=status, access=access, problem=problem, token=token)


def _after(request: Request, visitor: Visit, work: Workplace, change: Callable[[], object]) -> Response:
    """Change an account, and lead back to the list of them; where it is refused, show why."""
    try:
        change()
    except BadArgumentsError as error:
        return _listed(request, visitor, work, error.message)
    return RedirectResponse("/accounts", HTTPStatus.SEE_OTHER)


def _listed(request: Request, visitor: Visit, work: Workplace, problem: str | None = None) -> Response:
    status = HTTPStatus.BAD_REQUEST if problem else HTTPStatus.OK
    listed = work.archive.accounts.all()
    return show(request, visitor, "accounts.html", status=status, accounts=listed, roles=list(Role), problem=problem)
