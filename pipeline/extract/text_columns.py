"""Columns of a table that was read as lines of text with boxes: one ends where no row has a word."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence

from pipeline.extract.printed import PrintedLine

_GUTTER = 5.0  # points; words of one cell stand closer in at least one of its lines
_SAYS = re.compile(r"[^\W_]")
_BARS = "|_ "


def starts(lines: Sequence[PrintedLine]) -> list[float]:
    """Return where the columns of some lines begin, in points from the left; empty where words have no boxes."""
    spans = sorted((x0, x1) for line in lines for _, x0, x1 in _words(line))
    found: list[float] = []
    reach = float("-inf")
    for x0, x1 in spans:
        if x0 - reach >= _GUTTER:
            found.append(x0)
        reach = max(reach, x1)
    return found


def cells(lines: Iterable[PrintedLine], columns: Sequence[float]) -> list[str]:
    """Return what stands in each column of some lines; a word belongs where its middle is."""
    said: list[list[str]] = [[] for _ in columns]
    for line in lines:
        for text, x0, x1 in _words(line):
            said[max(0, bisect_right(columns, (x0 + x1) / 2) - 1)].append(text)
    return [" ".join(words) for words in said]


def _words(line: PrintedLine) -> list[tuple[str, float, float]]:
    """Return the words of a line as repaired, at the places where they were read."""
    texts, read = line.line.text.split(), line.line.words
    if len(texts) != len(read):
        return []
    return [
        (text.strip(_BARS), word.box.x0, word.box.x1)
        for text, word in zip(texts, read, strict=True)
        if word.box and _SAYS.search(text)
    ]
