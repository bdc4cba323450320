"""N-gram counts of one text and the probabilities that follow from them: interpolated modified Kneser-Ney.

After Chen and Goodman, An empirical study of smoothing techniques for language modeling (1999). N-grams are held as
integers, `((a * size + b) * size + c) ...`, sorted. A sentence's context never reaches over the `END` before it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

ORDER = 4
END_ID = 0
Ids = npt.NDArray[np.int64]
Weights = npt.NDArray[np.float64]


@dataclass(frozen=True)
class _Order:
    """N-grams of one order with their discounted counts, and for each history its total and the share set free."""

    grams: Ids
    discounted: Weights
    histories: Ids
    total: Weights
    freed: Weights


@dataclass(frozen=True)
class Counted:
    """N-grams of one order (sorted) and how often each stands in the text."""

    grams: Ids
    times: Ids


def count(text: Ids, order: int, size: int) -> Counted:
    """Count the n-grams of a text; those that hold the end of a sentence anywhere but at an edge are left out."""
    places = len(text) - order + 1
    key = np.zeros(places, dtype=np.int64)
    whole = np.ones(places, dtype=bool)
    for place in range(order):
        word = text[place : place + places]
        key = key * size + word
        if 0 < place < order - 1:
            whole &= word != END_ID
    if order > 1:
        whole &= (text[:places] != END_ID) | (text[order - 1 :] != END_ID)
    return Counted(*np.unique(key[whole], return_counts=True))


class KneserNey:
    """The probabilities of one text's words, `size` words in all."""

    def __init__(self, text: Ids, size: int) -> None:
        self.size = size
        self.counts = [count(text, order, size) for order in range(1, ORDER + 1)]
        self.words = len(text)
        self._orders = [self._order(number) for number in range(1, ORDER + 1)]

    def _order(self, order: int) -> _Order:
        counted = self.counts[order - 1]
        times = counted.times if order == ORDER else self._continuations(order)
        grams, times = counted.grams[times > 0], times[times > 0]
        discount = _discounts(times)[np.minimum(times, 3)]
        histories, first = np.unique(grams // self.size, return_index=True)
        total = np.add.reduceat(times, first).astype(np.float64)
        return _Order(grams, times - discount, histories, total, np.add.reduceat(discount, first) / total)

    def _continuations(self, order: int) -> Ids:
        """Count the different words that stand before each n-gram; nothing stands before the start of a sentence."""
        counted = self.counts[order - 1]
        suffixes, kinds = np.unique(self.counts[order].grams % self.size**order, return_counts=True)
        times = np.zeros(len(counted.grams), dtype=np.int64)
        times[np.searchsorted(counted.grams, suffixes)] = kinds
        if order > 1:
            starts = counted.grams // self.size ** (order - 1) == END_ID
            times[starts] = counted.times[starts]
        return times

    def probability(self, grams: Ids, order: int) -> Weights:
        """P(last word | the words before it) of n-grams of `order` words."""
        answer = np.full(len(grams), 1 / self.size)
        for length in range(1, order + 1):
            level = self._orders[length - 1]
            gram = grams % self.size**length
            history, is_known = _find(level.histories, gram // self.size)
            place, is_seen = _find(level.grams, gram)
            own = np.where(is_seen, level.discounted[place], 0) / level.total[history]
            answer = np.where(is_known, own + level.freed[history] * answer, answer)
        return answer

    def frequency(self, grams: Ids, order: int) -> Weights:
        """How often the n-grams stand in the text, as a share of its words."""
        counted = self.counts[order - 1]
        place, is_seen = _find(counted.grams, grams)
        return np.where(is_seen, counted.times[place], 0) / self.words


def _discounts(times: Ids) -> Weights:
    """Discounts of n-grams seen 0, 1, 2, 3 or more times (Chen and Goodman 1999, equation 17)."""
    kinds = [int((times == n).sum()) + 1 for n in (1, 2, 3, 4)]
    free = kinds[0] / (kinds[0] + 2 * kinds[1])
    discounts = [n - (n + 1) * free * kinds[n] / kinds[n - 1] for n in (1, 2, 3)]
    return np.clip([0.0, *discounts], [0, 0.1, 0.2, 0.3], [0, 1, 2, 3])


def _find(sorted_keys: Ids, wanted: Ids) -> tuple[Ids, npt.NDArray[np.bool_]]:
    place = np.searchsorted(sorted_keys, wanted)
    place[place == len(sorted_keys)] = 0
    return place, sorted_keys[place] == wanted
