"""Red seals: where they are, and what is read beneath them."""

from __future__ import annotations

import numpy as np
import pytest
from ocr_samples import font
from PIL import Image, ImageDraw, ImageFont

from corpus.generator.degrade import Grade, degrade, stamp
from corpus.generator.fonts import Face
from pipeline.language.unicode import strip_marks
from pipeline.models import RegionKind
from pipeline.ocr.pictures import in_colour, in_grey
from pipeline.ocr.recognition import PageImage, recognise
from pipeline.ocr.rings import find_rings
from pipeline.ocr.seals import around_seal, find_seals, joined, without_coloured_ink
from pipeline.ocr.unread import UNREAD

DPI = 200
SIZE = (1654, 2339)
CENTRE = (360.0, 450.0)  # points: where the seal's middle stands
TITLE, NAME = "PHÓ CHỦ TỊCH", "Nguyễn Hoàng Vũ"
BODY = "Ủy ban nhân dân huyện báo cáo để Ủy ban nhân dân tỉnh xem xét, chỉ đạo."


def signed_page() -> Image.Image:
    """A page whose signer's title and name stand under a seal."""
    page = Image.new("RGB", SIZE, "white")
    pen = ImageDraw.Draw(page)
    for text, left, top in (
        (BODY, 170, 900),
        ("Nơi nhận:", 170, 1080),
        ("KT. CHỦ TỊCH", 1000, 1080),
        ("- Như trên;", 170, 1130),
        (TITLE, 1000, 1130),
        (NAME, 1000, 1350),
    ):
        pen.text((left, top), text, fill=(20, 20, 20), font=ImageFont.truetype(font(Face.BOLD), 36))
    return stamp(page, CENTRE, DPI, font(Face.BOLD), "UBND HUYỆN BÌNH HẢI * TỈNH CÀ MAU *")


def texts_of(page: Image.Image) -> str:
    lines = recognise(PageImage(in_grey(page), DPI / 72, in_colour(page)), 60).lines
    return "\n".join(line.text for line in lines)


@pytest.mark.parametrize("grade", [Grade.GOOD, Grade.FAIR, Grade.BAD])
def test_a_seal_is_found_where_it_was_stamped(grade: Grade) -> None:
    (seal,) = find_seals(degrade(signed_page(), grade, 3), DPI)
    middle = ((seal.x0 + seal.x1) / 2, (seal.y0 + seal.y1) / 2)
    assert middle == pytest.approx((CENTRE[0] * DPI / 72, CENTRE[1] * DPI / 72), abs=16)


def test_a_page_records_where_its_seal_stands() -> None:
    page = signed_page()
    (region,) = recognise(PageImage(in_grey(page), DPI / 72, in_colour(page)), 60).regions
    assert region.kind is RegionKind.SEAL
    assert ((region.box.x0 + region.box.x1) / 2, (region.box.y0 + region.box.y1) / 2) == pytest.approx(CENTRE, abs=6)


def test_red_letters_and_pages_without_red_hold_no_seal() -> None:
    page = Image.new("RGB", SIZE, "white")
    pen = ImageDraw.Draw(page)
    pen.text((200, 300), "HỎA TỐC", fill=(210, 30, 40), font=ImageFont.truetype(font(Face.BOLD), 40))
    pen.line((100, 500, 1500, 500), fill=(210, 30, 40), width=6)
    assert find_seals(page, DPI) == []
    assert find_seals(Image.new("RGB", SIZE, "white"), DPI) == []


@pytest.mark.parametrize("grade", [Grade.GOOD, Grade.FAIR])
def test_the_signer_under_a_seal_is_read(grade: Grade) -> None:
    text = strip_marks(texts_of(degrade(signed_page(), grade, 3)))
    for printed in ("KT. CHỦ TỊCH", TITLE, NAME, BODY):
        assert strip_marks(printed) in text


def test_black_print_stays_where_coloured_ink_is_taken_out() -> None:
    page = signed_page()
    clean = np.asarray(without_coloured_ink(page))
    black = np.asarray(page).max(axis=2) < 60
    assert clean[black].max() < 60
    assert clean[~black].mean() > 250


def test_what_is_read_around_a_seal_stays_on_the_page_and_is_read_once() -> None:
    seal = find_seals(signed_page(), DPI)[0]
    region = around_seal(seal, SIZE)
    assert region.x0 >= 0
    assert region.x1 <= SIZE[0]
    assert joined([region, region]) == [region]
    beside = region.model_copy(update={"x0": region.x1 - 5, "x1": region.x1 + 200})
    below = region.model_copy(update={"y0": region.y1 + 5, "y1": region.y1 + 200})
    assert joined([region, below, beside]) == [below, region.model_copy(update={"x1": beside.x1})]


@pytest.mark.parametrize("grade", [Grade.GOOD, Grade.FAIR, Grade.BAD, Grade.FAX])
def test_a_seal_without_colour_is_found_by_its_rings(grade: Grade) -> None:
    (seal,) = find_rings(degrade(signed_page(), grade, 3).convert("L"), DPI)
    middle = ((seal.x0 + seal.x1) / 2, (seal.y0 + seal.y1) / 2)
    assert middle == pytest.approx((CENTRE[0] * DPI / 72, CENTRE[1] * DPI / 72), abs=16)
    assert (seal.x1 - seal.x0) / DPI * 25.4 == pytest.approx(36, abs=2)


def test_lines_of_text_rulings_and_letters_are_no_rings() -> None:
    page = Image.new("L", SIZE, 255)
    pen = ImageDraw.Draw(page)
    face = ImageFont.truetype(font(Face.REGULAR), 36)
    for row in range(25):
        pen.text((170, 200 + 50 * row), BODY, fill=20, font=face)
    for edge in range(0, 600, 60):
        pen.rectangle((300, 1500, 300 + edge, 1500 + edge), outline=0, width=3)
    assert find_rings(page, DPI) == []
    assert find_rings(Image.new("L", SIZE, 255), DPI) == []


def black_seal_over(title: str, left: float) -> Image.Image:
    """A page in one bit whose seal covers what stands left of its right edge."""
    page = Image.new("RGB", SIZE, "white")
    pen = ImageDraw.Draw(page)
    face = ImageFont.truetype(font(Face.BOLD), 36)
    pen.text((170, 900), BODY, fill=0, font=face)
    pen.text((left, 1150), title, fill=0, font=face)
    pen.text((1000, 1480), NAME, fill=0, font=face)
    sealed = stamp(page, CENTRE, DPI, font(Face.BOLD), "UBND HUYỆN BÌNH HẢI * TỈNH CÀ MAU *").convert("L")
    return sealed.point(lambda grey: 0 if grey < 200 else 255)


def test_what_stands_beside_a_black_seal_is_read() -> None:
    beside = texts_of(black_seal_over(TITLE, 1160))
    assert TITLE in beside
    assert NAME in beside


def test_half_of_a_title_under_a_black_seal_does_not_stand_for_the_whole() -> None:
    covered = texts_of(black_seal_over(TITLE, 1030)).split("\n")
    assert NAME in covered
    (line,) = [line for line in covered if "TỊCH" in line]
    assert UNREAD in line


def test_grey_pictures_have_no_colour() -> None:
    assert in_colour(Image.new("L", SIZE, 255)) is None
    assert in_colour(Image.new("RGB", SIZE, (200, 200, 200))) is None
    assert in_colour(signed_page()) is not None
