"""A small neural network that says how well words fit between the six words before and the six behind.

The words around are looked up as vectors, put side by side, and go through two layers to a vector that is compared with
those of the words that may stand there (after Bengio and others, A neural probabilistic language model, 2003, here with
both sides). It sees further than n-grams and knows which words are used alike; n-grams know more of what is said often.
Made by `corpus.training.train_context`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

REACH = 6
"""Words that are looked at on either side."""

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]

_AT_ONCE = 1024  # places: bounds the memory


@dataclass(frozen=True)
class ContextNetwork:
    """The weights of the network.

    `around` are the vectors of words as neighbours, `first` and `second` the layers with their offsets, `within` the
    vectors of words as what stands between, `usual` how much is to be added for each.
    """

    around: Floats
    first: Floats
    first_offset: Floats
    second: Floats
    second_offset: Floats
    within: Floats
    usual: Floats

    @classmethod
    def load(cls, path: Path) -> ContextNetwork:
        """Load the weights that training left in a file."""
        with np.load(path) as stored:
            return cls(**{name: stored[name].astype(np.float32) for name in cls.__annotations__})

    def fits(self, neighbours: Ints, words: Ints, place: Ints) -> Floats:
        """Say how well words fit: log probabilities but for one number that all words of a place share.

        Args:
            neighbours: The words around each place (n, 2 REACH), in order.
            words: The words that may stand there (m).
            place: For each of these the row of `neighbours` (m).
        """
        between = np.concatenate(list(self._between(neighbours)))
        return np.asarray(np.einsum("md,md->m", between[place], self.within[words]) + self.usual[words], np.float32)

    def _between(self, neighbours: Ints) -> Iterator[Floats]:
        """Yield what the words around say of the places, a thousand at once."""
        for at in range(0, len(neighbours), _AT_ONCE):
            rows = neighbours[at : at + _AT_ONCE]
            seen = self.around[rows].reshape(len(rows), -1) @ self.first + self.first_offset
            yield np.maximum(seen, 0) @ self.second + self.second_offset
