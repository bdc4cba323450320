"""`doisoat restore`: an archive out of a backup."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.archive import backup
from pipeline.cli.command import command
from pipeline.cli.options import ArchiveOption, settings
from pipeline.cli.progress import counting
from pipeline.cli.reporting import Reporting


@command
def restore(
    reporting: Reporting,
    source: Annotated[
        Path,
        typer.Argument(metavar="FILE", show_default=False, help="Tệp do doisoat backup tạo. / What backup made."),
    ],
    archive: ArchiveOption = None,
) -> None:
    """Khôi phục kho từ bản sao lưu vào thư mục mới hoặc trống; chỉ nhận khi mọi thứ còn nguyên vẹn.

    Make an archive of a backup, in a folder that is new or empty; only when all of it is whole.
    """
    known = settings(archive)
    with counting(reporting, "Kiểm tra / Checking") as seen:
        label = backup.restore(source, known.archive, seen, known.database)
    reporting.note(
        f"Đã khôi phục {label.originals} bản gốc vào {known.archive}. / {label.originals} originals are back there."
    )
