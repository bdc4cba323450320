"""`doisoat reprocess`: documents of the archive read anew from their originals."""

from __future__ import annotations

from typing import Annotated

import typer

from pipeline.archive.reprocessed import Stale
from pipeline.archive.store import Archive
from pipeline.batch.reprocessing import reprocess as reprocess_all
from pipeline.cli import outcome_code
from pipeline.cli.command import command
from pipeline.cli.options import ArchiveOption, JobsOption, settings
from pipeline.cli.progress import BatchProgress
from pipeline.cli.reporting import Reporting
from pipeline.errors import BadArgumentsError, ExitCode
from pipeline.models import Grade


@command
def reprocess(
    reporting: Reporting,
    names: Annotated[
        list[str] | None,
        typer.Argument(metavar="DOCUMENT", help="Tên tài liệu hoặc tệp. / Documents or files.", show_default=False),
    ] = None,
    grade: Annotated[
        Grade | None,
        typer.Option(
            metavar="excellent|good|fair|poor",
            help="Có trang ở mức này hoặc kém hơn. / With a page of this grade or a worse one.",
            show_default=False,
        ),
    ] = None,
    unread: Annotated[
        bool, typer.Option("--unread", help="Có trang chưa đọc được. / With a page that could not be read.")
    ] = False,
    other_version: Annotated[
        bool, typer.Option("--other-version", help="Do phiên bản khác đọc. / Read by another version of doisoat.")
    ] = False,
    archive: ArchiveOption = None,
    jobs: JobsOption = None,
) -> ExitCode:
    """Đọc lại tài liệu trong kho từ bản gốc; chữ và số liệu mới thay cho cũ, quyết định của người dùng giữ nguyên.

    Read documents anew from their originals: new text and figures take the place of the old, decisions stay. Several
    conditions must all hold. What fails keeps its old text.
    """
    chosen = Stale(names=tuple(names or ()), grade=grade, unread=unread, other_version=other_version)
    if chosen.is_all:
        raise BadArgumentsError(
            "Chưa nói đọc lại tài liệu nào. / Which documents?",
            "Nêu tên, hoặc --grade, --unread, --other-version. / Name them, or give one of the options.",
        )
    given = settings(archive, jobs)
    with Archive.open(given.archive, given.database) as store, BatchProgress(reporting) as progress:
        report = reprocess_all(chosen, store, given, progress)
    reporting.note(
        f"Đã đọc lại {len(report.done)} tài liệu, lỗi {len(report.failed)} tệp. / "
        f"Read anew {len(report.done)} documents, failed {len(report.failed)} files."
    )
    if report.done:
        reporting.note("Tiếp theo: doisoat reconcile. / Next: doisoat reconcile.")
    return outcome_code.of(report.failed, succeeded=len(report.done))
