"""The index of the passages, whichever database it stands in."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from sqlalchemy.orm import Session

from pipeline.archive.fts5 import Fts5
from pipeline.archive.matching import Entry, Matching, Token
from pipeline.archive.tsvector import TsVector


class PassageIndex(Protocol):
    """Finds passages by their tokens."""

    few: int
    """Fewer passages that match are sooner looked at one by one than narrowed by further tokens."""

    def has(self, session: Session, token: Token) -> bool:
        """Say whether some passage has a token."""

    def latest(self, session: Session, matching: Matching, most: int, before: int | None = None) -> Sequence[int]:
        """Return the ids of the latest passages that match, the latest first.

        Args:
            session: Of the database.
            matching: What holds of them.
            most: How many at most.
            before: Only passages before this one.
        """

    def enter(self, session: Session, entries: Sequence[Entry]) -> None:
        """Enter passages that are not in the index."""

    def take_out(self, session: Session, entries: Sequence[Entry]) -> None:
        """Take passages out of the index, given as they were entered."""

    def size(self, session: Session) -> int:
        """Count the passages in the index."""


_INDEXES: dict[str, PassageIndex] = {"sqlite": Fts5(), "postgresql": TsVector()}


def index_of(session: Session) -> PassageIndex:
    """Return the index of the database of a session."""
    return _INDEXES[session.get_bind().dialect.name]
