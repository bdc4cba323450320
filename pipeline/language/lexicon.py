"""The words that the models know, and the forms in which each is written: lower case, Title, CAPITALS or its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from pipeline.language.stream import CLASSES
from pipeline.language.syllables import is_syllable
from pipeline.language.unicode import strip_marks

Ints = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float32]

_LOWER, _TITLE, _CAPITALS, _OWN = 1, 2, 4, 8
ANY = 15
_CAPITALS_MODE = 2
MODES = 4  # lower, title, capitals, own form ("TTg", "VNeID")
# Capitals that differ from the small letter in size only: a reader often mistakes one for the other.
_ROMAN_FRAGMENTS = frozenset("IVXl1|!")
_SAME_SHAPE = frozenset("coOCsSvVxXzZuUwWkKpP0¢§6")
# A small l is read as a capital I ("Iép" for "lớp") or J, which Vietnamese has not ("Jan" for "lần").
_LIKE_SMALL = _SAME_SHAPE | {"I", "J"}


@dataclass(frozen=True)
class WordStatistics:
    """What is known of each word of the lexicon, a row each; logarithms are natural.

    `unigram` is the probability of the word behind words of which nothing is known (log; after Kneser and Ney: "dõi" is
    met behind "theo" only, so it is small), `frequency` its share of all text (log), `case_shares` the shares of the
    word in small letters, capitalised and in capitals, `counted` how much likelier it is behind a numeral in running
    text than the language model says (nats).
    """

    unigram: Floats
    frequency: Floats
    case_shares: Floats
    counted: Floats


class Lexicon:
    """Words and forms. A form's id is `MODES * word + mode`; a form that makes no sense has an empty string.

    `is_syllable` says of each word whether it is a syllable, `case_prior` of each form how usual its capitals are (the
    logarithm of a share), `case_prior_initially` the same at the beginning of a sentence.
    """

    def __init__(self, words: Sequence[str], statistics: WordStatistics, own: Sequence[str]) -> None:
        self.words = tuple(words)
        self.unigram = statistics.unigram
        self.frequency = statistics.frequency
        self.counted = statistics.counted
        forms: list[str] = []
        prior = np.full((len(self.words), MODES), -30, dtype=np.float32)
        prior[:, :3] = np.log(statistics.case_shares)
        for number, word in enumerate(self.words):
            if number < len(CLASSES):
                forms += [""] * MODES
                continue
            forms += [word, word.capitalize(), word.upper(), own[number]]
            if len(word) == 1:
                forms[-2] = ""
            if own[number]:
                prior[number, 3] = np.log(max(1 - float(statistics.case_shares[number].sum()), 0.05))
        self.forms = tuple(forms)
        self.is_syllable = np.array([is_syllable(word) for word in self.words])
        self._is_letter = np.array([len(form) == 1 and not is_syllable(form.lower()) for form in forms])
        self.case_prior: Floats = prior.ravel()
        # At the beginning of a sentence a word that is usually small has a capital as well.
        initial = prior.copy()
        initial[:, 1] = np.logaddexp(prior[:, 0], prior[:, 1])
        self.case_prior_initially: Floats = initial.ravel()

    def word_of(self, form: Ints) -> Ints:
        """The word of each form."""
        return form // MODES

    def is_letter(self, form: Ints) -> npt.NDArray[np.bool_]:
        """Say of each form whether it is one letter that is no syllable: a consonant, which numbers an item or so."""
        return np.asarray(self._is_letter[form])

    def is_small(self, form: Ints) -> npt.NDArray[np.bool_]:
        """Say of each form whether it is in small letters."""
        return np.equal(form % MODES, 0)

    def is_capitals(self, form: Ints) -> npt.NDArray[np.bool_]:
        """Say of each form whether it is in capitals."""
        return np.equal(form % MODES, _CAPITALS_MODE)


CAPITALS = _CAPITALS | _OWN
TITLE = _TITLE


def is_capitals(token: str) -> bool:
    """Say whether all letters of a token are capitals."""
    letters = [c for c in token if c.isalpha()]
    return bool(letters) and all(c.isupper() for c in letters)


def could_be_capitals(token: str) -> bool:
    """Say whether every letter of a token is a capital or looks like one."""
    return all(c.isupper() or c in _SAME_SHAPE for c in strip_marks(token) if c.isalpha())


@lru_cache(maxsize=65536)
def modes_shown(token: str) -> int:
    """Say which ways to capitalise fit what the token shows: bit m stands for the mode m."""
    letters = [c for c in strip_marks(token) if c.isalpha()]
    capitals = sum(c.isupper() for c in letters)
    if not letters:
        return _LOWER | _TITLE | _CAPITALS
    if _ROMAN_FRAGMENTS.issuperset(token):
        return ANY
    small = _LOWER if token[0] in _LIKE_SMALL else 0
    if capitals == 0:
        return _LOWER | (_TITLE if small else 0)
    if capitals == 1 and token[0].isupper() and len(token) > 1:
        return ANY if len(token) == 2 else small | _TITLE | _OWN
    if capitals == len(letters) and len(letters) > 2:
        return _CAPITALS | _OWN
    return ANY
