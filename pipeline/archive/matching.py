"""What a search asks of an index of passages, in no database's language.

An index holds the words of every passage in four columns. Its implementations (`pipeline.archive.fts5`,
`pipeline.archive.tsvector`) find the same passages for the same question.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

Words = tuple[str, ...]
"""Words as `pipeline.archive.terms` makes them: letters and digits only."""

OPEN = "*"
"""Ends a word of which only the beginning is given; only the last word of a phrase may be open."""


class Column(StrEnum):
    """The texts of a passage that are indexed."""

    EXACT = "exact"  # with marks
    FOLDED = "folded"  # without marks
    OTHER_EXACT = "other_exact"  # the other readings of doubtful words (pipeline.archive.readings)
    OTHER_FOLDED = "other_folded"


@dataclass(frozen=True)
class Phrase:
    """The words stand one after the other."""

    column: Column
    words: Words


@dataclass(frozen=True)
class Near:
    """Each term stands as a phrase, with at most `reach` words between its end and the start of the last one."""

    column: Column
    terms: tuple[Words, ...]
    reach: int


@dataclass(frozen=True)
class AllTerms:
    """Each term stands as a phrase somewhere in one of the columns."""

    columns: tuple[Column, ...]
    terms: tuple[Words, ...]


@dataclass(frozen=True)
class AnyOf:
    """One of several ways to match."""

    ways: tuple[Phrase | Near | AllTerms | AnyOf, ...]


Matching = Phrase | Near | AllTerms | AnyOf


@dataclass(frozen=True)
class Entry:
    """What the index holds of a passage: its id, and the text of each column, words separated by blanks."""

    passage: int
    exact: str
    folded: str
    other_exact: str
    other_folded: str
