"""The repaired words of a page in the cells of its ruled tables, in place of the words as they were read."""

from __future__ import annotations

import re
from collections.abc import Mapping

from pipeline.models import Cell, Line, Page, Table

_RULING = "_|¦{}[]~"  # signs that rulings are read as
_SAYS = re.compile(r"[\w%]")


def with_cell_texts(page: Page) -> Page:
    """Return the page with its cells' texts made of its lines' final words; nothing else changes.

    A row of a cell is a run of words of its line. Where it is not found there, because words were joined or parted, the
    cell keeps it as it was read.
    """
    if not page.tables:
        return page
    lines = {line.number: line for line in page.lines}
    return page.model_copy(update={"tables": tuple(_table(table, lines) for table in page.tables)})


def _table(table: Table, lines: Mapping[int, Line]) -> Table:
    reached: dict[int, int] = {}
    texts: dict[int, str] = {}
    in_order = sorted(range(len(table.cells)), key=lambda number: (table.cells[number].column, number))
    for number in in_order:
        texts[number] = _text(table.cells[number], lines, reached)
    cells = (cell.model_copy(update={"text": texts[number]}) for number, cell in enumerate(table.cells))
    return table.model_copy(update={"cells": tuple(cells)})


def _text(cell: Cell, lines: Mapping[int, Line], reached: dict[int, int]) -> str:
    """Write a cell anew; `reached` says how far the words of each line were given to cells to the left."""
    rows = cell.text.split("\n")
    if len(rows) != len(cell.lines):
        return cell.text
    final = (_row(row, lines[number], reached) for row, number in zip(rows, cell.lines, strict=True))
    return "\n".join(map(_without_specks, final))


def _without_specks(row: str) -> str:
    """Leave out what was read of a ruling beside a cell's words; a lone sign ("-", "x") stays."""
    words = [word.strip(_RULING) for word in row.split()]
    said = [number for number, word in enumerate(words) if _SAYS.search(word)]
    return " ".join(words[said[0] : said[-1] + 1]) if said else " ".join(filter(None, words))


def _row(row: str, line: Line, reached: dict[int, int]) -> str:
    wanted, read, final = row.split(), [word.text for word in line.words], line.text.split()
    if len(read) != len(final):
        return row
    for start in range(reached.get(line.number, 0), len(read) - len(wanted) + 1):
        if read[start : start + len(wanted)] == wanted:
            reached[line.number] = start + len(wanted)
            return " ".join(final[start : start + len(wanted)])
    return row
