"""The list of documents, filtered and sorted in the database."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, func, select
from sqlalchemy.orm import Session

from pipeline.archive import terms
from pipeline.archive.schema import (
    ComponentsRow,
    DocumentRow,
    FigureRow,
    FindingDocumentRow,
    FindingRow,
    PageRow,
)
from pipeline.archive.windows import Listed, Window
from pipeline.models import Components, Grade, Record, Verdict

_MOST_CHOICES = 200  # a longer list to choose from helps nobody


class DocumentOrder(StrEnum):
    """What the list is sorted by; within it the documents that came last are first."""

    NEWEST = "newest"
    DATE = "date"
    NAME = "name"
    ISSUER = "issuer"
    GRADE = "grade"  # the worst first
    CONFLICTS = "conflicts"
    DOUBTS = "doubts"


class DocumentFilter(Record):
    """Which documents are listed; None, and an empty text, let all through.

    The words of `text` are sought in names, types, numbers, issuers and subjects, without regard to marks; `grade` is
    a document's worst.
    """

    text: str = ""
    type: str | None = None
    issuer: str | None = None
    year: int | None = None
    grade: Grade | None = None


class DocumentItem(Record):
    """A document as the list shows it.

    `grade` is the worst of its pages, None where none was graded; `unread` counts the pages that could not be read,
    `conflicts` the findings that it takes part in, `doubtful` its doubtful words. Times are UTC, ISO 8601.
    """

    id: int
    name: str
    type: str | None
    number: str
    issuer: str | None
    subject: str | None
    date: dt.date | None
    pages: int
    grade: Grade | None
    unread: int
    figures: int
    conflicts: int
    doubtful: int
    ingested_at: str


class DocumentChoices(Record):
    """What the documents of the archive can be filtered by."""

    types: tuple[str, ...]
    issuers: tuple[str, ...]
    years: tuple[int, ...]


def _counted(row: type[FigureRow] | type[PageRow]) -> ColumnElement[int]:
    return select(func.count()).where(row.document_id == DocumentRow.id).scalar_subquery()


_PAGES = _counted(PageRow)
_FIGURES = _counted(FigureRow)
_UNREAD = (
    select(func.count())
    .where(PageRow.document_id == DocumentRow.id, PageRow.problem.is_not(None))
    .correlate(DocumentRow)
    .scalar_subquery()
)
_CONFLICTS = (
    select(func.count())
    .select_from(FindingDocumentRow)
    .join(FindingRow, FindingRow.id == FindingDocumentRow.finding_id)
    .where(FindingDocumentRow.document == DocumentRow.name, FindingRow.verdict == Verdict.CONFLICT.value)
    .correlate(DocumentRow)
    .scalar_subquery()
)
_ORDERS: dict[DocumentOrder, ColumnElement[Any]] = {
    DocumentOrder.NEWEST: DocumentRow.id.desc(),
    DocumentOrder.DATE: ComponentsRow.date.desc().nulls_last(),
    DocumentOrder.NAME: DocumentRow.name.asc(),
    DocumentOrder.ISSUER: ComponentsRow.issuer.asc().nulls_last(),
    DocumentOrder.GRADE: DocumentRow.worst.desc().nulls_last(),
    DocumentOrder.CONFLICTS: _CONFLICTS.desc(),
    DocumentOrder.DOUBTS: DocumentRow.doubtful_words.desc(),
}


def documents(session: Session, chosen: DocumentFilter, order: DocumentOrder, window: Window) -> Listed[DocumentItem]:
    """List documents."""
    conditions = _conditions(chosen)
    # Every document has components: only a grade stands elsewhere.
    counted = select(func.count()).select_from(ComponentsRow) if chosen.grade is None else _joined(select(func.count()))
    total = session.scalars(counted.where(*conditions)).one()
    # What is told of each is counted for those that are shown, not for all that are sorted.
    shown = session.scalars(
        _joined(select(DocumentRow.id))
        .where(*conditions)
        .order_by(_ORDERS[order], DocumentRow.id.desc())
        .limit(window.size)
        .offset(window.offset)
    ).all()
    found = {
        row.DocumentRow.id: _item(row) for row in session.execute(_joined(_items()).where(DocumentRow.id.in_(shown)))
    }
    return Listed(tuple(found[number] for number in shown), total, window)


def document(session: Session, number: int) -> DocumentItem | None:
    """Return one document by its id; None where there is none."""
    found = session.execute(_joined(_items()).where(DocumentRow.id == number)).first()
    return _item(found) if found else None


def choices(session: Session) -> DocumentChoices:
    """Return what the archive's documents can be filtered by, the most frequent types and issuers first."""
    years = session.scalars(
        select(func.substr(ComponentsRow.date, 1, 4)).where(ComponentsRow.date.is_not(None)).distinct()
    )
    return DocumentChoices(
        types=_most_frequent(session, ComponentsRow.type),
        issuers=_most_frequent(session, ComponentsRow.issuer),
        years=tuple(sorted(map(int, years), reverse=True)),
    )


def _most_frequent(session: Session, column: Any) -> tuple[str, ...]:
    found: Sequence[str] = session.scalars(
        select(column)
        .where(column.is_not(None))
        .group_by(column)
        .order_by(func.count().desc(), column)
        .limit(_MOST_CHOICES)
    ).all()
    return tuple(found)


def _items() -> Select[Any]:
    return select(
        DocumentRow,
        ComponentsRow.record.label("components"),
        _PAGES.label("pages"),
        _FIGURES.label("figures"),
        _UNREAD.label("unread"),
        _CONFLICTS.label("conflicts"),
    )


def _joined(selected: Select[Any]) -> Select[Any]:
    return selected.select_from(DocumentRow).join(ComponentsRow, ComponentsRow.document_id == DocumentRow.id)


def _conditions(chosen: DocumentFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [
        ComponentsRow.sought.contains(word, autoescape=True) for word in terms.folded(chosen.text).split()
    ]
    if chosen.type is not None:
        conditions.append(ComponentsRow.type == chosen.type)
    if chosen.issuer is not None:
        conditions.append(ComponentsRow.issuer == chosen.issuer)
    if chosen.year is not None:
        conditions.append(ComponentsRow.date.startswith(f"{chosen.year:04}-"))
    if chosen.grade is not None:
        conditions.append(DocumentRow.worst == list(Grade).index(chosen.grade))
    return conditions


def _item(found: Row[Any]) -> DocumentItem:
    row: DocumentRow = found.DocumentRow
    components = Components.model_validate_json(found.components)
    return DocumentItem(
        id=row.id,
        name=row.name,
        type=components.type,
        number="/".join(part for part in (components.number, components.symbol) if part),
        issuer=components.issuer,
        subject=components.subject,
        date=components.date,
        pages=found.pages,
        grade=None if row.worst is None else list(Grade)[row.worst],
        unread=found.unread,
        figures=found.figures,
        conflicts=found.conflicts,
        doubtful=row.doubtful_words,
        ingested_at=row.ingested_at,
    )
