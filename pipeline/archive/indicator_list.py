"""The indicators that the archive states: how often, and with which values when and where."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from pipeline.archive.schema import FigureRow
from pipeline.archive.windows import Listed, Window
from pipeline.models import Figure, Record


class IndicatorCount(Record):
    """How many figures state an indicator, in how many documents."""

    indicator: str
    figures: int
    documents: int


class IndicatorValue(Record):
    """A figure that states an indicator, with the id of its document."""

    figure: Figure
    document: int


def indicators(session: Session) -> tuple[IndicatorCount, ...]:
    """Count the figures of each indicator, the most frequent first."""
    found = session.execute(
        select(FigureRow.indicator, func.count(), func.count(FigureRow.document_id.distinct()))
        .where(FigureRow.indicator.is_not(None))
        .group_by(FigureRow.indicator)
        .order_by(func.count().desc(), FigureRow.indicator)
    )
    return tuple(
        IndicatorCount(indicator=indicator, figures=figures, documents=documents)
        for indicator, figures, documents in found
        if indicator
    )


def values(session: Session, indicator: str, window: Window) -> Listed[IndicatorValue]:
    """List the figures of an indicator by the time that they tell of, those without one last."""
    total = session.scalars(select(func.count()).where(FigureRow.indicator == indicator)).one()
    found = session.execute(
        select(FigureRow.record, FigureRow.document_id)
        .where(FigureRow.indicator == indicator)
        .order_by(func.coalesce(FigureRow.as_of, func.substr(FigureRow.period, 12)).asc().nulls_last(), FigureRow.id)
        .limit(window.size)
        .offset(window.offset)
    )
    items = tuple(
        IndicatorValue(figure=Figure.model_validate_json(record), document=document) for record, document in found
    )
    return Listed(items, total, window)
