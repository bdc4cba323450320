"""What programs can change: bring files in, settle findings, correct figures; all as officers do at the desk."""

from __future__ import annotations

import datetime as dt
from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, BackgroundTasks, File, Path, Query, UploadFile
from pydantic import BaseModel, ConfigDict, Field

from pipeline.archive.decisions import CorrectFigure, RestoreFigure
from pipeline.archive.uploads import Upload, UploadState
from pipeline.desk.asking import Changing
from pipeline.desk.correcting_pages import number_of, reconcile_again
from pipeline.desk.refusals import NotThere
from pipeline.desk.settling_pages import Settlement, decision
from pipeline.desk.tray_pages import drop
from pipeline.desk.workplace import Work, Workplace
from pipeline.export.records import FigureRecord, FindingRecord
from pipeline.models import Figure

router = APIRouter()

_LONGEST = 2000
_MOST_UPLOADS = 500

Reason = Annotated[str, Field(max_length=_LONGEST, description="why, for those who come after")]
Number = Annotated[int, Path(ge=1, le=2**31, description="id of an upload")]


class _Asked(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Settled(_Asked):
    """What is decided about a finding; to dismiss one needs a reason."""

    settlement: Settlement
    reason: Reason = ""


class Corrected(_Asked):
    """The number that the page has, written as it is printed there, in the place of the one that was read."""

    figure: Annotated[str, Field(max_length=_LONGEST, description="id of the figure")]
    value: Annotated[str, Field(max_length=60)]
    reason: Reason = ""


class Restored(_Asked):
    """That the machine's reading of a figure is to hold again."""

    figure: Annotated[str, Field(max_length=_LONGEST, description="id of the figure")]


class UploadAnswer(BaseModel):
    """A file that was brought in: how far it is, which documents it became, or why it could not."""

    model_config = ConfigDict(frozen=True)

    id: int
    name: str
    size: int
    account: str
    uploaded_at: str
    state: UploadState
    pages: int
    read: int
    documents: tuple[str, ...]
    message: str
    remedy: str

    @classmethod
    def of(cls, upload: Upload) -> UploadAnswer:
        """Make the answer about an upload."""
        return cls.model_validate(upload.model_dump(include=set(cls.model_fields)))


@router.post("/findings/{finding}/decisions", status_code=HTTPStatus.CREATED)
def settle(who: Changing, work: Work, finding: str, asked: Settled) -> FindingRecord:
    """Settle a finding."""
    shown = work.archive.browsing.finding(finding)
    if shown is None:
        raise NotThere
    target = work.archive.finding_target(shown.id)
    work.archive.decide([decision(asked.settlement, target, who.name, _now(work), asked.reason.strip() or None)])
    settled = work.archive.browsing.finding(finding)
    return FindingRecord.of(settled or shown)


@router.post("/corrections", status_code=HTTPStatus.CREATED)
def correct(who: Changing, work: Work, background: BackgroundTasks, asked: Corrected) -> FigureRecord:
    """Correct a figure; the archive is reconciled once more behind the answer."""
    target, machine = work.archive.figure_target(asked.figure)
    number = number_of(asked.value, machine)
    reason = asked.reason.strip() or None
    work.archive.decide([CorrectFigure(target=target, number=number, by=who.name, at=_now(work), reason=reason)])
    background.add_task(reconcile_again, work.archive)
    return _figure(work, machine)


@router.post("/restorations", status_code=HTTPStatus.CREATED)
def restore(who: Changing, work: Work, background: BackgroundTasks, asked: Restored) -> FigureRecord:
    """Let the machine's reading of a figure hold again."""
    target, machine = work.archive.figure_target(asked.figure)
    work.archive.decide([RestoreFigure(target=target, by=who.name, at=_now(work))])
    background.add_task(reconcile_again, work.archive)
    return _figure(work, machine)


@router.post("/uploads", status_code=HTTPStatus.ACCEPTED)
def upload(who: Changing, work: Work, file: Annotated[UploadFile, File()]) -> UploadAnswer:
    """Bring a file in; what it is, its content says. It is read behind the answer: ask for the upload to follow it."""
    return UploadAnswer.of(drop(file, who.name, work))


@router.get("/uploads")
def uploads(work: Work, limit: Annotated[int, Query(ge=1, le=_MOST_UPLOADS)] = 100) -> tuple[UploadAnswer, ...]:
    """List the latest uploads, the last first."""
    return tuple(UploadAnswer.of(one) for one in work.archive.uploads.latest(limit))


@router.get("/uploads/{upload}")
def one_upload(work: Work, upload: Number) -> UploadAnswer:
    """Show an upload."""
    found = work.archive.uploads.one(upload)
    if found is None:
        raise NotThere
    return UploadAnswer.of(found)


def _now(work: Workplace) -> dt.datetime:
    return dt.datetime.fromtimestamp(work.clock(), dt.UTC)


def _figure(work: Workplace, machine: Figure) -> FigureRecord:
    """Return a figure as it holds now, with what the machine had read beside it."""
    document = work.archive.browsing.document_ids([machine.evidence.document])
    found = work.archive.browsing.figures(document.values(), [machine.id])
    return FigureRecord.of(found.get(machine.id, machine))
