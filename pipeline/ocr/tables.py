"""The tables of a page: those that rulings enclose (bảng có kẻ khung), and those that white gutters show beside them.

The strokes of digital pages come from PDFium, which has the page open anyhow, those of scans from their picture
(`pictured_tables`). Which cells they enclose is found by pdfplumber's functions for that (snap, join, intersect),
without its slow reading of the whole file.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain, groupby, pairwise
from operator import itemgetter

from pipeline.language.unicode import vietnamese_nfc
from pipeline.models import Box, Cell, Table
from pipeline.ocr.lines import PlacedWord, PrintedLine
from pipeline.ocr.rulings import Ruling
from pipeline.ocr.unruled_tables import unruled_tables

# In points. The two edges of one border, drawn as a box, become one ruling; gaps at the corners are closed.
_SNAP = 3.0
_JOIN = 3.0
_MEET = 3.0
# A table has two rows and two columns at least: what has less is a frame.
_FEWEST_EDGES = 3
# Finding cells takes time by the square of the crossings; tables of 100 rows and 60 columns have 162 joined rulings.
_MOST_RULINGS = 1000

Rectangle = tuple[float, float, float, float]


@dataclass(frozen=True)
class Grid:
    """The cells of one table: left, top, right and bottom of each, in points. `open` says how many are not ruled round.

    A page break, or a ruling that a scan lost, leaves places of the grid in no cell. Those one under another in a
    column make an open cell, so that no word of a table stands outside of it.
    """

    cells: tuple[Rectangle, ...]
    open: int = 0

    @classmethod
    def of(cls, ruled: Sequence[Rectangle]) -> Grid:
        """Make the grid of the cells that rulings enclose."""
        across, down = _edges(ruled, 0), _edges(ruled, 1)
        covered = {
            (row, column)
            for x0, y0, x1, y1 in ruled
            for row in range(bisect_left(down, y0), bisect_left(down, y1))
            for column in range(bisect_left(across, x0), bisect_left(across, x1))
        }
        left_open: list[Rectangle] = []
        for column, (x0, x1) in enumerate(pairwise(across)):
            bare = [row for row in range(len(down) - 1) if (row, column) not in covered]
            for _, run in groupby(enumerate(bare), lambda numbered: numbered[1] - numbered[0]):
                rows = [row for _, row in run]
                left_open.append((x0, down[rows[0]], x1, down[rows[-1] + 1]))
        return cls((*ruled, *left_open), len(left_open))


def tables(drawn: Sequence[Ruling], lines: Sequence[PrintedLine], first_line: int) -> tuple[Table, ...]:
    """Return the tables of a page, top to bottom, with the words of `lines` in their cells.

    Args:
        drawn: The page's rulings.
        lines: The page's printed lines.
        first_line: The number that the first of them has in the document.
    """
    ruled = filled(grids(drawn), lines, first_line)
    return numbered([*ruled, *unruled_tables(lines, first_line, drawn, ruled)])


def numbered(found: Sequence[Table]) -> tuple[Table, ...]:
    """Return tables from the top of the page, numbered in that order."""
    in_order = sorted(found, key=lambda table: table.box.y0)
    return tuple(table.model_copy(update={"number": number}) for number, table in enumerate(in_order, 1))


def grids(drawn: Sequence[Ruling]) -> list[Grid]:
    """Return the cells of every table that rulings enclose, tables top to bottom; none for a drawing."""
    level = sum(ruling.is_level for ruling in drawn)
    if level < _FEWEST_EDGES or len(drawn) - level < _FEWEST_EDGES:
        return []
    # Imported here: pdfplumber takes a third of a second, and most pages have no rulings.
    from pdfplumber import table as geometry  # noqa: PLC0415

    edges = geometry.merge_edges([_edge(ruling) for ruling in drawn], _SNAP, _SNAP, _JOIN, _JOIN)
    if len(edges) > _MOST_RULINGS:
        return []
    crossings = geometry.edges_to_intersections(edges, _MEET, _MEET)
    found: list[list[Rectangle]] = geometry.cells_to_tables(geometry.intersections_to_cells(crossings))
    return [Grid.of(cells) for cells in found if _is_table(cells)]


def filled(found: Sequence[Grid], lines: Sequence[PrintedLine], first_line: int) -> tuple[Table, ...]:
    """Return the tables of a page with the words of `lines` in their cells."""
    words = [(number, word) for number, line in enumerate(lines, first_line) for word in line.words]
    return tuple(_table(number, grid, words) for number, grid in enumerate(found, 1))


def _edge(ruling: Ruling) -> dict[str, float | str]:
    """Return a ruling as pdfplumber's functions want it."""
    return {
        "x0": ruling.x0,
        "x1": ruling.x1,
        "top": ruling.y0,
        "bottom": ruling.y1,
        "width": ruling.x1 - ruling.x0,
        "height": ruling.y1 - ruling.y0,
        "orientation": "h" if ruling.is_level else "v",
    }


def _is_table(cells: Sequence[Rectangle]) -> bool:
    across, down = _edges(cells, 0), _edges(cells, 1)
    return len(across) >= _FEWEST_EDGES and len(down) >= _FEWEST_EDGES


def _edges(cells: Sequence[Rectangle], axis: int) -> list[float]:
    """Return where cells begin and end, across (axis 0) or down (axis 1), in order."""
    return sorted({edge for cell in cells for edge in (cell[axis], cell[axis + 2])})


def _table(number: int, grid: Grid, words: Sequence[tuple[int, PlacedWord]]) -> Table:
    across, down = _edges(grid.cells, 0), _edges(grid.cells, 1)
    # Of each word the row between two edges is known once, for a page may have a thousand cells.
    in_rows: list[list[tuple[int, int, PlacedWord]]] = [[] for _ in down]
    for order, (line, word) in enumerate(words):
        if holds((across[0], down[0], across[-1], down[-1]), word):
            in_rows[bisect_right(down, (word.box.y0 + word.box.y1) / 2) - 1].append((order, line, word))
    cells = []
    for x0, y0, x1, y1 in sorted(grid.cells, key=lambda cell: (cell[1], cell[0])):
        row, below, column = bisect_left(down, y0), bisect_left(down, y1), bisect_left(across, x0)
        texts: dict[int, list[str]] = {}
        for _, line, word in sorted(chain.from_iterable(in_rows[row:below]), key=itemgetter(0)):
            if holds((x0, y0, x1, y1), word):
                texts.setdefault(line, []).append(vietnamese_nfc(word.text))
        cells.append(
            Cell(
                row=row,
                column=column,
                row_span=below - row,
                column_span=bisect_left(across, x1) - column,
                text="\n".join(" ".join(said) for said in texts.values()),
                box=Box(x0=x0, y0=y0, x1=x1, y1=y1),
                lines=tuple(texts),
            )
        )
    box = Box(x0=across[0], y0=down[0], x1=across[-1], y1=down[-1])
    problem = f"{grid.open} ô không kín khung / cells not ruled all round" if grid.open else None
    return Table(number=number, box=box, columns=tuple(across), cells=tuple(cells), problem=problem)


def holds(rectangle: Rectangle, word: PlacedWord) -> bool:
    """Say whether a word's middle lies in a rectangle."""
    x, y = (word.box.x0 + word.box.x1) / 2, (word.box.y0 + word.box.y1) / 2
    return rectangle[0] <= x < rectangle[2] and rectangle[1] <= y < rectangle[3]
