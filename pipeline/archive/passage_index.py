"""The index of the passages, whichever database it stands in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from sqlalchemy import ColumnElement, FromClause
from sqlalchemy.orm import Session

from pipeline.archive.fts5 import Fts5
from pipeline.archive.matching import Entry, Matching
from pipeline.archive.tsvector import TsVector


class PassageIndex(Protocol):
    """Finds passages by their words."""

    @property
    def source(self) -> FromClause:
        """The index as a table of a query."""

    @property
    def passage(self) -> ColumnElement[int]:
        """The column of `source` with the ids of the passages."""

    def condition(self, matching: Matching) -> ColumnElement[bool]:
        """Return the condition on `source` that a passage matches."""

    def enter(self, session: Session, entries: Sequence[Entry]) -> None:
        """Enter passages that are not in the index."""

    def size(self, session: Session) -> int:
        """Count the passages in the index."""


_INDEXES: dict[str, PassageIndex] = {"sqlite": Fts5(), "postgresql": TsVector()}


def index_of(session: Session) -> PassageIndex:
    """Return the index of the database of a session."""
    return _INDEXES[session.get_bind().dialect.name]
