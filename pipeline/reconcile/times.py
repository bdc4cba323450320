"""When a figure holds: on a day, or over a period, as SDMX tells times and frequencies."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum

from pipeline.models import Figure, Record

_ONE_DAY = dt.timedelta(days=1)


class Frequency(StrEnum):
    """How long a value's time is: the codes of SDMX's CL_FREQ."""

    YEAR = "A"
    HALF_YEAR = "S"
    QUARTER = "Q"
    MONTH = "M"
    DAY = "D"  # the value is that of a moment
    OTHER = "_O"


class Time(Record):
    """The days on which, or over which, a value holds; both ends belong to it, and are the same for a moment."""

    first: dt.date
    last: dt.date

    @property
    def months(self) -> int | None:
        """How many whole months it has; None where it is a day, or begins or ends within a month."""
        whole = self.first.day == 1 and (self.last + _ONE_DAY).day == 1
        return 12 * (self.last.year - self.first.year) + self.last.month - self.first.month + 1 if whole else None

    @property
    def frequency(self) -> Frequency:
        """What period of the calendar it is."""
        if self.first == self.last:
            return Frequency.DAY
        months = self.months
        if months is None or (self.first.month - 1) % months:
            return Frequency.OTHER
        return {1: Frequency.MONTH, 3: Frequency.QUARTER, 6: Frequency.HALF_YEAR, 12: Frequency.YEAR}.get(
            months, Frequency.OTHER
        )

    @property
    def sdmx(self) -> str:
        """Write it as an SDMX TIME_PERIOD: 2025, 2025-S1, 2025-Q3, 2025-03, 2025-09-30, 2025-01-01/P9M."""
        year, month = self.first.year, self.first.month
        if self.frequency is Frequency.OTHER:
            length = f"P{self.months}M" if self.months else f"P{(self.last - self.first).days + 1}D"
            return f"{self.first.isoformat()}/{length}"
        return {
            Frequency.YEAR: f"{year}",
            Frequency.HALF_YEAR: f"{year}-S{(month + 5) // 6}",
            Frequency.QUARTER: f"{year}-Q{(month + 2) // 3}",
            Frequency.MONTH: f"{year}-{month:02d}",
        }.get(self.frequency, self.first.isoformat())

    @property
    def vietnamese(self) -> str:
        """Write it as reports do: năm 2025, quý III/2025, tháng 3/2025, 9 tháng năm 2025, 30/9/2025."""
        year, month = self.first.year, self.first.month
        told = {
            Frequency.YEAR: f"năm {year}",
            Frequency.HALF_YEAR: f"6 tháng {'đầu' if month == 1 else 'cuối'} năm {year}",
            Frequency.QUARTER: f"quý {('I', 'II', 'III', 'IV')[(month - 1) // 3]}/{year}",
            Frequency.MONTH: f"tháng {month}/{year}",
            Frequency.DAY: _day(self.first),
        }.get(self.frequency)
        if told:
            return told
        since_new_year = self.months and month == 1 and year == self.last.year
        return f"{self.months} tháng năm {year}" if since_new_year else f"{_day(self.first)}–{_day(self.last)}"


def time_of(figure: Figure) -> Time | None:
    """Return the time that a figure states: its period, or else its day; None where it states none."""
    if figure.period:
        first, _, last = figure.period.partition("/")
        return Time(first=dt.date.fromisoformat(first), last=dt.date.fromisoformat(last))
    return Time(first=figure.as_of, last=figure.as_of) if figure.as_of else None


def _day(day: dt.date) -> str:
    return f"{day.day}/{day.month}/{day.year}"
