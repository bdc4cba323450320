"""The words of a passage as the search index holds them: each alone, and with the one behind it.

A word without marks is a token as it is ("ho"), one with its marks behind a sign ("=hồ"): both are searched. Neighbours
are a token of their own ("ho_so"), so that a phrase of frequent words is found by what is rare: the passages in which
they stand side by side, not all those in which each of them stands somewhere. Such pairs take the place of the
positions that an index would otherwise hold (Williams, Zobel, Bahle: Fast phrase querying with combined indexes, 2004).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum
from itertools import pairwise

from pipeline.archive.matching import AllOf, Token, Words


class Spelling(StrEnum):
    """How words are compared, with the sign that their tokens begin with."""

    EXACT = "="  # with marks
    FOLDED = ""  # without marks


def of_words(words: Sequence[str], spelling: Spelling) -> Iterator[str]:
    """Yield the tokens of words that stand in a row."""
    for word in words:
        yield f"{spelling}{word}"
    for first, second in pairwise(words):
        yield _pair(first, second, spelling)


def of_phrase(words: Words, spelling: Spelling) -> AllOf:
    """Return what holds of every passage in which words, at least one, stand in a row.

    It may hold of others, too, in which each two of them stand in a row, though not all: "a b c" and "a b, b c".
    """
    if len(words) == 1:
        return AllOf((Token(f"{spelling}{words[0]}"),))
    return AllOf(tuple(Token(_pair(first, second, spelling)) for first, second in pairwise(words)))


def of_terms(terms: Sequence[Words], spelling: Spelling) -> AllOf:
    """Return what holds of every passage in which each term stands as a phrase somewhere."""
    return AllOf(tuple(token for term in terms for token in of_phrase(term, spelling).parts))


def _pair(first: str, second: str, spelling: Spelling) -> str:
    return f"{spelling}{first}_{second}"
