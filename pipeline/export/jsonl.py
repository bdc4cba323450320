"""Records as JSON lines: one object a line, UTF-8, letters with marks written as they are."""

from __future__ import annotations

from pipeline.export.sheets import Sheet


def jsonl(sheet: Sheet) -> bytes:
    """Write a sheet one record a line."""
    return "".join(f"{record.model_dump_json()}\n" for record in sheet.records).encode()
