"""The tables of a page: those that rulings enclose (bảng có kẻ khung), and those that white gutters show beside them.

The strokes of digital pages come from PDFium, which has the page open anyhow, those of scans from their picture. Which
cells they enclose is found by pdfplumber's functions for that (snap, join, intersect), without its slow reading of the
whole file.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from pipeline.language.unicode import vietnamese_nfc
from pipeline.models import Box, Cell, Table
from pipeline.ocr.lines import PlacedWord, PrintedLine
from pipeline.ocr.pictured_rulings import PicturedRulings
from pipeline.ocr.rulings import Ruling
from pipeline.ocr.tilt import text_tilt
from pipeline.ocr.unruled_tables import unruled_tables

# In points. The two edges of one border, drawn as a box, become one ruling; gaps at the corners are closed.
_SNAP = 3.0
_JOIN = 3.0
_MEET = 3.0
# A table has two rows and two columns at least: what has less is a frame.
_FEWEST_EDGES = 3
# Finding cells takes time by the square of the crossings; tables of 100 rows and 60 columns have 162 joined rulings.
_MOST_RULINGS = 1000

_Rectangle = tuple[float, float, float, float]


def tables(drawn: Sequence[Ruling], lines: Sequence[PrintedLine], first_line: int) -> tuple[Table, ...]:
    """Return the tables of a page, top to bottom, with the words of `lines` in their cells.

    Args:
        drawn: The page's rulings.
        lines: The page's printed lines.
        first_line: The number that the first of them has in the document.
    """
    ruled = tables_within(drawn, lines, first_line)
    return _numbered([*ruled, *unruled_tables(lines, first_line, drawn, ruled)])


def pictured_tables(by_rulings: PicturedRulings, lines: Sequence[PrintedLine], first_line: int) -> tuple[Table, ...]:
    """Return the tables of a scanned page, top to bottom, with the words of `lines` in their cells.

    Boxes are those of the page as it lies.
    """
    ruled = tables_within(by_rulings.rulings, _straight(lines, by_rulings), first_line)
    by_text = by_rulings.or_tilted(text_tilt(lines))
    unruled = unruled_tables(_straight(lines, by_text), first_line, by_text.rulings, ruled)
    lying = [_as_it_lies(table, by_rulings) for table in ruled] + [_as_it_lies(table, by_text) for table in unruled]
    return _numbered(lying)


def _straight(lines: Sequence[PrintedLine], found: PicturedRulings) -> list[PrintedLine]:
    return [
        PrintedLine(tuple(replace(word, box=found.straightened(word.box)) for word in line.words)) for line in lines
    ]


def _as_it_lies(table: Table, found: PicturedRulings) -> Table:
    cells = (cell.model_copy(update={"box": found.as_it_lies(cell.box)}) for cell in table.cells)
    return table.model_copy(update={"box": found.as_it_lies(table.box), "cells": tuple(cells)})


def _numbered(found: Sequence[Table]) -> tuple[Table, ...]:
    in_order = sorted(found, key=lambda table: table.box.y0)
    return tuple(table.model_copy(update={"number": number}) for number, table in enumerate(in_order, 1))


def tables_within(drawn: Sequence[Ruling], lines: Sequence[PrintedLine], first_line: int) -> tuple[Table, ...]:
    """Return the tables that rulings enclose, top to bottom, with the words of `lines` in their cells."""
    level = sum(ruling.is_level for ruling in drawn)
    if level < _FEWEST_EDGES or len(drawn) - level < _FEWEST_EDGES:
        return ()
    words = [(number, word) for number, line in enumerate(lines, first_line) for word in line.words]
    grids = [cells for cells in _grids(drawn) if _is_table(cells)]
    return tuple(_table(number, cells, words) for number, cells in enumerate(grids, 1))


def _grids(drawn: Sequence[Ruling]) -> list[list[_Rectangle]]:
    """Return the cells of every table that the rulings enclose; none for a drawing."""
    # Imported here: pdfplumber takes a third of a second, and most pages have no rulings.
    from pdfplumber import table as geometry  # noqa: PLC0415

    edges = geometry.merge_edges([_edge(ruling) for ruling in drawn], _SNAP, _SNAP, _JOIN, _JOIN)
    if len(edges) > _MOST_RULINGS:
        return []
    crossings = geometry.edges_to_intersections(edges, _MEET, _MEET)
    found: list[list[_Rectangle]] = geometry.cells_to_tables(geometry.intersections_to_cells(crossings))
    return found


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


def _is_table(cells: Sequence[_Rectangle]) -> bool:
    across, down = _edges(cells, 0), _edges(cells, 1)
    return len(across) >= _FEWEST_EDGES and len(down) >= _FEWEST_EDGES


def _edges(cells: Sequence[_Rectangle], axis: int) -> list[float]:
    """Return where cells begin and end, across (axis 0) or down (axis 1), in order."""
    return sorted({edge for cell in cells for edge in (cell[axis], cell[axis + 2])})


def _table(number: int, rectangles: Sequence[_Rectangle], words: Sequence[tuple[int, PlacedWord]]) -> Table:
    across, down = _edges(rectangles, 0), _edges(rectangles, 1)
    inside = [(line, word) for line, word in words if _holds((across[0], down[0], across[-1], down[-1]), word)]
    cells = []
    for x0, y0, x1, y1 in sorted(rectangles, key=lambda cell: (cell[1], cell[0])):
        row, column = bisect_left(down, y0), bisect_left(across, x0)
        texts: dict[int, list[str]] = {}
        for line, word in inside:
            if _holds((x0, y0, x1, y1), word):
                texts.setdefault(line, []).append(vietnamese_nfc(word.text))
        cells.append(
            Cell(
                row=row,
                column=column,
                row_span=bisect_left(down, y1) - row,
                column_span=bisect_left(across, x1) - column,
                text="\n".join(" ".join(said) for said in texts.values()),
                box=Box(x0=x0, y0=y0, x1=x1, y1=y1),
                lines=tuple(texts),
            )
        )
    box = Box(x0=across[0], y0=down[0], x1=across[-1], y1=down[-1])
    return Table(number=number, box=box, columns=tuple(across), cells=tuple(cells))


def _holds(rectangle: _Rectangle, word: PlacedWord) -> bool:
    """Say whether a word's middle lies in a rectangle."""
    x, y = (word.box.x0 + word.box.x1) / 2, (word.box.y0 + word.box.y1) / 2
    return rectangle[0] <= x < rectangle[2] and rectangle[1] <= y < rectangle[3]
