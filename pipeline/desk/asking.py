"""Which program asks: by an access token of an account, or, to read only, by the sign-in of a browser."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from pipeline.archive.accounts import Account, Role
from pipeline.desk.refusals import Forbidden, NotSignedIn
from pipeline.desk.visits import TOKEN_COOKIE, digest
from pipeline.desk.workplace import Work

_bearer = HTTPBearer(auto_error=False, description="an access token, made on the page of one's own account")

Sent = Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]


def asking(request: Request, work: Work, sent: Sent) -> Account:
    """Return who asks.

    Raises:
        NotSignedIn: Nobody who is known.
    """
    accounts = work.archive.accounts
    if sent is not None:
        access = accounts.with_access(digest(sent.credentials))
        found = access.account if access else None
    else:
        found = accounts.signed_in(digest(request.cookies.get(TOKEN_COOKIE, "")), int(work.clock()))
    if found is None:
        raise NotSignedIn
    return found


def _changing(work: Work, sent: Sent) -> Account:
    """Return who changes something: an officer, by a token made for it. A browser's sign-in is no proof of the will."""
    access = work.archive.accounts.with_access(digest(sent.credentials)) if sent is not None else None
    if access is None or not access.writes or not access.account.role.includes(Role.OFFICER):
        raise Forbidden
    return access.account


Changing = Annotated[Account, Depends(_changing)]
"""A parameter of addresses at which something is changed."""
