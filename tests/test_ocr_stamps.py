"""Stamps in frames: read though they stand askew; what is written into the register's is not the document's."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from ocr_letterheads import BLACK, DPI, TOP, letterhead, places, reading_of, scribbled, seen
from ocr_samples import font, read_bytes
from PIL import Image, ImageDraw, ImageFont

from corpus.generator.degrade import Grade, degrade
from corpus.generator.fonts import Face
from pipeline.errors import SecretDocumentError
from pipeline.extract.extraction import extract
from pipeline.models import RegionKind
from pipeline.ocr.stamps import MARKS, degree_of

RED = (205, 30, 40)
PER_MM = DPI / 25.4


def stamped(page: Image.Image, text: str, angle: float = 0.0, colour: tuple[int, int, int] = RED) -> Image.Image:
    """Stamp a text in its frame below the number, turned by an angle in degrees."""
    face = ImageFont.truetype(font(Face.BOLD), 40)
    width = round(face.getlength(text)) + 40
    stamp = Image.new("RGBA", (width, round(8 * PER_MM)), (0, 0, 0, 0))
    pen = ImageDraw.Draw(stamp)
    pen.rectangle((2, 2, stamp.width - 3, stamp.height - 3), outline=(*colour, 255), width=4)
    pen.text((stamp.width / 2, stamp.height / 2), text, fill=(*colour, 255), font=face, anchor="mm")
    turned = stamp.rotate(angle, expand=True, resample=Image.Resampling.BICUBIC)
    page.paste(turned, (180, 640), turned)
    return page


def page_with(text: str, angle: float = 0.0, colour: tuple[int, int, int] = RED) -> Image.Image:
    return stamped(letterhead(number="152", day="15"), text, angle, colour)


@pytest.mark.parametrize("angle", [-12.0, 3.0, 35.0])
@pytest.mark.parametrize("colour", [RED, BLACK], ids=["red", "black"])
def test_a_degree_of_urgency_is_read_however_it_was_set(angle: float, colour: tuple[int, int, int]) -> None:
    found = seen(page_with("HỎA TỐC", angle, colour))
    (region,) = found.regions
    assert (region.kind, region.text) == (RegionKind.STAMP, "HỎA TỐC")
    assert "HỎA TỐC" in [line.text for line in found.lines]
    components = extract(reading_of(found)).components
    assert (components.urgency, components.number) == ("Hỏa tốc", "152")


@pytest.mark.parametrize("mark", MARKS[:4])
def test_every_degree_of_urgency_is_told_from_the_others_on_a_fair_scan(mark: str) -> None:
    found = seen(degrade(page_with(mark, 4.0), Grade.FAIR, 5))
    assert [region.text for region in found.regions if region.kind is RegionKind.STAMP] == [mark]


@pytest.mark.parametrize("mark", MARKS[4:])
def test_a_document_stamped_secret_is_refused(mark: str, tmp_path: Path) -> None:
    content = io.BytesIO()
    page_with(mark, -7.0).save(content, "PNG", dpi=(DPI, DPI))
    with pytest.raises(SecretDocumentError, match=mark):
        read_bytes(tmp_path, "to-trinh.png", content.getvalue())


def test_what_is_written_into_the_registers_stamp_is_not_the_documents() -> None:
    page = letterhead(day="15")
    pen = ImageDraw.Draw(page)
    small = ImageFont.truetype(font(Face.REGULAR), 26)
    pen.rectangle((150, 640, 150 + round(50 * PER_MM), 640 + round(24 * PER_MM)), outline=BLACK, width=3)
    pen.line((150, 690, 150 + round(50 * PER_MM), 690), fill=BLACK, width=3)
    pen.text((165, 648), "PHÒNG NỘI VỤ HUYỆN LONG SƠN", fill=BLACK, font=ImageFont.truetype(font(Face.BOLD), 20))
    pen.text((165, 720), "ĐẾN", fill=BLACK, font=ImageFont.truetype(font(Face.BOLD), 34))
    pen.text((260, 700), "Số: 4471", fill=BLACK, font=small)
    pen.text((260, 750), "Ngày: 22/9/2024", fill=BLACK, font=small)
    found = seen(scribbled(page, 225, TOP + 8))
    (box,) = places(found, RegionKind.STAMP)
    assert (box.x0 * DPI / 72, box.y0 * DPI / 72) == pytest.approx((150, 640), abs=8)
    reading = reading_of(found)
    assert not any("4471" in line.text or "22/9" in line.text for line in reading.pages[0].lines)
    assert any("4471" in line.raw for line in reading.pages[0].lines)
    components = extract(reading).components
    assert (components.number, str(components.date), components.issuer) == (
        None,
        "2024-09-15",
        "ỦY BAN NHÂN DÂN XÃ BÌNH HẢI",
    )


def test_frames_with_other_words_and_tables_are_no_stamps() -> None:
    page = stamped(letterhead(number="152", day="15"), "HÓA HỌC")
    pen = ImageDraw.Draw(page)
    for row in range(4):
        for column in range(3):
            corner = (600 + 200 * column, 700 + 60 * row)
            pen.rectangle((*corner, corner[0] + 200, corner[1] + 60), outline=BLACK, width=2)
            pen.text((corner[0] + 20, corner[1] + 10), "MẬT" if not row else "12", fill=BLACK)
    assert seen(page).regions == ()


@pytest.mark.parametrize(
    ("text", "degree"),
    [
        ("|HỎA TỐC|", "HỎA TỐC"),
        ("HOẢ TỐC", "HỎA TỐC"),
        ("“NỎATỐC.", "HỎA TỐC"),
        ("THƯỢNG KHẨN", "THƯỢNG KHẨN"),
        ("KHẨN", "KHẨN"),
        ("TỐI MẬT", "TỐI MẬT"),
        ("HÓA HỌC", None),
        ("KHẨN CẤP", None),
        ("BẢO MẬT", None),
        ("Mật", None),
        ("", None),
    ],
)
def test_a_reading_is_one_of_the_degrees_or_nothing(text: str, degree: str | None) -> None:
    assert degree_of(text) == degree
