"""Seals in black or grey: found by their rings, where a scan without colours leaves nothing else to tell them by.

Circles are proposed by the Hough transform (Duda and Hart 1972; Yuen et al. 1990, as in OpenCV), each is moved to where
its circumference is inked most, and those count whose circumference is inked nearly all around. Measured on 103 pages:
of 36 seals the ring is inked by 0.83 at least, of anything else by 0.74 at most (a table's rulings, lines of text).
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image

from pipeline.models import Box

_LOOKED_AT_DPI = 72
_MM_PER_INCH = 25.4
_PAPER_WINDOW, _DARKER_BY = 31, 8
_SMALLEST_MM, _BIGGEST_MM = 12.0, 24.0  # radii; seals of offices have 16 to 18 mm, their inner rings 12 mm
_APART_MM = 12.0  # the middles of two seals
_EDGE, _VOTES = 150, 28  # OpenCV's thresholds of its Canny edges and of votes for a middle
_LOOKED_AT = 6  # circles with most ink
_INKED = 0.8
_ALSO_INKED = 0.75  # of a further ring around
_OUTER_MM = 6.0
_MOVES = 3
_ANGLES = np.deg2rad(np.arange(0, 360, 2))


@dataclass(frozen=True)
class _Circle:
    x: float
    y: float
    radius: float


def find_rings(image: Image.Image, dpi: int) -> list[Box]:
    """Find round seals in a grey picture; boxes are in its pixels."""
    shrink = max(1, round(dpi / _LOOKED_AT_DPI))
    per_mm = dpi / shrink / _MM_PER_INCH
    page = np.asarray(image.reduce(shrink))
    ink = cv2.adaptiveThreshold(page, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, _PAPER_WINDOW, _DARKER_BY)
    thick = cv2.dilate(ink, np.ones((2, 2), np.uint8)) > 0
    found: list[_Circle] = []
    proposed = _proposed(ink, per_mm)
    for number in np.argsort(-_shares(thick, proposed), kind="stable")[:_LOOKED_AT]:
        best, share = _settled(thick, proposed[number])
        if share >= _INKED and not any(_is_within(best, other) for other in found):
            found.append(_outermost(thick, best, per_mm))
    return [_box(circle, shrink) for circle in found]


def _proposed(ink: cv2.typing.MatLike, per_mm: float) -> list[_Circle]:
    circles = cv2.HoughCircles(
        cv2.GaussianBlur(255 - ink, (3, 3), 0),
        cv2.HOUGH_GRADIENT,
        dp=1,
        minDist=_APART_MM * per_mm,
        param1=_EDGE,
        param2=_VOTES,
        minRadius=round(_SMALLEST_MM * per_mm),
        maxRadius=round(_BIGGEST_MM * per_mm),
    )
    return [_Circle(*circle) for circle in ([] if circles is None else circles[0].tolist())]


def _shares(ink: npt.NDArray[np.bool_], circles: Sequence[_Circle]) -> npt.NDArray[np.float64]:
    """Return the share of each circumference that is inked; what lies off the page is not."""
    x, y, radius = np.array([(c.x, c.y, c.radius) for c in circles]).reshape(-1, 3, 1).transpose(1, 0, 2)
    xs = np.round(x + radius * np.cos(_ANGLES)).astype(int)
    ys = np.round(y + radius * np.sin(_ANGLES)).astype(int)
    height, width = ink.shape
    inside = (xs >= 0) & (xs < width) & (ys >= 0) & (ys < height)
    inked = ink[ys.clip(0, height - 1), xs.clip(0, width - 1)] & inside
    return np.asarray(inked.mean(axis=1), np.float64)


def _settled(ink: npt.NDArray[np.bool_], circle: _Circle) -> tuple[_Circle, float]:
    """Move a circle by single pixels to where it is inked most; returns it and the share that is inked there."""
    share = 0.0
    for _ in range(_MOVES):
        near = [
            _Circle(circle.x + right, circle.y + down, circle.radius + wider)
            for right, down, wider in itertools.product((0, -1, 1, -2, 2), (0, -1, 1, -2, 2), (0, -1, 1))
        ]
        shares = _shares(ink, near)
        better, share = near[int(shares.argmax())], float(shares.max())
        if better == circle:
            break
        circle = better
    return circle, share


def _outermost(ink: npt.NDArray[np.bool_], circle: _Circle, per_mm: float) -> _Circle:
    """Return the outermost ring of a seal whose inner one may have been found."""
    wider = [_Circle(circle.x, circle.y, circle.radius + step / 2) for step in range(round(2 * _OUTER_MM * per_mm))]
    inked = np.flatnonzero(_shares(ink, wider) >= _ALSO_INKED)
    return wider[inked[-1]] if inked.size else circle


def _is_within(one: _Circle, other: _Circle) -> bool:
    return (one.x - other.x) ** 2 + (one.y - other.y) ** 2 < other.radius**2


def _box(circle: _Circle, shrink: int) -> Box:
    x, y, radius = circle.x * shrink, circle.y * shrink, circle.radius * shrink
    return Box(x0=x - radius, y0=y - radius, x1=x + radius, y1=y + radius)
