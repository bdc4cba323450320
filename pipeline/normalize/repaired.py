"""Lines as they were repaired, word by word: how sure each word is, and what else it may be."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

_WORD = re.compile(r"\S+")


@dataclass(frozen=True)
class Span:
    """A repaired word at [start, end) of its line: its probability (0 to 1), and other readings with theirs.

    `was_digits` says that it was read as a numeral ("13" for "là").
    """

    start: int
    end: int
    confidence: float
    others: tuple[tuple[str, float], ...] = ()
    was_digits: bool = False


@dataclass(frozen=True)
class RepairedLine:
    """A line of Vietnamese and its repaired words, in order; none where the line was left as it was."""

    text: str
    words: tuple[Span, ...] = ()

    def with_text(self, text: str) -> RepairedLine:
        """Give the line another text of the same length, in which single characters were set otherwise.

        Raises:
            ValueError: The length is another one: the words would not stand where they should.
        """
        if len(text) != len(self.text):
            raise ValueError("the text must keep its length")
        return replace(self, text=text)

    @property
    def confidences(self) -> tuple[float, ...]:
        """How sure each word of `text.split()` is; what was not decoded (numerals, signs) was kept and counts as 1."""
        if not self.words:
            return ()
        return tuple(
            min((w.confidence for w in self.words if w.start < match.end() and w.end > match.start()), default=1.0)
            for match in _WORD.finditer(self.text)
        )
