"""Dates as official documents write them: `ngày 22 tháng 12 năm 2024`, `22/12/2024`, `30/9`, `mùng 3 tháng Giêng`.

An impossible date (31/9) is no date. A date without a year takes the year that the caller states.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

MONTHS_IN_WORDS = {
    "giêng": 1, "một": 1, "hai": 2, "ba": 3, "tư": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10,
    "mười một": 11, "mười hai": 12, "chạp": 12,
}  # fmt: skip
"""The months by their names (tháng Giêng, tháng Tư); the longest name is the one meant."""

MONTH_NAME = "|".join(sorted(MONTHS_IN_WORDS, key=len, reverse=True))

_LONG = re.compile(
    rf"(?:ngày\s+)?(?:(?:mùng|mồng)\s+)?(?P<d>\d{{1,2}})\s+tháng\s+(?P<m>\d{{1,2}}|(?!năm\s+\d{{4}})(?:{MONTH_NAME})\b)"
    r"(?:\s+năm\s+(?P<y>\d{4}))?(?!\d)",
    re.IGNORECASE,
)
_NUMERIC = re.compile(r"(?<![\d/.,-])(?P<d>\d{1,2})[/.-](?P<m>\d{1,2})[/.-](?P<y>\d{4})(?![\d/-])")
# Day and month alone are a fraction as well: a word of time must stand before them.
_SHORT = re.compile(
    r"\b(?:ngày|đến|từ|trước|sau|hết|kể từ|cuối ngày|sáng|chiều|và ngày|lễ|dịp)\s+"
    r"(?P<d>\d{1,2})[/](?P<m>\d{1,2})(?![\d/%]|,\d|\.\d)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class DateMention:
    """A date at [start, end) of a text."""

    start: int
    end: int
    date: dt.date
    has_year: bool


def find(text: str, year: int | None = None) -> list[DateMention]:
    """Return the dates of a text in order; `year` is the year of dates that state none (they are dropped without)."""
    found: dict[int, DateMention] = {}
    for pattern in (_LONG, _NUMERIC, _SHORT):
        for match in pattern.finditer(text):
            start = match.start("d") if pattern is not _LONG else match.start()
            if any(m.start <= start < m.end for m in found.values()):
                continue
            stated = match["y"] if "y" in pattern.groupindex else None
            date = _date(int(stated) if stated else year, month(match["m"]), int(match["d"]))
            if date:
                found[start] = DateMention(start, match.end(), date, bool(stated))
    return sorted(found.values(), key=lambda mention: mention.start)


def spans(text: str) -> list[tuple[int, int]]:
    """Return where dates stand, those without a year included."""
    return [(mention.start, mention.end) for mention in find(text, year=2000)]


def month(written: str) -> int:
    """Return the number of a month that is written in digits or by its name ("9", "chín", "Giêng").

    Raises:
        KeyError: `written` is neither.
    """
    return int(written) if written.isdecimal() else MONTHS_IN_WORDS[" ".join(written.lower().split())]


def _date(year: int | None, month: int, day: int) -> dt.date | None:
    if year is None or not 1900 <= year <= 2100:
        return None
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
