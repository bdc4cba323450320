"""Whether an archive is whole: its database, the originals by their hashes, and the files that wait in the tray."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from enum import StrEnum
from pathlib import Path

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pipeline.archive.connection import Database, backend
from pipeline.archive.originals import Originals, name_of
from pipeline.archive.originals_place import originals
from pipeline.archive.passage_index import index_of
from pipeline.archive.schema import DocumentRow, PassageRow, UploadRow
from pipeline.archive.uploads import BUSY, TRAY
from pipeline.models import Record


class FaultKind(StrEnum):
    """What is wrong."""

    DATABASE = "database"
    REFERENCE = "reference"
    SEARCH_INDEX = "search-index"
    ORIGINAL_MISSING = "original-missing"
    ORIGINAL_CHANGED = "original-changed"
    UPLOAD_MISSING = "upload-missing"


class Fault(Record):
    """One thing that is wrong with an archive. `subject` names the document, the upload or the table concerned."""

    kind: FaultKind
    subject: str
    detail: str = ""


def faults(folder: Path, seen: Callable[[int, int], None], database: str | None = None) -> Iterator[Fault]:
    """Look through an archive's database, then through every original that it refers to; nothing is changed.

    Args:
        folder: The folder of the archive.
        seen: Is called with the number of originals that have been read, and the number of all.
        database: The URL of its database where that does not stand in the folder.

    Raises:
        FileAccessError: The database cannot be opened, or is damaged so far that it cannot be read.
        ConfigurationError: Another version of the software made it.
    """
    opened = Database(backend(folder, database))
    try:
        with opened.reading() as session:
            yield from _of_database(session, opened.name)
            yield from _of_uploads(session, folder / TRAY)
            kept = session.execute(
                select(DocumentRow.digest, DocumentRow.media_type, DocumentRow.file).order_by(DocumentRow.id)
            ).all()
        # One file may hold several documents.
        files = {digest: (media_type, file) for digest, media_type, file in kept}
        kept_in = originals(folder, opened)
        for number, (digest, (media_type, file)) in enumerate(files.items(), start=1):
            yield from _of_original(kept_in, digest, media_type, file)
            seen(number, len(files))
    finally:
        opened.close()


def _of_database(session: Session, name: str) -> Iterator[Fault]:
    if session.get_bind().dialect.name == "sqlite":  # PostgreSQL keeps its references itself, and its pages' checksums
        connection = session.connection()
        for (said,) in connection.exec_driver_sql("PRAGMA integrity_check"):
            if said != "ok":
                yield Fault(kind=FaultKind.DATABASE, subject=name, detail=said)
        for table, row, parent, _ in connection.exec_driver_sql("PRAGMA foreign_key_check"):
            yield Fault(kind=FaultKind.REFERENCE, subject=table, detail=f"rowid {row} → {parent}")
    passages = session.scalars(select(func.count()).select_from(PassageRow)).one()
    indexed = index_of(session).size(session)
    if passages != indexed:
        yield Fault(kind=FaultKind.SEARCH_INDEX, subject="passage_index", detail=f"{indexed} ≠ {passages}")


def _of_uploads(session: Session, tray: Path) -> Iterator[Fault]:
    busy = [state.value for state in BUSY]
    for row in session.scalars(select(UploadRow).where(UploadRow.state.in_(busy)).order_by(UploadRow.id)):
        if not (tray / row.token / row.name).is_file():
            yield Fault(kind=FaultKind.UPLOAD_MISSING, subject=row.name)


def _of_original(kept_in: Originals, digest: str, media_type: str, file: str) -> Iterator[Fault]:
    try:
        with kept_in.opened(name_of(digest, media_type)) as stream:
            found = hashlib.file_digest(stream, "sha256").hexdigest()  # type: ignore[arg-type]
    except FileNotFoundError:
        yield Fault(kind=FaultKind.ORIGINAL_MISSING, subject=file, detail=digest)
        return
    if found != digest:
        yield Fault(kind=FaultKind.ORIGINAL_CHANGED, subject=file, detail=digest)
