"""Records as an Excel workbook: a sheet a kind, numbers and dates as such, the header frozen and filtered."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from openpyxl.worksheet.hyperlink import Hyperlink

from pipeline.export.places import FigurePlace, places
from pipeline.export.records import FigureRecord
from pipeline.export.sheets import Sheet
from pipeline.export.tables import DATE_COLUMNS, NUMBER_COLUMNS, Cell, columns, row

_NUMBER = re.compile(r"-?[\d.]{1,16}")  # Excel keeps fifteen digits; a longer number stays text and loses none
_MAX_CHARACTERS = 32_767  # Excel's limit for a cell
_PLACE = "nguồn / source"
_WIDTHS = {
    _PLACE: 34,
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
_MOST_LINKS = 65_530  # Excel's limit for a sheet; it refuses one that has more


def xlsx(sheets: Sequence[Sheet]) -> bytes:
    """Write a workbook. Where it has the figures, what is told of figures links to their rows."""
    book = Workbook(write_only=True)
    rows = {
        record.id: f"'{sheet.title}'!A{number}"
        for sheet in sheets
        for number, record in enumerate(sheet.records, start=2)
        if isinstance(record, FigureRecord)
    }
    for sheet in sheets:
        _write(book.create_sheet(sheet.title), sheet, rows)
    output = io.BytesIO()
    book.save(output)
    return output.getvalue()


def _write(target: WriteOnlyWorksheet, sheet: Sheet, rows: Mapping[str, str]) -> None:
    """Write a sheet; `rows` has the places of the workbook's figures by their ids."""
    linked = [[place for place in places(record) if place.figure in rows] for record in sheet.records]
    most = max(map(len, linked), default=0)
    names = columns(sheet.kind)
    heads = [*names, *(f"{_PLACE} {number}" for number in range(1, most + 1))]
    for number, name in enumerate(heads, start=1):
        width = _WIDTHS.get(name, _WIDTH) if number <= len(names) else _WIDTHS[_PLACE]
        target.column_dimensions[get_column_letter(number)].width = width
    target.freeze_panes = "A2"
    target.auto_filter.ref = f"A1:{get_column_letter(len(heads))}{len(sheet.records) + 1}"
    target.append([_bold(target, name) for name in heads])
    left = _MOST_LINKS
    for record, stated in zip(sheet.records, linked, strict=True):
        cells = [_cell(target, name, cell) for name, cell in zip(names, row(record), strict=True)]
        left -= len(stated)
        target.append([*cells, *(_link(target, place, rows[place.figure] if left >= 0 else None) for place in stated)])


def _link(target: WriteOnlyWorksheet, place: FigurePlace, row_of_figure: str | None) -> WriteOnlyCell:
    cell = _text(target, place.text)
    if row_of_figure:
        cell.hyperlink = Hyperlink(ref="", location=row_of_figure)
        cell.style = "Hyperlink"
    return cell


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
    return _text(target, cell)


def _text(target: WriteOnlyWorksheet, content: str) -> WriteOnlyCell:
    text = WriteOnlyCell(target, value=ILLEGAL_CHARACTERS_RE.sub("", content)[:_MAX_CHARACTERS])
    # openpyxl takes a text that begins with "=" for a formula; nothing that a document says may run.
    text.data_type = "s"
    return text
