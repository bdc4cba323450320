"""Records as an Excel workbook: a sheet a kind, numbers and dates as such, the header frozen and filtered."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from pipeline.export.sheets import Sheet
from pipeline.export.tables import DATE_COLUMNS, NUMBER_COLUMNS, Cell, columns, row

Value = Cell | Decimal | dt.date
"""What a cell of a workbook can hold."""

_NUMBER = re.compile(r"-?[\d.]{1,16}")  # Excel keeps fifteen digits; a longer number stays text and loses none
_MAX_CHARACTERS = 32_767  # Excel's limit for a cell
_WIDTHS = {
    "message": 80,
    "task": 80,
    "text": 60,
    "subject": 50,
    "title": 50,
    "evidence": 50,
    "message_en": 40,
    "lead": 40,
    "support": 40,
    "document": 30,
    "deadline_text": 30,
}
_WIDTH = 14


@dataclass(frozen=True)
class Grid:
    """A sheet of a workbook: a header, rows below it, and the width of each column in characters."""

    title: str
    header: Sequence[str]
    rows: Sequence[Sequence[Value]]
    widths: Sequence[int]


def xlsx(sheets: Sequence[Sheet]) -> bytes:
    """Write a workbook of records."""
    return workbook([grid_of(sheet) for sheet in sheets])


def workbook(grids: Sequence[Grid]) -> bytes:
    """Write a workbook."""
    book = Workbook(write_only=True)
    for grid in grids:
        _write(book.create_sheet(grid.title), grid)
    output = io.BytesIO()
    book.save(output)
    return output.getvalue()


def grid_of(sheet: Sheet) -> Grid:
    """Lay records out with numbers and dates as such."""
    names = columns(sheet.kind)
    rows = [[_typed(name, cell) for name, cell in zip(names, row(record), strict=True)] for record in sheet.records]
    return Grid(sheet.title, names, rows, [_WIDTHS.get(name, _WIDTH) for name in names])


def _write(target: WriteOnlyWorksheet, grid: Grid) -> None:
    for number, width in enumerate(grid.widths, start=1):
        target.column_dimensions[get_column_letter(number)].width = width
    target.freeze_panes = "A2"
    target.auto_filter.ref = f"A1:{get_column_letter(len(grid.header))}{len(grid.rows) + 1}"
    target.append([_bold(target, name) for name in grid.header])
    for cells in grid.rows:
        target.append([_cell(target, cell) for cell in cells])


def _bold(target: WriteOnlyWorksheet, name: str) -> WriteOnlyCell:
    cell = _cell(target, name)
    cell.font = Font(bold=True)
    return cell


def _typed(column: str, cell: Cell) -> Value:
    if not isinstance(cell, str):
        return cell
    if column in NUMBER_COLUMNS and _NUMBER.fullmatch(cell):
        return Decimal(cell)
    return dt.date.fromisoformat(cell) if column in DATE_COLUMNS else cell


def _cell(target: WriteOnlyWorksheet, cell: Value) -> WriteOnlyCell:
    if not isinstance(cell, str):
        return WriteOnlyCell(target, value=cell)
    text = WriteOnlyCell(target, value=ILLEGAL_CHARACTERS_RE.sub("", cell)[:_MAX_CHARACTERS])
    # openpyxl takes a text that begins with "=" for a formula; nothing that a document says may run.
    text.data_type = "s"
    return text
