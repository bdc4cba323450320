"""The n-gram model's arrays, looked up one state at a time (compiled)."""

import numpy as np
import numpy.typing as npt

from pipeline.language.ngrams import NgramModel

class Trie:
    """A model ready to be asked, from compiled code (`_ngrams.pxd`) or by `score`."""

    def __init__(self, model: NgramModel) -> None: ...
    def score(self, words: npt.NDArray[np.int32]) -> npt.NDArray[np.float32]:
        """Log P(words[i] | the words before it) for i >= 1, natural logarithms; the first word is given."""
    def likelihood(self, lines: npt.NDArray[np.int32], known: int) -> npt.NDArray[np.float32]:
        """Log P of the words of each row from the place `known` (at least 1) on, given those before it."""
