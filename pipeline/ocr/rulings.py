"""The rulings of a PDF page: straight level and upright strokes, and the edges of the thin boxes that stand for them.

Word processors draw a table's borders either as strokes or as filled rectangles a fraction of a point thick.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from pipeline.ocr.placement import Placement, placement

# In points. The short sides of a border drawn as a box are no rulings.
_SHORTEST = 3.0
_SLANT = 1.0
# A filled rectangle thicker than any border is a cell's shading, which stands in from the cell's edges.
_THICKEST = 3.0
# A chart or a drawing has many more strokes than the tables of a page.
_MOST_SEGMENTS = 20_000


_Point = tuple[float, float]


@dataclass(frozen=True)
class Ruling:
    """A level or upright stroke from (x0, y0) to (x1, y1), in points from the page's top left corner."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def is_level(self) -> bool:
        """Whether it runs from left to right, not from top to bottom."""
        return self.x1 - self.x0 > self.y1 - self.y0


def rulings(page: pdfium.PdfPage) -> list[Ruling]:
    """Return the page's rulings as they were drawn; none for a page that is drawn all over (charts, maps)."""
    paths = list(page.get_objects(filter=(pdfium_c.FPDF_PAGEOBJ_PATH,), max_depth=1))
    if not paths or sum(pdfium_c.FPDFPath_CountSegments(item) for item in paths) > _MOST_SEGMENTS:
        return []
    place = placement(page)
    outlines = [outline for item in paths for outline in _painted(item, place)]
    strokes = (stroke for outline in outlines for stroke in pairwise(outline))
    return [ruling for stroke in strokes if (ruling := _straight(*stroke))]


def _painted(item: pdfium.PdfObject, place: Placement) -> list[list[_Point]]:
    """Return the outlines of a path that show as strokes: what is neither stroked nor thin shows none."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium_c.FPDFPath_GetDrawMode(item, fill, stroke)
    if stroke.value:
        return list(_outlines(item, place))
    return [outline for outline in _outlines(item, place) if _is_thin(outline)] if fill.value else []


def _outlines(item: pdfium.PdfObject, place: Placement) -> Iterator[list[_Point]]:
    """Yield the corners of each outline of a path, as they are seen; a curve counts as a stroke to its end."""
    matrix = item.get_matrix()
    x, y = ctypes.c_float(), ctypes.c_float()
    outline: list[_Point] = []
    for index in range(pdfium_c.FPDFPath_CountSegments(item)):
        segment = pdfium_c.FPDFPath_GetPathSegment(item, index)
        pdfium_c.FPDFPathSegment_GetPoint(segment, x, y)
        if pdfium_c.FPDFPathSegment_GetType(segment) == pdfium_c.FPDF_SEGMENT_MOVETO and outline:
            yield outline
            outline = []
        outline.append(place.apply(*matrix.on_point(x.value, y.value)))
        if pdfium_c.FPDFPathSegment_GetClose(segment):
            outline.append(outline[0])
    yield outline


def _is_thin(outline: Sequence[_Point]) -> bool:
    across, down = ([point[axis] for point in outline] for axis in (0, 1))
    return min(max(across) - min(across), max(down) - min(down)) <= _THICKEST


def _straight(begin: _Point, end: _Point) -> Ruling | None:
    (ax, ay), (bx, by) = begin, end
    across, down = abs(bx - ax), abs(by - ay)
    if max(across, down) < _SHORTEST or min(across, down) > _SLANT:
        return None
    x0, x1, y0, y1 = min(ax, bx), max(ax, bx), min(ay, by), max(ay, by)
    middle_x, middle_y = (x0 + x1) / 2, (y0 + y1) / 2
    return Ruling(x0, middle_y, x1, middle_y) if across > down else Ruling(middle_x, y0, middle_x, y1)
