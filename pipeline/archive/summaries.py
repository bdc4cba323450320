"""What the archive tells of itself: its documents, its failures, its history, its numbers."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pipeline.archive.schema import CitationRow, DocumentRow, FailureRow, FigureRow, FindingRow, PageRow, TaskRow
from pipeline.archive.signed import signatures_in
from pipeline.models import DigitalSignature, Grade, PageGrade, Part, Record, TextSource, Verdict


class ArchivedDocument(Record):
    """A document in the archive; `names` are all names under which its file came in. Times are UTC, ISO 8601.

    `digest`, `media_type` and `size` (bytes) are the file's; `part` says which pages of it the document is, None where
    it is the whole file. `repaired` counts its repaired words, `doubtful` those that are doubtful.
    """

    name: str
    digest: str
    media_type: str
    size: int
    pages: int
    ingested_at: str
    version: str
    names: tuple[str, ...]
    part: Part | None
    repaired: int
    doubtful: int


class Failure(Record):
    """A file that could not become a document. `error` is the class of `pipeline.errors`."""

    name: str
    digest: str | None
    error: str
    message: str
    remedy: str
    exit_code: int
    failed_at: str
    attempts: int
    version: str


class EventKind(StrEnum):
    """What can happen to an archive."""

    INGESTED = "ingested"
    REPROCESSED = "reprocessed"
    NAMED = "named"
    FAILED = "failed"
    RECONCILED = "reconciled"
    DECIDED = "decided"
    ACCOUNT = "account"


class Event(Record):
    """One thing that happened."""

    at: str
    kind: EventKind
    subject: str
    detail: str
    version: str


class PageProblem(Record):
    """A page of an archived document that could not be read."""

    document: str
    page: int
    problem: str


class PageToLookAt(Record):
    """A page that was not read well."""

    document: str
    page: int
    grading: PageGrade


class SignedFile(Record):
    """A file with its digital signatures."""

    file: str
    signatures: tuple[DigitalSignature, ...]


class Summary(Record):
    """The archive in numbers; `bytes` are its files', `pages` counts them by where their text came from."""

    documents: int
    bytes: int
    pages: dict[TextSource, int]
    repaired: int  # words
    doubtful: int  # words
    figures: int
    citations: int
    tasks: int
    findings: dict[Verdict, int]
    failures: int
    problems: tuple[PageProblem, ...]
    grades: dict[Grade, int]  # pages; those of archives made before pages were graded are not counted
    to_look_at: tuple[PageToLookAt, ...]  # poor and fair pages, the worst first
    signed: tuple[SignedFile, ...]


def summary(session: Session) -> Summary:
    """Count what the archive holds."""
    files = select(DocumentRow.digest, DocumentRow.size).distinct().subquery()
    documents, repaired, doubtful = session.execute(
        select(
            func.count(),
            func.coalesce(func.sum(DocumentRow.repaired_words), 0),
            func.coalesce(func.sum(DocumentRow.doubtful_words), 0),
        )
    ).one()
    sources = session.execute(select(PageRow.source, func.count()).group_by(PageRow.source)).all()
    verdicts = session.execute(select(FindingRow.verdict, func.count()).group_by(FindingRow.verdict)).all()
    problems = session.execute(
        select(DocumentRow.name, PageRow.number, PageRow.problem)
        .join(PageRow)
        .where(PageRow.problem.is_not(None))
        .order_by(DocumentRow.id, PageRow.number)
    ).all()
    grades = session.execute(
        select(PageRow.grade, func.count()).where(PageRow.grade.is_not(None)).group_by(PageRow.grade)
    ).all()
    return Summary(
        documents=documents,
        bytes=session.scalars(select(func.coalesce(func.sum(files.c.size), 0))).one(),
        pages={TextSource(source): count for source, count in sources},
        repaired=repaired,
        doubtful=doubtful,
        figures=session.scalars(select(func.count()).select_from(FigureRow)).one(),
        citations=session.scalars(select(func.count()).select_from(CitationRow)).one(),
        tasks=session.scalars(select(func.count()).select_from(TaskRow)).one(),
        findings={Verdict(verdict): count for verdict, count in verdicts},
        failures=session.scalars(select(func.count()).select_from(FailureRow)).one(),
        problems=tuple(PageProblem(document=name, page=page, problem=problem) for name, page, problem in problems),
        grades={Grade(grade): count for grade, count in grades if grade},
        to_look_at=_to_look_at(session),
        signed=_signed(session),
    )


def _to_look_at(session: Session) -> tuple[PageToLookAt, ...]:
    """Return the pages that were not read well, the worst first; those that could not be read are problems."""
    found = session.execute(
        select(DocumentRow.name, PageRow.number, PageRow.grading)
        .join(PageRow)
        .where(PageRow.grade.in_((Grade.POOR, Grade.FAIR)), PageRow.problem.is_(None))
        .order_by(DocumentRow.id, PageRow.number)
    ).all()
    pages = [
        PageToLookAt(document=name, page=page, grading=PageGrade.model_validate_json(grading))
        for name, page, grading in found
        if grading
    ]
    return tuple(sorted(pages, key=lambda page: (page.grading.grade is Grade.FAIR, page.grading.low)))


def _signed(session: Session) -> tuple[SignedFile, ...]:
    first = select(func.min(DocumentRow.id)).where(DocumentRow.signatures.is_not(None)).group_by(DocumentRow.digest)
    rows = session.execute(
        select(DocumentRow.file, DocumentRow.signatures).where(DocumentRow.id.in_(first)).order_by(DocumentRow.id)
    ).all()
    return tuple(SignedFile(file=file, signatures=signatures_in(signatures)) for file, signatures in rows)
