"""The ways to read a document's sentences, laid out for the decoder: what each token may be, alone, cut or joined.

A token is read as one word, or kept as it is, or cut into several words ("donvi"), or joined with the token after it
("ho p" for "họp").
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from pipeline.language.stream import CLASSES
from pipeline.normalize.decoder import Arcs
from pipeline.normalize.pieces import Piece, Sort, Spot

Ints = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float32]

_NO_INTS, _NO_FLOATS = np.zeros(0, dtype=np.int32), np.zeros(0, dtype=np.float32)
KEEP = -1  # in place of a form: the token stays as it is


@dataclass(frozen=True)
class Reading:
    """What one string of characters may be: words of the language model, scores, and forms (or `KEEP`)."""

    word: Ints
    score: Floats
    form: Ints

    def or_else(self, other: Reading) -> Reading:
        """Add the ways of another reading that are not there yet."""
        new = ~(other.form[:, None] == self.form).any(axis=1)  # a few of each: faster than sorting them
        return Reading(
            np.concatenate([self.word, other.word[new]]),
            np.concatenate([self.score, other.score[new]]),
            np.concatenate([self.form, other.form[new]]),
        )

    def plus(self, word: int, score: float, form: int) -> Reading:
        """Add one way to read it."""
        size = len(self.word)
        words, scores = np.empty(size + 1, dtype=np.int32), np.empty(size + 1, dtype=np.float32)
        forms = np.empty(size + 1, dtype=np.int32)
        words[:size], scores[:size], forms[:size] = self.word, self.score, self.form
        words[size], scores[size], forms[size] = word, score, form
        return Reading(words, scores, forms)


@dataclass(frozen=True)
class Pair:
    """Two words that one token may be; the first has the score of both."""

    first: Reading
    second: Reading

    @classmethod
    def of(cls, words: tuple[int, int], forms: tuple[int, int], score: float) -> Pair:
        """Make it of two words, as they are written."""
        one, other = (
            Reading(_one(word), np.array([part], dtype=np.float32), _one(form))
            for word, form, part in zip(words, forms, (score, 0.0), strict=True)
        )
        return cls(one, other)


@dataclass(frozen=True)
class Readings:
    """Readings of all tokens as a whole, where they stand, of their parts, and of neighbours joined; where to cut.

    `pairs` are the two words that some tokens may be, which no cut gives.
    """

    whole: Mapping[Spot, Reading]
    parts: Mapping[str, Reading]
    joined: Mapping[str, Reading]
    cuts: Mapping[str, tuple[int, ...]]
    pairs: Mapping[Spot, Sequence[Pair]] = field(default_factory=dict)

    def with_more(self, more: Mapping[Spot, Reading], pairs: Mapping[Spot, Sequence[Pair]]) -> Readings:
        """Add readings of some tokens, as one word and as two."""
        fuller = {spot: self.whole[spot].or_else(reading) for spot, reading in more.items()}
        return replace(self, whole={**self.whole, **fuller}, pairs=pairs)


@dataclass(frozen=True)
class Lattice:
    """`arcs`, and for each arc the form that it reads and the spots that it covers: `first` and `last` in `spots`.

    `whole` says of each arc that it reads its token as one word, or two tokens as one, and no part of a token.
    `sentences` are those that were laid out, in the order of `arcs.sentence`.
    """

    arcs: Arcs
    form: Ints
    first: Ints
    last: Ints
    whole: npt.NDArray[np.bool_]
    spots: Sequence[Spot]
    sentences: Sequence[Sequence[Spot]]


class _Layout:
    """Collects arcs node by node."""

    def __init__(self) -> None:
        self.word: list[Ints] = []
        self.score: list[Floats] = []
        self.form: list[Ints] = []
        self.origin: list[int] = []
        self.size: list[int] = []
        self.first: list[int] = []
        self.last: list[int] = []
        self.whole: list[bool] = []
        self.start = [0]
        self.total = 0

    def add(self, reading: Reading, origin: int, tokens: tuple[int, int]) -> None:
        """Add the arcs of a reading of whole tokens, `tokens[0]` to `tokens[1]`, to the node under construction."""
        self._add(reading, origin, tokens, whole=True)

    def add_part(self, reading: Reading, origin: int, token: int) -> None:
        """Add the arcs of a reading of a part of a token."""
        self._add(reading, origin, (token, token), whole=False)

    def _add(self, reading: Reading, origin: int, tokens: tuple[int, int], whole: bool) -> None:
        self.word.append(reading.word)
        self.score.append(reading.score)
        self.form.append(reading.form)
        size = len(reading.word)
        self.size.append(size)
        self.origin.append(origin)
        self.first.append(tokens[0])
        self.last.append(tokens[1])
        self.whole.append(whole)
        self.total += size

    def close(self) -> int:
        """Close the node under construction; returns its number."""
        self.start.append(self.total)
        return len(self.start) - 2

    def lattice(
        self, bounds: list[tuple[int, int]], spots: Sequence[Spot], sentences: Sequence[Sequence[Spot]]
    ) -> Lattice:
        """Put everything together."""

        def spread(values: list[int]) -> Ints:
            return np.repeat(np.array(values, dtype=np.int32), self.size)

        arcs = Arcs(
            sentence=np.array(bounds, dtype=np.int32).reshape(-1, 2),
            start=np.array(self.start, dtype=np.int32),
            origin=spread(self.origin),
            word=np.concatenate([_NO_INTS, *self.word]),
            score=np.concatenate([_NO_FLOATS, *self.score]),
        )
        form = np.concatenate([_NO_INTS, *self.form])
        whole = np.repeat(np.array(self.whole, dtype=bool), self.size)
        return Lattice(arcs, form, spread(self.first), spread(self.last), whole, spots, sentences)


def lay_out(
    sentences: Sequence[Sequence[Spot]],
    pieces: Sequence[Sequence[Piece]],
    readings: Readings,
    symbols: Mapping[str, int],
) -> Lattice:
    """Lay out the sentences; `symbols` are the ids of the language model's classes."""
    layout = _Layout()
    bounds: list[tuple[int, int]] = []
    spots: list[Spot] = []
    fixed = {symbol: Reading(_one(symbols[symbol]), np.zeros(1, np.float32), _one(KEEP)) for symbol in CLASSES}
    for sentence in sentences:
        begin = layout.close()
        previous = before = begin
        last_piece: Piece | None = None
        for spot in sentence:
            piece = pieces[spot.line][spot.place]
            here = len(spots)
            spots.append(spot)
            if piece.sort not in (Sort.WORD, Sort.EITHER):
                layout.add(fixed[piece.symbol], previous, (here, here))
            else:
                cut = _add_cuts(layout, piece.text, readings, previous, here)
                pairs = readings.pairs.get(spot, ())
                halves = [_add_half(layout, pair, previous, here) for pair in pairs]
                layout.add(readings.whole[spot], previous, (here, here))
                for at, node in cut:
                    layout.add_part(readings.parts[piece.text[at:]], node, here)
                for pair, node in zip(pairs, halves, strict=True):
                    layout.add_part(pair.second, node, here)
                joined = last_piece and readings.joined.get(f"{last_piece.text} {piece.text}")
                if joined and _side_by_side(pieces, spots[here - 1], spot):
                    layout.add(joined, before, (here - 1, here))
            before, previous = previous, layout.close()
            last_piece = piece
        bounds.append((begin, previous))
    return layout.lattice(bounds, spots, sentences)


def _one(number: int) -> Ints:
    return np.array([number], dtype=np.int32)


def _add_half(layout: _Layout, pair: Pair, origin: int, here: int) -> int:
    """Add the node behind the first word of a pair; returns it."""
    layout.add_part(pair.first, origin, here)
    return layout.close()


def _add_cuts(layout: _Layout, token: str, readings: Readings, origin: int, here: int) -> list[tuple[int, int]]:
    """Add a node for each cut of a token; returns the cuts with their nodes."""
    nodes: list[tuple[int, int]] = []
    for at in readings.cuts.get(token, ()):
        layout.add_part(readings.parts[token[:at]], origin, here)
        for earlier, node in nodes:
            if token[earlier:at] in readings.parts:
                layout.add_part(readings.parts[token[earlier:at]], node, here)
        nodes.append((at, layout.close()))
    return nodes


def _side_by_side(pieces: Sequence[Sequence[Piece]], one: Spot, other: Spot) -> bool:
    if one.line != other.line or other.place != one.place + 2:
        return False
    return pieces[one.line][one.place + 1].text == " "


def neighbours(sentences: Sequence[Sequence[Spot]], pieces: Sequence[Sequence[Piece]]) -> Iterator[tuple[str, str]]:
    """Yield the tokens that stand side by side, parted by a single space."""
    for sentence in sentences:
        for one, other in pairwise(sentence):
            left, right = pieces[one.line][one.place], pieces[other.line][other.place]
            if left.sort is Sort.WORD and right.sort is Sort.WORD and _side_by_side(pieces, one, other):
                yield left.text, right.text
