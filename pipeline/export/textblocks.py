"""The blocks of a page: lines that stand below each other and are of one kind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.export.placedwords import PlacedWord, placed_words
from pipeline.models import Box, Line, LineRole, Page
from pipeline.ocr.lines import around

# The space between two lines of one paragraph is less than a line, even at Nghị định 30/2020's widest setting of 1.5.
_WIDEST_GAP = 1.0  # heights of a line


@dataclass(frozen=True)
class PlacedLine:
    """A printed line with its words, from left to right; at least one."""

    words: tuple[PlacedWord, ...]

    @property
    def box(self) -> Box:
        """The rectangle around all words."""
        return around(word.box for word in self.words)


@dataclass(frozen=True)
class TextBlock:
    """Lines that belong together, in the order of the reading; `role` is what all of them are on the page."""

    role: LineRole
    lines: tuple[PlacedLine, ...]

    @property
    def box(self) -> Box:
        """The rectangle around all lines."""
        return around(line.box for line in self.lines)


def text_blocks(page: Page) -> Iterator[TextBlock]:
    """Yield the blocks of a page; lines without a place on it, as those of a text file, are left out."""
    block: list[tuple[Line, PlacedLine]] = []
    for line in page.lines:
        words = placed_words(line)
        if not words:
            continue
        placed = PlacedLine(tuple(words))
        if block and not (_is_more(line, block[-1][0]) and _follows(placed.box, block[-1][1].box)):
            yield _block(block)
            block = []
        block.append((line, placed))
    if block:
        yield _block(block)


def _block(lines: Sequence[tuple[Line, PlacedLine]]) -> TextBlock:
    return TextBlock(lines[0][0].role, tuple(placed for _, placed in lines))


def _is_more(line: Line, above: Line) -> bool:
    """Say whether a line is of one kind with the one above it; every footnote is a block of its own."""
    if line.role is LineRole.NOTE_MORE:
        return above.role in (LineRole.NOTE, LineRole.NOTE_MORE)
    return line.role is above.role and line.role is not LineRole.NOTE


def _follows(line: Box, above: Box) -> bool:
    """Say whether a line stands right below another one, or beside it in the same row."""
    height = max(line.y1 - line.y0, above.y1 - above.y0)
    return line.y1 > above.y0 and line.y0 - above.y1 <= _WIDEST_GAP * height
