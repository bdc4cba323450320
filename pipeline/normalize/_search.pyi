"""The beam search (compiled)."""

import numpy as np
import numpy.typing as npt

from pipeline.language._ngrams import Trie

Ints = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float32]

def search(
    trie: Trie,
    local: Trie | None,
    share: float,
    weight: float,
    bonus: Floats,
    sentences: Ints,
    node_start: Ints,
    arc_from: Ints,
    arc_word: Ints,
    arc_score: Floats,
    beam: int,
    spread: float,
) -> tuple[npt.NDArray[np.bool_], Floats, Floats]:
    """Return the arcs on the best paths, all arcs' posteriors, and each sentence's best score.

    The shapes are those of `decoder.Arcs`.
    """
