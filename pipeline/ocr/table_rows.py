"""Which printed lines of an unruled table are one row: a row head may take several lines, its numbers one.

Level rulings part rows where there are any. Elsewhere rows stand further apart than the lines of a cell; where all
stand alike, a line goes on with the one above it if it begins with a small letter or its first word would not have
fitted there, as a typesetter breaks lines.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from pipeline.ocr.gutters import Piece, PieceLine, column_of
from pipeline.ocr.table_bodies import Body

# Of the closest lines of the table: rows stand at least so much further apart than the lines of one.
_WIDER = 1.25
_OVERLAP = 0.2
_BLANK = 0.25  # sizes of the type
_MARK = re.compile(r"\d{1,3}(?:\.\d{1,2})*[.)]?|[IVXL]{1,5}[.)]?|[A-HĐ][.)]?|[a-zđ][.)]?")


def rows_of(lines: Sequence[PieceLine], body: Body, separators: Sequence[float], size: float) -> list[list[PieceLine]]:
    """Put the lines of a table, top to bottom, into rows.

    Args:
        lines: The lines of the body, and those above and below it that belong to its first and last row.
        body: The table's columns and its lines with numbers.
        separators: How far down level rulings stand that go across the table.
        size: The size of the type in points.
    """
    anchors = {row.number for row in body.rows}
    crossing = {line.number for line in body.crossing}
    wide = _wide_pitch(lines)
    groups: list[list[PieceLine]] = []
    for line in lines:
        if groups and not _parts(groups[-1][-1], line, separators, crossing, wide):
            groups[-1].append(line)
        else:
            groups.append([line])
    rows: list[list[PieceLine]] = []
    for group in groups:
        is_one = len(groups) > 1 and sum(line.number in anchors for line in group) == 1
        rows += _at_marks(group, body) if is_one else _untangled(group, anchors, body, size)
    return rows


def begins_row(line: PieceLine, body: Body) -> bool:
    """Say whether a line begins with a row's number or letter in a column of such."""
    first = line.pieces[0]
    return len(line.pieces) > 1 and column_of(first, body.columns) == 0 and bool(_MARK.fullmatch(first.text))


def goes_on(above: Sequence[PieceLine], line: PieceLine, body: Body, size: float) -> bool:
    """Say whether a line goes on with cells of the lines above it."""
    if begins_row(line, body):
        return False
    for piece in line.pieces:
        before = _last_in(above, column_of(piece, body.columns), body)
        if before is None or not (_begins_small(piece) or _would_not_fit(before, piece, body, size)):
            return False
    return True


def lacks_head(row: PieceLine, body: Body) -> bool:
    """Say whether a row's head began on a line above: it goes on in small letters, or its numbers stand alone."""
    heads = [piece for piece in row.pieces if column_of(piece, body.columns) < body.counted[0]]
    said = [piece for piece in heads if not _MARK.fullmatch(piece.text)]
    return not said or (_begins_small(said[0]) and len(said) == len(heads))


def _parts(above: PieceLine, below: PieceLine, separators: Sequence[float], crossing: set[int], wide: float) -> bool:
    if above.number in crossing or below.number in crossing:
        return True
    if _overlap(above, below):
        return False
    if any(above.middle < place < below.middle for place in separators):
        return True
    if all(_begins_small(piece) for piece in below.pieces):
        return False
    return below.foot - above.foot > wide


def _wide_pitch(lines: Sequence[PieceLine]) -> float:
    """Return the distance from which on two lines are two rows."""
    pitches = [below.foot - above.foot for above, below in pairwise(lines) if not _overlap(above, below)]
    return _WIDER * min(pitches, default=0.0)


def _overlap(above: PieceLine, below: PieceLine) -> bool:
    lower = min(above.box.y1 - above.box.y0, below.box.y1 - below.box.y0)
    return above.box.y1 - below.box.y0 > _OVERLAP * lower and not _share_column(above, below)


def _share_column(above: PieceLine, below: PieceLine) -> bool:
    return any(one.span.meets(other.span) for one in above.pieces for other in below.pieces)


def _at_marks(group: Sequence[PieceLine], body: Body) -> list[list[PieceLine]]:
    """Part lines that stand apart from others where one begins with a row's number or letter."""
    rows: list[list[PieceLine]] = []
    for line in group:
        if rows and not begins_row(line, body):
            rows[-1].append(line)
        else:
            rows.append([line])
    return rows


def _untangled(group: Sequence[PieceLine], anchors: set[int], body: Body, size: float) -> list[list[PieceLine]]:
    """Part lines that all stand alike into rows, each with the numbers of one line at most."""
    rows: list[list[PieceLine]] = []
    for line in group:
        is_full = line.number in anchors and rows and any(other.number in anchors for other in rows[-1])
        if not rows or is_full or not _belongs(rows[-1], line, anchors, body, size):
            rows.append([line])
        else:
            rows[-1].append(line)
    return rows


def _belongs(row: Sequence[PieceLine], line: PieceLine, anchors: set[int], body: Body, size: float) -> bool:
    if line.number in anchors:
        return _overlap(row[-1], line) or lacks_head(line, body)
    return _overlap(row[-1], line) or goes_on(row, line, body, size)


def _last_in(lines: Sequence[PieceLine], column: int, body: Body) -> Piece | None:
    found = [piece for line in lines for piece in line.pieces if column_of(piece, body.columns) == column]
    return found[-1] if found else None


def _begins_small(piece: Piece) -> bool:
    return piece.text[:1].islower()


def _would_not_fit(before: Piece, piece: Piece, body: Body, size: float) -> bool:
    word = piece.words[0].box
    edge = body.columns[column_of(piece, body.columns)].x1
    return before.span.x1 + _BLANK * size + word.x1 - word.x0 > edge
