"""The index of the passages in SQLite: FTS5 (https://sqlite.org/fts5.html)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from functools import singledispatch

from sqlalchemy import ColumnElement, FromClause, column, func, insert, select, table
from sqlalchemy import Integer as SqlInteger
from sqlalchemy.orm import Session

from pipeline.archive.matching import OPEN, AllTerms, AnyOf, Column, Entry, Matching, Near, Phrase, Words

_NAME = "passage_index"
_INDEX = table(_NAME, column("rowid", SqlInteger), *(column(name.value) for name in Column))
# The shadow table in which FTS5 keeps a row for each row of a contentless index.
_SIZES = table(f"{_NAME}_docsize")


class Fts5:
    """An index of passages; see `pipeline.archive.passage_index`."""

    @property
    def source(self) -> FromClause:
        """The index as a table of a query."""
        return _INDEX

    @property
    def passage(self) -> ColumnElement[int]:
        """The column of `source` with the ids of the passages."""
        return _INDEX.c.rowid

    def condition(self, matching: Matching) -> ColumnElement[bool]:
        """Return the condition on `source` that a passage matches."""
        return column(_NAME).op("MATCH", is_comparison=True)(expression(matching))

    def enter(self, session: Session, entries: Sequence[Entry]) -> None:
        """Enter passages that are not in the index."""
        rows = [asdict(entry) for entry in entries]
        session.execute(insert(_INDEX), [{"rowid": row.pop("passage"), **row} for row in rows])

    def size(self, session: Session) -> int:
        """Count the passages in the index."""
        return session.scalars(select(func.count()).select_from(_SIZES)).one()


@singledispatch
def expression(matching: Matching) -> str:
    """Return the FTS5 expression for what is asked."""
    raise TypeError(matching)


@expression.register
def _(phrase: Phrase) -> str:
    return f"{phrase.column} : {_quoted(phrase.words)}"


@expression.register
def _(near: Near) -> str:
    return f"{near.column} : NEAR({' '.join(map(_quoted, near.terms))}, {near.reach})"


@expression.register
def _(terms: AllTerms) -> str:
    return f"{{{' '.join(terms.columns)}}} : ({' AND '.join(map(_quoted, terms.terms))})"


@expression.register
def _(ways: AnyOf) -> str:
    return " OR ".join(f"({expression(way)})" for way in ways.ways)


def _quoted(words: Words) -> str:
    # Words hold letters and digits only, so there is no quotation mark to escape.
    *_, last = words
    opened = OPEN if last.endswith(OPEN) else ""
    return f'"{" ".join(words).removesuffix(OPEN)}"{opened}'
