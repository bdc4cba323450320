"""Words with boxes to printed lines: what stands side by side on the paper is one line, whatever drew it first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.models import Box, Line, Word

# Of the lower of two words; neighbouring lines overlap by the reach of marks and descenders, not by half.
_SAME_LINE_OVERLAP = 0.5


@dataclass(frozen=True)
class PlacedWord:
    """A word at its place on the page. `text` shows footnote marks as superscript digits, where `raw` has digits."""

    raw: str
    text: str
    box: Box
    confidence: float | None = None


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
    def box(self) -> Box:
        """The rectangle around all words."""
        return around(word.box for word in self.words)

    def numbered(self, number: int) -> Line:
        """Make the record that the stages pass on."""
        words = tuple(Word(text=word.raw, box=word.box, confidence=word.confidence) for word in self.words)
        return Line(number=number, raw=self.raw, text=self.text, box=self.box, words=words)


def around(boxes: Iterable[Box]) -> Box:
    """Return the smallest box around all `boxes` (at least one)."""
    every = list(boxes)
    return Box(
        x0=min(box.x0 for box in every),
        y0=min(box.y0 for box in every),
        x1=max(box.x1 for box in every),
        y1=max(box.y1 for box in every),
    )


def in_lines(words: Sequence[PlacedWord]) -> list[PrintedLine]:
    """Put words into printed lines, top to bottom, each from left to right.

    The two columns of a letterhead (quốc hiệu beside the issuing body) and the cells of a table row come out as one
    line, as a reader's eye takes them. A raised footnote mark joins the line that it overlaps.
    """
    rows: list[_Row] = []
    for word in sorted(words, key=lambda word: word.box.y0 + word.box.y1):
        row = max(rows[-4:], key=lambda row: row.overlap(word.box), default=None)
        if row is None or row.overlap(word.box) < _SAME_LINE_OVERLAP:
            row = _Row(word.box)
            rows.append(row)
        row.add(word)
    rows.sort(key=lambda row: row.reference.y0 + row.reference.y1)
    return [PrintedLine(tuple(sorted(row.words, key=lambda word: word.box.x0))) for row in rows]


class _Row:
    """A line in the making; its tallest word is the reference, so that a mark or a comma cannot pull it askew."""

    def __init__(self, reference: Box) -> None:
        self.reference = reference
        self.words: list[PlacedWord] = []

    def add(self, word: PlacedWord) -> None:
        self.words.append(word)
        if word.box.y1 - word.box.y0 > self.reference.y1 - self.reference.y0:
            self.reference = word.box

    def overlap(self, box: Box) -> float:
        """Return the shared height as a share of the lower of the two."""
        shared = min(self.reference.y1, box.y1) - max(self.reference.y0, box.y0)
        lower = min(self.reference.y1 - self.reference.y0, box.y1 - box.y0)
        return shared / lower if lower > 0 else 0.0
