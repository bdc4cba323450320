"""The header above the body of an unruled table: which lines it takes, and which names reach over which columns."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.ocr.gutters import Piece, PieceLine, Span, column_of, parted_over
from pipeline.ocr.table_bodies import Body, is_row

# In sizes of the type.
_LINE_GAP = 2.5
_NAME_GAP = 1.5
_BESIDE = 0.2
_MOST_LINES = 8
_MOST_WORDS = 12
_NOT_A_NAME = re.compile(r"\(?(?:đơn vị(?: tính)?|đvt)\s*:|(?:bảng|biểu|phụ lục)\s|\(?kèm theo", re.IGNORECASE)
_PAGES = re.compile(r"(?:trang|tr\.)", re.IGNORECASE)


@dataclass(frozen=True)
class HeaderCell:
    """A name in the header: rows [top, bottom), columns [left, right), and its pieces with the lines they stand on."""

    top: int
    bottom: int
    left: int
    right: int
    pieces: tuple[tuple[PieceLine, Piece], ...]


def header_lines(lines: Sequence[PieceLine], body: Body, size: float, separators: Sequence[float]) -> list[PieceLine]:
    """Return the lines of a table's header, top to bottom; none where no line names a column of numbers.

    Args:
        lines: The lines above the table's rows, top to bottom, and the first of its rows.
        body: The body of the table.
        size: The size of the type in points.
        separators: How far down level rulings stand that go across the table.
    """
    taken: list[PieceLine] = []
    waiting: list[PieceLine] = []
    *above, below = lines
    for whole in reversed(above[-_MOST_LINES:]):
        line = parted_over(whole, body.columns, size)
        if below.box.y0 - line.box.y1 > _LINE_GAP * size or not _may_name(whole):
            break
        if taken and _is_shut_off(line, below, separators):
            break
        if _names_columns(line, body):
            taken += [*waiting, line]
            waiting = []
        elif _is_lone_name(line, below, body, size):
            waiting.append(line)
        else:
            break
        below = line
    return [*waiting[::-1], *taken[::-1]] if taken else []


def names_pages(lines: Sequence[PieceLine], body: Body) -> bool:
    """Say whether a header names the only column of numbers that of pages: a table of contents."""
    return any(
        _PAGES.fullmatch(piece.text) and column_of(piece, body.columns) in body.counted
        for line in lines
        for piece in line.pieces
    )


def _may_name(line: PieceLine) -> bool:
    return not (line.has_leader or is_row(line)) and not any(
        len(piece.words) > _MOST_WORDS or _NOT_A_NAME.match(piece.text) for piece in line.pieces
    )


def _is_shut_off(line: PieceLine, below: PieceLine, separators: Sequence[float]) -> bool:
    """Say whether a ruling across the table stands between two lines."""
    return any(line.middle < place < below.middle for place in separators)


def _names_columns(line: PieceLine, body: Body) -> bool:
    """Say whether a line has names for two columns at least, one of them of numbers, and none goes through others."""
    met = [_met(piece.span, body.columns) for piece in line.pieces]
    named = {at for columns in met for at in columns}
    apart = all(not set(one) & set(other) for index, one in enumerate(met) for other in met[index + 1 :])
    return len(line.pieces) > 1 and apart and any(at in body.counted for at in named)


def _met(span: Span, found: Sequence[Span]) -> list[int]:
    return [at for at, column in enumerate(found) if column.meets(span)]


def _is_lone_name(line: PieceLine, below: PieceLine, body: Body, size: float) -> bool:
    """Say whether a line goes on with a header: names in the middle of higher ones, or over columns of numbers only.

    Above the names of row heads text may end as close to a table as a name; a number is that of the page.
    """
    if any(piece.is_number for piece in line.pieces):
        return False
    met = [_met(piece.span, body.columns) for piece in line.pieces]
    away = below.box.y0 - line.box.y1
    if away <= _BESIDE * size:
        return all(len(at) < 2 or at[0] >= body.counted[0] for at in met)
    return away <= _NAME_GAP * size and len(met) == 1 and min(met[0], default=body.counted[0]) >= body.counted[0]


def with_named_columns(body: Body, lines: Sequence[PieceLine]) -> Body:
    """Return a body with the columns that only its header shows: names that stand beside those of all neighbours.

    So stands a column of notes without any note, or of row numbers that a reader lost.
    """
    named = max(lines, key=lambda line: len(line.pieces), default=None)
    if named is None:
        return body
    nearest: dict[int, Piece] = {}
    for piece in named.pieces:
        at = min(range(len(body.columns)), key=lambda at: _distance(piece.span, body.columns[at]))
        rival = nearest.setdefault(at, piece)
        if _distance(piece.span, body.columns[at]) < _distance(rival.span, body.columns[at]):
            nearest[at] = piece
    held = list(nearest.values())
    new = [piece.span for piece in named.pieces if piece not in held and not _met(piece.span, body.columns)]
    every = tuple(sorted((*body.columns, *new), key=lambda span: span.x0))
    return replace(body, columns=every, counted=tuple(every.index(body.columns[at]) for at in body.counted))


def _distance(one: Span, other: Span) -> float:
    return max(0.0, one.x0 - other.x1, other.x0 - one.x1)


def header_cells(lines: Sequence[PieceLine], body: Body) -> list[HeaderCell]:
    """Put the names of a header over their columns, from its lowest line up.

    A name that stands over the names of several columns reaches over these; names one below the other over the same
    columns are one.
    """
    over = [Span(column.x0, column.x1) for column in body.columns]
    named: list[tuple[range, list[tuple[PieceLine, Piece]]]] = []
    for line in reversed(lines):
        for piece in reversed(line.pieces):
            reach = _reach(piece, over)
            below = next((item for item in reversed(named) if set(item[0]) & set(reach)), None)
            if below and below[0] == reach:
                below[1].insert(0, (line, piece))
            else:
                named.append((reach, [(line, piece)]))
            if len(reach) == 1:
                over[reach[0]] = _around(over[reach[0]], piece.span)
    return _stacked(named[::-1])


def _reach(piece: Piece, over: Sequence[Span]) -> range:
    """Return the columns that a name stands over; the nearest if there is none."""
    met = _met(piece.span, over) or [column_of(piece, over)]
    return range(met[0], met[-1] + 1)


def _around(one: Span, other: Span) -> Span:
    return Span(min(one.x0, other.x0), max(one.x1, other.x1))


def _stacked(named: Sequence[tuple[range, list[tuple[PieceLine, Piece]]]]) -> list[HeaderCell]:
    """Give each name its rows: one below those above it, the lowest down to the body."""
    tops: list[int] = []
    for index, (reach, _) in enumerate(named):
        above = [tops[earlier] for earlier in range(index) if set(named[earlier][0]) & set(reach)]
        tops.append(max(above, default=-1) + 1)
    depth = max(tops, default=-1) + 1
    cells = []
    for index, (reach, pieces) in enumerate(named):
        is_lowest = not any(set(later) & set(reach) for later, _ in named[index + 1 :])
        bottom = depth if is_lowest else tops[index] + 1
        cells.append(HeaderCell(tops[index], bottom, reach[0], reach[-1] + 1, tuple(pieces)))
    return cells
