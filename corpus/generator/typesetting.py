"""A paragraph to lines: inline markup, line breaking, justification. Widths are points."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from corpus.generator.blocks import Align, Paragraph
from corpus.generator.fonts import Face, Family, width
from pipeline.language.unicode import raised

INLINE = re.compile(r"(\\\*|\*\*|\*|\^\d+\^)")
RAISED_SIZE = 0.62
RAISED_BY = 0.36


@dataclass(frozen=True)
class Piece:
    """Letters in one face; `raised` letters are a footnote's mark."""

    text: str
    face: Face
    raised: bool = False

    def size(self, base: float) -> float:
        """The size to set it in, where the text around it has size `base`."""
        return base * RAISED_SIZE if self.raised else base


Token = tuple[Piece, ...]


@dataclass(frozen=True)
class SetPiece:
    """A piece with the place of its left end on the line, from the left edge of the column.

    `closes` says that its word ends with it.
    """

    piece: Piece
    x: float
    closes: bool


@dataclass(frozen=True)
class SetLine:
    """A finished line: what it reads, its pieces, and the marks of the footnotes it calls."""

    text: str
    pieces: tuple[SetPiece, ...]
    marks: tuple[int, ...]


def pieces(paragraph: Paragraph) -> Iterator[Piece]:
    """The paragraph's text cut where the face changes."""
    bold, italic = paragraph.bold, paragraph.italic
    for part in INLINE.split(paragraph.text):
        if part == "**":
            bold = not bold
        elif part == "*":
            italic = not italic
        elif part.startswith("^") and part.endswith("^") and len(part) > 2:
            yield Piece(part.strip("^"), _face(bold=False, italic=False), raised=True)
        elif part:
            yield Piece(part.removeprefix("\\"), _face(bold=bold, italic=italic))


def _face(*, bold: bool, italic: bool) -> Face:
    if bold:
        return Face.BOLD_ITALIC if italic else Face.BOLD
    return Face.ITALIC if italic else Face.REGULAR


def tokens(paragraph: Paragraph) -> list[Token]:
    """The words, each a run of pieces with no space between."""
    words: list[list[Piece]] = [[]]
    for piece in pieces(paragraph):
        first, *others = piece.text.split(" ")
        if first:
            words[-1].append(Piece(first, piece.face, piece.raised))
        for other in others:
            words.append([Piece(other, piece.face, piece.raised)] if other else [])
    return [tuple(word) for word in words if word]


def plain(token: Token) -> str:
    """What a word reads; marks of footnotes as superscript digits."""
    return "".join(raised(p.text) if p.raised else p.text for p in token)


def _extent(token: Token, family: Family, size: float) -> float:
    return sum(width(p.text, family.font(p.face), p.size(size)) for p in token)


def _cut_at_hyphen(token: Token, room: float, family: Family, size: float) -> tuple[Token, Token] | None:
    """A word processor breaks "02-KH/BCĐ" after its hyphen when the rest does not fit."""
    if len(token) != 1:
        return None
    text = token[0].text
    for at in range(len(text) - 2, 1, -1):
        head = (Piece(text[: at + 1], token[0].face),)
        if text[at] == "-" and _extent(head, family, size) <= room:
            return head, (Piece(text[at + 1 :], token[0].face),)
    return None


def break_lines(paragraph: Paragraph, measure: float, family: Family) -> list[SetLine]:
    """The paragraph's lines in a column `measure` points wide, filled greedily as word processors do."""
    size = paragraph.size
    space = width(" ", family.font(Face.REGULAR), size)
    rows: list[list[Token]] = [[]]
    used = paragraph.first_indent
    room = measure - paragraph.left_indent
    waiting = list(reversed(tokens(paragraph)))
    while waiting:
        token = waiting.pop()
        extent = _extent(token, family, size)
        gap = space if rows[-1] else 0
        if used + gap + extent <= room or not rows[-1]:
            rows[-1].append(token)
            used += gap + extent
            continue
        halves = _cut_at_hyphen(token, room - used - gap, family, size)
        if halves:
            rows[-1].append(halves[0])
            waiting.append(halves[1])
        else:
            waiting.append(token)
        rows.append([])
        used = 0
    return [_set(row, paragraph, measure, family, (n == 0, n == len(rows) - 1)) for n, row in enumerate(rows)]


def _set(row: list[Token], paragraph: Paragraph, measure: float, family: Family, ends: tuple[bool, bool]) -> SetLine:
    first, last = ends
    size = paragraph.size
    gap = width(" ", family.font(Face.REGULAR), size)
    start = paragraph.left_indent + (paragraph.first_indent if first else 0)
    extents = [_extent(token, family, size) for token in row]
    slack = measure - start - sum(extents) - gap * (len(row) - 1)
    if paragraph.align is Align.JUSTIFY and not last and len(row) > 1:
        gap += slack / (len(row) - 1)
    elif paragraph.align is Align.CENTRE:
        start += slack / 2
    elif paragraph.align is Align.RIGHT:
        start += slack
    placed, x = [], start
    for token, extent in zip(row, extents, strict=True):
        at = x
        for number, piece in enumerate(token, 1):
            placed.append(SetPiece(piece, at, closes=number == len(token)))
            at += width(piece.text, family.font(piece.face), piece.size(size))
        x += extent + gap
    marks = tuple(int(p.text) for token in row for p in token if p.raised)
    return SetLine(" ".join(plain(token) for token in row), tuple(placed), marks)
