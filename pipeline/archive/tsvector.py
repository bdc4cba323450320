"""The index of the passages in PostgreSQL: tsvector columns with GIN indexes.

The vectors are written from our own words (https://www.postgresql.org/docs/current/datatype-textsearch.html), not by a
parser of PostgreSQL, none of which knows Vietnamese: so both databases find the same.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from functools import reduce, singledispatchmethod

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    FromClause,
    and_,
    cast,
    column,
    func,
    insert,
    literal,
    or_,
    select,
    table,
)
from sqlalchemy.dialects.postgresql import JSONB, TSQUERY, TSVECTOR
from sqlalchemy.orm import Session

from pipeline.archive.matching import OPEN, AllTerms, AnyOf, Column, Entry, Matching, Near, Phrase, Words

_NAME = "passage_index"
_INDEX = table(_NAME, column("passage", BigInteger), *(column(name.value, TSVECTOR) for name in Column))
_MOST_PLACES = 16_383  # what a tsvector can count to; words after it are found, though not by their places


class TsVector:
    """An index of passages; see `pipeline.archive.passage_index`."""

    @property
    def source(self) -> FromClause:
        """The index as a table of a query."""
        return _INDEX

    @property
    def passage(self) -> ColumnElement[int]:
        """The column of `source` with the ids of the passages."""
        return _INDEX.c.passage

    @singledispatchmethod
    def condition(self, matching: Matching) -> ColumnElement[bool]:
        """Return the condition on `source` that a passage matches."""
        raise TypeError(matching)

    @condition.register
    def _(self, phrase: Phrase) -> ColumnElement[bool]:
        return _holds(phrase.column, phrase.words)

    @condition.register
    def _(self, near: Near) -> ColumnElement[bool]:
        asked = cast(literal([list(words) for words in near.terms], JSONB), JSONB)
        return and_(
            _all_in(near.column, near.terms),
            func.stands_near(_INDEX.c[near.column.value], asked, near.reach),
        )

    @condition.register
    def _(self, terms: AllTerms) -> ColumnElement[bool]:
        if len(terms.columns) == 1:
            return _all_in(terms.columns[0], terms.terms)
        return and_(*(or_(*(_holds(name, words) for name in terms.columns)) for words in terms.terms))

    @condition.register
    def _(self, ways: AnyOf) -> ColumnElement[bool]:
        return or_(*(self.condition(way) for way in ways.ways))

    def enter(self, session: Session, entries: Sequence[Entry]) -> None:
        """Enter passages that are not in the index."""
        rows = [
            {"passage": entry.passage, **{name.value: vector(getattr(entry, name.value)) for name in Column}}
            for entry in entries
        ]
        session.execute(insert(_INDEX), rows)

    def size(self, session: Session) -> int:
        """Count the passages in the index."""
        return session.scalars(select(func.count()).select_from(_INDEX)).one()


def vector(text: str) -> str:
    """Return the words of a text as PostgreSQL reads a tsvector: 'so':3 'chu':1."""
    places: dict[str, list[int]] = defaultdict(list)
    for place, word in enumerate(text.split(), start=1):
        places[word].append(min(place, _MOST_PLACES))
    # Words hold letters and digits only, so there is no quotation mark to escape.
    return " ".join(f"'{word}':{','.join(map(str, found))}" for word, found in places.items())


def _all_in(name: Column, asked: tuple[Words, ...]) -> ColumnElement[bool]:
    return _INDEX.c[name.value].op("@@", is_comparison=True)(_query(" & ".join(f"({_phrase(w)})" for w in asked)))


def _holds(name: Column, words: Words) -> ColumnElement[bool]:
    return _INDEX.c[name.value].op("@@", is_comparison=True)(_query(_phrase(words)))


def _query(written: str) -> ColumnElement[str]:
    return cast(literal(written), TSQUERY)


def _phrase(words: Words) -> str:
    written = (f"'{word.removesuffix(OPEN)}'{':*' if word.endswith(OPEN) else ''}" for word in words)
    return reduce(lambda before, word: f"{before} <-> {word}", written)
