"""How near a text comes to what is printed: words, characters, numerals.

Definitions as everywhere in the field: error rates are edit distance (Levenshtein) over the length of the truth. A
word is what stands between spaces, compared exactly in NFC; a numeral is a run of digits with its points and commas.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from pipeline.language.unicode import SUPERSCRIPTS, lowered, nfc

NUMERAL = re.compile(r"\d+(?:[.,]\d+)*")
_MARKS = re.compile(f"[{SUPERSCRIPTS}]+")


@dataclass(frozen=True)
class TextScore:
    """Counts over any amount of text; scores add up."""

    words: int = 0
    word_edits: int = 0
    characters: int = 0
    character_edits: int = 0
    true_numerals: int = 0
    read_numerals: int = 0
    shared_numerals: int = 0

    def __add__(self, other: TextScore) -> TextScore:
        return TextScore(
            self.words + other.words,
            self.word_edits + other.word_edits,
            self.characters + other.characters,
            self.character_edits + other.character_edits,
            self.true_numerals + other.true_numerals,
            self.read_numerals + other.read_numerals,
            self.shared_numerals + other.shared_numerals,
        )

    @property
    def word_error_rate(self) -> float:
        """WER: words substituted, left out and put in, for each true word."""
        return self.word_edits / max(1, self.words)

    @property
    def word_accuracy(self) -> float:
        """1 - WER."""
        return 1 - self.word_error_rate

    @property
    def character_error_rate(self) -> float:
        """CER: characters substituted, left out and put in, for each true character."""
        return self.character_edits / max(1, self.characters)

    @property
    def numeral_recall(self) -> float:
        """Share of the true numerals that were read."""
        return self.shared_numerals / max(1, self.true_numerals)

    @property
    def numeral_precision(self) -> float:
        """Share of the numerals read that are true."""
        return self.shared_numerals / max(1, self.read_numerals)


def numerals(text: str) -> list[str]:
    """The numerals of a text in order; raised footnote marks are none."""
    return NUMERAL.findall(_MARKS.sub(" ", text))


def flat(text: str) -> str:
    """The text with raised footnote marks set on the line, as every reader of pictures sees them."""
    return lowered(text)


def compare(truth: str, read: str) -> TextScore:
    """The score of one stretch of text: a line, or a page as one stretch. Runs of white space are one space."""
    truth, read = _spaced(truth), _spaced(read)
    true_words, read_words = truth.split(), read.split()
    true_numerals, read_numerals = Counter(numerals(truth)), Counter(numerals(read))
    return TextScore(
        words=len(true_words),
        word_edits=Levenshtein.distance(true_words, read_words),
        characters=len(truth),
        character_edits=Levenshtein.distance(truth, read),
        true_numerals=true_numerals.total(),
        read_numerals=read_numerals.total(),
        shared_numerals=(true_numerals & read_numerals).total(),
    )


def compare_lines(truth: Sequence[str], read: Sequence[str]) -> TextScore:
    """Line n against line n where there are as many of both, else all of it as one stretch."""
    if len(truth) == len(read):
        return total(compare(true_line, read_line) for true_line, read_line in zip(truth, read, strict=True))
    return compare("\n".join(truth), "\n".join(read))


def changed_words(before: Iterable[str], after: Iterable[str]) -> TextScore:
    """What a repair did to lines that were right: edits for each word there was; footnote marks count as digits."""
    return total(compare(flat(a), flat(b)) for a, b in zip(before, after, strict=True))


def total(scores: Iterable[TextScore]) -> TextScore:
    """All scores added up."""
    return sum(scores, TextScore())


def _spaced(text: str) -> str:
    return " ".join(nfc(text).split())
