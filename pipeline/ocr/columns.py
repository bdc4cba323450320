"""Words and blocks of words to printed lines: what stands side by side on the paper is one line."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.models import Box
from pipeline.ocr.lines import PlacedWord, PrintedLine, around

# Of the lower of two neighbours; lines one under the other overlap by the reach of marks and descenders, not by half.
# Compared where two pieces face each other, so that a skewed page does no harm.
_SAME_LINE_OVERLAP = 0.5
_FACING_WORDS = 3
# Two pieces may reach into each other by this much of their height and still stand side by side.
_MAY_REACH = 0.5
# In heights: words of a piece of text stand no further apart, columns do.
_COLUMN_GAP = 1.5


def in_lines(words: Sequence[PlacedWord]) -> list[PrintedLine]:
    """Put words into printed lines, top to bottom, each from left to right.

    Words near each other make pieces of text first, and pieces side by side make a line, so that a cell set between
    two rows, or a signer's title beside the recipients, goes to one of them whole. A raised footnote mark joins the
    line that it overlaps.
    """
    pieces: list[list[PlacedWord]] = []
    for word in sorted(words, key=lambda word: word.box.x0):
        near = [piece for piece in pieces if _is_near(piece[-1].box, word.box)]
        piece = max(near, key=lambda piece: _overlap(piece[-1].box, word.box), default=None)
        if piece is None:
            pieces.append([word])
        else:
            piece.append(word)
    return side_by_side([PrintedLine(tuple(piece)) for piece in pieces])


def side_by_side(lines: Sequence[PrintedLine]) -> list[PrintedLine]:
    """Join pieces that stand beside each other (the two columns of a letterhead, cells of a row), top to bottom."""
    rows: list[PrintedLine] = []
    for line in sorted(lines, key=lambda line: line.box.x0):
        beside = [row for row in rows if _facing_overlap(row, line) >= _SAME_LINE_OVERLAP]
        row = max(beside, key=lambda row: _facing_overlap(row, line), default=None)
        if row is None:
            rows.append(line)
        else:
            rows[rows.index(row)] = PrintedLine((*row.words, *line.words))
    return sorted(rows, key=_middle)


def _is_near(left: Box, right: Box) -> bool:
    height = max(_height(left), _height(right))
    gap = right.x0 - left.x1
    return -_MAY_REACH * height <= gap <= _COLUMN_GAP * height and _overlap(left, right) >= _SAME_LINE_OVERLAP


def _facing_overlap(row: PrintedLine, line: PrintedLine) -> float:
    """Return the shared height where `line` goes on to the right of `row`; 0 where it does not."""
    left = around(word.box for word in row.words[-_FACING_WORDS:])
    right = around(word.box for word in line.words[:_FACING_WORDS])
    return _overlap(left, right) if right.x0 >= left.x1 - _MAY_REACH * _height(right) else 0.0


def _overlap(one: Box, other: Box) -> float:
    """Return the shared height as a share of the lower of the two."""
    lower = min(_height(one), _height(other))
    return (min(one.y1, other.y1) - max(one.y0, other.y0)) / lower if lower > 0 else 0.0


def _height(box: Box) -> float:
    return box.y1 - box.y0


def _middle(line: PrintedLine) -> float:
    first = line.words[0].box
    return first.y0 + first.y1
