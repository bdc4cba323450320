"""Tables in running text: rows that end in numbers, a total below them, the unit stated above ("Đơn vị: triệu đồng").

Only what a text still shows of a table is used: the last numbers of a row stand in the columns of the total's numbers.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from pipeline.extract.numerals import NUMERAL, parse
from pipeline.extract.printed import PrintedLine, Role

_UNIT = re.compile(r"\(?\s*(?:Đơn vị(?:\s+tính)?|ĐVT)\s*:\s*(?P<unit>[^)]+?)\s*\)?", re.IGNORECASE)
_CELL = rf"(?:{NUMERAL}|[-–])"
_TOTAL = re.compile(
    rf"[\s|]*(?P<label>(?:Tổng cộng|Tổng số|Cộng|Tổng)\b[^\d]*?)(?P<cells>(?:[\s|]+{_CELL})+)[\s|]*", re.IGNORECASE
)
_TRAILING = re.compile(rf"(?P<label>.*?)(?P<cells>(?:(?:^|(?<=[\s|])){_CELL}[\s|]*)+)$")
_NUMBERED = re.compile(r"[\s|]*(?P<number>\d{1,3})[.)]?[\s|]+(?=[^\d\s|])")
_MAX_ROWS = 400


@dataclass(frozen=True)
class Cell:
    """A number in a table at [start, end) of its line."""

    line: PrintedLine
    start: int
    end: int
    value: Decimal
    step: Decimal
    column: int


@dataclass(frozen=True)
class Row:
    """A row: its label, its cells from left to right, and the lines that its label runs over."""

    label: str
    cells: tuple[Cell, ...]
    lines: tuple[PrintedLine, ...]


@dataclass(frozen=True)
class Table:
    """Rows that one total adds up; `unit` is stated for all."""

    unit: str
    rows: tuple[Row, ...]
    total: Row


def find(lines: Sequence[PrintedLine]) -> list[Table]:
    """Return the tables with a total row of a document."""
    tables: list[Table] = []
    floor = 0
    for index, line in enumerate(lines):
        if line.role is not Role.BODY:
            continue
        match = _TOTAL.fullmatch(line.text)
        if not match:
            continue
        cells = _cells(line, match.start("cells"))
        table = _table(lines, floor, index, Row(match["label"].strip(" |"), cells, (line,)))
        if table:
            tables.append(table)
            floor = index + 1
    return tables


def _table(lines: Sequence[PrintedLine], floor: int, total_at: int, total: Row) -> Table | None:
    columns = len(total.cells)
    unit, first = "", max(floor, total_at - _MAX_ROWS)
    for index in range(total_at - 1, first - 1, -1):
        stated = _UNIT.fullmatch(lines[index].text)
        if stated:
            unit, first = stated["unit"], index + 1
            break
    numbered: dict[int, tuple[Cell, ...]] = {}
    for index in range(first, total_at):
        trailing = _TRAILING.fullmatch(lines[index].text.rstrip())
        cells = _cells(lines[index], trailing.start("cells")) if trailing else ()
        if len(cells) >= columns and (trailing and re.search(r"[^\W\d_]", trailing["label"])):
            numbered[index] = cells[-columns:]
    if len(numbered) < 2:
        return None
    return Table(unit, tuple(_rows(lines, first, total_at, numbered)), total)


def _cells(line: PrintedLine, start: int) -> tuple[Cell, ...]:
    found: list[Cell] = []
    for match in re.finditer(rf"(?:(?<=\s)|(?<=\|)|^)({_CELL})(?=[\s|]|$)", line.text[start:]):
        written = match[1]
        value, step = (Decimal(0), Decimal(1)) if written in "-–" else parse(written)
        found.append(Cell(line, start + match.start(1), start + match.end(1), value, step, 0))
    return tuple(Cell(c.line, c.start, c.end, c.value, c.step, column) for column, c in enumerate(found))


def _rows(lines: Sequence[PrintedLine], first: int, end: int, numbered: dict[int, tuple[Cell, ...]]) -> list[Row]:
    """Give each row the lines of text around it: those before that begin it, those behind that go on with it."""
    indexes = sorted(numbered)
    rows: list[Row] = []
    for position, index in enumerate(indexes):
        after_end = indexes[position + 1] if position + 1 < len(indexes) else end
        before_start = indexes[position - 1] + 1 if position else first
        label = lines[index].text[: numbered[index][0].start]
        bare = _NUMBERED.sub("", label, count=1).strip(" |")
        leading = [lines[i] for i in range(before_start, index)] if bare[:1].islower() else []
        while leading and (leading[0].text[:1].islower() or leading[0].text.isupper()):
            leading.pop(0)
        trailing: list[PrintedLine] = []
        for i in range(index + 1, after_end):
            if not lines[i].text[:1].islower() and trailing:
                break
            if lines[i].text[:1].islower() or not _begins_next(lines, i, after_end, numbered):
                trailing.append(lines[i])
        text = " ".join([*(line.text for line in leading[-3:]), bare, *(line.text for line in trailing[:3])])
        cells = tuple(Cell(c.line, c.start, c.end, c.value, c.step, column) for column, c in enumerate(numbered[index]))
        rows.append(Row(re.sub(r"\s*\|\s*", " ", text), cells, (lines[index],)))
    return rows


def _begins_next(lines: Sequence[PrintedLine], index: int, after: int, numbered: dict[int, tuple[Cell, ...]]) -> bool:
    """Say whether a line of text begins the row below it: that row's own line goes on in lower case."""
    if after not in numbered:
        return False
    label = _NUMBERED.sub("", lines[after].text, count=1).strip(" |")
    return label[:1].islower() and lines[index].text[:1].isupper()
