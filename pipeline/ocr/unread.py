"""Words that stand on a page but were not read: what a reader of print made of handwriting is kept as `raw` only."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pipeline.models import Box
from pipeline.ocr.lines import PlacedWord, PrintedLine

UNREAD = "…"
"""What stands in a line's text in place of what was not read, as in a form that is not filled in."""


@dataclass(frozen=True)
class Unread:
    """A page's lines with handwriting marked as unread, and where it stands."""

    lines: list[PrintedLine]
    places: tuple[Box, ...] = ()


def unread(word: PlacedWord) -> PlacedWord:
    """Return a word of which only `raw` says what a reader made of it."""
    return replace(word, text=UNREAD)
