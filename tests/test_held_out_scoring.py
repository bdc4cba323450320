"""Scoring pages kept from learning: what is wrong in the texts themselves is put right, and nothing else."""

from __future__ import annotations

from benchmarks.score_held_out import differences, mended, misspellings


def test_misspelt_words_are_put_right_in_the_capitals_that_they_have() -> None:
    wrong = {"cam két": "cam kết", "đóng dâu": "đóng dấu"}
    assert mended("CAM KÉT và Cam két, (ký, đóng dâu)", wrong) == "CAM KẾT và Cam kết, (ký, đóng dấu)"


def test_a_phrase_within_longer_words_is_left_alone() -> None:
    assert mended("tô chứcx, xtô chức", {"tô chức": "tổ chức"}) == "tô chứcx, xtô chức"


def test_the_list_holds_short_phrases_of_as_many_words_on_both_sides() -> None:
    for phrase, right in misspellings().items():
        assert 2 <= len(phrase.split()) == len(right.split()) <= 3
        assert phrase != right


def test_right_text_stays_as_it_is() -> None:
    line = "Chỉ tiêu tiết kiệm chi phí; nguồn phân bón được chế biến thành phân vi sinh, nêu rõ nguồn vốn."
    assert mended(line, misspellings()) == line


def test_differences_are_shown_with_the_words_around_them() -> None:
    assert list(differences(["Ủy ban nhân dân xã"], ["Ủy ban nhân dan xã"])) == ["1: Ủy ban nhân [dân → dan] xã"]
