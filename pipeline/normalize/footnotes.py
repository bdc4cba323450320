"""Footnote marks (chỉ số chú thích) glued to words and numbers, set as superscript digits as they are printed.

A mark is raised only where the document has the text of its footnote, a line that begins with the mark. Marks and
notes run in order; a mark stands above its note, on the same page. Where a mark is glued to a bare number ("662" for
66 with mark 2) the number alone does not show it: it is raised only when no other place on the page can hold the mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.language.unicode import SUPERSCRIPTS, lowered, raised

_NOTE = re.compile(rf"\s*([1-9]\d{{0,2}}|[{SUPERSCRIPTS}]{{1,3}})\s?(?=[^\W\d_]|\()")
_REACH = 150  # lines between a mark and its note: one page, with an empty line after each printed one
_SKIPPED = 2  # notes whose mark was misread may be missing from the series
_NEXT = 12  # lines from one note's first to the next note's, at the foot of the same page
_ENDS_IN_NUMERAL = re.compile(r"\d%?\s*$")


@dataclass(frozen=True)
class _Spot:
    """Where a mark stands: index of its line, and the offset of its first digit."""

    line: int
    at: int

    def __lt__(self, other: _Spot) -> bool:
        return (self.line, self.at) < (other.line, other.at)


@dataclass(frozen=True)
class _Note:
    """A line that may be a footnote's first: its index, its mark, and the offset of the mark."""

    line: int
    mark: int
    at: int


def raise_marks(lines: Sequence[str]) -> list[str]:
    """Set footnote marks, and the numbers of the notes, as superscripts; lines without any come back as they are."""
    out = list(lines)
    last, previous = 0, _Spot(0, 0)
    notes_end = 0
    for note in _notes(lines):
        follows = last < note.mark <= last + 1 + _SKIPPED
        if not follows and note.mark != 1:
            continue
        # The numbered rows of a table begin like notes: a bare number is only believed to hold a mark where the note
        # before it was found, right above.
        joined = last > 0 and note.mark == last + 1 and note.line - notes_end <= _NEXT
        spot = _spot(lines, note, previous if follows else _Spot(notes_end, 0))
        if spot is None and joined and not _ENDS_IN_NUMERAL.search(lines[note.line]):
            spot = _bare_spot(lines, note, previous)
        if spot is None:
            continue
        _raise(out, spot, note.mark)
        _raise(out, _Spot(note.line, note.at), note.mark)
        last, previous, notes_end = note.mark, spot, note.line
    return out


def _notes(lines: Sequence[str]) -> Iterator[_Note]:
    for number, line in enumerate(lines):
        if match := _NOTE.match(line):
            yield _Note(number, int(lowered(match[1])), match.start(1))


def _raise(lines: list[str], spot: _Spot, mark: int) -> None:
    end = spot.at + len(str(mark))
    lines[spot.line] = lines[spot.line][: spot.at] + raised(str(mark)) + lines[spot.line][end:]


def _spot(lines: Sequence[str], note: _Note, previous: _Spot) -> _Spot | None:
    """Return where the mark of a note stands: after the mark before it, above the note."""
    first = max(previous.line, note.line - _REACH)
    between = [(number, lines[number]) for number in range(first, note.line)]
    body = [(number, line) for number, line in between if not _NOTE.match(line)]
    for region in (body, between):
        if sure := _matches(region, _sure(note.mark), previous):
            return sure[0]
    return None


def _bare_spot(lines: Sequence[str], note: _Note, previous: _Spot) -> _Spot | None:
    """Return the only bare number that can hold the mark, or None."""
    first = max(previous.line, note.line - _REACH)
    body = [(number, lines[number]) for number in range(first, note.line) if not _NOTE.match(lines[number])]
    bare = _matches(body, _bare(note.mark), previous)
    return bare[0] if len(bare) == 1 else None


def _matches(lines: Sequence[tuple[int, str]], pattern: re.Pattern[str], after: _Spot) -> list[_Spot]:
    found = [_Spot(number, match.start(1)) for number, line in lines for match in pattern.finditer(line)]
    return [spot for spot in found if after < spot]


_END = r"(?=\s|$|[.,;:)\]”\"/]+(?:\s|$))"


def _sure(mark: int) -> re.Pattern[str]:
    """Places where digits can only be a mark.

    After a word, a bracket or a quotation mark, a percent sign, a span of years, a year named as one, or a number
    whose grouping in threes the digits break; or digits that are raised already.
    """
    above = raised(str(mark))
    behind = r"[^\W\d_][^\W\d_]", r"[%)”\"]", r"\d{4}[-–]\d{4}", r"\d{4} [-–] \d{4}", r"năm \d{4}", r"\d\.\d{3}"
    places = "|".join(f"(?<={before})" for before in behind)
    return re.compile(rf"((?:{places}){mark}{_END}|(?<![{SUPERSCRIPTS}]){above}(?![{SUPERSCRIPTS}]))")


def _bare(mark: int) -> re.Pattern[str]:
    """A whole number that ends in the mark: no part of a date, a symbol, a grouped or a decimal number, no year."""
    return re.compile(rf"(?<![\w.,/\-–])(?!(?:19|20)\d\d\b)[1-9]\d*({mark})(?=\s|$|[,;]\s)")
