"""An n-gram model (4-grams, or trigrams) of Vietnamese syllables in memory-mapped arrays.

The model is a trie: the n-grams that begin with the same words stand together, sorted by their last word, and each
knows where its own continuations begin (after Pauls and Klein, Faster and smaller n-gram language models, 2011). It is
stored in back-off form: log probabilities (natural logarithm) of the n-grams kept, and a back-off weight for each
history. Values are quantised to one byte in steps of `STEP`. `_ngrams.Trie` looks it up.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path

import numpy as np
import numpy.typing as npt

STEP = 0.07
Floats = npt.NDArray[np.float32]
Bytes = npt.NDArray[np.uint8]
Ids = npt.NDArray[np.uint16]
Indices = npt.NDArray[np.uint32]


def quantise(logarithms: npt.NDArray[np.floating]) -> Bytes:
    """Turn logarithms of probabilities (at most 0) into bytes; below -17.8 they saturate."""
    steps: Bytes = np.clip(np.rint(-logarithms / STEP), 0, 255).astype(np.uint8)
    return steps


@dataclass(frozen=True)
class NgramModel:
    """The arrays of the model; `words[i]` is the word whose id is i.

    `X_word` is the last word of each n-gram, `X` its log probability and `X_backoff` the weight of the history that it
    makes, both in steps. The continuations of the n-gram i stand at [X_child[i], X_child[i + 1]) of the next order.
    """

    words: tuple[str, ...]
    unigram: Floats
    unigram_backoff: Floats
    unigram_child: Indices
    bigram_word: Ids
    bigram: Bytes
    bigram_backoff: Bytes
    bigram_child: Indices
    trigram_word: Ids
    trigram: Bytes
    trigram_backoff: Bytes
    trigram_child: Indices
    fourgram_word: Ids
    fourgram: Bytes
    step: float = STEP

    @property
    def order(self) -> int:
        """The length of the longest n-grams: a model of trigrams has no 4-grams, and no histories that lead to them."""
        return 4 if len(self.fourgram) else 3

    @cached_property
    def ids(self) -> dict[str, int]:
        """The id of each word."""
        return {word: number for number, word in enumerate(self.words)}

    @classmethod
    def load(cls, folder: Path) -> NgramModel:
        """Map the arrays of a folder into memory; nothing is read before it is looked up.

        Raises:
            OSError: The folder does not hold a model.
        """
        arrays = {
            name: np.load(folder / f"{name}.npy", mmap_mode="r")
            for name in (field.name for field in fields(cls))
            if name not in ("words", "step")
        }
        words = tuple((folder / "words.txt").read_text(encoding="utf-8").split("\n"))
        return cls(words=words, **arrays)

    def save(self, folder: Path) -> None:
        """Write the arrays where `load` finds them."""
        folder.mkdir(parents=True, exist_ok=True)
        for field in fields(self):
            if field.name not in ("words", "step"):
                np.save(folder / f"{field.name}.npy", getattr(self, field.name))
        (folder / "words.txt").write_text("\n".join(self.words), encoding="utf-8")
