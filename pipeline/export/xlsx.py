"""Records as an Excel workbook: a sheet a kind, numbers and dates as such, the header frozen and filtered."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Sequence
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from pipeline.export.sheets import Sheet
from pipeline.export.tables import DATE_COLUMNS, NUMBER_COLUMNS, Cell, columns, row

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


def xlsx(sheets: Sequence[Sheet]) -> bytes:
    """Write a workbook."""
    book = Workbook(write_only=True)
    for sheet in sheets:
        _write(book.create_sheet(sheet.title), sheet)
    output = io.BytesIO()
    book.save(output)
    return output.getvalue()


def _write(target: WriteOnlyWorksheet, sheet: Sheet) -> None:
    names = columns(sheet.kind)
    for number, name in enumerate(names, start=1):
        target.column_dimensions[get_column_letter(number)].width = _WIDTHS.get(name, _WIDTH)
    target.freeze_panes = "A2"
    target.auto_filter.ref = f"A1:{get_column_letter(len(names))}{len(sheet.records) + 1}"
    target.append([_bold(target, name) for name in names])
    for record in sheet.records:
        target.append([_cell(target, name, cell) for name, cell in zip(names, row(record), strict=True)])


def _bold(target: WriteOnlyWorksheet, name: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(target, value=name)
    cell.font = Font(bold=True)
    return cell


def _cell(target: WriteOnlyWorksheet, column: str, cell: Cell) -> WriteOnlyCell:
    if not isinstance(cell, str):
        return WriteOnlyCell(target, value=cell)
    if column in NUMBER_COLUMNS and _NUMBER.fullmatch(cell):
        return WriteOnlyCell(target, value=Decimal(cell))
    if column in DATE_COLUMNS:
        return WriteOnlyCell(target, value=dt.date.fromisoformat(cell))
    text = WriteOnlyCell(target, value=ILLEGAL_CHARACTERS_RE.sub("", cell)[:_MAX_CHARACTERS])
    # openpyxl takes a text that begins with "=" for a formula; nothing that a document says may run.
    text.data_type = "s"
    return text
