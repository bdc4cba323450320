"""The last word on words that are not sure: what stands further around them.

The decoder knows the three words before and behind. Where it leaves a word open, the readings that it has are weighed
once more by the network that looks at six words on both sides, beyond the ends of sentences and cells too.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from pipeline.language.context_network import REACH, ContextNetwork
from pipeline.language.lexicon import MODES
from pipeline.language.stream import END, NUMBER, UNKNOWN
from pipeline.normalize.decoder import Decoded
from pipeline.normalize.lattice import KEEP, Lattice
from pipeline.normalize.outcome import Outcome
from pipeline.normalize.pieces import LONGEST_SENTENCE, Piece, Sort, Spot

Ints = npt.NDArray[np.int64]

_WEIGHT = 0.3  # of the network's log probabilities: the n-grams have had their say
# Network and n-grams err together, so their sum is surer than it should be. With this factor words at 0.99 are right as
# often as they were before the network was asked.
_SOFTENED = 0.7
_OPEN_BELOW = 0.98
_LEAST = 1e-4  # readings less likely than this are out
_ROUNDS = 2  # a word that changes is another neighbour
_AROUND = np.array([*range(-REACH, 0), *range(1, REACH + 1)])


@dataclass(frozen=True)
class Stream:
    """A document's words in a row as they were decided, ends of sentences between; `at` says where each spot's is.

    `number` and `end` are the words that stand for numerals and for ends.
    """

    words: Ints
    at: Mapping[Spot, int]
    number: int
    end: int

    @classmethod
    def of(
        cls,
        sentences: Sequence[Sequence[Spot]],
        pieces: Sequence[Sequence[Piece]],
        found: Mapping[Spot, Outcome],
        ids: Mapping[str, int],
    ) -> Stream:
        """Put the words of a document's sentences in a row; `ids` are those of the language models."""
        edge = [ids[END]] * REACH
        words, at = list(edge), dict[Spot, int]()
        for sentence in sentences:
            for spot in sentence:
                at[spot] = len(words)
                piece = pieces[spot.line][spot.place]
                if piece.symbol and piece.sort is not Sort.EITHER:
                    words.append(ids[piece.symbol])
                elif found[spot].covers:
                    kept = ids[NUMBER if piece.sort is Sort.EITHER else UNKNOWN]
                    words += [kept if form == KEEP else form // MODES for form in found[spot].forms]
            if len(sentence) < LONGEST_SENTENCE:  # else it was only cut for its length
                words.append(ids[END])
        return cls(np.array(words + edge, dtype=np.int64), at, ids[NUMBER], ids[END])

    def around(self, spots: Sequence[Spot]) -> Ints:
        """Return the words around each of some spots, in order (n, 2 REACH)."""
        return np.asarray(self.words[self._places(spots)[:, None] + _AROUND])

    def is_counted(self, spot: Spot) -> bool:
        """Say whether what stands at a spot is counted: it stands behind a numeral that begins no sentence."""
        at = self.at[spot]
        return bool(self.words[at - 1] == self.number and self.words[at - 2] != self.end)

    def beside(self, spot: Spot) -> tuple[int, int]:
        """Return the words before and behind a spot."""
        at = self.at[spot]
        return int(self.words[at - 1]), int(self.words[at + 1])

    def put(self, spots: Sequence[Spot], words: Ints) -> None:
        """Put other words where some spots are."""
        self.words[self._places(spots)] = words

    def _places(self, spots: Sequence[Spot]) -> Ints:
        return np.array([self.at[spot] for spot in spots], dtype=np.int64)


@dataclass(frozen=True)
class Weighed:
    """A decoding after what was not sure was weighed once more: the `arcs` of these words have new probabilities."""

    decoded: Decoded
    arcs: npt.NDArray[np.intp]

    @property
    def alone(self) -> Decoded:
        """The same with nothing chosen or likely but these arcs."""
        chosen, posterior = np.zeros_like(self.decoded.chosen), np.zeros_like(self.decoded.posterior)
        chosen[self.arcs], posterior[self.arcs] = self.decoded.chosen[self.arcs], self.decoded.posterior[self.arcs]
        return replace(self.decoded, chosen=chosen, posterior=posterior)

    def spots(self, lattice: Lattice) -> Iterator[Spot]:
        """Yield the spots of these words."""
        return (lattice.spots[place] for place in lattice.first[self.arcs])

    def and_also(self, arcs: npt.NDArray[np.intp]) -> Weighed:
        """Add arcs that had new probabilities before."""
        return replace(self, arcs=np.concatenate([self.arcs, arcs]))


def weighed(
    network: ContextNetwork, lattice: Lattice, decoded: Decoded, stream: Stream, settled: Collection[Spot] = ()
) -> Weighed:
    """Weigh the readings of words that are not sure once more, save what is counted.

    The network knows numerals of running text and of lists as one: after both "57 họ" would be as likely as "57 hộ".

    Args:
        network: Says how well words fit.
        lattice: The readings.
        decoded: How likely each is so far.
        stream: The document's words; those that change are put right in it.
        settled: Spots that were weighed elsewhere.
    """
    left = [spot in settled or stream.is_counted(spot) for spot in lattice.spots]
    arcs = _open_arcs(lattice, decoded, np.array(left, dtype=bool))
    if not len(arcs):
        return Weighed(decoded, arcs)
    begins = np.flatnonzero(np.diff(lattice.first[arcs], prepend=-1))
    sizes = np.diff(begins, append=len(arcs))
    place = np.repeat(np.arange(len(begins)), sizes)
    spots = [lattice.spots[spot] for spot in lattice.first[arcs[begins]]]
    word, found = lattice.arcs.word[arcs].astype(np.int64), decoded.posterior[arcs]
    is_word = lattice.form[arcs] != KEEP
    total = np.add.reduceat(found * is_word, begins)
    for _ in range(_ROUNDS):
        fits = network.fits(stream.around(spots), word, place)
        score = np.where(is_word, np.log(found) + _WEIGHT * fits, -np.inf)
        share = np.exp(_SOFTENED * (score - np.maximum.reduceat(score, begins)[place]))
        share *= (total / np.add.reduceat(share, begins))[place]
        share[~is_word] = found[~is_word]
        best = begins + np.array([int(np.argmax(some)) for some in np.split(share, begins[1:])])
        stream.put(spots, word[best])
    chosen, posterior = decoded.chosen.copy(), decoded.posterior.copy()
    posterior[arcs], chosen[arcs] = share, False
    chosen[arcs[best]] = True
    return Weighed(replace(decoded, chosen=chosen, posterior=posterior), arcs)


def _open_arcs(lattice: Lattice, decoded: Decoded, left: npt.NDArray[np.bool_]) -> npt.NDArray[np.intp]:
    """Find the readings of the tokens that were read as one word, or kept, and are not sure; token by token."""
    alone = lattice.whole & (lattice.first == lattice.last)
    likely = alone & (decoded.posterior > _LEAST)
    tokens = np.zeros(len(lattice.spots), dtype=bool)
    tokens[lattice.first[alone & decoded.chosen & (decoded.posterior < _OPEN_BELOW)]] = True
    tokens &= ~left
    words = np.bincount(lattice.first[likely & (lattice.form != KEEP)], minlength=len(tokens))
    arcs = np.flatnonzero(likely & (tokens & (words > 1))[lattice.first])
    return arcs[np.argsort(lattice.first[arcs], kind="stable")]
