"""The indicators that the archive states: how often, with which values when and where, and the series these make."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Subquery, case, func, select
from sqlalchemy.orm import Session, join

from pipeline.archive import decided, rows
from pipeline.archive.schema import ComponentsRow, DocumentRow, FigureRow, FindingDocumentRow, FindingRow
from pipeline.archive.windows import Listed, Window
from pipeline.extract.catalogue import Catalogue
from pipeline.extract.merged_indicators import with_merged
from pipeline.models import Components, Extraction, Figure, Finding, Record, Verdict
from pipeline.reconcile.editions import COPIES
from pipeline.reconcile.timeseries import Series, timeseries

_figures = join(FigureRow, ComponentsRow, ComponentsRow.document_id == FigureRow.document_id)

_MOST_ISSUERS = 200  # a longer list to choose from helps nobody


class IndicatorCount(Record):
    """How many figures state an indicator, in how many documents."""

    indicator: str
    figures: int
    documents: int


class IndicatorFilter(Record):
    """Which figures of an indicator are told: of documents of one issuer, from a day until a day, both included.

    Of an indicator that was merged into another one all figures of that other one are told.
    """

    indicator: str
    issuer: str | None = None
    since: dt.date | None = None
    until: dt.date | None = None


class IndicatorValue(Record):
    """A figure that states an indicator, with the id of its document."""

    figure: Figure
    document: int


@dataclass(frozen=True)
class StatedIndicator:
    """Figures of an indicator, the latest first, and the series that they make.

    What is no value (a range, a copy of another document's, an indicator that the catalogue does not know) is in no
    series.
    """

    values: Listed[IndicatorValue]
    series: tuple[Series, ...]


def indicators(session: Session) -> tuple[IndicatorCount, ...]:
    """Count the figures of each indicator, the most frequent first; merged ones count as what they were merged into."""
    into = decided.merged(session)
    told = case(into, value=FigureRow.indicator, else_=FigureRow.indicator) if into else FigureRow.indicator
    stated = (
        select(told.label("indicator"), FigureRow.document_id)
        .where(FigureRow.indicator.is_not(None))
        .subquery("stated")
    )
    found = session.execute(
        select(stated.c.indicator, func.count(), func.count(stated.c.document_id.distinct()))
        .group_by(stated.c.indicator)
        .order_by(func.count().desc(), stated.c.indicator)
    )
    return tuple(
        IndicatorCount(indicator=indicator, figures=figures, documents=documents)
        for indicator, figures, documents in found
    )


def issuers(session: Session, indicator: str) -> tuple[str, ...]:
    """Return whose documents state an indicator, the most frequent first."""
    chosen = IndicatorFilter(indicator=indicator)
    found = session.scalars(
        select(ComponentsRow.issuer)
        .select_from(_figures)
        .where(*_conditions(chosen, decided.merged(session)), ComponentsRow.issuer.is_not(None))
        .group_by(ComponentsRow.issuer)
        .order_by(func.count().desc(), ComponentsRow.issuer)
        .limit(_MOST_ISSUERS)
    )
    return tuple(issuer for issuer in found if issuer)


def stated(session: Session, chosen: IndicatorFilter, window: Window, entries: Catalogue) -> StatedIndicator:
    """Return a window of the figures of an indicator, as people corrected them, and the series that these make.

    Args:
        session: The archive.
        chosen: Which figures.
        window: Which part of them; series are made of that part alone.
        entries: The catalogue.
    """
    into = decided.merged(session)
    conditions = _conditions(chosen, into)
    # An index has all that is counted, unless the issuer is asked for.
    counted = FigureRow if chosen.issuer is None else _figures
    total = session.scalars(select(func.count()).select_from(counted).where(*conditions)).one()
    part = (
        select(FigureRow.document_id, FigureRow.record)
        .select_from(_figures)
        .where(*conditions)
        .order_by(FigureRow.last_day.desc().nulls_last(), FigureRow.id)
        .limit(window.size)
        .offset(window.offset)
    )
    found = session.execute(part).all()
    figures = decided.as_corrected(session, [Figure.model_validate_json(row.record) for row in found])
    values = tuple(
        IndicatorValue(figure=figure, document=row.document_id) for figure, row in zip(figures, found, strict=True)
    )
    # The figures are found once more to tell their documents: a list of ids may be longer than a statement may be.
    documents = part.subquery("part")
    extractions = _extractions(session, values, documents, into)
    series = timeseries(extractions, _conflicts(session, documents), entries)
    return StatedIndicator(Listed(values, total, window), tuple(series))


def _conditions(chosen: IndicatorFilter, into: Mapping[str, str]) -> list[ColumnElement[bool]]:
    asked = into.get(chosen.indicator, chosen.indicator)
    sources = [asked, *(merged for merged, kept in into.items() if kept == asked)]
    conditions: list[ColumnElement[bool]] = [FigureRow.indicator.in_(sources)]
    if chosen.issuer is not None:
        conditions.append(ComponentsRow.issuer == chosen.issuer)
    if chosen.since is not None:
        conditions.append(FigureRow.last_day >= chosen.since.isoformat())
    if chosen.until is not None:
        conditions.append(FigureRow.last_day <= chosen.until.isoformat())
    return conditions


def _extractions(
    session: Session, values: Sequence[IndicatorValue], documents: Subquery, into: Mapping[str, str]
) -> list[Extraction]:
    """Return of each document, unless it is a copy, its parts and these figures: all that a series is made of."""
    figures: dict[int, list[Figure]] = defaultdict(list)
    for value in values:
        figures[value.document].append(value.figure)
    records = session.execute(
        select(ComponentsRow.document_id, ComponentsRow.record).where(
            ComponentsRow.document_id.in_(select(documents.c.document_id))
        )
    )
    read = {document: Components.model_validate_json(record) for document, record in records}
    copies = _copies(session)
    return [
        with_merged(Extraction(document=parts.document, components=parts, figures=tuple(figures[document])), into)
        for document, parts in sorted(read.items())
        if parts.document not in copies
    ]


def _copies(session: Session) -> set[str]:
    """Return the documents for which, as the latest reconciliation found, another one stands: they count in no series.

    Series are made without the sentences by which copies are found.
    """
    told = session.scalars(select(FindingRow).where(FindingRow.code == COPIES))
    return {copy for row in told for copy in rows.finding_of(row).documents[1:]}


def _conflicts(session: Session, documents: Subquery) -> list[Finding]:
    """Return the conflicts in which these documents take part."""
    named = (
        select(FindingDocumentRow.finding_id)
        .join(DocumentRow, DocumentRow.name == FindingDocumentRow.document)
        .where(DocumentRow.id.in_(select(documents.c.document_id)))
    )
    found = session.scalars(
        select(FindingRow)
        .where(FindingRow.verdict == Verdict.CONFLICT.value, FindingRow.id.in_(named))
        .order_by(FindingRow.id)
    )
    return decided.with_reviews(session, [rows.finding_of(row) for row in found])
