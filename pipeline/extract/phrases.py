"""Whether a phrase is said in a text: by its words with their marks, or nearly so where the text was misread.

Both are brought to one form first: lower case, one spelling, abbreviations written out, punctuation and "và" left out
("khoa học và công nghệ" is "KH&CN"). A phrase
of several words that lost or changed some of its marks is still found, for imperfectly repaired text has such; a short
word is not, because "nhân" and "nhận" are two words (RapidFuzz's partial ratio; Vietnamese tones are one letter each).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from rapidfuzz import fuzz

from pipeline.language.spelling import one_spelling
from pipeline.language.unicode import SUPERSCRIPTS, strip_marks

_WORD = re.compile(rf"(?:(?![{SUPERSCRIPTS}])[^\W_])+(?:&(?:(?![{SUPERSCRIPTS}])[^\W_])+)*")
_GLUED = re.compile(r"([^\W\d_]{2,})\d{1,2}")
_LONG = 8  # letters from which a phrase of several words is told from others in spite of wrong marks
_NEAR = 75.0  # partial ratio, 0 to 100: a mark in three or four letters may be wrong
_KNOWN_WORDS = 32_768
_AND = "và"


@lru_cache(maxsize=_KNOWN_WORDS)
def _plain(word: str) -> str:
    """Return a word in small letters and one spelling, without the mark of a footnote that was not raised: "yếu25"."""
    glued = None if word.isascii() else _GLUED.fullmatch(word)
    return one_spelling((glued[1] if glued else word).lower())


def words(text: str, abbreviations: Mapping[str, str]) -> list[str]:
    """Return the words of a text in the form in which they are compared."""
    found: list[str] = []
    for word in _WORD.findall(text):
        full = abbreviations.get(word)
        found += words(full, {}) if full else [_plain(word)]
    return [word for word in found if word != _AND]


@dataclass(frozen=True)
class Said:
    """The words of a text, among which phrases are looked for."""

    words: tuple[str, ...]

    @cached_property
    def among(self) -> frozenset[str]:
        """The words, each once."""
        return frozenset(self.words)

    @cached_property
    def folded(self) -> tuple[str, ...]:
        """The words without their marks."""
        return tuple(map(strip_marks, self.words))

    @cached_property
    def _text(self) -> str:
        return f" {' '.join(self.words)} "

    @cached_property
    def _folded_text(self) -> str:
        return f" {' '.join(self.folded)} "

    def has(self, phrase: str) -> bool:
        """Say whether exactly this phrase is said; it is in the form of `words`, joined by spaces."""
        return f" {phrase} " in self._text

    def likeness(self, phrase: str) -> float:
        """Return how surely a phrase is said: 1 exactly, less with other marks, 0 not at all."""
        if self.has(phrase):
            return 1.0
        if len(phrase) < _LONG or " " not in phrase or f" {strip_marks(phrase)} " not in self._folded_text:
            return 0.0
        near = fuzz.partial_ratio(phrase, self._text)
        return near / 100 if near >= _NEAR else 0.0
