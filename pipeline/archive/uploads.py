"""What came in at the desk: a queue that lasts, so that nothing is lost when the machine is switched off."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from enum import StrEnum

from pydantic import TypeAdapter
from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from pipeline.archive.connection import Database
from pipeline.archive.schema import UploadRow
from pipeline.errors import DoisoatError
from pipeline.models import Record

TRAY = "tray"
"""The folder, in that of the archive, where what came in lies until it is a document: `tray/TOKEN/NAME`."""

MOST_ATTEMPTS = 2
"""How often a file is tried by itself; one that kills its worker twice has to wait for a person."""

_NAMES = TypeAdapter(tuple[str, ...])
_DIED = (
    "{name}: tiến trình xử lý bị dừng đột ngột, thường vì hết bộ nhớ. / "
    "The process that worked on it died, as a rule because memory ran out."
)
_DIED_REMEDY = "Hãy thử lại khi máy rảnh, hoặc chia nhỏ tệp. / Try again when the machine is idle, or split the file."


class UploadState(StrEnum):
    """How far an upload is: what has been read is in the archive, and is done when it was reconciled with the rest."""

    WAITING = "waiting"
    WORKING = "working"
    READ = "read"
    DONE = "done"
    FAILED = "failed"


BUSY = (UploadState.WAITING, UploadState.WORKING, UploadState.READ)
"""The states from which an upload moves on by itself."""

_IN_WORK = (UploadState.WORKING.value, UploadState.READ.value)


class Upload(Record):
    """A file that came in at the desk. `size` is in bytes; `pages` and `read` count pages, 0 as long as unknown.

    `documents` are the names of the documents that it became, `message` and `remedy` say why it could not.
    """

    id: int
    token: str
    name: str
    size: int
    account: str
    uploaded_at: str
    state: UploadState
    attempts: int
    pages: int
    read: int
    documents: tuple[str, ...]
    message: str
    remedy: str

    @property
    def is_busy(self) -> bool:
        """Whether something is still going to happen to it by itself."""
        return self.state in BUSY


class Arrival(Record):
    """A file that has just come in: `token` names its folder in the tray, `account` is who brought it."""

    token: str
    name: str
    size: int
    account: str


class Uploads:
    """The uploads of an archive. Several workers may claim from it at once; each upload goes to one of them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, arrival: Arrival) -> Upload:
        """Let a file wait for a worker."""
        return self._add(_row(arrival, UploadState.WAITING))

    def add_refused(self, arrival: Arrival, error: DoisoatError) -> Upload:
        """Note a file that no worker has to look at, with the reason."""
        row = _row(arrival, UploadState.FAILED)
        row.message, row.remedy = error.message, error.remedy
        return self._add(row)

    def claim(self) -> Upload | None:
        """Give the upload that has waited longest to a worker; None where none waits."""
        with self._database.writing() as session:
            row = session.scalar(
                select(UploadRow).where(UploadRow.state == UploadState.WAITING.value).order_by(UploadRow.id).limit(1)
            )
            if row is None:
                return None
            row.state = UploadState.WORKING.value
            row.attempts += 1
            row.pages = row.read = 0
            return _upload(row)

    def progress(self, upload: int, read: int, pages: int) -> None:
        """Note how many pages have been read, of how many."""
        self._change(upload, read=read, pages=pages)

    def read(self, upload: int, documents: Sequence[str]) -> None:
        """Note that it is in the archive, and as which documents."""
        names = _NAMES.dump_json(tuple(documents)).decode()
        self._change(upload, state=UploadState.READ.value, documents=names, message="", remedy="")

    def done(self, uploads: Sequence[Upload]) -> None:
        """Note of uploads that were read that they were reconciled with the rest of the archive."""
        with self._database.writing() as session:
            for upload in uploads:
                row = session.get(UploadRow, upload.id)
                if row is not None and row.state == UploadState.READ.value:
                    row.state = UploadState.DONE.value

    def failed(self, upload: int, message: str, remedy: str, documents: Sequence[str] = ()) -> None:
        """Note why it, or a part of it, could not become a document; `documents` are those that did."""
        names = _NAMES.dump_json(tuple(documents)).decode()
        self._change(upload, state=UploadState.FAILED.value, documents=names, message=message, remedy=remedy)

    def retry(self, upload: int) -> bool:
        """Let one that failed wait once more; False where there is no such one."""
        with self._database.writing() as session:
            row = session.get(UploadRow, upload)
            if row is None or row.state != UploadState.FAILED.value:
                return False
            row.state, row.attempts = UploadState.WAITING.value, 0
            return True

    def forget(self, upload: int) -> Upload | None:
        """Take one off the list that is done or has failed, and return it; None where there is no such one."""
        with self._database.writing() as session:
            row = session.get(UploadRow, upload)
            if row is None or _upload(row).is_busy:
                return None
            gone = _upload(row)
            session.delete(row)
            return gone

    def recover(self) -> None:
        """Take up again what workers were at that are gone; what was tried too often has failed."""
        with self._database.writing() as session:
            for row in session.scalars(select(UploadRow).where(UploadRow.state.in_(_IN_WORK))):
                if row.attempts < MOST_ATTEMPTS:
                    row.state = UploadState.WAITING.value
                else:
                    row.state = UploadState.FAILED.value
                    row.message, row.remedy = _DIED.format(name=row.name), _DIED_REMEDY

    def latest(self, limit: int) -> list[Upload]:
        """List the latest uploads, the last first."""
        with self._database.reading() as session:
            return [_upload(row) for row in session.scalars(select(UploadRow).order_by(-UploadRow.id).limit(limit))]

    def in_state(self, state: UploadState) -> list[Upload]:
        """List the uploads in a state, the first first."""
        with self._database.reading() as session:
            asked = select(UploadRow).where(UploadRow.state == state.value).order_by(UploadRow.id)
            return [_upload(row) for row in session.scalars(asked)]

    def one(self, upload: int) -> Upload | None:
        """Return an upload by its id; None where there is none."""
        with self._database.reading() as session:
            row = session.get(UploadRow, upload)
            return _upload(row) if row else None

    def count(self, state: UploadState) -> int:
        """Count the uploads in a state."""
        with self._database.reading() as session:
            return _count(session, state)

    def _add(self, row: UploadRow) -> Upload:
        with self._database.writing() as session:
            session.add(row)
            session.flush()
            return _upload(row)

    def _change(self, upload: int, **values: str | int) -> None:
        with self._database.writing() as session:
            session.execute(update(UploadRow).where(UploadRow.id == upload).values(**values))


def _count(session: Session, state: UploadState) -> int:
    return session.scalars(select(func.count()).select_from(UploadRow).where(UploadRow.state == state.value)).one()


def _row(arrival: Arrival, state: UploadState) -> UploadRow:
    return UploadRow(
        **arrival.model_dump(),
        uploaded_at=dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        state=state.value,
        attempts=0,
        pages=0,
        read=0,
        documents="[]",
        message="",
        remedy="",
    )


def _upload(row: UploadRow) -> Upload:
    return Upload(
        id=row.id,
        token=row.token,
        name=row.name,
        size=row.size,
        account=row.account,
        uploaded_at=row.uploaded_at,
        state=UploadState(row.state),
        attempts=row.attempts,
        pages=row.pages,
        read=row.read,
        documents=_NAMES.validate_json(row.documents),
        message=row.message,
        remedy=row.remedy,
    )
