"""Which words the readings of a word are taken for."""

from __future__ import annotations

import numpy as np

from corpus.training.confusions import MOST, confusions
from pipeline.language.stream import CLASSES
from pipeline.normalize.models import load_channel, load_language

LEXICON = load_language()[0].lexicon


def test_a_word_is_taken_for_words_of_the_same_letters_never_for_itself_and_common_ones_come_first() -> None:
    others = confusions(LEXICON, load_channel())
    assert others.shape == (len(LEXICON.words), MOST)
    number = {word: place for place, word in enumerate(LEXICON.words)}
    taken = [LEXICON.words[other] for other in others[number["máu"]] if other >= 0]
    assert {"mẫu", "màu"} <= set(taken[:4])
    assert not (others == np.arange(len(others))[:, None]).any()
    assert (others[: len(CLASSES)] == -1).all()
