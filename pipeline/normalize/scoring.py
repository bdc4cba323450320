"""How paths through a lattice are scored: which language model, and how much it weighs beside the channel."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from pipeline.language.lexicon import Lexicon
from pipeline.normalize.decoder import Scoring, decode
from pipeline.normalize.lattice import Lattice
from pipeline.normalize.models import Language

Floats = npt.NDArray[np.float32]

_LANGUAGE_WEIGHT = 0.7


def scoring(language: Language, bonus: Floats, weight: float = _LANGUAGE_WEIGHT) -> Scoring:
    """Score with a language model.

    Args:
        language: Its model.
        bonus: What each word of the lexicon gains in this document.
        weight: Of the model's log probabilities beside the channel's.
    """
    return Scoring(language.trie, language.local, language.share, weight, bonus)


def without_leaning(lexicon: Lexicon) -> Floats:
    """Return the bonus of a document of which nothing is known yet: none."""
    return np.zeros(len(lexicon.words), dtype=np.float32)


def best_language(languages: Sequence[Language], lattice: Lattice) -> Language:
    """Choose the language model that reads some sentences best."""

    def fit(language: Language) -> float:
        bonus = without_leaning(language.lexicon)
        return float(decode(scoring(language, bonus), lattice.arcs).best.sum())

    return max(languages, key=fit)
