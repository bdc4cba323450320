"""Train the trigram model of syllables from the study texts and the gazetteer.

    python -m corpus.training.train_language_model --shared ../shared

About three minutes and 3 GB. Only counts turned into weights are written (pipeline/language/data/ngrams.npz).
"""

from __future__ import annotations

import argparse
import importlib.util
import sqlite3
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from corpus.training.texts import training_lines
from pipeline.language.ngrams import quantise
from pipeline.language.stream import CLASSES, END, UNKNOWN, words_of
from pipeline.language.syllables import is_syllable
from pipeline.language.unicode import nfc

OUT = Path(__file__).resolve().parents[2] / "pipeline" / "language" / "data" / "ngrams.npz"
_DISCOUNT = 0.8
Ids = npt.NDArray[np.int64]
Weights = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Source:
    """A text to count and how much one of its words weighs."""

    name: str
    weight: float


SOURCES = (Source("admin", 4.0), Source("legal", 1.0), Source("news", 1.0), Source("wiki", 0.34), Source("places", 0.5))


def gazetteer_lines() -> Iterator[str]:
    """Yield "commune, district, province" of both sides of 1 July 2025 (package vietnamadminunits, MIT)."""
    package = importlib.util.find_spec("vietnamadminunits")
    if package is None or package.origin is None:
        raise SystemExit("pip install vietnamadminunits")
    with sqlite3.connect(Path(package.origin).parent / "data" / "dataset.db") as database:
        for row in database.execute("select ward, district, province from admin_units_legacy"):
            yield ", ".join(part for part in row if part)
        for row in database.execute("select ward, province from admin_units"):
            yield ", ".join(part for part in row if part)


def source_lines(shared: Path, source: Source) -> Iterator[str]:
    """Yield the lines of one source in NFC."""
    lines = gazetteer_lines() if source.name == "places" else training_lines(shared, source.name)
    return map(nfc, lines)


class Vocabulary:
    """Gives every word met an id, and counts it with its weight and as it is written."""

    def __init__(self) -> None:
        self.ids: dict[str, int] = {word: number for number, word in enumerate(CLASSES)}
        self.counts: Counter[str] = Counter()
        self.written: dict[str, Counter[str]] = {}

    def encode(self, lines: Iterator[str], weight: float) -> Ids:
        """Return the ids of the text, sentence ends between lines."""
        out: list[int] = []
        surfaces: Counter[str] = Counter()
        end = self.ids[END]
        for line in lines:
            out.append(end)
            for word, written in words_of(line):
                out.append(self.ids.setdefault(word, len(self.ids)))
                surfaces[written] += 1
        out.append(end)
        for written, count in surfaces.items():
            if written.isalpha():
                self.counts[written.lower()] += count * weight
                self.written.setdefault(written.lower(), Counter())[written] += count * weight
        return np.array(out, dtype=np.int64)


def choose(vocabulary: Vocabulary) -> list[str]:
    """Choose the words of the lexicon: legal syllables seen a few times, other words when they are frequent."""
    chosen = []
    for word, count in vocabulary.counts.items():
        upper = sum(c for w, c in vocabulary.written[word].items() if w[1:] != w[1:].lower()) / count
        if is_syllable(word):
            needed = 4.0
        elif len(word) == 1:
            needed = 400.0
        elif upper > 0.8 and len(word) <= 9:
            needed = 16.0
        elif word.isascii():
            needed = 60.0
        else:
            needed = 400.0
        if count >= needed:
            chosen.append(word)
    return sorted(chosen, key=lambda w: (-vocabulary.counts[w], w))


@dataclass(frozen=True)
class Counts:
    """N-grams (one row each, sorted) with their weights."""

    rows: Ids
    weights: Weights


def count(texts: list[tuple[Ids, float]], order: int, size: int) -> Counts:
    """Count the n-grams of `order` over all texts, those that end a sentence inside left out."""
    keys, weights = [], []
    for ids, weight in texts:
        key = np.zeros(len(ids) - order + 1, dtype=np.int64)
        for place in range(order):
            key = key * size + ids[place : len(ids) - order + 1 + place]
        unique, number = np.unique(key, return_counts=True)
        keys.append(unique)
        weights.append(number * weight)
    merged, inverse = np.unique(np.concatenate(keys), return_inverse=True)
    return Counts(merged, np.bincount(inverse, np.concatenate(weights)))


def train(texts: list[tuple[Ids, float]], words: list[str], least: float) -> dict[str, npt.NDArray[np.generic]]:
    """Estimate the model and lay it out as the arrays of `NgramModel`. Trigrams lighter than `least` are dropped."""
    size = len(words)
    three, two = count(texts, 3, size), count(texts, 2, size)
    three = Counts(three.rows[three.weights >= least], three.weights[three.weights >= least])
    two = Counts(two.rows[two.weights >= 1], two.weights[two.weights >= 1])
    first, second = two.rows // size, two.rows % size

    kinds = np.bincount(second, minlength=size) + 0.01
    frequency = np.bincount(second, two.weights, minlength=size)
    # Half continuation, half frequency: a list of names needs the first, running text the second.
    unigram = 0.5 * kinds / kinds.sum() + 0.5 * (frequency + 0.01) / (frequency + 0.01).sum()

    total = np.bincount(first, two.weights, minlength=size)
    follow = np.bincount(first, minlength=size)
    spare = np.where(total > 0, _DISCOUNT * follow / np.maximum(total, 1), 1.0)
    bigram = np.maximum(two.weights - _DISCOUNT, 0) / total[first] + spare[first] * unigram[second]

    history = np.searchsorted(two.rows, three.rows // size)
    known = (history < len(two.rows)) & (two.rows[np.minimum(history, len(two.rows) - 1)] == three.rows // size)
    three, history = Counts(three.rows[known], three.weights[known]), history[known]
    last = three.rows % size
    shorter = np.searchsorted(two.rows, (three.rows // size) % size * size + last)
    kept = np.bincount(history, np.maximum(three.weights - _DISCOUNT, 0), minlength=len(two.rows))
    left = np.clip(1 - kept / two.weights, 0.01, 1.0)
    trigram = np.maximum(three.weights - _DISCOUNT, 0) / two.weights[history] + left[history] * bigram[shorter]
    return {
        "words": np.array("\n".join(words)),
        "unigram": np.log(unigram).astype(np.float32),
        "unigram_backoff": np.log(np.clip(spare, 0.001, 1.0)).astype(np.float32),
        "bigram_keys": two.rows.astype(np.uint32),
        "bigram": quantise(np.log(bigram)),
        "bigram_backoff": quantise(np.log(left)),
        "trigram_keys": (history * size + last).astype(np.uint32),
        "trigram": quantise(np.log(np.minimum(trigram, 1.0))),
    }


def written_forms(vocabulary: Vocabulary, words: list[str]) -> dict[str, npt.NDArray[np.generic]]:
    """Return how often each word begins with a capital or is all capitals (shares), and its own form if it has one."""
    shares = np.full((len(words), 3), 1 / 3, dtype=np.float32)
    own = []
    for number, word in enumerate(words):
        forms = vocabulary.written.get(word, Counter())
        seen = sum(forms.values()) + 1.5
        modes = (word, word.capitalize(), word.upper())
        shares[number] = [(forms[mode] + 0.5) / seen for mode in modes]
        best = max(forms, key=lambda form: forms[form]) if forms else word
        own.append(best if best not in modes else "")
    return {"case_shares": shares.astype(np.float16), "own_forms": np.array("\n".join(own))}


def main() -> None:
    """Run from the command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--shared", type=Path, required=True, help="folder with data/ and the texts")
    parser.add_argument("--least", type=float, default=1.9, help="lightest trigram that is kept")
    parser.add_argument("--out", type=Path, default=OUT)
    arguments = parser.parse_args()
    vocabulary = Vocabulary()
    encoded = [(vocabulary.encode(source_lines(arguments.shared, s), s.weight), s.weight) for s in SOURCES]
    words = [*CLASSES, *choose(vocabulary)]
    place = {word: number for number, word in enumerate(words)}
    unknown = place[UNKNOWN]
    renumber = np.array([place.get(word, unknown) for word in vocabulary.ids], dtype=np.int64)
    arrays = train([(renumber[ids], weight) for ids, weight in encoded], words, arguments.least)
    arguments.out.parent.mkdir(parents=True, exist_ok=True)
    np.savez(arguments.out, **arrays, **written_forms(vocabulary, words))  # type: ignore[arg-type]
    print(f"{len(words)} words, {len(arrays['bigram_keys'])} bigrams, {len(arrays['trigram_keys'])} trigrams")


if __name__ == "__main__":
    main()
