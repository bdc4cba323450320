"""Tables as the `ocr` stage found them: header and rows, what each column counts, what each row is headed by.

Rulings or white gutters showed them (`Table.ruled`); from here on that makes no difference but for page breaks. A table
that a page break cuts goes on as one where the columns stand in the same places and no text comes between.
The header is what stands above the first row with numbers; a column of row numbers (STT) or codes counts nothing.
Cells of text are read as text of their own, so that no sentence runs across a row.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from pipeline.extract import barred_rows, cues, fallen_cells, table_columns
from pipeline.extract.numerals import NUMERAL
from pipeline.extract.passages import Level, Passage
from pipeline.extract.printed import PrintedLine
from pipeline.extract.table_columns import Column
from pipeline.language.unicode import SUPERSCRIPTS
from pipeline.models import Cell, LineRole, Reading, Table

_NUMBER = re.compile(rf"[≥>≤<~≈]?=?\s*{NUMERAL}(?:\s?%)?(?:/{NUMERAL}|\s?[-–]\s?{NUMERAL}%?)?[{SUPERSCRIPTS}]*")
_NIL = re.compile(r"[-–—]")
_YEAR = re.compile(r"(?:19|20)\d{2}(?:\s?[-–]\s?(?:19|20)\d{2})?")
_MONTH = re.compile(r"\d{1,2}/\d{4}")
# What no office writes of a quantity: seven digits without points, a nought before others.
_CODE = re.compile(r"\d{7,}|0\d{2,}")
_ROW_NUMBERS = re.compile(r"S?TT|Số\s+TT|Số thứ tự", re.IGNORECASE)
_ROW_MARK = re.compile(r"\d{1,3}(?:\.\d{1,2})*[.)]?|[IVXL]{1,5}[.)]?|[A-HĐ][.)]?|[a-zđ][.)]?|[-+*]")
_COLUMN_NUMBER = re.compile(r"\(?(?:\d{1,2}|[A-Z])\)?(?:\s?=.*)?")
_NAMING = re.compile(
    r"\b(?:mã|số hiệu|điện thoại|căn cước|cccd|cmnd|số báo danh|sbd|số (?:văn bản|quyết định|tài khoản)|"
    r"ngày|thời (?:hạn|gian|điểm)|phụ lục|biểu)\b",
    re.IGNORECASE,
)
# Rows of a calendar: their numbers say when.
_WHEN = re.compile(r"(?:(?:từ|đến)\s+)?(?:tháng|tuần|ngày|thứ|tiết|quý|năm)", re.IGNORECASE)
_YEARS = re.compile(r"(?:từ\s+)?năm", re.IGNORECASE)
_UNIT = re.compile(r"(?:Đơn vị(?:\s+tính)?|ĐVT)\s*:\s*(?P<unit>[^)\d:]+?)\s*\)?[.;]?\s*$", re.IGNORECASE)
_OFFICE_OR_UNIT = re.compile(r"Đơn vị", re.IGNORECASE)
# "Số tiền", "Số lượng": what is counted is said elsewhere.
_NO_UNITS = frozenset({"tiền", "lượng", "liệu"})
_UNIT_LINES = 3
_SAME_EDGE = 3.0  # points
_MOST_HEADER_ROWS = 5
# Of words read less surely more than one in four is wrong; one is enough to make two figures seem to count the same.
_SURE_NAME = 0.65
_COLUMN_HAS_NUMBERS_FROM = 0.5


@dataclass(frozen=True)
class Piece:
    """What a cell says on one printed line."""

    line: PrintedLine
    text: str


@dataclass(frozen=True, eq=False)
class GridCell:
    """A cell over rows [top, bottom) and columns [left, right) of a table that may go on over pages.

    Two cells are the same only if they are one: what they say does not tell them apart.
    """

    top: int
    left: int
    bottom: int
    right: int
    pieces: tuple[Piece, ...]
    confidence: float = 1.0

    @cached_property
    def text(self) -> str:
        """What the cell says, on one line."""
        return " ".join(piece.text for piece in self.pieces)

    @property
    def is_number(self) -> bool:
        """Whether the cell holds a number and nothing else; codes and months are none."""
        return bool(_NUMBER.fullmatch(self.text)) and not (_CODE.fullmatch(self.text) or _MONTH.fullmatch(self.text))


@dataclass(frozen=True)
class NumberCell:
    """A cell with a number: its column, and where its text stands in the passage of its row."""

    column: int
    start: int
    text: str


@dataclass(frozen=True)
class RuledRow:
    """A row with numbers, of which `numbers` are those that count something.

    `index` is its place in the table's body, `mark` what stands in the column of row numbers, `unit` what stands in a
    column of units. `is_sure` says whether what heads the row was read surely.
    """

    index: int
    label: str
    mark: str
    unit: str
    numbers: tuple[NumberCell, ...]
    passage: Passage
    is_sure: bool = True


@dataclass(frozen=True)
class RuledTable:
    """What the columns count, the rows with numbers, and all the table's text in order, header and cells of text too.

    `header` are its passages, which state no figures; `lines` all lines that the table takes. `names` says what each
    column is called, `body` has, for each row below the header, the cell that covers each column. `unit` is stated
    above for the whole table, `numbered` is the column of row numbers. `is_sure` says whether the header was read
    surely.
    """

    columns: Mapping[int, Column]
    rows: tuple[RuledRow, ...]
    passages: tuple[Passage, ...]
    header: tuple[Passage, ...]
    lines: frozenset[int]
    names: Mapping[int, Sequence[str]]
    body: tuple[Mapping[int, GridCell], ...]
    unit: str
    numbered: int | None
    is_sure: bool = True

    @property
    def unsure_lines(self) -> frozenset[int]:
        """The lines whose figures may be named wrongly: what heads their columns or rows was not read surely."""
        if not self.is_sure:
            return self.lines
        unsure = (line for row in self.rows if not row.is_sure for line in row.passage.lines)
        return frozenset(line.line.number for line in unsure)

    @property
    def whole(self) -> tuple[Passage, ...]:
        """The passages that are no sentences: the header, and the rows with numbers."""
        return (*self.header, *(row.passage for row in self.rows))


@dataclass(frozen=True)
class _Grid:
    """The cells of a table, those of further pages below those of the first."""

    cells: tuple[GridCell, ...]
    edges: tuple[float, ...]
    lines: frozenset[int]
    page: int
    unit: str
    ruled: bool

    @property
    def depth(self) -> int:
        return max(cell.bottom for cell in self.cells)

    @property
    def width(self) -> int:
        return len(self.edges) - 1

    @cached_property
    def covering(self) -> Mapping[tuple[int, int], GridCell]:
        """The cell that covers each row and column."""
        return {
            (row, column): cell
            for cell in self.cells
            for row in range(cell.top, cell.bottom)
            for column in range(cell.left, cell.right)
        }

    def row(self, row: int) -> list[GridCell]:
        """Return the cells that cover a row, each once, from left to right."""
        found = (self.covering.get((row, column)) for column in range(self.width))
        return list(dict.fromkeys(cell for cell in found if cell and cell.pieces))

    def said(self, row: int) -> tuple[str, ...]:
        """Return what the cells of a row say."""
        return tuple(cell.text for cell in self.row(row))


def find(reading: Reading, lines: Sequence[PrintedLine]) -> list[RuledTable]:
    """Return the tables of a document that its pages show, in order."""
    by_number = {line.line.number: line for line in lines}
    body = [line for line in lines if line.role is LineRole.BODY]
    grids: list[_Grid] = []
    for page in reading.pages:
        for table in page.tables:
            grid = _grid(table, page.number, by_number)
            if not grid.lines:
                continue
            if grids and _goes_on(grids[-1], grid, body):
                grids[-1] = _joined(grids[-1], grid)
            else:
                grids.append(replace(grid, unit=_unit_above(body, min(grid.lines))))
    barred = barred_rows.find(_outside(body, grids))
    grids += [replace(grid, unit=_unit_above(body, min(grid.lines))) for grid in map(_barred, barred)]
    fallen = fallen_cells.find(_outside(body, grids))
    grids += [replace(grid, unit=_unit_above(body, min(grid.lines))) for grid in map(_fallen, fallen)]
    grids.sort(key=lambda grid: min(grid.lines))
    return [_table(grid) for grid in grids if not any(_is_stack(cell) for cell in grid.cells)]


def _outside(body: Sequence[PrintedLine], grids: Iterable[_Grid]) -> list[PrintedLine]:
    in_cells = {number for grid in grids for number in grid.lines}
    return [line for line in body if line.line.number not in in_cells]


def _barred(rows: Sequence[barred_rows.BarredRow]) -> _Grid:
    """Return the grid of a table of which each row stands on a line, bars between its cells."""
    cells = tuple(
        GridCell(top, left, top + 1, left + 1, (Piece(row.line, text),))
        for top, row in enumerate(rows)
        for left, text in enumerate(row.cells)
        if text
    )
    edges = tuple(map(float, range(len(rows[0].cells) + 1)))
    lines = frozenset(row.line.line.number for row in rows)
    return _Grid(cells, edges, lines, rows[0].line.page, "", ruled=True)


def _fallen(rows: Sequence[fallen_cells.Row]) -> _Grid:
    """Return the grid of a table of which each cell stands on lines of its own."""
    cells = tuple(
        GridCell(top, left, top + 1, left + 1, tuple(Piece(line, line.text.strip()) for line in cell))
        for top, row in enumerate(rows)
        for left, cell in enumerate(row)
        if cell is not None
    )
    lines = [piece.line for cell in cells for piece in cell.pieces]
    edges = tuple(map(float, range(len(rows[0]) + 1)))
    return _Grid(cells, edges, frozenset(line.line.number for line in lines), lines[0].page, "", ruled=True)


def _grid(table: Table, page: int, by_number: Mapping[int, PrintedLine]) -> _Grid:
    cells = tuple(_cell(cell, by_number) for cell in table.cells)
    lines = frozenset(piece.line.line.number for cell in cells for piece in cell.pieces)
    return _Grid(cells, table.columns, lines, page, "", table.ruled)


def _cell(cell: Cell, by_number: Mapping[int, PrintedLine]) -> GridCell:
    said = zip(cell.lines, cell.text.split("\n"), strict=True) if cell.lines else ()
    pieces = tuple(Piece(by_number[number], text) for number, text in said if number in by_number)
    sure = 1.0 if cell.confidence is None else cell.confidence
    return GridCell(cell.row, cell.column, cell.row + cell.row_span, cell.column + cell.column_span, pieces, sure)


def _is_stack(cell: GridCell) -> bool:
    """Say whether a cell holds a number on each of several lines: the rulings between its rows were not drawn."""
    return sum(bool(_NUMBER.fullmatch(piece.text)) for piece in cell.pieces) > 1


def _goes_on(before: _Grid, grid: _Grid, body: Sequence[PrintedLine]) -> bool:
    """Say whether a table is the rest of the one on the page before: equal columns, and no text between the two."""
    if grid.page != before.page + 1 or len(grid.edges) != len(before.edges) or grid.ruled is not before.ruled:
        return False
    if not (_has_same_edges(before, grid) if grid.ruled else _has_same_gutters(before, grid)):
        return False
    first, last = max(before.lines), min(grid.lines)
    return not any(first < line.line.number < last for line in body)


def _has_same_edges(before: _Grid, grid: _Grid) -> bool:
    return all(abs(one - other) <= _SAME_EDGE for one, other in zip(grid.edges, before.edges, strict=True))


def _has_same_gutters(before: _Grid, grid: _Grid) -> bool:
    """Say whether columns without rulings are the same: every gutter nearest to its own, and no other header above.

    How wide a gutter is, and so where its middle lies, changes with what the rows of each page say.
    """
    inner = zip(grid.edges[1:-1], before.edges, before.edges[1:-1], before.edges[2:], strict=False)
    is_near = all(2 * abs(at - own) < min(own - left, right - own) for at, left, own, right in inner)
    return is_near and (grid.said(0) == before.said(0) or _first_body_row(grid) == 0)


def _joined(before: _Grid, grid: _Grid) -> _Grid:
    """Put the rest of a table below its beginning, without the header that the new page repeats."""
    repeated = 0
    while repeated < grid.depth and grid.said(repeated) == before.said(repeated):
        repeated += 1
    down = before.depth - repeated
    moved = (
        replace(cell, top=cell.top + down, bottom=cell.bottom + down) for cell in grid.cells if cell.top >= repeated
    )
    return replace(
        before, cells=(*before.cells, *moved), lines=before.lines | grid.lines, edges=grid.edges, page=grid.page
    )


def _unit_above(body: Sequence[PrintedLine], first: int) -> str:
    """Return the unit that stands above a table for all of it ("Đơn vị: triệu đồng")."""
    above = [line for line in body if line.line.number < first][-_UNIT_LINES:]
    match = next((match for line in reversed(above) if (match := _UNIT.search(line.text))), None)
    return " ".join(match["unit"].split()).lower() if match else ""


def _table(grid: _Grid) -> RuledTable:
    body = _first_body_row(grid)
    numbered = _row_number_column(grid, body)
    names = {column: _levels(grid, column, body) for column in range(grid.width)}
    counted = [c for c in range(grid.width) if c != numbered and _counts(grid, c, body, names[c])]
    unit_at = next((c for c, levels in names.items() if _states_units(grid, c, body, levels)), None)
    plan = _Plan(body, numbered, tuple(counted), unit_at, names)
    header = [_passage(cells)[0] for row in range(body) if (cells := _begun(grid, row))]
    rows: list[RuledRow] = []
    passages = list(header)
    for index in range(body, grid.depth):
        row, rest = _row(grid, index, plan)
        if row:
            rows.append(row)
            passages.append(row.passage)
        passages += rest
    columns = {column: _column(names[column], grid.unit) for column in counted}
    below = tuple(
        {column: cell for column in range(grid.width) if (cell := grid.covering.get((row, column)))}
        for row in range(body, grid.depth)
    )
    return RuledTable(
        columns=columns,
        rows=tuple(rows),
        passages=tuple(passages),
        header=tuple(header),
        lines=grid.lines,
        names=names,
        body=below,
        unit=grid.unit,
        numbered=numbered,
        is_sure=_are_sure(cell for column in counted for cell in _naming(grid, column, body)),
    )


def _are_sure(cells: Iterable[GridCell]) -> bool:
    return all(cell.confidence >= _SURE_NAME for cell in cells)


@dataclass(frozen=True)
class _Plan:
    """How a table is built: its first row below the header, and which columns hold what."""

    body: int
    numbered: int | None
    counted: tuple[int, ...]
    unit_at: int | None
    names: Mapping[int, Sequence[str]]


def _first_body_row(grid: _Grid) -> int:
    """Return the row below the header: the first with a row number or a number, or with one cell right across."""
    for row in range(min(grid.depth, _MOST_HEADER_ROWS)):
        cells = grid.row(row)
        if not cells or _numbers_columns(cells):
            continue
        numbers = [cell for cell in cells if cell.is_number and not _YEAR.fullmatch(cell.text)]
        across = row and len(cells) == 1
        # In the header a lone sign is what was read of "TT", no mark of a row.
        is_marked = _ROW_MARK.fullmatch(cells[0].text) and (row or cells[0].text[0].isalnum())
        if numbers or across or is_marked:
            return row
    return min(1, grid.depth - 1)


def _numbers_columns(cells: Sequence[GridCell]) -> bool:
    """Say whether a row only numbers the columns: "(1) (2) (3)", "A B 1 2 3=1+2"."""
    if len(cells) < 2 or not all(_COLUMN_NUMBER.fullmatch(cell.text) for cell in cells):
        return False
    numbers = [int(found[1]) for cell in cells if (found := re.match(r"\(?(\d+)", cell.text))]
    return len(numbers) > 1 and numbers[0] <= 2 and numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def _begun(grid: _Grid, row: int) -> list[GridCell]:
    """Return the cells that begin in a row: one that reaches over several is said once."""
    return [cell for cell in grid.row(row) if cell.top == row]


def _levels(grid: _Grid, column: int, body: int) -> list[str]:
    """Return a column's names in the header, from what stands over several columns down to its own."""
    return [cell.text for cell in _naming(grid, column, body)]


def _naming(grid: _Grid, column: int, body: int) -> list[GridCell]:
    """Return the cells of the header that name a column."""
    rows = (row for row in range(body) if not _numbers_columns(grid.row(row)))
    cells = (grid.covering.get((row, column)) for row in rows)
    return [cell for cell in dict.fromkeys(cells) if cell and cell.text]


def _row_number_column(grid: _Grid, body: int) -> int | None:
    """Return the column of row numbers: it is called so, or is the first and holds nothing else."""
    levels = _levels(grid, 0, body)
    if levels:
        return 0 if any(_ROW_NUMBERS.fullmatch(level) for level in levels) else None
    marks = [cell.text for row in range(body, grid.depth) if (cell := grid.covering.get((row, 0))) and cell.text]
    return 0 if len(marks) > 1 and all(_ROW_MARK.fullmatch(mark) for mark in marks) else None


def _counts(grid: _Grid, column: int, body: int, levels: Sequence[str]) -> bool:
    """Say whether most of a column's cells are numbers that count something."""
    if any(_NAMING.search(level) for level in levels):
        return False
    cells = {cell for row in range(body, grid.depth) if (cell := grid.covering.get((row, column))) and cell.text}
    said = [
        cell for cell in cells if cell.left == column and cell.right == column + 1 and not _NIL.fullmatch(cell.text)
    ]
    if levels and _YEARS.fullmatch(levels[-1]) and all(_YEAR.fullmatch(cell.text) for cell in said):
        return False
    return bool(said) and sum(cell.is_number for cell in said) >= _COLUMN_HAS_NUMBERS_FROM * len(said)


def _states_units(grid: _Grid, column: int, body: int, levels: Sequence[str]) -> bool:
    """Say whether a column states the unit of each row; a plain "Đơn vị" heads offices more often than units."""
    if not levels or not table_columns.is_unit_column(levels[-1]):
        return False
    if not _OFFICE_OR_UNIT.fullmatch(levels[-1]):
        return True
    said = [cell.text for row in range(body, grid.depth) if (cell := grid.covering.get((row, column))) and cell.text]
    return 2 * sum(map(_is_unit, said)) > len(said)


def _is_unit(text: str) -> bool:
    return text == "%" or any(cue.kind == "unit" and cue.end - cue.start == len(text) for cue in cues.find(text))


def _column(levels: Sequence[str], stated: str) -> Column:
    """Return what a column counts: the lowest of its names that states a unit, or the unit of the whole table."""
    name = " ".join(levels)
    own = [table_columns.column(level, "") for level in reversed(levels)]
    sums = bool(own) and own[0].sums
    for column in own:
        if column.unit and column.unit not in _NO_UNITS:
            return replace(column, name=name, sums=sums)
    return replace(table_columns.column("", stated), name=name, sums=sums)


def _row(grid: _Grid, index: int, plan: _Plan) -> tuple[RuledRow | None, list[Passage]]:
    """Return a row with its numbers, if it has any, and the passages of its other cells."""
    cells, begun = grid.row(index), _begun(grid, index)
    numbers = [cell for cell in begun if cell.left in plan.counted and (cell.is_number or _NIL.fullmatch(cell.text))]
    if not any(cell.is_number for cell in numbers):
        return None, [_passage([cell])[0] for cell in begun if not _is_mark(cell, plan)]
    heads = [cell for cell in cells if cell.left < plan.counted[0] and cell not in numbers]
    shown = [cell for cell in cells if cell in heads or cell in numbers]
    passage, starts = _passage(shown)
    at = dict(zip(shown, starts, strict=True))
    rest = [_passage([cell])[0] for cell in begun if cell not in at and cell.left != plan.unit_at]
    unit = grid.covering.get((index, plan.unit_at)) if plan.unit_at is not None else None
    label = _label(heads, plan)
    counted = [] if _WHEN.fullmatch(label) else numbers
    row = RuledRow(
        index=index - plan.body,
        label=label,
        mark=next((cell.text for cell in heads if _is_mark(cell, plan)), ""),
        unit=unit.text.lower() if unit else "",
        numbers=tuple(NumberCell(cell.left, at[cell], cell.text) for cell in counted),
        passage=passage,
        is_sure=_are_sure(cell for cell in heads if not _is_mark(cell, plan)),
    )
    return row, rest


def _is_mark(cell: GridCell, plan: _Plan) -> bool:
    return cell.left == plan.numbered and cell.right == cell.left + 1 and bool(_ROW_MARK.fullmatch(cell.text))


def _label(heads: Iterable[GridCell], plan: _Plan) -> str:
    """Return the row head; a bare year is told from its column's name ("Năm")."""
    said = []
    for cell in heads:
        if _is_mark(cell, plan) or cell.left == plan.unit_at:
            continue
        above = plan.names[cell.left]
        said.append(f"{above[-1]} {cell.text}" if above and _YEAR.fullmatch(cell.text) else cell.text)
    return " ".join(said)


def _passage(cells: Sequence[GridCell]) -> tuple[Passage, list[int]]:
    """Join cells into one passage, bars between them; return it with the place where each cell's text begins."""
    text = ""
    starts: list[int] = []
    lines: list[PrintedLine] = []
    begins: list[int] = []
    for cell in cells:
        text += " | " if text else ""
        begins.append(len(text))
        for index, piece in enumerate(cell.pieces):
            text += " " if index else ""
            starts.append(len(text))
            lines.append(piece.line)
            text += piece.text
    return Passage(text, tuple(starts), tuple(lines), Level.TEXT), begins
