"""A trigram model of Vietnamese syllables in sorted arrays, looked up many at a time.

P(w | u v) is interpolated absolute discounting (Ney, Essen and Kneser 1994) with Kneser-Ney continuation counts below
the trigram; it is stored in back-off form: log probabilities (natural logarithm) of the n-grams seen, and a back-off
weight for each history. Keys are sorted uint32: bigram `v * size + w`, trigram `index of bigram (u, v) * size + w`.
Values are quantised to one byte in steps of `STEP`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

STEP = 0.07
Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]


def quantise(logarithms: npt.NDArray[np.floating]) -> npt.NDArray[np.uint8]:
    """Turn logarithms of probabilities (at most 0) into bytes; below -17.8 they saturate."""
    steps: npt.NDArray[np.uint8] = np.clip(np.rint(-logarithms / STEP), 0, 255).astype(np.uint8)
    return steps


_VALUES: Floats = (-STEP * np.arange(256)).astype(np.float32)


@dataclass(frozen=True)
class NgramModel:
    """The arrays of the model. `words[i]` is the word whose id is i; a bigram that is absent has index -1."""

    words: tuple[str, ...]
    unigram: Floats
    unigram_backoff: Floats
    bigram_keys: npt.NDArray[np.uint32]
    bigram: npt.NDArray[np.uint8]
    bigram_backoff: npt.NDArray[np.uint8]
    trigram_keys: npt.NDArray[np.uint32]
    trigram: npt.NDArray[np.uint8]

    @cached_property
    def ids(self) -> dict[str, int]:
        """The id of each word."""
        return {word: number for number, word in enumerate(self.words)}

    def bigram_index(self, previous: Ints, word: Ints) -> Ints:
        """Look up the indices of bigrams, -1 where not seen; shapes broadcast."""
        return _find(self.bigram_keys, previous * len(self.words) + word)

    def bigram_score(self, index: Ints, previous: Ints, word: Ints) -> Floats:
        """Log P(word | previous), given the bigrams' indices."""
        seen = _VALUES[self.bigram[index]]
        return np.where(index >= 0, seen, self.unigram_backoff[previous] + self.unigram[word]).astype(np.float32)

    def backoff(self, index: Ints) -> Floats:
        """Log back-off weight of histories of two words, 0 for a history that was not seen."""
        return np.where(index >= 0, _VALUES[self.bigram_backoff[index]], 0).astype(np.float32)

    def trigram_score(self, history: Ints, word: Ints, lower: Floats) -> Floats:
        """Log P(word | history): `history` is a bigram's index (-1 unseen), `lower` is log P(word | last word)."""
        found = _find(self.trigram_keys, np.where(history >= 0, history * len(self.words) + word, -1))
        return np.where(found >= 0, _VALUES[self.trigram[found]], lower + self.backoff(history)).astype(np.float32)


def _find(keys: npt.NDArray[np.uint32], wanted: Ints) -> Ints:
    # Searching with the keys' own type spares numpy a copy of the whole table; -1 wraps to a key that never occurs.
    narrow = wanted.astype(np.uint32)
    place = np.searchsorted(keys, narrow)
    place[place == len(keys)] = 0
    return np.where(keys[place] == narrow, place, -1)
