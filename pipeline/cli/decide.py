"""`doisoat decide`: what a person makes of a finding, or reads in the place of a figure's number."""

from __future__ import annotations

import datetime as dt
import getpass
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

import typer

from pipeline.archive.decisions import (
    AcceptFinding,
    CorrectFigure,
    Decision,
    DismissFinding,
    ReopenFinding,
    RestoreFigure,
)
from pipeline.archive.store import Archive
from pipeline.cli.command import command
from pipeline.cli.options import ArchiveOption, settings
from pipeline.cli.reporting import Reporting
from pipeline.errors import BadArgumentsError
from pipeline.extract import corrected
from pipeline.models import Number
from pipeline.reconcile import wording

_PART = "-p"  # in the ids of figures ("3f0c91ab-p3-4.122"), never in those of findings


class Action(StrEnum):
    """What can be decided."""

    ACCEPT = "accept"
    DISMISS = "dismiss"
    CORRECT = "correct"
    REOPEN = "reopen"


@dataclass(frozen=True)
class _Wish:
    """What was asked for on the command line; `subject` is an id."""

    subject: str
    value: str | None
    reason: str | None
    by: str
    at: dt.datetime


@command
def decide(
    reporting: Reporting,
    action: Annotated[
        Action,
        typer.Argument(
            metavar="accept|dismiss|correct|reopen",
            show_default=False,
            help="Xác nhận, bác bỏ phát hiện; sửa số liệu đọc sai; mở lại. / "
            "Accept or dismiss a finding; correct a figure; undo either.",
        ),
    ],
    subject: Annotated[
        str,
        typer.Argument(
            metavar="ID",
            show_default=False,
            help="Mã phát hiện (phần đầu là đủ) hoặc mã số liệu. / Id of a finding (its beginning will do) or figure.",
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
    """Ghi quyết định về một phát hiện, hoặc số đúng của một số liệu; số máy đọc được giữ nguyên bên cạnh.

    Record a decision about a finding, or the right number of a figure; what the machine had read stays beside it.
    """
    wish = _Wish(subject, value, reason, by or _user(), dt.datetime.now(dt.UTC))
    if (action is Action.CORRECT) is not (value is not None):
        raise BadArgumentsError(
            "--value đi cùng correct, và chỉ với correct. / --value belongs to correct, and to nothing else.",
            "Ví dụ / For example: doisoat decide correct 3f0c91ab-p3-366 --value 356",
        )
    with Archive.open(settings(archive).archive) as store:
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


def _reopen(wish: _Wish, store: Archive) -> tuple[Decision, str]:
    if _PART in wish.subject:
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
