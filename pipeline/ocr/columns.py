"""Lines that a reader gave block by block, put together where they stand side by side on the paper."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.models import Box
from pipeline.ocr.lines import PrintedLine, around

# Of the lower of the two neighbours; compared where they face each other, so that a skewed page does no harm.
_FACING_OVERLAP = 0.5
_FACING_WORDS = 3
# Two lines may reach into each other by this much of their height and still stand side by side.
_MAY_REACH = 0.5


def side_by_side(lines: Sequence[PrintedLine]) -> list[PrintedLine]:
    """Join lines that stand beside each other (the two columns of a letterhead, cells of a row), top to bottom."""
    rows: list[PrintedLine] = []
    for line in sorted(lines, key=lambda line: line.box.x0):
        row = next((row for row in reversed(rows) if _continues(row, line)), None)
        if row is None:
            rows.append(line)
        else:
            rows[rows.index(row)] = PrintedLine((*row.words, *line.words))
    return sorted(rows, key=_middle)


def _continues(row: PrintedLine, line: PrintedLine) -> bool:
    left = around(word.box for word in row.words[-_FACING_WORDS:])
    right = around(word.box for word in line.words[:_FACING_WORDS])
    if right.x0 < left.x1 - _MAY_REACH * _height(right):
        return False
    shared = min(left.y1, right.y1) - max(left.y0, right.y0)
    return shared >= _FACING_OVERLAP * min(_height(left), _height(right))


def _height(box: Box) -> float:
    return box.y1 - box.y0


def _middle(line: PrintedLine) -> float:
    first = line.words[0].box
    return first.y0 + first.y1
