"""Train the network that says how well words fit between the six words on both sides.

    python -m corpus.training.train_context --shared ../shared

Fifty minutes on two cores, 6 GB. The texts are those of the language models, put right where scanning left words wrong
(`proofreading`). Each step draws places at random; a word is told from all others drawn with it (sampled softmax, Jean
and others 2015), and the weights are moved by Adam (Kingma and Ba 2015). A neighbour in twenty-five is replaced by a
word of the same letters, for neighbours will be misread too; at one place in four what stands beyond the end of the
sentence is not seen.
"""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from corpus.training.proofreading import alike, proofread_texts
from corpus.training.train_language_model import OUT, Vocabulary, encoded
from pipeline.language.context_network import REACH
from pipeline.language.stream import CLASSES, END

SHARES = {"admin": 0.40, "legal": 0.30, "wiki": 0.25, "news": 0.03, "places": 0.01, "names": 0.01}
STEPS = 22_500
_PLACES = 4096  # a step
_DRAWN = 1536  # words, of which those of the places are told
_AROUND, _HIDDEN, _BETWEEN = 48, 512, 128  # sizes of the layers
_RATE, _WARM_STEPS, _LEAST_RATE = 1.2e-3, 500, 1e-5
_MISREAD, _WITHOUT_NEIGHBOURS = 0.04, 0.25
_DAMPED = 0.75  # frequent words are drawn less often than they are met
_FIRST_MOMENT, _SECOND_MOMENT, _TINY = 0.9, 0.999, 1e-8
_OFFSETS = np.array([*range(-REACH, 0), *range(1, REACH + 1)])
_TOLD_EVERY = 500
Ids = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]


class Places:
    """Draws places of the texts at random: the words around, and the word between."""

    def __init__(self, texts: Mapping[str, Ids], words: Sequence[str], chance: np.random.Generator) -> None:
        self._texts = {name: texts[name].astype(np.uint16) for name in SHARES}
        self._end = words.index(END)
        self._chance = chance
        others = alike(words)
        self._others = np.where(others >= 0, others, np.arange(len(words))[:, None])
        self.usual = self._frequencies(len(words))

    def _frequencies(self, size: int) -> npt.NDArray[np.float64]:
        shares = (s * np.bincount(self._texts[n], minlength=size) / len(self._texts[n]) for n, s in SHARES.items())
        usual = np.sum(list(shares), axis=0)
        usual[: len(CLASSES)] = 0
        return np.asarray(usual / usual.sum())

    def draw(self) -> tuple[Ids, Ids]:
        """Draw as many places as a step takes."""
        drawn = [self._of(self._texts[name], round(share * _PLACES)) for name, share in SHARES.items()]
        around, between = (np.concatenate(parts).astype(np.int64) for parts in zip(*drawn, strict=True))
        misread = self._chance.random(around.shape) < _MISREAD
        column = self._chance.integers(0, self._others.shape[1], int(misread.sum()))
        around[misread] = self._others[around[misread], column]
        alone = self._chance.random(len(around)) < _WITHOUT_NEIGHBOURS
        around[alone] = self._within_sentences(around[alone])
        return around, between

    def _of(self, text: npt.NDArray[np.uint16], number: int) -> tuple[npt.NDArray[np.uint16], npt.NDArray[np.uint16]]:
        at = self._chance.integers(REACH, len(text) - REACH, 2 * number)
        at = at[text[at] >= len(CLASSES)][:number]
        return text[at[:, None] + _OFFSETS], text[at]

    def _within_sentences(self, around: Ids) -> Ids:
        is_end = around == self._end
        before = np.logical_or.accumulate(is_end[:, REACH - 1 :: -1], axis=1)[:, ::-1]
        behind = np.logical_or.accumulate(is_end[:, REACH:], axis=1)
        return np.where(np.concatenate([before, behind], axis=1), self._end, around)


class Network:
    """The weights while they are learned; `step` moves them."""

    def __init__(self, usual: npt.NDArray[np.float64], chance: np.random.Generator) -> None:
        size, wide = len(usual), 2 * REACH * _AROUND
        normal = chance.standard_normal
        self.weights: dict[str, Floats] = {
            "around": (0.1 * normal((size, _AROUND))).astype(np.float32),
            "first": ((2 / wide) ** 0.5 * normal((wide, _HIDDEN))).astype(np.float32),
            "first_offset": np.zeros(_HIDDEN, dtype=np.float32),
            "second": ((1 / _HIDDEN) ** 0.5 * normal((_HIDDEN, _BETWEEN))).astype(np.float32),
            "second_offset": np.zeros(_BETWEEN, dtype=np.float32),
            "within": (0.05 * normal((size, _BETWEEN))).astype(np.float32),
            "usual": np.log(np.maximum(usual, 1e-7)).astype(np.float32),
        }
        self._mean = {name: np.zeros_like(weight) for name, weight in self.weights.items()}
        self._square = {name: np.zeros_like(weight) for name, weight in self.weights.items()}
        self._chance = chance
        self._drawn = usual**_DAMPED / (usual**_DAMPED).sum()
        out = _DRAWN * np.log1p(-self._drawn) + _PLACES * np.log1p(-np.minimum(usual, 0.999))
        self._log_included = np.log(np.maximum(1 - np.exp(out), 1e-6)).astype(np.float32)

    def step(self, around: Ids, between: Ids, number: int, rate: float) -> float:
        """Learn from some places; returns the mean loss before (nats)."""
        weights = self.weights
        words = np.unique(np.concatenate([between, self._chance.choice(len(self._drawn), _DRAWN, p=self._drawn)]))
        row, true = np.arange(len(between)), np.searchsorted(words, between)
        seen = weights["around"][around].reshape(len(around), -1)
        hidden = np.maximum(seen @ weights["first"] + weights["first_offset"], 0)
        found = hidden @ weights["second"] + weights["second_offset"]
        within = weights["within"][words]
        share = _softmax(found @ within.T + (weights["usual"][words] - self._log_included[words]))
        loss = float(-np.log(share[row, true] + 1e-9).mean())
        share[row, true] -= 1
        share /= len(between)
        back = share @ within
        hidden_back = (back @ weights["second"].T) * (hidden > 0)
        seen_back = (hidden_back @ weights["first"].T).reshape(-1, _AROUND)
        self._move("within", share.T @ found, number, rate, words)
        self._move("usual", share.sum(axis=0), number, rate, words)
        self._move("second", hidden.T @ back, number, rate)
        self._move("second_offset", back.sum(axis=0), number, rate)
        self._move("first", seen.T @ hidden_back, number, rate)
        self._move("first_offset", hidden_back.sum(axis=0), number, rate)
        self._move("around", _by_word(around.ravel(), seen_back, len(weights["around"])), number, rate)
        return loss

    def _move(self, name: str, slope: Floats, number: int, rate: float, rows: Ids | slice = slice(None)) -> None:
        """Move weights against their slope (Adam); those of words only in the `rows` that were drawn."""
        mean, square = self._mean[name][rows], self._square[name][rows]
        mean = mean + (1 - _FIRST_MOMENT) * (slope - mean)
        square = square + (1 - _SECOND_MOMENT) * (slope**2 - square)
        self._mean[name][rows], self._square[name][rows] = mean, square
        steady, spread = mean / (1 - _FIRST_MOMENT**number), square / (1 - _SECOND_MOMENT**number)
        self.weights[name][rows] -= rate * steady / (np.sqrt(spread) + _TINY)


def _softmax(scores: Floats) -> Floats:
    scores -= scores.max(axis=1, keepdims=True)
    np.exp(scores, out=scores)
    scores /= scores.sum(axis=1, keepdims=True)
    return scores


def _by_word(words: Ids, slopes: Floats, size: int) -> Floats:
    """Add up the rows of slopes that belong to the same word."""
    order = np.argsort(words, kind="stable")
    first = np.flatnonzero(np.diff(words[order], prepend=-1))
    out = np.zeros((size, slopes.shape[1]), dtype=np.float32)
    out[words[order][first]] = np.add.reduceat(slopes[order], first, axis=0)
    return out


def train(texts: Mapping[str, Ids], words: Sequence[str], steps: int) -> dict[str, npt.NDArray[np.float16]]:
    """Return the weights learned in so many steps."""
    chance = np.random.default_rng(5)
    places = Places(texts, words, chance)
    network = Network(places.usual, chance)
    recent = 0.0
    for number in range(1, steps + 1):
        rate = _RATE * min(1, number / min(_WARM_STEPS, steps / 10)) * (1 - number / steps) + _LEAST_RATE
        loss = network.step(*places.draw(), number, rate)
        recent = loss if number == 1 else 0.99 * recent + 0.01 * loss
        if number % _TOLD_EVERY == 0:
            print(f"{number} of {steps} steps, loss {recent:.3f}", flush=True)
    return {name: weight.astype(np.float16) for name, weight in network.weights.items()}


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, required=True, help="folder with data/ and the texts")
    parser.add_argument("--out", type=Path, default=OUT / "context.npz")
    parser.add_argument("--steps", type=int, default=STEPS)
    arguments = parser.parse_args()
    texts, words = encoded(arguments.shared, Vocabulary())
    weights = train(proofread_texts(texts, words), words, arguments.steps)
    np.savez(arguments.out, allow_pickle=False, **weights)


if __name__ == "__main__":
    main()
