"""Records as pandas DataFrames with typed columns, for analysts and for Parquet.

    from pipeline.export import frames, sheets
    frames.frame(sheets.figures(extractions))

Numbers that the records keep as exact strings become `Float64` here; `number` and `denominator` are the two parts of a
figure's `value`, which stays beside them as it is written ("63/124"). Dates become `datetime64`, yes and no nullable
booleans. Lists stay lists of strings; what is nested deeper is JSON.
"""

from __future__ import annotations

import json

import pandas as pd
from pandas.api.types import pandas_dtype
from pydantic import BaseModel

from pipeline.export.records import ExportRecord
from pipeline.export.sheets import Sheet
from pipeline.export.tables import DATE_COLUMNS, NUMBER_COLUMNS, VALUE_COLUMNS, columns

_VALUE = "value"


def frame(sheet: Sheet) -> pd.DataFrame:
    """Return a sheet as a table with one row a record, its columns in the order of the records' fields."""
    rows = [[_plain(getattr(record, name)) for name in columns(sheet.kind)] for record in sheet.records]
    table = pd.DataFrame(rows, columns=columns(sheet.kind), dtype=object)
    for name in table.columns:
        table[name] = _typed(table[name], sheet.kind)
    return _with_parts(table) if _VALUE in table.columns else table


def _with_parts(table: pd.DataFrame) -> pd.DataFrame:
    """Put the numbers that a figure's value consists of behind it."""
    parts = table[_VALUE].str.split("/", expand=True).reindex(columns=[0, 1])
    at = list(table.columns).index(_VALUE) + 1
    table.insert(at, "number", pd.to_numeric(parts[0]).astype("Float64"))
    table.insert(at + 1, "denominator", pd.to_numeric(parts[1]).astype("Float64"))
    return table


def _typed(column: pd.Series, kind: type[ExportRecord]) -> pd.Series:
    name = str(column.name)
    hint = kind.model_fields[name].annotation
    if name in DATE_COLUMNS:
        return pd.to_datetime(column)
    if name in NUMBER_COLUMNS - VALUE_COLUMNS:
        return pd.to_numeric(column).astype("Float64")
    for plain, dtype in ((bool, "boolean"), (int, "Int64"), (float, "Float64"), (str, "string")):
        if hint in (plain, plain | None):
            return column.astype(pandas_dtype(dtype))
    return column


def _plain(value: object) -> object:
    """Return a value that a column can hold: a list of texts as it is, anything nested as JSON."""
    if isinstance(value, dict):
        return json.dumps(value, ensure_ascii=False) if value else None
    if isinstance(value, tuple):
        nested = any(isinstance(item, BaseModel) for item in value)
        return json.dumps([i.model_dump(mode="json") for i in value], ensure_ascii=False) if nested else list(value)
    return value
