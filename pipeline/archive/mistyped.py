"""What was meant by words that stand nowhere in the archive: typing errors, and marks typed without an input method.

"chuwx kys soos" (Telex) and "chu74 ky1 so61" (VNI) are "chữ ký số"; "kuc thuat" may be "kỹ thuật". Only words that are
possible Vietnamese syllables and stand in the archive are thought of.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import islice, product
from string import ascii_lowercase

from pipeline.archive.matching import OPEN
from pipeline.archive.query import Query
from pipeline.language.syllables import is_bare_syllable

_MOST_MEANT = 8  # ways to ask that are tried
_MOST_OF_A_WORD = 4
_SHORTEST = 3  # letters of a word with a typing error; of two letters anything might be meant
_DOUBLED = re.compile(r"(?:aa|ee|oo|dd)|w")
_TELEX_TONE = re.compile(r"[sfrxj]$")
_VNI_MARK = re.compile(r"(?<=[a-z0-9])[0-9]")


def meant(asked: Query, stands: Callable[[str], bool]) -> Iterator[Query]:
    """Yield queries without marks that may have been meant, the likeliest first; none where all words are known.

    Args:
        asked: The query that found nothing.
        stands: Says whether a word without marks stands in the archive.
    """
    words = [word for term in asked.folded for word in term]
    choices = {word: _meant(word, stands) for word in set(words)}
    if all(found == [word] for word, found in choices.items()):
        return
    for chosen in islice(product(*(choices[word] for word in words)), _MOST_MEANT):
        rest = iter(chosen)
        folded = tuple(tuple(next(rest) for _ in term) for term in asked.folded)
        yield Query(exact=folded, folded=folded)


def _meant(word: str, stands: Callable[[str], bool]) -> list[str]:
    """Return the words that may have been meant by one: itself where it stands in the archive or is only begun."""
    if word.endswith(OPEN) or stands(word):
        return [word]
    found = (other for other in dict.fromkeys(_candidates(word)) if is_bare_syllable(other) and stands(other))
    return list(islice(found, _MOST_OF_A_WORD)) or [word]


def _candidates(word: str) -> Iterator[str]:
    yield from _without_input_method(word)
    if len(word) >= _SHORTEST and word.isalpha():
        yield from _one_error(word)


def _without_input_method(word: str) -> Iterator[str]:
    """Yield what Telex and VNI would have made of the keys, without marks."""
    if any(sign.isdigit() for sign in word):
        yield _VNI_MARK.sub("", word)
        return
    bare = _DOUBLED.sub(lambda found: "" if found[0] == "w" else found[0][0], word)
    yield _TELEX_TONE.sub("", bare)
    yield bare


def _one_error(word: str) -> Iterator[str]:
    """Yield the words from which one wrong key leads here: letters swapped, one too many, another one, one missing."""
    parts = [(word[:place], word[place:]) for place in range(len(word) + 1)]
    yield from (a + b[1] + b[0] + b[2:] for a, b in parts if len(b) > 1)
    yield from (a + b[1:] for a, b in parts if b)
    yield from (a + letter + b[1:] for a, b in parts if b for letter in ascii_lowercase)
    yield from (a + letter + b for a, b in parts for letter in ascii_lowercase)
