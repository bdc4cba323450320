"""The readings of a text with doubtful words: as it was decoded, and with a doubtful word read otherwise.

The other readings are indexed beside the text as windows: a doubtful word read otherwise, between the words around it.
Neighbouring doubtful words may both be read otherwise.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import combinations

from pipeline.archive import terms
from pipeline.archive.matching import OPEN, Words
from pipeline.archive.terms import Form, Span, Term
from pipeline.models import Doubt

REACH = 5  # words before and after: a phrase of six words is found wherever its doubtful word stands in it
_MOST_OTHERS = 3  # readings of one word; those after them are less likely than a word that was not thought of
_NEIGHBOURS = 2  # doubtful words behind one that are read otherwise together with it


@dataclass(frozen=True)
class Alternative:
    """Other words in the place of the terms [first, end) of a text; `span` is the doubtful word in it."""

    first: int
    end: int
    words: tuple[str, ...]
    span: Span


@dataclass(frozen=True)
class _Step:
    """A word, the place behind it, and the characters [start, end) of the text that it stands for."""

    word: str
    to: int
    start: int
    end: int


class Readings:
    """A text's terms, and the words that may stand in the place of some of them."""

    def __init__(self, text: str, doubts: Sequence[Doubt], form: Form) -> None:
        """Split a text into terms.

        Args:
            text: The text as decoded.
            doubts: Its doubtful words.
            form: `terms.exact` or `terms.folded`; readings that are the same in this form are one.
        """
        self._terms = terms.terms_in(text, form)
        self._alternatives = [list(_alternatives(text, self._terms, doubt, form)) for doubt in doubts]

    def windows(self) -> list[Words]:
        """Return the other readings, each with the words around it; nothing where there are none."""
        return list(dict.fromkeys(tuple(self._window(chosen)) for chosen in self._choices()))

    def occurrences(self, words: Sequence[str]) -> list[Span]:
        """Find where words stand one after the other in any reading, as characters of the text that was decoded.

        No words stand nowhere.
        """
        if not words:
            return []
        steps = self._steps
        found: list[Span] = []
        for start, place in self._starts:
            if not found or start >= found[-1].end:
                ends = (_end(steps, step, words) for step in steps[place] if step.start == start)
                found += [Span(start=start, end=end) for end in ends if end is not None][:1]
        return found

    def places(self, words: Sequence[str]) -> list[tuple[int, int]]:
        """Find where words stand one after the other in any reading, as numbers [first, end) of the text's terms."""
        starts = [term.start for term in self._terms]
        spans = self.occurrences(words)
        return [(bisect_right(starts, span.start) - 1, bisect_left(starts, span.end)) for span in spans]

    def _choices(self) -> Iterator[tuple[Alternative, ...]]:
        """Yield what is read otherwise at once: each reading alone, and the best ones of neighbours together."""
        doubtful = sorted((a for a in self._alternatives if a), key=lambda alternatives: alternatives[0].first)
        for number, alternatives in enumerate(doubtful):
            yield from ((alternative,) for alternative in alternatives)
            best = alternatives[0]
            near = [a[0] for a in doubtful[number + 1 : number + 1 + _NEIGHBOURS] if best.end <= a[0].first]
            near = [a for a in near if a.first - best.end < REACH]
            for size in range(1, len(near) + 1):
                yield from ((best, *others) for others in combinations(near, size))

    def _window(self, chosen: Sequence[Alternative]) -> list[str]:
        position = max(0, chosen[0].first - REACH)
        words: list[str] = []
        for alternative in chosen:
            words += [term.word for term in self._terms[position : alternative.first]]
            words += alternative.words
            position = alternative.end
        return words + [term.word for term in self._terms[position : position + REACH]]

    @cached_property
    def _starts(self) -> list[tuple[int, int]]:
        """The characters at which words begin, in order, each with the place before the word."""
        return sorted({(step.start, place) for place, behind in self._steps.items() for step in behind})

    @cached_property
    def _steps(self) -> dict[int, list[_Step]]:
        """Return the words that may come next at each place: before each term, or inside a long alternative."""
        steps: dict[int, list[_Step]] = defaultdict(list)
        for number, term in enumerate(self._terms):
            steps[number].append(_Step(term.word, number + 1, term.start, term.end))
        inside = len(self._terms) + 1
        for alternative in (a for alternatives in self._alternatives for a in alternatives):
            places = [alternative.first, *range(inside, inside + len(alternative.words) - 1), alternative.end]
            inside += len(alternative.words)
            for word, place, to in zip(alternative.words, places, places[1:], strict=False):
                steps[place].append(_Step(word, to, alternative.span.start, alternative.span.end))
        return dict(steps)


def _alternatives(text: str, found: Sequence[Term], doubt: Doubt, form: Form) -> Iterator[Alternative]:
    first = bisect_right(found, doubt.start, key=lambda term: term.end)
    end = bisect_left(found, doubt.end, key=lambda term: term.start)
    # Where only a part of a word is doubtful the rest of it belongs to every reading.
    start = min([doubt.start, *(term.start for term in found[first:end])])
    stop = max([doubt.end, *(term.end for term in found[first:end])])
    known = {tuple(term.word for term in found[first:end])}
    for other in doubt.others[:_MOST_OTHERS]:
        words = terms.words(form(text[start : doubt.start] + other + text[doubt.end : stop]))
        if words and words not in known:
            known.add(words)
            yield Alternative(first, end, words, Span(start=doubt.start, end=doubt.end))


def _end(steps: dict[int, list[_Step]], step: _Step, words: Sequence[str]) -> int | None:
    """Return where words end that begin with a step; None where they do not stand there."""
    asked = words[0]
    if step.word != asked and not (asked.endswith(OPEN) and step.word.startswith(asked.removesuffix(OPEN))):
        return None
    if len(words) == 1:
        return step.end
    ends = (_end(steps, behind, words[1:]) for behind in steps.get(step.to, ()))
    return next((end for end in ends if end is not None), None)
