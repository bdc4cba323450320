"""The noisy channel: how likely a wrong-language OCR reads one word as another string of characters.

A word is cut into chunks of one or two letters, and each chunk is read as a chunk of nought to three characters (after
Brill and Moore, An improved error model for noisy channel spelling correction, 2000). P(seen | true) is the best
product over all cuttings. Letters are cased. Scores are natural logarithms, computed for many pairs at a time.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

MOST_SEEN = 3
# What a cutting may do: (letters of the word, characters seen).
MOVES = ((0, 1), (1, 0), (1, 1), (1, 2), (1, 3), (2, 1), (2, 2), (2, 3))
IMPOSSIBLE = -60.0
STRANGE = "\ufffd"
Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]


@dataclass(frozen=True)
class Cuttings:
    """Strings cut into chunks: `chunk[s, i, n]` is the id of the chunk of `n` characters at place `i` of string `s`."""

    chunk: npt.NDArray[np.int32]
    length: Ints


@dataclass(frozen=True)
class _Pairs:
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

    def score(self, words: Cuttings, tokens: Cuttings, word: Ints, token: Ints) -> Floats:
        """Log P(token | word) for each pair (word[k], token[k])."""
        out = np.full(len(word), IMPOSSIBLE, dtype=np.float32)
        for group in _same_lengths(words.length[word], tokens.length[token]):
            out[group] = self._lattice(words, tokens, word[group], token[group])[0]
        return out

    def chunk_counts(self, words: Cuttings, tokens: Cuttings, word: Ints, token: Ints, weight: Floats) -> Floats:
        """Count the chunks on the best cutting of each pair, `weight[k]` for pair k; the shape is the table's."""
        counts = np.zeros(self.table.shape, dtype=np.float32)
        for group in _same_lengths(words.length[word], tokens.length[token]):
            w, t = word[group], token[group]
            score, best = self._lattice(words, tokens, w, t)
            fit = score > IMPOSSIBLE / 2
            rows, columns, weights = _trace(words, tokens, _Pairs(w[fit], t[fit], weight[group][fit]), best[:, :, fit])
            np.add.at(counts, (rows, columns), weights)
        return counts

    def adapted(self, counts: Floats, strength: float) -> Channel:
        """Mix in what was counted in one document; `strength` is the weight of the old table in occurrences a row."""
        total = counts.sum(axis=1, keepdims=True)
        share = (counts + strength * np.exp(self.table)) / (total + strength)
        table = np.where(total > 0, np.log(share), self.table).astype(np.float32)
        table[0], table[:, 0] = self.table[0], self.table[:, 0]
        return replace(self, table=table)

    def _lattice(
        self, words: Cuttings, tokens: Cuttings, word: Ints, token: Ints
    ) -> tuple[Floats, npt.NDArray[np.int8]]:
        """Fill the lattice for pairs of one length: scores, and the move that led to each node (by place, place)."""
        letters, characters = int(words.length[word[0]]), int(tokens.length[token[0]])
        flat, width = self.table.ravel(), self.table.shape[1]
        row = words.chunk[word].astype(np.int64) * width
        column = tokens.chunk[token]
        node = np.full((letters + 1, characters + 1, len(word)), IMPOSSIBLE, dtype=np.float32)
        move = np.zeros((letters + 1, characters + 1, len(word)), dtype=np.int8)
        node[0, 0] = 0
        for i in range(letters + 1):
            for j in range(characters + 1):
                for number, (taken, read) in enumerate(MOVES):
                    if taken > i or read > j:
                        continue
                    cost = flat[row[:, i - taken, taken] + column[:, j - read, read]]
                    reached = node[i - taken, j - read] + cost
                    better = reached > node[i, j]
                    node[i, j] = np.where(better, reached, node[i, j])
                    move[i, j] = np.where(better, number, move[i, j])
        return node[letters, characters], move


def _cut(strings: Sequence[str], chunks: dict[str, int], most: int) -> Cuttings:
    longest = max((len(s) for s in strings), default=0)
    cut = np.zeros((len(strings), longest + 1, most + 1), dtype=np.int32)
    empty, strange = chunks.get("", 0), chunks.get(STRANGE, 0)
    for number, string in enumerate(strings):
        for place in range(len(string) + 1):
            cut[number, place, 0] = empty
            for size in range(1, min(most, len(string) - place) + 1):
                cut[number, place, size] = chunks.get(string[place : place + size], strange if size == 1 else 0)
    return Cuttings(cut, np.array([len(s) for s in strings], dtype=np.int64))


def _same_lengths(letters: Ints, characters: Ints) -> Iterator[Ints]:
    key = letters * 1000 + characters
    order = np.argsort(key, kind="stable")
    borders = np.flatnonzero(np.diff(key[order])) + 1
    return (group for group in np.split(order, borders) if len(group) and characters[group[0]] and letters[group[0]])


def _trace(words: Cuttings, tokens: Cuttings, pairs: _Pairs, move: npt.NDArray[np.int8]) -> tuple[Ints, Ints, Floats]:
    """Walk back through the lattices; returns the table's rows and columns on the way, and each one's weight."""
    word, token, weight = pairs.word, pairs.token, pairs.weight
    taken, read = np.array(MOVES).T
    i, j = words.length[word].copy(), tokens.length[token].copy()
    rows, columns, weights = [], [], []
    alive = np.arange(len(word))
    while len(alive):
        step = move[i[alive], j[alive], alive]
        i[alive] -= taken[step]
        j[alive] -= read[step]
        rows.append(words.chunk[word[alive], i[alive], taken[step]])
        columns.append(tokens.chunk[token[alive], j[alive], read[step]])
        weights.append(weight[alive])
        alive = alive[(i[alive] > 0) | (j[alive] > 0)]
    none = np.zeros(0, dtype=np.int64)
    if not rows:
        return none, none, none.astype(np.float32)
    return np.concatenate(rows), np.concatenate(columns), np.concatenate(weights)
