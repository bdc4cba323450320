"""Files whose documents are read anew: which, and how the new text takes the place of the old everywhere."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, delete, func, select
from sqlalchemy.orm import Session

from pipeline import __version__
from pipeline.archive import indexed, rows
from pipeline.archive.schema import Base, DocumentRow, LineRow, NameRow, PageRow
from pipeline.models import Grade, ProcessedDocument, Record


class Stale(Record):
    """Which documents are to be read anew; every condition that is given must hold.

    `grade` is that of the worst page, or a worse one; `unread` asks for a page that could not be read, `other_version`
    for documents that another version of the software has read. `names` are those of documents or of their files.
    """

    names: tuple[str, ...] = ()
    grade: Grade | None = None
    unread: bool = False
    other_version: bool = False

    @property
    def is_all(self) -> bool:
        """Whether nothing is asked for, so that it would be every document."""
        return self == Stale()


class StoredFile(Record):
    """A file of which the archive has the original; `pages` are those of all its documents."""

    name: str
    digest: str
    media_type: str
    pages: int


def stale(session: Session, chosen: Stale) -> list[StoredFile]:
    """List the files of which some document is to be read anew, in the order in which they came."""
    digests = select(DocumentRow.digest).where(*_conditions(chosen))
    found = session.execute(
        select(DocumentRow.file, DocumentRow.digest, DocumentRow.media_type, func.count(PageRow.id))
        .join(PageRow, PageRow.document_id == DocumentRow.id)
        .where(DocumentRow.digest.in_(digests))
        .group_by(DocumentRow.file, DocumentRow.digest, DocumentRow.media_type)
        .order_by(func.min(DocumentRow.id))
    )
    return [
        StoredFile(name=name, digest=digest, media_type=media_type, pages=pages)
        for name, digest, media_type, pages in found
    ]


def replace(session: Session, documents: Sequence[ProcessedDocument]) -> list[DocumentRow]:
    """Put the documents of a file in the place of those that it held before; return their rows, none if it held none.

    A document that has the name of a former one has its id, too, and a file the names under which it came.
    """
    digest = documents[0].reading.digest
    former = session.scalars(select(DocumentRow).where(DocumentRow.digest == digest).order_by(DocumentRow.id)).all()
    if not former:
        return []
    ids = {row.name: row.id for row in former}
    came = [(name.name, name.first_seen_at) for name in former[0].names]
    ingested_at = former[0].ingested_at
    _take_out(session, list(ids.values()))
    new = []
    for document in documents:
        row = rows.document_row(document, came[0][0], ingested_at)
        row.names = [NameRow(name=name, first_seen_at=seen) for name, seen in came]
        if row.name in ids:
            row.id = ids[row.name]
        session.add(row)
        session.flush()
        indexed.enter(session, [row.id])
        new.append(row)
    return new


def _take_out(session: Session, documents: Sequence[int]) -> None:
    indexed.take_out(session, documents)
    session.expunge_all()
    of_pages = select(PageRow.id).where(PageRow.document_id.in_(documents))
    session.execute(delete(LineRow).where(LineRow.page_id.in_(of_pages)))
    for table in reversed(Base.metadata.sorted_tables):
        if any(key.column.table is DocumentRow.__table__ for key in table.foreign_keys):
            session.execute(delete(table).where(table.c.document_id.in_(documents)))
    session.execute(delete(DocumentRow).where(DocumentRow.id.in_(documents)))


def _conditions(chosen: Stale) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if chosen.names:
        conditions.append(DocumentRow.name.in_(chosen.names) | DocumentRow.file.in_(chosen.names))
    if chosen.grade is not None:
        conditions.append(DocumentRow.worst >= list(Grade).index(chosen.grade))
    if chosen.unread:
        unread = select(PageRow.document_id).where(PageRow.problem.is_not(None))
        conditions.append(DocumentRow.id.in_(unread))
    if chosen.other_version:
        conditions.append(DocumentRow.version != __version__)
    return conditions
