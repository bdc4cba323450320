"""How well a passage matches a query: as a phrase, by words near each other, or by words anywhere in it.

Within each way the exact marks come first, then another reading of a doubtful word, then other marks.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import IntEnum

from pipeline.archive import terms
from pipeline.archive.matching import OPEN, Words
from pipeline.archive.query import Query
from pipeline.archive.readings import Readings
from pipeline.archive.terms import Form
from pipeline.models import Doubt

_NEAR = 10  # words between the first and the last term of a near match

Places = Sequence[tuple[int, int]]


class Closeness(IntEnum):
    """How the words of a query stand in a passage, the best first."""

    PHRASE = 0
    NEAR = 1
    APART = 2


@dataclass(frozen=True, order=True)
class Match:
    """How a passage matches; the smallest is the best.

    `other_marks` says that its marks are not as in the query, `other_reading` that it matches only where a doubtful
    word of it is another one.
    """

    closeness: Closeness
    other_marks: bool = False
    other_reading: bool = False

    @property
    def is_exact(self) -> bool:
        """Whether the passage has, as it was decoded, the words as they were asked for."""
        return not self.other_marks and not self.other_reading


def match(text: str, doubts: Sequence[Doubt], asked: Query) -> Match | None:
    """Say how a passage matches a query; None where it does not.

    A query without marks asks for any marks. Where it has marks, words with other marks count only as the phrase or
    near each other: there they are a misreading, scattered over a long sentence they are other words.
    """
    if not asked.is_marked:
        return _best(text, doubts, terms.folded, asked.folded)
    exact = _best(text, doubts, terms.exact, asked.exact)
    if exact is not None and exact.closeness is Closeness.PHRASE:
        return exact
    folded = _best(text, doubts, terms.folded, asked.folded)
    if folded is None or folded.closeness is Closeness.APART:
        return exact
    alike = Match(folded.closeness, other_marks=True, other_reading=exact is not None and exact.other_reading)
    return alike if exact is None else min(exact, alike)


def _best(text: str, doubts: Sequence[Doubt], form: Form, asked: tuple[Words, ...]) -> Match | None:
    """Return the better of how a passage matches as it was decoded and with doubtful words read otherwise."""
    words = terms.words_in(text, form)
    decoded = _closeness(asked, lambda term: _places(words, term))
    if decoded is Closeness.PHRASE or not doubts:
        return None if decoded is None else Match(decoded)
    otherwise = _closeness(asked, Readings(text, doubts, form).places)
    if otherwise is None:
        return None
    return Match(otherwise, other_reading=decoded is None or otherwise < decoded)


def _closeness(asked: tuple[Words, ...], places: Callable[[Words], Places]) -> Closeness | None:
    """Say how terms stand in a text of which `places` tells where words stand; None where one does not."""
    found = [places(term) for term in asked]
    if not all(found):
        return None
    if len(asked) == 1 or places(tuple(word for term in asked for word in term)):
        return Closeness.PHRASE
    return Closeness.NEAR if _is_near(found) else Closeness.APART


def _is_near(found: Sequence[Places]) -> bool:
    """Say whether some place of each term ends at most `_NEAR` words before the start of the last of them."""
    starts = {start for places in found for start, _ in places}
    return any(all(any(start <= last <= end + _NEAR for start, end in places) for places in found) for last in starts)


def _places(words: Words, term: Words) -> Places:
    """Return the places [first, end) of a text's words at which a term stands; its last word may be open."""
    *before, last = term
    begun = last.removesuffix(OPEN) if last.endswith(OPEN) else None
    size = len(term)
    return [
        (first, first + size)
        for first in range(len(words) - size + 1)
        if (words[first + size - 1] == last or (begun is not None and words[first + size - 1].startswith(begun)))
        and list(words[first : first + size - 1]) == before
    ]
