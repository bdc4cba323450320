"""Where the ink of a cell stands, line by line: what is left of its rulings and dirt is none."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.models import Box
from pipeline.ocr.ink_pieces import ink_pieces
from pipeline.ocr.recognition import PageImage
from pipeline.ocr.secondreader import Pixels
from pipeline.ocr.tables import Rectangle

_SPECK_INCHES = 0.03
_SLIVER_INCHES, _MARGIN_INCHES = 0.012, 0.04  # what is left of a ruling: so thin, so near the cell's edge
# Of the usual height of words. A band of ink lower than this is marks that stand apart from their letters; one higher
# is lines that reach into each other.
_MARKS = 0.5
_ONE_LINE = 1.7

_Piece = tuple[int, int, int, int]


def ink_lines(cell: Rectangle, ink: Pixels, page: PageImage, usual: float) -> tuple[Box, ...]:
    """Return the boxes of the lines in a cell, top to bottom; nothing where it is empty or they cannot be parted.

    Args:
        cell: The cell, in points.
        ink: Where the page's ink is, without its rulings.
        page: The page.
        usual: The usual height of a word, in points.
    """
    x0, y0, x1, y1 = (round(edge * page.scale) for edge in cell)
    lines = _lines(_pieces(ink[y0:y1, x0:x1], page.dpi), usual * page.scale)
    if any(bottom - top > _ONE_LINE * usual * page.scale for _, top, _, bottom in lines):
        return ()
    return tuple(
        Box(
            x0=(x0 + left) / page.scale,
            y0=(y0 + top) / page.scale,
            x1=(x0 + right) / page.scale,
            y1=(y0 + bottom) / page.scale,
        )
        for left, top, right, bottom in lines
    )


def _pieces(ink: Pixels, dpi: int) -> list[_Piece]:
    """Return left, top, right and bottom of each connected piece of a cell's ink."""
    height, width = ink.shape
    speck, sliver, margin = (inches * dpi for inches in (_SPECK_INCHES, _SLIVER_INCHES, _MARGIN_INCHES))
    stats = ink_pieces(ink).stats
    pieces = [(x, y, x + across, y + down) for x, y, across, down, _ in stats[1:].tolist()]
    return [
        (left, top, right, bottom)
        for left, top, right, bottom in pieces
        if max(right - left, bottom - top) >= speck
        and not (
            (right - left <= sliver and (right <= margin or left >= width - margin))
            or (bottom - top <= sliver and (bottom <= margin or top >= height - margin))
        )
    ]


def _lines(pieces: Sequence[_Piece], usual: float) -> list[_Piece]:
    """Join pieces that share their height to lines; marks that stand apart go to the line below or above them."""
    bands: list[_Piece] = []
    for piece in sorted(pieces, key=lambda piece: piece[1]):
        if bands and piece[1] < bands[-1][3]:
            bands[-1] = _around(bands[-1], piece)
        else:
            bands.append(piece)
    while len(bands) > 1:
        low = [at for at, band in enumerate(bands) if band[3] - band[1] < _MARKS * usual]
        if not low:
            break
        at = low[0]
        sides = [side for side in (at - 1, at + 1) if 0 <= side < len(bands)]
        side = min(sides, key=lambda side: max(bands[side][1] - bands[at][3], bands[at][1] - bands[side][3]))
        first = min(at, side)
        bands[first : first + 2] = [_around(bands[first], bands[first + 1])]
    return bands


def _around(one: _Piece, other: _Piece) -> _Piece:
    return min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3])
