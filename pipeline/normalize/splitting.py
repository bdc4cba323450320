"""Words that were read as one: "donvi" for "đơn vị". They are parted before the sentences are decoded."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
import numpy.typing as npt

from pipeline.normalize.candidates import Proposer, best_of
from pipeline.normalize.pieces import Piece, Sort

_POOR = -11.0  # a token that is read this well as one word is not parted
_GOOD = -4.0  # what both parts together must reach
_NEVER = -50.0
_SHORTEST = 5
_SHORTEST_PART = 2


def part_words(pieces: Sequence[list[Piece]], proposer: Proposer) -> list[list[Piece]]:
    """Part run-together words in all lines."""
    tokens = sorted({p.text for line in pieces for p in line if p.sort is Sort.WORD and _is_long(p.text)})
    cuts = _cuts(tokens, proposer) if tokens else {}
    return [[part for piece in line for part in _parted(piece, cuts)] for line in pieces] if cuts else list(pieces)


def _is_long(token: str) -> bool:
    return len(token) >= _SHORTEST and token.isalpha()


def _parted(piece: Piece, cuts: dict[str, int]) -> Iterable[Piece]:
    at = cuts.get(piece.text) if piece.sort is Sort.WORD else None
    if at is None:
        return (piece,)
    return (Piece(Sort.WORD, piece.text[:at]), Piece(Sort.GLUE, " "), Piece(Sort.WORD, piece.text[at:]))


def _cuts(tokens: Sequence[str], proposer: Proposer) -> dict[str, int]:
    """Find where tokens that make no word are likely two: token to length of its first part."""
    whole = _best_scores(tokens, proposer)
    poor = [token for token, score in zip(tokens, whole, strict=True) if score < _POOR]
    trials = [(t, at) for t in poor for at in range(_SHORTEST_PART, len(t) - _SHORTEST_PART + 1)]
    if not trials:
        return {}
    parts = sorted({part for token, at in trials for part in (token[:at], token[at:])})
    score = dict(zip(parts, _best_scores(parts, proposer), strict=True))
    best: dict[str, tuple[float, int]] = {}
    for token, at in trials:
        both = float(score[token[:at]] + score[token[at:]])
        if both > best.get(token, (_GOOD, 0))[0]:
            best[token] = (both, at)
    return {token: at for token, (_, at) in best.items()}


def _best_scores(tokens: Sequence[str], proposer: Proposer) -> npt.NDArray[np.float32]:
    token, form = proposer.pairs(tokens)
    score = proposer.score(proposer.channel, tokens, token, form)
    # A part must be a syllable, not an abbreviation, and a common one: any two letters are some rare syllable.
    common = proposer.lexicon.unigram[proposer.lexicon.word_of(form)]
    syllable = proposer.is_syllable[proposer.lexicon.word_of(form)]
    likely = np.where(syllable, score + np.minimum(0.5 * (common + 7.5), 0), _NEVER).astype(np.float32)
    return best_of(len(tokens), token, form, likely).score[:, 0]
