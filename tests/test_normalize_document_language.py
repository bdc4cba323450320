"""A document's own language: its phrases are likelier in it, unsure words teach nothing, short documents little."""

from __future__ import annotations

import numpy as np

from pipeline.language.lexicon import MODES
from pipeline.normalize.document_language import with_document
from pipeline.normalize.models import LOCAL_SHARE, Language, load_language
from pipeline.normalize.outcome import Outcome
from pipeline.normalize.pieces import Sort, Spot, cut_right_line, sentences

OFFICIAL = load_language()[0]
PHRASE = ["sạp", "hàng", "bông", "chợ", "én"]
LINE = "Bà con sang nhượng sạp hàng bông chợ Én."


def decided(lines: list[str], confidence: float = 1.0) -> Language:
    pieces = [cut_right_line(line) for line in lines]
    found = {
        Spot(number, place): Outcome([piece.text], [MODES * OFFICIAL.model.ids[piece.text.lower()]], confidence)
        for number, line in enumerate(pieces)
        for place, piece in enumerate(line)
        if piece.sort is Sort.WORD
    }
    return with_document(OFFICIAL, list(sentences(pieces, lines)), pieces, found)


def likelihood(language: Language) -> float:
    assert language.local is not None
    words = np.array([language.model.ids[word] for word in PHRASE], dtype=np.int32)
    return float(language.local.score(words).sum())


def test_a_phrase_that_the_document_repeats_is_likely_in_it() -> None:
    words = np.array([OFFICIAL.model.ids[word] for word in PHRASE], dtype=np.int32)
    assert likelihood(decided([LINE] * 3)) > float(OFFICIAL.trie.score(words).sum()) + 5


def test_words_that_are_not_sure_teach_nothing() -> None:
    assert likelihood(decided([LINE] * 3, confidence=0.5)) < likelihood(decided([LINE] * 3)) - 5


def test_the_longer_a_document_the_more_its_language_weighs() -> None:
    short, long = decided([LINE] * 3), decided([LINE] * 300)
    assert 0 < short.share < long.share < LOCAL_SHARE
