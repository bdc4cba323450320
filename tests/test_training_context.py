"""Training the network of wide contexts, on a language of a few words."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from corpus.training.train_context import SHARES, train
from pipeline.language.context_network import REACH, ContextNetwork
from pipeline.language.stream import CLASSES

WORDS = [*CLASSES, "sáng", "tối", "mở", "đóng", "cửa"]
AROUND = {"sáng": "mở", "tối": "đóng"}


def test_it_learns_which_word_stands_with_which(tmp_path: Path) -> None:
    number = {word: place for place, word in enumerate(WORDS)}
    chance = np.random.default_rng(2)
    said = [word for time in chance.choice(list(AROUND), 3000) for word in (time, "cửa", AROUND[time], "<.>")]
    text = np.array([number[word] for word in said])
    path = tmp_path / "context.npz"
    np.savez(path, **train(dict.fromkeys(SHARES, text), WORDS, steps=60))
    network = ContextNetwork.load(path)
    at = 4 * np.arange(10, 40) + 2  # what is said of the door
    around = text[at[:, None] + np.array([*range(-REACH, 0), *range(1, REACH + 1)])]
    opens, closes = (network.fits(around, np.full(30, number[word]), np.arange(30)) for word in ("mở", "đóng"))
    assert ((opens > closes) == (text[at] == number["mở"])).all()
