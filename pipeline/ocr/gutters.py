"""Pieces of printed lines, and the columns into which white gutters part them.

As in Camelot's and Tabula's "stream" detection, a column is where words of several lines stand over each other, and a
gutter is the white that they have in common. A gutter is measured against the size of the type, as img2table does, so
that the same rule holds for every page; only a whole piece that is a number tells of a column of numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import pairwise
from statistics import median

from pipeline.language.unicode import SUPERSCRIPTS
from pipeline.models import Box
from pipeline.ocr.lines import PlacedWord, PrintedLine, around

_NUMERAL = r"\d(?:[\d.,]*\d)?(?:\s\d{3})*"
_NUMBER = re.compile(
    rf"[≥>≤<~≈+-]?=?\s?\(?-?{_NUMERAL}\)?(?:\s?%)?(?:\s?[-–/]\s?{_NUMERAL}%?)?[{SUPERSCRIPTS}]*", re.ASCII
)
_NIL = re.compile(r"[-–—]")
# A year, a month, a code: digits that state no quantity.
_NO_QUANTITY = re.compile(r"(?:19|20)\d{2}|\d{1,2}/\d{4}|\d{7,}|0\d{2,}")
_SIGNS = frozenset("%-–—+")
_LEADER = re.compile(r"(?:[._·…]\s?){3,}|…")
# In sizes of the type, the usual height of a word's box: wider than nearly all blanks of justified prose.
_PIECE_GAP = 0.8
# A number may stand nearer to the longest row head.
_NUMBER_GAP = 0.5
_LEAST_GUTTER = 0.5
_NAME_GAP = 0.5  # between names in a header, where a gutter lies below
_STACKED = 0.5  # of a word's width
_LETTERS_OF_A_LONG_WORD = 3


@dataclass(frozen=True)
class Span:
    """What lies between two places across the page, in points."""

    x0: float
    x1: float

    @property
    def middle(self) -> float:
        """The place half way."""
        return (self.x0 + self.x1) / 2

    def meets(self, other: Span) -> bool:
        """Say whether the two have a place in common."""
        return self.x0 < other.x1 and other.x0 < self.x1


@dataclass(frozen=True)
class Piece:
    """Words of one printed line without a wide gap between them: what a cell says on that line."""

    words: tuple[PlacedWord, ...]

    @cached_property
    def text(self) -> str:
        """The words, one space apart."""
        return " ".join(word.text for word in self.words)

    @cached_property
    def span(self) -> Span:
        """From where to where the piece reaches."""
        return Span(min(word.box.x0 for word in self.words), max(word.box.x1 for word in self.words))

    @property
    def is_number(self) -> bool:
        """Whether the piece is a number and nothing else."""
        return _NUMBER.fullmatch(self.text) is not None

    @property
    def is_quantity(self) -> bool:
        """Whether the piece is a number that may count something: no year, month or code."""
        return self.is_number and not _NO_QUANTITY.fullmatch(self.text)

    @property
    def is_nil(self) -> bool:
        """Whether the piece says that there is nothing to count."""
        return _NIL.fullmatch(self.text) is not None


@dataclass(frozen=True)
class PieceLine:
    """A printed line with its number in the document and its pieces, from left to right."""

    number: int
    pieces: tuple[Piece, ...]
    has_leader: bool

    @cached_property
    def box(self) -> Box:
        """The rectangle around all pieces."""
        return around(word.box for piece in self.pieces for word in piece.words)

    @property
    def middle(self) -> float:
        """How far down the page the line stands."""
        return (self.box.y0 + self.box.y1) / 2

    @cached_property
    def foot(self) -> float:
        """How far down the page most words end: a letter that hangs below the line does not move it."""
        return median(word.box.y1 for piece in self.pieces for word in piece.words)

    @property
    def text(self) -> str:
        """The pieces, one space apart."""
        return " ".join(piece.text for piece in self.pieces)


def type_size(lines: Iterable[PrintedLine]) -> float:
    """Return the usual height of a word's box in points; 0 for a page without words."""
    boxes = [word.box for line in lines for word in line.words if len(word.raw) >= _LETTERS_OF_A_LONG_WORD]
    return median(box.y1 - box.y0 for box in boxes) if boxes else 0.0


def piece_line(number: int, line: PrintedLine, size: float) -> PieceLine:
    """Part a printed line at its wide gaps, and before a number that ends a piece at a narrower one."""
    level = [word for word in line.words if _says(word.text) and not _is_stacked(word, line)]
    words = sorted(level, key=lambda word: word.box.x0)
    pieces = [piece for run in _parted(words, _PIECE_GAP * size) for piece in _with_numbers_apart(run, size)]
    return PieceLine(number, tuple(pieces), any(_LEADER.search(word.text) for word in line.words))


def _says(text: str) -> bool:
    """Say whether a word is more than specks: what a reader makes of rulings and dirt has no letter and no digit."""
    return any(sign.isdigit() or sign.islower() or sign.isupper() or sign in _SIGNS for sign in text)


def _is_stacked(word: PlacedWord, line: PrintedLine) -> bool:
    """Say whether a word stands over or under others of its line: Tesseract reads narrow columns on their side."""
    box = word.box
    return any(
        min(box.x1, other.box.x1) - max(box.x0, other.box.x0) > _STACKED * (box.x1 - box.x0)
        and (other.box.y1 <= box.y0 or box.y1 <= other.box.y0)
        for other in line.words
    )


def _parted(words: Sequence[PlacedWord], gap: float) -> Iterator[tuple[PlacedWord, ...]]:
    run: list[PlacedWord] = []
    for word in words:
        if run and word.box.x0 - run[-1].box.x1 >= gap:
            yield tuple(run)
            run = []
        run.append(word)
    if run:
        yield tuple(run)


def _with_numbers_apart(words: tuple[PlacedWord, ...], size: float) -> list[Piece]:
    parts = [Piece(part) for part in _parted(words, _NUMBER_GAP * size)]
    tail = len(parts)
    while tail > 1 and parts[tail - 1].is_number:
        tail -= 1
    head = Piece(tuple(word for part in parts[:tail] for word in part.words))
    return [head, *parts[tail:]]


def parted_over(line: PieceLine, found: Sequence[Span], size: float) -> PieceLine:
    """Part a line's pieces at narrower gaps too, where these lie over the gutters between columns."""
    gutters = [Span(left.x1, right.x0) for left, right in pairwise(found)]
    pieces: list[Piece] = []
    for piece in line.pieces:
        words: list[PlacedWord] = []
        for word in piece.words:
            if words and _lies_over(Span(words[-1].box.x1, word.box.x0), gutters, _NAME_GAP * size):
                pieces.append(Piece(tuple(words)))
                words = []
            words.append(word)
        pieces.append(Piece(tuple(words)))
    return replace(line, pieces=tuple(pieces))


def _lies_over(gap: Span, gutters: Sequence[Span], least: float) -> bool:
    return gap.x1 - gap.x0 >= least and any(gap.meets(gutter) for gutter in gutters)


def columns(lines: Iterable[PieceLine], size: float) -> list[Span]:
    """Return the columns in which the pieces of all `lines` stand, from left to right."""
    spans = sorted((piece.span for line in lines for piece in line.pieces), key=lambda span: span.x0)
    found: list[Span] = []
    for span in spans:
        if found and span.x0 - found[-1].x1 < _LEAST_GUTTER * size:
            found[-1] = Span(found[-1].x0, max(found[-1].x1, span.x1))
        else:
            found.append(span)
    return found


def column_of(piece: Piece, found: Sequence[Span]) -> int:
    """Return the column in which a piece stands; of several, or none, the one whose middle is nearest."""
    met = [at for at, span in enumerate(found) if span.meets(piece.span)] or range(len(found))
    return min(met, key=lambda at: abs(found[at].middle - piece.span.middle))


def are_rows(lines: Sequence[PieceLine], found: Sequence[Span]) -> bool:
    """Say whether no line has two pieces in one column."""
    return all(len({column_of(piece, found) for piece in line.pieces}) == len(line.pieces) for line in lines)


def edges(found: Sequence[Span], outer: Span) -> tuple[float, ...]:
    """Return the middles of the gutters, and the outer edges."""
    return (outer.x0, *((left.x1 + right.x0) / 2 for left, right in pairwise(found)), outer.x1)
