"""The rulings of a PDF page: straight level and upright strokes, and the edges of the thin boxes that stand for them.

Word processors draw a table's borders either as strokes or as filled rectangles a fraction of a point thick; a dotted
border is a string of them, or of pictures of a dot or two.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from pipeline.ocr.placement import Placement, placement

# In points. The short sides of a border drawn as a box are no rulings.
_SHORTEST = 3.0
_SLANT = 1.0
# A filled rectangle thicker than any border is a cell's shading, which stands in from the cell's edges.
_THICKEST = 3.0
# The dots of a dotted border stand closer together.
_DOTS_APART = 3.0
_SAME_LINE = 0.3
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
    drawn = [ruling for stroke in strokes if (ruling := _straight(*stroke))]
    return [*drawn, *_strings([*_dots(outlines), *_pictured_dots(page, place)])]


def _dots(outlines: Iterable[list[_Point]]) -> Iterator[Ruling]:
    """Yield what is too short both ways to be a ruling of its own."""
    for outline in outlines:
        across, down = ([point[axis] for point in outline] for axis in (0, 1))
        yield from _dot(min(across), min(down), max(across), max(down))


def _pictured_dots(page: pdfium.PdfPage, place: Placement) -> Iterator[Ruling]:
    """Yield the pictures of dots that a word processor sets one beside another."""
    for item in page.get_objects(filter=(pdfium_c.FPDF_PAGEOBJ_IMAGE,), max_depth=1):
        left, bottom, right, top = item.get_bounds()
        corners = (place.apply(left, top), place.apply(right, bottom))
        across, down = (sorted(corner[axis] for corner in corners) for axis in (0, 1))
        yield from _dot(across[0], down[0], across[1], down[1])


def _dot(x0: float, y0: float, x1: float, y1: float) -> Iterator[Ruling]:
    if max(x1 - x0, y1 - y0) >= _SHORTEST:
        return
    middle_x, middle_y = (x0 + x1) / 2, (y0 + y1) / 2
    yield Ruling(x0, middle_y, x1, middle_y) if x1 - x0 > y1 - y0 else Ruling(middle_x, y0, middle_x, y1)


def _strings(dots: Sequence[Ruling]) -> Iterator[Ruling]:
    """Yield the rulings that dots close to one another make."""
    for is_level in (True, False):
        places = sorted(_along(dot) for dot in dots if dot.is_level is is_level)
        for line in _parted(places, lambda before, place: place.at - before.at > _SAME_LINE):
            dotted = sorted(line, key=lambda place: place.begin)
            for string in _parted(dotted, lambda before, place: place.begin - before.end > _DOTS_APART):
                at, begin, end = string[0].at, string[0].begin, string[-1].end
                if end - begin >= _SHORTEST:
                    yield Ruling(begin, at, end, at) if is_level else Ruling(at, begin, at, end)


class _Stretch(NamedTuple):
    """Where a level or upright piece stands, and from where to where it runs along its line."""

    at: float
    begin: float
    end: float


def _along(dot: Ruling) -> _Stretch:
    return _Stretch(dot.y0, dot.x0, dot.x1) if dot.is_level else _Stretch(dot.x0, dot.y0, dot.y1)


def _parted(places: Iterable[_Stretch], is_new: Callable[[_Stretch, _Stretch], bool]) -> list[list[_Stretch]]:
    """Part places in order into runs: a new one begins where `is_new` says so of two that follow each other."""
    runs: list[list[_Stretch]] = []
    for place in places:
        if runs and not is_new(runs[-1][-1], place):
            runs[-1].append(place)
        else:
            runs.append([place])
    return runs


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
