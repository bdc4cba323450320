"""Texts to learn from are put right where scanning left words wrong, and only there."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from corpus.training.proofreading import Neighbours, alike, proofread
from pipeline.language.stream import CLASSES, END, words_of

USUAL = ["Công tác kiểm tra của sở."] * 60 + ["Cán bộ kiêm nhiệm của xã."] * 60
WORDS = [*CLASSES, *sorted({word for line in USUAL for word, _ in words_of(line)} - set(CLASSES)), "kiệm"]
IDS = {word: number for number, word in enumerate(WORDS)}


def numbers(lines: list[str]) -> npt.NDArray[np.int64]:
    return np.array([IDS[word] for line in lines for word in (END, *(w for w, _ in words_of(line)))], dtype=np.int64)


def read(line: str) -> str:
    neighbours = Neighbours.of([numbers(USUAL)], len(WORDS))
    return " ".join(WORDS[word] for word in proofread(numbers([line]), neighbours, alike(WORDS))[1:])


def test_a_word_of_the_same_letters_between_the_neighbours_of_another_is_that_other() -> None:
    assert read("Công tác kiêm tra của sở") == "công tác kiểm tra của sở"


def test_words_that_stand_where_they_use_to_stay() -> None:
    for line in ("cán bộ kiêm nhiệm của xã", "công tác kiểm tra của sở"):
        assert read(line) == line


def test_a_word_between_other_neighbours_stays() -> None:
    assert read("sở kiêm xã") == "sở kiêm xã"


def test_words_of_other_letters_are_not_taken_for_each_other() -> None:
    rows = alike(WORDS)
    assert set(rows[IDS["kiểm"]]) - {-1} == {IDS["kiêm"], IDS["kiệm"]}
    assert set(rows[IDS["tác"]]) == {-1}
