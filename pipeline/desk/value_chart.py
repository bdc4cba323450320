"""Where the lines, marks and numbers of a chart of series stand; a template draws them, and escapes what they say.

The chart is drawn here and not by matplotlib: a page of the desk may hold neither inline styles nor a picture that a
screen reader cannot look into, and its marks lead to the figures.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from pipeline.reconcile import wording
from pipeline.reconcile.times import Time
from pipeline.reconcile.timeseries import Observation, Series

WIDTH, HEIGHT = 1120.0, 380.0
MOST_SERIES = 6
"""More lines than that cannot be told apart."""

_LEFT, _RIGHT, _TOP, _BOTTOM = 96.0, 1096.0, 40.0, 340.0
_INSET = 44.0  # from the frame to the first and the last mark
_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
_ROUNDING = 1e-9
_RULES = 5  # horizontal ones, about
_FROM_NOTHING = 0.5  # values that reach below this part of the greatest are drawn from zero on
_FLAT = Decimal(25)  # times as great as another series
_SCALES = ((Decimal(10**9), "tỷ", "billion"), (Decimal(10**6), "triệu", "million"))
_LEAST_SCALED = 10  # a scale is used where the greatest value has this many of it

_MOST_DAYS = 8  # that are all written under the chart
_LEAST_GAP = 92.0  # between two days written there
_MONTHS_APART = (1, 2, 3, 6, 12, 24, 60, 120, 240, 600)
_A_YEAR = 12

_LETTER_WIDTH, _NUMBER_HEIGHT = 7.2, 14.0
_MARK = 7.0  # from the middle of a mark to its edge
_ABOVE, _BELOW = -12.0, 23.0
_MOST_LETTERS = 14  # a longer number stands in the table alone


@dataclass(frozen=True)
class Tick:
    """What is written at an axis, and where along it."""

    at: float
    text: str


@dataclass(frozen=True)
class Mark:
    """One value: where it is drawn, and where its number stands beside it; None where there is no room."""

    x: float
    y: float
    observed: Observation
    number: str
    number_y: float | None


@dataclass(frozen=True)
class Line:
    """One series: the corners of its line, through the latest document's value of each time, and all its marks."""

    series: Series
    corners: tuple[tuple[float, float], ...]
    marks: tuple[Mark, ...]


@dataclass(frozen=True)
class Chart:
    """A chart in the units of its view box. `scale` and `scale_en` are what the numbers at its side count in."""

    lines: tuple[Line, ...]
    days: tuple[Tick, ...]
    numbers: tuple[Tick, ...]
    unit: str
    scale: str
    scale_en: str
    since: dt.date
    until: dt.date

    width = WIDTH
    height = HEIGHT
    left = _LEFT
    right = _RIGHT
    top = _TOP
    bottom = _BOTTOM

    @property
    def values(self) -> int:
        """How many values are drawn."""
        return sum(len(line.marks) for line in self.lines)

    @property
    def contradicted(self) -> int:
        """How many of them something contradicts."""
        return sum(mark.observed.in_conflict for line in self.lines for mark in line.marks)


def drawable(found: Sequence[Series]) -> list[Series]:
    """Return the series that go into one chart: with the unit of the first, those with the most times first."""
    ranked = sorted((item for item in found if _times(item)), key=lambda item: -len(_times(item)))
    return [item for item in ranked if item.unit == ranked[0].unit][:MOST_SERIES]


def alike(found: Sequence[Series]) -> list[Series]:
    """Return the series that can be seen beside the one with the most times: none that would press it flat."""
    ranked = drawable(found)
    return [item for item in found if not ranked or 1 / _FLAT <= _greatest(item) / _greatest(ranked[0]) <= _FLAT]


def chart(drawn: Sequence[Series]) -> Chart | None:
    """Lay out series of one unit; None where no value has a time."""
    dated = [[(time, observed) for observed in item.observations if (time := observed.time)] for item in drawn]
    days = sorted({time.last for line in dated for time, _ in line})
    if not days:
        return None
    values = [observed.value for line in dated for _, observed in line]
    scale, vi, en = _scale(max(map(abs, values)))
    # Half a person is on no axis.
    least = 1.0 if all(value == value.to_integral_value() for value in values) and scale == 1 else 0.0
    numbers = _numbers(float(min(values) / scale), float(max(values) / scale), least)
    place = _Places((days[0], days[-1]), (numbers[0], numbers[-1]), scale)
    numbered = _Numbers([(place.across(time.last), place.down(seen.value)) for line in dated for time, seen in line])
    return Chart(
        lines=tuple(_line(item, line, place, numbered) for item, line in zip(drawn, dated, strict=True) if line),
        days=tuple(_days(days, place)),
        numbers=tuple(Tick(place.height(number), _written(number)) for number in numbers),
        unit=drawn[0].unit,
        scale=vi,
        scale_en=en,
        since=days[0],
        until=days[-1],
    )


@dataclass(frozen=True)
class _Places:
    """From days and values to the units of the view box."""

    days: tuple[dt.date, dt.date]
    numbers: tuple[float, float]
    scale: Decimal

    def across(self, day: dt.date) -> float:
        first, last = self.days
        if first == last:
            return (_LEFT + _RIGHT) / 2
        share = (day - first).days / (last - first).days
        return round(_LEFT + _INSET + share * (_RIGHT - _LEFT - 2 * _INSET), 1)

    def down(self, value: Decimal) -> float:
        return self.height(float(value / self.scale))

    def height(self, number: float) -> float:
        low, high = self.numbers
        return round(_BOTTOM - (number - low) / (high - low) * (_BOTTOM - _TOP), 1)


class _Numbers:
    """The numbers beside the marks; none is written over another, or over a mark."""

    def __init__(self, marks: Sequence[tuple[float, float]]) -> None:
        self._taken = [(x - _MARK, y - _MARK, x + _MARK, y + _MARK) for x, y in marks]

    def room(self, x: float, y: float, text: str) -> float | None:
        """Return how high a number can stand at a mark, above it or else below; None where there is no room."""
        if len(text) > _MOST_LETTERS:
            return None
        half = len(text) * _LETTER_WIDTH / 2
        for baseline in (y + _ABOVE, y + _BELOW):
            box = (x - half, baseline - _NUMBER_HEIGHT, x + half, baseline)
            inside = box[1] >= _TOP - _NUMBER_HEIGHT and box[3] <= _BOTTOM
            if inside and not any(_meet(box, taken) for taken in self._taken):
                self._taken.append(box)
                return round(baseline, 1)
        return None


def _meet(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _greatest(item: Series) -> Decimal:
    return max(abs(observed.value) for observed in item.observations) or Decimal(1)


def _times(item: Series) -> set[Time]:
    return {observed.time for observed in item.observations if observed.time}


def _line(item: Series, dated: Sequence[tuple[Time, Observation]], place: _Places, numbered: _Numbers) -> Line:
    # Observations stand in order of time, of one time in the order in which their documents were issued.
    latest = {time.last: observed for time, observed in dated}
    marks = []
    for time, observed in dated:
        x, y = place.across(time.last), place.down(observed.value)
        number = wording.number((observed.value / place.scale).normalize())
        marks.append(Mark(x, y, observed, number, numbered.room(x, y, number)))
    corners = tuple((place.across(day), place.down(observed.value)) for day, observed in latest.items())
    return Line(item, corners, tuple(marks))


def _scale(greatest: Decimal) -> tuple[Decimal, str, str]:
    for scale, vi, en in _SCALES:
        if greatest >= _LEAST_SCALED * scale:
            return scale, vi, en
    return Decimal(1), "", ""


def _numbers(low: float, high: float, least: float) -> list[float]:
    """Return the round numbers at the side of a chart, evenly spaced, the first below and the last above all values."""
    if 0 <= low < high * _FROM_NOTHING:
        low = 0.0
    if low == high:
        low, high = (min(low, 0.0), max(high, 0.0)) if low else (0.0, 1.0)
    raw = max((high - low) / _RULES, least)
    power = 10.0 ** math.floor(math.log10(raw))
    step = next(step * power for step in _STEPS if step * power >= raw * (1 - _ROUNDING))
    first, last = math.floor(low / step + _ROUNDING), math.ceil(high / step - _ROUNDING)
    return [number * step for number in range(first, last + 1)]


def _written(number: float) -> str:
    return wording.number(Decimal(f"{number:.10g}"))


def _days(days: Sequence[dt.date], place: _Places) -> list[Tick]:
    """Return the days of the values where they are few and stand apart, else beginnings of months or years."""
    across = [place.across(day) for day in days]
    apart = all(after - before >= _LEAST_GAP for before, after in pairwise(across))
    if len(days) <= _MOST_DAYS and apart:
        return [Tick(x, f"{day:%d/%m/%Y}") for day, x in zip(days, across, strict=True)]
    first, last = (_A_YEAR * day.year + day.month - 1 for day in (days[0], days[-1]))
    step = next((step for step in _MONTHS_APART if (last - first) / step < _MOST_DAYS), _MONTHS_APART[-1])
    begun = range(-(-first // step) * step, last + 1, step)
    months = [day for month in begun if (day := dt.date(*_month(month), 1)) >= days[0]]
    if len(months) < 2:
        return [Tick(place.across(day), f"{day:%d/%m/%Y}") for day in (days[0], days[-1])]
    return [Tick(place.across(day), f"{day:%Y}" if step >= _A_YEAR else f"{day:%m/%Y}") for day in months]


def _month(since_nothing: int) -> tuple[int, int]:
    return since_nothing // _A_YEAR, since_nothing % _A_YEAR + 1
