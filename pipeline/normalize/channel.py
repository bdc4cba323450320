"""The noisy channel: how likely a wrong-language OCR reads one word as another string of characters.

A word is cut into chunks of one or two letters, and each chunk is read as a chunk of nought to three characters (after
Brill and Moore, An improved error model for noisy channel spelling correction, 2000). P(seen | true) is the best
product over all cuttings. Letters are cased. Scores are natural logarithms; the loops over cuttings are compiled
(`_channel`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt

from pipeline.language.unicode import strip_marks, strip_tones
from pipeline.normalize._channel import align

MOST_SEEN = 3
STRANGE = "\ufffd"
IMPOSSIBLE = -60.0
_LEAST_SHARE = 1e-5
_KIN_SHARE = 0.2  # of what a document teaches of a chunk that counts for its kin
_ENOUGH_KIN = 50.0  # occurrences from which on half of that does
_ANY_DIGIT = 0.02  # share of a digit that does not look like the letter
Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]
_NOTHING = np.zeros((0, 0), dtype=np.float32)


@dataclass(frozen=True)
class Cuttings:
    """Strings cut into chunks: `chunk[s, i, n]` is the id of the chunk of `n` characters at place `i` of string `s`."""

    chunk: npt.NDArray[np.int32]
    length: npt.NDArray[np.int32]


@dataclass(frozen=True)
class Pairs:
    """Words and what they were read as: `word[k]` was read as `token[k]`, `weight[k]` times."""

    word: Ints
    token: Ints
    weight: Floats


@dataclass(frozen=True)
class Channel:
    """Log P(seen chunk | true chunk) as a dense table; row 0 and column 0 are chunks that were never met.

    The empty true chunk stands for characters that come from no letter (specks), the empty seen chunk for a letter
    that left no trace, and the seen chunk `STRANGE` for any single character that was never met.
    """

    true_chunks: dict[str, int]
    seen_chunks: dict[str, int]
    table: Floats

    def cut_words(self, words: Sequence[str]) -> Cuttings:
        """Cut true words into chunks of one and two letters."""
        return _cut(words, self.true_chunks, 2)

    def cut_tokens(self, tokens: Sequence[str]) -> Cuttings:
        """Cut tokens as they were seen into chunks of nought to three characters."""
        return _cut(tokens, self.seen_chunks, MOST_SEEN)

    def align(self, words: Sequence[str], tokens: Sequence[str], pairs: Pairs) -> tuple[Floats, Floats]:
        """Return log P(token | word) of each pair, and the weighted counts of the chunks on the best cuttings.

        The counts have the shape of the table.
        """
        true, seen = self.cut_words(words), self.cut_tokens(tokens)
        return align(
            self.table, true.chunk, true.length, seen.chunk, seen.length, pairs.word, pairs.token, pairs.weight
        )

    def in_digits(self) -> Channel:
        """Give the channel of words that were read as digits throughout ("16" for "lệ"): which digit a letter becomes.

        A reader that takes a word for a numeral does so for all its letters; what that costs once is no part of it.
        """
        digits = [number for chunk, number in self.seen_chunks.items() if len(chunk) == 1 and chunk.isdigit()]
        letters = [number for chunk, number in self.true_chunks.items() if len(chunk) == 1]
        table = np.full_like(self.table, IMPOSSIBLE)
        share = np.exp(self.table[np.ix_(letters, digits)]) + _LEAST_SHARE
        share /= share.sum(axis=1, keepdims=True)
        table[np.ix_(letters, digits)] = np.log((share + _ANY_DIGIT) / (1 + len(digits) * _ANY_DIGIT))
        return replace(self, table=table)

    @cached_property
    def kin(self) -> Ints:
        """A number for each true chunk, the same for chunks that differ in their tones only: they are misread alike."""
        families: dict[str, int] = {}
        kin = np.zeros(len(self.table), dtype=np.int64)
        for chunk, number in self.true_chunks.items():
            kin[number] = families.setdefault(strip_tones(chunk), len(families) + 1)
        return kin

    def adapted(self, counts: Floats, strength: float) -> Channel:
        """Mix in what was counted in one document; `strength` is the weight of the old table in occurrences a row.

        What a chunk is read as tells of its kin, too: a document in which "ố" is read "b" does so with "ổ".
        """
        kin = self.kin
        counted = np.flatnonzero(counts.any(axis=1))  # a document has few of all chunks
        pooled = np.zeros((int(kin.max(initial=0)) + 1, counts.shape[1]), dtype=np.float32)
        np.add.at(pooled, kin[counted], counts[counted])
        times = pooled.sum(axis=1)[kin]
        met = np.flatnonzero(times)
        weight = (_KIN_SHARE * times[met] / (times[met] + _ENOUGH_KIN))[:, None]
        prior = (1 - weight) * np.exp(self.table[met]) + weight * pooled[kin[met]] / times[met, None]
        table = self.table.copy()
        table[met] = np.log((counts[met] + strength * prior) / (counts[met].sum(axis=1, keepdims=True) + strength))
        table[0], table[:, 0] = self.table[0], self.table[:, 0]
        return replace(self, table=table)


def stripped_channel(alphabet: str) -> Channel:
    """Make the channel that only loses marks: every letter of `alphabet` is seen as the same letter without its marks.

    This is what typing without a Vietnamese keyboard, and many old programs, make of a text.
    """
    seen = sorted({strip_marks(letter) for letter in alphabet})
    channel = Channel({"": 1, **_numbered(sorted(alphabet), 2)}, {"": 1, STRANGE: 2, **_numbered(seen, 3)}, _NOTHING)
    table = np.full((len(alphabet) + 2, len(seen) + 3), IMPOSSIBLE, dtype=np.float32)
    for letter in alphabet:
        table[channel.true_chunks[letter], channel.seen_chunks[strip_marks(letter)]] = 0
    return replace(channel, table=table)


def _numbered(chunks: Sequence[str], first: int) -> dict[str, int]:
    return {chunk: number for number, chunk in enumerate(chunks, first)}


def _cut(strings: Sequence[str], chunks: dict[str, int], most: int) -> Cuttings:
    longest = max((len(s) for s in strings), default=0)
    cut = np.zeros((len(strings), longest + 1, most + 1), dtype=np.int32)
    empty, strange = chunks.get("", 0), chunks.get(STRANGE, 0)
    for number, string in enumerate(strings):
        for place in range(len(string) + 1):
            cut[number, place, 0] = empty
            for size in range(1, min(most, len(string) - place) + 1):
                cut[number, place, size] = chunks.get(string[place : place + size], strange if size == 1 else 0)
    return Cuttings(cut, np.array([len(s) for s in strings], dtype=np.int32))
