"""A document's own language: a small n-gram model of what its first decoding is sure of.

An office says the same things in the same words, all the more within one document: what follows a phrase that the
document has elsewhere is likely what followed it there (the n-gram caches of Goodman, A bit of progress in language
modeling, 2001).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np

from pipeline.language._ngrams import Trie
from pipeline.language.kneser_ney import KneserNey
from pipeline.language.lexicon import MODES
from pipeline.language.mixture import Part, mix
from pipeline.language.stream import END, NUMBER
from pipeline.normalize.lattice import KEEP
from pipeline.normalize.models import LOCAL_SHARE, Language
from pipeline.normalize.outcome import Outcome
from pipeline.normalize.pieces import Piece, Sort, Spot

_SURE_FROM = 0.9
_EVERY_ONE = (1, 1, 1, 1)
_MOST = (0, 100_000, 100_000, 100_000)  # more n-grams than a block of lines has
_HALF = 2000  # tokens of a document whose own model has half the weight of a large text's


def with_document(
    language: Language,
    sentences: Sequence[Sequence[Spot]],
    pieces: Sequence[Sequence[Piece]],
    found: Mapping[Spot, Outcome],
) -> Language:
    """Mix a model of the document into a language; short documents weigh little, doubtful words nothing.

    Args:
        language: The language that the document is written in, without a local model.
        sentences: The document's sentences.
        pieces: The pieces of its lines.
        found: What its tokens were decided to be.
    """
    ids = language.model.ids
    text = [ids[END], *(word for sentence in sentences for word in _words(sentence, pieces, found, ids))]
    counted = KneserNey(np.array(text, dtype=np.int64), len(ids))
    if not all(len(order.grams) for order in counted.counts):
        return language  # next to nothing is sure
    own = Trie(mix([Part(counted, 1.0, _EVERY_ONE)], language.model.words, _MOST))
    return replace(language, local=own, share=LOCAL_SHARE * len(found) / (len(found) + _HALF))


def _words(
    sentence: Sequence[Spot], pieces: Sequence[Sequence[Piece]], found: Mapping[Spot, Outcome], ids: Mapping[str, int]
) -> Iterator[int]:
    """Yield the words of a sentence and its end; words that are unknown or not sure end it, for nothing follows."""
    for spot in sentence:
        piece = pieces[spot.line][spot.place]
        if piece.symbol and piece.sort is not Sort.EITHER:
            yield ids[piece.symbol]
            continue
        outcome = found[spot]
        is_sure = outcome.confidence >= _SURE_FROM
        kept = ids[NUMBER if piece.sort is Sort.EITHER else END]
        for form in outcome.forms if outcome.covers else ():
            known = kept if form == KEEP else form // MODES
            yield known if is_sure else ids[END]
    yield ids[END]
