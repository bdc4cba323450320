"""Train the network that says how well words fit between the six words on both sides.

    python -m corpus.training.train_context --shared ../shared

Two hours on two cores, 6 GB. The texts are those of the language models, put right where scanning left words wrong
(`proofreading`). Each step draws places at random, and the weights are moved by Adam (Kingma and Ba 2015). At first a
word is told from all others drawn with it (sampled softmax, Jean and others 2015): that teaches what words are used
alike. Then it is told from those that its readings are taken for (`confusions`), and from a few others: repair asks for
no more. A neighbour in twenty-five is replaced by a word of the same letters, for neighbours will be misread too; at
one place in four what stands beyond the end of the sentence is not seen.

`--weights` goes on from weights that are there, and takes the second part only.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from corpus.training.confusions import confusions
from corpus.training.proofreading import alike, proofread_texts
from corpus.training.train_language_model import OUT, Vocabulary, encoded
from pipeline.language.context_network import REACH
from pipeline.language.stream import CLASSES, END
from pipeline.normalize.models import load_channel, load_language

SHARES = {"admin": 0.40, "legal": 0.30, "wiki": 0.25, "news": 0.03, "places": 0.01, "names": 0.01}
STEPS, STEPS_APART = 22_500, 27_000
_PLACES, _PLACES_APART = 4096, 2048  # a step
_DRAWN = 1536  # words, of which those of the places are told
_AROUND, _HIDDEN, _BETWEEN = 48, 512, 128  # sizes of the layers
_OTHERS, _AT_RANDOM = 15, 4  # words that one is told apart from, and how many of them may be any
_RATE, _RATE_APART, _WARM_STEPS, _LEAST_RATE = 1.2e-3, 6e-4, 500, 1e-5
_MISREAD, _WITHOUT_NEIGHBOURS = 0.04, 0.25
_DAMPED = 0.75  # frequent words are drawn less often than they are met
_FIRST_MOMENT, _SECOND_MOMENT, _TINY = 0.9, 0.999, 1e-8
_OFFSETS = np.array([*range(-REACH, 0), *range(1, REACH + 1)])
_TOLD_EVERY = 500
_NEVER = -1e9
Ids = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]


class Places:
    """Draws places of the texts at random: the words around, and the word between.

    `usual` are the shares of the words in the texts, `drawn` how likely each is to be drawn as a rival.
    """

    def __init__(self, texts: Mapping[str, Ids], words: Sequence[str], chance: np.random.Generator) -> None:
        self._texts = {name: texts[name].astype(np.uint16) for name in SHARES}
        self._end = words.index(END)
        self.chance = chance
        others = alike(words)
        self._others = np.where(others >= 0, others, np.arange(len(words))[:, None])
        self.usual = self._frequencies(len(words))
        self.drawn = self.usual**_DAMPED / (self.usual**_DAMPED).sum()

    def _frequencies(self, size: int) -> npt.NDArray[np.float64]:
        shares = (s * np.bincount(self._texts[n], minlength=size) / len(self._texts[n]) for n, s in SHARES.items())
        usual = np.sum(list(shares), axis=0)
        usual[: len(CLASSES)] = 0
        return np.asarray(usual / usual.sum())

    def draw(self, number: int) -> tuple[Ids, Ids]:
        """Draw so many places."""
        drawn = [self._of(self._texts[name], round(share * number)) for name, share in SHARES.items()]
        around, between = (np.concatenate(parts).astype(np.int64) for parts in zip(*drawn, strict=True))
        misread = self.chance.random(around.shape) < _MISREAD
        column = self.chance.integers(0, self._others.shape[1], int(misread.sum()))
        around[misread] = self._others[around[misread], column]
        alone = self.chance.random(len(around)) < _WITHOUT_NEIGHBOURS
        around[alone] = self._within_sentences(around[alone])
        return around, between

    def draw_apart(self, others: Ids) -> tuple[Ids, Ids]:
        """Draw places for a step that tells words apart: the words around, and the true word before some `others`."""
        around, between = self.draw(_PLACES_APART)
        has_others = others[between, 0] >= 0
        around, between = around[has_others], between[has_others]
        among = others[between]
        size = np.maximum((among >= 0).sum(axis=1, keepdims=True), _OTHERS)
        column = (self.chance.random((len(among), _OTHERS)) * size).astype(np.int64)
        column = np.where(size == _OTHERS, np.arange(_OTHERS), column)
        told = np.take_along_axis(among, column, axis=1)
        told[:, -_AT_RANDOM:] = self.chance.choice(len(others), (len(told), _AT_RANDOM), p=self.drawn)
        told[told == between[:, None]] = -1
        return around, np.concatenate([between[:, None], told], axis=1)

    def _of(self, text: npt.NDArray[np.uint16], number: int) -> tuple[npt.NDArray[np.uint16], npt.NDArray[np.uint16]]:
        at = self.chance.integers(REACH, len(text) - REACH, 2 * number)
        at = at[text[at] >= len(CLASSES)][:number]
        return text[at[:, None] + _OFFSETS], text[at]

    def _within_sentences(self, around: Ids) -> Ids:
        is_end = around == self._end
        before = np.logical_or.accumulate(is_end[:, REACH - 1 :: -1], axis=1)[:, ::-1]
        behind = np.logical_or.accumulate(is_end[:, REACH:], axis=1)
        return np.where(np.concatenate([before, behind], axis=1), self._end, around)


class Network:
    """The weights while they are learned; `step` moves them."""

    def __init__(self, weights: dict[str, Floats], places: Places) -> None:
        self.weights = weights
        self._mean = {name: np.zeros_like(weight) for name, weight in self.weights.items()}
        self._square = {name: np.zeros_like(weight) for name, weight in self.weights.items()}
        self._chance, self._drawn = places.chance, places.drawn
        out = _DRAWN * np.log1p(-self._drawn) + _PLACES * np.log1p(-np.minimum(places.usual, 0.999))
        self._log_included = np.log(np.maximum(1 - np.exp(out), 1e-6)).astype(np.float32)

    def step(self, around: Ids, between: Ids, number: int, rate: float) -> float:
        """Learn from some places; returns the mean loss before (nats)."""
        weights = self.weights
        words = np.unique(np.concatenate([between, self._chance.choice(len(self._drawn), _DRAWN, p=self._drawn)]))
        row, true = np.arange(len(between)), np.searchsorted(words, between)
        seen, hidden, found = self._look(around)
        within = weights["within"][words]
        share = _softmax(found @ within.T + (weights["usual"][words] - self._log_included[words]))
        loss = float(-np.log(share[row, true] + 1e-9).mean())
        share[row, true] -= 1
        share /= len(between)
        back = share @ within
        self._move("within", share.T @ found, number, rate, words)
        self._move("usual", share.sum(axis=0), number, rate, words)
        self._move_below(around, (seen, hidden, back), number, rate)
        return loss

    def step_apart(self, around: Ids, among: Ids, number: int, rate: float) -> float:
        """Learn to tell the first word of each row of `among` from the others (-1 for none); returns the mean loss."""
        seen, hidden, found = self._look(around)
        is_there = among >= 0
        words = np.where(is_there, among, 0)
        within = self.weights["within"][words]
        scores = np.einsum("pd,pwd->pw", found, within) + self.weights["usual"][words]
        share = _softmax(np.where(is_there, scores, _NEVER).astype(np.float32))
        loss = float(-np.log(share[:, 0] + 1e-9).mean())
        share[:, 0] -= 1
        share *= is_there / np.float32(len(around))
        back = np.einsum("pw,pwd->pd", share, within)
        told, slopes = _by_word(words.ravel(), (share[:, :, None] * found[:, None, :]).reshape(-1, _BETWEEN))
        self._move("within", slopes, number, rate, told)
        told, slopes = _by_word(words.ravel(), share.reshape(-1, 1))
        self._move("usual", slopes[:, 0], number, rate, told)
        self._move_below(around, (seen, hidden, back), number, rate)
        return loss

    def _look(self, around: Ids) -> tuple[Floats, Floats, Floats]:
        """Return what the layers make of the words around."""
        weights = self.weights
        seen = weights["around"][around].reshape(len(around), -1)
        hidden = np.maximum(seen @ weights["first"] + weights["first_offset"], 0)
        return seen, hidden, hidden @ weights["second"] + weights["second_offset"]

    def _move_below(self, around: Ids, layers: tuple[Floats, Floats, Floats], number: int, rate: float) -> None:
        """Move the weights below the last layer; `layers` are the two that were seen, and the slopes of the third."""
        seen, hidden, back = layers
        hidden_back = (back @ self.weights["second"].T) * (hidden > 0)
        seen_back = (hidden_back @ self.weights["first"].T).reshape(-1, _AROUND)
        self._move("second", hidden.T @ back, number, rate)
        self._move("second_offset", back.sum(axis=0), number, rate)
        self._move("first", seen.T @ hidden_back, number, rate)
        self._move("first_offset", hidden_back.sum(axis=0), number, rate)
        told, slopes = _by_word(around.ravel(), seen_back)
        self._move("around", slopes, number, rate, told)

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


def _by_word(words: Ids, slopes: Floats) -> tuple[Ids, Floats]:
    """Add up the rows of slopes that belong to the same word; returns the words, and a row for each."""
    order = np.argsort(words, kind="stable")
    first = np.flatnonzero(np.diff(words[order], prepend=-1))
    return words[order][first], np.add.reduceat(slopes[order], first, axis=0)


def first_weights(usual: npt.NDArray[np.float64], chance: np.random.Generator) -> dict[str, Floats]:
    """Draw the weights that learning begins with."""
    size, wide = len(usual), 2 * REACH * _AROUND
    normal = chance.standard_normal
    return {
        "around": (0.1 * normal((size, _AROUND))).astype(np.float32),
        "first": ((2 / wide) ** 0.5 * normal((wide, _HIDDEN))).astype(np.float32),
        "first_offset": np.zeros(_HIDDEN, dtype=np.float32),
        "second": ((1 / _HIDDEN) ** 0.5 * normal((_HIDDEN, _BETWEEN))).astype(np.float32),
        "second_offset": np.zeros(_BETWEEN, dtype=np.float32),
        "within": (0.05 * normal((size, _BETWEEN))).astype(np.float32),
        "usual": np.log(np.maximum(usual, 1e-7)).astype(np.float32),
    }


def _run(steps: int, most: float, step: Callable[[int, float], float]) -> None:
    """Take so many steps, at a rate that rises to the `most` and falls to nothing, and tell how it goes."""
    recent = 0.0
    for number in range(1, steps + 1):
        rate = most * min(1, number / min(_WARM_STEPS, steps / 10)) * (1 - number / steps) + _LEAST_RATE
        loss = step(number, rate)
        recent = loss if number == 1 else 0.99 * recent + 0.01 * loss
        if number % _TOLD_EVERY == 0:
            print(f"{number} of {steps} steps, loss {recent:.3f}", flush=True)


def train(places: Places, steps: int) -> dict[str, Floats]:
    """Learn which words are used alike."""
    network = Network(first_weights(places.usual, places.chance), places)
    _run(steps, _RATE, lambda number, rate: network.step(*places.draw(_PLACES), number, rate))
    return network.weights


def train_apart(places: Places, weights: dict[str, Floats], others: Ids, steps: int) -> dict[str, Floats]:
    """Learn to tell words from those that their readings are taken for (`others`, see `confusions`)."""
    network = Network(weights, places)
    _run(steps, _RATE_APART, lambda number, rate: network.step_apart(*places.draw_apart(others), number, rate))
    return network.weights


def read(path: Path) -> dict[str, Floats]:
    """Read weights that were written."""
    with np.load(path) as stored:
        return {name: stored[name].astype(np.float32) for name in stored.files}


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, required=True, help="folder with data/ and the texts")
    parser.add_argument("--out", type=Path, default=OUT / "context.npz")
    parser.add_argument("--weights", type=Path, help="weights of the first part, to go on from")
    parser.add_argument("--steps", type=int, nargs=2, default=(STEPS, STEPS_APART), help="of either part")
    arguments = parser.parse_args()
    texts, words = encoded(arguments.shared, Vocabulary())
    places = Places(proofread_texts(texts, words), words, np.random.default_rng(5))
    first, second = arguments.steps
    weights = read(arguments.weights) if arguments.weights else train(places, first)
    learned = train_apart(places, weights, confusions(load_language()[0].lexicon, load_channel()), second)
    np.savez(arguments.out, allow_pickle=False, **{name: w.astype(np.float16) for name, w in learned.items()})


if __name__ == "__main__":
    main()
