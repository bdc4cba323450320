"""`doisoat check`: whether the archive is whole."""

from __future__ import annotations

from rich.text import Text

from pipeline.archive import integrity
from pipeline.archive.integrity import Fault, FaultKind
from pipeline.archive.store import Archive
from pipeline.cli.command import command
from pipeline.cli.options import ArchiveOption, settings
from pipeline.cli.progress import counting
from pipeline.cli.reporting import Reporting
from pipeline.cli.results import show
from pipeline.errors import ExitCode

_FAULTS = {
    FaultKind.DATABASE: "cơ sở dữ liệu hỏng / the database is damaged",
    FaultKind.REFERENCE: "bản ghi trỏ tới bản ghi không có / a row refers to one that is not there",
    FaultKind.SEARCH_INDEX: "chỉ mục tìm kiếm thiếu hoặc thừa / the search index is not complete",
    FaultKind.ORIGINAL_MISSING: "mất bản gốc / its original is missing",
    FaultKind.ORIGINAL_CHANGED: "bản gốc bị thay đổi / its original was changed",
    FaultKind.UPLOAD_MISSING: "tệp đang chờ trong khay bị mất / waits in the tray, and is missing there",
}


@command
def check(reporting: Reporting, archive: ArchiveOption = None) -> ExitCode:
    """Kiểm tra kho còn nguyên vẹn: cơ sở dữ liệu, từng bản gốc theo mã băm, tệp đang chờ. Không sửa gì.

    Check that the archive is whole: the database, each original by its hash, waiting files. Nothing is changed.
    """
    known = settings(archive)
    with Archive.open(known.archive, known.database), counting(reporting, "Kiểm tra / Checking") as seen:
        found = list(integrity.faults(known.archive, seen, known.database))
    if not found:
        show(Text("Kho nguyên vẹn. / The archive is whole."))
        return ExitCode.OK
    show(*(_told(fault) for fault in found))
    reporting.note(
        f"{len(found)} chỗ hỏng: hãy khôi phục từ bản sao lưu vào thư mục khác (doisoat restore), rồi nạp lại tệp bị "
        "thiếu. / Restore a backup into another folder, then bring in again what is missing."
    )
    return ExitCode.SOME_FAILED


def _told(fault: Fault) -> Text:
    return Text(f"✗ {fault.subject}: {_FAULTS[fault.kind]}" + (f" ({fault.detail})" if fault.detail else ""))
