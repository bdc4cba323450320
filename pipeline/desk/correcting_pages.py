"""Correcting a figure: the number that the page has in the place of the one that was read, which is kept beside it."""

from __future__ import annotations

import datetime as dt
import threading
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, BackgroundTasks, Form, Path
from fastapi.responses import RedirectResponse, Response

from pipeline.archive.decisions import CorrectFigure, FigureTarget, RestoreFigure
from pipeline.archive.reconciling import reconcile_all
from pipeline.archive.store import Archive
from pipeline.desk.refusals import NotThere
from pipeline.desk.visits import Officer
from pipeline.desk.workplace import Work, Workplace
from pipeline.errors import BadArgumentsError
from pipeline.extract import corrected
from pipeline.models import Figure, Number

router = APIRouter()

DocumentNumber = Annotated[int, Path(ge=1, le=2**31)]

_reconciling = threading.Lock()


@router.post("/documents/{document}/figures/{figure}/correct")
def correct(
    visitor: Officer,
    work: Work,
    background: BackgroundTasks,
    document: DocumentNumber,
    figure: str,
    value: Annotated[str, Form(max_length=60)],
    reason: Annotated[str, Form(max_length=2000)] = "",
) -> Response:
    """Keep the number that the visitor reads on the page; the archive is reconciled once more behind the answer.

    Raises:
        NotThere: There is no such figure any more.
        BadArgumentsError: `value` is no number, or of another kind than the figure's.
    """
    target, machine = _figure(work, document, figure)
    moment = dt.datetime.fromtimestamp(work.clock(), dt.UTC)
    number = number_of(value, machine)
    by, why = visitor.person.name, reason.strip() or None
    work.archive.decide([CorrectFigure(target=target, number=number, by=by, at=moment, reason=why)])
    background.add_task(reconcile_again, work.archive)
    return RedirectResponse(f"/documents/{document}/figures/{figure}", HTTPStatus.SEE_OTHER)


@router.post("/documents/{document}/figures/{figure}/restore")
def restore(
    visitor: Officer, work: Work, background: BackgroundTasks, document: DocumentNumber, figure: str
) -> Response:
    """Let the machine's reading of a figure hold again.

    Raises:
        NotThere: There is no such figure any more.
    """
    target, _ = _figure(work, document, figure)
    moment = dt.datetime.fromtimestamp(work.clock(), dt.UTC)
    work.archive.decide([RestoreFigure(target=target, by=visitor.person.name, at=moment)])
    background.add_task(reconcile_again, work.archive)
    return RedirectResponse(f"/documents/{document}/figures/{figure}", HTTPStatus.SEE_OTHER)


def reconcile_again(archive: Archive) -> None:
    """Reconcile the whole archive; of several wishes at once each waits for the one before, so that the last holds."""
    with _reconciling:
        reconcile_all(archive)


def _figure(work: Workplace, document: int, figure: str) -> tuple[FigureTarget, Figure]:
    opened = work.archive.browsing.document(document)
    if opened is None or all(each.id != figure for each in opened.figures):
        raise NotThere
    return work.archive.figure_target(figure)


def number_of(written: str, figure: Figure) -> Number:
    """Read the number that a page has in the place of a figure's.

    Raises:
        BadArgumentsError: It is no number, or of another kind than the figure's.
    """
    try:
        return corrected.read(written, figure)
    except ValueError as error:
        raise BadArgumentsError(
            "Không phải số thuộc loại này. / This is no number of that kind.",
            "Hãy ghi như in trên trang: 4.122, 98,5, 63/124. / Write it as the page has it: 4.122, 98,5, 63/124.",
        ) from error
