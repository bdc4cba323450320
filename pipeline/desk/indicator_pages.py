"""The indicators of the catalogue: how often each is stated, and its values by date and source."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import Response

from pipeline.archive.browsing import Browsing
from pipeline.archive.finding_list import FindingFilter
from pipeline.archive.indicator_list import IndicatorValue
from pipeline.archive.windows import Window
from pipeline.desk.downloads import download
from pipeline.desk.paging import Page as Paging
from pipeline.desk.refusals import NotThere
from pipeline.desk.rendering import show
from pipeline.desk.visits import Reader
from pipeline.desk.workplace import Work
from pipeline.export.records import FigureRecord
from pipeline.export.sheets import Sheet
from pipeline.export.xlsx import xlsx
from pipeline.extract.catalogue import catalogue
from pipeline.models import Finding, Verdict

router = APIRouter()

_ALL = Window(size=1_000_000)


@router.get("/indicators")
def indicators(request: Request, visitor: Reader, work: Work) -> Response:
    """List the indicators that the archive states."""
    names = catalogue(work.settings.indicators).indicators
    return show(request, visitor, "indicators.html", counts=work.archive.browsing.indicators(), names=names)


@router.get("/indicators/{indicator}")
def indicator(request: Request, visitor: Reader, work: Work, window: Paging, indicator: str) -> Response:
    """Show what is stated of an indicator, by date and source."""
    browsing = work.archive.browsing
    listed = browsing.indicator_values(indicator, window)
    if not listed.total:
        raise NotThere
    return show(
        request,
        visitor,
        "indicator.html",
        indicator=indicator,
        entry=catalogue(work.settings.indicators).indicators.get(indicator),
        listed=listed,
        conflicts=_conflicts(browsing, listed.items),
    )


@router.get("/indicators/{indicator}/values.xlsx")
def workbook(visitor: Reader, work: Work, indicator: str) -> Response:
    """Download the values of an indicator as a workbook."""
    values = work.archive.browsing.indicator_values(indicator, _ALL).items
    if not values:
        raise NotThere
    records = [FigureRecord.of(value.figure) for value in values]
    return download(xlsx([Sheet("figures", "Số liệu", FigureRecord, records)]), f"{indicator}.xlsx")


def _conflicts(browsing: Browsing, values: tuple[IndicatorValue, ...]) -> dict[str, Finding]:
    """Return a conflict for each figure that takes part in one, by the figures' ids."""
    found: dict[str, Finding] = {}
    for name in {value.figure.evidence.document for value in values}:
        chosen = FindingFilter(document=name, verdict=Verdict.CONFLICT)
        for finding in browsing.findings(chosen, _ALL).items:
            found.update({figure: finding for figure in finding.figures if figure not in found})
    return found
