"""Ruled tables of a scanned page: rulings from its picture, poor cells read once more, words into the cells."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pipeline.models import Table
from pipeline.ocr.cell_rereading import with_poor_cells_read_again
from pipeline.ocr.lines import PlacedWord, PrintedLine
from pipeline.ocr.pictured_rulings import PicturedRulings, pictured_rulings, without_rulings
from pipeline.ocr.recognition import PageImage, lies_on_its_side
from pipeline.ocr.secondreader import second_reader
from pipeline.ocr.tables import filled, grids


@dataclass(frozen=True)
class TabledPage:
    """The lines of a page, with what was read again in cells, and its tables."""

    lines: list[PrintedLine]
    tables: tuple[Table, ...]


def pictured_tables(page: PageImage, lines: list[PrintedLine], first_line: int) -> TabledPage:
    """Find the ruled tables of a scanned page, with the words of its lines in their cells; boxes as the page lies.

    A page that lies on its side has none: its rows would be columns. Poor cells are read again where a second reader
    is installed.

    Args:
        page: The picture of the page.
        lines: The page's printed lines.
        first_line: The number that the first of them has in the document.
    """
    if lies_on_its_side(lines):
        return TabledPage(lines, ())
    found = pictured_rulings(page.image, page.scale)
    cells = grids(found.rulings)
    if not cells:
        return TabledPage(lines, ())
    lay = {_straightened(word, found): word for line in lines for word in line.words}
    straight = [PrintedLine(tuple(_straightened(word, found) for word in line.words)) for line in lines]
    reader = second_reader()
    if reader:
        bare = without_rulings(page.image, found.tilt, page.scale)
        straight = with_poor_cells_read_again(reader, PageImage(bare, page.scale), cells, straight)
    tables = tuple(_as_it_lies(table, found) for table in filled(cells, straight, first_line))
    words = (tuple(lay.get(word) or _laid_back(word, found) for word in line.words) for line in straight)
    return TabledPage([PrintedLine(line) for line in words], tables)


def _straightened(word: PlacedWord, found: PicturedRulings) -> PlacedWord:
    return replace(word, box=found.straightened(word.box))


def _laid_back(word: PlacedWord, found: PicturedRulings) -> PlacedWord:
    return replace(word, box=found.as_it_lies(word.box))


def _as_it_lies(table: Table, found: PicturedRulings) -> Table:
    cells = (cell.model_copy(update={"box": found.as_it_lies(cell.box)}) for cell in table.cells)
    return table.model_copy(update={"box": found.as_it_lies(table.box), "cells": tuple(cells)})
