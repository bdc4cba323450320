"""Footnote marks (chỉ số chú thích) glued to words and numbers, set as superscript digits as they are printed.

A mark is raised only where the document has the text of its footnote, a line that begins with the mark. Marks and
notes run in order; a mark stands above its note, on the same page. Where a mark is glued to a bare number ("662" for
66 with mark 2) the number alone does not show it: it is raised only where the count without the mark agrees with the
share printed behind it ("662, đạt 53,22%" where 66 of 124 are 53,22 %), or where nothing else can hold the mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.language.letters import LETTER
from pipeline.language.unicode import SUPERSCRIPTS, lowered, raised
from pipeline.normalize.list_marks import TABLE_ROW
from pipeline.normalize.proportions import Proportions

_NOTE = re.compile(rf"\s*([1-9]\d{{0,2}}|[{SUPERSCRIPTS}]{{1,3}})\s?(?={LETTER}|\()")
_REACH = 150  # lines between a mark and its note: one page, with an empty line after each printed one
_SKIPPED = 2  # notes whose mark was misread may be missing from the series
_SKIPPED_SHOWN = 12  # of a note that is raised already and whose raised mark stands above it
_NEXT = 12  # lines from one note's first to the next note's, at the foot of the same page
_ENDS_IN_NUMERAL = re.compile(r"\d%?\s*$")
_NAMED = re.compile(
    r"\b(?:điều|khoản|điểm|mục|chương|phần|bảng|biểu|mẫu|phụ lục|đề án|số|năm|tháng|ngày|quý|tuần|thứ|lần|khóa)\s+$",
    re.IGNORECASE,
)
_LAST_DIGITS = re.compile(r"\d+$")


@dataclass(frozen=True)
class _Spot:
    """Where a mark stands: index of its line, and the offset of its first digit."""

    line: int
    at: int

    def __lt__(self, other: _Spot) -> bool:
        return (self.line, self.at) < (other.line, other.at)


@dataclass(frozen=True)
class _Note:
    """A line that may be a footnote's first: its index, its mark, the offset, and whether it is raised already."""

    line: int
    mark: int
    at: int
    shown: bool


def raise_marks(lines: Sequence[str]) -> list[str]:
    """Set footnote marks, and the numbers of the notes, as superscripts; lines without any come back as they are."""
    out = list(lines)
    proportions = Proportions(lines)
    last, previous = 0, _Spot(0, 0)
    notes_end = 0
    for note in _notes(lines):
        shown = note.shown and _raised_spot(lines, note, previous) is not None
        follows = last < note.mark <= last + 1 + (_SKIPPED_SHOWN if shown else _SKIPPED)
        if not follows and note.mark != 1:
            continue
        # The numbered rows of a table begin like notes: a bare number is only believed to hold a mark where the note
        # before it was found, right above.
        joined = last > 0 and note.mark == last + 1 and note.line - notes_end <= _NEXT
        spot = _spot(lines, note, previous if follows else _Spot(notes_end, 0))
        if spot is None and follows and not _ENDS_IN_NUMERAL.search(lines[note.line]):
            spot = _bare_spot(lines, note, previous, proportions, joined=joined)
        if spot is None:
            continue
        _raise(out, spot, note.mark)
        _raise(out, _Spot(note.line, note.at), note.mark)
        last, previous, notes_end = note.mark, spot, note.line
    return out


def _notes(lines: Sequence[str]) -> Iterator[_Note]:
    for number, line in enumerate(lines):
        match = _NOTE.match(line)
        if match and (match[1][0] in SUPERSCRIPTS or not TABLE_ROW.search(line[match.end() :])):
            yield _Note(number, int(lowered(match[1])), match.start(1), match[1][0] in SUPERSCRIPTS)


def _raise(lines: list[str], spot: _Spot, mark: int) -> None:
    end = spot.at + len(str(mark))
    lines[spot.line] = lines[spot.line][: spot.at] + raised(str(mark)) + lines[spot.line][end:]


def _spot(lines: Sequence[str], note: _Note, previous: _Spot) -> _Spot | None:
    """Return where the mark of a note stands: after the mark before it, above the note; raised already, or glued."""
    if shown := _raised_spot(lines, note, previous):
        return shown
    return _first(lines, note, previous, _sure(note.mark))


def _raised_spot(lines: Sequence[str], note: _Note, previous: _Spot) -> _Spot | None:
    return _first(lines, note, previous, _above(note.mark))


def _first(lines: Sequence[str], note: _Note, previous: _Spot, pattern: re.Pattern[str]) -> _Spot | None:
    first = max(previous.line, note.line - _REACH)
    between = [(number, lines[number]) for number in range(first, note.line)]
    body = [(number, line) for number, line in between if not _NOTE.match(line)]
    for region in (body, between):
        for spot in _matches(region, pattern, previous):
            if not _numbers_note(lines, spot):
                return spot
    return None


def _numbers_note(lines: Sequence[str], spot: _Spot) -> bool:
    """Say whether digits are the number of another note, with which that begins."""
    note = _NOTE.match(lines[spot.line])
    return note is not None and note.start(1) == spot.at


def _bare_spot(
    lines: Sequence[str], note: _Note, previous: _Spot, proportions: Proportions, *, joined: bool
) -> _Spot | None:
    """Return the one bare number that must hold the mark, or None.

    It is the one that arithmetic says; failing that, below a note that was found (`joined`), the only one there is.
    """
    first = max(previous.line, note.line - _REACH)
    body = [(number, lines[number]) for number in range(first, note.line) if not _NOTE.match(lines[number])]
    bare = [spot for spot in _matches(body, _bare(note.mark), previous) if not _is_named(lines[spot.line][: spot.at])]
    proven = [spot for spot in bare if _is_proven(lines, spot, note.mark, proportions)]
    chosen = proven or (bare if joined else [])
    return chosen[0] if len(chosen) == 1 else None


def _is_named(before: str) -> bool:
    """Say whether a number is a name's: the article of a law, the number of a paper, a date."""
    return bool(_NAMED.search(_LAST_DIGITS.sub("", before)))


def _is_proven(lines: Sequence[str], spot: _Spot, mark: int, proportions: Proportions) -> bool:
    """Say whether a number agrees with the share behind it only where its last digits are the mark."""
    line, end = lines[spot.line], spot.at + len(str(mark))
    count = _LAST_DIGITS.search(line[: spot.at])
    if count is None:
        return False
    behind = f"{line[end:]} {lines[spot.line + 1]}"
    whole = int(count[0] + line[spot.at : end])
    return proportions.agrees(int(count[0]), behind) and not proportions.agrees(whole, behind)


def _matches(lines: Sequence[tuple[int, str]], pattern: re.Pattern[str], after: _Spot) -> list[_Spot]:
    found = [_Spot(number, match.start(1)) for number, line in lines for match in pattern.finditer(line)]
    return [spot for spot in found if after < spot]


_END = r"(?=\s|$|[.,;:)\]”\"/]+(?:\s|$))"


def _sure(mark: int) -> re.Pattern[str]:
    """Places where digits can only be a mark.

    After a word, a bracket or a quotation mark, a percent sign, a span of years, a year named as one, or a number
    whose grouping in threes the digits break.
    """
    behind = f"{LETTER}{LETTER}", r"[%)”\"]", r"\d{4}[-–]\d{4}", r"\d{4} [-–] \d{4}", r"năm \d{4}", r"\d\.\d{3}"
    places = "|".join(f"(?<={before})" for before in behind)
    return re.compile(rf"((?:{places}){mark}{_END})")


def _above(mark: int) -> re.Pattern[str]:
    """Digits that are raised already."""
    return re.compile(rf"(?<![{SUPERSCRIPTS}])({raised(str(mark))})(?![{SUPERSCRIPTS}])")


def _bare(mark: int) -> re.Pattern[str]:
    """A whole number that ends in the mark: no part of a date, a symbol, a grouped or a decimal number, no year."""
    return re.compile(rf"(?<![\w.,/\-–])(?!(?:19|20)\d\d\b)[1-9]\d*({mark})(?=\s|$|[,;]\s)")
