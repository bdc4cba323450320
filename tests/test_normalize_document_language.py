"""A document's own language: its phrases are likelier in it, unsure words teach nothing, short documents little."""

from __future__ import annotations

import numpy as np

from pipeline.language.stream import COMMA
from pipeline.normalize.document_language import with_document
from pipeline.normalize.models import LOCAL_SHARE, Language
from tests.decided_words import OFFICIAL, decided

PHRASE = ["sạp", "hàng", "bông", COMMA, "chợ", "én"]
LINE = "Bà con sang nhượng sạp hàng bông, chợ Én."


def language_of(lines: list[str], confidence: float = 1.0) -> Language:
    document = decided(lines, confidence)
    return with_document(OFFICIAL, document.sentences, document.pieces, document.found)


def likelihood(language: Language) -> float:
    assert language.local is not None
    words = np.array([[language.model.ids[word] for word in PHRASE]], dtype=np.int32)
    return float(language.local.likelihood(words, 1)[0])


def test_a_phrase_that_the_document_repeats_is_likely_in_it() -> None:
    words = np.array([[OFFICIAL.model.ids[word] for word in PHRASE]], dtype=np.int32)
    assert likelihood(language_of([LINE] * 3)) > float(OFFICIAL.trie.likelihood(words, 1)[0]) + 5


def test_words_that_are_not_sure_teach_nothing() -> None:
    assert language_of([LINE] * 3, confidence=0.5) == OFFICIAL


def test_the_longer_a_document_the_more_its_language_weighs() -> None:
    short, long = language_of([LINE] * 3), language_of([LINE] * 300)
    assert 0 < short.share < long.share < LOCAL_SHARE
