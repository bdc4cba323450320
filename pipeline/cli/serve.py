"""`doisoat serve`: the desk, in a browser."""

from __future__ import annotations

from typing import Annotated

import typer

from pipeline.archive.accounts import Role
from pipeline.archive.store import Archive
from pipeline.cli.command import command
from pipeline.cli.desk_packages import require_desk
from pipeline.cli.options import ArchiveOption, settings
from pipeline.cli.reporting import Reporting
from pipeline.errors import ConfigurationError


@command
def serve(
    reporting: Reporting,
    host: Annotated[
        str | None,
        typer.Option(
            metavar="ADDRESS",
            show_default=False,
            help="Địa chỉ nghe (mặc định 127.0.0.1: chỉ máy này). / Where to listen; this machine alone by default.",
        ),
    ] = None,
    port: Annotated[
        int | None,
        typer.Option(metavar="N", min=1, max=65535, show_default=False, help="Cổng (mặc định 8765). / The port."),
    ] = None,
    archive: ArchiveOption = None,
) -> None:
    """Mở bàn làm việc trên trình duyệt: xem văn bản, số liệu, mâu thuẫn; tìm kiếm. Ctrl-C để dừng.

    Open the desk in a browser: documents, figures, contradictions, search. Ctrl-C ends it.
    """
    require_desk()
    from pipeline.desk.server import serve as answer  # noqa: PLC0415 - what it imports may not be installed

    known = settings(archive, host=host, port=port)
    with Archive.create(known.archive, known.database) as store:
        if not any(account.active and account.role is Role.ADMINISTRATOR for account in store.accounts.all()):
            raise ConfigurationError(
                f"{store.place}: chưa có tài khoản quản trị nào. / There is no administrator yet.",
                f"Hãy tạo trước / Add one first: doisoat users add TEN --role administrator --archive {store.place}",
            )
        reporting.note(f"Mở / Open: http://{known.host}:{known.port}   (Ctrl-C: dừng / stop)")
        answer(store, known)
