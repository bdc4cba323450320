"""The two places of the tone mark in open oa, oe, uy, and the one of them that words are compared by."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from legacy_samples import LETTERS_OF_VIETNAMESE

from pipeline.extract import cues, document_types, names
from pipeline.extract.subjects import join
from pipeline.language.spelling import one_spelling
from pipeline.language.unicode import fold


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("hoà bình, Hoá đơn, HOẢ", "hòa bình, Hóa đơn, HỎA"),
        ("khoẻ, Loè", "khỏe, Lòe"),
        ("uỷ ban, Uỷ, UỶ, thuý, thuỷ lợi, luỹ kế", "ủy ban, Ủy, ỦY, thúy, thủy lợi, lũy kế"),
        ("hoá¹²", "hóa¹²"),
        ("thuỷ-điện", "thủy-điện"),
    ],
)
def test_the_tone_moves_to_the_first_letter(written: str, key: str) -> None:
    assert one_spelling(written) == key


@pytest.mark.parametrize(
    "text",
    ["quý, quỳ, QUỶ, Quỹ", "hoàn toán xoài ngoáy", "huỳnh suýt khuỵu", "hòa khỏe ủy", "hoa hoe huy", "Zoà, Nokoá"],
)
def test_what_has_one_spelling_stays(text: str) -> None:
    assert one_spelling(text) == text


@given(text=st.text(alphabet=LETTERS_OF_VIETNAMESE + "oóòuúỷý .,-12¹", max_size=60))
def test_the_key_has_the_same_length_and_letters_and_is_its_own_key(text: str) -> None:
    key = one_spelling(text)
    assert len(key) == len(text)
    assert fold(key) == fold(text)
    assert [c.isupper() for c in key] == [c.isupper() for c in text]
    assert one_spelling(key) == key


def test_cues_units_and_names_are_found_in_either_spelling_and_kept_as_printed() -> None:
    assert [cue.text for cue in cues.find("mở 12 khoá học") if cue.kind == "unit"] == ["khoá học"]
    assert names.spans("đại biểu khoá 15 của tỉnh") == names.spans("đại biểu khóa 15 của tỉnh") != []
    assert document_types.begun("GIẤY UỶ QUYỀN") == document_types.begun("GIẤY ỦY QUYỀN") == ("Giấy ủy quyền", "")


def test_a_subject_that_says_the_same_in_another_spelling_is_not_said_twice() -> None:
    assert join("nhà văn hoá", "Nhà văn hóa") == "nhà văn hoá"
