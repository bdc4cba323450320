"""Tables without columns of numbers: indicators, each with one percentage, and tasks, with none.

A text that was read line by line mixes the cells of a row. What can be told of indicators is how far the first column
reaches (to where the percentages stand), and that a row's text begins with a capital letter; of tasks, that their
rows are numbered in order: the numbers count nothing.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.extract.passages import Level, level_of
from pipeline.extract.printed import PrintedLine
from pipeline.language.letters import UPPER
from pipeline.models import LineRole

_HEADER = re.compile(r"(?:^|[\s|])(?:STT|TT|Số TT)(?:[\s|]|$)")
_ROW = re.compile(
    r"[\s|]*(?:(?P<number>\d{1,3})[.)]?[\s|]+)?(?P<label>.*?)[\s|]*(?P<cell>[<>≤≥]?\s?\d+(?:[.,]\d+)?\s?%)"
)
_TASK = re.compile(rf"[\s|]*(?P<number>\d{{1,3}})[.)]?[\s|]+(?=[{UPPER}])")
_HEADER_LINES = 3
_MIN_ROWS = 3
_MAX_LINES = 600
_MAX_ROW_LINES = 14
# Letters differ in width: a line of the first column may hold this many more than reach to the percentages.
_SLACK = 4


@dataclass(frozen=True)
class IndicatorRow:
    """A row's lines and its label (what the first column says).

    The header's label is empty, for it states no figures; a task's is None, for its text says itself what it counts.
    """

    lines: tuple[PrintedLine, ...]
    label: str | None


def find(lines: Sequence[PrintedLine]) -> list[IndicatorRow]:
    """Return the rows, headers among them, of all tables of indicators of a document."""
    body = [line for line in lines if line.role is LineRole.BODY]
    found: list[IndicatorRow] = []
    index = 0
    while index < len(body):
        header = _HEADER.search(body[index].text)
        rows = (_table(body, index) or _tasks(body, index)) if header else []
        found += rows
        index += max(1, sum(len(row.lines) for row in rows))
    return found


def _table(body: Sequence[PrintedLine], start: int) -> list[IndicatorRow]:
    """Return the rows below a header line; none where they are not numbered in order."""
    rows = [i for i in range(start + 1, min(len(body), start + _MAX_LINES)) if _is_row(body[i].text)]
    rows = _in_order(body, rows)
    if len(rows) < _MIN_ROWS or rows[0] - start > _HEADER_LINES + _MAX_ROW_LINES:
        return []
    width = max(_match(body[i].text).start("cell") for i in rows)
    first = next((i for i in range(start + 1, rows[0] + 1) if i == rows[0] or _begins(body[i].text)), rows[0])
    end = _end(body, rows[-1])
    groups = _groups(body, first, end, frozenset(rows))
    header = IndicatorRow(tuple(body[start:first]), "")
    return [header, *(IndicatorRow(tuple(group), _label(group, width)) for group in groups)]


def _tasks(body: Sequence[PrintedLine], start: int) -> list[IndicatorRow]:
    """Return the rows 1, 2, 3 below a header line; a row ends where the next begins, the last at a heading."""
    starts: list[int] = []
    index = start + 1
    while index < len(body) and index - (starts[-1] if starts else start) <= _MAX_ROW_LINES:
        number = _TASK.match(body[index].text)
        if number and int(number["number"]) == len(starts) + 1:
            starts.append(index)
        elif starts and _ends_table(body[index]):
            break
        index += 1
    if len(starts) < 2 or starts[0] - start > _HEADER_LINES:
        return []
    last = index if index - starts[-1] <= _MAX_ROW_LINES else starts[-1] + 1
    bounds = [*starts, last]
    groups = [tuple(body[a:b]) for a, b in itertools.pairwise(bounds)]
    return [IndicatorRow(tuple(body[start : starts[0]]), ""), *(IndicatorRow(group, None) for group in groups)]


def _ends_table(line: PrintedLine) -> bool:
    return level_of(line.text) in (Level.PART, Level.ROMAN) or line.gap or line.text.isupper()


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
        cut = line.text.find(" ", width + _SLACK)
        parts.append((line.text if cut < 0 else line.text[:cut]).split("|")[0])
    return " ".join(" ".join(parts).split())
