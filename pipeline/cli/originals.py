"""`doisoat originals`: where the originals are kept, and how they move."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.text import Text

from pipeline.archive.store import Archive
from pipeline.cli.command import command
from pipeline.cli.options import ArchiveOption, settings
from pipeline.cli.progress import counting
from pipeline.cli.reporting import Reporting
from pipeline.cli.results import show

_HERE = "here"


@command
def originals(
    reporting: Reporting,
    to: Annotated[
        str | None,
        typer.Argument(
            metavar="URL|here",
            show_default=False,
            help="Nơi lưu mới: file://, smb://, sftp://, s3://…; here: thư mục kho. / "
            "Where they shall be kept; here: in the archive's folder.",
        ),
    ] = None,
    archive: ArchiveOption = None,
) -> None:
    """Bản gốc lưu ở đâu; chuyển chúng tới nơi khác mà fsspec dùng được. Nơi cũ không bị xóa gì.

    Tell where the originals are kept, or move them to another store that fsspec can reach; nothing is removed where
    they were. From then on every command and the desk keep and read them there.
    """
    known = settings(archive)
    with Archive.open(known.archive, known.database) as store:
        if to is None:
            show(Text(store.originals_address() or str(known.archive / "originals")))
            return
        with counting(reporting, "Chuyển / Moving") as seen:
            moved = store.move_originals(None if to == _HERE else to, seen)
    reporting.note(f"Đã chuyển {moved} bản gốc, nơi cũ còn nguyên. / {moved} originals are there; nothing was removed.")
