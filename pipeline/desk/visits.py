"""Who looks at a page: signed in or not, in which language; and that a form was sent from a page of the desk itself.

The browser holds a random token in a cookie that no script can read. Who is signed in with it stands in the archive,
under its digest. The token of a form (against cross-site request forgery) is derived from it, so it need not be kept.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from fastapi import Depends, Request, Response

from pipeline.archive.accounts import LONGEST_SECONDS, Account, Role
from pipeline.desk.refusals import Forbidden, NotSignedIn, StaleForm
from pipeline.desk.workplace import Work

TOKEN_COOKIE = "doisoat"
LANGUAGE_COOKIE = "doisoat_language"
FORM_FIELD = "form_token"

_TOKEN_BYTES = 32
_TOKEN_CHARACTERS = 64
_YEAR_SECONDS = 365 * 24 * 3600
_CHANGING_NOTHING = ("GET", "HEAD", "OPTIONS")


class Language(StrEnum):
    """The languages of the pages."""

    VI = "vi"
    EN = "en"


@dataclass(frozen=True)
class Visit:
    """Who looks at a page. `is_new` says that the browser does not hold the token yet."""

    token: str
    account: Account | None
    language: Language
    is_new: bool = False

    @property
    def form_token(self) -> str:
        """What a form of the desk carries, and no form from elsewhere can."""
        return hmac.new(self.token.encode(), b"form", hashlib.sha256).hexdigest()

    @property
    def person(self) -> Account:
        """Who is signed in.

        Raises:
            NotSignedIn: Nobody is.
        """
        if self.account is None:
            raise NotSignedIn
        return self.account

    def may(self, role: Role) -> bool:
        """Say whether the visitor is signed in as one who may do this."""
        return self.account is not None and self.account.role.includes(role)


def new_token() -> str:
    """Make a token that nobody can guess."""
    return secrets.token_hex(_TOKEN_BYTES)


def digest(token: str) -> str:
    """Return the digest under which a token stands in the archive."""
    return hashlib.sha256(token.encode()).hexdigest()


def visit(request: Request, work: Work) -> Visit:
    """Find out who looks."""
    language = Language.EN if request.cookies.get(LANGUAGE_COOKIE) == Language.EN else Language.VI
    token = request.cookies.get(TOKEN_COOKIE, "")
    if len(token) != _TOKEN_CHARACTERS:
        return Visit(new_token(), None, language, is_new=True)
    return Visit(token, work.archive.accounts.signed_in(digest(token), int(work.clock())), language)


AnyVisit = Annotated[Visit, Depends(visit)]
"""A parameter of pages that are for everybody."""


async def checked_form(request: Request, visitor: AnyVisit) -> None:
    """Refuse a form that was not sent from a page of the desk.

    Raises:
        StaleForm: Its token is missing, or of another visit.
    """
    if request.method in _CHANGING_NOTHING:
        return
    sent = (await request.form()).get(FORM_FIELD)
    if not isinstance(sent, str) or not hmac.compare_digest(sent.encode(), visitor.form_token.encode()):
        raise StaleForm


def _allowed(role: Role) -> Callable[[Visit], Visit]:
    def allowed(visitor: AnyVisit) -> Visit:
        if not visitor.person.role.includes(role):
            raise Forbidden
        return visitor

    return allowed


Reader = Annotated[Visit, Depends(_allowed(Role.READER))]
"""A parameter of pages for everybody who is signed in."""

Officer = Annotated[Visit, Depends(_allowed(Role.OFFICER))]
"""A parameter of pages for those who bring documents in."""

Administrator = Annotated[Visit, Depends(_allowed(Role.ADMINISTRATOR))]
"""A parameter of pages for administrators."""


def hold_token(response: Response, request: Request, token: str) -> None:
    """Let the browser hold a token; scripts cannot read it, and other sites' forms do not send it."""
    response.set_cookie(
        TOKEN_COOKIE,
        token,
        max_age=LONGEST_SECONDS,
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
    )


def hold_language(response: Response, request: Request, language: Language) -> None:
    """Let the browser remember the language."""
    response.set_cookie(
        LANGUAGE_COOKIE,
        language.value,
        max_age=_YEAR_SECONDS,
        httponly=True,
        samesite="lax",
        secure=request.url.scheme == "https",
    )
