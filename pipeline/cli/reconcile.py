"""`doisoat reconcile`: what contradicts what."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from pipeline.archive.reconciling import reconcile_all, reconcile_new
from pipeline.archive.store import Archive
from pipeline.batch.unarchived import process_paths
from pipeline.cli import outcome_code
from pipeline.cli.command import command
from pipeline.cli.decisions import report_unfound
from pipeline.cli.finding_table import finding_table
from pipeline.cli.options import ArchiveOption, JobsOption, OutputOption, require_output, settings
from pipeline.cli.progress import BatchProgress
from pipeline.cli.reporting import Reporting
from pipeline.cli.results import deliver, show
from pipeline.errors import BadArgumentsError, ExitCode
from pipeline.export import sheets
from pipeline.export.fileformat import FileFormat
from pipeline.export.writing import write
from pipeline.models import Finding, ReviewStatus
from pipeline.reconcile.reconciliation import reconcile as reconcile_files
from pipeline.settings import Settings

_HIDDEN = (
    "{count} phát hiện đã bác bỏ không hiện; xem bằng --dismissed. / "
    "{count} dismissed findings are not shown; --dismissed shows them."
)


class Form(StrEnum):
    """How findings are written; a table is for people."""

    TABLE = "table"
    JSONL = "jsonl"
    CSV = "csv"
    XLSX = "xlsx"
    PARQUET = "parquet"


class Scope(StrEnum):
    """What of the archive is reconciled: everything anew, or what has come in since the latest reconciliation."""

    ALL = "all"
    ADDED = "added"


@command
def reconcile(
    reporting: Reporting,
    files: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="FILE",
            help="Tệp, thư mục, ZIP; bỏ trống là cả kho. / Files, folders, ZIPs; none means the whole archive.",
        ),
    ] = None,
    form: Annotated[
        Form, typer.Option("--format", metavar="table|jsonl|csv|xlsx|parquet", help="Định dạng. / Format.")
    ] = Form.TABLE,
    output: OutputOption = None,
    dismissed: Annotated[
        bool,
        typer.Option(
            "--dismissed", help="Bảng có cả phát hiện đã bác bỏ. / Show dismissed findings in the table, too."
        ),
    ] = False,
    scope: Annotated[
        Scope,
        typer.Option(
            "--scope",
            metavar="all|added",
            help="Cả kho, hay chỉ tài liệu nạp sau lần đối soát trước (chỉ in phát hiện của chúng). / "
            "All, or what came in since the last time (only its findings are printed).",
        ),
    ] = Scope.ALL,
    archive: ArchiveOption = None,
    jobs: JobsOption = None,
) -> ExitCode:
    """Đối soát: tìm số liệu mâu thuẫn trong từng tài liệu và giữa các tài liệu. Kết quả cả kho được lưu lại.

    Find the figures that contradict each other, within documents and across them. Findings of the archive are kept.
    """
    if form is not Form.TABLE:
        require_output(FileFormat(form.value), output)
    elif output is not None:
        raise BadArgumentsError(
            "Bảng chỉ in ra màn hình. / A table is only printed.",
            "Dùng --format xlsx, csv hoặc jsonl với --output. / Use --format xlsx, csv or jsonl with --output.",
        )
    chosen = settings(archive, jobs)
    found, code = _of_files(files, chosen, reporting) if files else _of_archive(chosen, scope, reporting)
    if form is Form.TABLE:
        shown = [item for item in found if dismissed or item.review.status is not ReviewStatus.DISMISSED]
        show(*finding_table(shown))
        if len(shown) < len(found):
            reporting.note(_HIDDEN.format(count=len(found) - len(shown)))
    else:
        deliver(write(sheets.findings(found), FileFormat(form.value)), output)
    return code


def _of_archive(known: Settings, scope: Scope, reporting: Reporting) -> tuple[list[Finding], ExitCode]:
    """Reconcile what is in the archive as people corrected it, and keep the findings there."""
    with Archive.open(known.archive, known.database) as store:
        found = reconcile_new(store) if scope is Scope.ADDED else reconcile_all(store)
        report_unfound(store.decisions(), reporting)
        return found, ExitCode.OK


def _of_files(files: list[Path], chosen: Settings, reporting: Reporting) -> tuple[list[Finding], ExitCode]:
    """Reconcile files with each other, without an archive."""
    with BatchProgress(reporting) as progress:
        processed = process_paths(files, chosen, progress)
    found = reconcile_files([document.extraction for document in processed.documents])
    return found, outcome_code.of(processed.failed, succeeded=len(processed.documents))
