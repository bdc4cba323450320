"""Which words the readings of a word are taken for: what repair has to tell it from."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from pipeline.language.lexicon import MODES, Lexicon
from pipeline.language.stream import CLASSES
from pipeline.normalize.candidates import FURTHER, Proposer
from pipeline.normalize.channel import STRANGE, Channel

MOST = 40
_READINGS = 6  # drawn for each word
_FREQUENCY_WEIGHT = 0.5
_AT_ONCE = 4000  # tokens
Ids = npt.NDArray[np.int64]


def confusions(lexicon: Lexicon, channel: Channel) -> Ids:
    """Return for each word up to `MOST` others that a reading of it may be, the likeliest first, -1 behind the last.

    Readings are drawn letter by letter from the channel; what may have been printed is looked for as repair does.
    """
    proposer = Proposer(lexicon, channel, FURTHER)
    drawn = list(_readings(lexicon, channel, np.random.default_rng(1)))
    weights: list[dict[int, float]] = [{} for _ in lexicon.words]
    for at in range(0, len(drawn), _AT_ONCE):
        some = drawn[at : at + _AT_ONCE]
        found = proposer.propose([token for _, token in some])
        for (word, _), form, score in zip(some, found.form, found.score, strict=True):
            share = np.exp(score - score.max(initial=-np.inf))
            for other, part in zip(form[form >= 0] // MODES, share[form >= 0], strict=True):
                weights[word][int(other)] = weights[word].get(int(other), 0.0) + float(part)
    out = np.full((len(weights), MOST), -1, dtype=np.int64)
    for word, known in enumerate(weights):
        known.pop(word, None)
        usual = {other: np.log(part) + _FREQUENCY_WEIGHT * lexicon.frequency[other] for other, part in known.items()}
        best = sorted(usual, key=lambda other: -usual[other])[:MOST]
        out[word, : len(best)] = best
    return out


def _readings(lexicon: Lexicon, channel: Channel, chance: np.random.Generator) -> Iterator[tuple[int, str]]:
    """Yield words with what they may be read as."""
    seen = {number: chunk for chunk, number in channel.seen_chunks.items() if chunk != STRANGE}
    columns = np.array(sorted(seen))
    shares = np.exp(channel.table[:, columns])
    shares /= np.maximum(shares.sum(axis=1, keepdims=True), 1e-9)
    for word, text in enumerate(lexicon.words):
        rows = [channel.true_chunks.get(letter, 0) for letter in text]
        if word < len(CLASSES) or 0 in rows:
            continue
        for _ in range(_READINGS):
            if token := "".join(seen[int(chance.choice(columns, p=shares[row]))] for row in rows):
                yield word, token
