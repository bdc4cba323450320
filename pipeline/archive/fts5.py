"""The index of the passages in SQLite: FTS5 (https://sqlite.org/fts5.html), with neither text nor places of tokens."""

from __future__ import annotations

from collections.abc import Sequence
from functools import singledispatch

from sqlalchemy import Integer as SqlInteger
from sqlalchemy import column, func, insert, select, table
from sqlalchemy.orm import Session

from pipeline.archive.matching import OPEN, AllOf, AnyOf, Entry, Matching, Token

_NAME = "passage_index"
_INDEX = table(_NAME, column("rowid", SqlInteger), column("tokens"))
_COMMANDS = table(_NAME, column(_NAME), column("rowid", SqlInteger), column("tokens"))
# The shadow table in which FTS5 keeps a row for each row of a contentless index.
_SIZES = table(f"{_NAME}_docsize")


class Fts5:
    """An index of passages; see `pipeline.archive.passage_index`."""

    few = 500

    def has(self, session: Session, token: Token) -> bool:
        """Say whether some passage has a token."""
        return bool(self.latest(session, token, 1))

    def latest(self, session: Session, matching: Matching, most: int, before: int | None = None) -> Sequence[int]:
        """Return the latest passages that match, the latest first."""
        found = select(_INDEX.c.rowid).where(column(_NAME).op("MATCH", is_comparison=True)(expression(matching)))
        if before is not None:
            found = found.where(_INDEX.c.rowid < before)
        # FTS5 yields its rows in this order, and stops where enough are found.
        return session.scalars(found.order_by(_INDEX.c.rowid.desc()).limit(most)).all()

    def enter(self, session: Session, entries: Sequence[Entry]) -> None:
        """Enter passages that are not in the index."""
        rows = [{"rowid": entry.passage, "tokens": " ".join(entry.tokens)} for entry in entries]
        session.execute(insert(_INDEX), rows)

    def take_out(self, session: Session, entries: Sequence[Entry]) -> None:
        """Take passages out of the index, given as they were entered."""
        # An index without content is told what it held: https://sqlite.org/fts5.html#the_delete_command
        rows = [{_NAME: "delete", "rowid": entry.passage, "tokens": " ".join(entry.tokens)} for entry in entries]
        session.execute(insert(_COMMANDS), rows)

    def size(self, session: Session) -> int:
        """Count the passages in the index."""
        return session.scalars(select(func.count()).select_from(_SIZES)).one()


@singledispatch
def expression(matching: Matching) -> str:
    """Return the FTS5 expression for what is asked."""
    raise TypeError(matching)


@expression.register
def _(token: Token) -> str:
    # Tokens hold letters, digits and signs of our own, so there is no quotation mark to escape.
    return f'"{token.text.removesuffix(OPEN)}"{OPEN if token.text.endswith(OPEN) else ""}'


@expression.register
def _(every: AllOf) -> str:
    return " AND ".join(_inner(part) for part in every.parts)


@expression.register
def _(any_of: AnyOf) -> str:
    return " OR ".join(_inner(way) for way in any_of.ways)


def _inner(matching: Matching) -> str:
    return expression(matching) if isinstance(matching, Token) else f"({expression(matching)})"
