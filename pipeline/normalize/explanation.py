"""Why a token was read as it was: its candidates with the two scores that the decoder weighs against each other."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pipeline.normalize.decoder import Decoded
from pipeline.normalize.lattice import KEEP, Lattice
from pipeline.normalize.models import Language
from pipeline.normalize.pieces import Spot

_REACH = 3  # words after a candidate whose probability depends on it: the longest n-grams have four


@dataclass(frozen=True)
class Candidate:
    """What a token may be.

    Attributes:
        text: The word; the token itself where it is kept as it is.
        channel: Log P(token seen | word), with the prior of its capitals; natural logarithm.
        language: Log P(word and the three words after it | what stands before), the neighbours as they were decided.
        probability: The posterior of the word in its place (0 to 1), all readings of the neighbours considered.
        chosen: Whether it stands in the repaired text.
    """

    text: str
    channel: float
    language: float
    probability: float
    chosen: bool


@dataclass(frozen=True)
class Explanation:
    """The candidates of `token` on line `line` (0-based), the likeliest first."""

    line: int
    token: str
    candidates: tuple[Candidate, ...]


def explanation(
    lattice: Lattice, decoded: Decoded, spot: Spot, language: Language, place: tuple[int, str]
) -> Explanation:
    """Explain the token at `spot`; `place` is its line and what was seen there."""
    at = lattice.spots.index(spot)
    path, position = _path(lattice, decoded, at)
    arcs = np.flatnonzero((lattice.first == at) & (lattice.last == at) & lattice.whole)
    candidates = [
        Candidate(
            text=place[1] if lattice.form[arc] == KEEP else language.lexicon.forms[lattice.form[arc]],
            channel=float(lattice.arcs.score[arc]),
            language=_language_score(language, path, position, int(lattice.arcs.word[arc])),
            probability=float(decoded.posterior[arc]),
            chosen=bool(decoded.chosen[arc]),
        )
        for arc in arcs
    ]
    return Explanation(*place, tuple(sorted(candidates, key=lambda c: (-c.probability, -c.channel))))


def _path(lattice: Lattice, decoded: Decoded, at: int) -> tuple[npt.NDArray[np.int32], int]:
    """Return the words decided for the sentence of the spot `at`, between its marks, and the spot's position."""
    node = int(np.searchsorted(lattice.arcs.start, np.flatnonzero(lattice.first == at)[0], side="right")) - 1
    sentence = next(s for s in lattice.arcs.sentence if s[0] <= node <= s[1])
    first, last = lattice.arcs.start[sentence[0]], lattice.arcs.start[sentence[1] + 1]
    chosen = first + np.flatnonzero(decoded.chosen[first:last])
    words = np.concatenate([[0], lattice.arcs.word[chosen], [0]]).astype(np.int32)
    return words, 1 + int(np.searchsorted(lattice.first[chosen], at))


def _language_score(language: Language, path: npt.NDArray[np.int32], position: int, word: int) -> float:
    words = path.copy()
    words[position] = word
    return float(language.trie.score(words)[position - 1 : position + _REACH].sum())
