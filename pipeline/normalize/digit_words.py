"""Digits written out ("ba trăm sáu mươi tám tỷ"): which digit it is, no context tells.

A language model holds "mươi lăm" for likelier than "mươi tám", for amounts are that more often. What this amount is
tell the letters only, as with numerals.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from pipeline.normalize.decoder import Decoded
from pipeline.normalize.lattice import KEEP, Lattice
from pipeline.normalize.pieces import Spot
from pipeline.normalize.wide_context import Stream, Weighed

_TENS = "mươi"
_SCALES = (_TENS, "trăm", "nghìn", "ngàn", "triệu", "tỷ", "linh", "lẻ")
_DIGITS = ("hai", "ba", "bốn", "sáu", "bảy", "tám", "chín")
_BEHIND_TENS = (*_DIGITS, "mốt", "tư", "lăm", "nhăm")
_ELSEWHERE = (*_DIGITS, "một", "năm")


class DigitWords:
    """Reads digits beside the other words of a number; `ids` are those of the language models."""

    def __init__(self, ids: Mapping[str, int]) -> None:
        self._tens = ids[_TENS]
        self._scales = _numbers(ids, _SCALES)
        self._behind_tens, self._elsewhere = _numbers(ids, _BEHIND_TENS), _numbers(ids, _ELSEWHERE)
        self._any = list(self._behind_tens | self._elsewhere)

    def as_seen(self, lattice: Lattice, decoded: Decoded, stream: Stream, settled: Collection[Spot] = ()) -> Weighed:
        """Choose among the digits that a word may be the one that it looks most like.

        Args:
            lattice: The readings.
            decoded: How likely each is so far.
            stream: The document's words; those that change are put right in it.
            settled: Spots that were decided elsewhere.
        """
        chosen, posterior = decoded.chosen.copy(), decoded.posterior.copy()
        alone = lattice.whole & (lattice.first == lattice.last) & (lattice.form != KEEP)
        told: list[npt.NDArray[np.intp]] = [np.zeros(0, dtype=np.intp)]
        arcs = np.flatnonzero(alone & decoded.chosen)
        for arc in arcs[np.isin(lattice.arcs.word[arcs], self._any)]:
            spot = lattice.spots[lattice.first[arc]]
            digits = self._digits(int(lattice.arcs.word[arc]), spot, stream)
            if not digits or spot in settled:
                continue
            among = np.flatnonzero(alone & (lattice.first == lattice.first[arc]))
            among = among[np.isin(lattice.arcs.word[among], list(digits))]
            share = np.exp(lattice.arcs.score[among] - lattice.arcs.score[among].max())
            posterior[among] = posterior[among].sum() * share / share.sum()
            best = among[int(share.argmax())]
            chosen[among] = among == best
            stream.put([spot], lattice.arcs.word[[best]].astype(np.int64))
            told.append(among)
        return Weighed(replace(decoded, chosen=chosen, posterior=posterior), np.concatenate(told))

    def _digits(self, word: int, spot: Spot, stream: Stream) -> frozenset[int]:
        """Return the digits of which a word is one, none where no other word of a number is beside it."""
        before, behind = stream.beside(spot)
        digits = self._behind_tens if before == self._tens else self._elsewhere
        return digits if word in digits and not self._scales.isdisjoint((before, behind)) else frozenset()


def _numbers(ids: Mapping[str, int], words: Collection[str]) -> frozenset[int]:
    return frozenset(ids[word] for word in words)
