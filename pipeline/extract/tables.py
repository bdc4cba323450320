"""Tables in running text: rows that end in numbers, a header above them, a total below.

Only what a text still shows of a table is used: rows end in equally many numbers; the total's numbers, or row numbers
in order below a header with "TT", say that they are a table; the unit stands above ("Đơn vị: triệu đồng"), in the
header, or in a column of its own.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from pipeline.extract import cues, table_columns
from pipeline.extract.numerals import NUMERAL, parse
from pipeline.extract.printed import PrintedLine
from pipeline.extract.table_columns import Column, Header
from pipeline.language.letters import UPPER
from pipeline.models import Kind, LineRole

_UNIT = re.compile(r"\(?\s*(?:Đơn vị(?:\s+tính)?|ĐVT)\s*:\s*(?P<unit>[^)]+?)\s*\)?", re.IGNORECASE)
_CELL = rf"(?:{NUMERAL}\s?%?|[-–])"
_TOTAL_LABEL = r"(?:Tổng cộng|Tổng số|Cộng|Tổng)\b"
_TOTAL = re.compile(rf"[\s|]*(?P<label>{_TOTAL_LABEL}[^\d]*?)(?P<cells>(?:[\s|]+{_CELL})+)[\s|]*", re.IGNORECASE)
_TRAILING = re.compile(rf"(?P<label>.*?)(?P<cells>(?:(?:^|(?<=[\s|])){_CELL}[\s|]*)+)$")
_NUMBERED = re.compile(r"[\s|]*(?P<number>\d{1,3})[.)]?[\s|]+(?=[^\d\s|])")
_GROUP = re.compile(rf"[\s|]*(?P<mark>[IVX]{{1,5}}|[A-H])[.)]?[\s|]+(?=[{UPPER}])")
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII")
_LETTERS = "ABCDEFGH"
_LEAST_GROUPS = 2
_HEADER = re.compile(r"(?:^|[\s|])(?:STT|TT|Số TT)(?:[\s|]|$)")
_MAX_ROWS = 400
_MAX_HEADER_LINES = 5
_ROW_LINES = 4


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
    """A row: its label, its cells from left to right, the line of its numbers, a unit and a number of its own.

    `group` is the place of a row "I", "II" or "A", "B" in that order; the rows below it are its parts.
    """

    label: str
    cells: tuple[Cell, ...]
    lines: tuple[PrintedLine, ...]
    unit: str = ""
    group: int = 0


@dataclass(frozen=True)
class Table:
    """Rows of numbers, what their columns count, the lines of the header, and the total of the rows if there is one.

    `unit` is stated above for the whole table.
    """

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    total: Row | None
    header: tuple[PrintedLine, ...] = ()
    unit: str = ""

    @property
    def all_rows(self) -> tuple[Row, ...]:
        """The rows, the total last."""
        return self.rows if self.total is None else (*self.rows, self.total)

    def wholes(self) -> list[int | None]:
        """Return for each row the index of the row that it is part of: its group's, or the total's."""
        total = None if self.total is None else len(self.rows)
        groups = [index for index, row in enumerate(self.rows) if row.group]
        if [self.rows[index].group for index in groups] != list(range(1, len(groups) + 1)):
            groups = []  # a letter that begins a label, or a group whose number was not read
        if len(groups) < _LEAST_GROUPS or groups[0] != 0:
            return [total] * len(self.rows)
        above = [max(group for group in groups if group <= index) for index in range(len(self.rows))]
        return [total if index in groups else above[index] for index in range(len(self.rows))]


def find(lines: Sequence[PrintedLine]) -> list[Table]:
    """Return the tables of a document in order."""
    body = [line for line in lines if line.role is LineRole.BODY]
    tables: list[Table] = []
    floor = 0
    for index, line in enumerate(body):
        if index < floor:
            continue
        table, end = None, index
        if match := _TOTAL.fullmatch(line.text):
            cells = _cells(line, match.start("cells"))
            label = " ".join(dict.fromkeys(match["label"].strip(" |").split()))
            table, end = _with_total(body, floor, index, Row(label, cells, (line,))), index + 1
        elif _HEADER.search(line.text):
            table, end = _without_total(body, index)
        if table:
            tables.append(table)
            floor = end
    return tables


def _with_total(body: Sequence[PrintedLine], floor: int, total_at: int, total: Row) -> Table | None:
    columns = len(total.cells)
    first = max(floor, total_at - _MAX_ROWS)
    unit, first = _stated_unit(body, first, total_at)
    header_at = next((i for i in range(total_at - 1, first - 1, -1) if _HEADER.search(body[i].text)), None)
    first = first if header_at is None else header_at
    numbered = _numeric_lines(body, first, total_at, columns)
    if len(numbered) < 2:
        return None
    return _build(body, _Frame(first, total_at, header_at, unit), numbered, total)


def _without_total(body: Sequence[PrintedLine], header_at: int) -> tuple[Table | None, int]:
    """Return a table whose rows are numbered 1, 2, 3 below its header, and where it ends."""
    numbered = _numbered_lines(body, header_at)
    if len(numbered) < 2:
        return None, header_at
    end = max(numbered) + 1
    if any(_TOTAL.fullmatch(line.text) for line in body[end : end + _ROW_LINES]):
        return None, header_at  # its total row will find it
    while end < len(body) and body[end].text[:1].islower():
        end += 1
    unit, _ = _stated_unit(body, max(0, header_at - 3), header_at)
    return _build(body, _Frame(header_at, end, header_at, unit), numbered, None), end


def _numbered_lines(body: Sequence[PrintedLine], header_at: int) -> dict[int, tuple[Cell, ...]]:
    """Return the lines below a header that are numbered 1, 2, 3 and end in equally many numbers."""
    found: dict[int, tuple[Cell, ...]] = {}
    last = header_at
    for index in range(header_at + 1, min(len(body), header_at + _MAX_ROWS)):
        number = _NUMBERED.match(body[index].text)
        if not number or int(number["number"]) != len(found) + 1:
            if index - last > _ROW_LINES:
                break
            continue
        trailing = _TRAILING.fullmatch(body[index].text.rstrip())
        cells = _cells(body[index], trailing.start("cells")) if trailing else ()
        if len(cells) < 2 or (found and len(cells) != len(next(iter(found.values())))):
            break
        found[index] = cells
        last = index
    return found


def _stated_unit(body: Sequence[PrintedLine], first: int, end: int) -> tuple[str, int]:
    """Return the unit that stands above a table, and the line behind it."""
    for index in range(end - 1, first - 1, -1):
        if stated := _UNIT.fullmatch(body[index].text):
            return " ".join(stated["unit"].split()).lower(), index + 1
    return "", first


def _numeric_lines(body: Sequence[PrintedLine], first: int, end: int, columns: int) -> dict[int, tuple[Cell, ...]]:
    """Return the lines that end in as many numbers as the total has, and say something before them."""
    found: dict[int, tuple[Cell, ...]] = {}
    for index in range(first, end):
        trailing = _TRAILING.fullmatch(body[index].text.rstrip())
        cells = _cells(body[index], trailing.start("cells")) if trailing else ()
        if trailing and len(cells) >= columns and re.search(r"[^\W\d_]", body[index].text[: cells[-columns].start]):
            found[index] = _renumbered(cells[-columns:])
    return found


@dataclass(frozen=True)
class _Frame:
    """Where a table's lines stand, [first, end), its header among them, and the unit stated above."""

    first: int
    end: int
    header_at: int | None
    unit: str


def _build(
    body: Sequence[PrintedLine], frame: _Frame, numbered: Mapping[int, tuple[Cell, ...]], total: Row | None
) -> Table:
    count = len(next(iter(numbered.values())))
    header_lines = _header_lines(body, frame.header_at, min(numbered))
    header = table_columns.read([line.text for line in header_lines], count, frame.unit)
    rows = _rows(body, (frame.first + len(header_lines), frame.end), numbered)
    if header.unit_column:
        rows = [_with_own_unit(row) for row in rows]
    return Table(_percent_seen(header, rows), tuple(rows), total, tuple(header_lines), frame.unit)


def _header_lines(body: Sequence[PrintedLine], header_at: int | None, first_row: int) -> list[PrintedLine]:
    if header_at is None or first_row - header_at > _MAX_HEADER_LINES:
        return []
    end = header_at + 1
    while end < first_row and body[end].text[:1].islower():
        end += 1
    return list(body[header_at:end])


def _percent_seen(header: Header, rows: Sequence[Row]) -> tuple[Column, ...]:
    """Make columns whose cells carry a percent sign columns of percentages, whatever the header says."""
    return tuple(
        replace(column, kind=Kind.PERCENT, unit="%")
        if any(row.cells[i].line.text[row.cells[i].start : row.cells[i].end].endswith("%") for row in rows)
        else column
        for i, column in enumerate(header.columns)
    )


def _with_own_unit(row: Row) -> Row:
    """Cut the unit off a row's label: the longest unit noun at its end."""
    ends = [cue for cue in cues.find(row.label) if cue.kind == "unit" and cue.end == len(row.label)]
    start = min((cue.start for cue in ends), default=row.label.rfind(" ") + 1)
    return replace(row, label=row.label[:start].strip(), unit=row.label[start:].strip().lower())


def _cells(line: PrintedLine, start: int) -> tuple[Cell, ...]:
    found: list[Cell] = []
    for match in re.finditer(rf"(?:(?<=\s)|(?<=\|)|^)({_CELL})(?=[\s|]|$)", line.text[start:]):
        written = match[1]
        value, step = (Decimal(0), Decimal(1)) if written in "-–" else parse(written.rstrip("% "))
        found.append(Cell(line, start + match.start(1), start + match.end(1), value, step, 0))
    return _renumbered(found)


def _renumbered(cells: Sequence[Cell]) -> tuple[Cell, ...]:
    return tuple(replace(cell, column=column) for column, cell in enumerate(cells))


def _rows(body: Sequence[PrintedLine], span: tuple[int, int], numbered: Mapping[int, tuple[Cell, ...]]) -> list[Row]:
    """Give each row the lines of text around it: those before that begin it, those behind that go on with it."""
    indexes = sorted(numbered)
    rows: list[Row] = []
    for position, index in enumerate(indexes):
        after_end = indexes[position + 1] if position + 1 < len(indexes) else span[1]
        before_start = indexes[position - 1] + 1 if position else span[0]
        label = body[index].text[: numbered[index][0].start]
        group = _GROUP.match(label)
        bare = (label[group.end() :] if group else _NUMBERED.sub("", label, count=1)).strip(" |")
        leading = [body[i].text for i in range(before_start, index)] if bare[:1].islower() else []
        while leading and (leading[0][:1].islower() or leading[0].isupper()):
            leading.pop(0)
        trailing: list[str] = []
        for i in range(index + 1, after_end):
            small = body[i].text[:1].islower()
            if trailing and not small:
                break
            if small or not _begins_next(body, i, after_end, numbered):
                trailing.append(body[i].text)
        text = " ".join([*leading[-3:], bare, *trailing[:3]])
        place = _place(group["mark"]) if group else 0
        rows.append(Row(re.sub(r"\s*\|\s*", " ", text), numbered[index], (body[index],), group=place))
    return rows


def _place(mark: str) -> int:
    """Return the place of a group by its mark: 2 for "II" and for "B"; 0 of what numbers no group."""
    order: Sequence[str] = _ROMAN if mark in _ROMAN else _LETTERS
    return order.index(mark) + 1 if mark in order else 0


def _begins_next(body: Sequence[PrintedLine], index: int, after: int, numbered: Mapping[int, tuple[Cell, ...]]) -> bool:
    """Say whether a line of text begins the row below it: that row's own line goes on in lower case."""
    if after not in numbered:
        return False
    label = _NUMBERED.sub("", body[after].text, count=1).strip(" |")
    return label[:1].islower() and body[index].text[:1].isupper()
