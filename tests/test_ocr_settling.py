"""Two readings of one word: which numeral stands, and where two words were read as one."""

from __future__ import annotations

from itertools import pairwise

import pytest

from pipeline.models import Box
from pipeline.ocr.lines import PlacedWord
from pipeline.ocr.settling import settled


def word(raw: str, second: str, confidence: float = 0.9) -> PlacedWord:
    return PlacedWord(raw, raw, Box(x0=10, y0=0, x1=110, y1=20), confidence, second=second)


def texts(raw: str, second: str, confidence: float = 0.9) -> list[str]:
    return [piece.raw for piece in settled(word(raw, second, confidence))]


@pytest.mark.parametrize(
    ("raw", "second", "stands"),
    [
        ("6828", "68,28", "68,28"),  # the first reader loses commas
        ("110260", "110.260", "110.260"),
        ("12,21%;", "12,2166;", "12,21%;"),  # and the second percent signs
        ("06/2022/TT-BKHCN", "08/2022/TT-BKHCN", "06/2022/TT-BKHCN"),  # not a numeral alone
    ],
)
def test_numerals_that_differ_are_settled_between_the_readers(raw: str, second: str, stands: str) -> None:
    (piece,) = settled(word(raw, second))
    assert piece.raw == stands
    assert {piece.raw, piece.second} == {raw, second}
    assert piece.confidence == 0.5


@pytest.mark.parametrize(
    ("raw", "second", "stands"),
    [
        ("1V.", "IV.", "IV."),
        ("1L.", "II.", "II."),
        ("II1/2026", "III/2026", "III/2026"),
        ("1.", "I.", "1."),  # one as likely as the other
        ("11/2026", "II/2026", "11/2026"),
    ],
)
def test_a_roman_number_in_which_one_reader_saw_digits_is_one(raw: str, second: str, stands: str) -> None:
    (piece,) = settled(word(raw, second))
    assert (piece.raw, piece.confidence) == (stands, 0.5)


def test_numerals_that_agree_are_believed() -> None:
    (piece,) = settled(word("1.245,", "1.245", 0.4))
    assert (piece.raw, piece.confidence) == ("1.245,", 0.98)


@pytest.mark.parametrize(
    ("raw", "second", "confidence", "stands"),
    [
        ("1]", "11", 0.6, "11"),
        ("lQ", "10", 0.6, "10"),
        ("KT.", "4", 0.3, "KT."),
        ("là", "10", 0.95, "là"),  # a word that was surely read
        (":", "2", 0.2, ":"),  # a speck is no digit
        ("I1", "11", 0.97, "11"),  # however sure: no numeral has a letter in it
        ("Ø4,", "94,", 0.97, "94,"),
        ("31.I50", "31.150", 0.97, "31.150"),
        ("§", "8", 0.7, "8"),  # a sign that no official text has
        ("I", "1", 0.97, "I"),  # may be Roman
        ("B2", "82", 0.97, "B2"),  # may be a code
        ("I12", "12", 0.97, "I12"),  # one of them saw more than the other
    ],
)
def test_a_numeral_stands_for_what_is_no_word(raw: str, second: str, confidence: float, stands: str) -> None:
    assert texts(raw, second, confidence) == [stands]


def test_words_that_one_reader_ran_together_are_parted() -> None:
    pieces = settled(word("phụnữcó", "phụ nữ có"))
    assert [piece.raw for piece in pieces] == ["phụ", "nữ", "có"]
    assert pieces[0].box.x0 == 10
    assert pieces[-1].box.x1 == pytest.approx(110)
    assert all(a.box.x1 == b.box.x0 for a, b in pairwise(pieces))


@pytest.mark.parametrize("pair", [("nghiêng", "ng hi ếng"), ("TTHC", "T T H C"), ("Krông", "K rông")])
def test_words_are_not_torn(pair: tuple[str, str]) -> None:
    assert texts(*pair) == [pair[0]]


def test_words_without_digits_are_left_to_the_language() -> None:
    (piece,) = settled(word("tổng", "tống"))
    assert piece == word("tổng", "tống")
