"""Records as CSV that Excel opens as it is: UTF-8 with a byte order mark, and no cell that runs as a formula."""

from __future__ import annotations

import re

import pandas as pd

from pipeline.export.sheets import Sheet
from pipeline.export.tables import Cell, columns, row

# OWASP "CSV Injection": a text cell that begins so is run as a formula. A plain number may begin with a minus.
_FORMULA = re.compile(r"[=+\-@\t\r]")
_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")


def csv(sheet: Sheet) -> bytes:
    """Write a sheet with a header line."""
    cells = [[_safe(cell) for cell in row(record)] for record in sheet.records]
    table = pd.DataFrame(cells, columns=columns(sheet.kind), dtype=object)
    return table.to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig")


def _safe(cell: Cell) -> Cell:
    if isinstance(cell, str) and _FORMULA.match(cell) and not _NUMBER.fullmatch(cell):
        return f"'{cell}"
    return cell
