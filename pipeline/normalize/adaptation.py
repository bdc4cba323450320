"""What one document teaches without any gold: how it was misread, and which words it uses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
import numpy.typing as npt

from pipeline.language.lexicon import MODES, Lexicon
from pipeline.normalize.channel import Channel, Pairs

Floats = npt.NDArray[np.float32]

_STRENGTH = 60.0  # occurrences that the learned channel is worth beside those of the document
_LEANING = 0.4
_EXPECTED = 200.0  # words of running text that the language model is worth beside the document


def adapted_channel(channel: Channel, lexicon: Lexicon, decided: Mapping[tuple[str, int], float]) -> Channel:
    """Re-estimate the channel from tokens and the forms that they were decided to be, with how often (one round of EM).

    A reading that is not sure counts as often as it is likely, lest a first guess prove itself.
    """
    if not decided:
        return channel
    tokens, forms = sorted({token for token, _ in decided}), sorted({form for _, form in decided})
    token_at = {token: number for number, token in enumerate(tokens)}
    form_at = {form: number for number, form in enumerate(forms)}
    pairs = Pairs(
        word=np.array([form_at[form] for _, form in decided], dtype=np.int64),
        token=np.array([token_at[token] for token, _ in decided], dtype=np.int64),
        weight=np.array(list(decided.values()), dtype=np.float32),
    )
    _, counts = channel.align([lexicon.forms[form] for form in forms], tokens, pairs)
    return channel.adapted(counts, _STRENGTH)


def leaning(lexicon: Lexicon, forms: Iterable[tuple[int, float]]) -> Floats:
    """Return what each word of the lexicon gains, in nats, where the document uses it more than others do.

    It is a share of the log ratio between the word's frequency here (smoothed) and in general, after the cache models
    of Kuhn and De Mori (1990). `forms` are those found, each with its probability, as much of which it counts.
    """
    found = np.array(list(forms)).reshape(-1, 2)
    times = np.bincount(found[:, 0].astype(np.int64) // MODES, found[:, 1], len(lexicon.words))
    usual = np.exp(lexicon.unigram.astype(np.float64))
    ratio = (times + _EXPECTED * usual) / ((times.sum() + _EXPECTED) * usual)
    return np.asarray(_LEANING * np.log(ratio), dtype=np.float32)
