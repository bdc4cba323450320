"""Two words that a reader saw as one and lost letters of: "dun" where the document has "dự án" elsewhere.

Where only the space was lost, the token can be cut (`splitting`). Where letters went with it, no cut gives two words;
but a document says the same things in the same words, so tokens that are not sure are compared with the pairs of words
that it has several times, run together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import cdist

from pipeline.language.lexicon import MODES, Lexicon
from pipeline.language.unicode import strip_marks
from pipeline.normalize.channel import Channel, Pairs
from pipeline.normalize.lattice import Pair
from pipeline.normalize.outcome import Outcome
from pipeline.normalize.pieces import Piece, Spot
from pipeline.normalize.splitting import CUT

Words = tuple[int, int]

_SMALL, _ONE_CAPITAL, _ALL_CAPITALS = 0, 1, 2  # modes of writing a word
_SURE_FROM = 0.9
_OPEN_BELOW = 0.99
_OFTEN = 3.0  # times that a pair stands in the document, each as much as it is sure
_SHORTEST, _LONGEST = 3, 12  # letters of a token
_MOST_LOST = 2
_MOST_CHANGED = 2  # letters, marks apart
_MOST = 3  # pairs that a token may be
_LEAST = -16.0  # the worst that a token may look like a pair


def run_together(
    lexicon: Lexicon,
    channel: Channel,
    sentences: Sequence[Sequence[Spot]],
    pieces: Sequence[Sequence[Piece]],
    found: Mapping[Spot, Outcome],
) -> dict[Spot, list[Pair]]:
    """Find the pairs of the document's words that tokens which are not sure may be.

    Args:
        lexicon: The words.
        channel: How they are read.
        sentences: The sentences of the document.
        pieces: The pieces of its lines.
        found: What its tokens were decided to be.
    """
    times = Counter[Words]()
    for sentence in sentences:
        times.update(_sure_pairs(sentence, found))
    known = sorted(words for words, count in times.items() if count >= _OFTEN)
    spots: dict[str, list[Spot]] = {}
    for spot, outcome in found.items():
        token = pieces[spot.line][spot.place].text
        if outcome.covers == 1 and outcome.confidence < _OPEN_BELOW and _SHORTEST <= len(token) <= _LONGEST:
            spots.setdefault(token, []).append(spot)
    near = _near(list(spots), known, lexicon)
    # A reader that lost these letters once does so again: what it costs is shared by the places.
    costs = zip(near, _scores(near, lexicon, channel), strict=True)
    scores = [cost / len(spots[token]) + CUT for (token, _), cost in costs]
    readings: dict[Spot, list[Pair]] = {}
    for token, pairs in _best(near, scores, lexicon).items():
        readings |= dict.fromkeys(spots[token], pairs)
    return readings


def _sure_pairs(sentence: Sequence[Spot], found: Mapping[Spot, Outcome]) -> Iterator[Words]:
    """Yield the words that stand side by side in a sentence, and are sure."""
    last = -1
    for spot in sentence:
        outcome = found.get(spot)
        for form in outcome.forms if outcome else (-1,):
            this = form // MODES if outcome and outcome.confidence >= _SURE_FROM else -1
            if last >= 0 and this >= 0:
                yield last, this
            last = this


def _near(tokens: Sequence[str], known: Sequence[Words], lexicon: Lexicon) -> list[tuple[str, Words]]:
    """Find the tokens that look like pairs with a letter or two lost."""
    if not tokens or not known:
        return []
    bare = [strip_marks(token).lower() for token in tokens]
    joined = [strip_marks(lexicon.words[one] + lexicon.words[other]) for one, other in known]
    changed = cdist(bare, joined, scorer=Levenshtein.distance, score_cutoff=_MOST_CHANGED)
    lost = np.array([len(pair) for pair in joined]) - np.array([len(token) for token in bare])[:, None]
    is_near = (changed > 0) & (changed <= _MOST_CHANGED) & (lost >= 0) & (lost <= _MOST_LOST)
    return [(tokens[row], known[column]) for row, column in zip(*np.nonzero(is_near), strict=True)]


def _mode(token: str) -> int:
    if token.isupper():
        return _ALL_CAPITALS
    return _ONE_CAPITAL if token[0].isupper() else _SMALL


def _forms(token: str, words: Words) -> tuple[int, int]:
    mode = _mode(token)
    return words[0] * MODES + mode, words[1] * MODES + (_ALL_CAPITALS if mode == _ALL_CAPITALS else _SMALL)


def _scores(near: Sequence[tuple[str, Words]], lexicon: Lexicon, channel: Channel) -> list[float]:
    if not near:
        return []
    number = np.arange(len(near), dtype=np.int64)
    printed = ["".join(lexicon.forms[form] for form in _forms(token, words)) for token, words in near]
    pairs = Pairs(number, number, np.ones(len(near), dtype=np.float32))
    found, _ = channel.align(printed, [token for token, _ in near], pairs)
    return [float(score) for score in found]


def _best(near: Sequence[tuple[str, Words]], scores: Sequence[float], lexicon: Lexicon) -> dict[str, list[Pair]]:
    ranked: dict[str, list[tuple[float, Words]]] = {}
    for (token, words), score in zip(near, scores, strict=True):
        if score > _LEAST:
            ranked.setdefault(token, []).append((score, words))
    return {
        token: [Pair.of(words, _forms(token, words), score) for score, words in sorted(some, reverse=True)[:_MOST]]
        for token, some in ranked.items()
    }
