"""`doisoat backup`: the whole archive in one file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from pipeline.archive.backup import back_up
from pipeline.archive.store import Archive
from pipeline.cli.command import command
from pipeline.cli.options import ArchiveOption, settings
from pipeline.cli.progress import counting
from pipeline.cli.reporting import Reporting


@command
def backup(
    reporting: Reporting,
    target: Annotated[
        Path, typer.Argument(metavar="FILE", show_default=False, help="Tệp ZIP sẽ tạo. / The ZIP to be made.")
    ],
    archive: ArchiveOption = None,
) -> None:
    """Sao lưu cả kho (cơ sở dữ liệu, bản gốc, tệp đang chờ) vào một tệp ZIP; làm được cả khi kho đang dùng.

    Back the whole archive up (database, originals, waiting files) into one ZIP, also while it is in use.
    """
    known = settings(archive)
    with Archive.open(known.archive, known.database), counting(reporting, "Sao lưu / Backup") as seen:
        label = back_up(known.archive, target, seen, known.database)
    reporting.note(
        f"Đã sao lưu {label.originals} bản gốc và cơ sở dữ liệu vào {target}. / "
        f"{label.originals} originals and the database are in it."
    )
