"""The tables of a scanned page: by the rulings of its picture and by white gutters; its poor cells read once more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.models import Table
from pipeline.ocr.cell_rereading import with_poor_cells_read_again
from pipeline.ocr.lines import PlacedWord, PrintedLine
from pipeline.ocr.pictured_rulings import PicturedRulings, without_rulings
from pipeline.ocr.recognition import PageImage
from pipeline.ocr.secondreader import second_reader
from pipeline.ocr.tables import filled, grids, numbered
from pipeline.ocr.tilt import text_tilt
from pipeline.ocr.unruled_tables import unruled_tables


def with_cells_read_again(page: PageImage, lines: list[PrintedLine], found: PicturedRulings) -> list[PrintedLine]:
    """Return the lines of a scanned page with its poor cells read again; the lines themselves without a second reader.

    Args:
        page: The picture of the page.
        lines: Its printed lines; boxes in points, as the page lies.
        found: Its rulings.
    """
    cells, reader = grids(found.rulings), second_reader()
    if not cells or not reader:
        return lines
    lay = {_straightened(word, found): word for line in lines for word in line.words}
    bare = without_rulings(page.image, found.tilt, page.scale)
    read = with_poor_cells_read_again(reader, PageImage(bare, page.scale), cells, _straight(lines, found))
    return [PrintedLine(tuple(lay.get(word) or _laid_back(word, found) for word in line.words)) for line in read]


def pictured_tables(by_rulings: PicturedRulings, lines: Sequence[PrintedLine], first_line: int) -> tuple[Table, ...]:
    """Return the tables of a scanned page, top to bottom, with the words of `lines` in their cells.

    Boxes are those of the page as it lies.

    Args:
        by_rulings: The page's rulings.
        lines: Its printed lines.
        first_line: The number that the first of them has in the document.
    """
    ruled = filled(grids(by_rulings.rulings), _straight(lines, by_rulings), first_line)
    by_text = by_rulings.or_tilted(text_tilt(lines))
    unruled = unruled_tables(_straight(lines, by_text), first_line, by_text.rulings, ruled)
    lying = [_as_it_lies(table, by_rulings) for table in ruled] + [_as_it_lies(table, by_text) for table in unruled]
    return numbered(lying)


def _straight(lines: Sequence[PrintedLine], found: PicturedRulings) -> list[PrintedLine]:
    return [PrintedLine(tuple(_straightened(word, found) for word in line.words)) for line in lines]


def _straightened(word: PlacedWord, found: PicturedRulings) -> PlacedWord:
    return replace(word, box=found.straightened(word.box))


def _laid_back(word: PlacedWord, found: PicturedRulings) -> PlacedWord:
    return replace(word, box=found.as_it_lies(word.box))


def _as_it_lies(table: Table, found: PicturedRulings) -> Table:
    cells = (cell.model_copy(update={"box": found.as_it_lies(cell.box)}) for cell in table.cells)
    return table.model_copy(update={"box": found.as_it_lies(table.box), "cells": tuple(cells)})
