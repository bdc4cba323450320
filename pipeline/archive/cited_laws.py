"""Laws that are cited by their name alone: their names stand in no column, so that they are grouped here."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from sqlalchemy import select
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
from pipeline.archive.held_documents import held
from pipeline.archive.schema import CitationRow
from pipeline.archive.windows import Listed, Window
from pipeline.models import Citation

MOST_READ = 20_000
"""How many citations by name are read, the latest first: more of them say nothing new, and would take seconds."""

_Cited = list[tuple[Citation, int]]

_ORDERS: Mapping[CitedOrder, Callable[[CitedDocument], Any]] = {
    CitedOrder.TIMES: lambda law: -law.times,
    CitedOrder.DOCUMENTS: lambda law: -law.documents,
    CitedOrder.DATE: lambda law: -law.key.date.toordinal() if law.key.date else 1,
    CitedOrder.NUMBER: lambda law: 0,
}


def cited_laws(session: Session, chosen: CitedFilter, order: CitedOrder, window: Window) -> Listed[CitedDocument]:
    """List laws that are cited by name."""
    grouped = _grouped(session)
    here = held(session, grouped)
    laws = [_law(key, cited, here.get(key, ())) for key, cited in grouped.items()]
    shown = [law for law in laws if _is_chosen(law, chosen)]
    shown.sort(key=lambda law: (_ORDERS[order](law), terms.folded(law.key.title or ""), law.key.date or dt.date.max))
    return Listed(tuple(shown[window.offset : window.offset + window.size]), len(shown), window)


def choices(session: Session) -> CitedChoices:
    """Return what laws that are cited by name can be filtered by."""
    grouped = _grouped(session)
    types = {citation.type for cited in grouped.values() for citation, _ in cited if citation.type}
    years = {key.date.year for key in grouped if key.date}
    return CitedChoices(types=tuple(sorted(types)), years=tuple(sorted(years, reverse=True)))


def of_title(session: Session, title: str) -> tuple[CitedDocument, ...]:
    """Return the laws that have a title: one for each date with which it is cited."""
    same = {key: cited for key, cited in _grouped(session).items() if _name(key.title) == _name(title)}
    here = held(session, same)
    return tuple(_law(key, same[key], here.get(key, ())) for key in sorted(same, key=lambda k: k.date or dt.date.max))


def placed(session: Session, key: CitedKey, window: Window) -> Listed[CitationPlace]:
    """List the places that cite a law, the latest first."""
    cited = next((cited for other, cited in _grouped(session).items() if _same(key, other)), [])
    return Listed(places(session, cited[window.offset : window.offset + window.size]), len(cited), window)


def _grouped(session: Session) -> dict[CitedKey, _Cited]:
    """Return the latest citations by name, by what they cite; titles are those of the first of them."""
    found = session.execute(
        select(CitationRow.record, CitationRow.document_id)
        .where(CitationRow.number.is_(None))
        .order_by(CitationRow.id.desc())
        .limit(MOST_READ)
    )
    by_name: dict[str, _Cited] = defaultdict(list)
    for record, document in found:
        citation = Citation.model_validate_json(record)
        if citation.title:
            by_name[_name(citation.title)].append((citation, document))
    return {key: group for cited in by_name.values() for key, group in _by_date(cited).items()}


def _by_date(cited: _Cited) -> dict[CitedKey, _Cited]:
    dates = {citation.date for citation, _ in cited if citation.date}
    only = next(iter(dates)) if len(dates) == 1 else None
    title = cited[0][0].title
    groups: dict[CitedKey, _Cited] = defaultdict(list)
    for citation, document in cited:
        groups[CitedKey(number=None, title=title, date=citation.date or only)].append((citation, document))
    return groups


def _law(key: CitedKey, cited: _Cited, here: tuple[HeldDocument, ...]) -> CitedDocument:
    return CitedDocument(
        key=key,
        type=most_told(citation.type for citation, _ in cited),
        issuer=most_told(citation.issuer for citation, _ in cited),
        title=key.title,
        times=len(cited),
        documents=len({document for _, document in cited}),
        held=here,
    )


def _is_chosen(law: CitedDocument, chosen: CitedFilter) -> bool:
    told = terms.folded(f"{law.type or ''} {law.title or ''} {law.issuer or ''}")
    return (
        all(word in told for word in terms.folded(chosen.text).split())
        and chosen.type in (None, law.type)
        and (chosen.year is None or (law.key.date is not None and law.key.date.year == chosen.year))
        and (chosen.holding is None or bool(law.held) == (chosen.holding is Holding.HELD))
    )


def _same(one: CitedKey, other: CitedKey) -> bool:
    return _name(one.title) == _name(other.title) and one.date == other.date


@lru_cache(maxsize=10_000)
def _name(title: str | None) -> str:
    return " ".join(terms.words(terms.folded(title or "")))
