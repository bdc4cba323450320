"""Numbers that stand alone and that Tesseract passes over: found where they are expected, when both readers agree."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from ocr_samples import REPORT, font, page_image
from PIL import Image, ImageDraw, ImageFont

from pipeline.models import Box
from pipeline.ocr.lines import PrintedLine
from pipeline.ocr.lone_numbers import with_lone_numbers
from pipeline.ocr.recognise import default_reader, read_cuts
from pipeline.ocr.recognition import PageImage, recognise
from pipeline.ocr.secondreader import second_reader

DPI = 200
SIZE = 36  # 13 points
HEAD = (820, 90)


def page(*marks: tuple[str, tuple[int, int], int]) -> Image.Image:
    """A page of our own with more drawn on it: what, where, and how large in pixels."""
    image = page_image(REPORT, DPI)
    pen = ImageDraw.Draw(image)
    for text, place, size in marks:
        pen.text(place, text, fill=0, font=ImageFont.truetype(font(), size))
    return image


def without(lines: Sequence[PrintedLine], place: Box) -> list[PrintedLine]:
    """What Tesseract read, as if it had passed over all within a place."""
    kept = ([word for word in line.words if not inside(word.box, place)] for line in lines)
    return [PrintedLine(tuple(words)) for words in kept if words]


def inside(box: Box, place: Box) -> bool:
    return place.x0 <= box.x0 and box.x1 <= place.x1 and place.y0 <= box.y0 and box.y1 <= place.y1


def found(image: Image.Image, seals: Sequence[Box] = ()) -> list[str]:
    """The lines above the text that are found again after Tesseract passed over them."""
    reader = second_reader()
    if reader is None:
        pytest.skip("the second reader is not installed")
    head = Box(x0=0, y0=0, x1=image.width, y1=170)
    lines = without(default_reader().read(image, DPI, 60), head)

    def read(cuts: Sequence[Image.Image], times: int) -> list[str]:
        return [line.raw for line in read_cuts(cuts, DPI * times, 60)]

    again = with_lone_numbers(np.asarray(image), lines, seals, reader, read)
    return [line.raw for line in again if line.box.y1 < head.y1]


@pytest.mark.parametrize("number", ["2", "3", "7", "12"])
def test_the_number_of_a_page_is_found(number: str) -> None:
    assert found(page((number, HEAD, SIZE))) == [number]


def test_a_page_is_read_with_its_number() -> None:
    assert recognise(PageImage(page(("2", HEAD, SIZE)), DPI / 72), 60).lines[0].text == "2"


@pytest.mark.parametrize(
    "marks",
    [
        [("2", HEAD, 3 * SIZE)],  # a number of another size: written on the sheet, not printed
        [("g", HEAD, SIZE)],
        [("2", HEAD, SIZE), ("m", (HEAD[0] + 32, HEAD[1]), SIZE)],  # something beside it
    ],
)
def test_other_ink_in_the_margin_is_no_number(marks: list[tuple[str, tuple[int, int], int]]) -> None:
    assert found(page(*marks)) == []


def test_dashes_of_a_broken_line_are_no_ones() -> None:
    image = page()
    pen = ImageDraw.Draw(image)
    for top in (20, 70, 120):
        pen.rectangle((HEAD[0], top, HEAD[0] + 8, top + 25), fill=0)
    assert found(image) == []


def test_nothing_is_looked_for_in_a_seal() -> None:
    seal = Box(x0=HEAD[0] - 50, y0=HEAD[1] - 50, x1=HEAD[0] + 90, y1=HEAD[1] + 90)
    assert found(page(("2", HEAD, SIZE)), [seal]) == []


def test_a_number_that_the_readers_see_differently_is_not_taken() -> None:
    reader = second_reader()
    if reader is None:
        pytest.skip("the second reader is not installed")
    image = page(("2", HEAD, SIZE))
    lines = without(default_reader().read(image, DPI, 60), Box(x0=0, y0=0, x1=image.width, y1=170))
    again = with_lone_numbers(np.asarray(image), lines, (), reader, lambda cuts, times: ["7"] * len(cuts))
    assert again == lines


def test_a_digit_in_a_column_joins_its_row() -> None:
    image = page_image(REPORT, DPI)
    pen, face = ImageDraw.Draw(image), ImageFont.truetype(font(), SIZE)
    for row, (name, count) in enumerate((("Xã Bình Hải", "730"), ("Xã Long Sơn", "4"))):
        for left, text in ((200, name), (1200, count)):
            pen.text((left + (20 if text == "4" else 0), 1000 + 60 * row), text, fill=0, font=face)
    lines = without(default_reader().read(image, DPI, 60), Box(x0=1150, y0=1055, x1=1300, y1=1110))
    reader = second_reader()
    if reader is None:
        pytest.skip("the second reader is not installed")

    def read(cuts: Sequence[Image.Image], times: int) -> list[str]:
        return [line.raw for line in read_cuts(cuts, DPI * times, 60)]

    assert with_lone_numbers(np.asarray(image), lines, (), reader, read)[-1].raw == "Xã Long Sơn 4"
