"""The tables of the archive.

A file is known by the SHA-256 of its bytes, a document by its file and, where that holds several, its pages. Every
record (figure, citation, ...) is kept whole in `record`, as the JSON of its model in `pipeline.models`; the columns
beside it repeat what is searched and sorted by. Numbers are decimal strings and dates ISO 8601 text, because SQLite has
neither decimals nor dates. The index of the passages is no mapped table: `pipeline.archive.passage_index`.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Dialect, ForeignKey, Index, Integer, String, UniqueConstraint, false
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship
from sqlalchemy.types import TypeDecorator, TypeEngine

REVISION = "0014"
"""The revision of these tables: the latest of `pipeline.archive.migrations`."""


Big = BigInteger().with_variant(Integer, "sqlite")
"""Bytes and seconds since 1970; every integer of SQLite has room for them."""


class Text(TypeDecorator[str]):
    """Text that sorts by its code points in every database, and that every database takes."""

    impl = String
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Return the column's type."""
        return dialect.type_descriptor(String(collation="C" if dialect.name == "postgresql" else None))

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Show U+0000, which PostgreSQL refuses in text and in JSON, as its picture (U+2400)."""
        if value is None or dialect.name != "postgresql":
            return value
        return value.replace("\0", "\u2400").replace("\\u0000", "\u2400")


class Base(DeclarativeBase):
    """Base of all tables."""

    type_annotation_map = {str: Text}  # noqa: RUF012 - SQLAlchemy's own declaration


class DocumentRow(Base):
    """A document whose processing succeeded. `name` is unique and is the one that records and findings use.

    `worst` is the grade of its worst page, 0 for the best one, null where no page was graded.
    `abbreviations` are those that the document defines, `tables` its tables; null where it has none.

    `digest`, `file` (name), `media_type`, `size`, `signatures` and `names` are those of its file. `first_page` and
    `last_page` say which pages of the file it is; they are null where it is the whole file.
    """

    __tablename__ = "documents"

    id: Mapped[int] = mapped_column(primary_key=True)
    digest: Mapped[str] = mapped_column(index=True)
    file: Mapped[str]
    first_page: Mapped[int | None]
    last_page: Mapped[int | None]
    name: Mapped[str] = mapped_column(unique=True)
    media_type: Mapped[str]
    size: Mapped[int] = mapped_column(Big)
    ingested_at: Mapped[str]
    version: Mapped[str]
    ocr_seconds: Mapped[float]
    normalize_seconds: Mapped[float]
    extract_seconds: Mapped[float]
    repaired_words: Mapped[int]
    doubtful_words: Mapped[int]
    worst: Mapped[int | None] = mapped_column(index=True)
    signatures: Mapped[str | None]  # JSON list of DigitalSignature
    abbreviations: Mapped[str | None]  # JSON list of Abbreviation
    tables: Mapped[bytes | None]  # zlib-compressed JSON list of DataTable

    names: Mapped[list[NameRow]] = relationship(order_by="NameRow.id")
    pages: Mapped[list[PageRow]] = relationship(order_by="PageRow.number")
    sentences: Mapped[list[SentenceRow]] = relationship(order_by="SentenceRow.id")
    figures: Mapped[list[FigureRow]] = relationship(order_by="FigureRow.id")
    citations: Mapped[list[CitationRow]] = relationship(order_by="CitationRow.id")
    tasks: Mapped[list[TaskRow]] = relationship(order_by="TaskRow.id")
    components: Mapped[ComponentsRow] = relationship()
    passages: Mapped[list[PassageRow]] = relationship(order_by="PassageRow.id")
    short_names: Mapped[list[AbbreviationRow]] = relationship(order_by="AbbreviationRow.id")


class NameRow(Base):
    """A name under which the bytes of a document's file came in."""

    __tablename__ = "names"
    __table_args__ = (UniqueConstraint("document_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id"))
    name: Mapped[str]
    first_seen_at: Mapped[str]


class PageRow(Base):
    """One page: where its text came from, why, and what is wrong with it. `width` and `height` are PDF points."""

    __tablename__ = "pages"
    __table_args__ = (UniqueConstraint("document_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id"))
    number: Mapped[int]
    width: Mapped[float]
    height: Mapped[float]
    source: Mapped[str] = mapped_column(index=True)
    decision: Mapped[str | None]  # JSON of TrustDecision
    problem: Mapped[str | None]
    grade: Mapped[str | None] = mapped_column(index=True)
    grading: Mapped[str | None]  # JSON of PageGrade
    regions: Mapped[str | None]  # JSON list of Region
    tables: Mapped[str | None]  # JSON list of Table

    lines: Mapped[list[LineRow]] = relationship(order_by="LineRow.number")


class LineRow(Base):
    """One printed line, as read (`raw`) and as repaired (`text`); `words` is the JSON list of its Word records.

    `role` is its LineRole, `note` the mark of the footnote that it belongs to.
    """

    __tablename__ = "lines"

    id: Mapped[int] = mapped_column(primary_key=True)
    page_id: Mapped[int] = mapped_column(ForeignKey("pages.id"), index=True)
    number: Mapped[int]
    raw: Mapped[str]
    text: Mapped[str]
    box: Mapped[str | None]
    words: Mapped[bytes | None]  # zlib-compressed: words with boxes are nine tenths of a document's JSON
    role: Mapped[str]
    note: Mapped[int | None]
    confidences: Mapped[bytes | None]  # one byte for each word of `text`, in hundredths
    doubts: Mapped[str | None]  # JSON list of Doubt


class SentenceRow(Base):
    """A sentence of the extraction, in order."""

    __tablename__ = "sentences"

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id"), index=True)
    record: Mapped[str]


class FigureRow(Base):
    """A figure. `value` and `upper` are decimal strings in `unit` as printed.

    `last_day` is the day on which it holds, or the last of its days; that of its document where it states none.
    """

    __tablename__ = "figures"
    __table_args__ = (
        UniqueConstraint("document_id", "figure"),
        Index("ix_figures_indicator_document", "indicator", "document_id"),
        Index("ix_figures_document_page", "document_id", "page"),
        # As figures of an indicator are listed: PostgreSQL would begin with those without a day, SQLite ends with them.
        Index(
            "ix_figures_indicator_last_day",
            "indicator",
            "last_day",
            postgresql_ops={"last_day": "DESC NULLS LAST"},
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id"))
    figure: Mapped[str]
    value: Mapped[str]
    upper: Mapped[str | None]
    kind: Mapped[str]
    unit: Mapped[str]
    subject: Mapped[str]
    indicator: Mapped[str | None]
    as_of: Mapped[str | None]
    period: Mapped[str | None]
    last_day: Mapped[str | None]
    page: Mapped[int]
    line: Mapped[int]
    record: Mapped[str]


class CitationRow(Base):
    """A citation; `number` is whole ("57-NQ/TW"), `sought` has what cited documents are filtered by, without marks."""

    __tablename__ = "citations"
    __table_args__ = (
        Index("ix_citations_number_date_document", "number", "date", "document_id"),
        Index("ix_citations_type_number", "type", "number"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id"), index=True)
    type: Mapped[str | None]
    number: Mapped[str | None]
    date: Mapped[str | None]
    sought: Mapped[str | None]
    record: Mapped[str]


class TaskRow(Base):
    """A task. `deadline` is the last day in time, `recurrence` how often it comes again.

    `sought` has what tasks are filtered by, without marks.
    """

    __tablename__ = "tasks"
    __table_args__ = (Index("ix_tasks_deadline_recurrence", "deadline", "recurrence"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id"), index=True)
    deadline: Mapped[str | None]
    recurrence: Mapped[str | None]
    page: Mapped[int]
    line: Mapped[int]
    sought: Mapped[str | None]
    record: Mapped[str]


class ComponentsRow(Base):
    """The document's own parts (thể thức văn bản); `sought` has what documents are filtered by, without marks."""

    __tablename__ = "components"

    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id"), primary_key=True)
    type: Mapped[str | None] = mapped_column(index=True)
    number: Mapped[str | None] = mapped_column(index=True)
    symbol: Mapped[str | None]
    issuer: Mapped[str | None] = mapped_column(index=True)
    date: Mapped[str | None] = mapped_column(index=True)
    subject: Mapped[str | None]
    record: Mapped[str]
    sought: Mapped[str | None]


class PassageRow(Base):
    """What search finds: a sentence, or lines that belong to none. `lines` is a JSON list of line numbers."""

    __tablename__ = "passages"

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id"), index=True)
    page: Mapped[int]
    lines: Mapped[str]
    text: Mapped[str]
    doubts: Mapped[str | None]  # JSON list of Doubt


class AbbreviationRow(Base):
    """An abbreviation that a document defines, for the search; `folded_*` are the words of both without marks."""

    __tablename__ = "abbreviations"

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id"), index=True)
    short: Mapped[str]
    full: Mapped[str]
    folded_short: Mapped[str] = mapped_column(index=True)
    folded_full: Mapped[str] = mapped_column(index=True)


class FindingRow(Base):
    """A finding of the latest reconciliation of the whole archive, in its order."""

    __tablename__ = "findings"

    id: Mapped[int] = mapped_column(primary_key=True)
    finding: Mapped[str] = mapped_column(unique=True)
    code: Mapped[str] = mapped_column(index=True)
    verdict: Mapped[str] = mapped_column(index=True)
    severity: Mapped[str]
    record: Mapped[str]

    documents: Mapped[list[FindingDocumentRow]] = relationship()


class FindingDocumentRow(Base):
    """A document that takes part in a finding; it goes with the finding."""

    __tablename__ = "finding_documents"

    finding_id: Mapped[int] = mapped_column(ForeignKey("findings.id", ondelete="CASCADE"), primary_key=True)
    document: Mapped[str] = mapped_column(primary_key=True, index=True)


class FailureRow(Base):
    """A file that could not become a document: which, why, what to do; gone as soon as the same file succeeds."""

    __tablename__ = "failures"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    digest: Mapped[str | None] = mapped_column(index=True)
    error: Mapped[str]
    message: Mapped[str]
    remedy: Mapped[str]
    exit_code: Mapped[int]
    failed_at: Mapped[str]
    attempts: Mapped[int]
    version: Mapped[str]


class EventRow(Base):
    """What happened to the archive, in order; never changed, never removed."""

    __tablename__ = "events"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[str]
    kind: Mapped[str]
    subject: Mapped[str]
    detail: Mapped[str]
    version: Mapped[str]


class DecisionRow(Base):
    """What a person decided about a finding or a figure; never changed, never removed.

    `decision` is its identity, `target` the id of the finding or figure as it was then; times are UTC, ISO 8601.
    """

    __tablename__ = "decisions"

    id: Mapped[int] = mapped_column(primary_key=True)
    decision: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str]
    target: Mapped[str] = mapped_column(index=True)
    by: Mapped[str]
    at: Mapped[str]
    record: Mapped[str]


class AccountRow(Base):
    """Who may sign in at the desk; `password` is an Argon2 hash, `role` one of `pipeline.archive.accounts`."""

    __tablename__ = "accounts"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    role: Mapped[str]
    password: Mapped[str]
    active: Mapped[bool]
    created_at: Mapped[str]


class SignInRow(Base):
    """Someone signed in: `token` is the SHA-256 of what the browser holds. Times are seconds since 1970."""

    __tablename__ = "sign_ins"

    token: Mapped[str] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    begun_at: Mapped[int] = mapped_column(Big)
    seen_at: Mapped[int] = mapped_column(Big)


class AccessTokenRow(Base):
    """A token with which a program reads the archive as an account, or also `writes`; `token` is its SHA-256."""

    __tablename__ = "access_tokens"

    id: Mapped[int] = mapped_column(primary_key=True)
    token: Mapped[str] = mapped_column(unique=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    name: Mapped[str]
    writes: Mapped[bool] = mapped_column(server_default=false())
    created_at: Mapped[str]


class OriginalsPlaceRow(Base):
    """Where the originals are kept, at most one row; none where they stand in the archive's folder."""

    __tablename__ = "originals_place"

    id: Mapped[int] = mapped_column(primary_key=True)
    address: Mapped[str]


class UploadRow(Base):
    """A file that came in at the desk, and how far it is; `state` is an UploadState, `documents` a JSON list of names.

    `token` names the folder of the tray in which it waits. `pages` and `read` count pages, of all documents of a ZIP.
    """

    __tablename__ = "uploads"

    id: Mapped[int] = mapped_column(primary_key=True)
    token: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    size: Mapped[int] = mapped_column(Big)
    account: Mapped[str]
    uploaded_at: Mapped[str]
    state: Mapped[str] = mapped_column(index=True)
    attempts: Mapped[int]
    pages: Mapped[int]
    read: Mapped[int]
    documents: Mapped[str]
    message: Mapped[str]
    remedy: Mapped[str]
