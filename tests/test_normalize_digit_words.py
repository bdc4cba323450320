"""Digits written out are what they look like; no context tells which digit it is."""

from __future__ import annotations

from pipeline.normalize.digit_words import DigitWords
from tests.open_words import OFFICIAL, OpenWord, open_word

DIGITS = DigitWords(OFFICIAL.model.ids)


def read(word: OpenWord, settled: tuple[str, ...] = ()) -> list[str]:
    spots = [word.spot] if settled else []
    return word.word(DIGITS.as_seen(word.lattice, word.decoded, word.stream, spots).decoded)


def test_beside_the_words_of_a_number_a_digit_is_the_one_that_it_looks_like() -> None:
    usual = open_word(
        "Ba trăm sáu mươi lăm tỷ đồng", "lăm", {"lăm": 0.6, "tám": 0.3, "tạm": 0.1}, {"lăm": -6.1, "tám": -0.5}
    )
    assert usual.word(usual.decoded) == ["lăm"]
    assert read(usual) == ["tám"]
    now = usual.probabilities(DIGITS.as_seen(usual.lattice, usual.decoded, usual.stream).decoded)
    assert now["tạm"] == usual.probabilities(usual.decoded)["tạm"]
    assert now["tám"] > 0.85


def test_digits_away_from_numbers_and_those_that_were_settled_stay() -> None:
    looks = {"năm": -6.0, "tám": -0.5}
    alone = open_word("Kế hoạch năm của tỉnh", "năm", {"năm": 0.6, "tám": 0.4}, looks)
    beside = open_word("Trích năm trăm đồng", "năm", {"năm": 0.6, "tám": 0.4}, looks)
    assert read(alone) == ["năm"]
    assert read(beside) == ["tám"]
    assert read(beside, settled=("năm",)) == ["năm"]


def test_behind_tens_only_the_digits_that_stand_there_are_asked() -> None:
    fifty_years = open_word("Sau hai mươi năm thành lập", "năm", {"năm": 0.6, "tám": 0.4}, {"năm": -6.0, "tám": -0.5})
    assert read(fifty_years) == ["năm"]
