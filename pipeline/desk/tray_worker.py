"""A process that takes what lies in the tray into the archive, file by file, until nothing waits."""

from __future__ import annotations

import os
import threading
import time
from multiprocessing import parent_process

from pipeline.archive.reconciling import reconcile_new
from pipeline.archive.store import Archive
from pipeline.archive.uploads import Upload, Uploads, UploadState
from pipeline.batch.ingestion import IngestReport, ingest
from pipeline.batch.outcomes import Failed
from pipeline.desk.tray import Tray
from pipeline.errors import DoisoatError, SecretDocumentError
from pipeline.settings import Settings

_SECONDS_BETWEEN_NOTES = 0.5  # of how far it is: writers wait for each other


def work(settings: Settings) -> None:
    """Take in what waits; the last worker to finish looks for contradictions of what came in with the archive."""
    threading.Thread(target=_end_with_parent, daemon=True).start()
    with Archive.open(settings.archive, settings.database) as archive:
        tray = Tray(settings.archive, settings.max_bytes)
        while (upload := archive.uploads.claim()) is not None:
            _take_in(upload, archive, tray, settings)
        if not archive.uploads.count(UploadState.WORKING):
            _reconcile(archive, tray)


def _end_with_parent() -> None:
    """End when the desk is gone: it takes up again what this process was at."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _reconcile(archive: Archive, tray: Tray) -> None:
    """Reconcile what has come in; a file is done, and leaves the tray, when its findings are there."""
    uploads = archive.uploads.in_state(UploadState.READ)
    reconcile_new(archive)
    archive.uploads.done(uploads)
    for upload in uploads:
        tray.remove(upload.token)


def _take_in(upload: Upload, archive: Archive, tray: Tray, settings: Settings) -> None:
    path = tray.path(upload.token, upload.name)
    try:
        report = ingest([path], archive, settings, _Notes(archive.uploads, upload.id))
    except DoisoatError as error:
        archive.uploads.failed(upload.id, error.message, error.remedy)
    else:
        _settle(upload, report, archive, tray)


def _settle(upload: Upload, report: IngestReport, archive: Archive, tray: Tray) -> None:
    documents = (*report.done, *report.already_there)
    if not report.failed:
        archive.uploads.read(upload.id, documents)
        return
    told = [failed.error for failed in report.failed]
    archive.uploads.failed(upload.id, "\n".join(error.message for error in told), told[0].remedy, documents)
    if any(isinstance(error, SecretDocumentError) for error in told):
        tray.remove(upload.token)


class _Notes:
    """Notes how far an upload is: the pages of all its documents together."""

    def __init__(self, uploads: Uploads, upload: int) -> None:
        self._uploads = uploads
        self._upload = upload
        self._pages: dict[str, int] = {}
        self._read: dict[str, int] = {}
        self._noted = 0.0

    def planned(self, pages: dict[str, int]) -> None:
        """Note how many pages there are to be read."""
        self._pages = dict(pages)
        self._note()

    def page_done(self, name: str, done: int, total: int) -> None:
        """Count a page."""
        self._pages[name], self._read[name] = total, done
        if time.monotonic() - self._noted >= _SECONDS_BETWEEN_NOTES:
            self._note()

    def document_done(self, name: str) -> None:
        """Count a document as read whole."""
        self._read[name] = self._pages.get(name, 0)
        self._note()

    def document_failed(self, failed: Failed) -> None:
        """Nothing more is to be read of it; why, the report of the batch says."""
        self._read[failed.name] = self._pages.get(failed.name, 0)

    def _note(self) -> None:
        self._noted = time.monotonic()
        self._uploads.progress(self._upload, sum(self._read.values()), sum(self._pages.values()))
