"""The archive: a folder with a database and the originals. Everything that enters or leaves it goes through here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session, selectinload

from pipeline import __version__
from pipeline.archive import decided, finding_list, indexed, originals_place, reprocessed, rows, targets
from pipeline.archive.accounts import Accounts
from pipeline.archive.beside import beside
from pipeline.archive.browsing import Browsing
from pipeline.archive.connection import Database, backend, holds_archive
from pipeline.archive.decisions import Decision, FigureTarget, FindingTarget
from pipeline.archive.doubtful import DoubtfulWord, doubtful_words
from pipeline.archive.originals import keep, name_of
from pipeline.archive.reprocessed import Stale, StoredFile
from pipeline.archive.schema import (
    ComponentsRow,
    DocumentRow,
    EventRow,
    FailureRow,
    FindingRow,
    NameRow,
    PageRow,
)
from pipeline.archive.search import SearchResult, search
from pipeline.archive.standing import StandingDecision
from pipeline.archive.summaries import ArchivedDocument, Event, EventKind, Failure, Summary, summary
from pipeline.archive.uploads import Uploads
from pipeline.errors import DoisoatError, FileAccessError
from pipeline.models import Components, Extraction, Figure, Finding, ProcessedDocument, Reading
from pipeline.reconcile.gathered import REPLACEABLE, Changes
from pipeline.reconcile.ranking import ranked

_DIGITS_OF_DIGEST = 8  # enough to tell two files of one name apart, short enough to be read out


class Archive:
    """Documents by their files' content hash, what was found in them, search over them, and what happened to them.

    Safe against being killed at any moment: a file is in the archive whole or not at all. Several processes may
    read while one writes.
    """

    def __init__(self, folder: Path, database: Database) -> None:
        """Take what `create` and `open` have opened."""
        self._folder = folder
        self._database = database
        self._browsing = Browsing(database)

    @classmethod
    def create(cls, folder: Path, database: str | None = None) -> Self:
        """Open an archive, making it where there is none.

        Args:
            folder: Where its originals stand, and its SQLite database unless it has another one.
            database: The URL of a PostgreSQL database, `postgresql://…`.

        Raises:
            FileAccessError: The folder cannot be made or the database not be opened.
            ConfigurationError: Another version of the software made the archive, or the database cannot be used.
        """
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise FileAccessError(
                f"{folder}: không tạo được thư mục kho ({error.strerror}). / "
                f"The archive's folder cannot be made ({error.strerror}).",
                "Hãy chọn thư mục khác bằng --archive. / Choose another folder with --archive.",
            ) from error
        return cls(folder, Database(backend(folder, database)))

    @classmethod
    def open(cls, folder: Path, database: str | None = None) -> Self:
        """Open an archive that exists; the arguments are those of `create`.

        Raises:
            FileAccessError: There is none, or it cannot be opened.
            ConfigurationError: Another version of the software made it, or the database cannot be used.
        """
        chosen = backend(folder, database)
        if not holds_archive(chosen):
            place = chosen.name if database else str(folder)
            raise FileAccessError(
                f"{place}: chưa có kho lưu trữ ở đây. / There is no archive here.",
                f"Hãy nạp tài liệu trước: doisoat ingest THU_MUC --archive {place} / Bring documents in first.",
            )
        return cls(folder, Database(chosen))

    @property
    def folder(self) -> Path:
        """The folder in which the archive stands."""
        return self._folder

    @property
    def place(self) -> str:
        """What messages call the archive: its folder, or its database elsewhere, without a password."""
        return str(self._folder) if self._database.is_in_folder else self._database.name

    @property
    def accounts(self) -> Accounts:
        """Who may sign in at the desk."""
        return Accounts(self._database)

    @property
    def uploads(self) -> Uploads:
        """What came in at the desk, and how far it is."""
        return Uploads(self._database)

    @property
    def browsing(self) -> Browsing:
        """The archive list by list and page by page, for people who look through it."""
        return self._browsing

    def close(self) -> None:
        """Close the database."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # --- what enters ---------------------------------------------------------------------------------------------

    def add(self, documents: Sequence[ProcessedDocument], source: Path, came_as: str) -> None:
        """Take the documents of a file in, with the original, in one transaction; nothing happens when it is here.

        Args:
            documents: All documents that the file holds, one at least; the file is under a name that `free_name` gave.
            source: The file from which they were read.
            came_as: The name under which it came.

        Raises:
            FileAccessError: The disk is full, or the archive is locked by another process, or cannot be written.
            InputFileError: The file changed after it was read.
        """
        file = documents[0].reading
        kept = originals_place.originals(self._folder, self._database)
        keep(kept, source, name_of(file.digest, file.media_type))
        with self._database.writing() as session:
            if _document_ids(session, file.digest):
                return
            for document in documents:
                row = rows.document_row(document, came_as, _now())
                session.add(row)
                session.flush()
                indexed.enter(session, [row.id])
                session.add(_event(EventKind.INGESTED, row.name, file.digest))
            session.execute(delete(FailureRow).where((FailureRow.name == came_as) | (FailureRow.digest == file.digest)))

    def replace(self, documents: Sequence[ProcessedDocument]) -> None:
        """Put the documents of a file, read anew, in the place of those that the archive has of it, in one transaction.

        What people decided about them stays; findings are those of the latest reconciliation until the next one.
        """
        with self._database.writing() as session:
            for row in reprocessed.replace(session, documents):
                session.add(_event(EventKind.REPROCESSED, row.name, row.digest))

    def holds(self, digest: str) -> bool:
        """Say whether a file with these bytes is in the archive."""
        with self._database.reading() as session:
            return bool(_document_ids(session, digest))

    def note_name(self, digest: str, name: str) -> None:
        """Note that the bytes of a file came in under this name as well."""
        with self._database.writing() as session:
            documents = _document_ids(session, digest)
            known = session.scalars(select(NameRow.name).where(NameRow.document_id.in_(documents))).all()
            if not documents or name in known:
                return
            now = _now()
            session.add_all(NameRow(document_id=document, name=name, first_seen_at=now) for document in documents)
            session.add(_event(EventKind.NAMED, name, digest))

    def free_name(self, name: str, digest: str) -> str:
        """Return the name under which new bytes may enter: their own, unless another file or document has it.

        Offices send a "bao-cao.pdf" every month, and figures and findings must say which one they mean.
        """
        with self._database.reading() as session:
            has_it = (DocumentRow.name == name) | (DocumentRow.file == name)
            taken = session.scalar(select(DocumentRow.id).where(has_it, DocumentRow.digest != digest).limit(1))
        return name if taken is None else f"{name} ({digest[:_DIGITS_OF_DIGEST]})"

    def note_failure(self, name: str, digest: str | None, error: DoisoatError) -> None:
        """Note that a file could not become a document; ingesting it again is the way to retry."""
        with self._database.writing() as session:
            row = session.scalar(select(FailureRow).where(FailureRow.name == name))
            attempts = row.attempts if row else 0
            if row:
                session.delete(row)
                session.flush()
            session.add(
                FailureRow(
                    name=name,
                    digest=digest,
                    error=type(error).__name__,
                    message=error.message,
                    remedy=error.remedy,
                    exit_code=error.exit_code.value,
                    failed_at=_now(),
                    attempts=attempts + 1,
                    version=__version__,
                )
            )
            session.add(_event(EventKind.FAILED, name, error.message))

    def replace_findings(self, findings: Sequence[Finding], seen: int | None = None) -> None:
        """Put the findings of a reconciliation of the whole archive in the place of the former ones.

        Args:
            findings: What was found.
            seen: What `latest_event` said before the documents were read; what came later is not reconciled. None says
                that nothing came meanwhile.
        """
        with self._database.writing() as session:
            session.execute(delete(FindingRow))
            session.add_all(rows.finding_rows(findings))
            _note_reconciled(session, f"{len(findings)} findings", seen)

    def change_findings(self, changes: Changes, seen: int) -> None:
        """Put what new documents changed among the findings; those that it does not touch stay as they are."""
        with self._database.writing() as session:
            finding_list.change(session, changes)
            _note_reconciled(session, f"{len(changes.made)} findings made", seen)

    def decide(self, decisions: Iterable[Decision]) -> int:
        """Add what people decided, all or nothing, and return how many of the decisions were new.

        They are about findings and figures, of which none has to be here (yet). Nothing is overwritten: of several
        about one thing the latest holds, and what a correction settles is gone after the next reconciliation.
        """
        with self._database.writing() as session:
            new = decided.add(session, decisions)
            session.add_all(_event(EventKind.DECIDED, item.target.id, f"{item.kind} ({item.by})") for item in new)
            return len(new)

    # --- what leaves ---------------------------------------------------------------------------------------------

    def documents(self) -> list[ArchivedDocument]:
        """List the documents in the order in which they came."""
        with self._database.reading() as session:
            pages = select(func.count()).where(PageRow.document_id == DocumentRow.id).scalar_subquery()
            found = session.execute(
                select(DocumentRow, pages).options(selectinload(DocumentRow.names)).order_by(DocumentRow.id)
            )
            return [
                ArchivedDocument(
                    name=row.name,
                    digest=row.digest,
                    media_type=row.media_type,
                    size=row.size,
                    pages=count,
                    ingested_at=row.ingested_at,
                    version=row.version,
                    names=tuple(name.name for name in row.names),
                    part=rows.part_of(row),
                    repaired=row.repaired_words,
                    doubtful=row.doubtful_words,
                )
                for row, count in found
            ]

    def stale(self, chosen: Stale) -> list[StoredFile]:
        """List the files of which some document is to be read anew."""
        with self._database.reading() as session:
            return reprocessed.stale(session, chosen)

    def original(self, document: ArchivedDocument) -> Path:
        """Return where the original of a document stands."""
        return self.original_of(document.digest, document.media_type)

    def original_of(self, digest: str, media_type: str) -> Path:
        """Return where the original with this digest stands on this machine, or would stand if it were not lost.

        Raises:
            FileAccessError: It is kept elsewhere and cannot be brought here.
        """
        return originals_place.originals(self._folder, self._database).path(name_of(digest, media_type))

    def originals_address(self) -> str | None:
        """Return the address of the store in which originals are kept; None where they stand in the folder."""
        with self._database.reading() as session:
            return originals_place.address(session)

    def move_originals(self, to: str | None, seen: Callable[[int, int], None]) -> int:
        """Move the originals to a store, or with None into the folder; see `pipeline.archive.originals_place.move`."""
        return originals_place.move(self._folder, self._database, to, seen)

    def reading(self, name: str) -> Reading | None:
        """Return a document's text as it was read and repaired, or None where there is no such document."""
        with self._database.reading() as session:
            loading = selectinload(DocumentRow.pages).selectinload(PageRow.lines)
            row = session.scalar(select(DocumentRow).options(loading).where(DocumentRow.name == name))
            return rows.reading_of(row) if row else None

    def extractions(self) -> list[Extraction]:
        """Return what was found in each document, in the order in which they came.

        Figures have the numbers to which people corrected them, and keep beside them what the machine had read.
        """
        with self._database.reading() as session:
            loading = (
                selectinload(DocumentRow.components),
                selectinload(DocumentRow.sentences),
                selectinload(DocumentRow.figures),
                selectinload(DocumentRow.citations),
                selectinload(DocumentRow.tasks),
            )
            found = session.scalars(select(DocumentRow).options(*loading).order_by(DocumentRow.id))
            return decided.with_corrections(session, [rows.extraction_of(row) for row in found])

    def extractions_of(self, names: Sequence[str]) -> list[Extraction]:
        """Return what was found in the documents with these names, as people corrected it."""
        with self._database.reading() as session:
            found = session.scalars(select(DocumentRow).where(DocumentRow.name.in_(names)).order_by(DocumentRow.id))
            return decided.with_corrections(session, [rows.extraction_of(row) for row in found])

    def beside(self, names: Sequence[str]) -> list[Extraction]:
        """Return of all other documents the parts that may state the same as the documents with these names."""
        with self._database.reading() as session:
            return decided.with_corrections(session, beside(session, names))

    def latest_event(self) -> int:
        """Return the number of the latest event, 0 where nothing has happened yet."""
        with self._database.reading() as session:
            return _latest_event(session)

    def unreconciled(self) -> list[str] | None:
        """Return the names of the documents that came after the latest reconciliation.

        None where there was none, where another version of the software made it (its findings are of other rules), or
        where somebody has decided something or a document was read anew since: both may settle findings of any other.
        """
        with self._database.reading() as session:
            latest = session.scalar(
                select(EventRow).where(EventRow.kind == EventKind.RECONCILED).order_by(EventRow.id.desc()).limit(1)
            )
            if latest is None or latest.version != __version__:
                return None
            seen = int(latest.subject) if latest.subject.isdecimal() else latest.id
            touching = (EventKind.DECIDED, EventKind.REPROCESSED)
            later = select(EventRow.id).where(EventRow.kind.in_(touching), EventRow.id > seen)
            if session.scalar(later.limit(1)) is not None:
                return None
            came = select(EventRow.subject).where(EventRow.kind == EventKind.INGESTED, EventRow.id > seen)
            return list(session.scalars(came.order_by(EventRow.id)))

    def components(self) -> list[Components]:
        """Return the components (thể thức) of each document, in the order in which they came."""
        with self._database.reading() as session:
            found = session.scalars(select(ComponentsRow).order_by(ComponentsRow.document_id))
            return [Components.model_validate_json(row.record) for row in found]

    def findings(self) -> list[Finding]:
        """Return all findings in the order of a reconciliation, with what people made of them."""
        with self._database.reading() as session:
            found = session.scalars(select(FindingRow).order_by(FindingRow.id))
            return ranked(decided.with_reviews(session, [rows.finding_of(row) for row in found]))

    def findings_of(self, documents: Sequence[str]) -> list[Finding]:
        """Return the findings in which any of these documents takes part, with what people made of them."""
        with self._database.reading() as session:
            return ranked(decided.with_reviews(session, finding_list.of_documents(session, documents)))

    def replaceable(self, documents: Sequence[str]) -> list[Finding]:
        """Return the findings of these documents that one more statement of the same makes anew."""
        with self._database.reading() as session:
            return finding_list.of_documents(session, documents, REPLACEABLE)

    def finding_target(self, start: str) -> FindingTarget:
        """Return the finding whose id begins so, for a decision about it.

        Raises:
            BadArgumentsError: The latest reconciliation found none or several.
        """
        with self._database.reading() as session:
            return targets.finding(session, start)

    def figure_target(self, identity: str) -> tuple[FigureTarget, Figure]:
        """Return the figure with an id, for a decision about it, and as the machine read it.

        Raises:
            BadArgumentsError: There is none, or files whose digests begin alike have one each.
        """
        with self._database.reading() as session:
            return targets.figure(session, identity)

    def merged_indicators(self) -> dict[str, str]:
        """Return by which indicator each one is told that people merged; both by their ids in the catalogue."""
        with self._database.reading() as session:
            return decided.merged(session)

    def decisions(self) -> list[StandingDecision]:
        """Return what people decided, in the order of time, with whether it holds."""
        with self._database.reading() as session:
            return decided.standings(session)

    def doubtful_words(self) -> list[DoubtfulWord]:
        """Return the doubtful words of all documents, in the order of documents and lines."""
        with self._database.reading() as session:
            return list(doubtful_words(session))

    def failures(self) -> list[Failure]:
        """List the files that could not become documents, with the reasons."""
        with self._database.reading() as session:
            return [
                Failure.model_validate(row, from_attributes=True)
                for row in session.scalars(select(FailureRow).order_by(FailureRow.name))
            ]

    def events(self) -> list[Event]:
        """Return the history of the archive, oldest first."""
        with self._database.reading() as session:
            return [
                Event(at=row.at, kind=EventKind(row.kind), subject=row.subject, detail=row.detail, version=row.version)
                for row in session.scalars(select(EventRow).order_by(EventRow.id))
            ]

    def summary(self) -> Summary:
        """Count what the archive holds."""
        with self._database.reading() as session:
            return summary(session)

    def search(self, query: str, limit: int) -> SearchResult:
        """Find the passages in which all words of the query stand; see `pipeline.archive.search`."""
        with self._database.reading() as session:
            return search(session, query, limit)


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds")


def _event(kind: EventKind, subject: str, detail: str) -> EventRow:
    return EventRow(at=_now(), kind=kind.value, subject=subject, detail=detail, version=__version__)


def _latest_event(session: Session) -> int:
    return session.scalars(select(func.coalesce(func.max(EventRow.id), 0))).one()


def _note_reconciled(session: Session, detail: str, seen: int | None) -> None:
    """Note a reconciliation; its subject is the number of the latest event that it has seen."""
    known = _latest_event(session) if seen is None else seen
    session.add(_event(EventKind.RECONCILED, str(known), detail))


def _document_ids(session: Session, digest: str) -> Sequence[int]:
    """Return the ids of the documents that the file with these bytes holds, in its order."""
    return session.scalars(select(DocumentRow.id).where(DocumentRow.digest == digest).order_by(DocumentRow.id)).all()
