"""Printed lines joined into passages: paragraphs, list items and headings, across line and page breaks.

A passage keeps, for every character, the line on which it stands. Which lines continue a paragraph is decided from the
line before (does it run to the margin, does it end a sentence) and the line itself (a list mark, a heading's number).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import IntEnum

from pipeline.extract import flattened
from pipeline.extract.printed import Habits, PrintedLine
from pipeline.language.letters import LOWER, UPPER
from pipeline.models import LineRole

_BULLET = re.compile(r"(?P<mark>[-–—+•*●▪])\s*(?=\S)")
_PART = re.compile(r"(?:Phần|PHẦN|Chương|CHƯƠNG|Mục|MỤC|Phụ lục|PHỤ LỤC)\s+(?:thứ\s+\w+|[IVXLC]+|\d+)\b", re.IGNORECASE)
# Papers of the Party put a dash behind the number: "I- TÌNH HÌNH", "1- Ban Tổ chức".
_ROMAN = re.compile(r"[IVXLC]{1,6}(?:[.)]\s*|[-–]\s+)(?=\S)")
_NUMBERED = re.compile(rf"\d{{1,2}}(?:\.\d{{1,2}}){{0,3}}(?:[.)]\s*(?=[^\d\s])|[-–]\s+(?=[{UPPER}]))")
_LETTER = re.compile(r"[a-zđ]\)\s*(?=\S)")
_PARENTHESISED = re.compile(r"\(\d{1,2}\)\s*(?=\S)")
_ENDS = (".", ";", ":", "!", "?", "…", "./.", ".”", ".)")
_LETTERHEAD = re.compile(r"\s*(?:Kính gửi|Nơi nhận|TM\.|KT\.|TL\.|TUQ\.|Số\s*:|V/v|Đơn vị(?: tính)?\s*:|ĐVT\s*:)")


_ABBREVIATED = re.compile(rf"\s*[{UPPER}]{{2,6}}[.,;:)]*\s*")
_CAPITAL = re.compile(rf"[A-H][.)]\s+[{UPPER}]{{2}}")
# An article of a decision; within a sentence no capital follows its point.
_ARTICLE = re.compile(rf"\s*Điều\s+\d{{1,3}}\s*[.:]\s+[{UPPER}]")
# What stands alone on the last line of a list: the number that its last label announces.
_NUMBER_ALONE = re.compile(r"\d[\d.,]*\s*[.;]?")
_LABELLED = re.compile(r"[^\W\d_]\s*:?\s+\d[\d.,]*\s*;")
_BEFORE_A_DAY = re.compile(r"\bngày$")
_FULL_LINE = 0.75  # share of the page's line width
# A bracket open for longer was never closed.
_BRACKET_LINES = 8


class Level(IntEnum):
    """How deep a heading or list mark stands."""

    PART = 1
    ROMAN = 2
    NUMBER = 3
    LETTER = 4
    PARENTHESISED = 5
    DASH = 6
    PLUS = 7
    TEXT = 9


@dataclass(frozen=True)
class Passage:
    """Joined text. `starts[i]` is the offset at which line `lines[i]` (of page `pages[i]`) begins."""

    text: str
    starts: tuple[int, ...]
    lines: tuple[PrintedLine, ...]
    level: Level
    mark: str | None = None
    heading: tuple[str, ...] = ()

    def line_at(self, offset: int) -> PrintedLine:
        """Return the line on which the character at `offset` stands."""
        return self.lines[bisect_right(self.starts, offset) - 1]

    @property
    def is_heading(self) -> bool:
        """Say whether the passage is a heading: it has a number, is short, and no sentence follows its first."""
        return self.level < Level.DASH and len(self.text) < 260 and not self.text.endswith((".", ";", "./."))


@dataclass
class _Draft:
    level: Level
    mark: str | None
    lines: list[PrintedLine] = field(default_factory=list)

    @property
    def open_bracket(self) -> bool:
        """Say whether a bracket is open at the end."""
        text = " ".join(line.text for line in self.lines[-_BRACKET_LINES:])
        return text.rfind("(") > text.rfind(")")


def level_of(text: str) -> Level:
    """Return the level of a line by the mark at its beginning."""
    if _CAPITAL.match(text) and text.isupper():
        return Level.PART
    if bullet := _BULLET.match(text):
        return Level.PLUS if bullet["mark"] in "+•*●▪" else Level.DASH
    for pattern, level in (
        (_PART, Level.PART),
        (_ROMAN, Level.ROMAN),
        (_NUMBERED, Level.NUMBER),
        (_LETTER, Level.LETTER),
        (_PARENTHESISED, Level.PARENTHESISED),
    ):
        if pattern.match(text):
            return level
    return Level.TEXT


def join(lines: Iterable[PrintedLine], known: Habits) -> list[Passage]:
    """Join printed lines into passages, body and footnotes apart, in the order in which they begin."""
    drafts: list[_Draft] = []
    body: _Draft | None = None
    note: _Draft | None = None
    for line in lines:
        if line.role is LineRole.BODY:
            if body is None or not _continues(body, line, known):
                body = _Draft(level_of(line.text), None)
                drafts.append(body)
            body.lines.append(line)
        elif line.role is LineRole.NOTE or note is None or note.mark != line.mark:
            note = _Draft(Level.TEXT, line.mark, [line])
            drafts.append(note)
        else:
            note.lines.append(line)
    return [_passage(draft) for draft in drafts]


def _continues(draft: _Draft, line: PrintedLine, known: Habits) -> bool:
    """Say whether a line goes on with the passage before it."""
    last = draft.lines[-1].text
    if _breaks(last, line, known):
        return False
    level = level_of(line.text)
    if level is not Level.TEXT:
        # A number or a dash at the beginning of a line may also be the middle of a sentence.
        middle = level in (Level.NUMBER, Level.DASH, Level.PARENTHESISED)
        return middle and _unfinished(last, known) and _midway(line.text)
    is_a_day = _BEFORE_A_DAY.search(last) and line.text[:1].isdigit()
    # "… thặng dư 16,82 tỷ" and "USD." below it.
    is_abbreviated = _ABBREVIATED.fullmatch(line.text) and _unfinished(last, known) and not last.isupper()
    if (line.text.isupper() or last.isupper()) and not (is_a_day or is_abbreviated):
        return line.text.isupper() and last.isupper()
    if last.endswith((":", ";")):
        return draft.open_bracket or _lists_on(last, line.text, known)
    if last.endswith(_ENDS):
        return len(last) >= _FULL_LINE * known.width
    return not (len(last) < 0.6 * known.width and line.text[:1].isupper())


def _lists_on(last: str, text: str, known: Habits) -> bool:
    """Say whether a line goes on with a list of labels and numbers that runs on within its passage.

    "…; Ngành một: 12; Ngành hai:" and "04." below it; or "Ngành một 12; Ngành hai 09;" up to the margin.
    """
    if last.endswith(":"):
        return bool(_NUMBER_ALONE.fullmatch(text))
    running = _LABELLED.search(last[:-1]) and len(last) >= _FULL_LINE * known.width
    return bool(running) or not text[:1].isupper()


def row(lines: Sequence[PrintedLine]) -> Passage:
    """Return the lines of a table row as one passage."""
    return _passage(_Draft(Level.TEXT, None, list(lines)))


def _breaks(last: str, line: PrintedLine, known: Habits) -> bool:
    """Say whether blank lines or a part of the document's form stand between two lines."""
    if line.gap and not (_unfinished(last, known) and line.text[:1].islower()):
        return True
    if _leaves_table(last, line.text, known) or _ARTICLE.match(line.text):
        return True
    short = len(last) < 0.6 * known.width
    return bool(_LETTERHEAD.match(line.text) or (_LETTERHEAD.match(last) and (short or line.text[:1].isupper())))


def _leaves_table(last: str, text: str, known: Habits) -> bool:
    """Say whether prose follows a table row that was read as a line: a full line without numbers side by side.

    A row's label that runs over two lines begins the second one with a small letter.
    """
    prose = len(text) >= _FULL_LINE * known.width and text[:1].isupper() and not flattened.gaps(text)
    return prose and flattened.is_row(last)


def _unfinished(last: str, known: Habits) -> bool:
    return not last.endswith(_ENDS) and len(last) >= 0.6 * known.width


def _midway(text: str) -> bool:
    """Say whether a line that looks like a list item reads on from the line before: a number in a sentence."""
    return bool(re.match(rf"[-–]\s+[{LOWER}]|\d{{1,2}}[.)]\s+[{LOWER}]|\(\d{{1,2}}\)\s*[{LOWER}]", text))


def _passage(draft: _Draft) -> Passage:
    text = ""
    starts: list[int] = []
    for line in draft.lines:
        if text and not _glued(text, line.text):
            text += " "
        starts.append(len(text))
        text += line.text
    return Passage(text, tuple(starts), tuple(draft.lines), draft.level, draft.mark)


def _glued(text: str, after: str) -> bool:
    """Say whether a word was broken at the end of a line: "57-" and "NQ/TW", "2021-" and "2025"."""
    return bool(re.search(r"[^\s\-–][-–/]$", text) and re.match(r"[A-ZĐ\d]", after))


def with_headings(passages: Sequence[Passage]) -> list[Passage]:
    """Give every passage the path of headings above it."""
    path: list[tuple[Level, str]] = []
    done: list[Passage] = []
    for passage in passages:
        if passage.mark is None and passage.level < Level.TEXT:
            path = [entry for entry in path if entry[0] < passage.level]
        heading = tuple(text for _, text in path)
        done.append(Passage(passage.text, passage.starts, passage.lines, passage.level, passage.mark, heading))
        if passage.mark is None and (passage.is_heading or passage.text.endswith(":")) and passage.level < Level.TEXT:
            path.append((passage.level, passage.text))
    return done
