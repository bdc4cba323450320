"""Training the network of wide contexts, on a language of a few words."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import numpy.typing as npt

from corpus.training.confusions import MOST
from corpus.training.train_context import SHARES, Places, first_weights, train, train_apart
from pipeline.language.context_network import REACH, ContextNetwork
from pipeline.language.stream import CLASSES

Ids = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]

WORDS = [*CLASSES, "sáng", "tối", "mở", "đóng", "cửa"]
AROUND = {"sáng": "mở", "tối": "đóng"}


NUMBER = {word: place for place, word in enumerate(WORDS)}
OTHERS = np.full((len(WORDS), MOST), -1)
for one, other in (("mở", "đóng"), ("đóng", "mở"), ("sáng", "tối"), ("tối", "sáng")):
    OTHERS[NUMBER[one], 0] = NUMBER[other]


def said() -> Ids:
    chance = np.random.default_rng(2)
    words = [word for time in chance.choice(list(AROUND), 3000) for word in (time, "cửa", AROUND[time], "<.>")]
    return np.array([NUMBER[word] for word in words])


def share_told_right(weights: dict[str, Floats], text: Ids, path: Path) -> float:
    """Say how often the network tells what is done with the door: it is opened in the morning."""
    np.savez(path, allow_pickle=False, **weights)
    network = ContextNetwork.load(path)
    at = 4 * np.arange(10, 40) + 2
    around = text[at[:, None] + np.array([*range(-REACH, 0), *range(1, REACH + 1)])]
    opens, closes = (network.fits(around, np.full(30, NUMBER[word]), np.arange(30)) for word in ("mở", "đóng"))
    return float(((opens > closes) == (text[at] == NUMBER["mở"])).mean())


def test_it_learns_which_word_stands_with_which(tmp_path: Path) -> None:
    text = said()
    places = Places(dict.fromkeys(SHARES, text), WORDS, np.random.default_rng(5))
    assert share_told_right(train(places, steps=60), text, tmp_path / "context.npz") == 1


def test_it_learns_to_tell_a_word_from_those_that_it_is_taken_for(tmp_path: Path) -> None:
    text = said()
    places = Places(dict.fromkeys(SHARES, text), WORDS, np.random.default_rng(5))
    weights = first_weights(places.usual, np.random.default_rng(3))
    before = share_told_right(weights, text, tmp_path / "before.npz")
    learned = train_apart(places, weights, OTHERS, steps=60)
    assert before < share_told_right(learned, text, tmp_path / "after.npz") == 1
