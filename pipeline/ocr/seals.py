"""Red seals over signatures (dấu đỏ): found by their colour, and the text beneath read without any coloured ink.

A reader takes a seal for a drawing and leaves out the words under and beside it: the signer's title and name.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image

from pipeline.models import Box
from pipeline.ocr.ink_pieces import ink_pieces
from pipeline.ocr.lines import around

Pixels = npt.NDArray[np.uint8]

_THUMBNAIL = 4  # a seal is looked for in a picture so many times smaller
_RED_OVER = 20  # grey levels of red above the other colours; pale seals have no more
_COLOURED = 25  # grey levels between a pixel's strongest and weakest colour: ink of a pen or a pad
_DARK = 90  # black print under coloured ink is darker than this in every colour
_SMALLEST_MM, _BIGGEST_MM = 20.0, 60.0  # seals of offices measure about 36 mm; they may be cut off or blurred
_CLOSE_MM = 2.5  # the letters and rings of one seal stand no further apart
_FEWEST_PIXELS = 0.03  # of its square that a seal's ink covers
_MM_PER_INCH = 25.4
# What stands around a seal, in its own widths: the title above and to the right, the name below.
_LEFT, _ABOVE, _RIGHT, _BELOW = 0.35, 0.45, 1.5, 0.6


def find_seals(image: Image.Image, dpi: int) -> list[Box]:
    """Find round red seals in a coloured picture; boxes are in its pixels."""
    small = np.asarray(image.reduce(_THUMBNAIL), dtype=np.int16)
    red = (small[..., 0] - np.maximum(small[..., 1], small[..., 2]) > _RED_OVER).astype(np.uint8)
    per_mm = dpi / _MM_PER_INCH / _THUMBNAIL
    reach = max(3, round(_CLOSE_MM * per_mm))
    joined = cv2.morphologyEx(red, cv2.MORPH_CLOSE, np.ones((reach, reach), np.uint8))
    labels, stats = ink_pieces(joined)
    seals = []
    for number, (left, top, width, height, _) in enumerate(stats.tolist()):
        ink = red[labels == number].sum() if number else 0
        is_sized = _SMALLEST_MM * per_mm <= min(width, height) and max(width, height) <= _BIGGEST_MM * per_mm
        if is_sized and ink >= _FEWEST_PIXELS * width * height:
            edges = (left, top, left + width, top + height)
            seals.append(
                Box(**dict(zip(("x0", "y0", "x1", "y1"), (float(e * _THUMBNAIL) for e in edges), strict=True)))
            )
    return seals


def around_seal(seal: Box, size: tuple[int, int]) -> Box:
    """Return the part of a page of `size` pixels in which the signer's title and name stand."""
    width = seal.x1 - seal.x0
    return Box(
        x0=max(0.0, seal.x0 - _LEFT * width),
        y0=max(0.0, seal.y0 - _ABOVE * width),
        x1=min(float(size[0]), seal.x1 + _RIGHT * width),
        y1=min(float(size[1]), seal.y1 + _BELOW * width),
    )


def without_coloured_ink(image: Image.Image) -> Image.Image:
    """Return a coloured picture in grey, seals and signatures turned to paper; black print under them stays."""
    pixels = np.asarray(image)
    strongest, weakest = pixels.max(axis=2), pixels.min(axis=2)
    grey = np.asarray(image.convert("L")).copy()
    is_ink = (strongest.astype(np.int16) - weakest > _COLOURED) & (strongest > _DARK)
    grey[is_ink] = np.percentile(grey, 90)
    return Image.fromarray(grey)


def joined(regions: Sequence[Box]) -> list[Box]:
    """Join regions that overlap: what stands between two seals is read once."""
    kept: list[Box] = []
    for region in regions:
        whole = region
        while near := [other for other in kept if overlap(whole, other)]:
            kept = [other for other in kept if other not in near]
            whole = around([whole, *near])
        kept.append(whole)
    return kept


def overlap(one: Box, other: Box) -> bool:
    """Say whether two boxes have any place in common."""
    return one.x0 < other.x1 and other.x0 < one.x1 and one.y0 < other.y1 and other.y0 < one.y1
