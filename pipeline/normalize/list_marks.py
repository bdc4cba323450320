"""Beginnings of lines by which the genre's own lines are known: list items, numbered headings, headers of tables."""

from __future__ import annotations

import re

LIST_MARK = re.compile(r"\s*(?:[-–+•*]\s|\d{1,2}(?:\.\d+)*[.)]\s|[a-zđ]\)\s|[IVX]+\.\s)")
"""A list item or a numbered heading: "- ", "+ ", "1. ", "2.1. ", "a) ", "II. "."""

TABLE_HEADER = re.compile(
    r"(?:^|[\s|])(?:STT|TT|Số TT)(?:[\s|]|$)|^\s*(?:Tổng cộng|Tổng số|Cộng)\b.*\d\s*$", re.IGNORECASE
)
"""The header of a table with numbered rows, or its total row."""
