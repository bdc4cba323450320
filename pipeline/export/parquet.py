"""Records as Parquet, the columnar format that pandas, DuckDB, Spark and Power BI read; one file a kind of record."""

from __future__ import annotations

import io
from importlib.util import find_spec

from pipeline.errors import MissingDependencyError
from pipeline.export.frames import frame
from pipeline.export.sheets import Sheet


def parquet(sheet: Sheet) -> bytes:
    """Write a sheet.

    Raises:
        MissingDependencyError: pyarrow, of the extra `parquet`, is not installed.
    """
    if not is_available():
        raise MissingDependencyError(
            "Định dạng Parquet cần pyarrow. / The format Parquet needs pyarrow.",
            'Hãy cài: pip install "doisoat[parquet]". / Install it: pip install "doisoat[parquet]".',
        )
    buffer = io.BytesIO()
    frame(sheet).to_parquet(buffer, index=False)
    return buffer.getvalue()


def is_available() -> bool:
    """Say whether what writes Parquet is installed."""
    return find_spec("pyarrow") is not None
