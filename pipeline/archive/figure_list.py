"""The figures of all documents, filtered in the database."""

from __future__ import annotations

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from pipeline.archive import decided, terms
from pipeline.archive.schema import FigureRow
from pipeline.archive.windows import Listed, Window
from pipeline.models import Figure, Kind, Record


class FigureFilter(Record):
    """Which figures are listed: of a document (its id), of an indicator, of a kind, with words in subject and unit."""

    document: int | None = None
    indicator: str | None = None
    kind: Kind | None = None
    text: str = ""


def figures(session: Session, chosen: FigureFilter, window: Window) -> Listed[Figure]:
    """List figures in the order of documents and lines."""
    conditions = _conditions(chosen)
    total = session.scalars(select(func.count()).select_from(FigureRow).where(*conditions)).one()
    found = session.scalars(
        select(FigureRow.record)
        .where(*conditions)
        .order_by(FigureRow.document_id, FigureRow.id)
        .limit(window.size)
        .offset(window.offset)
    )
    listed = decided.as_corrected(session, [Figure.model_validate_json(record) for record in found])
    return Listed(tuple(listed), total, window)


def _conditions(chosen: FigureFilter) -> list[ColumnElement[bool]]:
    whole = func.folded(FigureRow.subject + "/" + FigureRow.unit)
    conditions: list[ColumnElement[bool]] = [
        whole.contains(word, autoescape=True) for word in terms.folded(chosen.text).split()
    ]
    if chosen.document is not None:
        conditions.append(FigureRow.document_id == chosen.document)
    if chosen.indicator is not None:
        conditions.append(FigureRow.indicator == chosen.indicator)
    if chosen.kind is not None:
        conditions.append(FigureRow.kind == chosen.kind.value)
    return conditions
