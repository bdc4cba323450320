"""The search for the likeliest sentences through lattices of words, and how sure each word is.

A beam search over the n-gram model finds the best path (Viterbi); the sums of the paths kept, forwards and backwards,
give each arc its posterior probability.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pipeline.language._ngrams import Trie
from pipeline.normalize._search import search

Ints = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float32]

BEAM = 12
_SPREAD = 9.0  # a hypothesis this far (in nats) behind the best at its node is dropped


@dataclass(frozen=True)
class Arcs:
    """A batch of sentences as directed graphs: `word[a]` leads from node `origin[a]` to the node that a belongs to.

    Sentence s has the nodes `sentence[s, 0]` to `sentence[s, 1]`; the arcs that lead to node n stand at
    [start[n], start[n + 1]) and come from nodes before it. `score` is the channel's, in nats.
    """

    sentence: Ints
    start: Ints
    origin: Ints
    word: Ints
    score: Floats


@dataclass(frozen=True)
class Scoring:
    """The language model, the weight of its log probabilities, and `bonus[w]` for each word (a document's own).

    `local` is a model of the office's own texts, or of the document itself, which is mixed in as the `share` given.
    """

    trie: Trie
    local: Trie | None
    share: float
    weight: float
    bonus: Floats


@dataclass(frozen=True)
class Decoded:
    """Which arcs lie on the best paths, the posterior probability of each arc (0 to 1), each best path's score."""

    chosen: npt.NDArray[np.bool_]
    posterior: Floats
    best: Floats


def decode(scoring: Scoring, arcs: Arcs) -> Decoded:
    """Find the best path of each sentence."""
    return Decoded(
        *search(
            scoring.trie,
            scoring.local,
            scoring.share,
            scoring.weight,
            scoring.bonus,
            arcs.sentence,
            arcs.start,
            arcs.origin,
            arcs.word,
            arcs.score,
            BEAM,
            _SPREAD,
        )
    )
