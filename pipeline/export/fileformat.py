"""The formats in which records and pages leave the house."""

from __future__ import annotations

from enum import StrEnum


class FileFormat(StrEnum):
    """A format; its value is also the file name's extension."""

    JSONL = "jsonl"
    CSV = "csv"
    XLSX = "xlsx"
    PARQUET = "parquet"

    @property
    def is_text(self) -> bool:
        """Whether it can be poured over a terminal or into a pipe that expects text."""
        return self in (FileFormat.JSONL, FileFormat.CSV)


class LayoutFormat(StrEnum):
    """A format for words at their places."""

    HOCR = "hocr"
    ALTO = "alto"

    @property
    def extension(self) -> str:
        """The file name's extension: programs know ALTO files as XML only."""
        return "xml" if self is LayoutFormat.ALTO else "hocr"


SDMX_CSV = "sdmx-csv"
"""The format of series for statistical systems."""


class ArchiveFormat(StrEnum):
    """What a whole archive can be written as."""

    JSONL = FileFormat.JSONL.value
    CSV = FileFormat.CSV.value
    XLSX = FileFormat.XLSX.value
    PARQUET = FileFormat.PARQUET.value
    SDMX_CSV = SDMX_CSV
    HOCR = LayoutFormat.HOCR.value
    ALTO = LayoutFormat.ALTO.value
