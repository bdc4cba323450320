"""The tables of documents as files: records for programs, a list of cells for analysts, a workbook for readers.

JSON lines has one record a table; CSV and Parquet have one row a cell (Wickham, Tidy Data, JSS 59(10), 2014), so that
tables with different columns go into one file. A workbook has one sheet a table, as it is printed, behind a
list of the tables; its last sheet has the cells.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from pipeline.export import sheets
from pipeline.export.fileformat import FileFormat
from pipeline.export.records import TableRecord, TableRowRecord
from pipeline.export.tables import LIST_SEPARATOR
from pipeline.export.writing import write
from pipeline.export.xlsx import Grid, Value, grid_of, workbook
from pipeline.models import Extraction

# A number that says more than its value, "≥95" or "63/124", stays as it is printed; a dash is nought.
_PLAIN = re.compile(r"(?!.*/)[-–—\d]")
_LIST = ("sheet", "document", "page", "title", "unit", "columns", "rows")
_HEAD_WIDTH, _WIDTH = 40, 16
_LIST_WIDTHS = (12, 30, 8, 60, 16, 60, 8)


def write_tables(extractions: Sequence[Extraction], form: FileFormat) -> bytes:
    """Write the tables of documents.

    Raises:
        MissingDependencyError: The format needs a package that is not installed.
    """
    if form is FileFormat.XLSX:
        return _workbook(extractions)
    return write(sheets.tables(extractions) if form is FileFormat.JSONL else sheets.table_cells(extractions), form)


def _workbook(extractions: Sequence[Extraction]) -> bytes:
    tables = [(f"Bảng {number}", table) for number, table in enumerate(sheets.table_records(extractions), 1)]
    listed = Grid("Danh sách", _LIST, [_listed(title, table) for title, table in tables], _LIST_WIDTHS)
    printed = [_printed(title, table) for title, table in tables]
    return workbook([listed, *printed, grid_of(sheets.table_cells(extractions), {})])


def _listed(title: str, table: TableRecord) -> list[Value]:
    names = LIST_SEPARATOR.join(filter(None, table.columns))
    return [title, table.document, table.page, table.title, table.unit, names, len(table.rows)]


def _printed(title: str, table: TableRecord) -> Grid:
    """Lay a table out as it is printed; columns without a name are called by their place."""
    names = [name or f"Cột {number}" for number, name in enumerate(table.columns, 1)]
    rows = [_row(row, len(names)) for row in table.rows]
    lengths = [max((len(str(row[at] or "")) for row in rows), default=0) for at in range(len(names))]
    return Grid(title, names, rows, [_HEAD_WIDTH if length > _WIDTH else _WIDTH for length in lengths])


def _row(row: TableRowRecord, width: int) -> list[Value]:
    cells: list[Value] = [None] * width
    for cell in row.cells:
        cells[cell.column - 1] = Decimal(cell.value) if cell.value and _PLAIN.match(cell.text) else cell.text
    return cells
