"""Words at their places, and the printed lines that they make."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from pipeline.models import Box, Line, Word

_WITHIN = 0.9  # of a word's width that lies under the word before it


@dataclass(frozen=True)
class PlacedWord:
    """A word at its place on the page: `raw` as its characters stand, `text` in Unicode.

    `text` shows footnote marks as superscript digits, where `raw` has digits. `converted` is `raw` in Unicode where the
    word is in a legacy code. `second` is what a second reader made of it, None where none read it.
    """

    raw: str
    text: str
    box: Box
    confidence: float | None = None
    converted: str | None = None
    second: str | None = None

    def read_twice(self, second: str) -> PlacedWord:
        """Return the word with its second reading."""
        return replace(self, second=second)

    @property
    def letters(self) -> str:
        """The word in Unicode, footnote marks as plain digits."""
        return self.raw if self.converted is None else self.converted


@dataclass(frozen=True)
class PrintedLine:
    """The words of one printed line, from left to right."""

    words: tuple[PlacedWord, ...]

    @property
    def raw(self) -> str:
        """The words as they were read, one space apart."""
        return " ".join(word.raw for word in self.words)

    @property
    def text(self) -> str:
        """The words with their footnote marks as superscript digits, one space apart."""
        return " ".join(word.text for word in self.words)

    @property
    def letters(self) -> str:
        """The words in Unicode, footnote marks as plain digits, one space apart."""
        return " ".join(word.letters for word in self.words)

    @property
    def box(self) -> Box:
        """The rectangle around all words."""
        return around(word.box for word in self.words)

    def numbered(self, number: int) -> Line:
        """Make the record that the stages pass on."""
        words = tuple(
            Word(text=word.letters, box=word.box, confidence=word.confidence, second=word.second) for word in self.words
        )
        return Line(number=number, raw=self.raw, text=self.text, box=self.box, words=words)


def around(boxes: Iterable[Box]) -> Box:
    """Return the smallest box around all `boxes` (at least one)."""
    lefts, tops, rights, bottoms = zip(*((box.x0, box.y0, box.x1, box.y1) for box in boxes), strict=True)
    return Box(x0=min(lefts), y0=min(tops), x1=max(rights), y1=max(bottoms))


def is_read_again(word: PlacedWord, before: PlacedWord) -> bool:
    """Say whether a word is the end of the one before it, read once more: "3.718 8"."""
    inside = min(word.box.x1, before.box.x1) - max(word.box.x0, before.box.x0)
    return before.raw.endswith(word.raw) and inside >= _WITHIN * (word.box.x1 - word.box.x0)
