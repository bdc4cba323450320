"""Cells of a scanned table whose words are missing or poor, read once more, each line of each cell cut out by itself.

Tesseract looks for lines of words across a page. A lone digit in a narrow cell is often not found, digits of
neighbouring cells are read as one numeral, rulings as letters ("3 | 3" as "3.13"), and the wrapped names of columns run
into each other. Cut out along its rulings, and without them, a cell is easy to read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import median

import numpy as np

from pipeline.models import Box
from pipeline.ocr.cell_ink import ink_lines
from pipeline.ocr.lines import PlacedWord, PrintedLine
from pipeline.ocr.pictured_rulings import ink_of
from pipeline.ocr.recognition import PageImage
from pipeline.ocr.secondreader import Answer, Pixels, RunReader
from pipeline.ocr.tables import Grid, Rectangle, holds

_NUMERAL = re.compile(r"[-+]?\d+(?:[.,]\d+)*%?")
_LIKE_TT = re.compile(r"1{2}")
_HAS_DIGIT = re.compile(r"\d")
_SAYS = re.compile(r"\w")
_EDGE = "\"'“”‘’.,;:!?()[]{}<>…–—-/*•+|_=~"
# A word that was read less surely is asked about; so is one that reaches into the next cell by more than that share
# of its height.
_POOR = 0.9
_REACHES = 0.35
# An answer as sure as this is taken. Of 322 numerals of 26 scanned tables taken so, one was wrong.
_SURE = 0.9
# Words read less surely than this are as good as not read.
_NOTHING_SEEN = 0.5
_ALONE = 0.9
_AGREED = 0.98
_DISPUTED = 0.5
_LOWEST = 0.4  # of the usual height of words: less is dirt
_WIDEST = 15.0  # heights of a line; longer lines are left to the language
_AROUND = 3  # pixels


@dataclass(frozen=True)
class _PoorCell:
    """A cell to be read again: where its lines of ink are, and the words that were read there."""

    lines: tuple[Box, ...]
    words: tuple[PlacedWord, ...]
    is_shared: bool  # one of the words stands in two cells
    is_high: bool  # it is in the table's first row

    def words_like(self, answer: Answer) -> list[PlacedWord]:
        """Return the words that say what the answer says."""
        said = answer.text.strip(_EDGE)
        return [word for word in self.words if said and word.raw.strip(_EDGE) == said]


def with_poor_cells_read_again(
    reader: RunReader, page: PageImage, grids: Sequence[Grid], lines: Sequence[PrintedLine]
) -> list[PrintedLine]:
    """Return the lines of a page with its poor cells read again; what was sure stays.

    Args:
        reader: What reads the cells.
        page: The page as it lies straight, without its rulings.
        grids: The cells of its tables, in points.
        lines: Its lines; boxes in points of the straight page.
    """
    ink = ink_of(np.asarray(page.image))
    words = [word for line in lines for word in line.words]
    poor = [cell for grid in grids for cell in _poor_cells(grid, words, ink, page)]
    answers = iter(reader.read([_crop(page, box) for cell in poor for box in cell.lines]) if poor else [])
    asked = [(cell, [next(answers) for _ in cell.lines]) for cell in poor]
    borne_out = {word for cell, answer in asked for word in cell.words_like(answer[0])}
    read = list(lines)
    for cell, answer in asked:
        if not cell.is_shared or borne_out.isdisjoint(cell.words):
            read = _with(read, _taken(cell, answer), cell.words)
    return read


def _poor_cells(grid: Grid, words: Sequence[PlacedWord], ink: Pixels, page: PageImage) -> Iterator[_PoorCell]:
    left, top = min(cell[0] for cell in grid.cells), min(cell[1] for cell in grid.cells)
    right, bottom = max(cell[2] for cell in grid.cells), max(cell[3] for cell in grid.cells)
    inside = [word for word in words if holds((left, top, right, bottom), word)]
    if not inside:
        return
    usual = median(word.box.y1 - word.box.y0 for word in inside)
    # Cells of a row are as high: what stands beside them is looked for once, not for every cell among all words.
    beside = {
        row: [word for word in inside if _is_level_with(*row, word)] for row in {cell[1::2] for cell in grid.cells}
    }
    for cell in grid.cells:
        level = beside[cell[1::2]]
        there = tuple(word for word in level if holds(cell, word) or _reaches_into(cell, word))
        is_shared = any(not holds(cell, word) or _reaches_out_of(cell, word) for word in there)
        if is_shared or _is_poor(there):
            lines = ink_lines(cell, ink, page, usual)
            are_legible = all(_LOWEST * usual <= _height(line) and _width(line) <= _WIDEST * usual for line in lines)
            if lines and are_legible:
                yield _PoorCell(lines, there, is_shared, is_high=cell[1] < top + usual)


def _is_poor(words: Sequence[PlacedWord]) -> bool:
    """Say whether a cell was read as nothing, unsurely, or as a numeral with something beside it."""
    read = " ".join(word.raw for word in words)
    is_odd = bool(_HAS_DIGIT.search(read)) and not _NUMERAL.fullmatch(read)
    return is_odd or min((word.confidence or 0.0 for word in words), default=0.0) < _POOR


def _is_level_with(high: float, low: float, word: PlacedWord) -> bool:
    return high <= (word.box.y0 + word.box.y1) / 2 < low


def _reaches_into(cell: Rectangle, word: PlacedWord) -> bool:
    """Say whether a word of a neighbouring cell of the row stands in this one too."""
    shared = min(cell[2], word.box.x1) - max(cell[0], word.box.x0)
    return shared > _REACHES * _height(word.box)


def _reaches_out_of(cell: Rectangle, word: PlacedWord) -> bool:
    beyond = max(cell[0] - word.box.x0, word.box.x1 - cell[2])
    return beyond > _REACHES * _height(word.box)


def _height(box: Box) -> float:
    return box.y1 - box.y0


def _width(box: Box) -> float:
    return box.x1 - box.x0


def _crop(page: PageImage, box: Box) -> Pixels:
    pixels = np.asarray(page.image)
    left, top = max(0, round(box.x0 * page.scale) - _AROUND), max(0, round(box.y0 * page.scale) - _AROUND)
    return pixels[top : round(box.y1 * page.scale) + _AROUND, left : round(box.x1 * page.scale) + _AROUND]


def _taken(cell: _PoorCell, answers: Sequence[Answer]) -> list[PrintedLine]:
    """Return what a cell holds after it was read again; nothing where the words that were read before stay."""
    if len(answers) == 1 and _NUMERAL.fullmatch(answers[0].text):
        return _taken_numeral(cell, answers[0])
    return _taken_text(cell, answers)


def _taken_numeral(cell: _PoorCell, answer: Answer) -> list[PrintedLine]:
    """Return the numeral that a cell of one line holds; nothing where the answer is not sure."""
    if cell.words_like(answer) and not cell.is_shared:
        return _placed(cell, [answer], _AGREED)
    if answer.confidence < _SURE:
        return _placed(cell, [answer], _DISPUTED) if cell.is_shared else []
    if any(word.second and word.second.isalpha() for word in cell.words):
        return []  # the reader itself saw letters, in the cell with its rulings: "TT" is like "11"
    if cell.is_high and _LIKE_TT.fullmatch(answer.text):
        return []  # names of columns stand there
    was_seen = max((word.confidence or 0.0 for word in cell.words), default=0.0) >= _NOTHING_SEEN
    return _placed(cell, [answer], _DISPUTED if was_seen and not cell.is_shared else _ALONE)


def _taken_text(cell: _PoorCell, answers: Sequence[Answer]) -> list[PrintedLine]:
    """Return the words that a cell holds where next to nothing of it was read before."""
    are_sure = all(_SAYS.search(answer.text) and answer.confidence >= _SURE for answer in answers)
    if cell.is_shared and len(answers) == 1 and _SAYS.search(answers[0].text):
        return _placed(cell, answers, _ALONE if are_sure else _DISPUTED)
    was_read = min((word.confidence or 0.0 for word in cell.words), default=0.0) >= _NOTHING_SEEN
    return _placed(cell, answers, _ALONE) if are_sure and not was_read else []


def _placed(cell: _PoorCell, answers: Sequence[Answer], confidence: float) -> list[PrintedLine]:
    """Put the words of each answer where its line of ink is, each as wide as it is long."""
    before = " ".join(word.raw for word in cell.words) if confidence == _DISPUTED else ""
    saw_alone = confidence == _ALONE
    placed = []
    for box, answer in zip(cell.lines, answers, strict=True):
        letter = _width(box) / len(answer.text)
        words = [
            PlacedWord(
                match.group(),
                match.group(),
                Box(x0=box.x0 + match.start() * letter, y0=box.y0, x1=box.x0 + match.end() * letter, y1=box.y1),
                confidence,
                second=None if saw_alone else before or match.group(),
            )
            for match in re.finditer(r"\S+", answer.text)
        ]
        placed.append(PrintedLine(tuple(words)))
    return placed


def _with(
    lines: Sequence[PrintedLine], taken: Sequence[PrintedLine], instead: Sequence[PlacedWord]
) -> list[PrintedLine]:
    """Put what was read in a cell in the place of words: each line of the cell into another one of the page."""
    if not taken:
        return list(lines)
    changed = [PrintedLine(tuple(word for word in line.words if word not in instead)) for line in lines]
    changed = [line for line in changed if line.words]
    below = 0
    for line in taken:
        below = _put(changed, line, below) + 1
    return changed


def _put(lines: list[PrintedLine], line: PrintedLine, first: int) -> int:
    """Put words into the nearest line beside them, `first` or a later one, else into a new one; returns which it is."""
    word = line.words[0]
    at = min(
        (at for at in range(first, len(lines)) if any(_is_beside(other, word) for other in lines[at].words)),
        key=lambda at: min(abs(other.box.x0 - word.box.x0) for other in lines[at].words),
        default=None,
    )
    if at is None:
        above = sum(other.box.y0 + other.box.y1 < word.box.y0 + word.box.y1 for other in lines)
        lines.insert(max(first, above), line)
        return max(first, above)
    words = lines[at].words
    after = sum(other.box.x0 < word.box.x0 for other in words)
    lines[at] = PrintedLine((*words[:after], *line.words, *words[after:]))
    return at


def _is_beside(one: PlacedWord, other: PlacedWord) -> bool:
    """Say whether two words share half of the height of the lower one."""
    shared = min(one.box.y1, other.box.y1) - max(one.box.y0, other.box.y0)
    return 2 * shared >= min(_height(one.box), _height(other.box))
