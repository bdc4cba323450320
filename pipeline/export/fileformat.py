"""The formats in which records leave the house."""

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
