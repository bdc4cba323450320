"""A whole archive as files: one for each kind of record, and one workbook with all of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.archive.doubtful import DoubtfulWord
from pipeline.export import sheets
from pipeline.export.edxml import edxml
from pipeline.export.fileformat import FileFormat
from pipeline.export.parquet import is_available
from pipeline.export.writing import write
from pipeline.export.xlsx import xlsx
from pipeline.models import Extraction, Finding


def files(
    extractions: Sequence[Extraction],
    findings: Sequence[Finding],
    doubtful: Sequence[DoubtfulWord],
    forms: Sequence[FileFormat],
) -> Iterator[tuple[str, bytes]]:
    """Yield the name and the content of each file; with JSON lines comes the metadata in the shape of edXML.

    Raises:
        MissingDependencyError: A format needs a package that is not installed.
    """
    kinds = [
        sheets.findings(findings),
        sheets.figures(extractions),
        sheets.components(extractions),
        sheets.citations(extractions),
        sheets.tasks_by_deadline(extractions),
        sheets.abbreviations(extractions),
        sheets.doubts(doubtful),
    ]
    for form in forms:
        if form is FileFormat.XLSX:
            yield "doisoat.xlsx", xlsx([*kinds, sheets.table_cells(extractions)])
        else:
            tables = sheets.tables if form is FileFormat.JSONL else sheets.table_cells
            for sheet in (*kinds, tables(extractions)):
                yield f"{sheet.name}.{form.value}", write(sheet, form)
        if form is FileFormat.JSONL:
            yield "edxml.jsonl", edxml(extraction.components for extraction in extractions)


def usual_formats() -> list[FileFormat]:
    """Return the formats that can be written with what is installed."""
    return [form for form in FileFormat if form is not FileFormat.PARQUET or is_available()]
