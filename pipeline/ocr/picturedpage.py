"""What is seen on one page's picture: printed lines, rulings, and what is no print. Nothing depends on other pages."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.models import Region, Table
from pipeline.ocr.lines import PrintedLine
from pipeline.ocr.pictured_rulings import PicturedRulings, pictured_rulings
from pipeline.ocr.pictured_tables import pictured_tables, with_cells_read_again
from pipeline.ocr.recognition import PageImage, lies_on_its_side, recognise


@dataclass(frozen=True)
class PicturedPage:
    """A page as it was recognised; `rulings` is None where it lies on its side: its rows would be columns."""

    lines: tuple[PrintedLine, ...]
    rulings: PicturedRulings | None
    regions: tuple[Region, ...] = ()

    def tables(self, first_line: int) -> tuple[Table, ...]:
        """Return the tables, top to bottom; `first_line` is the number of the first line in the document."""
        return pictured_tables(self.rulings, self.lines, first_line) if self.rulings else ()


def recognise_page(picture: PageImage, seconds: float) -> PicturedPage:
    """Read a page's picture, find its rulings and read the poor cells of its tables once more.

    Boxes are in points from the page's top left corner.

    Raises:
        PageTimeoutError: The first reading took longer than `seconds`.
        UnreadableImageError: The engine could not take the image.
        MissingDependencyError: The engine is not installed.
    """
    read = recognise(picture, seconds)
    if lies_on_its_side(read.lines):
        return PicturedPage(tuple(read.lines), None, read.regions)
    rulings = pictured_rulings(picture.image, picture.scale)
    return PicturedPage(tuple(with_cells_read_again(picture, read.lines, rulings)), rulings, read.regions)
