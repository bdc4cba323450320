"""The bodies of tables that no rulings enclose: lines that keep the same white gutters, with columns of numbers.

Lines grow to a body as in Camelot's "stream", from rows that have their pieces in the same columns; but where that
takes any text in columns for a table, and pdfplumber's "text" strategy any three words at one edge, a body needs
numbers that stand under each other at one edge (A. Nurminen, "Algorithmic extraction of data in tables in PDF
documents", Tampere 2013, after which Tabula finds tables, asks the same of four lines of text). What only looks so is
left out: contents with their page numbers, dotted leaders, numbered lists side by side, years and codes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from pipeline.ocr.gutters import Piece, PieceLine, Span, are_rows, column_of, columns

# Lines with numbers that a table has at least.
_FEWEST_ROWS = 3
_MOST_LINES_BETWEEN = 6
# In sizes of the type.
_ROW_GAP = 2.0
_SAME_EDGE = 0.6
_SAME_EDGE_OF_TWO = 0.3
_GUTTER_OF_TWO = 1.5
_MOST_NUMBERS_MISSING = 0.5
_NUMBERS_FROM = 0.6
_ALIGNED_FROM = 0.85
_MOST_PAGES = 1000
_TOTAL = re.compile(r"(?:tổng|cộng)\b", re.IGNORECASE)
_NOT_BETWEEN = re.compile(r"(?:bảng|biểu|phụ lục|ghi chú|nguồn)\b", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True)
class Body:
    """Lines of a table, those with numbers (`rows`) and those between them, and its columns.

    `crossing` are lines that head the rows below them right across the gutters. `counted` are the columns of numbers.
    """

    first: int
    lines: tuple[PieceLine, ...]
    rows: tuple[PieceLine, ...]
    crossing: tuple[PieceLine, ...]
    columns: tuple[Span, ...]
    counted: tuple[int, ...]

    @property
    def span(self) -> Span:
        """From where to where the table reaches."""
        return Span(self.columns[0].x0, self.columns[-1].x1)

    @property
    def needs_header(self) -> bool:
        """Whether the numbers alone are too little to tell a table: one column of them."""
        return len(self.counted) == 1

    @property
    def may_be_contents(self) -> bool:
        """Whether the only numbers never fall from row to row, as those of pages do in a table of contents."""
        if len(self.counted) != 1:
            return False
        said = [piece.text for piece in _cells(self.rows, self.columns, self.counted[0])]
        if not all(_DIGITS.fullmatch(text) and int(text) < _MOST_PAGES for text in said):
            return False
        numbers = [int(text) for text in said]
        return numbers == sorted(numbers)

    @property
    def has_total(self) -> bool:
        """Whether the last row sums up those above it."""
        return any(_TOTAL.match(piece.text) for piece in self.rows[-1].pieces)


def bodies(lines: Sequence[PieceLine], size: float) -> Iterator[Body]:
    """Yield the bodies of tables among `lines`, top to bottom; `size` is that of the page's type in points."""
    at = 0
    while at < len(lines):
        body = _grown(lines, at, size) if is_row(lines[at]) else None
        if body:
            yield body
        at = body.first + len(body.lines) if body else at + 1


def is_row(line: PieceLine) -> bool:
    """Say whether a line may be a row of numbers: one of its pieces, not the first, is a quantity."""
    return not line.has_leader and len(line.pieces) > 1 and any(piece.is_quantity for piece in line.pieces[1:])


def _grown(lines: Sequence[PieceLine], first: int, size: float) -> Body | None:
    """Return the longest body that begins with the row at `first`, if it is one of a table."""
    growing = _Growing(lines[first])
    end = first
    for at in range(first + 1, len(lines)):
        line = lines[at]
        if at - end > _MOST_LINES_BETWEEN or not _is_near(lines[at - 1], line, size) or line.has_leader:
            break
        if is_row(line):
            if not growing.takes(line, size):
                break
            end = at
        elif not growing.lets_pass(line, size):
            break
    taken = tuple(lines[first : end + 1])
    crossing = tuple(line for line in growing.crossing if line in taken)
    kept = [line for line in taken if line not in crossing]
    found = _without_nil_columns(columns(kept, size), kept)
    counted = _counted(growing.rows, found, size)
    return Body(first, taken, tuple(growing.rows), crossing, found, counted) if counted else None


class _Growing:
    """The rows of a table so far, what stands between them, and what is still waiting for a row below it."""

    def __init__(self, first: PieceLine) -> None:
        self.rows = [first]
        self.crossing: list[PieceLine] = []
        self._between: list[PieceLine] = []
        self._waiting: list[PieceLine] = []

    def takes(self, row: PieceLine, size: float) -> bool:
        """Add a row, and the lines that waited for it, if all keep the same gutters."""
        every = [*self.rows, *self._between, *self._waiting, row]
        if not are_rows(every, columns(every, size)):
            return False
        self.rows.append(row)
        self._between += self._waiting
        self._waiting = []
        return True

    def lets_pass(self, line: PieceLine, size: float) -> bool:
        """Say whether a line without numbers may stand between two rows, in their columns or right across."""
        every = [*self.rows, *self._between, *self._waiting]
        before, after = columns(every, size), columns([*every, line], size)
        if len(after) == len(before) and are_rows([*every, line], after):
            self._waiting.append(line)
            return True
        if _crosses(line, before):
            self.crossing.append(line)
            return True
        return False


def _crosses(line: PieceLine, found: Sequence[Span]) -> bool:
    """Say whether a line heads the rows below it: one piece that begins where row heads do and leaves the end free."""
    piece = line.pieces[0]
    begins = any(abs(piece.span.x0 - span.x0) < (span.x1 - span.x0) / 2 for span in found[:2])
    return len(line.pieces) <= 2 and begins and line.box.x1 < found[-1].x0 and not _NOT_BETWEEN.match(line.text)


def _is_near(above: PieceLine, below: PieceLine, size: float) -> bool:
    return abs(below.box.y0 - above.box.y1) <= _ROW_GAP * size


def _without_nil_columns(found: Sequence[Span], lines: Sequence[PieceLine]) -> tuple[Span, ...]:
    """Join columns beside each other that are never both filled: a dash in the middle of a column of numbers."""
    joined = list(found[:1])
    for span in found[1:]:
        left = _said(lines, joined[-1])
        right = _said(lines, span)
        is_one = not {number for number, _ in left} & {number for number, _ in right}
        if is_one and any(all(piece.is_nil for _, piece in side) for side in (left, right)):
            joined[-1] = Span(joined[-1].x0, span.x1)
        else:
            joined.append(span)
    return tuple(joined)


def _said(lines: Sequence[PieceLine], span: Span) -> list[tuple[int, Piece]]:
    return [(line.number, piece) for line in lines for piece in line.pieces if piece.span.meets(span)]


def _counted(rows: Sequence[PieceLine], found: Sequence[Span], size: float) -> tuple[int, ...]:
    """Return the columns of numbers; none where the rows are no table's."""
    if len(rows) < _FEWEST_ROWS or len(found) < 2 or not are_rows(rows, found):
        return ()
    counted = tuple(at for at in range(1, len(found)) if _counts(_cells(rows, found, at), rows, size))
    is_table = counted and _has_heads(rows, found, counted[0]) and (len(found) > 2 or _is_strict(rows, found, size))
    return counted if is_table else ()


def _cells(rows: Sequence[PieceLine], found: Sequence[Span], at: int) -> list[Piece]:
    return [piece for row in rows for piece in row.pieces if column_of(piece, found) == at]


def _counts(cells: Sequence[Piece], rows: Sequence[PieceLine], size: float) -> bool:
    """Say whether a column holds numbers, in most rows, at one edge, that do not just number the rows."""
    said = [piece for piece in cells if not piece.is_nil]
    quantities = [piece for piece in said if piece.is_quantity]
    if len(quantities) < 2 or len(quantities) < _NUMBERS_FROM * len(said):
        return False
    if len(cells) < _MOST_NUMBERS_MISSING * len(rows):
        return False
    return _are_aligned(quantities, _SAME_EDGE * size) and not _number_rows(quantities)


def _are_aligned(pieces: Sequence[Piece], within: float) -> bool:
    """Say whether most pieces stand at one edge, right, left or middle."""
    spans = [piece.span for piece in pieces]
    edges = ([span.x1 for span in spans], [span.x0 for span in spans], [span.middle for span in spans])
    return any(
        sum(abs(place - median(places)) <= within for place in places) >= _ALIGNED_FROM * len(places)
        for places in edges
    )


def _number_rows(pieces: Sequence[Piece]) -> bool:
    """Say whether numbers go up by one from row to row."""
    if not all(_DIGITS.fullmatch(piece.text) for piece in pieces):
        return False
    numbers = [int(piece.text) for piece in pieces]
    return numbers == list(range(numbers[0], numbers[0] + len(numbers)))


def _has_heads(rows: Sequence[PieceLine], found: Sequence[Span], counted: int) -> bool:
    """Say whether most rows say, left of their numbers, what is counted."""
    heads = sum(any(column_of(piece, found) < counted and _is_head(piece) for piece in row.pieces) for row in rows)
    return heads >= _NUMBERS_FROM * len(rows)


def _is_head(piece: Piece) -> bool:
    """Say whether a piece has a letter, or is a year."""
    return any(map(str.isalpha, piece.text)) or (piece.is_number and not piece.is_quantity)


def _is_strict(rows: Sequence[PieceLine], found: Sequence[Span], size: float) -> bool:
    """Say whether two columns are told apart beyond doubt: numbers at one right edge, and wide white before them."""
    numbers = _cells(rows, found, 1)
    places = [piece.span.x1 for piece in numbers]
    is_flush = all(abs(place - median(places)) <= _SAME_EDGE_OF_TWO * size for place in places)
    is_filled = all(piece.is_number or piece.is_nil for piece in numbers) and all(len(row.pieces) == 2 for row in rows)
    return is_flush and is_filled and found[1].x0 - found[0].x1 >= _GUTTER_OF_TWO * size
