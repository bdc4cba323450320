"""Sheets written in one of the formats."""

from __future__ import annotations

from collections.abc import Callable

from pipeline.export.csv import csv
from pipeline.export.fileformat import FileFormat
from pipeline.export.jsonl import jsonl
from pipeline.export.parquet import parquet
from pipeline.export.sheets import Sheet
from pipeline.export.xlsx import xlsx


def write(sheet: Sheet, form: FileFormat) -> bytes:
    """Write one sheet as a file of its own.

    Raises:
        MissingDependencyError: The format needs a package that is not installed.
    """
    return _WRITERS[form](sheet)


_WRITERS: dict[FileFormat, Callable[[Sheet], bytes]] = {
    FileFormat.JSONL: jsonl,
    FileFormat.CSV: csv,
    FileFormat.XLSX: lambda sheet: xlsx([sheet]),
    FileFormat.PARQUET: parquet,
}
