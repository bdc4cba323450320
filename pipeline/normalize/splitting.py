"""Words that were read as one: "donvi" for "đơn vị". Where such a token may be cut is found before it is decoded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
import numpy.typing as npt

from pipeline.language.lexicon import Lexicon
from pipeline.normalize.candidates import Candidates, Proposer
from pipeline.normalize.odd_signs import as_letters

Cuts = Mapping[str, tuple[int, ...]]  # token to the lengths of what stands before each cut

_POOR = -3.0  # a token that is read this well as one common word is not cut
_NEVER = -50.0
_SHORTEST = 4
_SHORTEST_PART = 2
_LONGEST_PART = 8  # the longest syllables have seven letters
_LONGEST = 32
_MOST_CUTS = 12
CUT = -5.0  # what a cut costs: one word in four hundred is run together with the next
_BEHIND = 8.0


def find_cuts(tokens: Iterable[str], proposer: Proposer) -> Cuts:
    """Say where tokens that make no good word may be two or more."""
    long = [token for token in tokens if _SHORTEST <= len(token) <= _LONGEST and _is_of_letters(as_letters(token))]
    whole = dict(zip(long, word_scores(proposer.propose(long), proposer.lexicon), strict=True))
    poor = [token for token in long if whole[token] < _POOR]
    parts = sorted({token[i:j] for token in poor for i, j in _spans(token)})
    score = dict(zip(parts, word_scores(proposer.propose_parts(parts), proposer.lexicon), strict=True))
    return {t: places for t in poor if (places := _best_cuts(t, score, float(whole[t])))}


def _is_of_letters(token: str) -> bool:
    return sum(c.isalpha() for c in token) >= len(token) - 1


def _spans(token: str) -> list[tuple[int, int]]:
    """Return the parts that a token may be cut into: none shorter than `_SHORTEST_PART`, and not the whole."""
    size = len(token)
    edges = [0, *range(_SHORTEST_PART, size - _SHORTEST_PART + 1), size]
    return [(i, j) for i in edges for j in edges if _SHORTEST_PART <= j - i <= _LONGEST_PART and j - i < size]


def _best_cuts(token: str, score: dict[str, float], whole: float) -> tuple[int, ...]:
    """Find the cuts on the ways through the token that are as good as the token as one word, or nearly."""
    size = len(token)
    left = np.full(size + 1, _NEVER)
    right = np.full(size + 1, _NEVER)
    left[0] = right[size] = 0
    spans = _spans(token)
    for i, j in sorted(spans, key=lambda span: span[1]):
        left[j] = max(left[j], left[i] + score[token[i:j]] + (CUT if i else 0))
    for i, j in sorted(spans, key=lambda span: -span[0]):
        right[i] = max(right[i], right[j] + score[token[i:j]] + (CUT if j < size else 0))
    total = left[1:size] + right[1:size] + CUT
    best = float(total.max(initial=_NEVER))
    if best < whole - _BEHIND:
        return ()
    places = [int(p) + 1 for p in np.argsort(-total)[:_MOST_CUTS] if total[p] > best - _BEHIND]
    return tuple(sorted(places))


def word_scores(found: Candidates, lexicon: Lexicon) -> npt.NDArray[np.float32]:
    """Score tokens as common syllables: any two letters are some rare syllable or an abbreviation."""
    word = lexicon.word_of(found.form)
    common = np.minimum(0.5 * (lexicon.unigram[word] + 7.5), 0)
    likely = np.where((found.form >= 0) & lexicon.is_syllable[word], found.score + common, _NEVER)
    return np.asarray(likely.max(axis=1), dtype=np.float32)
