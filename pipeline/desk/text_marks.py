"""A text cut into stretches that are shown alike: plain, found by a search, doubtful."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.archive.terms import Span
from pipeline.models import Doubt

_BEFORE = 90  # characters shown before the first highlight
_LENGTH = 320  # characters of a snippet


@dataclass(frozen=True)
class Stretch:
    """Some characters of a text; `doubt` is the doubtful word that they belong to."""

    text: str
    found: bool = False
    doubt: Doubt | None = None


def stretches(text: str, doubts: Sequence[Doubt], highlights: Sequence[Span] = ()) -> list[Stretch]:
    """Cut a whole text."""
    return _cut(text, 0, len(text), doubts, highlights)


def snippet(text: str, doubts: Sequence[Doubt], highlights: Sequence[Span]) -> list[Stretch]:
    """Cut the surroundings of the first highlight out of a text, at spaces."""
    focus = highlights[0].start if highlights else 0
    start = 0 if focus <= _BEFORE else text.rfind(" ", 0, focus - _BEFORE) + 1
    end = text.find(" ", start + _LENGTH)
    end = len(text) if end < 0 else end
    shown = _cut(text, start, end, doubts, highlights)
    return [
        *([Stretch("… ")] if start else []),
        *shown,
        *([Stretch(" …")] if end < len(text) else []),
    ]


def _cut(text: str, start: int, end: int, doubts: Sequence[Doubt], highlights: Sequence[Span]) -> list[Stretch]:
    borders = {start, end}
    spans = [(span.start, span.end) for span in doubts] + [(span.start, span.end) for span in highlights]
    borders |= {border for span in spans for border in span if start < border < end}
    places = sorted(borders)
    return [
        Stretch(
            text[here:there],
            found=any(span.start <= here < span.end for span in highlights),
            doubt=next((doubt for doubt in doubts if doubt.start <= here < doubt.end), None),
        )
        for here, there in pairwise(places)
    ]
