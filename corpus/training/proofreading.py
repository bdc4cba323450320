"""Put right what scanning left wrong in the texts to learn from: "kiêm tra" between the neighbours of "kiểm tra".

Of the official texts of 2025 and 2026 one word in three hundred has wrong marks, for some of them were recognised from
scans. A word is taken for one of these where another of the same letters stands between the same neighbours so much
more often, in all official texts, that chance is out of the question. Of 120 read with the words around them three were
none.

    python -m corpus.training.proofreading --shared ../shared

writes what is put right in the lines that are never learned from, as phrases of three words, by the counts of the
others: `corpus/training/proofread.tsv`, against which `benchmarks.score_held_out` scores.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from corpus.training.texts import held_out_lines
from corpus.training.train_language_model import Vocabulary, encoded
from pipeline.language.kneser_ney import Counted, count
from pipeline.language.spelling import one_spelling
from pipeline.language.stream import CLASSES, words_of
from pipeline.language.syllables import is_syllable
from pipeline.language.unicode import nfc, strip_marks

OUT = Path(__file__).with_name("proofread.tsv")
OFFICIAL = ("admin", "legal", "news")
_EITHER_SIDE = 5.0  # times that the other word must stand more often beside either neighbour
_BOTH_SIDES = 400.0  # the two ratios multiplied
_OFTEN = 20  # times that it stands beside either neighbour
_BETWEEN = 5  # times that it stands more often between both
_MET = 3  # times that it stands there at all
_UNSEEN = 0.1
_ROUNDS = 3  # a word put right is a better neighbour
Ids = npt.NDArray[np.int64]
Numbers = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Neighbours:
    """How often words stand side by side, and three in a row; `size` words in all."""

    pairs: Counted
    triples: Counted
    size: int

    @classmethod
    def of(cls, texts: Sequence[Ids], size: int) -> Neighbours:
        """Count them in some texts."""
        text = np.concatenate(texts)
        return cls(count(text, 2, size), count(text, 3, size), size)

    def beside(self, one: Ids, other: Ids) -> Numbers:
        """Say how often `other` stands behind `one`."""
        return _times(self.pairs, one * self.size + other)

    def between(self, one: Ids, word: Ids, other: Ids) -> Numbers:
        """Say how often `word` stands between `one` and `other`."""
        return _times(self.triples, (one * self.size + word) * self.size + other)


def _times(counted: Counted, keys: Ids) -> Numbers:
    at = np.minimum(np.searchsorted(counted.grams, keys), len(counted.grams) - 1)
    return np.where(counted.grams[at] == keys, counted.times[at], 0).astype(np.float64)


def alike(words: Sequence[str]) -> Ids:
    """Return for each word those of the same letters without marks, -1 behind the last; rows are words."""
    kin: dict[str, list[int]] = {}
    for number, word in enumerate(words):
        if number >= len(CLASSES) and is_syllable(word):
            kin.setdefault(strip_marks(word), []).append(number)
    out = np.full((len(words), max(map(len, kin.values()))), -1, dtype=np.int64)
    for family in kin.values():
        for number in family:
            others = [other for other in family if other != number]
            out[number, : len(others)] = others
    return out


def proofread(text: Ids, neighbours: Neighbours, others: Ids) -> Ids:
    """Return a text with the words put right that are all but certainly wrong.

    Args:
        text: Words as numbers.
        neighbours: What stands beside what.
        others: For each word those that it may be misread from (`alike`).
    """
    for _ in range(_ROUNDS):
        text = _proofread_once(text, neighbours, others)
    return text


def _proofread_once(text: Ids, neighbours: Neighbours, others: Ids) -> Ids:
    before, word, after = text[:-2], text[1:-1], text[2:]
    left, right = neighbours.beside(before, word), neighbours.beside(word, after)
    here = neighbours.between(before, word, after)
    best, out = np.zeros(len(word)), text.copy()
    for column in range(others.shape[1]):
        at = np.flatnonzero(others[word, column] >= 0)
        other = others[word[at], column]
        beside = neighbours.beside(before[at], other), neighbours.beside(other, after[at])
        between = neighbours.between(before[at], other, after[at])
        gain = (beside[0] + _UNSEEN) / (left[at] + _UNSEEN), (beside[1] + _UNSEEN) / (right[at] + _UNSEEN)
        is_it = (np.minimum(*gain) >= _EITHER_SIDE) & (gain[0] * gain[1] >= _BOTH_SIDES)
        is_it &= (np.minimum(*beside) >= _OFTEN) & (between >= np.maximum(_MET, _BETWEEN * here[at]))
        is_it &= gain[0] * gain[1] > best[at]
        best[at[is_it]] = (gain[0] * gain[1])[is_it]
        out[1 + at[is_it]] = other[is_it]
    return out


def proofread_texts(texts: Mapping[str, Ids], words: Sequence[str]) -> dict[str, Ids]:
    """Return all texts, those of offices and of law put right."""
    neighbours = Neighbours.of([texts[name] for name in OFFICIAL], len(words))
    others = alike(words)
    return {name: proofread(ids, neighbours, others) if name in OFFICIAL[:2] else ids for name, ids in texts.items()}


def phrases(shared: Path) -> Iterator[tuple[str, str]]:
    """Yield three words each of the official lines that are never learned from, and what they should be."""
    texts, words = encoded(shared, Vocabulary())
    neighbours = Neighbours.of([texts[name] for name in OFFICIAL], len(words))
    number = {word: place for place, word in enumerate(words)}
    lines = ([word for word, _ in words_of(one_spelling(nfc(line)))] for line in held_out_lines(shared, "admin"))
    read = [word for line in lines for word in (*line, CLASSES[0])]
    ids = np.array([number.get(word, number[CLASSES[-1]]) for word in read], dtype=np.int64)
    right = proofread(ids, neighbours, alike(words))
    for at in np.flatnonzero(ids != right):
        around = slice(at - 1, at + 2)
        if ids[around].min() >= len(CLASSES):
            yield " ".join(read[around]), " ".join(words[word] for word in right[around])


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, required=True, help="folder with data/ and the texts")
    arguments = parser.parse_args()
    found = sorted(set(phrases(arguments.shared)))
    OUT.write_text("".join(f"{wrong}\t{right}\n" for wrong, right in found), encoding="utf-8")
    print(f"{len(found)} phrases")


if __name__ == "__main__":
    main()
