"""Sheets written in one of the formats."""

from __future__ import annotations

from pipeline.export.csv import csv
from pipeline.export.fileformat import FileFormat
from pipeline.export.jsonl import jsonl
from pipeline.export.sheets import Sheet
from pipeline.export.xlsx import xlsx


def write(sheet: Sheet, form: FileFormat) -> bytes:
    """Write one sheet as a file of its own."""
    if form is FileFormat.XLSX:
        return xlsx([sheet])
    return csv(sheet) if form is FileFormat.CSV else jsonl(sheet)
