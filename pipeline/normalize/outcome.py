"""What a decoding says of each token: its word, how sure that is, and what else it may be."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from pipeline.language.lexicon import Lexicon
from pipeline.normalize.decoder import Decoded
from pipeline.normalize.lattice import KEEP, Lattice
from pipeline.normalize.pieces import Piece, Sort, Spot

_OTHERS_FROM = 0.02  # a reading less likely than this is not kept
_MOST_OTHERS = 3


@dataclass(slots=True)
class Outcome:
    """One token's reading: `words` are forms, more than one where it was cut, none where another token took it in.

    `confidence` is the posterior probability of the reading (0 to 1), `others` are other readings with theirs, the
    likeliest first. `kept` says that the token stayed as it was.
    """

    words: list[str] = field(default_factory=list)
    forms: list[int] = field(default_factory=list)
    confidence: float = 1.0
    kept: bool = False
    covers: int = 1  # tokens that it takes in
    others: list[tuple[str, float]] = field(default_factory=list)

    @property
    def is_whole_word(self) -> bool:
        """Say whether one token was read as one word of the lexicon."""
        return self.covers == 1 and len(self.forms) == 1 and not self.kept


def outcomes(
    lattice: Lattice, decoded: Decoded, pieces: Sequence[Sequence[Piece]], lexicon: Lexicon
) -> dict[Spot, Outcome]:
    """Read the best paths off; spots that are no tokens (numerals, punctuation) have no outcome."""
    found: dict[Spot, Outcome] = {}
    for first, last, form, posterior in _arcs(lattice, decoded, np.flatnonzero(decoded.chosen)):
        outcome = found.setdefault(first, Outcome())
        outcome.kept = form == KEEP
        outcome.words.append(pieces[first.line][first.place].text if outcome.kept else lexicon.forms[form])
        outcome.forms.append(form)
        outcome.confidence = min(outcome.confidence, posterior)
        if last != first:
            outcome.covers = 2
            found[last] = Outcome(covers=0)
    others = np.flatnonzero((decoded.posterior > _OTHERS_FROM) & ~decoded.chosen)
    for first, last, form, posterior in _arcs(lattice, decoded, others):
        outcome = found[first]
        if len(outcome.words) == 1 and outcome.covers == 1 and first == last:
            text = pieces[first.line][first.place].text if form == KEEP else lexicon.forms[form]
            outcome.others.append((text, posterior))
    for spot, outcome in found.items():
        if len(outcome.others) > 1:
            outcome.others = sorted(outcome.others, key=lambda other: -other[1])[:_MOST_OTHERS]
        piece = pieces[spot.line][spot.place]
        if piece.sort is Sort.EITHER and not outcome.kept and all(text != piece.text for text, _ in outcome.others):
            outcome.others.append((piece.text, 0.0))  # that a numeral was seen is never forgotten
    return found


def _arcs(lattice: Lattice, decoded: Decoded, which: npt.NDArray[np.intp]) -> Iterator[tuple[Spot, Spot, int, float]]:
    """Yield of each arc its first and last spot, its form and its posterior."""
    columns = (lattice.first[which], lattice.last[which], lattice.form[which], decoded.posterior[which])
    for first, last, form, posterior in zip(*(column.tolist() for column in columns), strict=True):
        yield lattice.spots[first], lattice.spots[last], form, posterior


def doubtful_sentences(lattice: Lattice, decoded: Decoded, sure_from: float) -> list[int]:
    """Say which sentences have a word whose posterior is below `sure_from`."""
    arcs = lattice.arcs
    begins = arcs.start[arcs.sentence[:, 0]]
    if not len(arcs.word):
        return []
    posterior = np.where(decoded.chosen, decoded.posterior, 1.0)
    least: npt.NDArray[np.floating] = np.minimum.reduceat(posterior, np.minimum(begins, len(posterior) - 1))
    return [int(number) for number in np.flatnonzero(least < sure_from)]
