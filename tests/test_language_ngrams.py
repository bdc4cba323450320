"""The n-gram models: their probabilities are probabilities, context decides, and each kind of text has its own."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.language.stream import ADDRESS, CODE, COMMA, END, NUMBER, words_of
from pipeline.normalize.models import Language, load_language

OFFICE, GENERAL = load_language()


def log_probability(language: Language, *words: str) -> float:
    """Log P(last word | the words before it)."""
    ids = language.model.ids
    return float(language.trie.score(np.array([ids[word] for word in words], dtype=np.int32))[-1])


@pytest.mark.parametrize("language", [OFFICE, GENERAL], ids=["official", "general"])
@pytest.mark.parametrize("before", [("ủy",), ("<.>", "kế"), ("trên", "địa", "bàn"), ("<unk>", "tỉnh"), ("bàn", "<.>")])
def test_the_words_that_may_follow_share_one(language: Language, before: tuple[str, ...]) -> None:
    total = sum(np.exp(log_probability(language, *before, word)) for word in language.model.words)
    assert total == pytest.approx(1.0, abs=0.08)


def test_context_decides_between_likes() -> None:
    assert log_probability(OFFICE, "ủy", "ban", "nhân") > log_probability(OFFICE, "ủy", "ban", "nhận") + 3


def test_three_words_before_tell_more_than_two() -> None:
    assert log_probability(OFFICE, "ủy", "ban", "nhân", "dân") > log_probability(OFFICE, "nhân", "dân") + 0.5


def test_the_language_of_offices_is_not_that_of_the_news() -> None:
    words = ["<.>", "căn", "cứ", "luật", "tổ", "chức", "chính", "quyền", "địa", "phương"]
    assert sum(log_probability(OFFICE, *words[: n + 1]) for n in range(1, len(words))) > sum(
        log_probability(GENERAL, *words[: n + 1]) for n in range(1, len(words))
    )


def test_no_word_is_there_in_two_spellings() -> None:
    assert "hóa" in OFFICE.model.ids
    assert "hoá" not in OFFICE.model.ids


def test_what_is_not_a_word_becomes_a_class() -> None:
    tokens = [token for token, _ in words_of("Số 57-NQ/TW, QH15: xem https://vidu.gov.vn.")]
    assert tokens == ["số", NUMBER, "nq", "tw", COMMA, CODE, COMMA, "xem", ADDRESS]
    assert [token for token, _ in words_of("Hết.")] == ["hết", END]
