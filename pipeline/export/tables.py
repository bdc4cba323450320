"""Export records as rows of a table: one column a field, nested values flattened to text."""

from __future__ import annotations

import json

from pydantic import BaseModel

from pipeline.export.records import EvidenceRecord, ExportRecord

Cell = str | int | float | bool | None
"""What a cell of a table can hold."""

LIST_SEPARATOR = "; "

VALUE_COLUMNS = frozenset({"value", "machine_value"})
"""The columns whose texts are numbers or fractions."""

NUMBER_COLUMNS = VALUE_COLUMNS | {"upper", "machine_upper", "part_of", "low", "high", "in_words", "difference"}
"""The columns whose texts are numbers; a figure's value may be a fraction."""

DATE_COLUMNS = frozenset({"date", "as_of", "deadline", "time_start", "time_end", "issued"})
"""The columns whose texts are dates, ISO 8601."""


def columns(kind: type[ExportRecord]) -> list[str]:
    """Name the columns of a kind of record."""
    return list(kind.model_fields)


def row(record: ExportRecord) -> list[Cell]:
    """Lay one record out in its columns."""
    return [_cell(getattr(record, name)) for name in type(record).model_fields]


def _cell(value: object) -> Cell:
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, EvidenceRecord):
        return f"{value.document}, trang {value.page}, dòng {value.line}: {value.text}"
    if isinstance(value, BaseModel | dict):
        return json.dumps(value, ensure_ascii=False) if value else None
    if isinstance(value, tuple):
        return LIST_SEPARATOR.join(str(_cell(item)) for item in value) or None
    raise TypeError(f"no table cell for {type(value).__name__}")
