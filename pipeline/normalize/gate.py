"""Which lines need repair: text that is already right must come out as it went in.

The evidence is taken from a line and its neighbours, because one line has few words and a document can be mixed.
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pipeline.language.plausibility import vietnamese_share
from pipeline.language.unicode import strip_marks

_NEIGHBOURS = 6
_ENOUGH = 8


@dataclass(frozen=True)
class _Bar:
    """What a passage must reach to count as right: share of legal words, and of words with marks."""

    legal: float
    marked: float


# Text as printed reaches 0.98; a wrong-language reading stays below 0.7. Three of four Vietnamese words carry a mark;
# text whose marks were lost is legal but bare. In a document that is wrong as a whole, and in one that is right as a
# whole, a passage needs more evidence to be held for the opposite.
_WHOLE = _Bar(0.9, 0.4)
_IN_WRONG = _Bar(0.96, 0.55)
_IN_RIGHT = _Bar(0.8, 0.25)
# A reader of another language puts accents on one word in five, and reads one in ten as no word.
_STRAY_MARKS = 0.005
_KNOWN_WITHOUT_MARKS = 0.93
_WORD = re.compile(r"[^\W_]*[^\W\d_][^\W_]*")


def needs_repair(lines: Sequence[str]) -> list[bool]:
    """Say for each line whether it is a wrong reading."""
    evidence = np.array([_evidence(line) for line in lines]).reshape(-1, 3)
    whole = _is_wrong(evidence.sum(axis=0), _WHOLE)
    bar = _IN_WRONG if whole else _IN_RIGHT
    sums = np.vstack([np.zeros(3), np.cumsum(evidence, axis=0)])
    out = []
    for number in range(len(lines)):
        near = sums[min(len(lines), number + _NEIGHBOURS + 1)] - sums[max(0, number - _NEIGHBOURS)]
        out.append(_is_wrong(near, bar) if near[0] >= _ENOUGH else whole)
    return out


def lost_marks_only(lines: Sequence[str], bare_words: Container[str]) -> bool:
    """Say whether a text that is wrong lost its marks and nothing else: no letter has one, and the words are known.

    `bare_words` are the words of the language without their marks.
    """
    words = [word for line in lines for word in _WORD.findall(line)]
    marked = sum(not word.isascii() for word in words)
    known = sum(word.lower() in bare_words for word in words)
    return marked <= _STRAY_MARKS * len(words) and known >= _KNOWN_WITHOUT_MARKS * len(words)


def _evidence(line: str) -> tuple[float, float, float]:
    """Count the words judged, those legal, and those that should be marked and are (an estimate)."""
    share, judged = vietnamese_share(line)
    words = [word for word in line.split() if any(c.isalpha() for c in word)]
    marked = sum(word != strip_marks(word) for word in words) / len(words) if words else 0.0
    return judged, share * judged, marked * judged


def _is_wrong(evidence: npt.NDArray[np.float64], bar: _Bar) -> bool:
    judged, legal, marked = evidence
    return bool(judged) and bool(legal / judged < bar.legal or marked / judged < bar.marked)
