"""Letterheads of our own as pictures: printed, filled in by hand, and read; for the tests of what is not print."""

from __future__ import annotations

from ocr_samples import font
from PIL import Image, ImageDraw, ImageFont

from corpus.generator.fonts import Face
from pipeline.models import Box, Page, Reading, RegionKind, TextSource
from pipeline.normalize.reading import repair_reading
from pipeline.ocr.pictures import in_colour, in_grey
from pipeline.ocr.recognition import PageImage, RecognisedPage, recognise

DPI = 200
SIZE = (1654, 2339)
TOP, LEFT = 300, 150
BLUE, BLACK = (40, 50, 190), (10, 10, 10)
# Strokes of digits as a pen makes them, in heights of a printed digit: they swing out above and below the line.
STROKES = (
    ((0.1, -0.3), (0.5, -0.4), (0.5, 0.3), (0.05, 1.1), (0.6, 1.2)),
    ((1.0, -0.4), (0.75, 0.5), (1.1, 0.6), (1.3, -0.2), (1.2, 1.4)),
    ((1.7, -0.1), (1.5, 0.5), (1.8, 1.2), (2.0, 0.6), (1.6, 0.7)),
)


def letterhead(number: str = "", day: str = "") -> Image.Image:
    """A letterhead in print; a number or a day that is empty leaves a blank."""
    page = Image.new("RGB", SIZE, "white")
    pen = ImageDraw.Draw(page)
    face = ImageFont.truetype(font(Face.REGULAR), 36)
    pen.text((LEFT, 180), "ỦY BAN NHÂN DÂN XÃ BÌNH HẢI", fill=BLACK, font=face)
    pen.text((LEFT, TOP), f"Số: {number}", fill=BLACK, font=face)
    pen.text((LEFT + 160, TOP), "/BC-UBND", fill=BLACK, font=face)
    pen.text((800, TOP), f"Bình Hải, ngày {day}", fill=BLACK, font=face)
    pen.text((1100, TOP), "tháng 9 năm 2024", fill=BLACK, font=face)
    pen.text((700, 420), "BÁO CÁO", fill=BLACK, font=face)
    pen.text((LEFT, 500), "Kết quả trồng rừng ngập mặn và bảo vệ bờ biển của xã năm 2024", fill=BLACK, font=face)
    return page


def scribbled(page: Image.Image, left: float, top: float, colour: tuple[int, int, int] = BLACK) -> Image.Image:
    """Write by hand at a place."""
    pen = ImageDraw.Draw(page)
    for stroke in STROKES:
        pen.line([(left + 27 * x, top + 27 * y) for x, y in stroke], fill=colour, width=4, joint="curve")
    return page


def seen(page: Image.Image) -> RecognisedPage:
    return recognise(PageImage(in_grey(page), DPI / 72, in_colour(page)), 60)


def reading_of(found: RecognisedPage) -> Reading:
    lines = tuple(line.numbered(number) for number, line in enumerate(found.lines, 1))
    page = Page(number=1, lines=lines, width=595, height=842, source=TextSource.RECOGNISED, regions=found.regions)
    return repair_reading(Reading(document="a", digest="0", media_type="image/png", size=1, pages=(page,)))


def places(found: RecognisedPage, kind: RegionKind) -> list[Box]:
    return [region.box for region in found.regions if region.kind is kind]
