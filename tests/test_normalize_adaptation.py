"""What a document teaches of its own words and misreadings: as much as its readings are sure."""

from __future__ import annotations

import numpy as np

from pipeline.language.lexicon import MODES
from pipeline.normalize.adaptation import adapted_channel, leaning
from pipeline.normalize.channel import Channel, Pairs
from pipeline.normalize.models import load_channel, load_language

LANGUAGE = load_language()[0]
LEXICON = LANGUAGE.lexicon


def form(word: str) -> int:
    return LANGUAGE.model.ids[word] * MODES


def score(channel: Channel, word: str, token: str) -> float:
    zero = np.zeros(1, dtype=np.int64)
    return float(channel.align([word], [token], Pairs(zero, zero, np.ones(1, dtype=np.float32)))[0][0])


def test_a_document_leans_to_the_words_that_it_has() -> None:
    bonus = leaning(LEXICON, [(form("thuyền"), 1.0)] * 9 + [(form("và"), 1.0)] * 30)
    assert bonus[form("thuyền") // MODES] > 0 > bonus[form("cảng") // MODES]


def test_a_word_that_is_not_sure_counts_as_much_as_it_is_likely() -> None:
    sure, unsure = (leaning(LEXICON, [(form("thuyền"), share), (form("và"), 1.0)]) for share in (1.0, 0.4))
    assert sure[form("thuyền") // MODES] > unsure[form("thuyền") // MODES]


def test_a_reading_that_is_not_sure_teaches_less_of_how_letters_are_misread() -> None:
    sure, unsure = (adapted_channel(load_channel(), LEXICON, {("bdn", form("bến")): n}) for n in (40.0, 16.0))
    known = score(load_channel(), "mến", "mdn")
    assert score(sure, "mến", "mdn") > score(unsure, "mến", "mdn") > known


def test_nothing_decided_teaches_nothing() -> None:
    assert adapted_channel(load_channel(), LEXICON, {}) is load_channel()
