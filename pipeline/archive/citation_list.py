"""The citations of all documents, one by one, filtered in the database."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from pipeline.archive.schema import CitationRow
from pipeline.archive.windows import Listed, Window
from pipeline.models import Citation, Record


class CitationFilter(Record):
    """Which citations are listed: of a document (its id), of a number (whole), of a type, of dates from until."""

    document: int | None = None
    number: str | None = None
    type: str | None = None
    since: dt.date | None = None
    until: dt.date | None = None


def citations(session: Session, chosen: CitationFilter, window: Window) -> Listed[Citation]:
    """List citations in the order of documents and lines."""
    conditions = _conditions(chosen)
    total = session.scalars(select(func.count()).select_from(CitationRow).where(*conditions)).one()
    found = session.scalars(
        select(CitationRow.record)
        .where(*conditions)
        .order_by(CitationRow.document_id, CitationRow.id)
        .limit(window.size)
        .offset(window.offset)
    )
    return Listed(tuple(Citation.model_validate_json(record) for record in found), total, window)


def _conditions(chosen: CitationFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if chosen.document is not None:
        conditions.append(CitationRow.document_id == chosen.document)
    if chosen.number is not None:
        conditions.append(CitationRow.number == chosen.number)
    if chosen.type is not None:
        conditions.append(CitationRow.type == chosen.type)
    if chosen.since is not None:
        conditions.append(CitationRow.date >= chosen.since.isoformat())
    if chosen.until is not None:
        conditions.append(CitationRow.date <= chosen.until.isoformat())
    return conditions
