"""The same document twice: a scan beside the digital file, or a reissue of what it says.

Two files are copies of one document where their words are nearly the same and so are their figures, and nothing that
both state of themselves (number, symbol, date) differs. A copy is no second source: of copies one is reconciled. Where
both are sure of a number and differ, or where number, symbol, date and issuer are the same but the content is not, one
may have replaced the other; which one holds, a person has to say. Both are reconciled, but that they agree proves
nothing.

Candidates share number and symbol, or runs of words (shingles; Broder 1997, "On the resemblance and containment of
documents"), of which one in so many is kept by its hash, so that the work grows with the documents and not with their
pairs.
"""

from __future__ import annotations

import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import combinations

from pipeline.language.unicode import fold
from pipeline.models import Components, Extraction, Figure
from pipeline.reconcile import units

COPIES = "document.copies"
"""The code of the findings that tell of copies; the first of their documents stands for the others."""

_RUN = 3  # words; a misread word spoils three runs
_KEPT = 4  # one run in so many, chosen by its hash
_LEAST_ALIKE = 0.4  # of the runs of both, where a bad scan is set beside the digital file
_LEAST_FIGURES = 0.85  # of the figures of both; the next month's report has its words, but not its numbers
_FEW_FIGURES = 2  # one read otherwise, or one on either side that is none
_SURE = 0.9  # a figure's confidence; what a scan made of a number is mostly less sure
_FEWEST_RUNS = 12  # shorter texts are too much alike: "Kính gửi … đề nghị …"
_COMMONEST = 30  # documents that share a run; one that more share is a formula


@dataclass(frozen=True)
class Edition:
    """Documents that are one document; `reconciled` is the name of the one that stands for all."""

    reconciled: str
    copies: tuple[str, ...]


@dataclass(frozen=True)
class Versions:
    """Documents of which one may have replaced the other; `changed` are figures that they state differently."""

    documents: tuple[str, str]
    changed: tuple[tuple[Figure, Figure], ...]


@dataclass(frozen=True)
class Editions:
    """Which documents are copies of each other, and which are versions of one."""

    copies: tuple[Edition, ...] = ()
    versions: tuple[Versions, ...] = ()

    @cached_property
    def left_out(self) -> frozenset[str]:
        """The copies for which another document stands."""
        return frozenset(name for edition in self.copies for name in edition.copies)

    def are_one(self, documents: Iterable[str]) -> bool:
        """Say whether two documents are versions of one, so that they are no independent sources."""
        named = set(documents)
        return any(named == set(pair.documents) for pair in self.versions)


def editions(extractions: Sequence[Extraction]) -> Editions:
    """Find the documents that are there more than once, the same whatever order they come in."""
    read = [_Read(extraction) for extraction in sorted(extractions, key=lambda item: item.document)]
    alike: list[tuple[_Read, _Read]] = []
    others: list[tuple[_Read, _Read]] = []
    for left, right in _candidates(read):
        same_number = left.number is not None and left.number == right.number
        if _say_the_same(left, right) and not _changed(left, right):
            alike.append((left, right))
        elif same_number or _say_the_same(left, right):
            others.append((left, right))
    copies = tuple(_edition(group) for group in _groups(alike))
    left_out = {name for edition in copies for name in edition.copies}
    versions = (
        Versions((left.name, right.name), tuple(_changed(left, right)))
        for left, right in others
        if not left_out & {left.name, right.name}
    )
    return Editions(copies, tuple(versions))


class _Read:
    """A document with what is compared of it."""

    def __init__(self, extraction: Extraction) -> None:
        self.name = extraction.document
        self.parts = extraction.components
        self.number = _number(extraction.components)
        words = fold(" ".join(sentence.text for sentence in extraction.sentences)).split()
        runs = (" ".join(words[at : at + _RUN]) for at in range(len(words) - _RUN + 1))
        hashes = (zlib.crc32(run.encode()) for run in runs)
        self.runs = frozenset(value for value in hashes if value % _KEPT == 0)
        self.figures = extraction.figures
        self.values = Counter(map(_value, extraction.figures))
        self.doubts = sum(len(sentence.doubts) for sentence in extraction.sentences)
        self.sureness = sum(figure.confidence for figure in extraction.figures)


def _value(figure: Figure) -> tuple[Decimal | None, ...]:
    return figure.value, figure.denominator, figure.upper


def _number(parts: Components) -> tuple[str, ...] | None:
    """Return what tells a document from all others of its kind, folded; None where not all of it is known."""
    known = (*_stated(parts), fold(parts.issuer or ""))
    return known if all(known) else None


def _stated(parts: Components) -> tuple[str, str, str]:
    """Return number, symbol and date, folded: what a reader makes of "HĐTD" may be "HDTD"."""
    return fold(parts.number or ""), fold(parts.symbol or ""), parts.date.isoformat() if parts.date else ""


def _candidates(read: Sequence[_Read]) -> Iterator[tuple[_Read, _Read]]:
    sharing: dict[int | tuple[str, ...], list[int]] = defaultdict(list)
    for place, item in enumerate(read):
        for run in item.runs:
            sharing[run].append(place)
        if item.number:
            sharing[item.number].append(place)
    pairs = {
        pair
        for key, places in sharing.items()
        if len(places) <= _COMMONEST or isinstance(key, tuple)
        for pair in combinations(places, 2)
    }
    for left, right in sorted(pairs):
        yield read[left], read[right]


def _say_the_same(left: _Read, right: _Read) -> bool:
    for one, other in zip(_stated(left.parts), _stated(right.parts), strict=True):
        if one and other and one != other:
            return False
    if min(len(left.runs), len(right.runs)) < _FEWEST_RUNS:
        return False
    alike = len(left.runs & right.runs) / len(left.runs | right.runs)
    return alike >= _LEAST_ALIKE and _same_figures(left, right) >= _LEAST_FIGURES


def _changed(left: _Read, right: _Read) -> list[tuple[Figure, Figure]]:
    """Return the figures of which one stands for the other: sure ones of one unit that only either document has."""
    pairs = []
    only_right = _sure_only(right, left)
    for figure in _sure_only(left, right):
        unit = figure.kind, units.bare(figure.unit)
        other = next((item for item in only_right if (item.kind, units.bare(item.unit)) == unit), None)
        if other:
            only_right.remove(other)
            pairs.append((figure, other))
    return pairs


def _sure_only(one: _Read, other: _Read) -> list[Figure]:
    left = other.values.copy()
    found = []
    for figure in one.figures:
        if left[_value(figure)] > 0:
            left[_value(figure)] -= 1
        elif figure.confidence >= _SURE:
            found.append(figure)
    return found


def _same_figures(left: _Read, right: _Read) -> float:
    """Return the share of the figures of both that both have (Dice), all where no more than one or two are left."""
    count = left.values.total() + right.values.total()
    shared = 2 * (left.values & right.values).total()
    return 1.0 if count - shared <= _FEW_FIGURES else shared / count


def _edition(group: Sequence[_Read]) -> Edition:
    """Let the document stand for all that was read best: that of the digital file rather than of the scan."""
    best = min(group, key=lambda item: (item.doubts, -item.sureness, item.name))
    return Edition(best.name, tuple(item.name for item in group if item is not best))


def _groups(pairs: Iterable[tuple[_Read, _Read]]) -> list[list[_Read]]:
    """Join pairs to groups, in the order of their names."""
    group_of: dict[str, list[_Read]] = {}
    for left, right in pairs:
        one, other = group_of.get(left.name, [left]), group_of.get(right.name, [right])
        joined = one if one is other else [*one, *other]
        group_of |= {item.name: joined for item in joined}
    unique = {id(group): group for group in group_of.values()}
    return sorted((sorted(group, key=lambda item: item.name) for group in unique.values()), key=lambda g: g[0].name)
