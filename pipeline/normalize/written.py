"""Decoded words written out as the line that they make, each with its place in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pipeline.normalize.outcome import Outcome
from pipeline.normalize.pieces import Piece, Sort, Spot
from pipeline.normalize.repaired import RepairedLine, Span


def written(pieces: Sequence[Piece], number: int, found: Mapping[Spot, Outcome]) -> RepairedLine:
    """Write line `number` out from its pieces and what was found for them."""
    parts: list[str] = []
    spans: list[Span] = []
    at = 0
    for place, piece in enumerate(pieces):
        outcome = found.get(Spot(number, place))
        if outcome is None:
            text = piece.text
        elif not outcome.covers:
            at -= len(parts.pop())  # the space within a word that was torn
            continue
        else:
            text = " ".join(outcome.words)
            is_word = piece.sort is Sort.EITHER and not outcome.kept
            spans.append(Span(at, at + len(text), outcome.confidence, tuple(outcome.others), is_word))
        parts.append(text)
        at += len(text)
    # An English reader knows the em dash only; Vietnamese official documents are set with the en dash.
    return RepairedLine("".join(parts).replace("—", "–"), tuple(spans))
