"""Records as an Excel workbook: a sheet a kind, numbers and dates as such, the header frozen and filtered."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from openpyxl.worksheet.hyperlink import Hyperlink

from pipeline.export.places import places
from pipeline.export.records import FigureRecord
from pipeline.export.sheets import Sheet
from pipeline.export.tables import DATE_COLUMNS, NUMBER_COLUMNS, Cell, columns, row


@dataclass(frozen=True)
class Link:
    """A text that leads to a place of the workbook ("'Số liệu'!A7"); a plain text where `location` is None."""

    text: str
    location: str | None


Value = Cell | Decimal | dt.date | Link
"""What a cell of a workbook can hold."""

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


@dataclass(frozen=True)
class Grid:
    """A sheet of a workbook: a header, rows below it, and the width of each column in characters."""

    title: str
    header: Sequence[str]
    rows: Sequence[Sequence[Value]]
    widths: Sequence[int]


def xlsx(sheets: Sequence[Sheet]) -> bytes:
    """Write a workbook of records. Where it has the figures, what is told of figures links to their rows."""
    rows = {
        record.id: f"'{sheet.title}'!A{number}"
        for sheet in sheets
        for number, record in enumerate(sheet.records, start=2)
        if isinstance(record, FigureRecord)
    }
    return workbook([grid_of(sheet, rows) for sheet in sheets])


def workbook(grids: Sequence[Grid]) -> bytes:
    """Write a workbook."""
    book = Workbook(write_only=True)
    for grid in grids:
        _write(book.create_sheet(grid.title), grid)
    output = io.BytesIO()
    book.save(output)
    return output.getvalue()


def grid_of(sheet: Sheet, figures: Mapping[str, str]) -> Grid:
    """Lay records out with numbers and dates as such.

    Args:
        sheet: The records.
        figures: Where the workbook has each figure, by its id ("'Số liệu'!A7"); what is told of one links there.
    """
    linked = [[place for place in places(record) if place.figure in figures] for record in sheet.records]
    most = max(map(len, linked), default=0)
    names = columns(sheet.kind)
    widths = [_WIDTHS.get(name, _WIDTH) for name in names] + [_WIDTHS[_PLACE]] * most
    left = _MOST_LINKS
    rows: list[list[Value]] = []
    for record, stated in zip(sheet.records, linked, strict=True):
        left -= len(stated)
        links = [Link(place.text, figures[place.figure] if left >= 0 else None) for place in stated]
        rows.append([*(_typed(name, cell) for name, cell in zip(names, row(record), strict=True)), *links])
    return Grid(sheet.title, [*names, *(f"{_PLACE} {number}" for number in range(1, most + 1))], rows, widths)


def _write(target: WriteOnlyWorksheet, grid: Grid) -> None:
    for number, width in enumerate(grid.widths, start=1):
        target.column_dimensions[get_column_letter(number)].width = width
    target.freeze_panes = "A2"
    target.auto_filter.ref = f"A1:{get_column_letter(len(grid.header))}{len(grid.rows) + 1}"
    target.append([_bold(target, name) for name in grid.header])
    for cells in grid.rows:
        target.append([_cell(target, cell) for cell in cells])


def _link(target: WriteOnlyWorksheet, link: Link) -> WriteOnlyCell:
    cell = _text(target, link.text)
    if link.location:
        cell.hyperlink = Hyperlink(ref="", location=link.location)
        cell.style = "Hyperlink"
    return cell


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
    if isinstance(cell, Link):
        return _link(target, cell)
    if not isinstance(cell, str):
        return WriteOnlyCell(target, value=cell)
    return _text(target, cell)


def _text(target: WriteOnlyWorksheet, content: str) -> WriteOnlyCell:
    text = WriteOnlyCell(target, value=ILLEGAL_CHARACTERS_RE.sub("", content)[:_MAX_CHARACTERS])
    # openpyxl takes a text that begins with "=" for a formula; nothing that a document says may run.
    text.data_type = "s"
    return text
