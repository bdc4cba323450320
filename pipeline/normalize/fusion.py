"""Two readings of one word, weighed against each other: what it may be, before any context is looked at.

Each reader has a channel of its own, learned from poor scans of known text; that the readings are independent given the
word makes their scores add up. The first reader's own confidence says how likely it is that it read the word right.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from pipeline.language.ngrams import NgramModel
from pipeline.language.stream import UNKNOWN
from pipeline.normalize.candidates import Proposer
from pipeline.normalize.lattice import KEEP, Reading
from pipeline.normalize.readings import keep_score
from pipeline.normalize.surroundings import Surroundings

Ints = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float32]

# How often Tesseract's Vietnamese reader is right at which confidence.
_CONFIDENCE = (0.0, 0.5, 0.8, 0.9, 0.95, 1.0)
_RIGHT = (0.15, 0.45, 0.8, 0.93, 0.975, 0.99)
_LEAST_WRONG = 0.01  # share of a channel's readings that are wrong, at least: what the confidence divides by
# Two readers of one poor print err together, so sums of their scores are surer than they should be. Measured on fifteen
# scanned pages: with this factor on all scores words at 0.99 and more are right 99 times in 100.
SOFTENED = 0.5
_SECOND_WEIGHT = 0.9
_WORST = -14.0  # nats; no single reader can rule a word out
_DIFFERS = -5.0  # that the second reader saw something else, where the first saw what no word is


@dataclass(frozen=True)
class Sight:
    """What was seen of one word: by the first reader, who is so confident (0 to 1), and by the second, if any was."""

    first: str
    confidence: float | None
    second: str | None


@dataclass(frozen=True)
class Fusion:
    """Weighs readings, for one model's words and the channels of two readers."""

    model: NgramModel
    first: Proposer
    second: Proposer

    def read(self, wanted: Collection[tuple[Sight, Surroundings]]) -> Mapping[tuple[Sight, Surroundings], Reading]:
        """Say what every word may be where it stands."""
        plain = [key for key in wanted if Surroundings.CAPITALS not in key[1]]
        capitals = [key for key in wanted if Surroundings.CAPITALS in key[1]]
        found = self._forms([sight for sight, _ in plain], capitals=False)
        among = self._forms([sight for sight, _ in capitals], capitals=True)
        return {
            key: self._placed(*reading, *key)
            for keys, readings in ((plain, found), (capitals, among))
            for key, reading in zip(keys, readings, strict=True)
        }

    def _forms(self, sights: Sequence[Sight], capitals: bool) -> list[tuple[Ints, Floats]]:
        """Find the forms of each word with their scores."""
        if not sights:
            return []
        firsts = [sight.first for sight in sights]
        seconds = [sight.second or sight.first for sight in sights]
        ask = (
            (self.first.propose_capitals, self.second.propose_capitals)
            if capitals
            else (self.first.propose, self.second.propose)
        )
        forms = _united(ask[0](firsts).form, ask[1](seconds).form)
        one = np.maximum(self.first.scores(firsts, forms), _WORST)
        other = np.maximum(self.second.scores(seconds, forms) - self.second.case_gain(forms), _WORST)
        lone = np.array([sight.second is None for sight in sights])
        one = self._with_confidence(one, forms, sights)
        scores = one + np.where(lone[:, None], 0, _SECOND_WEIGHT * other)
        counts = (forms >= 0).sum(axis=1)
        return [(forms[n, :count], scores[n, :count].astype(np.float32)) for n, count in enumerate(counts)]

    def _with_confidence(self, scores: Floats, forms: Ints, sights: Sequence[Sight]) -> Floats:
        """Replace the channel's general share of right readings by what the reader says of this one."""
        names = self.first.lexicon.forms
        out = scores.copy()
        for row, sight in enumerate(sights):
            if sight.confidence is None:
                continue
            right = float(np.interp(sight.confidence, _CONFIDENCE, _RIGHT))
            same = [k for k, form in enumerate(forms[row]) if form >= 0 and names[form] == sight.first]
            if not same:
                continue
            usual = min(float(np.exp(scores[row, same[0]])), 1 - _LEAST_WRONG)
            out[row] += np.log((1 - right) / (1 - usual))
            out[row, same] = scores[row, same] + np.log(right / usual)
        return out

    def _placed(self, forms: Ints, scores: Floats, sight: Sight, where: Surroundings) -> Reading:
        """Fit a reading to its surroundings, and add that the word stays as it is."""
        if Surroundings.INITIAL in where and sight.first[0].isupper():
            scores = self.first.initially(forms, scores)
        if Surroundings.SMALL in where:
            scores = self.first.among_small(forms, scores)
        reading = Reading(self.first.lexicon.word_of(forms), scores, forms)
        agree = sight.second is None or sight.second == sight.first
        kept = keep_score(sight.first) + (0.0 if agree else _DIFFERS)
        reading = reading.plus(self.model.ids[UNKNOWN], kept, KEEP)
        return replace(reading, score=SOFTENED * reading.score)


def _united(one: Ints, other: Ints) -> Ints:
    """Unite the forms of two proposals row by row, each once, -1 behind the last."""
    both = np.concatenate([one, other], axis=1)
    out = np.full_like(both, -1)
    for row, forms in enumerate(both):
        once = list(dict.fromkeys(form for form in forms.tolist() if form >= 0))
        out[row, : len(once)] = once
    return out
