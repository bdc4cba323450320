"""The words of a text as search compares them: the same functions when a passage is indexed and when it is asked for.

FTS5's own folding must not be used: `remove_diacritics 1` misses every vowel with two marks, and 2 still misses đ.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from pipeline.language.spelling import one_spelling
from pipeline.language.unicode import SUPERSCRIPTS, fold, vietnamese_nfc
from pipeline.models import Record

# Footnote marks are printed against the word before them ("tài khoản¹⁴") and are no part of it.
_DROPPED = re.compile(f"[{SUPERSCRIPTS}]")
_WORD = re.compile(r"[^\W_]+")
_WORD_IN_TEXT = re.compile(rf"[^\W_{SUPERSCRIPTS}]+")


def exact(text: str) -> str:
    """Return a text with its marks, case folded, without footnote marks, each word in one spelling.

    "Hoá" and "hóa", Ð and Đ, composed and decomposed letters are the same; what shows nothing is dropped.
    """
    return one_spelling(vietnamese_nfc(vietnamese_nfc(_DROPPED.sub(" ", text)).casefold()))


def folded(text: str) -> str:
    """Return a text as lower-case letters without marks ("Chữ ký số" to "chu ky so", "Đề án" to "de an")."""
    return fold(exact(text))


def words(text: str) -> tuple[str, ...]:
    """Split a text that `exact` or `folded` made into words."""
    return tuple(_WORD.findall(text))


def words_in(text: str, form: Form) -> tuple[str, ...]:
    """Return the words of a text in a form for comparing: `words(form(text))`, by words that were met before."""
    return tuple(word for found in _WORD_IN_TEXT.findall(vietnamese_nfc(text)) for word in _words_of(found, form))


def key(text: str) -> str:
    """Return the words of a name without marks, separated by blanks, by which it is found whole."""
    return " ".join(words(folded(text)))


Form = Callable[[str], str]
"""`exact` or `folded`: the form in which words are compared."""


class Span(Record):
    """Characters of a text, `end` not included."""

    start: int
    end: int


@lru_cache(maxsize=65_536)
def _words_of(word: str, form: Form) -> tuple[str, ...]:
    return words(form(word))


@dataclass(frozen=True)
class Term:
    """A word in a form for comparing, and where it stands in the text it was taken from."""

    word: str
    start: int
    end: int


def terms_in(text: str, form: Form = folded) -> list[Term]:
    """Find the words of a text in a form for comparing, with their places in it."""
    return [
        Term(word, found.start(), found.end())
        for found in _WORD_IN_TEXT.finditer(text)
        for word in _words_of(found.group(), form)
    ]
