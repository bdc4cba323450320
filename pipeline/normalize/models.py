"""Loading of what was learned: the language models, the lexicon and the channel (made by corpus.training)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import lru_cache
from importlib.resources import as_file, files
from pathlib import Path

import numpy as np

from pipeline.errors import ConfigurationError
from pipeline.language._ngrams import Trie
from pipeline.language.context_network import ContextNetwork
from pipeline.language.lexicon import Lexicon, WordStatistics
from pipeline.language.ngrams import NgramModel
from pipeline.normalize.channel import Channel

# The language of offices, and that of everything else.
OFFICIAL, GENERAL = "official", "general"
LOCAL_SHARE = 0.2  # from 0.1 to 0.4 it matters little
_STATISTICS = ("frequency", "case_shares", "counted")


@dataclass(frozen=True)
class Language:
    """A kind of text: its n-gram model, ready to be asked as `trie`, and the lexicon that all kinds share.

    `local` is a model of the office's own texts, or of the document itself, over the same words; `share` is its part in
    the mixture.
    """

    model: NgramModel
    trie: Trie
    lexicon: Lexicon
    local: Trie | None = None
    share: float = LOCAL_SHARE


@lru_cache(maxsize=1)
def load_language() -> tuple[Language, ...]:
    """Load the language models, the official one first."""
    with as_file(files("pipeline.language") / "data") as folder:
        models = [NgramModel.load(folder / name) for name in (OFFICIAL, GENERAL)]
        own = (folder / "own_forms.txt").read_text(encoding="utf-8").split("\n")
        stored = [np.load(folder / f"{name}.npy").astype(np.float32) for name in _STATISTICS]
        statistics = WordStatistics(models[0].unigram, *stored)
    lexicon = Lexicon(models[0].words, statistics, own)
    return tuple(Language(model, Trie(model), lexicon) for model in models)


def with_local(languages: Sequence[Language], folder: Path) -> tuple[Language, ...]:
    """Add the model that `doisoat learn` left in a folder.

    Raises:
        ConfigurationError: There is none, or it is over other words than the models of this version.
    """
    try:
        model = NgramModel.load(folder)
    except (OSError, ValueError) as error:
        raise ConfigurationError(
            f"{folder}: không có mô hình riêng ở đây ({error}). / There is no language model here.",
            "Hãy tạo bằng doisoat learn, hoặc bỏ thiết lập language. / Make it with doisoat learn, or unset language.",
        ) from error
    if model.words != languages[0].model.words:
        raise ConfigurationError(
            f"{folder}: mô hình riêng do phiên bản khác tạo ra. / Another version made this language model.",
            "Hãy chạy lại doisoat learn. / Run doisoat learn again.",
        )
    return tuple(replace(language, local=Trie(model)) for language in languages)


@lru_cache(maxsize=1)
def load_context() -> ContextNetwork:
    """Load the network that weighs words by what stands further around them."""
    with as_file(files("pipeline.language") / "data" / "context.npz") as path:
        return ContextNetwork.load(path)


class Misreadings(StrEnum):
    """Whose misreadings a channel describes: the names of the files."""

    WRONG_LANGUAGE = "channel"  # readers of another language
    FIRST = "channel_first"  # Tesseract's Vietnamese reader, on poor scans
    SECOND = "channel_second"  # the second reader, on the same


@lru_cache(maxsize=len(Misreadings))
def load_channel(misreadings: Misreadings = Misreadings.WRONG_LANGUAGE) -> Channel:
    """Load a channel."""
    with as_file(files("pipeline.normalize") / "data" / f"{misreadings}.npz") as path, np.load(path) as stored:
        true, seen = (str(stored[part]).split("\n") for part in ("true_chunks", "seen_chunks"))
        table = stored["table"].astype(np.float32)
    return Channel(
        true_chunks={chunk: number for number, chunk in enumerate(true, 1)},
        seen_chunks={chunk: number for number, chunk in enumerate(seen, 1)},
        table=table,
    )
