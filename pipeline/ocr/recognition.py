"""One page's picture to printed lines in points: read it, and where it went badly, clean it up and read it again."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace

from PIL import Image

from pipeline.models import Box
from pipeline.ocr.columns import side_by_side
from pipeline.ocr.lines import PlacedWord, PrintedLine
from pipeline.ocr.recognise import Reader

_POINTS_PER_INCH = 72


@dataclass(frozen=True)
class PageImage:
    """A page's picture in grey; `scale` is pixels per point."""

    image: Image.Image
    scale: float


def recognise(page: PageImage, reader: Reader, seconds: float) -> list[PrintedLine]:
    """Read a page's picture; boxes are in points from the page's top left corner.

    Raises:
        PageTimeoutError: It took longer than `seconds`.
        UnreadableImageError: The engine could not take the image.
    """
    started = time.monotonic()
    dpi = round(page.scale * _POINTS_PER_INCH)
    lines = reader.read(page.image, dpi, seconds - (time.monotonic() - started))
    return [_in_points(line, page.scale) for line in side_by_side(lines)]


def _in_points(line: PrintedLine, scale: float) -> PrintedLine:
    return PrintedLine(tuple(_scaled(word, scale) for word in line.words))


def _scaled(word: PlacedWord, scale: float) -> PlacedWord:
    box = word.box
    return replace(word, box=Box(x0=box.x0 / scale, y0=box.y0 / scale, x1=box.x1 / scale, y1=box.y1 / scale))
