"""The findings: their list with counts, and one of them with both sides of its evidence next to each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from pipeline.archive.browsing import Browsing, PageItem
from pipeline.archive.finding_list import FindingFilter
from pipeline.desk.downloads import download
from pipeline.desk.figure_boxes import figure_boxes
from pipeline.desk.paging import Page as Paging
from pipeline.desk.refusals import NotThere
from pipeline.desk.rendering import show
from pipeline.desk.visits import Reader
from pipeline.desk.workplace import Work
from pipeline.export import sheets
from pipeline.export.xlsx import xlsx
from pipeline.models import Box, Evidence, Figure, Finding, Severity, Verdict

router = APIRouter()

_VERDICTS = (Verdict.CONFLICT, Verdict.UNKNOWN, Verdict.CONSISTENT)
_MARGIN_ACROSS, _MARGIN_DOWN = 18, 46  # points: three lines above and below


@dataclass(frozen=True)
class ShownEvidence:
    """One side of a finding: where it stands, its figure if it has one, and the part of the page that shows it.

    `crop` is left, top, width and height in points; None where the page has no picture.
    """

    evidence: Evidence
    figure: Figure | None
    document: int | None
    page: PageItem | None
    box: Box | None
    crop: tuple[float, float, float, float] | None


@router.get("/findings")
def findings(
    request: Request,
    visitor: Reader,
    work: Work,
    window: Paging,
    verdict: str = Verdict.CONFLICT.value,
    severity: str = "",
    code: Annotated[str, Query(max_length=60)] = "",
    document: Annotated[int | None, Query(ge=1, le=2**31)] = None,
) -> Response:
    """List the findings; `verdict=` (empty) lists those of all verdicts."""
    browsing = work.archive.browsing
    opened = browsing.document(document) if document else None
    if document and opened is None:
        raise NotThere
    chosen = FindingFilter(
        verdict=Verdict(verdict) if verdict in set(Verdict) else None,
        severity=Severity(severity) if severity in set(Severity) else None,
        code=code or None,
        document=opened.item.name if opened else None,
    )
    listed = browsing.findings(chosen, window)
    return show(
        request,
        visitor,
        "findings.html",
        listed=listed,
        chosen=chosen,
        document=opened,
        places=browsing.document_ids(evidence.document for each in listed.items for evidence in each.evidence),
        counts=browsing.finding_counts(chosen),
        verdicts=_VERDICTS,
        severities=list(Severity),
    )


@router.get("/findings.xlsx")
def workbook(visitor: Reader, work: Work) -> Response:
    """Download all findings as a workbook."""
    return download(xlsx([sheets.findings(work.archive.findings())]), "doi-soat.xlsx")


@router.get("/findings/{finding}")
def finding(request: Request, visitor: Reader, work: Work, finding: str) -> Response:
    """Show a finding with its evidence."""
    browsing = work.archive.browsing
    shown = browsing.finding(finding)
    if shown is None:
        raise NotThere
    return show(request, visitor, "finding.html", finding=shown, sides=_sides(browsing, shown))


def _sides(browsing: Browsing, finding: Finding) -> list[ShownEvidence]:
    documents = browsing.document_ids(evidence.document for evidence in finding.evidence)
    figures = browsing.figures(documents.values(), finding.figures)
    sides = []
    for place, evidence in enumerate(finding.evidence):
        # Evidence stands in the order of the figures; where there is more of it, no figure leads back to the text.
        figure = figures.get(finding.figures[place]) if place < len(finding.figures) else None
        sides.append(_side(browsing, evidence, figure, documents.get(evidence.document)))
    return sides


def _side(browsing: Browsing, evidence: Evidence, figure: Figure | None, document: int | None) -> ShownEvidence:
    page = browsing.page(document, evidence.page) if document else None
    item = browsing.page_items(document, [evidence.page]).get(evidence.page) if document else None
    box = figure_boxes(page, [figure]).get(figure.id) if page and figure else None
    box = box or evidence.box
    crop = _crop(item, evidence.box or box) if item and item.width else None
    return ShownEvidence(evidence, figure, document, item, box, crop)


def _crop(page: PageItem, box: Box | None) -> tuple[float, float, float, float] | None:
    """Cut the line out of its page over the page's whole width, with the lines around it."""
    if box is None:
        return None
    top = max(0.0, box.y0 - _MARGIN_DOWN)
    bottom = min(page.height, box.y1 + _MARGIN_DOWN)
    return (_MARGIN_ACROSS, top, page.width - 2 * _MARGIN_ACROSS, bottom - top)
