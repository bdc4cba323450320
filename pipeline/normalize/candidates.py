"""What a seen token may have been: a few words of the lexicon for each, with the channel's score.

A shortlist by edit distance between plain forms (marks and look-alike digits folded) is scored by the channel in the
case that the token shows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import Levenshtein
from rapidfuzz.process import cdist

from pipeline.language.lexicon import Lexicon
from pipeline.language.syllables import is_syllable
from pipeline.language.unicode import strip_marks
from pipeline.normalize.channel import Channel, Cuttings

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float32]

MOST = 20
_FORMS = 40
_WORDS = 220
_DISTANCE_COST = 1.6
_FREQUENCY_GAIN = 0.5
_FARTHEST = 3
_SHORT = 5  # symbols of documents, in which P may be a misread Đ
_CASE_WEIGHT = 0.35
_BEHIND = 9.0

_LOOKALIKE = str.maketrans(
    {
        **dict(zip("0123456789", "oizaasotbg", strict=True)),
        **{"¢": "e", "§": "s", "$": "s", "¥": "y", "£": "e", "€": "e", "@": "o", "©": "o", "°": "o", "ø": "o"},
        **{"&": "e", "|": "i", "!": "i", "l": "i", "w": "u", "j": "i"},
    }
)


def plain(token: str) -> str:
    """Fold a token to the letters it resembles: no marks, no case, digits and signs as the letters they look like."""
    return "".join(c for c in strip_marks(token).lower().translate(_LOOKALIKE) if c.isalnum())


@dataclass(frozen=True)
class Candidates:
    """For each token up to `MOST` forms, best first: ids of forms (-1 for none) and log P(token | form) + prior."""

    form: Ints
    score: Floats


class Proposer:
    """Proposes candidates; holds the lexicon's forms cut into chunks."""

    def __init__(self, lexicon: Lexicon, channel: Channel) -> None:
        self.lexicon = lexicon
        self.channel = channel
        self._cut: Cuttings = channel.cut_words(lexicon.forms)
        plains = [plain(word) for word in lexicon.words]
        self.is_syllable = np.array([is_syllable(word) for word in lexicon.words])
        self._plains = sorted({p for p in plains if p})
        place = {p: number for number, p in enumerate(self._plains)}
        members: list[list[int]] = [[] for _ in self._plains]
        for word, p in enumerate(plains):
            if p and lexicon.is_proposable(word):
                members[place[p]].append(word)
        self._members = [np.array(m, dtype=np.int64) for m in members]
        self._weight = np.array(
            [np.logaddexp.reduce(lexicon.unigram[m]) if len(m) else -30 for m in self._members], dtype=np.float32
        )

    def pairs(self, tokens: Sequence[str]) -> tuple[Ints, Ints]:
        """Shortlist: pairs (number of the token, id of the form) that are worth scoring."""
        distance = cdist(
            [plain(t) for t in tokens],
            self._plains,
            scorer=Levenshtein.distance,
            score_cutoff=_FARTHEST,
            dtype=np.uint8,
        )
        for number, token in enumerate(tokens):
            if len(token) <= _SHORT and "P" in token:
                variant = [plain(token.replace("P", "D"))]
                other = cdist(
                    variant, self._plains, scorer=Levenshtein.distance, score_cutoff=_FARTHEST, dtype=np.uint8
                )
                distance[number] = np.minimum(distance[number], other[0])
        rank = _FREQUENCY_GAIN * self._weight - _DISTANCE_COST * distance.astype(np.float32)
        nearest = np.argpartition(-rank, _FORMS, axis=1)[:, :_FORMS]
        token_ids: list[Ints] = []
        form_ids: list[Ints] = []
        for number, token in enumerate(tokens):
            order = nearest[number][np.argsort(-rank[number, nearest[number]])]
            words = np.concatenate([self._members[f] for f in order])[:_WORDS]
            forms = self.lexicon.forms_for(words, token)
            form_ids.append(forms)
            token_ids.append(np.full(len(forms), number, dtype=np.int64))
        return np.concatenate(token_ids), np.concatenate(form_ids)

    def score(self, channel: Channel, tokens: Sequence[str], token: Ints, form: Ints) -> Floats:
        """Channel score and prior of case of each pair."""
        return channel.score(self._cut, channel.cut_tokens(tokens), form, token) + (
            _CASE_WEIGHT * self.lexicon.case_prior[form]
        )

    def count(self, tokens: Sequence[str], token: Ints, form: Ints, weight: Floats) -> Floats:
        """Chunk counts of pairs that were decided, for adapting the channel."""
        return self.channel.chunk_counts(self._cut, self.channel.cut_tokens(tokens), form, token, weight)


def best_of(count: int, token: Ints, form: Ints, score: Floats) -> Candidates:
    """Keep the `MOST` best forms of each token."""
    order = np.lexsort((-score, token))
    token, form, score = token[order], form[order], score[order]
    first = np.searchsorted(token, np.arange(count))
    rank = np.arange(len(token)) - first[token]
    fit = (rank < MOST) & (score > score[first[token]] - _BEHIND)
    forms = np.full((count, MOST), -1, dtype=np.int64)
    scores = np.full((count, MOST), -np.inf, dtype=np.float32)
    forms[token[fit], rank[fit]] = form[fit]
    scores[token[fit], rank[fit]] = score[fit]
    return Candidates(forms, scores)
