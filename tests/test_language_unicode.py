"""One way to write each Vietnamese letter, whatever program wrote it."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from legacy_samples import LETTERS_OF_VIETNAMESE
from unidecode import unidecode

from pipeline.language.unicode import fold, vietnamese_nfc


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Vie\u0323\u0302t", "Việt"),  # decomposed, in Unicode's order
        ("Vi\u00ea\u0323t", "Việt"),  # "composite": vowel composed, tone apart, as Windows-1258 has it
        ("ti\u00e9\u0302ng", "tiếng"),  # tone before the vowel's mark
        ("a\u0301\u0306", "ắ"),
        ("o\u0301\u031b", "ớ"),
        ("ho\u0340a, ca\u0341c", "hòa, các"),  # the tone marks that Unicode no longer wants used
    ],
)
def test_marks_are_composed_in_whatever_order_they_were_typed(written: str, meant: str) -> None:
    assert vietnamese_nfc(written) == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Ðảng bộ", "Đảng bộ"),
        ("\u0189iều 5", "Điều 5"),
        ("QÐ-UBND, HÐND", "QĐ-UBND, HĐND"),
        ("Ðắk Lắk", "Đắk Lắk"),
        ("được ðường \u0256ồng", "được đường đồng"),
        ("đ\u01a3ờng ph\u01a3ơng TR\u01a2ỜNG", "đường phương TRƯỜNG"),
        ("n\u01cem", "năm"),
        ("Guðrún Þórðardóttir", "Guðrún Þórðardóttir"),
    ],
)
def test_look_alikes_are_replaced_where_the_word_is_vietnamese_with_the_letter(written: str, meant: str) -> None:
    assert vietnamese_nfc(written) == meant


def test_what_shows_nothing_is_dropped() -> None:
    assert vietnamese_nfc("\ufeffhồ\u200b sơ, t\u00adỉnh\u2060 a\u200d\u0301") == "hồ sơ, tỉnh á"


@given(text=st.text(alphabet=LETTERS_OF_VIETNAMESE + " .,0123456789", max_size=60))
def test_vietnamese_that_is_written_right_stays_and_decomposed_comes_back(text: str) -> None:
    assert vietnamese_nfc(text) == text
    assert vietnamese_nfc(unicodedata.normalize("NFD", text)) == text


@given(
    text=st.text(max_size=60)
    | st.text(alphabet="aoeuy\u00d0\u00f0\u01a3n\u0301\u0302\u0306\u031b\u0323\u200b", max_size=20)
)
def test_twice_is_once_and_the_result_is_in_nfc(text: str) -> None:
    once = vietnamese_nfc(text)
    assert vietnamese_nfc(once) == once
    assert unicodedata.is_normalized("NFC", once)


@given(st.text(st.characters(exclude_categories=("Cs",))))
def test_folding_is_what_unidecode_makes_of_the_composed_text(text: str) -> None:
    assert fold(text) == unidecode(unicodedata.normalize("NFC", text)).lower()
