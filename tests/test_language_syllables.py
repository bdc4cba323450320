"""Which words the grammar of Vietnamese spelling lets through."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.language.plausibility import vietnamese_share
from pipeline.language.syllables import is_syllable
from pipeline.language.unicode import fold, nfc, strip_marks, strip_tones


@pytest.mark.parametrize(
    "word",
    [
        "nghiêng",
        "khuỷu",
        "giếng",
        "gìn",
        "quốc",
        "quý",
        "hoà",
        "hòa",
        "thuỷ",
        "thủy",
        "Đường",
        "ươm",
        "yêu",
        "quyển",
        "giữ",
        "gì",
    ],
)
def test_real_syllables_are_legal(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize(
    "word",
    [
        "viéc",
        "sô6",
        "nghành",
        "ngiệp",
        "cêm",
        "ktra",
        "hiên2",
        "thuẻ",
        "đọan",
        "gíup",
        "qúy",
        "hat6",
        "trường1",
        "cac",
        "UBND",
    ],
)
def test_what_nobody_writes_is_not(word: str) -> None:
    assert not is_syllable(word)


def test_stop_codas_take_two_tones_only() -> None:
    assert [w for w in ("các", "cạc", "cac", "càc", "cảc", "cãc") if is_syllable(w)] == ["các", "cạc"]


def test_case_and_unicode_form_do_not_matter() -> None:
    assert is_syllable("HUYỆN")
    assert is_syllable("huye\u0323\u0302n")


def test_folding_reaches_the_barred_d_that_decomposition_leaves() -> None:
    assert fold("Đề án SỐ ĐỎ") == "de an so do"
    assert strip_marks("Đề án SỐ ĐỎ") == "De an SO DO"
    assert strip_tones("Đề án SỐ ĐỎ") == "Đê an SÔ ĐO"


def test_composed_form_is_restored() -> None:
    assert nfc("ti\u0309nh") == "tỉnh"


def test_right_text_is_all_legal_and_only_words_are_judged() -> None:
    share, judged = vietnamese_share("Báo cáo số 12/BC-UBND ngày 5/3/2024, xem https://vidu.gov.vn: đạt 97,5%.")
    assert share == 1.0
    assert judged == 6


def test_text_of_a_wrong_language_ocr_is_told_by_its_share() -> None:
    garbled = "Uy ban nhan dan xa bao cdo két qua thuc hién cong tac cai cach hanh chinh; s6 hd so dugc giai quyét"
    share, judged = vietnamese_share(garbled)
    assert judged > 15
    assert share < 0.8


def test_nothing_to_judge_counts_as_plausible() -> None:
    assert vietnamese_share("12/2024 – 97,5% – QĐ-UBND") == (1.0, 0)


@given(st.text())
def test_any_text_gets_a_share_between_none_and_all(text: str) -> None:
    share, judged = vietnamese_share(text)
    assert 0 <= share <= 1
    assert judged >= 0
    assert isinstance(is_syllable(text), bool)
