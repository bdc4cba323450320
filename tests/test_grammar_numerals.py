"""Numerals in digits: the forms that reports use, and every number there and back."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract import numerals


def grouped(value: int) -> str:
    return f"{value:,}".replace(",", ".")


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.234.567", "1234567"),
        ("47.491.794.000", "47491794000"),
        ("8,46", "8.46"),
        ("1.234,5", "1234.5"),
        ("25.27", "25.27"),
        ("0,05", "0.05"),
        ("02", "2"),
        ("1,234,567", "1234567"),
        ("9.880¹⁰", "9880"),
    ],
)
def test_one_number(text: str, value: str) -> None:
    (found,) = numerals.find(text)
    assert found.value == Decimal(value)
    assert found.second is None


def test_a_blank_behind_a_grouping_point_came_from_ocr() -> None:
    (found,) = numerals.find("đối tượng 227. 213)")
    assert found.value == Decimal(227213)


def test_a_blank_behind_the_point_that_ends_a_sentence_is_none() -> None:
    assert [n.value for n in numerals.find("đạt 12. 5 xã")] == [Decimal(12), Decimal(5)]


def test_a_point_before_percent_is_decimal_even_with_three_digits() -> None:
    (found,) = numerals.find("tăng 12.345% so với cùng kỳ")
    assert found.value == Decimal("12.345")


@pytest.mark.parametrize(("text", "step"), [("8,46", "0.01"), ("8,4", "0.1"), ("8", "1"), ("1.234", "1")])
def test_the_step_is_that_of_the_last_stated_digit(text: str, step: str) -> None:
    (found,) = numerals.find(text)
    assert found.step == Decimal(step)


def test_fractions_and_ranges_keep_both_numbers() -> None:
    fraction, spread = numerals.find("41/87 trường, 10-15 người")
    assert (fraction.value, fraction.second, fraction.sign) == (Decimal(41), Decimal(87), "/")
    assert (spread.value, spread.second, spread.sign) == (Decimal(10), Decimal(15), "-")


def test_a_falling_pair_is_no_range() -> None:
    found = list(numerals.find("từ 15-10 trang"))
    assert found[0].value == Decimal(15)
    assert found[0].second is None


@pytest.mark.parametrize("text", ["QH15", "BTS4G", "A-12", "v2.1"])
def test_digits_glued_to_letters_are_no_numerals(text: str) -> None:
    assert list(numerals.find(text)) == []


def test_a_word_is_refused() -> None:
    with pytest.raises(ValueError, match="not a numeral"):
        numerals.parse("mười")


@given(st.integers(min_value=0, max_value=10**15))
def test_whole_numbers_grouped_by_points_come_back(value: int) -> None:
    assert numerals.parse(grouped(value)) == (Decimal(value), Decimal(1))


@given(st.integers(min_value=0, max_value=10**9), st.integers(min_value=1, max_value=9), st.integers(0, 99))
def test_decimals_come_back_with_their_step(whole: int, tenth: int, rest: int) -> None:
    written = f"{grouped(whole)},{tenth}{rest:02d}"
    value, step = numerals.parse(written)
    assert value == Decimal(f"{whole}.{tenth}{rest:02d}")
    assert step == Decimal("0.001")


@given(st.text(alphabet="0123456789.,/-% ¹²đồng xã", max_size=40))
def test_any_text_is_read_without_overlap(text: str) -> None:
    end = 0
    for found in numerals.find(text):
        assert found.start >= end
        assert found.end > found.start
        end = found.end
