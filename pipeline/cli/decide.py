"""`doisoat decide`: what a person makes of a finding, a figure's number, an indicator."""

from __future__ import annotations

import datetime as dt
import getpass
import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from pipeline.archive.decisions import (
    AcceptFinding,
    CorrectFigure,
    Decision,
    DismissFinding,
    IndicatorTarget,
    MergeIndicators,
    ReopenFinding,
    RestoreFigure,
    SplitIndicators,
)
from pipeline.archive.store import Archive
from pipeline.cli.command import command
from pipeline.cli.options import ArchiveOption, settings
from pipeline.cli.reporting import Reporting
from pipeline.errors import BadArgumentsError
from pipeline.extract import corrected
from pipeline.extract.catalogue import catalogue
from pipeline.models import Number
from pipeline.reconcile import wording

_FIGURE = re.compile(r"[0-9a-f]{8}-p\d+-.+")  # docs/RECORDS.md


class Action(StrEnum):
    """What can be decided."""

    ACCEPT = "accept"
    DISMISS = "dismiss"
    CORRECT = "correct"
    REOPEN = "reopen"
    MERGE = "merge"


@dataclass(frozen=True)
class _Wish:
    """What was asked for on the command line; `subject` and `into` are ids, `catalogue` has the user's own entries."""

    subject: str
    value: str | None
    into: str | None
    catalogue: Path | None
    reason: str | None
    by: str
    at: dt.datetime


@command
def decide(
    reporting: Reporting,
    action: Annotated[
        Action,
        typer.Argument(
            metavar="accept|dismiss|correct|reopen|merge",
            show_default=False,
            help="Xác nhận, bác bỏ phát hiện; sửa số liệu đọc sai; mở lại; gộp chỉ tiêu. / "
            "Accept or dismiss a finding; correct a figure; undo what was decided; merge an indicator into another.",
        ),
    ],
    subject: Annotated[
        str,
        typer.Argument(
            metavar="ID",
            show_default=False,
            help="Mã phát hiện (phần đầu là đủ), số liệu, chỉ tiêu. / "
            "Id of a finding (its beginning will do), figure or indicator.",
        ),
    ],
    value: Annotated[
        str | None,
        typer.Option(
            "--value",
            metavar="NUMBER",
            show_default=False,
            help="Số đúng như in trên trang: 4.122, 98,5, 63/124. / The number as the page has it.",
        ),
    ] = None,
    into: Annotated[
        str | None,
        typer.Option("--into", metavar="ID", show_default=False, help="Chỉ tiêu nhận gộp. / The indicator that stays."),
    ] = None,
    reason: Annotated[
        str | None,
        typer.Option(
            "--reason", metavar="TEXT", show_default=False, help="Lý do; bắt buộc khi bác bỏ. / Why; needed to dismiss."
        ),
    ] = None,
    by: Annotated[
        str | None,
        typer.Option(
            "--by",
            metavar="NAME",
            show_default=False,
            help="Ai quyết định (mặc định: tài khoản máy). / Who decides.",
        ),
    ] = None,
    archive: ArchiveOption = None,
) -> None:
    """Ghi quyết định về một phát hiện, số đúng của một số liệu (số máy đọc được giữ bên cạnh), hai chỉ tiêu là một.

    Record what is decided about a finding, the right number of a figure (what the machine had read stays beside it), or
    that two indicators are one.
    """
    for option, given, wanted in (("--value", value, Action.CORRECT), ("--into", into, Action.MERGE)):
        if (action is wanted) is not (given is not None):
            raise BadArgumentsError(
                f"{option} đi cùng {wanted}, và chỉ với {wanted}. / {option} belongs to {wanted}, to nothing else.",
                "Ví dụ / For example: doisoat decide correct 3f0c91ab-p3-366 --value 356",
            )
    known = settings(archive)
    wish = _Wish(subject, value, into, known.indicators, reason, by or _user(), dt.datetime.now(dt.UTC))
    with Archive.open(known.archive, known.database) as store:
        decision, told = _MADE[action](wish, store)
        store.decide([decision])
    reporting.note(told)


def _accept(wish: _Wish, store: Archive) -> tuple[Decision, str]:
    target = store.finding_target(wish.subject)
    decision = AcceptFinding(target=target, by=wish.by, at=wish.at, reason=wish.reason)
    return decision, f"Đã xác nhận / Accepted: {target.message}"


def _dismiss(wish: _Wish, store: Archive) -> tuple[Decision, str]:
    target = store.finding_target(wish.subject)
    if not (wish.reason or "").strip():
        raise BadArgumentsError(
            "Bác bỏ phát hiện thì phải nêu lý do. / Dismissing a finding needs a reason.", "--reason 'hai kỳ khác nhau'"
        )
    decision = DismissFinding(target=target, by=wish.by, at=wish.at, reason=str(wish.reason))
    return decision, f"Đã bác bỏ / Dismissed: {target.message}"


def _correct(wish: _Wish, store: Archive) -> tuple[Decision, str]:
    target, figure = store.figure_target(wish.subject)
    try:
        number = corrected.read(str(wish.value), figure)
    except ValueError as error:
        raise BadArgumentsError(
            f"{wish.value}: không phải số của loại này. / Not a number of this kind ({figure.kind}).",
            f"Máy đọc / The machine read: {_written(target.machine)}",
        ) from error
    decision = CorrectFigure(target=target, number=number, by=wish.by, at=wish.at, reason=wish.reason)
    told = (
        f"{target.document}, trang {target.page}, dòng {target.line}: {_written(target.machine)} → {_written(number)}."
    )
    return decision, f"{told} Chạy lại doisoat reconcile. / Run doisoat reconcile again."


def _merge(wish: _Wish, store: Archive) -> tuple[Decision, str]:
    entries = catalogue(wish.catalogue).with_merged(store.merged_indicators())
    merged, kept = wish.subject, str(wish.into)
    for identity in (merged, kept):
        if identity not in entries.indicators:
            raise BadArgumentsError(
                f"{identity}: danh mục không có chỉ tiêu này. / The catalogue has no such indicator.",
                "doisoat indicators",
            )
    if kept == merged or entries.merged.get(kept) == merged:
        raise BadArgumentsError(
            f"{kept} đã gộp vào {merged}. / {kept} is merged into {merged} already.",
            f"doisoat decide reopen {kept}",
        )
    decision = MergeIndicators(target=IndicatorTarget(id=merged), into=kept, by=wish.by, at=wish.at, reason=wish.reason)
    names = " → ".join(entries.indicators[identity].name for identity in (merged, kept))
    return decision, f"Đã gộp / Merged: {names}"


def _reopen(wish: _Wish, store: Archive) -> tuple[Decision, str]:
    if wish.subject in store.merged_indicators():
        target_of_indicator = IndicatorTarget(id=wish.subject)
        split = SplitIndicators(target=target_of_indicator, by=wish.by, at=wish.at, reason=wish.reason)
        return split, f"Đã tách / Split: {wish.subject}"
    if _FIGURE.fullmatch(wish.subject):
        target, _ = store.figure_target(wish.subject)
        restored = RestoreFigure(target=target, by=wish.by, at=wish.at, reason=wish.reason)
        return restored, f"Dùng lại số máy đọc / The machine's reading again: {_written(target.machine)}"
    finding = store.finding_target(wish.subject)
    reopened = ReopenFinding(target=finding, by=wish.by, at=wish.at, reason=wish.reason)
    return reopened, f"Đã mở lại / Open again: {finding.message}"


_MADE: dict[Action, Callable[[_Wish, Archive], tuple[Decision, str]]] = {
    Action.ACCEPT: _accept,
    Action.DISMISS: _dismiss,
    Action.CORRECT: _correct,
    Action.REOPEN: _reopen,
    Action.MERGE: _merge,
}


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, ImportError, OSError) as error:
        raise BadArgumentsError(
            "Máy không cho biết ai đang dùng. / The system does not say who you are.", "--by 'Nguyễn Văn A'"
        ) from error


def _written(number: Number) -> str:
    parts = (number.value, *(part for part in (number.denominator, number.upper) if part is not None))
    return ("/" if number.denominator is not None else "–").join(wording.number(part) for part in parts)
