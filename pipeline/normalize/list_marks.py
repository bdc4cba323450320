"""How lines of the genre are known that are no footnotes: list items, numbered headings, headers and rows of tables.

The dash of a list item is short, and poor print makes other signs of it: "~", "=", ":-", "-_". No line
begins so otherwise.
"""

from __future__ import annotations

import re

LIST_MARK = re.compile(r"\s*(?:[-–+•*]\s|\d{1,2}(?:\.\d+)*[.)]\s|[a-zđ]\)\s|[IVX]+\.\s)")
"""A list item or a numbered heading: "- ", "+ ", "1. ", "2.1. ", "a) ", "II. "."""

TABLE_HEADER = re.compile(
    r"(?:^|[\s|])(?:STT|TT|Số TT)(?:[\s|]|$)|^\s*(?:Tổng cộng|Tổng số|Cộng)\b.*\d\s*$", re.IGNORECASE
)
"""The header of a table with numbered rows, or its total row."""

TABLE_ROW = re.compile(r"\d\S*\s+\d\S*\s+\d|\d\S*\s+\d[\d.,]*\s*$")
"""A row of a table read as one line: numerals side by side, three anywhere or two at the end."""

_MISREAD_DASH = re.compile(r"^(\s*)(?:[-–]?_?~\s?[-–~]?|[:._]\s?[-–]|[-–]\s?_|-?=)\s*(?=[^\W\d_])")


def with_dash(line: str) -> str:
    """Return a line as a list item where its dash was read as another sign; others as they are."""
    return _MISREAD_DASH.sub(r"\1- ", line)
