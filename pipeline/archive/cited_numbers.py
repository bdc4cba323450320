"""Documents that are cited by number and symbol: grouped, counted, filtered and sorted.

A citation without a date is of the document whose date the other citations of the number give, where they give one.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import NamedTuple

from sqlalchemy import ColumnElement, CompoundSelect, Select, false, func, or_, select, true, tuple_, union_all
from sqlalchemy.orm import Session

from pipeline.archive import terms
from pipeline.archive.cited import (
    CitationPlace,
    CitedChoices,
    CitedDocument,
    CitedFilter,
    CitedKey,
    CitedOrder,
    HeldDocument,
    Holding,
    most_told,
    places,
)
from pipeline.archive.held_documents import OwnNumbers, held, own_numbers
from pipeline.archive.remembered import Remembered
from pipeline.archive.schema import CitationRow, ComponentsRow
from pipeline.archive.windows import Listed, Window
from pipeline.models import Citation, Components

_MOST_SAMPLES = 20  # citations of a document from which it is told how it is called
_MOST_CHOICES = 200  # a longer list to choose from helps nobody


class _Cited(NamedTuple):
    """A cited document: its number, its date (ISO 8601), how often and by how many documents it is cited.

    Where `is_only`, no citation of the number gives another date: those that give none are of it, too.
    """

    number: str
    date: str | None
    times: int
    documents: int
    is_only: bool

    @property
    def told(self) -> tuple[str | None, ...]:
        """The dates that its citations may give."""
        return (self.date, None) if self.is_only else (self.date,)


def cited_documents(
    session: Session, remembered: Remembered, chosen: CitedFilter, order: CitedOrder, window: Window
) -> Listed[CitedDocument]:
    """List cited documents."""
    conditions = list(_conditions(session, remembered, chosen))
    if not conditions:
        some, total = remembered.get(session, ("cited", order, window), lambda asked: _some(asked, order, window))
        return Listed(_documents(session, some), total, window)
    shown = remembered.get(session, ("cited", order), lambda asked: _all(asked, order))
    for condition in conditions:
        shown = tuple(cited for cited in shown if condition(cited))
    part = shown[window.offset : window.offset + window.size]
    return Listed(_documents(session, part), len(shown), window)


def choices(session: Session) -> CitedChoices:
    """Return what cited documents can be filtered by."""
    types = session.scalars(
        select(CitationRow.type)
        .where(CitationRow.number.is_not(None), CitationRow.type.is_not(None))
        .group_by(CitationRow.type)
        .order_by(func.count().desc(), CitationRow.type)
        .limit(_MOST_CHOICES)
    )
    years = session.scalars(
        select(func.substr(CitationRow.date, 1, 4))
        .where(CitationRow.number.is_not(None), CitationRow.date.is_not(None))
        .distinct()
    )
    return CitedChoices(types=tuple(kind for kind in types if kind), years=tuple(sorted(map(int, years), reverse=True)))


def of_number(session: Session, number: str) -> tuple[CitedDocument, ...]:
    """Return the cited documents that have a number: one for each date with which it is cited."""
    dated = sorted(_of_numbers(session, [number]), key=lambda cited: (cited.date is None, cited.date or ""))
    return _documents(session, dated)


def placed(session: Session, key: CitedKey, window: Window) -> Listed[CitationPlace]:
    """List the places that cite a document, those in the latest documents first."""
    day = key.date and key.date.isoformat()
    same = [cited for cited in _of_numbers(session, [key.number or ""]) if cited.date == day]
    if not same:
        return Listed((), 0, window)
    return _placed(session, [CitationRow.number == key.number, _with_dates(same[0].told)], window)


def citing(session: Session, components: Components, document: int, window: Window) -> Listed[CitationPlace]:
    """List the places in other documents that cite a document of the archive, or may: they do not give its date."""
    conditions: list[ColumnElement[bool]] = [
        CitationRow.number.in_(own_numbers(components)),
        CitationRow.document_id != document,
    ]
    if components.date is not None:
        conditions.append(func.coalesce(CitationRow.date, components.date.isoformat()) == components.date.isoformat())
    return _placed(session, conditions, window)


def key_of(session: Session, citations: Sequence[Citation]) -> list[CitedKey]:
    """Return of which cited document each citation is; of a law that is cited by its name the date may be missing."""
    dates: dict[str, list[str | None]] = defaultdict(list)
    for cited in _of_numbers(session, {citation.number for citation in citations if citation.number}):
        dates[cited.number].append(cited.date)
    return [
        CitedKey(
            number=citation.number,
            title=None if citation.number else citation.title,
            date=citation.date or _only(dates[citation.number or ""]),
        )
        for citation in citations
    ]


def _only(dates: Sequence[str | None]) -> dt.date | None:
    return _day(dates[0]) if len(dates) == 1 else None


def _placed(session: Session, conditions: Sequence[ColumnElement[bool]], window: Window) -> Listed[CitationPlace]:
    total = session.scalars(select(func.count()).select_from(CitationRow).where(*conditions)).one()
    found = session.execute(
        select(CitationRow.record, CitationRow.document_id)
        .join(ComponentsRow, ComponentsRow.document_id == CitationRow.document_id)
        .where(*conditions)
        .order_by(ComponentsRow.date.desc().nulls_last(), CitationRow.document_id, CitationRow.id)
        .limit(window.size)
        .offset(window.offset)
    )
    read = [(Citation.model_validate_json(record), document) for record, document in found]
    return Listed(places(session, read), total, window)


def _all(session: Session, order: CitedOrder) -> tuple[_Cited, ...]:
    """Return all cited documents that have a number."""
    return tuple(map(_Cited._make, session.execute(_sorted(order))))


def _some(session: Session, order: CitedOrder, window: Window) -> tuple[tuple[_Cited, ...], int]:
    """Return a window of the cited documents that have a number, and how many there are in all."""
    found = _sorted(order).add_columns(func.count().over()).limit(window.size).offset(window.offset)
    rows = session.execute(found).all()
    # A window behind the end has no row that could tell.
    total = rows[0][-1] if rows else len(_all(session, order))
    return tuple(_Cited._make(row[:-1]) for row in rows), total


def _sorted(order: CitedOrder) -> Select[tuple[str, str | None, int, int, bool]]:
    counted = _counted(CitationRow.number.is_not(None)).subquery("counted")
    first = {
        CitedOrder.TIMES: counted.c.times.desc(),
        CitedOrder.DOCUMENTS: counted.c.documents.desc(),
        CitedOrder.DATE: counted.c.date.desc().nulls_last(),
        CitedOrder.NUMBER: counted.c.number,
    }[order]
    others = (counted.c.times.desc(), counted.c.number, counted.c.date.nulls_last())
    return select(counted).order_by(first, *others)


def _of_numbers(session: Session, numbers: Collection[str]) -> Iterator[_Cited]:
    """Yield the cited documents that have one of some numbers."""
    return map(_Cited._make, session.execute(_counted(CitationRow.number.in_(numbers))))


def _counted(wanted: ColumnElement[bool]) -> CompoundSelect[tuple[str, str | None, int, int, bool]]:
    """Count citations by the documents that they are of: where there is one date only, all of a number are of it."""
    counts = (func.count().label("times"), func.count(CitationRow.document_id.distinct()).label("documents"))
    by_number = (
        select(
            CitationRow.number,
            func.count(CitationRow.date.distinct()).label("dates"),
            func.min(CitationRow.date).label("date"),
            *counts,
        )
        .where(wanted)
        .group_by(CitationRow.number)
        .cte("by_number")
    )
    by_date = (
        select(CitationRow.number, CitationRow.date, *counts)
        .where(wanted)
        .group_by(CitationRow.number, CitationRow.date)
        .cte("by_date")
    )
    one = by_number.c
    return union_all(
        select(one.number, one.date, one.times, one.documents, true().label("is_only")).where(one.dates == 1),
        select(by_date, false()).join(by_number, one.number == by_date.c.number).where(one.dates != 1),
    )


def _with_dates(told: Sequence[str | None]) -> ColumnElement[bool]:
    known = CitationRow.date.in_([date for date in told if date])
    return or_(known, CitationRow.date.is_(None)) if None in told else known


_Condition = Callable[[_Cited], bool]


def _conditions(session: Session, remembered: Remembered, chosen: CitedFilter) -> Iterator[_Condition]:
    """Yield what a filter asks of cited documents; all places of one count, also those that do not tell it."""
    if words := terms.folded(chosen.text).split():
        telling = [CitationRow.sought.contains(word, autoescape=True) for word in words]
        found = session.execute(select(CitationRow.number, CitationRow.date).where(*telling).distinct())
        named = {(number, date) for number, date in found}
        yield lambda cited: any((cited.number, date) in named for date in cited.told)
    if chosen.type is not None:
        numbers = select(CitationRow.number).where(CitationRow.type == chosen.type).distinct()
        of_type = set(session.scalars(numbers))
        yield lambda cited: cited.number in of_type
    if chosen.year is not None:
        year = f"{chosen.year:04}-"
        yield lambda cited: bool(cited.date and cited.date.startswith(year))
    if chosen.holding is not None:
        own = remembered.get(session, "own numbers", OwnNumbers.of)
        wanted = chosen.holding is Holding.HELD
        yield lambda cited: own.may_be(cited.number, cited.date) is wanted


def _documents(session: Session, shown: Sequence[_Cited]) -> tuple[CitedDocument, ...]:
    keys = [CitedKey(number=cited.number, title=None, date=_day(cited.date)) for cited in shown]
    samples = _samples(session, shown)
    here = held(session, keys)
    return tuple(
        _document(key, cited, [each for date in cited.told for each in samples[cited.number, date]], here.get(key, ()))
        for key, cited in zip(keys, shown, strict=True)
    )


def _document(
    key: CitedKey, cited: _Cited, samples: Sequence[Citation], here: tuple[HeldDocument, ...]
) -> CitedDocument:
    return CitedDocument(
        key=key,
        type=most_told(citation.type for citation in samples),
        issuer=most_told(citation.issuer for citation in samples),
        title=most_told(citation.title for citation in samples),
        times=cited.times,
        documents=cited.documents,
        held=here,
    )


def _samples(session: Session, shown: Sequence[_Cited]) -> dict[tuple[str, str | None], list[Citation]]:
    """Return the latest citations of documents, by their numbers and the dates that they give."""
    told = [(cited.number, date) for cited in shown for date in cited.told]
    dated = tuple_(CitationRow.number, CitationRow.date).in_([each for each in told if each[1] is not None])
    undated = CitationRow.number.in_([number for number, date in told if date is None]) & CitationRow.date.is_(None)
    place = func.row_number().over(partition_by=(CitationRow.number, CitationRow.date), order_by=CitationRow.id.desc())
    latest = select(CitationRow.id, place.label("place")).where(or_(dated, undated)).subquery("latest")
    found = session.execute(
        select(CitationRow.number, CitationRow.date, CitationRow.record)
        .join(latest, latest.c.id == CitationRow.id)
        .where(latest.c.place <= _MOST_SAMPLES)
        .order_by(CitationRow.id.desc())
    )
    samples: dict[tuple[str, str | None], list[Citation]] = defaultdict(list)
    for number, date, record in found:
        samples[number or "", date].append(Citation.model_validate_json(record))
    return samples


def _day(date: str | None) -> dt.date | None:
    return dt.date.fromisoformat(date) if date else None
