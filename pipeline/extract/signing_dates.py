"""Where and when an official document was signed (địa danh và thời gian ban hành): "Hà Nội, ngày 05 tháng 9 năm 2024".

Day and month are often left for the pen. What a reader makes of handwriting is no date; the place, which is printed,
still stands before it.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from pipeline.extract.doubtful import are_digits_disputed
from pipeline.language.letters import LOWER, UPPER
from pipeline.models import Line

_NAME = rf"[{UPPER}][{LOWER}]+(?:(?:\s+|\s?-\s?)[{UPPER}][{LOWER}]*){{0,4}}"
_BLANK = r"[\s.…_]*"
_STATED = re.compile(
    rf"(?<![\w/-])(?P<place>(?:T[Pp]\.\s*)?{_NAME})(?:,\s*|\s+)ngày{_BLANK}(?P<day>(?:(?!tháng).){{0,6}}?){_BLANK}tháng"
    rf"{_BLANK}(?P<month>(?:(?!năm).){{0,4}}?){_BLANK}năm\s*(?P<year>\d{{4}})[\s.]*$"
)


@dataclass(frozen=True)
class PlaceAndDate:
    """The place, and the date where day and month are there and can be read for certain."""

    place: str
    date: dt.date | None


def find(line: Line) -> PlaceAndDate | None:
    """Return the place and date that end a line; None where none do.

    A day or month that was read in two ways makes no date: it is written by hand more often than not.
    """
    stated = _STATED.search(line.text)
    if stated is None:
        return None
    doubtful = any(are_digits_disputed(line, stated.span(name)) for name in ("day", "month"))
    return PlaceAndDate(stated["place"], None if doubtful else _date(stated))


def is_in(text: str) -> bool:
    """Say whether place and date end a text."""
    return _STATED.search(text) is not None


def removed(text: str) -> str:
    """Return a text without the place and date at its end."""
    return _STATED.sub(" ", text)


def _date(stated: re.Match[str]) -> dt.date | None:
    try:
        return dt.date(int(stated["year"]), int(stated["month"]), int(stated["day"]))
    except ValueError:  # left blank, or not read as a number
        return None
