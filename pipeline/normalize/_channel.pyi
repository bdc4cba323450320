"""The inner loops of the channel (compiled)."""

import numpy as np
import numpy.typing as npt

from pipeline.normalize.formtree import FormTree

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int32]
Longs = npt.NDArray[np.int64]

class Walk:
    """A walk through a tree of forms along with the readings of tokens.

    `table` is the channel's, `speck` the row of the empty true chunk, `prior[f]` what is added to the score of the form
    f, and `gain[f]` what is added when forms are ranked, but not to their score.
    """

    def __init__(self, tree: FormTree, table: Floats, speck: int, prior: Floats, gain: Floats) -> None: ...
    def candidates(
        self,
        seen: Ints,
        lengths: Ints,
        modes: npt.NDArray[np.uint8],
        roots: Ints,
        most: int,
        behind: float,
        guesses: int,
    ) -> tuple[Ints, Floats]:
        """Return the `most` best forms of each token, -1 for none, and their scores, -inf for none.

        `seen` and `lengths` are the tokens' `Cuttings`; bit m of `modes[t]` says that the tree at `roots[m]` fits the
        token t. Forms whose score is more than `behind` below the best are left out. A good reading is hoped for first,
        then a worse one and a poor one (1 to 3 `guesses`, at -1.5, -6 and -14): forms that are more than `behind` below
        the last are not found.
        """

    def rescore(self, seen: Ints, lengths: Ints, modes: npt.NDArray[np.uint8], roots: Ints, among: Ints) -> Floats:
        """Return the scores of the forms `among[t]` (-1 for none) of each token, in their order.

        Forms that the token cannot be, or whose tree does not fit it, have -60.
        """

def align(
    table: Floats,
    true: Ints,
    letters: Ints,
    seen: Ints,
    characters: Ints,
    word: Longs,
    token: Longs,
    weight: Floats,
) -> tuple[Floats, Floats]:
    """Cut each pair (word[k], token[k]) in the best way; see `Channel.align`."""
