"""Tables without rulings, or with level rulings only, from where the words of a page stand.

What parts the columns is the white between them: see `gutters` for the columns, `table_bodies` for what is a table,
`table_headers` for the names above it, `table_rows` for rows of several lines. Level rulings (under a header, between
rows) help where there are any. Precision goes first: a table that is not found is read as text, but text that is taken
for a table loses its sentences.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from pipeline.language.unicode import vietnamese_nfc
from pipeline.models import Box, Cell, Table
from pipeline.ocr.gutters import Piece, PieceLine, Span, columns, edges, piece_line, type_size
from pipeline.ocr.lines import PrintedLine, around
from pipeline.ocr.rulings import Ruling
from pipeline.ocr.table_bodies import Body, bodies, is_row
from pipeline.ocr.table_headers import HeaderCell, header_cells, header_lines, names_pages, with_named_columns
from pipeline.ocr.table_rows import begins_row, goes_on, lacks_head, rows_of

_ACROSS_FROM = 0.6  # of the table's width: a level ruling that parts its rows
_ROW_GAP = 1.0  # sizes of the type
_MOST_LINES_OF_A_HEAD = 4

_Said = Iterable[tuple[PieceLine, Piece]]


def unruled_tables(
    lines: Sequence[PrintedLine], first_line: int, drawn: Sequence[Ruling], ruled: Sequence[Table]
) -> list[Table]:
    """Return the tables of a page that no rulings enclose, top to bottom; all bear the number 1.

    Args:
        lines: The page's printed lines, on a page that lies straight.
        first_line: The number that the first of them has in the document.
        drawn: The page's rulings.
        ruled: The tables that rulings enclose; their lines are not looked at.
    """
    size = type_size(lines)
    found = []
    for run in _outside(lines, first_line, ruled, size):
        floor = 0
        for body in bodies(run, size):
            frame = _frame(run[floor : body.first], body, run[body.first + len(body.lines) :], drawn, size)
            if frame:
                found.append(_table(frame))
                floor = body.first + len(body.lines)
    return found


def _outside(
    lines: Sequence[PrintedLine], first_line: int, ruled: Sequence[Table], size: float
) -> Iterator[list[PieceLine]]:
    """Yield the runs of lines that no ruled table interrupts, each from top to bottom."""
    inside = {number for table in ruled for cell in table.cells for number in cell.lines}
    for is_inside, run in groupby(enumerate(lines, first_line), key=lambda item: item[0] in inside):
        if not is_inside:
            found = (piece_line(number, line, size) for number, line in run)
            yield sorted((line for line in found if line.pieces), key=lambda line: line.middle)


@dataclass(frozen=True)
class _Frame:
    """A whole table: its body, its header, and all other lines in rows."""

    body: Body
    header: tuple[HeaderCell, ...]
    rows: tuple[tuple[PieceLine, ...], ...]

    @property
    def depth(self) -> int:
        """How many rows the header has."""
        return max((cell.bottom for cell in self.header), default=0)

    @property
    def pieces(self) -> list[Piece]:
        """All pieces of the table."""
        named = [piece for cell in self.header for _, piece in cell.pieces]
        return named + [piece for row in self.rows for line in row for piece in line.pieces]


def _frame(
    above: Sequence[PieceLine], body: Body, below: Sequence[PieceLine], drawn: Sequence[Ruling], size: float
) -> _Frame | None:
    """Return the whole table around a body; None where it is none."""
    separators = _separators(drawn, body.span)
    leading = _leading(above, body, size)
    lines = [*leading, *body.lines, *_trailing(below, body, separators, size)]
    header = header_lines([*above[: len(above) - len(leading)], lines[0]], body, size, separators)
    if not (_is_borne_out(body, header) if header else _does_without_header(body, above, size)):
        return None
    body = with_named_columns(body, header)
    rows = rows_of(lines, body, separators, size)
    return _Frame(body, tuple(header_cells(header, body)), tuple(tuple(row) for row in rows))


def _is_borne_out(body: Body, header: Sequence[PieceLine]) -> bool:
    return not (body.may_be_contents and names_pages(header, body))


def _does_without_header(body: Body, above: Sequence[PieceLine], size: float) -> bool:
    """Say whether numbers alone tell a table, and no row just above it shows that its beginning could not be read."""
    is_torn = bool(above) and is_row(above[-1]) and body.lines[0].box.y0 - above[-1].box.y1 <= _ROW_GAP * size
    is_told = body.has_total or not body.needs_header
    return is_told and not is_torn and not body.may_be_contents


def _separators(drawn: Sequence[Ruling], span: Span) -> list[float]:
    """Return how far down the level rulings stand that go across most of a table."""
    width = _ACROSS_FROM * (span.x1 - span.x0)
    return [
        ruling.y0 for ruling in drawn if ruling.is_level and min(ruling.x1, span.x1) - max(ruling.x0, span.x0) >= width
    ]


def _leading(above: Sequence[PieceLine], body: Body, size: float) -> list[PieceLine]:
    """Return the lines above the first numbers that are rows without numbers, or begin the head of the first row."""
    taken: list[PieceLine] = []
    below = body.rows[0]
    for line in reversed(above[-_MOST_LINES_OF_A_HEAD:]):
        is_close = 0 <= below.box.y0 - line.box.y1 + size <= (1 + _ROW_GAP) * size
        if not (is_close and _heads_only(line, body, size)):
            break
        if not (begins_row(line, body) or lacks_head(below, body)):
            break
        taken.insert(0, line)
        below = line
    return taken


def _trailing(below: Sequence[PieceLine], body: Body, separators: Sequence[float], size: float) -> list[PieceLine]:
    """Return the lines below the last numbers that go on with the head of the last row."""
    taken = [body.rows[-1]]
    for line in below[:_MOST_LINES_OF_A_HEAD]:
        is_close = line.box.y0 - taken[-1].box.y1 <= _ROW_GAP * size
        is_shut_off = any(taken[-1].middle < place < line.middle for place in separators)
        if is_shut_off or not (is_close and _heads_only(line, body, size) and goes_on(taken, line, body, size)):
            break
        taken.append(line)
    return taken[1:]


def _heads_only(line: PieceLine, body: Body, size: float) -> bool:
    """Say whether a line keeps the gutters and has nothing in the columns of numbers."""
    after = columns([*(row for row in body.lines if row not in body.crossing), line], size)
    is_kept = len(after) >= len(body.columns) and line.box.x0 >= body.span.x0 - size
    return is_kept and line.box.x1 < body.columns[body.counted[0]].x0


def _table(frame: _Frame) -> Table:
    spans = [piece.span for piece in frame.pieces]
    outer = Span(min(span.x0 for span in spans), max(span.x1 for span in spans))
    across, down = edges(_with_names(frame), outer), _row_edges(frame)
    width = len(across) - 1
    crossing = {line.number for line in frame.body.crossing}

    def cell(rows: range, reach: range, said: _Said) -> Cell:
        texts: dict[int, list[str]] = {}
        for line, piece in said:
            texts.setdefault(line.number, []).extend(vietnamese_nfc(word.text) for word in piece.words)
        return Cell(
            row=rows.start,
            column=reach.start,
            row_span=len(rows),
            column_span=len(reach),
            text="\n".join(" ".join(words) for words in texts.values()),
            box=Box(x0=across[reach.start], y0=down[rows.start], x1=across[reach.stop], y1=down[rows.stop]),
            lines=tuple(texts),
        )

    cells = [cell(range(item.top, item.bottom), range(item.left, item.right), item.pieces) for item in frame.header]
    cells += [cell(range(row, row + 1), range(column, column + 1), ()) for row, column in _unnamed(frame, width)]
    for at, row in enumerate(frame.rows, frame.depth):
        said = [(line, piece) for line in row for piece in line.pieces]
        if row[0].number in crossing:
            cells.append(cell(range(at, at + 1), range(width), said))
            continue
        places = [bisect_right(across, piece.span.middle, 1, width) - 1 for _, piece in said]
        for column in range(width):
            own = [item for item, place in zip(said, places, strict=True) if place == column]
            cells.append(cell(range(at, at + 1), range(column, column + 1), own))
    box = Box(x0=across[0], y0=down[0], x1=across[-1], y1=down[-1])
    in_order = sorted(cells, key=lambda item: (item.row, item.column))
    return Table(number=1, box=box, columns=across, cells=tuple(in_order), ruled=False)


def _with_names(frame: _Frame) -> list[Span]:
    """Return the columns as wide as their own names, where these leave room for the columns beside them."""
    spans = list(frame.body.columns)
    for cell in frame.header:
        at = cell.left
        named = around(word.box for _, piece in cell.pieces for word in piece.words)
        wide = Span(min(spans[at].x0, named.x0), max(spans[at].x1, named.x1))
        beside = [span for other, span in enumerate(spans) if other != at]
        if cell.right - at == 1 and not any(wide.meets(span) for span in beside):
            spans[at] = wide
    return spans


def _unnamed(frame: _Frame, width: int) -> list[tuple[int, int]]:
    """Return the rows and columns of the header that no name stands over."""
    named = {
        (row, column)
        for cell in frame.header
        for row in range(cell.top, cell.bottom)
        for column in range(cell.left, cell.right)
    }
    return [(row, column) for row in range(frame.depth) for column in range(width) if (row, column) not in named]


def _row_edges(frame: _Frame) -> list[float]:
    """Return how far down rows begin and end: half way between their words."""
    spans = [_down(cell.pieces for cell in frame.header if cell.top == row) for row in range(frame.depth)]
    spans += [Span(min(line.box.y0 for line in row), max(line.box.y1 for line in row)) for row in frame.rows]
    return [spans[0].x0, *((one.x1 + other.x0) / 2 for one, other in pairwise(spans)), spans[-1].x1]


def _down(said: Iterable[_Said]) -> Span:
    box = around(word.box for pieces in said for _, piece in pieces for word in piece.words)
    return Span(box.y0, box.y1)
