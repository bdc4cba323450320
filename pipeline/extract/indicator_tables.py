"""Tables of indicators in running text: numbered rows, each with one percentage in the middle, and no total.

A text that was read line by line mixes the cells of a row. What can be told is how far the first column reaches (to
where the percentages stand), and that a row's text begins with a capital letter.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from pipeline.extract.printed import PrintedLine, Role

_HEADER = re.compile(r"(?:^|[\s|])(?:STT|TT|Số TT)(?:[\s|]|$)")
_ROW = re.compile(
    r"[\s|]*(?:(?P<number>\d{1,3})[.)]?[\s|]+)?(?P<label>.*?)[\s|]*(?P<cell>[<>≤≥]?\s?\d+(?:[.,]\d+)?\s?%)"
)
_HEADER_LINES = 3
_MIN_ROWS = 3
_MAX_LINES = 600
_MAX_ROW_LINES = 14


@dataclass(frozen=True)
class IndicatorRow:
    """A row's lines and its label (what the first column says); the header's label is empty."""

    lines: tuple[PrintedLine, ...]
    label: str


def find(lines: Sequence[PrintedLine]) -> list[IndicatorRow]:
    """Return the rows, headers among them, of all tables of indicators of a document."""
    body = [line for line in lines if line.role is Role.BODY]
    found: list[IndicatorRow] = []
    index = 0
    while index < len(body):
        rows = _table(body, index) if _HEADER.search(body[index].text) else []
        found += rows
        index += max(1, sum(len(row.lines) for row in rows))
    return found


def _table(body: Sequence[PrintedLine], start: int) -> list[IndicatorRow]:
    """Return the rows below a header line; none where they are not numbered in order."""
    rows = [i for i in range(start + 1, min(len(body), start + _MAX_LINES)) if _is_row(body[i].text)]
    rows = _in_order(body, rows)
    if len(rows) < _MIN_ROWS or rows[0] - start > _HEADER_LINES + _MAX_ROW_LINES:
        return []
    width = int(median(_match(body[i].text).start("cell") for i in rows))
    first = next((i for i in range(start + 1, rows[0] + 1) if i == rows[0] or _begins(body[i].text)), rows[0])
    end = _end(body, rows[-1])
    groups = _groups(body, first, end, frozenset(rows))
    header = IndicatorRow(tuple(body[start:first]), "")
    return [header, *(IndicatorRow(tuple(group), _label(group, width)) for group in groups)]


def _match(text: str) -> re.Match[str]:
    match = _ROW.match(text)
    if match is None:
        raise ValueError(f"not a row: {text!r}")
    return match


def _is_row(text: str) -> bool:
    match = _ROW.match(text)
    return match is not None and match["number"] is not None


def _in_order(body: Sequence[PrintedLine], rows: Sequence[int]) -> list[int]:
    """Return the rows as long as their numbers rise and they stand close to each other."""
    kept: list[int] = []
    last = 0
    for index in rows:
        number = int(_match(body[index].text)["number"])
        if number <= last or (kept and index - kept[-1] > 2 * _MAX_ROW_LINES):
            break
        kept.append(index)
        last = number
    return kept


def _begins(text: str) -> bool:
    return text[:1].isupper() and "|" not in text and not text.isupper()


def _end(body: Sequence[PrintedLine], last: int) -> int:
    """Return where the last row ends: what goes on in small letters still belongs to it."""
    end = last + 1
    while end < len(body) and body[end].text[:1].islower():
        end += 1
    return end


def _groups(body: Sequence[PrintedLine], first: int, end: int, rows: frozenset[int]) -> list[list[PrintedLine]]:
    groups: list[list[PrintedLine]] = [[]]
    stated = False
    for index in range(first, end):
        row = index in rows
        if stated and (row or _begins(body[index].text)):
            groups.append([])
            stated = False
        groups[-1].append(body[index])
        stated = stated or row
    return [group for group in groups if group]


def _label(group: Sequence[PrintedLine], width: int) -> str:
    """Return the text of the first column: of each line what stands left of the percentages."""
    parts: list[str] = []
    for line in group:
        match = _ROW.match(line.text)
        if match and match["number"]:
            parts.append(match["label"])
            continue
        cut = line.text.find(" ", width)
        parts.append((line.text if cut < 0 else line.text[:cut]).split("|")[0])
    return " ".join(" ".join(parts).split())
