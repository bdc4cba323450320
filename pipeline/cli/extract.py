"""`doisoat extract`: the records of some files, without an archive."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from pipeline.batch.unarchived import process_paths
from pipeline.cli import outcome_code
from pipeline.cli.command import command
from pipeline.cli.options import JobsOption, OutputOption, RecordFormat, require_output, settings
from pipeline.cli.progress import BatchProgress
from pipeline.cli.reporting import Reporting
from pipeline.cli.results import deliver
from pipeline.errors import ExitCode
from pipeline.export import sheets
from pipeline.export.fileformat import FileFormat
from pipeline.export.tabledata import write_tables
from pipeline.export.writing import write


class What(StrEnum):
    """What is extracted."""

    FIGURES = "figures"
    COMPONENTS = "components"
    CITATIONS = "citations"
    TASKS = "tasks"
    ABBREVIATIONS = "abbreviations"
    TABLES = "tables"


_GATHER = {
    What.FIGURES: sheets.figures,
    What.COMPONENTS: sheets.components,
    What.CITATIONS: sheets.citations,
    What.TASKS: sheets.tasks,
    What.ABBREVIATIONS: sheets.abbreviations,
}


@command
def extract(
    reporting: Reporting,
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE", help="Tệp, thư mục hoặc ZIP. / Files, folders or ZIPs.", show_default=False),
    ],
    what: Annotated[
        What,
        typer.Option(
            metavar="figures|components|citations|tasks|abbreviations|tables",
            help="Trích gì: số liệu, thể thức, viện dẫn, nhiệm vụ, chữ viết tắt, bảng. / What to extract.",
        ),
    ] = What.FIGURES,
    form: RecordFormat = FileFormat.JSONL,
    output: OutputOption = None,
    jobs: JobsOption = None,
) -> ExitCode:
    """Trích số liệu, thể thức, viện dẫn, nhiệm vụ, chữ viết tắt hoặc bảng từ tài liệu, không cần kho lưu trữ.

    Extract figures, components, citations, tasks, abbreviations or tables from documents; no archive is needed. Of
    tables, XLSX has one sheet each, JSONL one record each, CSV and Parquet one row a cell.
    """
    require_output(form, output)
    with BatchProgress(reporting) as progress:
        processed = process_paths(files, settings(jobs=jobs), progress)
    found = [document.extraction for document in processed.documents]
    deliver(write_tables(found, form) if what is What.TABLES else write(_GATHER[what](found), form), output)
    return outcome_code.of(processed.failed, succeeded=len(processed.documents))
