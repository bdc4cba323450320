"""Who may sign in at the desk, as what, and who is signed in."""

from __future__ import annotations

import datetime as dt
import re
from enum import StrEnum

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from pipeline import __version__
from pipeline.archive.connection import Database
from pipeline.archive.schema import AccessTokenRow, AccountRow, EventRow, SignInRow
from pipeline.archive.summaries import EventKind
from pipeline.errors import BadArgumentsError
from pipeline.language.unicode import vietnamese_nfc
from pipeline.models import Record

IDLE_SECONDS = 12 * 3600
"""How long one may do nothing and stay signed in: a working day with its lunch."""

LONGEST_SECONDS = 7 * 24 * 3600
"""How long one stays signed in at most."""

_NAME = re.compile(r"[\w.@-]{2,64}")
_SEEN_EVERY = 300  # seconds: writing at every page would make readers wait for each other


class Role(StrEnum):
    """What an account may do; each role may do all that the ones before it may."""

    READER = "reader"  # reads, searches, exports
    OFFICER = "officer"  # also brings documents in and settles findings
    ADMINISTRATOR = "administrator"  # also decides who may do what

    def includes(self, other: Role) -> bool:
        """Say whether who has this role may do what the other role may."""
        ranks = list(Role)
        return ranks.index(self) >= ranks.index(other)


class Account(Record):
    """A person who may sign in; one that is not active may no longer. Times are UTC, ISO 8601."""

    id: int
    name: str
    role: Role
    active: bool
    created_at: str


class Credentials(Record):
    """An account with the Argon2 hash of its password."""

    account: Account
    password: str


class AccessToken(Record):
    """A token with which a program reads, and `writes`; the token itself is known to nobody but the program."""

    id: int
    name: str
    writes: bool
    created_at: str


class Access(Record):
    """Whose token a program has sent, and whether it may change what the account may change."""

    account: Account
    writes: bool


class Accounts:
    """The accounts of an archive. Passwords come here as hashes, tokens as digests; neither can be read back."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, name: str, role: Role, password: str) -> Account:
        """Add an account; `password` is the hash.

        Raises:
            BadArgumentsError: The name is taken, or cannot be a name.
        """
        name = account_name(name)
        if not _NAME.fullmatch(name):
            raise BadArgumentsError(
                f"Tên đăng nhập “{name}” không dùng được. / This cannot be a user name.",
                "Dùng 2 đến 64 chữ, số, dấu . - _ @, không có dấu cách. / 2 to 64 letters, digits, . - _ @, no spaces.",
            )
        with self._database.writing() as session:
            if session.scalar(select(AccountRow).where(AccountRow.name == name)):
                raise BadArgumentsError(
                    f"Đã có tài khoản “{name}”. / There is an account of this name.",
                    "Hãy chọn tên khác. / Choose another name.",
                )
            row = AccountRow(name=name, role=role.value, password=password, active=True, created_at=_now())
            session.add(row)
            session.add(_event(name, f"added as {role.value}"))
            session.flush()
            return _account(row)

    def all(self) -> list[Account]:
        """List the accounts by name."""
        with self._database.reading() as session:
            return [_account(row) for row in session.scalars(select(AccountRow).order_by(AccountRow.name))]

    def credentials(self, name: str) -> Credentials | None:
        """Return an active account by its name, with its password's hash; None where there is none."""
        with self._database.reading() as session:
            row = session.scalar(
                select(AccountRow).where(AccountRow.name == account_name(name), AccountRow.active.is_(True))
            )
            return Credentials(account=_account(row), password=row.password) if row else None

    def set_role(self, account: int, role: Role) -> None:
        """Give an account another role, from its next page on.

        Raises:
            BadArgumentsError: There is no such account, or no administrator would be left.
        """
        with self._database.writing() as session:
            row = _row(session, account)
            if role is not Role.ADMINISTRATOR:
                _refuse_if_last_administrator(session, row)
            row.role = role.value
            session.add(_event(row.name, f"is {role.value}"))

    def set_active(self, account: int, active: bool) -> None:
        """Let an account sign in, or no longer; who is signed in is signed out.

        Raises:
            BadArgumentsError: There is no such account, or no administrator would be left.
        """
        with self._database.writing() as session:
            row = _row(session, account)
            if not active:
                _refuse_if_last_administrator(session, row)
                session.execute(delete(SignInRow).where(SignInRow.account_id == account))
            row.active = active
            session.add(_event(row.name, "may sign in" if active else "may no longer sign in"))

    def set_password(self, account: int, password: str) -> None:
        """Put another hash in the place of a password's; whoever was signed in with the old one is signed out.

        Raises:
            BadArgumentsError: There is no such account.
        """
        with self._database.writing() as session:
            row = _row(session, account)
            row.password = password
            session.execute(delete(SignInRow).where(SignInRow.account_id == account))
            session.add(_event(row.name, "password changed"))

    # --- signing in --------------------------------------------------------------------------------------------------

    def sign_in(self, account: int, token: str, now: int) -> None:
        """Note that who holds the token (by its digest) is signed in; what has run out is forgotten.

        Args:
            account: Its id.
            token: Digest of what the browser holds.
            now: Seconds since 1970.
        """
        with self._database.writing() as session:
            session.execute(
                delete(SignInRow).where(
                    (SignInRow.seen_at < now - IDLE_SECONDS) | (SignInRow.begun_at < now - LONGEST_SECONDS)
                )
            )
            session.add(SignInRow(token=token, account_id=account, begun_at=now, seen_at=now))

    def signed_in(self, token: str, now: int) -> Account | None:
        """Return whose token (by its digest) this is; None where nobody is signed in with it any more."""
        with self._database.reading() as session:
            found = session.execute(
                select(AccountRow, SignInRow)
                .join(SignInRow, SignInRow.account_id == AccountRow.id)
                .where(
                    SignInRow.token == token,
                    SignInRow.seen_at >= now - IDLE_SECONDS,
                    SignInRow.begun_at >= now - LONGEST_SECONDS,
                    AccountRow.active.is_(True),
                )
            ).first()
            if found is None:
                return None
            account, seen_at = _account(found[0]), found[1].seen_at
        if now - seen_at >= _SEEN_EVERY:
            self._note_seen(token, now)
        return account

    def sign_out(self, token: str) -> None:
        """Forget a token (by its digest)."""
        with self._database.writing() as session:
            session.execute(delete(SignInRow).where(SignInRow.token == token))

    # --- programs ----------------------------------------------------------------------------------------------------

    def add_access(self, account: int, name: str, token: str, writes: bool) -> None:
        """Let a program read, or also write, as an account does, with a token (by its digest), until it is removed.

        Raises:
            BadArgumentsError: There is no such account.
        """
        with self._database.writing() as session:
            row = _row(session, account)
            session.add(AccessTokenRow(token=token, account_id=account, name=name, writes=writes, created_at=_now()))
            session.add(_event(row.name, f"access token added{', writing' if writes else ''}: {name}"))

    def access(self, account: int) -> list[AccessToken]:
        """List the tokens of an account."""
        with self._database.reading() as session:
            found = session.scalars(
                select(AccessTokenRow).where(AccessTokenRow.account_id == account).order_by(AccessTokenRow.id)
            )
            return [AccessToken.model_validate(row, from_attributes=True) for row in found]

    def remove_access(self, account: int, token: int) -> None:
        """Remove a token of an account by the token's id; nothing happens where it has none of this id."""
        with self._database.writing() as session:
            row = session.get(AccessTokenRow, token)
            if row is not None and row.account_id == account:
                session.delete(row)
                session.add(_event(_row(session, account).name, f"access token removed: {row.name}"))

    def with_access(self, token: str) -> Access | None:
        """Return whose token (by its digest) this is; None where it is nobody's, or the account is locked."""
        with self._database.reading() as session:
            found = session.execute(
                select(AccountRow, AccessTokenRow.writes)
                .join(AccessTokenRow, AccessTokenRow.account_id == AccountRow.id)
                .where(AccessTokenRow.token == token, AccountRow.active.is_(True))
            ).first()
            return Access(account=_account(found.AccountRow), writes=found.writes) if found else None

    def _note_seen(self, token: str, now: int) -> None:
        with self._database.writing() as session:
            row = session.get(SignInRow, token)
            if row is not None:
                row.seen_at = now


def account_name(typed: str) -> str:
    """Return a name as accounts are known by: composed letters, lower case, no blanks around."""
    return vietnamese_nfc(typed.strip()).casefold()


def _account(row: AccountRow) -> Account:
    return Account(id=row.id, name=row.name, role=Role(row.role), active=row.active, created_at=row.created_at)


def _row(session: Session, account: int) -> AccountRow:
    row = session.get(AccountRow, account)
    if row is None:
        raise BadArgumentsError("Không có tài khoản này. / There is no such account.")
    return row


def _refuse_if_last_administrator(session: Session, row: AccountRow) -> None:
    if Role(row.role) is not Role.ADMINISTRATOR or not row.active:
        return
    others = session.scalars(
        select(func.count())
        .select_from(AccountRow)
        .where(AccountRow.role == Role.ADMINISTRATOR.value, AccountRow.active.is_(True), AccountRow.id != row.id)
    ).one()
    if not others:
        raise BadArgumentsError(
            f"“{row.name}” là người quản trị duy nhất. / This is the only administrator.",
            "Hãy thêm một người quản trị khác trước. / Add another administrator first.",
        )


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")


def _event(subject: str, detail: str) -> EventRow:
    return EventRow(at=_now(), kind=EventKind.ACCOUNT.value, subject=subject, detail=detail, version=__version__)
