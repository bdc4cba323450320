"""The indicators of the catalogue: how often each is stated, and its values by date and source, drawn and listed."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import RedirectResponse, Response

from pipeline.archive.indicator_list import IndicatorFilter, IndicatorValue, StatedIndicator
from pipeline.archive.windows import Listed, Window
from pipeline.desk.asked_days import AskedDay
from pipeline.desk.downloads import download
from pipeline.desk.paging import Page as Paging
from pipeline.desk.refusals import NotThere
from pipeline.desk.rendering import show
from pipeline.desk.value_chart import MOST_SERIES, alike, chart, drawable
from pipeline.desk.visits import Reader
from pipeline.desk.workplace import Work, Workplace
from pipeline.export import sheets
from pipeline.export.csv import csv
from pipeline.export.records import FigureRecord
from pipeline.export.sdmx import sdmx_csv
from pipeline.export.sheets import Sheet
from pipeline.export.xlsx import xlsx
from pipeline.extract.catalogue import catalogue
from pipeline.reconcile.timeseries import Observation, Series

router = APIRouter()

_ALL = Window(size=1_000_000)
_MOST_SHOWN = 200  # figures: what a page can draw and list at once; a download has them all
_LETTERS = "ABCDEF"
_OPEN_SERIES = 8  # listed at once, the others on demand


@dataclass(frozen=True)
class Asked:
    """What an address asks of an indicator: which figures, and which of their series; no series means all."""

    chosen: IndicatorFilter
    series: tuple[str, ...]


@dataclass(frozen=True)
class ShownSeries:
    """A series with the id by which a form names it, and the letter that it has in the chart; None where not drawn."""

    id: str
    series: Series
    letter: str | None


@dataclass(frozen=True)
class ShownValue:
    """A figure with its place in a series; None where it is in none."""

    value: IndicatorValue
    of: ShownSeries | None
    observed: Observation | None


def _asked(
    indicator: str,
    issuer: Annotated[str, Query(max_length=300)] = "",
    since: Annotated[AskedDay, Query(alias="from")] = None,
    until: Annotated[AskedDay, Query(alias="to")] = None,
    series: Annotated[list[str], Query(max_length=200)] = [],  # noqa: B006 - FastAPI makes a new list each time
) -> Asked:
    chosen = IndicatorFilter(indicator=indicator, issuer=issuer or None, since=since, until=until)
    return Asked(chosen, tuple(series))


Chosen = Annotated[Asked, Depends(_asked)]


@router.get("/indicators")
def indicators(request: Request, visitor: Reader, work: Work) -> Response:
    """List the indicators that the archive states."""
    names = catalogue(work.settings.indicators).indicators
    return show(request, visitor, "indicators.html", counts=work.archive.browsing.indicators(), names=names)


@router.get("/indicators/{indicator}")
def indicator(request: Request, visitor: Reader, work: Work, asked: Chosen, window: Paging, indicator: str) -> Response:
    """Show what is stated of an indicator, by date and source."""
    kept = work.archive.merged_indicators().get(indicator)
    if kept is not None:
        return RedirectResponse(f"/indicators/{kept}")
    issuers = work.archive.browsing.indicator_issuers(indicator)
    stated = _stated(work, asked.chosen, Window(size=_MOST_SHOWN))
    if not stated.values.total and asked.chosen == IndicatorFilter(indicator=indicator):
        raise NotThere
    drawn = drawable(_wanted(stated.series, asked) if asked.series else alike(stated.series))
    listed = _listed(stated.series, drawn)
    rows = _rows(stated.values.items, listed, asked)
    return show(
        request,
        visitor,
        "indicator.html",
        indicator=indicator,
        entry=catalogue(work.settings.indicators).indicators.get(indicator),
        asked=asked,
        issuers=issuers,
        chart=chart(drawn),
        series=listed,
        open_series=_OPEN_SERIES,
        most_series=MOST_SERIES,
        letters={item.key: letter for item, letter in zip(drawn, _LETTERS, strict=False)},
        places={value.figure.id: value.document for value in stated.values.items},
        total=stated.values.total,
        shown=len(stated.values.items),
        listed=Listed(rows[window.offset : window.offset + window.size], len(rows), window),
    )


@router.get("/indicators/{indicator}/series.csv")
def values_csv(visitor: Reader, work: Work, asked: Chosen) -> Response:
    """Download the values of an indicator as CSV."""
    return download(csv(sheets.series(_series(work, asked))), f"{asked.chosen.indicator}.csv")


@router.get("/indicators/{indicator}/series.xlsx")
def values_xlsx(visitor: Reader, work: Work, asked: Chosen) -> Response:
    """Download the values of an indicator as a workbook, with the records of their figures."""
    found = _series(work, asked)
    records = [FigureRecord.of(observed.figure) for item in found for observed in item.observations]
    figures = Sheet("figures", "Số liệu", FigureRecord, records)
    return download(xlsx([sheets.series(found), figures]), f"{asked.chosen.indicator}.xlsx")


@router.get("/indicators/{indicator}/series.sdmx.csv")
def values_sdmx(visitor: Reader, work: Work, asked: Chosen) -> Response:
    """Download the values of an indicator as SDMX-CSV, for statistical systems."""
    return download(sdmx_csv(_series(work, asked)), f"{asked.chosen.indicator}.sdmx.csv")


def _stated(work: Workplace, chosen: IndicatorFilter, window: Window) -> StatedIndicator:
    entries = catalogue(work.settings.indicators)
    return work.archive.browsing.indicator(chosen, window, entries)


def _series(work: Workplace, asked: Asked) -> Sequence[Series]:
    stated = _stated(work, asked.chosen, _ALL)
    if not stated.values.total:
        raise NotThere
    return _wanted(stated.series, asked)


def _wanted(found: Sequence[Series], asked: Asked) -> Sequence[Series]:
    return [item for item in found if not asked.series or _identity(item) in asked.series]


def _identity(series: Series) -> str:
    return hashlib.sha256(series.key.model_dump_json().encode()).hexdigest()[:12]


def _listed(found: Sequence[Series], drawn: Sequence[Series]) -> list[ShownSeries]:
    """List the series, those that are drawn first, then those with the most values."""
    letters = {item.key: letter for item, letter in zip(drawn, _LETTERS, strict=False)}
    ranked = sorted(found, key=lambda item: (letters.get(item.key, "~"), -len(item.observations)))
    return [ShownSeries(_identity(item), item, letters.get(item.key)) for item in ranked]


def _rows(values: Sequence[IndicatorValue], listed: Sequence[ShownSeries], asked: Asked) -> tuple[ShownValue, ...]:
    places = {observed.figure.id: (item, observed) for item in listed for observed in item.series.observations}
    rows = [ShownValue(value, *places.get(value.figure.id, (None, None))) for value in values]
    return tuple(row for row in rows if not asked.series or (row.of and row.of.id in asked.series))
