"""A whole archive as files: one for each kind of record, and one workbook with all of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.archive.doubtful import DoubtfulWord
from pipeline.export import sheets
from pipeline.export.edxml import edxml
from pipeline.export.fileformat import FileFormat
from pipeline.export.parquet import is_available
from pipeline.export.writing import write
from pipeline.export.xlsx import xlsx
from pipeline.models import Extraction, Finding
from pipeline.reconcile.timeseries import Series


@dataclass(frozen=True)
class Contents:
    """What an archive holds, as it is exported."""

    extractions: Sequence[Extraction]
    findings: Sequence[Finding] = ()
    series: Sequence[Series] = ()
    doubtful: Sequence[DoubtfulWord] = ()


def files(contents: Contents, forms: Sequence[FileFormat]) -> Iterator[tuple[str, bytes]]:
    """Yield the name and the content of each file; with JSON lines comes the metadata in the shape of edXML.

    Raises:
        MissingDependencyError: A format needs a package that is not installed.
    """
    extractions = contents.extractions
    kinds = [
        sheets.findings(contents.findings),
        sheets.series(contents.series),
        sheets.figures(extractions),
        sheets.components(extractions),
        sheets.citations(extractions),
        sheets.tasks_by_deadline(extractions),
        sheets.abbreviations(extractions),
        sheets.doubts(contents.doubtful),
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
