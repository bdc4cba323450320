"""Times that figures are stated for: a moment ("đến ngày 30/9/2025", "đến nay") or a period ("9 tháng đầu năm 2025").

Expressions without a year are read relative to the document's date. What cannot be dated is still a mention: it says
that the figure is a stock ("lũy kế", "đến nay") or a flow ("trong kỳ", "trong tháng").
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass

from pipeline.extract import dates

_QUARTERS = {
    "I": 1, "II": 2, "III": 3, "IV": 4, "1": 1, "2": 2, "3": 3, "4": 4, "một": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4,
}  # fmt: skip


@dataclass(frozen=True)
class TimeMention:
    """A time at [start, end) of a text: `as_of` for a moment, `first` and `last` for a period, none if undatable."""

    start: int
    end: int
    as_of: dt.date | None = None
    first: dt.date | None = None
    last: dt.date | None = None

    @property
    def period(self) -> str | None:
        """The period as an ISO 8601 interval."""
        return f"{self.first.isoformat()}/{self.last.isoformat()}" if self.first and self.last else None


def _month_end(year: int, month: int) -> dt.date:
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def _months(match: re.Match[str], year: int) -> tuple[dt.date, dt.date] | None:
    count, half = int(match["n"]), match["half"].lower()
    if not 1 <= count <= 12:
        return None
    if half == "đầu":
        return dt.date(year, 1, 1), _month_end(year, count)
    return dt.date(year, 13 - count, 1), dt.date(year, 12, 31)


def _first_months(match: re.Match[str], year: int) -> tuple[dt.date, dt.date] | None:
    """Read "9 tháng năm 2025", "9 tháng ước đạt": what reports on months of a year counts from its first."""
    return dt.date(year, 1, 1), _month_end(year, int(match["n"]))


def _quarter(match: re.Match[str], year: int) -> tuple[dt.date, dt.date] | None:
    quarter = _QUARTERS[match["q"]]
    return dt.date(year, 3 * quarter - 2, 1), _month_end(year, 3 * quarter)


def _month(match: re.Match[str], year: int) -> tuple[dt.date, dt.date] | None:
    month = dates.month(match["m"])
    return (dt.date(year, month, 1), _month_end(year, month)) if 1 <= month <= 12 else None


def _year(_: re.Match[str], year: int) -> tuple[dt.date, dt.date] | None:
    return dt.date(year, 1, 1), dt.date(year, 12, 31)


def _years(match: re.Match[str], year: int) -> tuple[dt.date, dt.date] | None:
    last = int(match["last"])
    return (dt.date(year, 1, 1), dt.date(last, 12, 31)) if last >= year else None


_OF_YEAR = r"(?:\s*(?:/|(?:của\s+)?năm\s+|-)\s*(?P<y>\d{4}))?"
_Build = Callable[[re.Match[str], int], tuple[dt.date, dt.date] | None]
_PERIODS: tuple[tuple[re.Pattern[str], _Build], ...] = (
    (re.compile(rf"\b(?P<n>\d{{1,2}})\s+tháng\s+(?P<half>đầu|cuối)(?:\s+năm)?{_OF_YEAR}", re.I), _months),
    (
        re.compile(
            rf"(?<!\bthời hạn )(?<!\btrong vòng )(?<!\bkéo dài )(?<!\bsau )(?<!\bhơn )\b(?P<n>0?[369]|1[01])\s+tháng"
            rf"(?=\s+(?:năm\s+\d{{4}}|ước|đạt|thực hiện)\b){_OF_YEAR}",
            re.I,
        ),
        _first_months,
    ),
    (
        re.compile(rf"\b[Qq]uý\s+(?P<q>IV|I{{1,3}}|[1-4](?![.,]\d{{1,3}}(?!\d))|một|hai|ba|bốn|tư)\b{_OF_YEAR}"),
        _quarter,
    ),
    (
        re.compile(
            r"\b(?:giai đoạn|nhiệm kỳ|từ năm|năm học|năm)\s+(?P<y>\d{4})\s*(?:[-–/]|đến(?: năm)?)\s*(?P<last>\d{4})",
            re.I,
        ),
        _years,
    ),
    (re.compile(rf"\btháng\s+(?P<m>\d{{1,2}})(?!\d|[.,]\d{{1,3}}(?!\d)|\s*/\s*\d{{1,2}}/){_OF_YEAR}", re.I), _month),
    # A month's name is one only before its year: "tháng ba lần" is none, nor is "tháng năm" alone.
    (re.compile(rf"\btháng\s+(?P<m>{dates.MONTH_NAME})\s+năm\s+(?P<y>\d{{4}})(?!\d)", re.I), _month),
    (re.compile(r"\bnăm\s+(?P<y>\d{4})(?!\d)", re.I), _year),
)
_YEAR = re.compile(r"\d{1,2}/\d{1,2}/((?:19|20)\d{2})")
_UNTIL = re.compile(r"\b(?:tính\s+)?(?:đến|tới)(?:\s+hết)?(?:\s+cuối)?\s*$", re.I)
_HOUR = re.compile(r"\s*\b\d{1,2}\s*(?:giờ|h|g)\s*(?:\d{1,2}(?:\s*phút)?)?\s*,?\s*$", re.I)
_FROM = re.compile(r"\b(?:kể\s+)?từ(?:\s+đầu)?\s*$", re.I)
_NOW = re.compile(
    r"\b(?:đến|tới)\s+(?:nay|thời điểm (?:hiện tại|này|báo cáo)|hiện tại|ngày báo cáo)|\bhiện (?:nay|tại)\b", re.I
)
_UNDATED = re.compile(r"\btrong (?:kỳ|tháng|tuần|quý|năm)(?: báo cáo| qua)?\b|\bkỳ này\b", re.I)


def find(text: str, today: dt.date | None = None, year: int | None = None) -> list[TimeMention]:
    """Return the times of a text in order.

    `today` is the document's date, `year` that of expressions that state none (the date's, if it is not given).
    """
    year = year or (today.year if today else None)
    mentions = _dated(text, year)
    # The month of a full date is no period.
    taken = [*((m.start, m.end) for m in mentions), *dates.spans(text)]
    for pattern, build in _PERIODS:
        for match in pattern.finditer(text):
            if any(start < match.end() and match.start() < end for start, end in taken):
                continue
            mention = _period(match, build, text, year)
            if mention:
                mentions.append(mention)
                taken.append((mention.start, mention.end))
    for pattern, moment in ((_NOW, today), (_UNDATED, None)):
        for match in pattern.finditer(text):
            if not any(start < match.end() and match.start() < end for start, end in taken):
                mentions.append(TimeMention(match.start(), match.end(), as_of=moment))
    return sorted(mentions, key=lambda mention: mention.start)


def _dated(text: str, year: int | None) -> list[TimeMention]:
    """Return moments and periods that are stated by dates: "từ ngày 01/7 đến ngày 30/9/2025"."""
    found: list[TimeMention] = []
    stated = _YEAR.search(text)
    known = dates.find(text, int(stated[1]) if stated else year)
    for index, mention in enumerate(known):
        before = _HOUR.sub("", re.sub(r"\s*\bngày\s*$", "", text[: mention.start], flags=re.I))
        if not (until := _UNTIL.search(before)):
            continue
        earlier = known[index - 1] if index else None
        if earlier and (since := _FROM.search(re.sub(r"\s*\bngày\s*$", "", text[: earlier.start], flags=re.I))):
            between = text[earlier.end : mention.start]
            if len(between) < 20:
                first = earlier.date if earlier.has_year else _same_year(earlier.date, mention.date)
                found.append(TimeMention(since.start(), mention.end, first=first, last=mention.date))
                continue
        found.append(TimeMention(until.start(), mention.end, as_of=mention.date))
    return found


def _same_year(date: dt.date, other: dt.date) -> dt.date:
    try:
        return date.replace(year=other.year)
    except ValueError:
        return date


def _period(match: re.Match[str], build: _Build, text: str, year: int | None) -> TimeMention | None:
    year = int(match["y"]) if match["y"] else year
    if year is None or not 1900 <= year <= 2100:
        return None
    bounds = build(match, year)
    if not bounds:
        return None
    until = _UNTIL.search(text[: match.start()])
    if until:
        return TimeMention(until.start(), match.end(), as_of=bounds[1])
    return TimeMention(match.start(), match.end(), first=bounds[0], last=bounds[1])
