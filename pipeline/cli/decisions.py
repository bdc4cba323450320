"""`doisoat decisions`: what people decided, as a list, and as a file that can be replayed in another archive."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich import box
from rich.table import Table
from rich.text import Text

from pipeline.archive import decisions as records
from pipeline.archive.decisions import (
    CorrectFigure,
    Decision,
    DecisionKind,
    FigureTarget,
    FindingTarget,
    MergeIndicators,
)
from pipeline.archive.standing import Standing, StandingDecision
from pipeline.archive.store import Archive
from pipeline.cli.command import command
from pipeline.cli.options import ArchiveOption, settings
from pipeline.cli.reporting import Reporting
from pipeline.cli.results import deliver, show
from pipeline.errors import BadArgumentsError, FileAccessError
from pipeline.reconcile import wording

_KINDS = {
    DecisionKind.ACCEPT: "xác nhận / accept",
    DecisionKind.DISMISS: "bác bỏ / dismiss",
    DecisionKind.REOPEN: "mở lại / reopen",
    DecisionKind.CORRECT: "sửa số / correct",
    DecisionKind.RESTORE: "số máy đọc / restore",
    DecisionKind.MERGE: "gộp chỉ tiêu / merge",
    DecisionKind.SPLIT: "tách chỉ tiêu / split",
}
_STANDINGS = {
    Standing.IN_FORCE: "có hiệu lực / in force",
    Standing.SUPERSEDED: "đã thay / superseded",
    Standing.CHANGED: "phát hiện đã đổi / finding changed",
    Standing.GONE: "không còn / no longer found",
}


class Action(StrEnum):
    """What can be done with all decisions."""

    LIST = "list"
    EXPORT = "export"
    IMPORT = "import"


@command
def decisions(
    reporting: Reporting,
    action: Annotated[
        Action,
        typer.Argument(
            metavar="list|export|import",
            help="Liệt kê, ghi ra tệp JSONL, hoặc nạp từ tệp. / List, write to a JSONL file, or replay from one.",
        ),
    ] = Action.LIST,
    file: Annotated[
        Path | None,
        typer.Argument(
            metavar="FILE",
            show_default=False,
            help="Tệp ghi ra (bỏ trống: stdout) hoặc nạp vào. / File to write (stdout without) or to replay.",
        ),
    ] = None,
    archive: ArchiveOption = None,
) -> None:
    """Xem, ghi ra, nạp lại các quyết định đã có. Nạp hai lần cũng như một lần.

    List, export and replay what people decided. Replaying twice is replaying once.
    """
    known = settings(archive)
    with Archive.open(known.archive, known.database) as store:
        if action is Action.IMPORT:
            added = store.decide(_read(file))
            reporting.note(f"{added} quyết định mới. / {added} new decisions.")
        held = store.decisions()
    if action is Action.EXPORT:
        deliver("".join(f"{records.to_json(item.decision)}\n" for item in held).encode(), file)
    elif action is Action.LIST:
        show(_table(held))
    report_unfound(held, reporting)


def report_unfound(held: Sequence[StandingDecision], reporting: Reporting) -> None:
    """Say how many decisions are kept that are about something which is not here, or not as it was."""
    counted = Counter(item.standing for item in held)
    unfound = counted[Standing.GONE] + counted[Standing.CHANGED]
    if unfound:
        reporting.note(
            f"{unfound} quyết định được giữ nhưng đối tượng không còn hoặc đã đổi; xem doisoat decisions. / "
            f"{unfound} decisions are kept whose finding or figure is gone or changed; see doisoat decisions."
        )


def _read(file: Path | None) -> list[Decision]:
    if file is None:
        raise BadArgumentsError(
            "Cần tên tệp để nạp. / A file to replay is needed.", "doisoat decisions import quyet-dinh.jsonl"
        )
    try:
        content = file.read_bytes()
    except OSError as error:
        raise FileAccessError(
            f"{file}: không đọc được ({error.strerror}). / Cannot be read ({error.strerror}).",
            "Hãy kiểm tra đường dẫn. / Check the path.",
        ) from error
    return list(records.of_file(content, str(file)))


def _table(held: Sequence[StandingDecision]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, expand=True, padding=(0, 1, 1, 0))
    table.add_column("Lúc (UTC)", no_wrap=True)
    table.add_column("Ai / By", overflow="fold", min_width=8)
    table.add_column("Quyết định", min_width=10)
    table.add_column("Về / About", ratio=1)
    table.add_column("Hiệu lực", min_width=12)
    for item in held:
        made = item.decision
        table.add_row(
            f"{made.at:%d/%m/%Y %H:%M}", Text(made.by), _KINDS[made.kind], _about(made), _STANDINGS[item.standing]
        )
    return table


def _about(made: Decision) -> Text:
    target = made.target
    told = ""
    if isinstance(target, FindingTarget):
        told = target.message
    elif isinstance(target, FigureTarget):
        told = f"{target.document}, trang {target.page}, dòng {target.line}: {target.numeral}"
    if isinstance(made, CorrectFigure):
        told += f" → {wording.number(made.number.value)}"
    elif isinstance(made, MergeIndicators):
        told += f"→ {made.into}"
    reason = f" ({made.reason})" if made.reason else ""
    return Text.assemble(told, reason, (f" [{target.id}]", "dim"))
