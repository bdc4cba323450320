"""Tables of which a converter printed each cell on a line of its own: header, then row after row, from left to right.

    TT / Nội dung / Đơn vị chủ trì / Thời hạn / 1 / Rà soát hồ sơ / Sở Nội vụ / Quý I/2026 / 2 / ...

Two shapes can be told without rulings: below "TT" as many lines as each row has, the rows numbered in order; and rows
of one line of text with equally many numbers on the lines behind it, below as many lines of text as they have cells.
A line that begins in small letters goes on with the cell above it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.extract.numerals import NUMERAL
from pipeline.extract.printed import PrintedLine

Cell = tuple[PrintedLine, ...]
Row = tuple[Cell | None, ...]
"""The cells of a row by its columns; None where nothing stands."""

_ROW_NUMBERS = re.compile(r"(?:S?TT|Số TT)\.?", re.IGNORECASE)
_NUMBER = re.compile(rf"(?:{NUMERAL}\s?%?|[-–])")
_MARK = re.compile(r"(?P<number>\d{1,3})[.)]?")
_GROUP = re.compile(r"(?:[IVX]{1,5}|[A-H])[.)]?")
_TOTAL = re.compile(r"(?:Tổng cộng|Tổng số|Cộng|Tổng)\b.{0,40}", re.IGNORECASE)
_REMARK = re.compile(r"Ghi chú", re.IGNORECASE)
_LEAST_COLUMNS, _MOST_COLUMNS = 3, 12
_LEAST_ROWS = 2
_LONGEST_HEAD = 60  # characters of a column's name
_LONGEST_CELL = 240


def find(body: Sequence[PrintedLine]) -> list[list[Row]]:
    """Return the tables among a document's lines, each with its header as the first row.

    Args:
        body: The lines that are no footnotes, running heads or page numbers, nor in tables known otherwise.
    """
    cells = _cells(body)
    tables: list[list[Row]] = []
    at = 0
    while at < len(cells):
        rows, end = _numbered(cells, at) if _ROW_NUMBERS.fullmatch(_text(cells[at])) else _counted(cells, at)
        if rows:
            tables.append(rows)
        at = end if rows else at + 1
    return tables


def _cells(body: Sequence[PrintedLine]) -> list[Cell]:
    """Put the lines together that begin in small letters and what they go on with."""
    cells: list[Cell] = []
    for line in body:
        goes_on = line.text[:1].islower() and cells and len(_text(cells[-1])) + len(line.text) < _LONGEST_CELL
        if goes_on:
            cells[-1] = (*cells[-1], line)
        else:
            cells.append((line,))
    return cells


def _text(cell: Cell) -> str:
    return " ".join(line.text.strip() for line in cell)


def _numbered(cells: Sequence[Cell], start: int) -> tuple[list[Row], int]:
    """Return the table whose header begins at `start` with "TT", and where it ends."""
    first = next(
        (i for i in range(start + _LEAST_COLUMNS, min(len(cells), start + _MOST_COLUMNS + 1)) if _begins(cells[i])),
        None,
    )
    if first is None or any(len(_text(cell)) > _LONGEST_HEAD for cell in cells[start:first]):
        return [], start
    width = first - start
    rows: list[Row] = [tuple(cells[start:first])]
    at, number = first, 0
    while at < len(cells):
        row, step = _row(cells, at, rows, number)
        if row is None:
            break
        mark = _MARK.fullmatch(_text(cells[at]))
        number = int(mark["number"]) if mark else 0
        rows.append(row)
        at += step
        if len(row) != width or _TOTAL.fullmatch(_text(cells[at - step])):
            break
    counted = [row for row in rows[1:] if row[0] is not None and _MARK.fullmatch(_text(row[0]))]
    return (rows, at) if len(counted) >= _LEAST_ROWS else ([], start)


def _begins(cell: Cell) -> bool:
    """Say whether a cell holds the mark of a first row."""
    return _text(cell).rstrip(".)") in ("1", "01", "I", "A")


def _row(cells: Sequence[Cell], at: int, rows: Sequence[Row], number: int) -> tuple[Row | None, int]:
    """Return the row that begins at a cell, and how many cells it takes."""
    width, text = len(rows[0]), _text(cells[at])
    if _TOTAL.fullmatch(text):
        return _total(cells, at, rows)
    mark = _MARK.fullmatch(text)
    if mark and int(mark["number"]) not in (number + 1, 1):
        return None, 0
    if not mark and not _GROUP.fullmatch(text):
        return None, 0
    for size in _sizes(rows[0], is_group=mark is None):
        begun = tuple(cells[at : at + size])
        if len(begun) == size and _ends(cells, at + size, number=int(mark["number"]) if mark else number):
            return (*begun, *([None] * (width - size))), size
    begun = tuple(cells[at : at + width])
    is_whole = len(begun) == width and mark is not None and number > 0
    return (begun, width) if is_whole else (None, 0)


def _sizes(header: Row, *, is_group: bool) -> list[int]:
    """Return of how many cells a row may be: all, or those before empty remarks, or a group's mark and name alone."""
    width, last = len(header), header[-1]
    sizes = [width]
    if last is not None and _REMARK.fullmatch(_text(last)):
        sizes.append(width - 1)
    return [*sizes, 2] if is_group else sizes


def _ends(cells: Sequence[Cell], at: int, *, number: int) -> bool:
    """Say whether a row ends before a cell: the next one's mark, or the total, stands there."""
    if at >= len(cells):
        return False
    text = _text(cells[at])
    mark = _MARK.fullmatch(text)
    if mark:
        return int(mark["number"]) in (number + 1, 1)
    return bool(_GROUP.fullmatch(text) or _TOTAL.fullmatch(text))


def _total(cells: Sequence[Cell], at: int, rows: Sequence[Row]) -> tuple[Row | None, int]:
    """Return the total row: its numbers stand in the columns that hold numbers above."""
    last = rows[-1]
    columns = [i for i, cell in enumerate(last) if i > 1 and cell is not None and _NUMBER.fullmatch(_text(cell))]
    numbers = cells[at + 1 : at + 1 + len(columns)]
    if not columns or len(numbers) < len(columns) or not all(_NUMBER.fullmatch(_text(cell)) for cell in numbers):
        return None, 0
    row: list[Cell | None] = [None] * len(last)
    row[1] = cells[at]
    for column, cell in zip(columns, numbers, strict=True):
        row[column] = cell
    return tuple(row), 1 + len(columns)


def _counted(cells: Sequence[Cell], start: int) -> tuple[list[Row], int]:
    """Return the table without row numbers whose header begins at a cell, and where it ends."""
    first = next((i for i in range(start, min(len(cells), start + _MOST_COLUMNS)) if _is_number(cells, i)), None)
    if first is None:
        return [], start
    width = first - 1 - start
    rows: list[Row] = []
    at = first - 1
    while width >= _LEAST_COLUMNS and at + width <= len(cells) and _is_row(cells[at : at + width]):
        if at + width < len(cells) and _is_number(cells, at + width):
            break  # more numbers than columns
        rows.append(tuple(cells[at : at + width]))
        at += width
    header = tuple(cells[start : start + max(width, 0)])
    named = all(len(_text(cell)) <= _LONGEST_HEAD and not _text(cell).endswith((".", ";", ":")) for cell in header)
    return ([header, *rows], at) if len(rows) >= _LEAST_ROWS and named else ([], start)


def _is_number(cells: Sequence[Cell], at: int) -> bool:
    return bool(_NUMBER.fullmatch(_text(cells[at])))


def _is_row(cells: Sequence[Cell]) -> bool:
    label, *numbers = map(_text, cells)
    return not _NUMBER.fullmatch(label) and all(map(_NUMBER.fullmatch, numbers))
