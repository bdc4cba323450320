"""`doisoat ingest`: documents into the archive."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.archive.store import Archive
from pipeline.batch.ingestion import IngestReport
from pipeline.batch.ingestion import ingest as ingest_all
from pipeline.cli import outcome_code
from pipeline.cli.command import command
from pipeline.cli.options import ArchiveOption, JobsOption, settings
from pipeline.cli.progress import BatchProgress
from pipeline.cli.reporting import Reporting
from pipeline.errors import ExitCode


@command
def ingest(
    reporting: Reporting,
    paths: Annotated[
        list[Path],
        typer.Argument(metavar="PATH", help="Tệp, thư mục hoặc ZIP. / Files, folders or ZIPs.", show_default=False),
    ],
    archive: ArchiveOption = None,
    jobs: JobsOption = None,
) -> ExitCode:
    """Nạp tài liệu vào kho: đọc, sửa chữ, trích số liệu, lưu bản gốc. Chạy lại thì làm tiếp phần chưa xong.

    Bring documents into the archive; run it again to go on where it stopped and to retry what failed.
    """
    chosen = settings(archive, jobs)
    with Archive.create(chosen.archive, chosen.database) as store, BatchProgress(reporting) as progress:
        report = ingest_all(paths, store, chosen, progress)
    _tell(report, reporting, store.place)
    return outcome_code.of(report.failed, succeeded=len(report.done) + len(report.already_there))


def _tell(report: IngestReport, reporting: Reporting, place: str) -> None:
    reporting.note(
        f"Đã nạp {len(report.done)}, đã có sẵn {len(report.already_there)}, lỗi {len(report.failed)} tài liệu. / "
        f"Taken in {len(report.done)}, already there {len(report.already_there)}, failed {len(report.failed)}."
    )
    for file, documents in report.parted.items():
        reporting.note(
            f"  {file}: có {len(documents)} văn bản, đã tách theo trang. / Holds {len(documents)} documents: "
            f"{'; '.join(documents)}"
        )
    for failed in report.failed:
        # The whole message stood there when it happened; this is the list to go through now.
        reporting.note(f"  ✗ {failed.name}: {type(failed.error).__name__}")
    reporting.note(f"Kho / Archive: {place}")
