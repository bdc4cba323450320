"""Words that their context expects where what was seen tells too little: they are asked of the language model.

The channel proposes what looks like a token. Where the reader took a word for something else altogether, what was
printed is not among that; but its neighbours may say it as clearly.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pipeline.language.lexicon import MODES, Lexicon
from pipeline.language.ngrams import NgramModel
from pipeline.language.stream import CLASSES, END, UNKNOWN
from pipeline.normalize.candidates import Proposer
from pipeline.normalize.lattice import KEEP, Reading
from pipeline.normalize.models import Language
from pipeline.normalize.outcome import Outcome
from pipeline.normalize.pieces import Piece, Sort, Spot
from pipeline.normalize.surroundings import Surroundings, in_a_symbol

Ints = npt.NDArray[np.int32]

_SURE_FROM = 0.9
_LOOKED_AT = 30  # continuations of two words, and of one
_MOST = 12  # words expected in one place
_WRITTEN = 3  # lower case, Title, CAPITALS: words with a form of their own look like nothing else
_LEAST = -40.0  # the worst that a token may look like a word


@dataclass(frozen=True)
class _Gap:
    """A place whose word is not sure: the two words before it, and the two behind."""

    spot: Spot
    before: tuple[int, int]
    after: tuple[int, int]


def expected(
    language: Language,
    proposer: Proposer,
    sentences: Sequence[Sequence[Spot]],
    pieces: Sequence[Sequence[Piece]],
    found: Mapping[Spot, Outcome],
) -> dict[Spot, Reading]:
    """Find readings of the words of some sentences that are not sure, from what was found around them.

    Args:
        language: The language that the document is written in.
        proposer: Scores what a token looks like.
        sentences: The sentences.
        pieces: The pieces of the document's lines.
        found: What its tokens were decided to be.
    """
    ids = language.model.ids
    gaps = [gap for sentence in sentences for gap in _gaps(sentence, pieces, found, ids)]
    if not gaps:
        return {}
    forms = np.full((len(gaps), _WRITTEN * _MOST), -1, dtype=np.int32)
    for row, words in zip(forms, _expected_words(language, gaps), strict=True):
        row[: _WRITTEN * len(words)] = (words[:, None] * MODES + np.arange(_WRITTEN)).ravel()
    scores = proposer.scores([pieces[gap.spot.line][gap.spot.place].text for gap in gaps], forms)
    readings: dict[Spot, Reading] = {}
    for gap, form, score in zip(gaps, forms, scores, strict=True):
        near = score > _LEAST
        readings[gap.spot] = Reading(proposer.lexicon.word_of(form[near]), score[near], form[near])
    return readings


def fitting(
    readings: Mapping[Spot, Reading],
    where: Mapping[Spot, Surroundings],
    pieces: Sequence[Sequence[Piece]],
    lexicon: Lexicon,
) -> dict[Spot, Reading]:
    """Leave out of readings what does not fit the places: a word that begins with a capital is one among capitals.

    Between abbreviations a word in small letters may stand as well ("HĐND và UBND").
    """
    return {
        spot: _capitals_of(reading, lexicon)
        if Surroundings.CAPITALS in where[spot] and pieces[spot.line][spot.place].text[0].isupper()
        else reading
        for spot, reading in readings.items()
    }


def _capitals_of(reading: Reading, lexicon: Lexicon) -> Reading:
    is_fitting = np.array([lexicon.forms[form].isupper() for form in reading.form], dtype=bool)
    return Reading(reading.word[is_fitting], reading.score[is_fitting], reading.form[is_fitting])


def _gaps(
    sentence: Sequence[Spot], pieces: Sequence[Sequence[Piece]], found: Mapping[Spot, Outcome], ids: Mapping[str, int]
) -> Iterator[_Gap]:
    """Yield the places of a sentence at which one token was read as one word, or kept, and is not sure."""
    words = [ids[END], ids[END]]
    open_places: list[tuple[int, Spot]] = []
    for spot in sentence:
        piece = pieces[spot.line][spot.place]
        if piece.symbol and piece.sort is not Sort.EITHER:
            words.append(ids[piece.symbol])
            continue
        outcome = found[spot]
        is_one = len(outcome.forms) == 1 and outcome.covers == 1 and piece.sort is Sort.WORD
        # Of a document's symbol a context knows which is usual ("NQ/TW"), not which stands there ("NQ/TU").
        is_open = is_one and not in_a_symbol(pieces[spot.line], spot.place)
        if is_open and (outcome.kept or outcome.confidence < _SURE_FROM):
            open_places.append((len(words), spot))
        words += [ids[UNKNOWN] if form == KEEP else form // MODES for form in outcome.forms if outcome.covers]
    words += [ids[END], ids[END]]
    for at, spot in open_places:
        yield _Gap(spot, (words[at - 2], words[at - 1]), (words[at + 1], words[at + 2]))


def _expected_words(language: Language, gaps: Sequence[_Gap]) -> Iterator[Ints]:
    """Yield for each gap the words that fit best between their neighbours."""
    known = {before: _continuations(language.model, *before) for before in {gap.before for gap in gaps}}
    words = [known[gap.before] for gap in gaps]
    sizes = [len(some) for some in words]
    rows = np.empty((sum(sizes), 5), dtype=np.int32)
    rows[:, :2] = np.repeat([gap.before for gap in gaps], sizes, axis=0)
    rows[:, 2] = np.concatenate(words)
    rows[:, 3:] = np.repeat([gap.after for gap in gaps], sizes, axis=0)
    fits = np.split(-language.trie.likelihood(rows, 2), np.cumsum(sizes)[:-1])
    yield from (some[np.argsort(fit)[:_MOST]] for some, fit in zip(words, fits, strict=True))


def _continuations(model: NgramModel, one: int, two: int) -> Ints:
    """Return the words that were met most behind `one two`, and, where these are few, behind the word `two`."""
    words = np.zeros(0, dtype=np.uint16)
    low, high = _between(model.unigram_child, one)
    at = low + int(np.searchsorted(model.bigram_word[low:high], two))
    if at < high and model.bigram_word[at] == two:
        low, high = _between(model.bigram_child, at)
        words = model.trigram_word[low:high][_likeliest(model.trigram[low:high])]
    if len(words) < _LOOKED_AT:
        low, high = _between(model.unigram_child, two)
        words = np.union1d(words, model.bigram_word[low:high][_likeliest(model.bigram[low:high])])
    return words[words >= len(CLASSES)].astype(np.int32)


def _between(children: npt.NDArray[np.uint32], number: int) -> tuple[int, int]:
    return int(children[number]), int(children[number + 1])


def _likeliest(steps: npt.NDArray[np.uint8]) -> npt.NDArray[np.intp]:
    """Return the places of the n-grams with the fewest steps of improbability."""
    return np.argpartition(steps, _LOOKED_AT)[:_LOOKED_AT] if len(steps) > _LOOKED_AT else np.arange(len(steps))
