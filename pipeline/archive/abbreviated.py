"""Abbreviations and what they stand for, both ways: who asks for "TTHC" finds "thủ tục hành chính", too.

They are those that the archive's documents define, and those that official documents use without defining them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import resources

import yaml
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pipeline.archive import terms
from pipeline.archive.matching import Words
from pipeline.archive.query import Query
from pipeline.archive.schema import AbbreviationRow

_LONGEST = 12  # words that an abbreviation stands for
_MOST_OTHERWISE = 4  # ways to ask
_MOST_OF_A_NAME = 2  # that documents define


def otherwise(session: Session, asked: Query) -> list[Query]:
    """Return the other ways to ask: with an abbreviation in the place of words, or words in the place of one."""
    if len(asked.exact) != len(asked.folded):
        return []
    flat = _Flat(asked)
    names = {(start, end): " ".join(flat.folded[start:end]) for start, end in flat.stretches()}
    defined = _defined(session, list(names.values()))
    found: dict[tuple[Words, ...], Query] = {}
    for (start, end), name in names.items():
        for other in dict.fromkeys([*_usual().get(name, ()), *defined[name][:_MOST_OF_A_NAME]]):
            query = flat.with_other(start, end, other)
            if query.folded != asked.folded:
                found.setdefault(query.folded, query)
    return list(found.values())[:_MOST_OTHERWISE]


class _Flat:
    """The words of a query in a row, and where its terms begin and end: no term is torn apart."""

    def __init__(self, asked: Query) -> None:
        self._asked = asked
        self.folded = tuple(word for term in asked.folded for word in term)
        self._starts = [0]
        for term in asked.folded:
            self._starts.append(self._starts[-1] + len(term))

    def stretches(self) -> Iterator[tuple[int, int]]:
        """Yield the runs of terms that may be an abbreviation or be abbreviated, the longest first."""
        runs = [(a, b) for a in self._starts for b in self._starts if a < b <= a + _LONGEST]
        return iter(sorted(runs, key=lambda run: run[0] - run[1]))

    def with_other(self, start: int, end: int, other: str) -> Query:
        """Return the query with other words in the place of the words [start, end), as one term."""
        first, last = self._starts.index(start), self._starts.index(end)
        exact, folded = terms.words(terms.exact(other)), terms.words(terms.folded(other))
        # A query without marks stays one: of what it asks for any marks will do.
        marked = exact if self._asked.is_marked else folded
        return Query(
            exact=(*self._asked.exact[:first], marked, *self._asked.exact[last:]),
            folded=(*self._asked.folded[:first], folded, *self._asked.folded[last:]),
        )


def _defined(session: Session, names: Sequence[str]) -> dict[str, list[str]]:
    """Return what else names are called in the documents that define it, the most usual first."""
    found: dict[str, list[str]] = defaultdict(list)
    for key, other in (
        (AbbreviationRow.folded_short, AbbreviationRow.full),
        (AbbreviationRow.folded_full, AbbreviationRow.short),
    ):
        query = select(key, other).where(key.in_(names)).group_by(key, other).order_by(func.count().desc(), other)
        for name, called in session.execute(query):
            found[name].append(called)
    return found


@cache
def _usual() -> dict[str, tuple[str, ...]]:
    """Return the abbreviations that everybody uses, by the words of either form."""
    source = resources.files("pipeline.archive") / "data" / "abbreviations.yaml"
    pairs: dict[str, str] = yaml.load(source.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    known: dict[str, tuple[str, ...]] = {}
    for short, full in pairs.items():
        for one, other in ((short, full), (full, short)):
            words = terms.key(one)
            known[words] = (*known.get(words, ()), other)
    return known
