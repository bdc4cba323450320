"""Rows of a table that reached us as running text: its numbers stand one behind another without words between.

A picture's table whose rulings were not understood is read line by line: "Tỷ suất sinh % 14,6 13,8 94,6". Which column
a number belongs to is lost, so that nothing can be said of what it counts or what it is part of.
"""

from __future__ import annotations

import re
from itertools import pairwise

from pipeline.extract import names, numerals

# What stands between two columns: blanks, and what a reader makes of rulings and dirt.
_COLUMN_GAP = re.compile(r"%?[\s|\]\[_~„“”\"'‘’`°!¡]+")
# In "1 250 000" blanks part thousands, not columns.
_GROUP_BEHIND_BLANK = re.compile(r"(?<![\d.,])\d{1,3}\s\d{3}(?![\d.,])")
_LEAST_GAPS = 2
_LEAST_SHARE = 5  # one gap at least for so many numbers

_UNIT = re.compile(r"\(?\s*(?:Đơn vị(?:\s+tính)?|ĐVT)\s*:\s*(?P<unit>[^)\d:]{1,30}?)\s*\)?[.;]?", re.IGNORECASE)


def is_row(text: str) -> bool:
    """Say whether a sentence is made of table rows: numbers that follow each other with no word or comma between.

    Prose never puts two figures side by side. One such pair may be a number that the reader broke in two, so two are
    needed, and not fewer than one for every five numbers: a paragraph with one broken row in it is still a paragraph.
    """
    found, gaps_found = _columns(text)
    return gaps_found >= _LEAST_GAPS and gaps_found * _LEAST_SHARE >= found


def gaps(text: str) -> int:
    """Return how often two numbers of a text follow each other with no word or comma between."""
    return _columns(text)[1]


def _columns(text: str) -> tuple[int, int]:
    """Return how many numbers a text has, and between how many of them nothing but the gap of two columns stands."""
    hidden = names.spans(text)  # "năm 2026 11.200 hộ": a year is no column
    found = [n for n in numerals.find(text) if not any(start < n.end and n.start < end for start, end in hidden)]
    between = sum(
        bool(_COLUMN_GAP.fullmatch(text, left.end, right.start))
        and not _GROUP_BEHIND_BLANK.fullmatch(text, left.start, right.end)
        for left, right in pairwise(found)
    )
    return len(found), between


def unit_above(text: str) -> str:
    """Return the unit that a line states for the table below it ("Đơn vị: triệu đồng"); empty where it states none."""
    stated = _UNIT.fullmatch(text.strip())
    return " ".join(stated["unit"].split()).lower() if stated else ""
