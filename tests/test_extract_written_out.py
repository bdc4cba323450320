"""Amounts written out behind their digits, whole and misread."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pipeline.extract import quantities, written_out


def amount(text: str) -> Decimal | None:
    (quantity,) = quantities.find(text)
    return written_out.amount(text, quantity)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Số tiền 5.000.000 đồng (Bằng chữ: Năm triệu đồng chẵn).", 5_000_000),
        ("Kinh phí 7.250 triệu đồng (Bằng chữ: Bảy tỷ hai trăm năm mươi triệu đồng).", 7250),
        ("Kinh phí 7.250 triệu đồng (Bằng chữ: Bảy tỷ hai trăm bốn mươi triệu đồng).", 7240),
        ("Số tiền 5.000.000 đồng, viết bằng chữ: năm triệu đồng.", 5_000_000),
    ],
)
def test_an_amount_in_words_is_given_in_the_unit_of_its_digits(text: str, value: int) -> None:
    assert amount(text) == Decimal(value)


def test_misread_number_words_bear_out_the_amount_that_they_can_mean() -> None:
    text = "Số tiền 8.250.000.000 đồng (Bằng chữ: Tám lỷ, hai trăn năm mươi triệu đồng)."
    assert amount(text) == Decimal(8_250_000_000)


@pytest.mark.parametrize(
    "words", ["Tám lỷ, hai trăn sáu mươi triệu đồng", "Tám lỷ, hai trăm sáu mươi triệu đồng", "Tám xyz triệu đồng"]
)
def test_misread_number_words_never_contradict_the_digits(words: str) -> None:
    assert amount(f"Số tiền 8.250.000.000 đồng (Bằng chữ: {words}).") is None


def test_words_that_follow_other_words_write_out_nothing() -> None:
    assert amount("Chi 5.000.000 đồng cho hai mươi lăm hộ.") is None


def test_words_that_a_misread_one_cuts_short_are_no_amount() -> None:
    text = "Phân bổ 9.475.000.000 đồng (Chín tỷ bốn trăm bảy mươi 14m triệu đồng)."
    assert written_out.amount(text, quantities.find(text)[0]) is None
