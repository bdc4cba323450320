"""The forms of all words as a tree of letters, along which candidates for a token are found."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pipeline.language.lexicon import MODES
from pipeline.normalize.channel import Channel

Ints = npt.NDArray[np.int32]


@dataclass(frozen=True)
class FormTree:
    """Nodes in the order of their depth: the children of n stand at [child[n], child[n + 1]).

    The first nodes are the roots, one for each way to capitalise a word. `single[n]` is the channel's id of the node's
    letter, `double[n]` that of its parent's letter and its own; `form[n]` is the form that ends here, -1 for none.
    """

    child: Ints
    single: Ints
    double: Ints
    form: Ints

    @property
    def parent(self) -> Ints:
        """The node above each node, -1 above the roots."""
        size = np.diff(self.child)
        roots = np.full(len(self.form) - int(size.sum()), -1)
        return np.concatenate([roots, np.repeat(np.arange(len(size)), size)]).astype(np.int32)

    @property
    def leaf(self) -> Ints:
        """The node at which each form ends, -1 for forms that are not in the tree."""
        nodes = np.flatnonzero(self.form >= 0)
        leaf = np.full(int(self.form.max(initial=-1)) + 1, -1, dtype=np.int32)
        leaf[self.form[nodes]] = nodes
        return leaf

    @classmethod
    def of(cls, forms: Sequence[str], channel: Channel) -> FormTree:
        """Build the tree; the way in which form f is capitalised is f modulo `MODES`, empty forms are left out."""
        numbers = np.array([n for n, form in enumerate(forms) if form], dtype=np.int32)
        letters = np.array([forms[n] for n in numbers]).view(np.uint32).reshape(len(numbers), -1)
        rows = np.column_stack([numbers % MODES + 1, letters]).astype(np.uint32)
        order = np.lexsort(rows.T[::-1])
        return _built(rows[order], numbers[order], channel)


def _built(rows: npt.NDArray[np.uint32], numbers: Ints, channel: Channel) -> FormTree:
    """Lay out the tree of sorted rows of letters; the first column is the root, 0 stands behind the last letter."""
    before = np.vstack([np.zeros_like(rows[:1]), rows[:-1]])
    is_new = np.logical_or.accumulate(rows != before, axis=1) & (rows != 0)
    width = rows.shape[1]
    node = np.cumsum(is_new, axis=0, dtype=np.int32) - 1
    sizes = node[-1] + 1
    node += np.concatenate([[0], np.cumsum(sizes)[:-1]]).astype(np.int32)
    count = int(sizes.sum())
    children = np.zeros(count, dtype=np.int32)
    single, double = np.zeros(count, dtype=np.int32), np.zeros(count, dtype=np.int32)
    form = np.full(count, -1, dtype=np.int32)
    length = (rows != 0).sum(axis=1)
    form[node[np.arange(len(rows)), length - 1]] = numbers
    for depth in range(1, width):
        first = is_new[:, depth]
        np.add.at(children, node[first, depth - 1], 1)
        here = node[first, depth]
        pairs = np.char.add(_letters(rows[first, depth - 1]), _letters(rows[first, depth]))
        single[here] = [channel.true_chunks.get(letter, 0) for letter in _letters(rows[first, depth])]
        double[here] = [channel.true_chunks.get(pair, 0) for pair in pairs] if depth > 1 else 0
    child = np.concatenate([[sizes[0]], sizes[0] + np.cumsum(children)]).astype(np.int32)
    return FormTree(child, single, double, form)


def _letters(codes: npt.NDArray[np.uint32]) -> npt.NDArray[np.str_]:
    return np.ascontiguousarray(codes).view("U1")
