"""Names of communes, read as whole names of the provinces that a document speaks of.

To a model of syllables a name is a row of rare words. To an office in Lào Cai it is one of some three hundred: a class
of the language model (Brown and others, Class-based n-gram models of natural language, 1992), whose members are alike.
Where words behind "xã" or "phường" are not sure, a name of the class that looks like what was seen wins if it is the
likelier one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np
from rapidfuzz import fuzz, process

from pipeline.language.lexicon import MODES
from pipeline.language.places import Name, communes, provinces
from pipeline.language.stream import COMMA, END, UNKNOWN
from pipeline.language.unicode import strip_marks
from pipeline.normalize.channel import Channel, Pairs
from pipeline.normalize.lattice import KEEP
from pipeline.normalize.models import Language
from pipeline.normalize.outcome import Outcome
from pipeline.normalize.pieces import Piece, Sort, Spot

_RANKS = frozenset({"xã", "phường", "trấn", "khu"})
_BETWEEN = frozenset({"và", "thị", "đặc", "các", "thuộc"})
_NAMELY = "gồm"
_SURE_FROM = 0.99
_LONGEST = 4  # words of a name
_MOST_PROVINCES = 3
_FEWEST_MENTIONS = 2
_ALIKE = 60.0  # per cent, by letters without marks
_MOST_ALIKE = 12
_LANGUAGE_WEIGHT = 0.7
_MARGIN = 1.0  # nats by which a name must be likelier than what was found


@dataclass(frozen=True)
class _Token:
    """A token that was read as one word, behind the rank of a place."""

    spot: Spot
    text: str
    outcome: Outcome


@dataclass(frozen=True)
class _Names:
    """The names of so many words, their letters without marks, and the logarithm of the share of each."""

    names: Sequence[Name]
    bare: Sequence[str]
    share: float


class PlaceNames:
    """Reads names of communes; for one channel and language model."""

    def __init__(self, channel: Channel, language: Language) -> None:
        self._channel = channel
        self._language = language

    def read(
        self, sentences: Sequence[Sequence[Spot]], pieces: Sequence[Sequence[Piece]], found: Mapping[Spot, Outcome]
    ) -> dict[Spot, Outcome]:
        """Return the outcomes of the tokens that are words of a name."""
        runs = [run for sentence in sentences for run in _runs(sentence, pieces, found)]
        runs = [run for run in runs if any(token.outcome.confidence < _SURE_FROM for token in run[1])]
        if not runs:
            return {}
        spoken_of = _provinces_spoken_of(sentences, found)
        read: dict[Spot, Outcome] = {}
        for before, run in runs:
            read |= self._read_run(before, run, spoken_of)
        return read

    def _read_run(self, before: str, run: Sequence[_Token], spoken_of: frozenset[str]) -> dict[Spot, Outcome]:
        """Read the names in a run of capitalised words, from left to right, longer ones first."""
        read: dict[Spot, Outcome] = {}
        at = 0
        while at < len(run) - 1:
            for size in range(min(_LONGEST, len(run) - at), 1, -1):
                tokens = run[at : at + size]
                if name := self._best(before if not at else run[at - 1].outcome.words[0].lower(), tokens, spoken_of):
                    read |= name
                    at += size - 1
                    break
            at += 1
        return read

    def _best(self, before: str, tokens: Sequence[_Token], spoken_of: frozenset[str]) -> dict[Spot, Outcome]:
        """Read some tokens as a name, if one is likelier than what was found; else nothing."""
        if all(token.outcome.confidence >= _SURE_FROM for token in tokens):
            return {}
        known = _names(spoken_of, len(tokens))
        seen = strip_marks(" ".join(token.text for token in tokens)).lower()
        alike = process.extract(seen, known.bare, scorer=fuzz.ratio, score_cutoff=_ALIKE, limit=_MOST_ALIKE)
        current = tuple(token.outcome.words[0] for token in tokens)
        names = [name for _, _, place in alike if _keeps_sure(name := known.names[place], tokens)]
        if not names:
            return {}
        *scores, now = self._look([*names, current], [token.text for token in tokens])
        best = int(np.argmax(scores))
        gain = scores[best] + _LANGUAGE_WEIGHT * known.share - now - _LANGUAGE_WEIGHT * self._likelihood(before, tokens)
        if gain < _MARGIN or names[best] == current:
            return {}
        confidence = float(1 / (1 + np.exp(-gain)))
        return {
            token.spot: replace(token.outcome, words=[word], forms=[KEEP], confidence=confidence, kept=False)
            for token, word in zip(tokens, names[best], strict=True)
        }

    def _look(self, names: Sequence[Name], tokens: Sequence[str]) -> list[float]:
        """Return log P(tokens | words) of each name."""
        words = [word for name in names for word in name]
        places = np.arange(len(words))
        pairs = Pairs(places, places % len(tokens), np.ones(len(words), dtype=np.float32))
        scores, _ = self._channel.align(words, tokens, pairs)
        return [float(score) for score in scores.reshape(len(names), len(tokens)).sum(axis=1)]

    def _likelihood(self, before: str, tokens: Sequence[_Token]) -> float:
        """Return log P(words as they were found | the word before)."""
        ids = self._language.model.ids
        words = [
            token.outcome.forms[0] // MODES if token.outcome.forms[0] != KEEP else ids[UNKNOWN] for token in tokens
        ]
        row = np.array([[ids.get(before, ids[UNKNOWN]), *words]], dtype=np.int32)
        return float(self._language.trie.likelihood(row, 1)[0])


def _runs(
    sentence: Sequence[Spot], pieces: Sequence[Sequence[Piece]], found: Mapping[Spot, Outcome]
) -> Iterator[tuple[str, list[_Token]]]:
    """Yield the runs of capitalised words of lists of places, each with the word before it."""
    run: list[_Token] = []
    listed, is_named, before, last = False, False, END, END
    for spot in sentence:
        piece, outcome = pieces[spot.line][spot.place], found.get(spot)
        is_word = outcome is not None and piece.sort is Sort.WORD and outcome.covers == len(outcome.words) == 1
        word = outcome.words[0].lower() if outcome and is_word else piece.symbol
        if listed and outcome and is_word and _is_name_word(piece.text, outcome.words[0]):
            run.append(_Token(spot, piece.text, outcome))
            continue
        if len(run) > 1:
            yield before, run
        run, before = [], word
        is_named |= word in _RANKS
        begins = is_named and last == _NAMELY and word == COMMA
        listed = word in _RANKS or begins or (listed and (word == COMMA or word in _BETWEEN))
        last = word
    if len(run) > 1:
        yield before, run


def _keeps_sure(name: Name, tokens: Sequence[_Token]) -> bool:
    """Say whether a name has the words that are sure."""
    pairs = zip(name, tokens, strict=True)
    return all(word == t.outcome.words[0] for word, t in pairs if t.outcome.confidence >= _SURE_FROM)


def _is_name_word(seen: str, word: str) -> bool:
    """Say whether a word has a capital, as it was seen or as it was read, and is no rank."""
    has_capital = word[0].isupper() or (seen[0].isupper() and word not in _BETWEEN)
    return has_capital and not word[1:2].isupper() and word.lower() not in _RANKS


def _provinces_spoken_of(sentences: Sequence[Sequence[Spot]], found: Mapping[Spot, Outcome]) -> frozenset[str]:
    """Find the provinces of today that a document names most."""
    words = (word for sentence in sentences for spot in sentence if spot in found for word in found[spot].words)
    text = " ".join(words).lower()
    named = Counter(provinces()[match[0]] for match in _any_province().finditer(text))
    most = named.most_common(_MOST_PROVINCES)
    return frozenset(name for name, times in most if times >= _FEWEST_MENTIONS) or frozenset(n for n, _ in most[:1])


@lru_cache(maxsize=1)
def _any_province() -> re.Pattern[str]:
    longest_first = sorted(provinces(), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest_first))})(?!\w)")


@lru_cache(maxsize=64)
def _names(spoken_of: frozenset[str], size: int) -> _Names:
    every = {name for province in spoken_of for name in communes()[province]}
    names = sorted(name for name in every if len(name) == size)
    share = -float(np.log(max(1, len(every))))
    return _Names(names, [strip_marks(" ".join(name)).lower() for name in names], share)
