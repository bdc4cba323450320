"""The documents that the archive's documents cite: their list, and of one of them the places that cite it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from pipeline.archive.cited import CitedDocument, CitedFilter, CitedKey, CitedKind, CitedOrder, Holding
from pipeline.desk.asked_days import AskedDay
from pipeline.desk.paging import Page as Paging
from pipeline.desk.refusals import NotThere
from pipeline.desk.rendering import show
from pipeline.desk.visits import Reader
from pipeline.desk.workplace import Work

router = APIRouter()


@router.get("/citations")
def citations(
    request: Request,
    visitor: Reader,
    work: Work,
    window: Paging,
    kind: CitedKind = CitedKind.NUMBERED,
    q: Annotated[str, Query(max_length=200)] = "",
    type: str = "",
    year: Annotated[str, Query(pattern=r"^(\d{4})?$")] = "",
    holding: str = "",
    sort: CitedOrder = CitedOrder.TIMES,
) -> Response:
    """List the cited documents."""
    chosen = CitedFilter(
        kind=kind,
        text=q,
        type=type or None,
        year=int(year) if year else None,
        holding=Holding(holding) if holding in set(Holding) else None,
    )
    browsing = work.archive.browsing
    return show(
        request,
        visitor,
        "citations.html",
        listed=browsing.cited_documents(chosen, sort, window),
        choices=browsing.cited_choices(kind),
        chosen=chosen,
        sort=sort,
        kinds=list(CitedKind),
        holdings=list(Holding),
        orders=list(CitedOrder),
    )


@router.get("/citations/document")
def cited_document(
    request: Request,
    visitor: Reader,
    work: Work,
    window: Paging,
    number: Annotated[str, Query(max_length=200)] = "",
    title: Annotated[str, Query(max_length=2000)] = "",
    date: AskedDay = None,
) -> Response:
    """Show a cited document with the places that cite it."""
    browsing = work.archive.browsing
    key = CitedKey(number=number or None, title=None if number else title or None, date=date)
    alike = browsing.cited(key)
    shown = _shown(key, alike)
    if shown is None:
        raise NotThere
    return show(
        request,
        visitor,
        "citation.html",
        shown=shown,
        others=[each for each in alike if each.key != shown.key],
        listed=browsing.citation_places(shown.key, window),
    )


def _shown(key: CitedKey, alike: tuple[CitedDocument, ...]) -> CitedDocument | None:
    """Return the document of a key; the only one of its number where the address gives no date."""
    same = next((each for each in alike if each.key.date == key.date), None)
    return same or (alike[0] if len(alike) == 1 and key.date is None else None)
