"""Abbreviations that lost the bar of a Đ, told by the phrase of the document that they stand for.

Few readers of other languages know Đ: "Hội đồng tuyển dụng" is abbreviated to "HĐTD" and read "HDTD". Which D had a bar
no list knows, for offices abbreviate what they need; but the phrase stands in the document.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from pipeline.normalize.outcome import Outcome
from pipeline.normalize.pieces import Piece, Spot

_FEWEST = 4  # letters: shorter ones are the initials of some phrase by chance


def with_bars(
    sentences: Sequence[Sequence[Spot]], pieces: Sequence[Sequence[Piece]], found: Mapping[Spot, Outcome]
) -> dict[Spot, Outcome]:
    """Return the outcomes of abbreviations that get their bars back: those with one phrase in the document."""
    lost = [spot for spot, outcome in found.items() if outcome.kept and _may_have_lost(_text(spot, pieces))]
    if not lost:
        return {}
    initials = " ".join(map(_initials, _phrases(sentences, found)))
    mended: dict[Spot, Outcome] = {}
    for spot in lost:
        token = _text(spot, pieces)
        meant = set(re.findall(f"(?=({token.replace('D', '[DĐ]')}))", initials))
        if len(meant) == 1 and meant != {token}:
            mended[spot] = replace(found[spot], words=[*meant], others=[(token, 0.0)])
    return mended


def _text(spot: Spot, pieces: Sequence[Sequence[Piece]]) -> str:
    return pieces[spot.line][spot.place].text


def _may_have_lost(token: str) -> bool:
    return token.isascii() and token.isalpha() and token.isupper() and "D" in token and len(token) >= _FEWEST


def _phrases(sentences: Sequence[Sequence[Spot]], found: Mapping[Spot, Outcome]) -> list[list[str]]:
    """Cut the sentences into runs of words: numerals and punctuation end a phrase."""
    runs: list[list[str]] = []
    for sentence in sentences:
        runs.append([])
        for spot in sentence:
            if spot not in found:
                runs.append([])
            else:
                runs[-1] += [] if found[spot].kept else found[spot].words
    return runs


def _initials(words: Sequence[str]) -> str:
    return "".join(word[0] for word in words).upper()
