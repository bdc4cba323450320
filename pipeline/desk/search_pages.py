"""Search over the whole archive."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from pipeline.archive.hits import Hit
from pipeline.desk.rendering import show
from pipeline.desk.text_marks import Stretch, snippet
from pipeline.desk.visits import Reader
from pipeline.desk.workplace import Work

router = APIRouter()

_FIRST = 20
_MOST = 200


@dataclass(frozen=True)
class ShownHit:
    """A hit, the id of its document, and the part of its text that shows why it was found."""

    hit: Hit
    document: int
    snippet: list[Stretch]


@router.get("/search")
def search(
    request: Request,
    visitor: Reader,
    work: Work,
    q: Annotated[str, Query(max_length=500)] = "",
    limit: Annotated[int, Query(ge=1, le=_MOST)] = _FIRST,
) -> Response:
    """Find passages, with marks or without."""
    result = work.archive.search(q, limit)
    documents = work.archive.browsing.document_ids(hit.document for hit in result.hits)
    hits = [
        ShownHit(hit, documents[hit.document], snippet(hit.text, hit.doubts, hit.highlights)) for hit in result.hits
    ]
    return show(
        request,
        visitor,
        "search.html",
        q=q,
        hits=hits,
        total=result.total,
        is_more=result.is_more,
        corrected=result.corrected,
        limit=limit,
        most=_MOST,
    )
