"""Recipients and signature, which stand side by side on other levels: each is read by itself."""

from __future__ import annotations

import pytest
from ocr_samples import font
from PIL import Image, ImageDraw, ImageFont

from corpus.generator.degrade import Grade, degrade, stamp
from corpus.generator.fonts import Face
from pipeline.language.unicode import strip_marks
from pipeline.ocr.pictures import in_colour, in_grey
from pipeline.ocr.recognition import PageImage, recognise

DPI = 200
BODY = "Ủy ban nhân dân xã yêu cầu các thôn, xóm nghiêm túc thực hiện Kế hoạch này./."
NOTE = "Kế hoạch này gửi kèm theo Công văn của Ủy ban nhân dân huyện."
RECIPIENTS = (
    "- Như trên;",
    "- Thường trực Đảng ủy (để báo cáo);",
    "- Các thôn, xóm;",
    "- Đài truyền thanh xã;",
    "- Lưu: VT.",
)
SIGNING = ("TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")
NAME = "Trịnh Văn Khoa"


def closing_page(recipients: tuple[str, ...] = RECIPIENTS) -> Image.Image:
    """A page that ends in both columns under a red seal, in the sizes of the decree; a note runs across below."""
    page = Image.new("RGB", (1654, 2339), "white")
    pen = ImageDraw.Draw(page)
    text, small, bold = (
        ImageFont.truetype(font(face), size) for face, size in ((Face.REGULAR, 38), (Face.REGULAR, 30), (Face.BOLD, 38))
    )
    pen.text((235, 800), BODY, fill=(20, 20, 20), font=text)
    pen.text((235, 900), "Nơi nhận:", fill=(20, 20, 20), font=ImageFont.truetype(font(Face.BOLD_ITALIC), 33))
    for row, item in enumerate(recipients):
        pen.text((235, 938 + 37 * row), item, fill=(20, 20, 20), font=small)
    for row, line in enumerate(SIGNING):
        pen.text((1170, 900 + 48 * row), line, fill=(20, 20, 20), font=bold, anchor="mt")
    pen.text((1170, 1250), NAME, fill=(20, 20, 20), font=bold, anchor="mt")
    pen.text((235, 1500), NOTE, fill=(20, 20, 20), font=text)
    return stamp(page, (365.0, 408.0), DPI, font(Face.BOLD), "ỦY BAN NHÂN DÂN XÃ LŨNG CAO")


def texts_of(page: Image.Image) -> list[str]:
    return [line.text for line in recognise(PageImage(in_grey(page), DPI / 72, in_colour(page)), 60).lines]


@pytest.mark.parametrize("grade", [Grade.GOOD, Grade.FAIR])
def test_every_line_of_both_columns_is_read_whole(grade: Grade) -> None:
    text = strip_marks("\n".join(texts_of(degrade(closing_page(), grade, 5))))
    for printed in (BODY, *(item.removeprefix("- ") for item in RECIPIENTS), *SIGNING, NAME, NOTE):
        assert strip_marks(printed) in text


def test_what_stands_in_one_column_is_not_read_into_the_other() -> None:
    lines = texts_of(degrade(closing_page(), Grade.FAIR, 5))
    beside = {item for item in (*SIGNING, NAME) for line in lines if line.endswith(item)}
    assert beside == {*SIGNING, NAME}


def test_a_list_whose_title_cannot_be_read_is_found_beside_the_authority() -> None:
    page = closing_page()
    ImageDraw.Draw(page).rectangle((225, 895, 420, 937), fill="white")
    text = "\n".join(texts_of(degrade(page, Grade.GOOD, 5)))
    for item in RECIPIENTS:
        assert item in text
