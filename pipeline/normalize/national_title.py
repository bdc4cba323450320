"""The national title (Quốc hiệu) and its motto (Tiêu ngữ): the same words on every document (Nghị định 30/2020/NĐ-CP).

Where a line has words that look like all of one of them, in order, they are these words, whatever stands beside them in
the letterhead.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from rapidfuzz.distance import Levenshtein

from pipeline.language.unicode import strip_marks
from pipeline.normalize.outcome import Outcome
from pipeline.normalize.pieces import Piece, Spot

_PHRASES = tuple(phrase.split() for phrase in ("cộng hòa xã hội chủ nghĩa việt nam", "độc lập tự do hạnh phúc"))
_ALIKE = 0.85  # of the letters without marks, all words together
_SURE = 0.999
_similarity = Levenshtein.normalized_similarity


def with_national_title(
    sentences: Sequence[Sequence[Spot]], pieces: Sequence[Sequence[Piece]], found: Mapping[Spot, Outcome]
) -> dict[Spot, Outcome]:
    """Return the outcomes of the words of national titles and mottoes that were read as other words."""
    lines: dict[int, list[Spot]] = {}
    for sentence in sentences:
        for spot in sentence:
            if spot in found and len(found[spot].words) == 1:
                lines.setdefault(spot.line, []).append(spot)
    return {
        spot: replace(
            found[spot], words=[_as_written(word, found[spot].words[0])], kept=False, confidence=_SURE, others=[]
        )
        for spots in lines.values()
        for spot, word in _titles(spots, pieces)
        if found[spot].words[0].lower() != word
    }


def _titles(spots: Sequence[Spot], pieces: Sequence[Sequence[Piece]]) -> Iterator[tuple[Spot, str]]:
    """Yield the spots of a line that are words of a title, with these words."""
    seen = [strip_marks(pieces[spot.line][spot.place].text).lower() for spot in spots]
    for phrase in _PHRASES:
        printed = "".join(map(strip_marks, phrase))
        places = range(len(spots) - len(phrase) + 1)
        alike = {at: _similarity("".join(seen[at : at + len(phrase)]), printed, score_cutoff=_ALIKE) for at in places}
        best = max(alike, key=lambda at: alike[at], default=0)
        if alike and alike[best] >= _ALIKE:
            yield from zip(spots[best : best + len(phrase)], phrase, strict=True)


def _as_written(word: str, read: str) -> str:
    """Write a word in the capitals of what was read."""
    if read.isupper():
        return word.upper()
    return word.capitalize() if read[:1].isupper() else word
