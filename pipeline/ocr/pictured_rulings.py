"""The rulings of a scanned page: long level and upright runs of ink, found by morphology (Serra 1982).

A page lies a little askew on the glass; the tilt is measured on its own level rulings and taken out first, so that
rulings meet where they were drawn.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image

from pipeline.models import Box
from pipeline.ocr.ink_pieces import ink_pieces
from pipeline.ocr.rulings import Ruling

Pixels = npt.NDArray[np.uint8]

_POINTS_PER_INCH = 72
_SHORTEST_INCHES = 0.22  # an upright ruling is a row high at least; no letter has a straight stroke as long
_NARROWEST_INCHES = 0.4  # a level one is a column wide at least
_THICKEST_INCHES = 0.06
_HALO_INCHES = 0.01  # the pale edge of a ruling
_LONG_INCHES = 1.5  # a ruling that tells the tilt
_GAP_INCHES = 0.015  # a break in a ruling that a poor scan makes; letters of one word stand further apart
_PAPER_WINDOW = 51  # pixels around which ink is told from paper
_DARKER_BY = 12
_WHITE, _HALF = 255, 127
_LEAST_TILT = 0.05  # degrees
_MOST_TILT = 3.0
_MOST_RUNS = 4000  # more are a picture, or hatching
# In points. The side of a black seal's ring stands upright for less than half an inch, and ends at no other ruling.
_LONGEST_ARC = 36.0
_MEETS_WITHIN = 3.0
_SAME_LINE = 1.0


@dataclass(frozen=True)
class PicturedRulings:
    """Rulings in points on the page as it would lie straight; `tilt` is by how many degrees it was turned for it."""

    rulings: tuple[Ruling, ...]
    tilt: float
    centre: tuple[float, float]

    def straightened(self, box: Box) -> Box:
        """Move a box of the page as it lies to where it stands on the straight page."""
        return _moved(box, self.centre, -self.tilt)

    def or_tilted(self, tilt: float) -> PicturedRulings:
        """Return the same with another tilt, in degrees, where the rulings told none."""
        return self if self.tilt else replace(self, tilt=tilt)

    def as_it_lies(self, box: Box) -> Box:
        """Move a box of the straight page back."""
        return _moved(box, self.centre, self.tilt)


def pictured_rulings(image: Image.Image, scale: float) -> PicturedRulings:
    """Find the rulings of a grey page; `scale` is pixels per point."""
    dpi = scale * _POINTS_PER_INCH
    ink = ink_of(np.asarray(image))
    tilt = _tilt(ink, dpi)
    if tilt:
        ink = np.where(_turned(ink, tilt, 0) > _HALF, 255, 0).astype(np.uint8)
    level = _runs(ink, dpi, is_level=True)
    upright = _runs(ink, dpi, is_level=False)
    centre = (image.width / 2 / scale, image.height / 2 / scale)
    if len(level) + len(upright) > _MOST_RUNS:
        return PicturedRulings((), tilt, centre)
    across = [Ruling(x / scale, (y + h / 2) / scale, (x + w) / scale, (y + h / 2) / scale) for x, y, w, h in level]
    down = [Ruling((x + w / 2) / scale, y / scale, (x + w / 2) / scale, (y + h) / scale) for x, y, w, h in upright]
    return PicturedRulings((*across, *_without_arcs(down, across)), tilt, centre)


def without_rulings(image: Image.Image, tilt: float, scale: float) -> Image.Image:
    """Return a grey page as it would lie straight, its rulings painted over with the colour of its paper."""
    page = np.asarray(image)
    dpi = scale * _POINTS_PER_INCH
    if tilt:
        page = _turned(page, tilt, _WHITE)
    ink = ink_of(page)
    around = np.ones((2 * round(_HALO_INCHES * dpi) + 1,) * 2, dtype=np.uint8)
    bare = page.copy()
    for is_level in (True, False):
        long = cv2.morphologyEx(ink, cv2.MORPH_OPEN, _bar(max(5, round(_SHORTEST_INCHES * dpi)), is_level))
        bare[cv2.dilate(long, around) > 0] = np.median(page)
    return Image.fromarray(bare)


def ink_of(page: Pixels) -> Pixels:
    """Return 255 where a pixel is darker than the paper around it."""
    ink = cv2.adaptiveThreshold(page, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, _PAPER_WINDOW, _DARKER_BY)
    return np.asarray(ink, dtype=np.uint8)


def _runs(ink: Pixels, dpi: float, is_level: bool) -> list[tuple[int, int, int, int]]:
    """Find the runs of ink in one direction; returns left, top, width, height of each in pixels."""
    shortest, gap = max(5, round(_SHORTEST_INCHES * dpi)), max(1, round(_GAP_INCHES * dpi))
    least = (_NARROWEST_INCHES if is_level else _SHORTEST_INCHES) * dpi
    bridged = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, _bar(gap, is_level))
    long = cv2.morphologyEx(bridged, cv2.MORPH_OPEN, _bar(shortest, is_level))
    stats = ink_pieces(long).stats
    thickest = _THICKEST_INCHES * dpi
    runs = [(int(left), int(top), int(width), int(height)) for left, top, width, height, _ in stats[1:].tolist()]
    sides = ((run, (run[2], run[3]) if is_level else (run[3], run[2])) for run in runs)
    return [run for run, (length, thickness) in sides if length >= least and thickness <= thickest]


def _without_arcs(upright: Sequence[Ruling], level: Sequence[Ruling]) -> list[Ruling]:
    """Leave out what is short and ends in the open, unless it is a piece of a longer ruling that a poor scan broke."""
    return [
        ruling
        for ruling in upright
        if ruling.y1 - ruling.y0 > _LONGEST_ARC
        or all(_ends_at(level, ruling.x0, end) for end in (ruling.y0, ruling.y1))
        or any(other is not ruling and _goes_on(ruling, other) for other in upright)
    ]


def _ends_at(level: Sequence[Ruling], x: float, y: float) -> bool:
    return any(
        abs(ruling.y0 - y) <= _MEETS_WITHIN and ruling.x0 - _MEETS_WITHIN <= x <= ruling.x1 + _MEETS_WITHIN
        for ruling in level
    )


def _goes_on(ruling: Ruling, other: Ruling) -> bool:
    apart = max(ruling.y0, other.y0) - min(ruling.y1, other.y1)
    return abs(ruling.x0 - other.x0) <= _SAME_LINE and apart <= _LONGEST_ARC


def _bar(length: int, is_level: bool) -> Pixels:
    return np.ones((1, length) if is_level else (length, 1), dtype=np.uint8)


def _tilt(ink: Pixels, dpi: float) -> float:
    """Measure by how many degrees the page's long level rulings fall to the right; 0 where there are none."""
    shortest = max(5, round(_SHORTEST_INCHES * dpi))
    long = cv2.morphologyEx(ink, cv2.MORPH_OPEN, _bar(shortest, is_level=True))
    labels, stats = ink_pieces(long)
    angles, weights = [], []
    for number, (left, top, width, height, _) in enumerate(stats.tolist()):
        if not number or width < _LONG_INCHES * dpi or height > width / 10:
            continue
        part = labels[top : top + height, left : left + width] == number
        inked = part.sum(axis=0)
        columns = np.flatnonzero(inked)
        middles = (np.arange(height) @ part)[columns] / inked[columns]
        angles.append(math.degrees(math.atan(np.polyfit(columns, middles, 1)[0])))
        weights.append(width)
    if not angles:
        return 0.0
    tilt = float(np.average(angles, weights=weights))
    return tilt if _LEAST_TILT <= abs(tilt) <= _MOST_TILT else 0.0


def _turned(pixels: Pixels, tilt: float, beyond: int) -> Pixels:
    """Turn a picture about its middle; `beyond` is what its corners are filled with."""
    height, width = pixels.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), tilt, 1)
    turned = cv2.warpAffine(pixels, turn, (width, height), flags=cv2.INTER_LINEAR, borderValue=beyond)
    return np.asarray(turned, dtype=np.uint8)


def _moved(box: Box, centre: tuple[float, float], degrees: float) -> Box:
    """Turn a box's middle about a point, clockwise on the page; its size stays."""
    angle = math.radians(degrees)
    x, y = (box.x0 + box.x1) / 2 - centre[0], (box.y0 + box.y1) / 2 - centre[1]
    right = centre[0] + x * math.cos(angle) - y * math.sin(angle)
    down = centre[1] + x * math.sin(angle) + y * math.cos(angle)
    half_width, half_height = (box.x1 - box.x0) / 2, (box.y1 - box.y0) / 2
    return Box(x0=right - half_width, y0=down - half_height, x1=right + half_width, y1=down + half_height)
