"""Each indicator's values over time and documents: the series that the figures of many reports make together."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from pipeline.extract.catalogue import Catalogue, Indicator, IndicatorKind
from pipeline.language.unicode import fold
from pipeline.models import (
    Components,
    Extraction,
    Figure,
    Finding,
    Interval,
    Kind,
    Record,
    ReviewStatus,
    Status,
    Verdict,
)
from pipeline.reconcile import intervals, units
from pipeline.reconcile.editions import editions
from pipeline.reconcile.mergers import REFORM, units_called
from pipeline.reconcile.times import Frequency, Time, time_of

# Things are counted under many names ("hộ", "hộ dân"), which the catalogue knows; what is measured has one unit.
_MEASURES = {
    "km": "km", "m": "m", "met": "m", "ha": "ha", "hecta": "ha", "m2": "m2", "km2": "km2", "m3": "m3", "tan": "tấn",
    "ta": "tạ", "kg": "kg", "lit": "lít", "kwh": "kWh", "mw": "MW", "usd": "USD", "dong": "đồng",
}  # fmt: skip
_STATUSES, _FREQUENCIES = tuple(Status), tuple(Frequency)
PART = "part"
"""The dimension of a part of which nothing but the words of its document says what it is a part of."""


class SeriesKey(Record):
    """What all values of a series have in common.

    `area` is the place that the document speaks for ("vinh long (cu)" before the mergers of 2025), `dimensions` are
    those of the figures, all folded. `frequency` and `months` say how long the times are: nine months are not set
    beside a quarter. `cumulative` tells totals up to a day (lũy kế) of what happens in periods from the counts of the
    periods. `measure` is a unit of measurement or currency, nothing where things are counted.
    """

    indicator: str
    area: str
    dimensions: tuple[tuple[str, str], ...]
    status: Status
    cumulative: bool
    frequency: Frequency
    months: int | None
    measure: str


class Observation(Record):
    """One value of a series, as one place of one document states it.

    `value` and `interval` are in units of one (2.044 triệu đồng is 2044000000). `dated` is false where the figure
    states no time and has that of its document. `differs` says that another place states a value of the same time that
    cannot be true as well; `findings` are the conflicts in which it takes part, by their ids, those that a person
    dismissed left out.
    """

    time: Time | None
    value: Decimal
    interval: Interval
    figure: Figure
    issued: dt.date | None
    dated: bool
    differs: bool = False
    findings: tuple[str, ...] = ()

    @property
    def in_conflict(self) -> bool:
        """Whether something contradicts it."""
        return self.differs or bool(self.findings)


class Series(Record):
    """An indicator's values in order of time, those without a time last; `area` and `dimensions` as printed."""

    key: SeriesKey
    indicator: Indicator
    area: str
    dimensions: tuple[tuple[str, str], ...]
    observations: tuple[Observation, ...]

    @property
    def unit(self) -> str:
        """The unit of the values, without "nghìn", "triệu", "tỷ"."""
        return self.key.measure or self.indicator.units[0]


def timeseries(extractions: Iterable[Extraction], findings: Iterable[Finding], catalogue: Catalogue) -> list[Series]:
    """Return the series of all figures that state an indicator of the catalogue, in order of indicator and area.

    Ranges ("10-15") are left out: they are aims, and no values. So are copies: they are no second source.
    """
    conflicts = _conflicts(findings)
    present = list(extractions)
    left_out = editions(present).left_out
    found: dict[SeriesKey, list[tuple[Observation, Components]]] = defaultdict(list)
    for extraction in present:
        if extraction.document in left_out:
            continue
        of_figure = {figure.id: figure for figure in extraction.figures}
        for figure in extraction.figures:
            indicator = catalogue.indicators.get(figure.indicator or "")
            if indicator is None or figure.kind is Kind.RANGE:
                continue
            observed = _observation(figure, indicator, extraction.components, conflicts)
            key = _key(figure, _dimensions(figure, of_figure), indicator, observed, extraction.components)
            found[key].append((observed, extraction.components))
    return [_series(key, found[key], catalogue) for key in sorted(found, key=_rank)]


def _rank(key: SeriesKey) -> tuple[str | bool | int | tuple[tuple[str, str], ...], ...]:
    """Return the order of series: a whole before its parts, results before targets."""
    return (
        key.indicator, key.area, key.dimensions, _STATUSES.index(key.status), key.cumulative,
        _FREQUENCIES.index(key.frequency), key.months or 0, key.measure,
    )  # fmt: skip


def _conflicts(findings: Iterable[Finding]) -> Mapping[str, tuple[str, ...]]:
    named: dict[str, list[str]] = defaultdict(list)
    for finding in findings:
        if finding.verdict is Verdict.CONFLICT and finding.review.status is not ReviewStatus.DISMISSED:
            for figure in finding.figures:
                named[figure].append(finding.id)
    return {figure: tuple(ids) for figure, ids in named.items()}


def _observation(
    figure: Figure, indicator: Indicator, parts: Components, conflicts: Mapping[str, tuple[str, ...]]
) -> Observation:
    stated = time_of(figure)
    # What happened in no stated period did not happen on the day of the document.
    holds_on_the_day = indicator.kind is not IndicatorKind.FLOW and parts.date is not None
    of_document = Time(first=parts.date, last=parts.date) if holds_on_the_day and parts.date else None
    scale = units.scale(figure.unit)
    return Observation(
        time=stated or of_document,
        value=figure.value * scale,
        interval=intervals.scaled(intervals.stated(figure), scale),
        figure=figure,
        issued=parts.date,
        dated=stated is not None,
        findings=conflicts.get(figure.id, ()),
    )


def _dimensions(figure: Figure, of_figure: Mapping[str, Figure]) -> tuple[tuple[str, str], ...]:
    """Return by what a figure is told apart, as printed; a part without dimensions by its own words."""
    whole = of_figure.get(figure.whole or "")
    told = dict(figure.dimensions)
    if whole and whole.indicator == figure.indicator and whole.dimensions == figure.dimensions:
        told[PART] = figure.subject
    return tuple(sorted(told.items()))


def _key(
    figure: Figure,
    dimensions: tuple[tuple[str, str], ...],
    indicator: Indicator,
    observed: Observation,
    parts: Components,
) -> SeriesKey:
    frequency = observed.time.frequency if observed.time else Frequency.OTHER
    return SeriesKey(
        indicator=indicator.id,
        area=fold(_area(parts)),
        dimensions=tuple((name, fold(value)) for name, value in dimensions),
        status=figure.status,
        cumulative=figure.cumulative is True and indicator.kind is IndicatorKind.FLOW,
        frequency=frequency,
        months=observed.time.months if observed.time and frequency is Frequency.OTHER else None,
        measure=_MEASURES.get(units.bare(figure.unit), ""),
    )


def _area(parts: Components) -> str:
    """Return the place that a document speaks for: "Vĩnh Long (cũ)" before it was merged with others."""
    place = parts.place or ""
    former = parts.date is not None and parts.date < REFORM and units_called(place)
    return f"{place} (cũ)" if former else place


def _series(key: SeriesKey, found: Sequence[tuple[Observation, Components]], catalogue: Catalogue) -> Series:
    first, parts = found[0]
    by_time: dict[Time | None, list[Observation]] = defaultdict(list)
    for observed, _ in found:
        by_time[observed.time].append(observed)
    observations = [item for time, items in by_time.items() for item in _compared(time, items)]
    printed = dict(first.figure.dimensions)
    return Series(
        key=key,
        indicator=catalogue.indicators[key.indicator],
        area=_area(parts),
        dimensions=tuple((name, printed.get(name, first.figure.subject)) for name, _ in key.dimensions),
        observations=tuple(sorted(observations, key=_order)),
    )


def _compared(time: Time | None, stated: Sequence[Observation]) -> list[Observation]:
    """Mark values of one time that cannot all be true; of what has no time nothing is the same time."""
    if time is None or intervals.intersection(item.interval for item in stated) is not None:
        return list(stated)
    return [
        item.model_copy(update={"differs": any(not intervals.agree(item.interval, other.interval) for other in stated)})
        for item in stated
    ]


def _order(observed: Observation) -> tuple[dt.date, dt.date, dt.date, str, int, str]:
    time = observed.time or Time(first=dt.date.max, last=dt.date.max)
    evidence = observed.figure.evidence
    return time.last, time.first, observed.issued or dt.date.min, evidence.document, evidence.line, observed.figure.id
