"""The words that the models know, and the forms in which each is written: lower case, Title, CAPITALS or its own."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from pipeline.language.stream import CLASSES
from pipeline.language.unicode import strip_marks

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]

_MODES = 4  # lower, title, capitals, own form ("TTg", "VNeID")
# Capitals that differ from the small letter in size only: a reader often mistakes one for the other.
_ROMAN_FRAGMENTS = frozenset("IVXl1|!")
_SAME_SHAPE = frozenset("coOCsSvVxXzZuUwWkKpP0¢§6")


class Lexicon:
    """Words and forms. A form's id is `_MODES * word + mode`; a form that makes no sense has an empty string."""

    def __init__(self, words: Sequence[str], unigram: Floats, case_shares: Floats, own: Sequence[str]) -> None:
        self.words = tuple(words)
        self.unigram = unigram
        forms: list[str] = []
        prior = np.full((len(self.words), _MODES), -30, dtype=np.float32)
        prior[:, :3] = np.log(case_shares)
        for number, word in enumerate(self.words):
            if number < len(CLASSES):
                forms += [""] * _MODES
                continue
            forms += [word, word.capitalize(), word.upper(), own[number]]
            if len(word) == 1:
                forms[-2] = ""
            if own[number]:
                prior[number, 3] = np.log(max(1 - float(case_shares[number].sum()), 0.05))
        self.forms = tuple(forms)
        self.case_prior: Floats = prior.ravel()
        self._exists = np.array([bool(f) for f in forms]).reshape(-1, _MODES)

    def is_proposable(self, word: int) -> bool:
        """Say whether the word can be proposed for a token: classes cannot."""
        return word >= len(CLASSES)

    def word_of(self, form: Ints) -> Ints:
        """The word of each form."""
        return form // _MODES

    def forms_for(self, words: Ints, token: str) -> Ints:
        """Give the forms of `words` that fit the case which the token shows."""
        modes = _modes_shown(token)
        exists = self._exists[words][:, modes]
        ids = words[:, None] * _MODES + np.array(modes)
        fitting: Ints = ids[exists]
        return fitting


def _modes_shown(token: str) -> list[int]:
    letters = [c for c in strip_marks(token) if c.isalpha()]
    capitals = sum(c.isupper() for c in letters)
    if not letters:
        return [0, 1, 2]
    if _ROMAN_FRAGMENTS.issuperset(token):
        return [0, 1, 2, 3]
    if capitals == 0:
        return [0, 1] if token[0] in _SAME_SHAPE else [0]
    if capitals == 1 and token[0].isupper() and len(token) > 1:
        return [0, 1, 2, 3] if len(token) == 2 else [0, 1, 3] if token[0] in _SAME_SHAPE else [1, 3]
    if capitals == len(letters) and len(letters) > 2:
        return [2, 3]
    return [0, 1, 2, 3]
