"""What is no text on a line, and what must not be taken for noise."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.normalize.specks import specks


def left(line: str) -> str:
    tokens = line.split()
    noise = specks(tokens)
    return " ".join(token for place, token in enumerate(tokens) if place not in noise)


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("dugc thuc 0 ~ . . | Cac don vi", "dugc thuc | Cac don vi"),
        ("7. . X As 1A 2 100% Trung tam", "7. 100% Trung tam"),
        ("1 \\ £ . Trung tam", "Trung tam"),
        ("cap xa . ' Trung tam", "cap xa Trung tam"),
        ("cap xa _ Trung tam", "cap xa Trung tam"),
    ],
)
def test_a_run_of_signs_letters_and_digits_is_noise(line: str, text: str) -> None:
    assert left(line) == text


@pytest.mark.parametrize(
    "line",
    [
        "Lợn nái - 5 - 3 - 8",  # a dash in a table is a value
        "1 2 3 4 5",
        "a) b) c)",
        "điểm a khoản 1 Điều 5",
        "I. 5 hồ sơ",
        "Tổ 1 , 12 hộ",
        "12 . 345 đồng",
        "Ho va ten: _ Chuc vu: _",  # lines to write on
        "Quyét dinh s6 _ ngay _ thang _ nam 2025",
    ],
)
def test_numerals_marks_and_dashes_are_kept(line: str) -> None:
    assert [token for token in left(line).split() if token not in ".,"] == [t for t in line.split() if t not in ".,"]


@given(st.lists(st.from_regex(r"[0-9]{2,6}|[a-zđ]{2,5}|-", fullmatch=True), max_size=10))
def test_words_and_numerals_of_two_digits_are_never_noise(tokens: list[str]) -> None:
    assert not specks(tokens)
