"""The repaired words of a page in the cells of its ruled tables, in place of the words as they were read."""

from __future__ import annotations

import re
from collections.abc import Mapping

from pipeline.language.unicode import SUPERSCRIPTS, lowered
from pipeline.models import Cell, Line, Page, Table

_RULING = "_|¦{}[]~"  # signs that rulings are read as
_MARKS_ONLY = re.compile(f"[{SUPERSCRIPTS}]+")
_SAYS = re.compile(r"[\w%]")


def with_cell_texts(page: Page) -> Page:
    """Return the page with its cells' texts made of its lines' final words, and how sure these are.

    A row of a cell is a run of words of its line. Where it is not found there, because words were joined or parted, the
    cell keeps it as it was read.
    """
    if not page.tables:
        return page
    lines = {line.number: line for line in page.lines}
    return page.model_copy(update={"tables": tuple(_table(table, lines) for table in page.tables)})


def _table(table: Table, lines: Mapping[int, Line]) -> Table:
    reached: dict[int, int] = {}
    final: dict[int, Cell] = {}
    in_order = sorted(range(len(table.cells)), key=lambda number: (table.cells[number].column, number))
    for number in in_order:
        final[number] = _cell(table.cells[number], lines, reached)
    return table.model_copy(update={"cells": tuple(final[number] for number in range(len(table.cells)))})


def _cell(cell: Cell, lines: Mapping[int, Line], reached: dict[int, int]) -> Cell:
    """Write a cell anew; `reached` says how far the words of each line were given to cells to the left."""
    rows = cell.text.split("\n")
    if len(rows) != len(cell.lines):
        return cell
    final = [_row(row, lines[number], reached) for row, number in zip(rows, cell.lines, strict=True)]
    sure = [sure for row in final for word, sure in row if sure is not None and _SAYS.search(word)]
    text = "\n".join(_without_specks(" ".join(word for word, _ in row)) for row in final)
    if _MARKS_ONLY.fullmatch(text):
        text = lowered(text)  # a numeral alone in its cell is no mark of a footnote
    return cell.model_copy(update={"text": text, "confidence": min(sure, default=None)})


def _without_specks(row: str) -> str:
    """Leave out what was read of a ruling beside a cell's words; a lone sign ("-", "x") stays."""
    words = [word.strip(_RULING) for word in row.split()]
    said = [number for number, word in enumerate(words) if _SAYS.search(word)]
    return " ".join(words[said[0] : said[-1] + 1]) if said else " ".join(filter(None, words))


def _row(row: str, line: Line, reached: dict[int, int]) -> list[tuple[str, float | None]]:
    """Return the final words of a row of a cell, each with how sure it is."""
    wanted, read, final = row.split(), [word.text for word in line.words], line.text.split()
    sure = line.confidences if len(line.confidences) == len(final) else (None,) * len(final)
    if len(read) == len(final):
        for start in range(reached.get(line.number, 0), len(read) - len(wanted) + 1):
            end = start + len(wanted)
            if read[start:end] == wanted:
                reached[line.number] = end
                return list(zip(final[start:end], sure[start:end], strict=True))
    return [(word, None) for word in wanted]
