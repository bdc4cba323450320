"""What a seen token may have been: a few forms of the lexicon for each, with the channel's score.

The tree of forms is walked along with the characters seen, in the case that the token shows; branches that cannot come
near the best reading any more are left.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from pipeline.language.lexicon import ANY, CAPITALS, MODES, TITLE, Lexicon, modes_shown
from pipeline.normalize._channel import Walk
from pipeline.normalize.channel import Channel
from pipeline.normalize.formtree import FormTree

Ints = npt.NDArray[np.int32]
Floats = npt.NDArray[np.float32]

Wanted = tuple[str, int, int]  # a token, how it may be capitalised, and how hard it is looked for

_CASE_WEIGHT = 0.35
_CASE_WEIGHT_AMONG_SMALL = 1.0
_CAPITALS_AMONG_SMALL = -2.0  # syllables in capitals stand in headings
_REMEMBERED = 200_000  # tokens whose candidates are kept, about 100 MB
_FIRST_ROWS = 4096
_FREQUENCY_GAIN = 0.7  # what a common word gains when there are more than are kept
_GUESSES, _GUESSES_AT_PARTS = 3, 1
_ROOTS = np.arange(MODES, dtype=np.int32)


@dataclass(frozen=True)
class Effort:
    """How far is looked: for `most` candidates of a token, none of them `behind` the best by more (nats)."""

    most: int = 14
    behind: float = 9.0


USUAL = Effort()
FURTHER = Effort(30, 10.0)
"""For words that a first look left open: a likely reading may look unlikely."""


@dataclass(frozen=True)
class Candidates:
    """For each token up to so many forms: ids (-1 for none) and log P(token | form) + prior of the case."""

    form: Ints
    score: Floats


class _Memory:
    """The candidates of the tokens met, one row each of two tables: what is asked for is cut out of them at once."""

    def __init__(self, most: int) -> None:
        self._row: dict[Wanted, int] = {}
        self._form = np.full((_FIRST_ROWS, most), -1, dtype=np.int32)
        self._score = np.zeros((_FIRST_ROWS, most), dtype=np.float32)

    def __len__(self) -> int:
        return len(self._row)

    def __contains__(self, key: Wanted) -> bool:
        return key in self._row

    def add(self, keys: Sequence[Wanted], form: Ints, score: Floats) -> None:
        """Take in the candidates of tokens that are not known yet; there may be fewer than there is room for."""
        first, last = len(self._row), len(self._row) + len(keys)
        if last > len(self._form):
            more = ((0, max(last, 2 * len(self._form)) - len(self._form)), (0, 0))
            self._form, self._score = np.pad(self._form, more, constant_values=-1), np.pad(self._score, more)
        self._form[first:last, : form.shape[1]], self._score[first:last, : form.shape[1]] = form, score
        self._row.update(zip(keys, range(first, last), strict=True))

    def of(self, keys: Sequence[Wanted]) -> Candidates:
        """Give the candidates of tokens that are known."""
        rows = [self._row[key] for key in keys]
        return Candidates(self._form[rows], self._score[rows])


class Proposer:
    """Proposes candidates for one channel."""

    def __init__(
        self, lexicon: Lexicon, channel: Channel, effort: Effort = USUAL, tree: FormTree | None = None
    ) -> None:
        """Prepare for a channel.

        Args:
            lexicon: The words.
            channel: How they are read.
            effort: How far is looked. Where the channel only loses marks candidates are all as likely, and many.
            tree: That of a proposer whose channel has the same chunks.
        """
        self.lexicon = lexicon
        self.channel = channel
        self._effort = effort
        self._known = _Memory(effort.most)
        self._elder: Proposer | None = None
        self._tree = tree or FormTree.of(lexicon.forms, channel)
        self._walk = Walk(
            self._tree,
            channel.table,
            channel.true_chunks[""],
            _CASE_WEIGHT * lexicon.case_prior,
            _FREQUENCY_GAIN * np.repeat(lexicon.frequency, MODES),
        )

    @cached_property
    def of_digits(self) -> Proposer:
        """Propose for words that were read as digits throughout."""
        return self.through(self.channel.in_digits())

    def through(self, channel: Channel) -> Proposer:
        """Propose for another channel that has the same chunks."""
        return Proposer(self.lexicon, channel, self._effort, self._tree)

    def adapted(self, channel: Channel, sure: Collection[str], is_far: bool) -> Proposer:
        """Propose for this channel as one document taught it; which digits letters are read as stays.

        The tokens that are `sure` keep their candidates, and so do parts of tokens, save where the reader `is_far` from
        the one that this channel was learned from: only the scores are new. For all others it is looked further.
        """
        proposer = Proposer(self.lexicon, channel, FURTHER, self._tree)
        proposer.of_digits = self.of_digits
        if not is_far:
            proposer._elder = self
            proposer._take_over([(token, modes_shown(token), _GUESSES) for token in sure])
        return proposer

    def _take_over(self, keys: Sequence[Wanted]) -> None:
        """Take what the elder knows of tokens, with scores of this channel."""
        known = [key for key in keys if key in self._elder._known] if self._elder else []
        if self._elder and known:
            among = self._elder._known.of(known).form
            self._known.add(known, among, self._walk.rescore(*self._cut(known), _ROOTS, among))

    def propose(self, tokens: Sequence[str]) -> Candidates:
        """Find the candidates of each token, in the case that it shows."""
        return self._found([(token, modes_shown(token)) for token in tokens])

    def propose_parts(self, tokens: Sequence[str]) -> Candidates:
        """Find candidates as `propose` does, but good ones only: for what may be a part of a word, or two words."""
        return self._found([(token, modes_shown(token)) for token in tokens], _GUESSES_AT_PARTS)

    def propose_capitals(self, tokens: Sequence[str]) -> Candidates:
        """Find the candidates of tokens that stand among capitals."""
        return self._found([(token, CAPITALS) for token in tokens])

    def propose_capitalised(self, tokens: Sequence[str]) -> Candidates:
        """Find the candidates of tokens that are words with one capital, whatever they show."""
        return self._found([(token, TITLE) for token in tokens])

    def _found(self, tokens: Sequence[tuple[str, int]], guesses: int = _GUESSES) -> Candidates:
        """Look the candidates of tokens in their ways to capitalise up, or walk for them."""
        wanted = [(token, mode, guesses) for token, mode in tokens]
        if guesses == _GUESSES_AT_PARTS:
            self._take_over(list(dict.fromkeys(key for key in wanted if key not in self._known)))
        new = list(dict.fromkeys(key for key in wanted if key not in self._known))
        if len(self._known) + len(new) > _REMEMBERED:
            self._known = _Memory(self._effort.most)
            new = list(dict.fromkeys(wanted))
        if new:
            effort = self._effort
            found = self._walk.candidates(*self._cut(new), _ROOTS, effort.most, effort.behind, guesses)
            self._known.add(new, *found)
        return self._known.of(wanted)

    def scores(self, tokens: Sequence[str], forms: Ints) -> Floats:
        """Return log P(token | form) + prior of the case for the forms of each token (-1 for none), in their order."""
        wanted = [(token, ANY, _GUESSES) for token in tokens]
        return self._walk.rescore(*self._cut(wanted), _ROOTS, forms)

    def case_gain(self, forms: Ints) -> Floats:
        """Return what the forms' usual way of capitals adds to their scores."""
        return np.asarray(_CASE_WEIGHT * self.lexicon.case_prior[forms], dtype=np.float32)

    def _cut(self, wanted: Sequence[Wanted]) -> tuple[Ints, Ints, npt.NDArray[np.uint8]]:
        """Cut tokens for a walk; returns their chunks, their lengths and how they may be capitalised."""
        seen = self.channel.cut_tokens([token for token, _, _ in wanted])
        return seen.chunk, seen.length, np.array([mode for _, mode, _ in wanted], dtype=np.uint8)

    def initially(self, form: Ints, score: Floats) -> Floats:
        """Give the scores that forms have at the beginning of a sentence, where any word may have a capital."""
        prior = self.lexicon.case_prior_initially[form] - self.lexicon.case_prior[form]
        return (score + _CASE_WEIGHT * prior).astype(np.float32)

    def among_small(self, form: Ints, score: Floats) -> Floats:
        """Give the scores that forms have where words in small letters stand around: there capitals must be usual."""
        usual = (_CASE_WEIGHT_AMONG_SMALL - _CASE_WEIGHT) * self.lexicon.case_prior[form]
        shouted = self.lexicon.is_capitals(form) & self.lexicon.is_syllable[self.lexicon.word_of(form)]
        return np.asarray(score + usual + _CAPITALS_AMONG_SMALL * shouted, dtype=np.float32)
