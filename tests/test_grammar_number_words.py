"""Numbers in words: read aloud and back, and the words that only some regions use."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.extract import number_words

DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")


def aloud(value: int, *, zero: str = "linh", thousand: str = "nghìn") -> str:
    """Read a number aloud, as amounts are written out."""
    if value == 0:
        return "không"
    head, rest = divmod(value, 10**9)
    words = [f"{aloud(head, zero=zero, thousand=thousand)} tỷ"] if head else []
    for scale, name in ((10**6, "triệu"), (10**3, thousand), (1, "")):
        group, rest = divmod(rest, scale)
        if group:
            words += [_group(group, zero, full=bool(words)), name]
    return " ".join(word for word in words if word)


def _group(group: int, zero: str, *, full: bool) -> str:
    hundred, rest = divmod(group, 100)
    ten, unit = divmod(rest, 10)
    words = [DIGITS[hundred], "trăm"] if hundred or full else []
    if ten:
        words += ["mười"] if ten == 1 else [DIGITS[ten], "mươi"]
    elif unit and words:
        words.append(zero)
    if unit == 1 and ten > 1:
        words.append("mốt")
    elif unit == 5 and ten:
        words.append("lăm")
    elif unit == 4 and ten > 1:
        words.append("tư")
    elif unit:
        words.append(DIGITS[unit])
    return " ".join(words)


@settings(max_examples=10_000)
@given(st.integers(min_value=0, max_value=10**15))
def test_a_number_read_aloud_comes_back(value: int) -> None:
    assert number_words.parse(aloud(value).split()) == Decimal(value)


@settings(max_examples=500)
@given(st.integers(min_value=0, max_value=10**12))
def test_southern_words_mean_the_same(value: int) -> None:
    assert number_words.parse(aloud(value, zero="lẻ", thousand="ngàn").split()) == Decimal(value)


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("một tỷ rưỡi", 1_500_000_000),
        ("ba trăm rưỡi", 350),
        ("hai triệu rưỡi", 2_500_000),
        ("trăm", 100),
        ("một nghìn hai trăm tỷ", 1_200_000_000_000),
        ("Hai mươi nhăm", 25),
        ("chín tỉ", 9_000_000_000),
        ("ba mươi ba", 33),
        ("mười bốn", 14),
        ("hai trăm nghìn", 200_000),
        ("hai mươi mốt nghìn không trăm mười một", 21_011),
        ("bảy trăm hai mươi mốt nghìn không trăm mười hai", 721_012),
    ],
)
def test_words_of_amounts(words: str, value: int) -> None:
    assert number_words.parse(words.split()) == Decimal(value)


@pytest.mark.parametrize("words", ["đồng", "mươi", "triệu", "hai trăm ba trăm", "", "năm học"])
def test_what_is_no_number_is_refused(words: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        number_words.parse(words.split())


def test_commas_between_the_groups_do_not_part_an_amount() -> None:
    (found,) = number_words.find("(Bằng chữ: Tám tỷ, hai trăm triệu, năm mươi nghìn đồng)")
    assert found.value == Decimal(8_200_050_000)


def test_a_lone_number_word_is_left_in_the_sentence() -> None:
    assert number_words.find("Trong hai đợt, năm học trước") == []
