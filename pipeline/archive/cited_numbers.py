"""Documents that are cited by number and symbol: grouped, counted, filtered and sorted in the database."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Collection, Sequence
from functools import lru_cache
from itertools import islice
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, Subquery, case, func, not_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from pipeline.archive import terms
from pipeline.archive.cited import (
    CitationPlace,
    CitedChoices,
    CitedDocument,
    CitedFilter,
    CitedKey,
    CitedOrder,
    Holding,
    most_told,
    places,
)
from pipeline.archive.held_documents import held, is_held, own_numbers
from pipeline.archive.schema import CitationRow, ComponentsRow
from pipeline.archive.windows import Listed, Window
from pipeline.models import Citation, Components

_MOST_SAMPLES = 20  # citations of a document from which it is told how it is called
_MOST_NAMED = 20_000  # documents that one statement may name
_MOST_LETTERS = 600  # of a citation before its evidence
_KEYS = re.compile(r'[{,]"(?:type|number|date|issuer|title)":')
_EVIDENCE = ',"evidence":'
_MOST_CHOICES = 200  # a longer list to choose from helps nobody


def cited_documents(session: Session, chosen: CitedFilter, order: CitedOrder, window: Window) -> Listed[CitedDocument]:
    """List cited documents."""
    cited = _grouped(_told())
    conditions = _conditions(session, chosen, cited)
    shown = select(cited, func.count().over().label("total")).where(*conditions)
    found = session.execute(shown.order_by(*_ordered(order, cited)).limit(window.size).offset(window.offset)).all()
    return Listed(_documents(session, found), _total(session, found, select(cited).where(*conditions), window), window)


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
    cited = _grouped(_told([number]))
    found = session.execute(select(cited).order_by(cited.c.date.asc().nulls_last())).all()
    return _documents(session, found)


def placed(session: Session, key: CitedKey, window: Window) -> Listed[CitationPlace]:
    """List the places that cite a document, those in the latest documents first."""
    told = _told([key.number or ""], CitationRow.record)
    same = told.c.date.is_(None) if key.date is None else told.c.date == key.date.isoformat()
    total = session.scalars(select(func.count()).select_from(told).where(same)).one()
    found = session.execute(
        select(told.c.record, told.c.document_id)
        .join(ComponentsRow, ComponentsRow.document_id == told.c.document_id)
        .where(same)
        .order_by(ComponentsRow.date.desc().nulls_last(), told.c.document_id, told.c.id)
        .limit(window.size)
        .offset(window.offset)
    )
    read = [(Citation.model_validate_json(record), document) for record, document in found]
    return Listed(places(session, read), total, window)


def citing(session: Session, components: Components, document: int, window: Window) -> Listed[CitationPlace]:
    """List the places in other documents that cite a document of the archive, or may: they do not give its date."""
    conditions: list[ColumnElement[bool]] = [
        CitationRow.number.in_(own_numbers(components)),
        CitationRow.document_id != document,
    ]
    if components.date is not None:
        conditions.append(func.coalesce(CitationRow.date, components.date.isoformat()) == components.date.isoformat())
    total = session.scalars(select(func.count()).select_from(CitationRow).where(*conditions)).one()
    found = session.execute(
        select(CitationRow.record, CitationRow.document_id)
        .join(ComponentsRow, ComponentsRow.document_id == CitationRow.document_id)
        .where(*conditions)
        .order_by(ComponentsRow.date.desc().nulls_last(), CitationRow.document_id, CitationRow.id)
        .limit(window.size)
        .offset(window.offset)
    )
    read = [(Citation.model_validate_json(record), number) for record, number in found]
    return Listed(places(session, read), total, window)


def key_of(session: Session, citations: Sequence[Citation]) -> list[CitedKey]:
    """Return of which cited document each citation is; of a law that is cited by its name the date may be missing."""
    cited = _grouped(_told({citation.number for citation in citations if citation.number}))
    dates: dict[str, list[str | None]] = defaultdict(list)
    for number, date in session.execute(select(cited.c.number, cited.c.date)):
        dates[number].append(date)
    return [
        CitedKey(
            number=citation.number,
            title=None if citation.number else citation.title,
            date=citation.date or _only(dates[citation.number or ""]),
        )
        for citation in citations
    ]


def _only(dates: Sequence[str | None]) -> dt.date | None:
    return dt.date.fromisoformat(dates[0]) if len(dates) == 1 and dates[0] else None


def _told(numbers: Collection[str] | None = None, *more: InstrumentedAttribute[Any]) -> Subquery:
    """Return the citations that have a number, or one of some numbers; those without a date with the only known one.

    Args:
        numbers: The numbers; None for all.
        more: Further columns. Records are long, and all of them would be sorted.
    """
    first = func.min(CitationRow.date).over(partition_by=CitationRow.number)
    last = func.max(CitationRow.date).over(partition_by=CitationRow.number)
    wanted = CitationRow.number.is_not(None) if numbers is None else CitationRow.number.in_(numbers)
    return (
        select(
            CitationRow.id,
            CitationRow.document_id,
            CitationRow.number,
            *more,
            func.coalesce(CitationRow.date, case((first == last, first))).label("date"),
        )
        .where(wanted)
        .subquery("told")
    )


def _grouped(told: Subquery) -> Subquery:
    return (
        select(
            told.c.number,
            told.c.date,
            func.count().label("times"),
            func.count(told.c.document_id.distinct()).label("documents"),
        )
        .group_by(told.c.number, told.c.date)
        .subquery("cited")
    )


def _conditions(session: Session, chosen: CitedFilter, cited: Subquery) -> list[ColumnElement[bool]]:
    """Return what a filter asks of cited documents; all places of one count, also those that do not tell it."""
    conditions: list[ColumnElement[bool]] = []
    if words := terms.folded(chosen.text).split():
        conditions.append(_identity(cited).in_(_identities_with(session, words)))
    if chosen.type is not None:
        conditions.append(cited.c.number.in_(select(CitationRow.number).where(CitationRow.type == chosen.type)))
    if chosen.year is not None:
        conditions.append(cited.c.date.startswith(f"{chosen.year:04}-"))
    if chosen.holding is not None:
        here = is_held(cited.c.number, cited.c.date)
        conditions.append(here if chosen.holding is Holding.HELD else not_(func.coalesce(here, False)))
    return conditions


def _identity(cited: Subquery) -> ColumnElement[str]:
    return cited.c.number + " " + func.coalesce(cited.c.date, "")


def _identities_with(session: Session, words: Sequence[str]) -> list[str]:
    """Return the documents of which one citation tells all of some folded words, the latest first.

    Words are not sought in the database: to fold a text takes far longer than to read it, and many citations tell the
    same.
    """
    rows = session.execute(
        select(CitationRow.number, CitationRow.date, func.substr(CitationRow.record, 1, _MOST_LETTERS))
        .where(CitationRow.number.is_not(None))
        .order_by(CitationRow.id.desc())
    ).all()
    dates: dict[str, set[str]] = defaultdict(set)
    for number, date, _ in rows:
        dates[number].update([date] if date else [])
    found: dict[str, None] = {}
    for number, date, record in rows:
        # What a citation says of the document stands before its evidence.
        if all(word in _sought(record.partition(_EVIDENCE)[0]) for word in words):
            known = dates[number]
            found[f"{number} {date or (next(iter(known)) if len(known) == 1 else '')}"] = None
    return list(islice(found, _MOST_NAMED))


@lru_cache(maxsize=50_000)
def _sought(told: str) -> str:
    return terms.folded(_KEYS.sub(" ", told))


def _ordered(order: CitedOrder, cited: Subquery) -> list[ColumnElement[Any]]:
    first: dict[CitedOrder, ColumnElement[Any]] = {
        CitedOrder.TIMES: cited.c.times.desc(),
        CitedOrder.DOCUMENTS: cited.c.documents.desc(),
        CitedOrder.DATE: cited.c.date.desc().nulls_last(),
        CitedOrder.NUMBER: cited.c.number.asc(),
    }
    return [first[order], cited.c.times.desc(), cited.c.number.asc(), cited.c.date.asc().nulls_last()]


def _total(session: Session, found: Sequence[Row[Any]], every: Select[Any], window: Window) -> int:
    if found:
        total: int = found[0].total
        return total
    # Behind the end of the list no row tells how long it is.
    return 0 if window.number == 1 else session.scalars(select(func.count()).select_from(every.subquery())).one()


def _documents(session: Session, found: Sequence[Row[Any]]) -> tuple[CitedDocument, ...]:
    keys = [CitedKey(number=row.number, title=None, date=_day(row.date)) for row in found]
    samples = _samples(session, {row.number for row in found})
    here = held(session, keys)
    return tuple(
        CitedDocument(
            key=key,
            type=most_told(citation.type for citation in samples[key]),
            issuer=most_told(citation.issuer for citation in samples[key]),
            title=most_told(citation.title for citation in samples[key]),
            times=row.times,
            documents=row.documents,
            held=here.get(key, ()),
        )
        for key, row in zip(keys, found, strict=True)
    )


def _samples(session: Session, numbers: Collection[str]) -> dict[CitedKey, list[Citation]]:
    """Return the latest citations of cited documents."""
    told = _told(numbers, CitationRow.record)
    place = func.row_number().over(partition_by=(told.c.number, told.c.date), order_by=told.c.id.desc())
    latest = select(told.c.number, told.c.date, told.c.record, place.label("place")).subquery("latest")
    found = session.execute(
        select(latest.c.number, latest.c.date, latest.c.record)
        .where(latest.c.place <= _MOST_SAMPLES)
        .order_by(latest.c.place)
    )
    samples: dict[CitedKey, list[Citation]] = defaultdict(list)
    for number, date, record in found:
        samples[CitedKey(number=number, title=None, date=_day(date))].append(Citation.model_validate_json(record))
    return samples


def _day(date: str | None) -> dt.date | None:
    return dt.date.fromisoformat(date) if date else None
