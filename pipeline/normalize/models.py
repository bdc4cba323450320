"""Loading of what was learned: the trigram model, the lexicon and the channel (made by corpus.training)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import as_file, files
from typing import Any

import numpy as np

from pipeline.language.lexicon import Lexicon
from pipeline.language.ngrams import NgramModel
from pipeline.normalize.channel import Channel


@lru_cache(maxsize=1)
def load_language() -> tuple[NgramModel, Lexicon]:
    """Load the trigram model and the lexicon."""
    data = _arrays("pipeline.language", "ngrams.npz")
    words = str(data["words"]).split("\n")
    model = NgramModel(
        words=tuple(words),
        **{name: data[name] for name in NgramModel.__dataclass_fields__ if name != "words"},
    )
    own = str(data["own_forms"]).split("\n")
    return model, Lexicon(words, model.unigram, data["case_shares"].astype(np.float32), own)


@lru_cache(maxsize=1)
def load_channel() -> Channel:
    """Load the channel of a wrong-language (English) reader."""
    data = _arrays("pipeline.normalize", "channel.npz")
    true, seen = (str(data[name]).split("\n") for name in ("true_chunks", "seen_chunks"))
    return Channel(
        true_chunks={chunk: number for number, chunk in enumerate(true, 1)},
        seen_chunks={chunk: number for number, chunk in enumerate(seen, 1)},
        table=data["table"].astype(np.float32),
    )


def _arrays(package: str, name: str) -> Mapping[str, Any]:
    with as_file(files(package) / "data" / name) as path, np.load(path) as stored:
        return {key: stored[key] for key in stored.files}
