"""One page's picture to printed lines in points: read it, and where it went badly, turn or clean it and read again."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from PIL import Image

from pipeline.models import Box, Region, RegionKind
from pipeline.ocr.cleanup import calmed, is_grainy, is_specked
from pipeline.ocr.closing_columns import ColumnReaders, Corners, read_closing_columns
from pipeline.ocr.columns import side_by_side
from pipeline.ocr.handwriting import leave_blanks_unread
from pipeline.ocr.lines import PlacedWord, PrintedLine
from pipeline.ocr.lone_numbers import with_lone_numbers
from pipeline.ocr.missed_print import missed_share
from pipeline.ocr.numeral_size import with_odd_sizes_disputed
from pipeline.ocr.penink import leave_notes_unread
from pipeline.ocr.recognise import (
    Reader,
    Segmentation,
    default_reader,
    mean_confidence,
    quarter_turns,
    read_cuts,
)
from pipeline.ocr.rings import find_rings
from pipeline.ocr.seals import find_seals, overlap, without_coloured_ink
from pipeline.ocr.second_look import look_again
from pipeline.ocr.secondreader import read_again, second_reader
from pipeline.ocr.stamps import Stamp, find_stamps, with_stamps
from pipeline.ocr.tesseract import PageTimeoutError, UnreadableImageError
from pipeline.ocr.underseals import read_beside_rings, read_under_seals
from pipeline.ocr.unread import Unread

_POINTS_PER_INCH = 72
_LONGEST_SHEET_INCHES = 17  # A3
_A4_HEIGHT_INCHES = 11.69
# Measured on a clean page of known text: at 72 dpi twice the size brings 3.5 % wrong characters down to 0.7 %, at
# 96 dpi 1.0 % to none; from 110 dpi on it harms.
_TOO_COARSE_DPI = 105
_ENLARGE = 2
_POOR_CONFIDENCE = 0.88
_HOPELESS_CONFIDENCE = 0.60
_MUCH_MISSED = 0.02  # of a page's letters
# A character is worth having when it is more likely right than wrong.
_BREAK_EVEN = 0.5
_LETTERS_OF_A_LONG_WORD = 3
_ON_ITS_SIDE_FROM = 0.5
# Upright, a page must read about as well as on its side; that it then reads in order is the gain.
_NEARLY_AS_GOOD = 0.8


@dataclass(frozen=True)
class PageImage:
    """A page's picture in grey; `scale` is pixels per point. `colour` is the same in colours, where it has any.

    `is_calmed` says that specks and grain were taken out of the grey picture.
    """

    image: Image.Image
    scale: float
    colour: Image.Image | None = None
    is_calmed: bool = False

    @property
    def dpi(self) -> int:
        """Dots per inch of the paper.

        Some scanning programs write one point for each pixel, which makes a sheet of A4 a metre high.
        """
        longest = max(self.image.size)
        stated = self.scale * _POINTS_PER_INCH
        return round(stated if longest <= stated * _LONGEST_SHEET_INCHES else longest / _A4_HEIGHT_INCHES)


@dataclass(frozen=True)
class RecognisedPage:
    """What was read of a page's picture, and what stands on it beside print; boxes as the reading states them."""

    lines: list[PrintedLine]
    regions: tuple[Region, ...] = ()

    def in_points(self, scale: float) -> RecognisedPage:
        """Return the same in points, where boxes were in pixels; `scale` is pixels per point."""
        regions = (region.model_copy(update={"box": _shrunk(region.box, scale)}) for region in self.regions)
        return RecognisedPage(_in_points(self.lines, scale), tuple(regions))


def recognise(page: PageImage, seconds: float) -> RecognisedPage:
    """Read a page's picture; boxes are in points from the page's top left corner.

    A coarse picture is enlarged, a specked or grainy one cleaned. A page that lies on its side is turned. One that was
    read with little confidence is read once more, as it came or, where print was missed, with another segmentation: the
    reading with more characters that are probably right is kept.

    Raises:
        PageTimeoutError: The first reading took longer than `seconds`.
        UnreadableImageError: The engine could not take the image.
        MissingDependencyError: The engine is not installed.
    """
    deadline = time.monotonic() + seconds
    if page.dpi < _TOO_COARSE_DPI:
        page = _enlarged(page)
    first = _cleaned(page) if is_specked(page.image) or is_grainy(page.image) else page
    lines = default_reader().read(first.image, page.dpi, seconds)
    turned = _upright_reading(first, lines, deadline)
    if turned:
        return RecognisedPage(turned).in_points(page.scale)
    lines, best = _best_reading(lines, first, page, deadline)
    seals = _Seals.of(page)
    lines, best = _under_seals(lines, best, seals, deadline)
    lines, best = _in_closing_columns(lines, best, seals, deadline)
    written = _without_handwriting(_read_twice(side_by_side(lines), best), best, seals)
    lines = _with_numerals_looked_at(written.lines, best, seals, deadline)
    stamps = _stamps(lines, page, deadline)
    regions = (
        *(Region(kind=RegionKind.SEAL, box=seal) for seal in seals.all if not any(s.holds(seal) for s in stamps)),
        *(Region(kind=RegionKind.STAMP, box=stamp.box, text=stamp.text) for stamp in stamps),
        *(Region(kind=RegionKind.HANDWRITING, box=place) for place in written.places),
    )
    return RecognisedPage(with_stamps(lines, stamps, page.dpi), regions).in_points(page.scale)


@dataclass(frozen=True)
class _Seals:
    """The seals of a page, in pixels: red ones, and those that only their rings show."""

    red: list[Box]
    black: list[Box]

    @classmethod
    def of(cls, page: PageImage) -> _Seals:
        red = find_seals(page.colour, page.dpi) if page.colour else []
        rings = find_rings(page.image, page.dpi)
        return cls(red, [ring for ring in rings if not any(overlap(ring, seal) for seal in red)])

    @property
    def all(self) -> list[Box]:
        return [*self.red, *self.black]


def _cleaned(page: PageImage) -> PageImage:
    return replace(page, image=calmed(page.image), is_calmed=True)


def _best_reading(
    lines: list[PrintedLine], first: PageImage, page: PageImage, deadline: float
) -> tuple[list[PrintedLine], PageImage]:
    """Read the page as it came, or part it otherwise where print was missed, if it was read badly at first.

    Args:
        lines: The first reading.
        first: The picture that it is of: cleaned, or the page itself.
        page: The page as it came.
        deadline: When there is no time left.

    Returns:
        The better reading, and the picture that it is of.
    """
    if mean_confidence(lines) >= _POOR_CONFIDENCE:
        return lines, first
    if not first.is_calmed and missed_share(page.image, lines) < _MUCH_MISSED:
        return lines, first
    segmentation = Segmentation.AUTOMATIC if first.is_calmed else Segmentation.SINGLE_COLUMN
    rival = _attempt(default_reader().parting(segmentation), page.image, page.dpi, deadline)
    return (rival, page) if worth(rival) > worth(lines) else (lines, first)


def _under_seals(
    lines: list[PrintedLine], page: PageImage, seals: _Seals, deadline: float
) -> tuple[list[PrintedLine], PageImage]:
    """Read again what stands under seals; returns the lines, and the page without the ink of red ones."""

    def read(cut: Image.Image) -> list[PrintedLine]:
        return _attempt(default_reader().parting(Segmentation.SINGLE_COLUMN), cut, page.dpi, deadline)

    lines = read_beside_rings(page.image, seals.black, lines, read)
    if page.colour is None:
        return lines, page
    found, image = read_under_seals(page.colour, page.image, seals.red, lines, read)
    return found, replace(page, image=image)


def _in_closing_columns(
    lines: list[PrintedLine], page: PageImage, seals: _Seals, deadline: float
) -> tuple[list[PrintedLine], PageImage]:
    """Read recipients and signature once more, each alone; returns the lines, and the page as they were read."""

    def reading(segmentation: Segmentation) -> Callable[[Image.Image], list[PrintedLine]]:
        return lambda cut: _attempt(default_reader().parting(segmentation), cut, page.dpi, deadline)

    def without_seals(corners: Corners) -> Image.Image:
        if page.colour is None:
            return page.image.crop(corners)
        bare = without_coloured_ink(page.colour.crop(corners))
        return calmed(bare) if page.is_calmed else bare

    readers = ColumnReaders(
        reading(Segmentation.SINGLE_COLUMN),
        reading(Segmentation.LONE_LINES),
        worth,
        None if seals.black else without_seals,
    )
    found, image = read_closing_columns(page.image, lines, readers)
    return found, replace(page, image=image)


def _read_twice(lines: list[PrintedLine], page: PageImage) -> list[PrintedLine]:
    """Have a second reader read the words that were found, where one is installed."""
    reader = second_reader()
    return read_again(reader, np.asarray(page.image), lines) if reader else lines


def _with_numerals_looked_at(
    lines: list[PrintedLine], page: PageImage, seals: _Seals, deadline: float
) -> list[PrintedLine]:
    """Look again at numerals in doubt, and for lone ones, where two readers are there to agree on them."""

    def read(cuts: Sequence[Image.Image], times: int) -> list[str]:
        return _read_cuts(cuts, page.dpi * times, deadline)

    reader, pixels = second_reader(), np.asarray(page.image)
    if reader is None:
        return lines
    settled = look_again(pixels, with_odd_sizes_disputed(lines), reader, read)
    return with_lone_numbers(pixels, settled, seals.all, reader, read)


def _without_handwriting(lines: list[PrintedLine], page: PageImage, seals: _Seals) -> Unread:
    """Mark what was made of handwriting as unread."""
    filled = leave_blanks_unread(np.asarray(page.image), lines)
    if page.colour is None:
        return filled
    notes = leave_notes_unread(page.colour, page.dpi, filled.lines, seals.all)
    return Unread(notes.lines, (*filled.places, *notes.places))


def _stamps(lines: list[PrintedLine], page: PageImage, deadline: float) -> list[Stamp]:
    def read(cut: Image.Image) -> str:
        return " ".join(
            line.raw for line in _attempt(default_reader().parting(Segmentation.SINGLE_LINE), cut, page.dpi, deadline)
        )

    return find_stamps(page.image, page.dpi, lines, read)


def _enlarged(page: PageImage) -> PageImage:
    width, height = page.image.size
    size = (width * _ENLARGE, height * _ENLARGE)
    colour = page.colour.resize(size, Image.Resampling.BICUBIC) if page.colour else None
    return PageImage(page.image.resize(size, Image.Resampling.BICUBIC), page.scale * _ENLARGE, colour)


def worth(lines: Sequence[PrintedLine]) -> float:
    """Return how many characters are right, over those that are wrong, by the reader's own confidence.

    Mean confidence alone would reward a reading that leaves out what is hard.
    """
    return sum(len(word.raw) * ((word.confidence or 0.0) - _BREAK_EVEN) for line in lines for word in line.words)


def _attempt(reader: Reader, image: Image.Image, dpi: int, deadline: float) -> list[PrintedLine]:
    """Try another reading in the time that is left; without success it is empty, and worth nothing."""
    left = deadline - time.monotonic()
    if left < 1:
        return []
    try:
        return reader.read(image, dpi, left)
    except (PageTimeoutError, UnreadableImageError):
        return []


def _read_cuts(cuts: Sequence[Image.Image], dpi: int, deadline: float) -> list[str]:
    """Read cuts of one line each in the time that is left; without success nothing is seen on any of them."""
    left = deadline - time.monotonic()
    if left < 1:
        return [""] * len(cuts)
    try:
        return [line.raw for line in read_cuts(cuts, dpi, left)]
    except (PageTimeoutError, UnreadableImageError):
        return [""] * len(cuts)


def _upright_reading(page: PageImage, lines: list[PrintedLine], deadline: float) -> list[PrintedLine]:
    """Read a page that lies on its side or its head after turning it; empty where it stands upright already.

    Boxes are those of the page as it lies.
    """
    best: list[PrintedLine] = []
    for turns in _turns_to_try(page, lines, deadline):
        turned = replace(page, image=page.image.rotate(-90 * turns, expand=True))
        attempt = _attempt(default_reader(), turned.image, page.dpi, deadline)
        if worth(attempt) > max(worth(best), _NEARLY_AS_GOOD * worth(lines)):
            read = _read_twice(side_by_side(attempt), turned)
            best = [_turned_back(line, turns, page.image.size) for line in read]
    return best


def _turns_to_try(page: PageImage, lines: list[PrintedLine], deadline: float) -> tuple[int, ...]:
    """Return the quarter turns clockwise that are worth trying."""
    if lies_on_its_side(lines):
        return (1, 3)
    if mean_confidence(lines) < _HOPELESS_CONFIDENCE:
        turns = quarter_turns(page.image, page.dpi, deadline - time.monotonic())
        return (turns,) if turns else ()
    return ()


def lies_on_its_side(lines: Sequence[PrintedLine]) -> bool:
    """Say whether words are taller than wide: Tesseract can read text on its side, but not put it in order."""
    boxes = [word.box for line in lines for word in line.words if len(word.raw) >= _LETTERS_OF_A_LONG_WORD]
    tall = sum(box.y1 - box.y0 > box.x1 - box.x0 for box in boxes)
    return bool(boxes) and tall / len(boxes) >= _ON_ITS_SIDE_FROM


def _turned_back(line: PrintedLine, turns: int, size: tuple[int, int]) -> PrintedLine:
    return PrintedLine(tuple(replace(word, box=_box_turned_back(word.box, turns, size)) for word in line.words))


def _box_turned_back(box: Box, turns: int, size: tuple[int, int]) -> Box:
    """Put a box of the page turned clockwise by `turns` quarters where it lies on the page of `size` pixels."""
    width, height = size
    if turns == 1:
        return Box(x0=box.y0, y0=height - box.x1, x1=box.y1, y1=height - box.x0)
    if turns == 2:
        return Box(x0=width - box.x1, y0=height - box.y1, x1=width - box.x0, y1=height - box.y0)
    return Box(x0=width - box.y1, y0=box.x0, x1=width - box.y0, y1=box.x1)


def _in_points(lines: Sequence[PrintedLine], scale: float) -> list[PrintedLine]:
    return [PrintedLine(tuple(_scaled(word, scale) for word in line.words)) for line in lines]


def _scaled(word: PlacedWord, scale: float) -> PlacedWord:
    return replace(word, box=_shrunk(word.box, scale))


def _shrunk(box: Box, scale: float) -> Box:
    return Box(x0=box.x0 / scale, y0=box.y0 / scale, x1=box.x1 / scale, y1=box.y1 / scale)
