"""Which pages of a document are repaired, and what stays of them."""

from __future__ import annotations

import pytest

from pipeline.models import Line, Page, Reading, TextSource, Trust, TrustDecision
from pipeline.normalize.footnotes import raise_marks
from pipeline.normalize.gate import needs_repair
from pipeline.normalize.reading import repair_reading

WRONG = (
    "Uy ban nhan dan huyén bao cdo két qua thuc hién nhiém vu quy III nam 2024",
    "Tong s6 hd so da tiép nhan 1a 3.412 hd so, dat 98,5% ké hoach duge giao.",
)
RIGHT = (
    "Ủy ban nhân dân huyện báo cáo kết quả thực hiện nhiệm vụ quý III năm 2024",
    "Tổng số hồ sơ đã tiếp nhận là 3.412 hồ sơ, đạt 98,5% kế hoạch được giao.",
)


def reading_of(lines: tuple[str, ...], source: TextSource, trust: Trust) -> Reading:
    page = Page(
        number=1,
        lines=tuple(Line(number=n, raw=text, text=text) for n, text in enumerate(lines, 1)),
        source=source,
        decision=TrustDecision(trust=trust, score=0.5),
    )
    return Reading(document="baocao.txt", digest="0" * 64, media_type="text/plain", size=1, pages=(page,))


def texts(reading: Reading) -> tuple[str, ...]:
    return tuple(line.text for page in reading.pages for line in page.lines)


def test_a_page_that_is_not_trusted_is_repaired_and_keeps_its_raw_reading() -> None:
    repaired = repair_reading(reading_of(WRONG, TextSource.REPAIRED_LAYER, Trust.GARBLED))
    assert texts(repaired) == RIGHT
    assert tuple(line.raw for line in repaired.pages[0].lines) == WRONG


def test_a_garbled_text_file_is_repaired() -> None:
    assert texts(repair_reading(reading_of(WRONG, TextSource.PLAIN, Trust.GARBLED))) == RIGHT


def test_a_page_read_from_its_picture_gets_its_marks_right_and_keeps_what_is_right() -> None:
    misread = tuple(text.replace("kết quả", "kêt quá").replace("kế hoạch", "kê hoạch") for text in RIGHT)
    repaired = repair_reading(reading_of(misread, TextSource.RECOGNISED, Trust.MISSING))
    assert texts(repaired) == RIGHT
    assert tuple(line.raw for line in repaired.pages[0].lines) == misread
    assert all(line.confidences for line in repaired.pages[0].lines)
    assert texts(repair_reading(reading_of(RIGHT, TextSource.RECOGNISED, Trust.MISSING))) == RIGHT


def test_a_trusted_page_is_only_composed() -> None:
    spread = tuple(text.replace("ổ", "o\u0302\u0309") for text in RIGHT)
    assert texts(repair_reading(reading_of(spread, TextSource.LAYER, Trust.TRUSTED))) == RIGHT


def test_invisible_characters_and_look_alikes_stay_in_the_raw_reading_only() -> None:
    odd = tuple(
        text.replace("ủy", "u\u0309y").replace("đ", "\u00f0").replace("hồ sơ", "h\u200bồ s\u00adơ") for text in RIGHT
    )
    page = repair_reading(reading_of(odd, TextSource.LAYER, Trust.TRUSTED)).pages[0]
    assert tuple(line.text for line in page.lines) == RIGHT
    assert tuple(line.raw for line in page.lines) == odd


def test_the_spelling_that_is_printed_stays() -> None:
    newer = tuple(text.replace("Ủy", "Uỷ") for text in RIGHT)
    assert texts(repair_reading(reading_of(newer, TextSource.LAYER, Trust.TRUSTED))) == newer


def test_a_garbled_page_is_repaired_from_its_unicode_and_not_from_the_legacy_code() -> None:
    page = reading_of(WRONG, TextSource.REPAIRED_LAYER, Trust.GARBLED).pages[0]
    lines = tuple(line.model_copy(update={"raw": "ñy ban nh©n d©n huyÖn b¸o c¸o"}) for line in page.lines)
    reading = reading_of(WRONG, TextSource.REPAIRED_LAYER, Trust.GARBLED)
    converted = reading.model_copy(update={"pages": (page.model_copy(update={"lines": lines}),)})
    assert texts(repair_reading(converted)) == RIGHT


def test_a_document_without_pages_stays_empty() -> None:
    empty = Reading(document="x.pdf", digest="0" * 64, media_type="application/pdf", size=1, pages=())
    assert repair_reading(empty) == empty


def test_a_mixed_document_is_gated_passage_by_passage() -> None:
    lines = [*RIGHT * 10, *WRONG * 10]
    assert needs_repair(lines)[:12] == [False] * 12
    assert needs_repair(lines)[-12:] == [True] * 12


def test_a_mark_is_raised_where_its_note_stands_below() -> None:
    lines = [
        "Tỷ lệ hồ sơ trực tuyến đạt 91,25%1 trong quý.",
        "Toàn huyện có 4.6002 thiết bị.",
        "1 Theo số liệu của Văn phòng.",
        "2 Trong đó có thiết bị cũ.",
    ]
    assert raise_marks(lines) == [
        "Tỷ lệ hồ sơ trực tuyến đạt 91,25%¹ trong quý.",
        "Toàn huyện có 4.600² thiết bị.",
        "¹ Theo số liệu của Văn phòng.",
        "² Trong đó có thiết bị cũ.",
    ]


def test_without_a_note_nothing_is_raised() -> None:
    lines = ["Tỷ lệ đạt 91,25%1 trong quý.", "Năm 2024 có 4.600 thiết bị."]
    assert raise_marks(lines) == lines


def test_a_list_is_not_taken_for_notes() -> None:
    lines = ["Kết quả đạt 95,1% so với 2023.", "1. Công tác chỉ đạo", "2. Công tác tuyên truyền"]
    assert raise_marks(lines) == lines


@pytest.mark.parametrize("mark", ["~ ", "~- ", "_~ ", "-_~ ", ":- ", "= ", "~", "-_ ", "- _ "])
def test_the_dash_of_a_list_item_is_mended_on_a_recognised_page(mark: str) -> None:
    lines = (f"{mark}Sở Nội vụ tỉnh;", "- Lưu: VT.")
    repaired = repair_reading(reading_of(lines, TextSource.RECOGNISED, Trust.MISSING))
    assert texts(repaired) == ("- Sở Nội vụ tỉnh;", "- Lưu: VT.")
    assert repaired.pages[0].lines[0].raw == lines[0]


def test_a_sign_before_a_number_is_no_dash() -> None:
    lines = ("~ 50 ha rừng;", "= 120 m.")
    assert texts(repair_reading(reading_of(lines, TextSource.RECOGNISED, Trust.MISSING))) == lines
