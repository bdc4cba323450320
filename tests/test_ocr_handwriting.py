"""Handwriting: the blanks of a letterhead and notes in blue ink, boxed and left unread; print stays as it was read."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from ocr_letterheads import BLACK, BLUE, DPI, LEFT, TOP, letterhead, places, reading_of, scribbled, seen
from ocr_samples import font
from PIL import Image, ImageDraw, ImageFont

from corpus.generator.fonts import Face
from pipeline.extract.extraction import extract
from pipeline.models import Box, Grade, LineRole, RegionKind
from pipeline.ocr.blanks import blanks
from pipeline.ocr.handwriting import leave_blanks_unread
from pipeline.ocr.lines import PlacedWord, PrintedLine
from pipeline.ocr.penink import leave_notes_unread
from pipeline.ocr.unread import UNREAD


def test_a_number_written_by_hand_is_boxed_and_no_digit_of_it_is_invented() -> None:
    found = seen(scribbled(letterhead(day="15"), LEFT + 75, TOP + 8))
    (place,) = places(found, RegionKind.HANDWRITING)
    assert (place.x0 * DPI / 72, place.x1 * DPI / 72) == pytest.approx((LEFT + 77, LEFT + 129), abs=12)
    reading = reading_of(found)
    components = extract(reading).components
    assert (components.number, components.symbol) == (None, "BC-UBND")
    assert str(components.date) == "2024-09-15"
    grade = reading.pages[0].grade
    assert grade is not None
    assert grade.grade is Grade.FAIR
    assert "viết tay" in grade.reasons[0]


def test_a_day_written_by_hand_leaves_the_date_open_and_the_printed_number_stands() -> None:
    reading = reading_of(seen(scribbled(letterhead(number="152"), 1035, TOP + 8)))
    components = extract(reading).components
    assert (components.number, components.symbol, components.date) == ("152", "BC-UBND", None)
    assert components.place == "Bình Hải"


def test_a_printed_letterhead_has_no_handwriting() -> None:
    found = seen(letterhead(number="152", day="15"))
    assert found.regions == ()
    components = extract(reading_of(found)).components
    assert (components.number, str(components.date)) == ("152", "2024-09-15")


def line_of(number: str, second: str | None, confidence: float = 0.4) -> PrintedLine:
    """The number's line as readers saw it; boxes as `letterhead` sets it."""
    word = PlacedWord(number, number, Box(x0=LEFT + 72, y0=TOP - 5, x1=LEFT + 132, y1=TOP + 45), confidence)
    return PrintedLine(
        (
            PlacedWord("Số:", "Số:", Box(x0=LEFT, y0=TOP, x1=LEFT + 62, y1=TOP + 35), 0.96),
            word if second is None else word.read_twice(second),
            PlacedWord("/BC-UBND", "/BC-UBND", Box(x0=LEFT + 160, y0=TOP + 8, x1=LEFT + 345, y1=TOP + 36), 0.96),
        )
    )


WRITTEN = np.asarray(scribbled(letterhead(), LEFT + 75, TOP + 8).convert("L"))
PRINTED = np.asarray(letterhead(number="152").convert("L"))


@pytest.mark.parametrize(
    ("image", "first", "second", "confidence", "kept"),
    [
        (WRITTEN, "412", "472", 0.5, False),  # two readers, two numbers
        (WRITTEN, "412", "412", 0.98, True),  # what both read is print to them
        (WRITTEN, "412", None, 0.4, False),  # one reader that is not sure
        (WRITTEN, "412", None, 0.95, True),
        (WRITTEN, "J#", "lạ", 0.3, False),
        (PRINTED, "152", "162", 0.5, True),  # stands in line with print: disputed, but not handwriting
    ],
)
def test_only_ink_that_readers_dispute_and_that_stands_out_of_the_line_is_handwriting(
    image: np.ndarray, first: str, second: str | None, confidence: float, kept: bool
) -> None:
    found = leave_blanks_unread(image, [line_of(first, second, confidence)])
    assert found.lines[0].text == f"Số: {first if kept else UNREAD} /BC-UBND"
    assert found.lines[0].raw == f"Số: {first} /BC-UBND"
    assert len(found.places) == (not kept)


def test_a_blank_is_cut_out_of_the_word_that_it_was_read_into() -> None:
    whole = PlacedWord("86:4#/BC-UBND", "", Box(x0=LEFT, y0=TOP - 8, x1=LEFT + 345, y1=TOP + 48), 0.2, second="J/BC")
    (line,) = leave_blanks_unread(WRITTEN, [PrintedLine((whole,))]).lines
    assert [(word.raw, word.text) for word in line.words] == [
        ("86:", "Số:"),
        ("4#", UNREAD),
        ("/BC-UBND", "/BC-UBND"),
    ]
    assert line.words[0].box.x1 <= line.words[1].box.x0 <= line.words[1].box.x1 <= line.words[2].box.x0


LETTERS = st.text(st.characters(categories=("L", "N", "P")), min_size=1, max_size=9)


@given(st.lists(LETTERS, min_size=1, max_size=6))
def test_whatever_is_read_around_a_blank_keeps_its_raw_reading(texts: list[str]) -> None:
    words = tuple(
        PlacedWord(text, text, Box(x0=LEFT + 100 * at, y0=TOP, x1=LEFT + 100 * at + 90, y1=TOP + 40), 0.3)
        for at, text in enumerate(["Số:", *texts, "/BC-UBND"])
    )
    (line,) = leave_blanks_unread(WRITTEN, [PrintedLine(words)]).lines
    assert line.raw.replace(" ", "") == "".join(word.raw for word in words)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Số: 152 /BC-UBND Bình Hải, ngày 15 tháng 9 năm 2024", [" 152", " 15 ", " 9 "]),
        ("Sô2#QĐ-UBND", ["2#"]),
        ("Số:4J/2024/NĐ-CP", ["4J"]),
        ("Cà Mau, ngày] tháng 05 năm 2025", ["] ", " 05 "]),
        ("Căn cứ Nghị định số 12/2020/NĐ-CP ngày 15 tháng 9 năm 2020 của Chính phủ", []),
        ("5612/QĐ-BYT ngày 19/12/2017", []),
    ],
)
def test_blanks_are_found_between_what_is_printed_around_them(text: str, found: list[str]) -> None:
    words, at = [], 0.0
    for word in text.split():
        words.append(PlacedWord(word, word, Box(x0=at, y0=0, x1=at + 10 * len(word), y1=20)))
        at += 10 * len(word) + 8
    line = PrintedLine(tuple(words))
    assert [line.raw[blank.start : blank.end] for blank in blanks(line)] == found


def note(colour: tuple[int, int, int]) -> Image.Image:
    """A printed page with lines of scribble below its text."""
    page = letterhead(number="152", day="15")
    for row in range(3):
        for column in range(9):
            scribbled(page, 200 + 80 * column, 1200 + 90 * row + 7 * (column % 3), colour)
    return page


def test_a_note_in_blue_ink_is_boxed_and_left_unread() -> None:
    found = seen(note(BLUE))
    (place,) = places(found, RegionKind.HANDWRITING)
    assert place.y0 * DPI / 72 > 1100
    body = [line.text for line in reading_of(found).pages[0].lines if line.role is LineRole.BODY]
    assert body[0] == "ỦY BAN NHÂN DÂN XÃ BÌNH HẢI"
    assert not any(char.isalnum() for text in body[4:] for char in text)


def test_blue_print_on_which_readers_agree_is_no_note() -> None:
    page = letterhead(number="152", day="15")
    text = "Trung tâm Y tế, Trạm Y tế xã, Hội Chữ thập đỏ phối hợp"
    ImageDraw.Draw(page).text((LEFT, 900), text, fill=BLUE, font=ImageFont.truetype(font(Face.REGULAR), 36))
    found = seen(page)
    assert found.regions == ()
    assert text in [line.text for line in found.lines]


def test_black_words_are_print_however_unsure_they_are() -> None:
    page = note(BLACK)
    lines = [replace(line_of("412", "472"), words=line_of("412", "472").words)]
    assert leave_notes_unread(page, DPI, lines).lines == lines
