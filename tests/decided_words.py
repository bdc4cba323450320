"""Lines whose words are decided already, for tests of what is made of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.normalize.lattice import KEEP
from pipeline.normalize.models import load_language
from pipeline.normalize.outcome import Outcome
from pipeline.normalize.pieces import Piece, Sort, Spot, cut_right_line, sentences

OFFICIAL = load_language()[0]
_FORMS = {form: number for number, form in reversed(list(enumerate(OFFICIAL.lexicon.forms)))}


@dataclass(frozen=True)
class Decided:
    """Lines in pieces, their sentences, and what their words were decided to be."""

    pieces: Sequence[Sequence[Piece]]
    sentences: Sequence[Sequence[Spot]]
    found: dict[Spot, Outcome]

    def spot(self, token: str) -> Spot:
        """The first place of a token."""
        return next(spot for s in self.sentences for spot in s if self.pieces[spot.line][spot.place].text == token)


def decided(lines: Sequence[str], confidence: float = 1.0, doubtful: Mapping[str, str] | None = None) -> Decided:
    """Decide every word of right lines to be itself, save the tokens of `doubtful`: these are other words, not sure."""
    pieces = [cut_right_line(line) for line in lines]
    found: dict[Spot, Outcome] = {}
    for number, line in enumerate(pieces):
        for place, piece in enumerate(line):
            if piece.sort is Sort.WORD:
                is_doubtful = piece.text in (doubtful or {})
                word = (doubtful or {}).get(piece.text, piece.text)
                found[Spot(number, place)] = Outcome([word], [_FORMS[word]], 0.4 if is_doubtful else confidence)
            elif piece.sort is Sort.EITHER:
                found[Spot(number, place)] = Outcome([piece.text], [KEEP], confidence, kept=True)
    return Decided(pieces, list(sentences(pieces, lines)), found)
