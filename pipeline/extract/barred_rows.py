"""Tables of which a converter left the bars between the cells: "1 | Rà soát hồ sơ | Sở Nội vụ | Quý I | Báo cáo".

Lines one below the other that have equally many bars, two at least, are the rows; the first is the header. Bars that
only frame the line are none between cells, and a line of dashes only rules off the header. A reader of pictures takes
rulings for bars, too, but not equally many in every line.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.extract.printed import PrintedLine

_RULE = re.compile(r"[\s|:+=–—-]*[-=–—][\s|:+=–—-]*")
_LEAST_COLUMNS, _LEAST_ROWS = 3, 3
_LONGEST_HEAD = 60  # characters of a column's name


@dataclass(frozen=True)
class BarredRow:
    """A printed line, and what stands between its bars; "" where nothing does."""

    line: PrintedLine
    cells: tuple[str, ...]


def find(body: Sequence[PrintedLine]) -> list[list[BarredRow]]:
    """Return the tables among a document's lines, each with its header as the first row."""
    return [run for run in _runs(body) if len(run) >= _LEAST_ROWS and _is_headed(run)]


def _runs(body: Sequence[PrintedLine]) -> Iterator[list[BarredRow]]:
    """Yield the rows that stand one below the other and have equally many cells."""
    run: list[BarredRow] = []
    for line in body:
        if run and _RULE.fullmatch(line.text):
            continue
        cells = _cells(line.text, is_framed=_is_framed(run[0].line.text if run else line.text))
        if run and len(cells) != len(run[0].cells):
            yield run
            run, cells = [], _cells(line.text, is_framed=_is_framed(line.text))
        if len(cells) >= _LEAST_COLUMNS:
            run.append(BarredRow(line, cells))
    yield run


def _is_framed(text: str) -> bool:
    """Say whether bars stand before the first cell of a header and behind its last one; its rows are framed, too."""
    return len(text.strip()) > 1 and text.strip().startswith("|") and text.strip().endswith("|")


def _cells(text: str, *, is_framed: bool) -> tuple[str, ...]:
    """Cut a line at the bars between its cells."""
    inner = text.strip().removeprefix("|").removesuffix("|") if is_framed else text.strip()
    return tuple(cell.strip() for cell in inner.split("|"))


def _is_headed(run: Sequence[BarredRow]) -> bool:
    """Say whether the first row names columns: short words, no numbers."""
    names = run[0].cells
    return all(len(name) <= _LONGEST_HEAD for name in names) and sum(map(_is_name, names)) >= _LEAST_COLUMNS


def _is_name(cell: str) -> bool:
    return bool(re.search(r"[^\W\d_]", cell))
