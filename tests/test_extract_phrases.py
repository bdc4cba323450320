"""Whether a phrase is said: with its marks, in either spelling, abbreviated, or with a mark misread."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.phrases import Said, words

ABBREVIATIONS = {"TTHC": "thủ tục hành chính", "KH&CN": "khoa học và công nghệ"}
SYLLABLES = st.lists(st.sampled_from(["hồ", "sơ", "chữ", "ký", "số", "của", "tỉnh", "đã"]), min_size=1, max_size=12)


def said(text: str) -> Said:
    return Said(tuple(words(text, ABBREVIATIONS)))


@pytest.mark.parametrize(
    "text",
    [
        "giải quyết thủ tục hành chính",
        "Giải quyết THỦ TỤC, hành chính",
        "giải quyết TTHC¹",
        "giải quyết thủ tục hành chính25",
    ],
)
def test_case_punctuation_footnote_marks_and_abbreviations_make_no_difference(text: str) -> None:
    assert said(text).has("thủ tục hành chính")


def test_and_is_left_out_on_both_sides() -> None:
    assert said("nhiệm vụ KH&CN").has(" ".join(words("khoa học và công nghệ", {})))


def test_both_spellings_are_one() -> None:
    assert said("số hoá hồ sơ").has("số hóa")


def test_a_phrase_is_whole_words() -> None:
    assert not said("hồ sơ số").has("ơ số")
    assert not said("quá trình xử lý hạn").has("quá hạn")


@pytest.mark.parametrize(
    ("text", "phrase", "sure"),
    [
        ("đã cấp chữ ký số", "chữ ký số", (1.0, 1.0)),
        ("đã cấp chử ký số", "chữ ký số", (0.75, 0.99)),
        ("đã cấp chứng thư", "chữ ký số", (0.0, 0.0)),
        ("cá nhận", "cá nhân", (0.0, 0.0)),  # too short to be told from another word
        ("chu ki so", "chữ ký số", (0.0, 0.0)),
    ],
)
def test_a_long_phrase_with_a_wrong_mark_is_less_sure_and_a_short_one_is_another(
    text: str, phrase: str, sure: tuple[float, float]
) -> None:
    low, high = sure
    assert low <= said(text).likeness(phrase) <= high


@given(SYLLABLES, st.data())
def test_every_stretch_of_a_text_is_said_in_it(syllables: list[str], data: st.DataObject) -> None:
    first = data.draw(st.integers(0, len(syllables) - 1))
    last = data.draw(st.integers(first, len(syllables) - 1))
    assert said(" ".join(syllables)).likeness(" ".join(syllables[first : last + 1])) == 1.0
