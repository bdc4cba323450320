"""The trigram model: its probabilities are probabilities, and context decides."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.language.ngrams import NgramModel
from pipeline.language.stream import ADDRESS, CODE, COMMA, END, NUMBER, words_of
from pipeline.normalize.models import load_language


def log_probability(model: NgramModel, first: str, second: str, words: list[str]) -> np.ndarray:
    a, b = (np.full(len(words), model.ids[w]) for w in (first, second))
    c = np.array([model.ids[w] for w in words])
    lower = model.bigram_score(model.bigram_index(b, c), b, c)
    return model.trigram_score(model.bigram_index(a, b), c, lower)


@pytest.mark.parametrize(("first", "second"), [("ủy", "ban"), ("kế", "hoạch"), ("<.>", "<.>"), ("xyz", "tỉnh")])
def test_the_words_that_may_follow_share_one(first: str, second: str) -> None:
    model, _ = load_language()
    if first not in model.ids:
        first = "<unk>"
    total = np.exp(log_probability(model, first, second, list(model.words))).sum()
    assert total == pytest.approx(1.0, abs=0.08)


def test_context_decides_between_likes() -> None:
    model, _ = load_language()
    people, bench = log_probability(model, "ủy", "ban", ["nhân", "nhận"])
    assert people > bench + 3


def test_what_is_not_a_word_becomes_a_class() -> None:
    tokens = [token for token, _ in words_of("Số 57-NQ/TW, QH15: xem https://vidu.gov.vn.")]
    assert tokens == ["số", NUMBER, "nq", "tw", COMMA, CODE, COMMA, "xem", ADDRESS]
    assert [token for token, _ in words_of("Hết.")] == ["hết", END]
