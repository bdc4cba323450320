"""Capitals that stand alone among small letters, in a phrase that the document writes small elsewhere.

With its mark, a small vowel is as tall as a capital, and of one shape with it in most typefaces: "dự án" is read as
"du An". Of "Ủy ban" and "ủy ban" offices write now the one, now the other: there the document's own way counts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from pipeline.language.lexicon import MODES, Lexicon
from pipeline.language.unicode import strip_marks
from pipeline.normalize.lattice import KEEP
from pipeline.normalize.outcome import Outcome
from pipeline.normalize.pieces import Piece, Spot

_SMALL, _TITLE = 0, 1  # how a form is written, see `Lexicon`
_SURE_FROM = 0.9
_TALL = frozenset("AEIOUY")  # what marked small vowels are read as


def with_small_letters(
    sentences: Sequence[Sequence[Spot]],
    pieces: Sequence[Sequence[Piece]],
    found: Mapping[Spot, Outcome],
    lexicon: Lexicon,
) -> dict[Spot, Outcome]:
    """Return the outcomes whose capital is the reader's, written small."""
    times: Counter[tuple[int, int]] = Counter()
    alone: list[tuple[Spot, int]] = []
    for spot, before, after in _words_in_phrases(sentences, found):
        form = found[spot].forms[0]
        if before % MODES == _SMALL:
            times[before // MODES, form] += found[spot].confidence >= _SURE_FROM
            if form % MODES == _TITLE and after % MODES == _SMALL:
                alone.append((spot, before // MODES))
    mended: dict[Spot, Outcome] = {}
    for spot, before in alone:
        form = found[spot].forms[0]
        small = form - _TITLE + _SMALL
        is_tall = _could_be_small(pieces[spot.line][spot.place].text)
        if is_tall and times[before, small] > times[before, form]:
            mended[spot] = replace(found[spot], words=[lexicon.forms[small]], forms=[small])
    return mended


def _could_be_small(token: str) -> bool:
    return strip_marks(token)[0] in _TALL or (len(token) == len("Bộ") and token.isupper())


def _words_in_phrases(
    sentences: Sequence[Sequence[Spot]], found: Mapping[Spot, Outcome]
) -> Iterator[tuple[Spot, int, int]]:
    """Yield the tokens that are one word behind another one, with the forms of their neighbours.

    Punctuation and numerals are neighbours in small letters.
    """
    for sentence in sentences:
        words = [(spot, found[spot].forms if spot in found and found[spot].covers else []) for spot in sentence]
        for (_, before), (spot, here), (_, after) in zip(words, words[1:], [*words[2:], (None, [])], strict=False):
            if before and len(here) == 1 and min(before[-1], here[0]) >= 0:
                yield spot, before[-1], after[0] if after and after[0] != KEEP else _SMALL
