"""The tray: files are dropped in, and each tells how far it is, what became of it, or why not."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, File, Path, Request, UploadFile
from fastapi.responses import RedirectResponse, Response

from pipeline.archive.uploads import Upload
from pipeline.desk.refusals import NotThere
from pipeline.desk.rendering import show
from pipeline.desk.tray import arrival
from pipeline.desk.visits import Officer, Visit
from pipeline.desk.workplace import Work, Workplace
from pipeline.errors import DoisoatError
from pipeline.ocr import media

router = APIRouter()

_LATEST = 100

Number = Annotated[int, Path(ge=1, le=2**31)]


@router.get("/tray")
def tray(request: Request, visitor: Officer, work: Work) -> Response:
    """Show the tray."""
    return _shown(request, visitor, work, "tray.html")


@router.get("/tray/list")
def tray_list(request: Request, visitor: Officer, work: Work) -> Response:
    """Show only what lies in the tray, for a page that keeps itself up to date."""
    return _shown(request, visitor, work, "tray-list.html")


@router.post("/tray")
def drop_all(visitor: Officer, work: Work, files: Annotated[list[UploadFile], File()]) -> Response:
    """Take files in; what each of them is, its content says."""
    for file in files:
        if file.filename:
            drop(file, visitor.person.name, work)
    return RedirectResponse("/tray", HTTPStatus.SEE_OTHER)


@router.post("/tray/{upload}/retry")
def retry(visitor: Officer, work: Work, upload: Number) -> Response:
    """Try a file once more that failed."""
    found = work.archive.uploads.one(upload)
    if found is None or not work.tray.holds(found) or not work.archive.uploads.retry(upload):
        raise NotThere
    return RedirectResponse("/tray", HTTPStatus.SEE_OTHER)


@router.post("/tray/{upload}/forget")
def forget(visitor: Officer, work: Work, upload: Number) -> Response:
    """Take a file off the list that is done or failed."""
    gone = work.archive.uploads.forget(upload)
    if gone is None:
        raise NotThere
    work.tray.remove(gone.token)
    return RedirectResponse("/tray", HTTPStatus.SEE_OTHER)


def drop(file: UploadFile, account: str, work: Workplace) -> Upload:
    """Take a file in; one that no worker could read is noted with the reason."""
    came = arrival(file.filename or "", file.size or 0, account)
    try:
        work.tray.take(file.file, came)
        media.detect(work.tray.path(came.token, came.name), came.name)
    except DoisoatError as error:
        work.tray.remove(came.token)
        return work.archive.uploads.add_refused(came, error)
    return work.archive.uploads.add(came)


def _shown(request: Request, visitor: Visit, work: Workplace, template: str) -> Response:
    uploads = work.archive.uploads.latest(_LATEST)
    documents = work.archive.browsing.document_ids(name for upload in uploads for name in upload.documents)
    return show(
        request,
        visitor,
        template,
        uploads=uploads,
        documents=documents,
        kept={upload.id for upload in uploads if work.tray.holds(upload)},
        limit=work.settings.max_bytes,
    )
