"""Several texts' n-gram models as one: their probabilities mixed, the n-grams that matter least left out.

The mixture of each n-gram is computed in full and stored in back-off form (as Stolcke's `ngram -mix-lm` does); what an
n-gram is worth is how often it is met times what its probability differs from that of the shorter one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from pipeline.language.kneser_ney import Ids, KneserNey, Weights
from pipeline.language.ngrams import NgramModel, quantise

_LEAST = 1e-9


@dataclass(frozen=True)
class Part:
    """One text's model, its share in the mixture, and how often an n-gram of each order must be met to be looked at."""

    model: KneserNey
    share: float
    least: Sequence[int]


@dataclass(frozen=True)
class _Level:
    """The n-grams kept of one order (sorted), their probabilities, and the back-off weights of them as histories."""

    grams: Ids
    probability: Weights
    backoff: Weights


def mix(parts: Sequence[Part], words: Sequence[str], most: Sequence[int]) -> NgramModel:
    """Mix the models and keep the `most[k]` n-grams of order k + 1 that are worth most; `most` has 3 or 4 numbers."""
    size = len(words)
    everything = np.arange(size, dtype=np.int64)
    levels = [_Level(everything, _mixed(parts, everything, 1), np.zeros(0))]
    longest = len(most)
    for order in range(2, longest + 1):
        grams = _worthy(parts, order, most[order - 1], levels[-1].grams, size)
        levels.append(_Level(grams, _mixed(parts, grams, order), np.zeros(0)))
    for order in range(1, longest):
        levels[order - 1] = _with_backoff(levels, order, size)
    return _laid_out(levels, words)


def _mixed(parts: Sequence[Part], grams: Ids, order: int) -> Weights:
    total: Weights = sum(
        (part.share * part.model.probability(grams, order) for part in parts), start=np.zeros(len(grams))
    )
    return total


def _worthy(parts: Sequence[Part], order: int, most: int, histories: Ids, size: int) -> Ids:
    """Choose n-grams whose history is kept already."""
    seen = []
    for part in parts:
        counted = part.model.counts[order - 1]
        seen.append(counted.grams[counted.times >= part.least[order - 1]])
    grams = np.unique(np.concatenate(seen))
    grams = grams[np.isin(grams // size, histories)]
    if len(grams) <= most:
        return grams
    frequency: Weights = sum(
        (part.share * part.model.frequency(grams, order) for part in parts), start=np.zeros(len(grams))
    )
    shorter = _mixed(parts, grams % size ** (order - 1), order - 1)
    worth = frequency * np.abs(np.log(_mixed(parts, grams, order)) - np.log(shorter))
    kept = np.argpartition(-worth, most)[:most]
    return np.sort(grams[kept])


def _with_backoff(levels: Sequence[_Level], order: int, size: int) -> _Level:
    """Give each history the weight that makes the probabilities of the words after it sum to one."""
    level, longer = levels[order - 1], levels[order]
    history = np.searchsorted(level.grams, longer.grams // size)
    given = np.bincount(history, longer.probability, minlength=len(level.grams))
    shorter = np.bincount(history, _stored(levels, longer.grams % size**order, order, size), minlength=len(level.grams))
    backoff = np.maximum(1 - given, _LEAST) / np.maximum(1 - shorter, _LEAST)
    return _Level(level.grams, level.probability, np.clip(backoff, 1e-7, 1.0))


def _stored(levels: Sequence[_Level], grams: Ids, order: int, size: int) -> Weights:
    """Probabilities as the stored model gives them: backed off where an n-gram was left out."""
    level = levels[order - 1]
    place = np.minimum(np.searchsorted(level.grams, grams), len(level.grams) - 1)
    is_kept = level.grams[place] == grams
    answer = np.where(is_kept, level.probability[place], 0.0)
    if order > 1 and not is_kept.all():
        missing = grams[~is_kept]
        histories = levels[order - 2]
        at = np.searchsorted(histories.grams, missing // size)
        at = np.minimum(at, len(histories.grams) - 1)
        weight = np.where(histories.grams[at] == missing // size, histories.backoff[at], 1.0)
        answer[~is_kept] = weight * _stored(levels, missing % size ** (order - 1), order - 1, size)
    return answer


def _laid_out(levels: Sequence[_Level], words: Sequence[str]) -> NgramModel:
    size = len(words)
    last = [(level.grams % size).astype(np.uint16) for level in levels]
    values = [quantise(np.log(level.probability)) for level in levels]
    backoffs = [quantise(np.log(level.backoff)) for level in levels]
    children = [
        np.searchsorted(longer.grams, np.append(level.grams, level.grams[-1] + 1) * size).astype(np.uint32)
        for level, longer in pairwise(levels)
    ]
    has_four = len(levels) > 3
    return NgramModel(
        words=tuple(words),
        unigram=_log(levels[0].probability),
        unigram_backoff=_log(levels[0].backoff),
        unigram_child=children[0],
        bigram_word=last[1],
        bigram=values[1],
        bigram_backoff=backoffs[1],
        bigram_child=children[1],
        trigram_word=last[2],
        trigram=values[2],
        trigram_backoff=backoffs[2],
        trigram_child=children[2] if has_four else np.zeros(0, np.uint32),
        fourgram_word=last[3] if has_four else np.zeros(0, np.uint16),
        fourgram=values[3] if has_four else np.zeros(0, np.uint8),
    )


def _log(share: Weights) -> npt.NDArray[np.float32]:
    return np.log(share).astype(np.float32)
