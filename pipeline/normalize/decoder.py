"""The search for the likeliest sentence: a beam over the trigram model, all sentences of a document in step."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pipeline.language.ngrams import NgramModel

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]

BEAM = 14
_SPREAD = 14.0  # a hypothesis this far (in nats) behind the best of its sentence is dropped
_AT_ONCE = 192


@dataclass(frozen=True)
class Lattice:
    """A batch of sentences: `word[s, t, k]` is the word's id, `score[s, t, k]` its channel score (-inf: no such)."""

    word: Ints
    score: Floats
    length: Ints


@dataclass(frozen=True)
class Scoring:
    """The language model, the weight of its log probabilities, and `bonus[w]` for each word (a document's own)."""

    model: NgramModel
    weight: float
    bonus: Floats


def decode(scoring: Scoring, lattice: Lattice) -> Ints:
    """Return the chosen candidate of each place, shape (sentences, longest)."""
    choice = np.zeros(lattice.word.shape[:2], dtype=np.int64)
    order = np.argsort(-lattice.length, kind="stable")
    for start in range(0, len(order), _AT_ONCE):
        part = order[start : start + _AT_ONCE]
        longest = int(lattice.length[part].max())
        cut = Lattice(lattice.word[part, :longest], lattice.score[part, :longest], lattice.length[part])
        choice[part, :longest] = _search(scoring, cut)
    return choice


@dataclass
class _Beam:
    """Hypotheses of each sentence: (sentences, BEAM) arrays; `score` is -inf where there is none."""

    score: Floats
    last: Ints  # last word
    history: Ints  # index of the bigram of the last two words, -1 if never seen


def _search(scoring: Scoring, lattice: Lattice) -> Ints:
    count, longest, _ = lattice.word.shape
    beam = _start(count)
    come_from = np.zeros((longest, count, BEAM), dtype=np.int64)
    taken = np.zeros((longest, count, BEAM), dtype=np.int64)
    final: list[_Beam] = []
    active = count
    for step in range(longest):
        active = int((lattice.length > step).sum())
        beam = _Beam(beam.score[:active], beam.last[:active], beam.history[:active])
        beam, parent, chosen = _advance(scoring, beam, lattice.word[:active, step], lattice.score[:active, step])
        come_from[step, :active], taken[step, :active] = parent, chosen
        final.append(beam)
    choice = np.zeros((count, longest), dtype=np.int64)
    state = np.zeros(count, dtype=np.int64)
    for step in range(longest - 1, -1, -1):
        active = int((lattice.length > step).sum())
        ending = np.flatnonzero(lattice.length[:active] == step + 1)
        if len(ending):
            state[ending] = _ended(scoring, final[step], ending)
        rows = np.arange(active)
        choice[rows, step] = taken[step, rows, state[:active]]
        state[:active] = come_from[step, rows, state[:active]]
    return choice


def _start(count: int) -> _Beam:
    score = np.full((count, BEAM), -np.inf, dtype=np.float32)
    score[:, 0] = 0
    none = np.full((count, BEAM), -1, dtype=np.int64)
    return _Beam(score, np.zeros((count, BEAM), dtype=np.int64), none)


def _ended(scoring: Scoring, beam: _Beam, rows: Ints) -> Ints:
    """Choose the best hypothesis of sentences that end here, the end itself scored."""
    model = scoring.model
    last, history = beam.last[rows], beam.history[rows]
    end = np.zeros_like(last)
    lower = model.bigram_score(model.bigram_index(last, end), last, end)
    total = beam.score[rows] + scoring.weight * model.trigram_score(history, end, lower)
    return np.asarray(np.argmax(total, axis=1), dtype=np.int64)


def _advance(scoring: Scoring, beam: _Beam, words: Ints, scores: Floats) -> tuple[_Beam, Ints, Ints]:
    """Extend all hypotheses by all candidates; returns the new beam, each one's parent, and its candidate."""
    model = scoring.model
    rows, candidates = words.shape
    row, old, new = np.nonzero((beam.score > -np.inf)[:, :, None] & (scores > -np.inf)[:, None, :])
    last, history, word = beam.last[row, old], beam.history[row, old], words[row, new]
    index = model.bigram_index(last, word)
    lower = model.bigram_score(index, last, word)
    gain = scoring.weight * model.trigram_score(history, word, lower) + scores[row, new] + scoring.bonus[word]
    total = np.full((rows, BEAM * candidates), -np.inf, dtype=np.float32)
    bigram = np.full((rows, BEAM * candidates), -1, dtype=np.int64)
    total[row, old * candidates + new] = beam.score[row, old] + gain
    bigram[row, old * candidates + new] = index

    best = _distinct_best(total, bigram, np.tile(words, (1, BEAM)))
    here = np.arange(rows)[:, None]
    score = total[here, best]
    score = np.where(score < score[:, :1] - _SPREAD, -np.inf, score).astype(np.float32)
    parent, chosen = best // candidates, best % candidates
    return _Beam(score, words[here, chosen], bigram[here, best]), parent, chosen


def _distinct_best(total: Floats, bigram: Ints, word: Ints) -> Ints:
    """Pick the best `BEAM` extensions of each row, of those with one future (same bigram, same word) the best only."""
    wide = min(3 * BEAM, total.shape[1] - 1)
    top = np.argpartition(-total, wide, axis=1)[:, :wide]
    here = np.arange(len(total))[:, None]
    top = top[here, np.argsort(-total[here, top], axis=1, kind="stable")]
    future = bigram[here, top] * 65536 + word[here, top]
    same = (future[:, :, None] == future[:, None, :]) & np.tri(wide, k=-1, dtype=bool)
    repeated = same.any(axis=2)
    keep = np.argsort(repeated, axis=1, kind="stable")[:, :BEAM]
    best = top[here, keep]
    total[here, best] = np.where(repeated[here, keep], -np.inf, total[here, best])
    return best
