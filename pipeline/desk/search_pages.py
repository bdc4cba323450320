"""Search over the whole archive."""

from __future__ import annotations

from dataclasses import dataclass
from operator import itemgetter
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from pipeline.archive.hits import Hit
from pipeline.archive.narrowing import Field
from pipeline.desk.rendering import show
from pipeline.desk.text_marks import Stretch, snippet
from pipeline.desk.visits import Reader
from pipeline.desk.workplace import Work, Workplace
from pipeline.extract.catalogue import catalogue

router = APIRouter()

_FIRST = 20
_MOST = 200


@dataclass(frozen=True)
class ShownHit:
    """A hit, the id of its document, and the part of its text that shows why it was found."""

    hit: Hit
    document: int
    snippet: list[Stretch]


@dataclass(frozen=True)
class Sought:
    """What is looked for: words, with the fields that were typed among them, and the fields that were chosen beside."""

    q: str
    type: str
    issuer: str
    year: str
    indicator: str

    @property
    def query(self) -> str:
        """All of it as one query."""
        chosen = {
            Field.TYPE: self.type,
            Field.ISSUER: self.issuer,
            Field.SINCE: self.year,
            Field.UNTIL: self.year,
            Field.INDICATOR: self.indicator,
        }
        # A value ends at a quotation mark; only the words of a name are compared.
        given = {field: value.replace('"', " ") for field, value in chosen.items() if value}
        fields = (f'{field.value}:"{value}"' for field, value in given.items())
        return " ".join((self.q, *fields)).strip()


def _sought(
    q: Annotated[str, Query(max_length=500)] = "",
    type: Annotated[str, Query(max_length=200)] = "",
    issuer: Annotated[str, Query(max_length=300)] = "",
    year: Annotated[str, Query(pattern=r"^(\d{4})?$")] = "",
    indicator: Annotated[str, Query(max_length=200)] = "",
) -> Sought:
    return Sought(q, type, issuer, year, indicator)


def _stated(work: Workplace) -> list[tuple[str, str]]:
    """Return the indicators that the archive states, with their names in Vietnamese, by these."""
    entries = catalogue(work.settings.indicators).indicators
    counted = (each.indicator for each in work.archive.browsing.indicators())
    return sorted(((each, entries[each].name if each in entries else each) for each in counted), key=itemgetter(1))


@router.get("/search")
def search(
    request: Request,
    visitor: Reader,
    work: Work,
    sought: Annotated[Sought, Depends(_sought)],
    limit: Annotated[int, Query(ge=1, le=_MOST)] = _FIRST,
) -> Response:
    """Find passages, with marks or without."""
    result = work.archive.search(sought.query, limit)
    documents = work.archive.browsing.document_ids(hit.document for hit in result.hits)
    hits = [
        ShownHit(hit, documents[hit.document], snippet(hit.text, hit.doubts, hit.highlights)) for hit in result.hits
    ]
    return show(
        request,
        visitor,
        "search.html",
        q=sought.q,
        sought=sought,
        choices=work.archive.browsing.document_choices(),
        indicators=_stated(work),
        hits=hits,
        total=result.total,
        is_more=result.is_more,
        corrected=result.corrected,
        limit=limit,
        most=_MOST,
    )
