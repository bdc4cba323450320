"""What is seen on one page's picture: printed lines, rulings, and what is no print. Nothing depends on other pages."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.models import Region, Table
from pipeline.ocr.lines import PrintedLine
from pipeline.ocr.pictured_rulings import PicturedRulings, pictured_rulings
from pipeline.ocr.recognition import PageImage, lies_on_its_side, recognise
from pipeline.ocr.tables import pictured_tables


@dataclass(frozen=True)
class PicturedPage:
    """A page as it was recognised; `rulings` is None where it lies on its side: its rows would be columns."""

    lines: tuple[PrintedLine, ...]
    rulings: PicturedRulings | None
    regions: tuple[Region, ...] = ()

    def tables(self, first_line: int) -> tuple[Table, ...]:
        """Return the ruled tables, top to bottom; `first_line` is the number of the first line in the document."""
        return pictured_tables(self.rulings, self.lines, first_line) if self.rulings else ()


def recognise_page(picture: PageImage, seconds: float) -> PicturedPage:
    """Read a page's picture and find its rulings; boxes are in points from the page's top left corner.

    Raises:
        PageTimeoutError: The first reading took longer than `seconds`.
        UnreadableImageError: The engine could not take the image.
        MissingDependencyError: The engine is not installed.
    """
    read = recognise(picture, seconds)
    is_upright = not lies_on_its_side(read.lines)
    rulings = pictured_rulings(picture.image, picture.scale) if is_upright else None
    return PicturedPage(tuple(read.lines), rulings, read.regions)
