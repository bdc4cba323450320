"""A second look at numerals in doubt: what both readers see in the enlarged cut counts, and nothing is made up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from ocr_samples import font
from PIL import Image, ImageDraw, ImageFont

from pipeline.models import Box
from pipeline.ocr.lines import PlacedWord, PrintedLine
from pipeline.ocr.recognise import read_cuts
from pipeline.ocr.second_look import look_again
from pipeline.ocr.secondreader import Answer, Pixels, RunReader, second_reader
from pipeline.ocr.unread import UNREAD

DPI = 200
SIZE = 36
TOP = 100


class Line:
    """A line that begins with two sure words, and what two readers are said to have made of the others at first."""

    def __init__(self, *words: tuple[str, str, str]) -> None:
        self.image = Image.new("L", (1400, 260), 255)
        pen, face = ImageDraw.Draw(self.image), ImageFont.truetype(font(), SIZE)
        left, placed = 100.0, []
        for shown, raw, second in (("doanh", "doanh", "doanh"), ("thu", "thu", "thu"), *words):
            # A piece that ends in "_" is torn from the next one: no space is between them.
            printed = shown.rstrip("_")
            pen.text((left, TOP), printed, fill=0, font=face)
            ink = Image.new("L", self.image.size)
            ImageDraw.Draw(ink).text((left, TOP), printed, fill=255, font=face)
            x0, y0, x1, y1 = ink.getbbox() or (0, 0, 0, 0)
            confidence = 0.98 if raw == second else 0.5
            placed.append(PlacedWord(raw, raw, Box(x0=x0, y0=y0, x1=x1, y1=y1), confidence, second=second))
            left += pen.textlength(printed, font=face) + (0 if shown.endswith("_") else 9)
        self.printed = PrintedLine(tuple(placed))

    def looked_at(self) -> list[PlacedWord]:
        (line,) = look_again(np.asarray(self.image), [self.printed], reader(), read)
        return list(line.words[2:])


def reader() -> RunReader:
    found = second_reader()
    if found is None:
        pytest.skip("the second reader is not installed")
    return found


def read(cuts: Sequence[Image.Image], times: int) -> list[str]:
    return [line.raw for line in read_cuts(cuts, DPI * times, 60)]


def texts(words: Sequence[PlacedWord]) -> list[str]:
    return [word.raw for word in words]


@pytest.mark.parametrize(
    ("printed", "raw", "second"),
    [
        ("946", "94G", "946"),
        ("68,28", "68,28", "6828"),
        ("4.910", "4.910", "4910"),
        ("7480201", "7480201", "480201"),
        ("45/TB-VP", "45⁄TB-VP", "45/TB-VP"),
    ],
)
def test_what_both_readers_see_at_the_second_look_and_one_saw_at_the_first_stands(
    printed: str, raw: str, second: str
) -> None:
    (word,) = Line((printed, raw, second)).looked_at()
    assert (word.raw, word.second, word.confidence) == (printed, printed, 0.9)


@pytest.mark.parametrize(
    ("raw", "second", "stands"),
    [
        ("99.2%", "99,2%", "99,2%"),
        ("01/772025", "01/7/2025", "01/7/2025"),
        ("1,200.500", "1.200.500", "1.200.500"),
    ],
)
def test_of_two_readings_that_stands_which_has_the_form_of_a_numeral(raw: str, second: str, stands: str) -> None:
    for readings in ((raw, second), (second, raw)):
        (word,) = Line((stands, *readings)).looked_at()
        assert word.raw == stands


def test_a_numeral_that_was_read_in_two_pieces_is_one() -> None:
    (word,) = Line(("24.1_", "24.1", "24.1"), ("17", "17", "17")).looked_at()
    assert (word.raw, word.confidence) == ("24.117", 0.9)


def test_two_numerals_with_a_space_between_them_stay_two() -> None:
    assert texts(Line(("24", "24", "24"), ("17", "17", "17")).looked_at()) == ["24", "17"]


class SeesNothing:
    def read(self, crops: Sequence[Pixels]) -> list[Answer]:
        return [Answer("", 0.0) for _ in crops]


def test_pieces_that_cannot_be_read_as_one_are_no_longer_sure() -> None:
    line = Line(("24.1_", "24.1", "24.1"), ("17", "17", "17"))
    (again,) = look_again(np.asarray(line.image), [line.printed], SeesNothing(), lambda cuts, times: [""] * len(cuts))
    assert [(word.raw, word.confidence) for word in again.words[2:]] == [("24.1", 0.5), ("17", 0.5)]


def test_a_number_that_nobody_sees_is_not_made_up() -> None:
    (word,) = Line(("946", "91", "97")).looked_at()
    assert (word.raw, word.second, word.confidence) == ("91", "97", 0.5)


def test_a_reading_that_has_lost_digits_is_not_taken() -> None:
    line = Line(("52", "152", "52"))
    (word,) = line.looked_at()
    assert (word.raw, word.confidence) == ("152", 0.5)


def test_lone_digits_that_the_readers_see_differently_stay_in_doubt() -> None:
    (word,) = Line(("7", "9", "7")).looked_at()
    assert (word.raw, word.second, word.confidence) == ("9", "7", 0.5)


def test_a_roman_number_is_not_told_from_a_digit() -> None:
    for printed, raw, second in (("I/2026", "1/2026", "I/2026"), ("I.", "1.", "V.")):
        (word,) = Line((printed, raw, second)).looked_at()
        assert (word.raw, word.second, word.confidence) == (raw, second, 0.5)


def test_a_one_where_roman_numbers_stand_is_not_sure_though_both_see_it() -> None:
    *_, word = Line(("đợt", "đợt", "đợt"), ("1/2026", "1/2026", "1/2026")).looked_at()
    assert (word.raw, word.confidence) == ("1/2026", 0.5)
    *_, word = Line(("tháng", "tháng", "tháng"), ("1/2026", "1/2026", "1/2026")).looked_at()
    assert (word.raw, word.confidence) == ("1/2026", 0.98)


def test_a_sign_that_looks_like_a_digit_is_none_within_a_line() -> None:
    (word,) = Line(("2", ">", "2")).looked_at()
    assert (word.raw, word.confidence) == (">", 0.5)


def test_a_digit_that_one_reader_took_for_letters_is_read_but_not_sure() -> None:
    (word,) = Line(("13", "lả", "13")).looked_at()
    assert (word.raw, word.second, word.confidence) == ("13", "lả", 0.5)


def test_a_digit_alone_in_its_line_is_not_settled() -> None:
    line = Line(("2", "?", "2"))
    context, word = PrintedLine(line.printed.words[:2]), PrintedLine(line.printed.words[2:])
    assert look_again(np.asarray(line.image), [context, word], reader(), read) == [context, word]


def test_a_form_that_no_numeral_has_is_not_sure_though_both_see_it() -> None:
    (word,) = Line(("91.8%", "91.8%", "91.8%")).looked_at()
    assert (word.raw, word.confidence) == ("91.8%", 0.5)


def test_what_was_left_unread_stays_unread() -> None:
    line = Line(("31", "31", "34"))
    unread = PrintedLine(
        (*line.printed.words[:2], PlacedWord("31", UNREAD, line.printed.words[2].box, 0.5, second="34"))
    )
    assert look_again(np.asarray(line.image), [unread], reader(), read) == [unread]


def test_numbers_of_sections_keep_their_points() -> None:
    line = Line(("1.1.", "1.1.", "1,1."))
    first = PrintedLine((line.printed.words[2], *line.printed.words[:2]))
    assert look_again(np.asarray(line.image), [first], reader(), read) == [first]


class Saw:
    """A reader that sees the same wherever it looks."""

    def __init__(self, text: str) -> None:
        self.text = text

    def read(self, crops: Sequence[Pixels]) -> list[Answer]:
        return [Answer(self.text, 0.9) for _ in crops]


def looked_at_by(line: Line, first: str, second: str) -> list[PlacedWord]:
    (again,) = look_again(
        np.asarray(line.image), [line.printed], Saw(second), lambda cuts, times: [first for _ in cuts]
    )
    return list(again.words[2:])


def test_what_one_reader_saw_at_first_and_the_other_now_is_likelier_but_stays_disputed() -> None:
    line = Line(("12/CT-TTg", "12/CT-TTB", "12/CT-TTg"))
    (word,) = looked_at_by(line, "12/CT-TTg", "12/CF-TTgs")
    assert (word.raw, word.second, word.confidence) == ("12/CT-TTg", "12/CT-TTB", 0.5)


def test_of_two_numerals_the_second_readers_stood_first() -> None:
    (word,) = looked_at_by(Line(("2019", "201", "2019")), "2015", "2019")
    assert (word.raw, word.second, word.confidence) == ("2019", "201", 0.5)
    (word,) = looked_at_by(Line(("2019", "2015", "2019")), "2014", "2015")  # the same reader saw it twice
    assert word.raw == "2015"


@pytest.mark.parametrize(
    ("left", "right", "whole"),
    [
        (("34/NQ-", "34/NQ-", "34/NQ-"), ("HĐND", "HĐND", "HĐND"), "34/NQ-HĐND"),
        (("41-", "41-", "41-"), ("CT/TU", "CT/TU", "CT/TU"), "41-CT/TU"),
        (("5-", "5-KH", "5-KH"), ("CT/TU", "CT/TU", "CT/TU"), ""),  # no symbol comes of it
        (("12/2015_", "12/2015", "12/2015"), ("/NĐ-CP", "7NĐ-CP", "/NĐ-CP"), "12/2015/NĐ-CP"),
    ],
)
def test_a_documents_symbol_that_was_read_in_pieces_is_one(
    left: tuple[str, str, str], right: tuple[str, str, str], whole: str
) -> None:
    torn = (left[0].rstrip("_") + "_", left[1], left[2])
    words = looked_at_by(Line(torn, right), "", "")
    assert texts(words) == ([whole] if whole else [left[1], right[1]])


def test_a_symbol_that_is_printed_with_a_space_stays_so() -> None:
    line = Line(("34/NQ-", "34/NQ-", "34/NQ-"), ("HĐND", "HĐND", "HĐND"))
    assert texts(looked_at_by(line, "", "")) == ["34/NQ-", "HĐND"]


def test_a_digit_that_the_box_leaves_out_is_seen_in_the_gap_after_it() -> None:
    line = Line(("2018", "201", "2018"), ("năm", "năm", "năm"))
    head, tail, year, word = line.printed.words
    box = year.box.model_copy(update={"x1": year.box.x1 - SIZE / 2})
    gap = word.box.model_copy(update={"x0": word.box.x0 + SIZE, "x1": word.box.x1 + SIZE})
    line.printed = PrintedLine((head, tail, replace(year, box=box), replace(word, box=gap)))
    assert line.looked_at()[0].raw == "2018"
