"""Footnotes (chú thích cuối trang): which lines they take, and with which mark.

A footnote is known by its mark, which continues the count of the marks before it, and by its place at the foot of the
page, where word processors also set a rule or a run of blanks above it. A footnote that a page break cuts goes on at
the foot of the next page, before that page's own notes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from pipeline.language.letters import LOWER, UPPER
from pipeline.language.unicode import SUPERSCRIPTS, lowered
from pipeline.models import Line, Page
from pipeline.normalize.list_marks import LIST_MARK, TABLE_HEADER, TABLE_ROW

NOTE = re.compile(rf"\s*(?P<mark>[{SUPERSCRIPTS}]{{1,3}}|\d{{1,3}})(?P<gap>\s*)(?=\S)(?P<text>.*)")
"""A line that may begin a footnote: its mark, the blanks behind it, the text."""

# A body line that begins with a number is far more common than a footnote: these say which number it cannot be.
_NOT_A_NOTE = re.compile(r"[.)/%,]\s|[.)]?\d|[.):/%]|\s*[|]|[IVX|l]{1,4}[.)]\s")
# A mark that is glued to a word, a percent sign, a year, or a number whose grouping it breaks.
_GLUED_MARK = re.compile(rf"(?:%|[{LOWER}]{{2}}|\b\d{{1,3}}(?:\.\d{{3}})+|-\d{{4}})(\d{{1,2}})(?=[\s,.;:)]|$)")
# How far the count may run ahead: a mark that was misread is missing from it.
_SKIPPED_MARKS = 5
# What stands above footnotes in text taken from a word processor's file: its rule, as blanks or as dashes.
_SEPARATOR = re.compile(r"[\s_\-–—]{15,}")
_HEADING = re.compile(rf"\s*(?:[IVX]{{1,5}}|[A-D])[.]\s+[{UPPER}]|\s*PHẦN\s")
_NUMBERED_HEADING = re.compile(rf"\s*(\d{{1,2}})[.]\s+[{UPPER}]")
_ENDED = re.compile(r"[.!?]['\"”’)\s]*$")
_LEAST_NAMES = 5
_LONGEST_NAME = 7  # words
_LEAST_MARKS = 2  # list marks below a line that make it body; a footnote may have one that only looks so
_SMALLER = 0.88  # height of a note's letters in parts of the body's


@dataclass(frozen=True)
class Footnotes:
    """Where a document's footnotes stand: the mark of each of their lines by its number, and which lines begin one."""

    marks: dict[int, int]
    begins: frozenset[int]


@dataclass(frozen=True)
class _Surroundings:
    """Lines that are no text of footnotes: `aside` are page numbers, running heads and noise, `in_cells` in tables."""

    aside: frozenset[int]
    in_cells: frozenset[int]


def footnotes(pages: Sequence[Page], aside: frozenset[int], in_cells: frozenset[int]) -> Footnotes:
    """Find the footnotes of a document whose marks have been raised.

    Args:
        pages: The document.
        aside: Lines that are page numbers, running heads or noise.
        in_cells: Lines in cells of ruled tables: none of them belongs to a footnote.
    """
    around = _Surroundings(aside, in_cells)
    marks: dict[int, int] = {}
    begins: set[int] = set()
    last_mark, broken_off = 0, ""
    for page in pages:
        first = _first_lines(page, last_mark, around)
        if broken_off:
            marks.update(dict.fromkeys(_carried(page, broken_off, first, around), last_mark))
        marks.update(_further_lines(page, first, around))
        begins |= first.keys()
        last_mark = max([last_mark, *first.values()])
        broken_off = _broken_off(page, marks, around)
    return Footnotes(marks, frozenset(begins))


def _further_lines(page: Page, first: dict[int, int], around: _Surroundings) -> dict[int, int]:
    """Return the marks of all lines from each note's first on; a page number, a table or a heading ends them.

    Text whose pages were not kept has its notes between paragraphs: a heading in Roman numerals or capital letters is
    none of a note's, nor is one whose number follows that of the last heading above.
    """
    marks: dict[int, int] = {}
    mark = heading = 0
    for line in page.lines:
        if not line.text.strip():
            continue
        numbered = _NUMBERED_HEADING.match(line.text)
        if _HEADING.match(line.text) or (numbered and int(numbered[1]) == heading + 1):
            mark = 0
        if numbered and not mark:
            heading = int(numbered[1])
        if line.number in around.in_cells or (line.number in around.aside and any(map(str.isalnum, line.text))):
            mark = 0
        mark = first.get(line.number, mark)
        if mark and line.number not in around.aside:
            marks[line.number] = mark
    return marks


def _broken_off(page: Page, marks: dict[int, int], around: _Surroundings) -> str:
    """Return the last line of a page where it is a footnote's and ends no sentence, "" otherwise."""
    text = [line for line in page.lines if line.text.strip() and line.number not in around.aside]
    is_open = bool(text) and text[-1].number in marks and not _ENDED.search(text[-1].text)
    return text[-1].text if is_open else ""


def _carried(page: Page, broken_off: str, first: dict[int, int], around: _Surroundings) -> list[int]:
    """Return the lines at a page's foot, above its own notes, on which the note that broke off goes on.

    They stand below a rule of their own, or are set smaller than the body, or go on with a list of names.
    """
    own = next((index for index, line in enumerate(page.lines) if line.number in first), len(page.lines))
    above = page.lines[:own]
    rules = [index for index, line in enumerate(above) if _SEPARATOR.fullmatch(line.text)]
    below_rule = _text(above[rules[-1] :], around) if rules else []
    if below_rule:
        return [line.number for line in below_rule]
    text = _text(above, around)
    smaller = _from_the_foot(text, _is_smaller(text))
    if smaller and len(smaller) < len(text):
        return [line.number for line in smaller]
    names = _from_the_foot(text, [_names(line.text) > 0 for line in text]) if _names(broken_off) else []
    enough = sum(_names(line.text) for line in names) >= _LEAST_NAMES
    return [line.number for line in names] if enough and len(names) < len(text) else []


def _text(lines: Sequence[Line], around: _Surroundings) -> list[Line]:
    return [line for line in lines if line.text.strip() and line.number not in around.aside | around.in_cells]


def _from_the_foot(lines: Sequence[Line], fits: Sequence[bool]) -> list[Line]:
    """Return the last lines, as many as fit without a gap."""
    fitting = 0
    while fitting < len(lines) and fits[-1 - fitting]:
        fitting += 1
    return list(lines[len(lines) - fitting :])


def _is_smaller(lines: Sequence[Line]) -> list[bool]:
    """Say which lines are set in smaller letters than most; none where no boxes are known."""
    heights = [_height(line) for line in lines]
    known = [height for height in heights if height]
    body = median(known) if known else 0.0
    return [0 < height < _SMALLER * body for height in heights]


def _height(line: Line) -> float:
    heights = [word.box.y1 - word.box.y0 for word in line.words if word.box]
    return median(heights) if heights else 0.0


def _names(text: str) -> int:
    """Return how many names a line lists; 0 where it is not a list of names alone."""
    pieces = [piece.split() for piece in re.split(r"[,;]", text.strip(" .,;" + SUPERSCRIPTS)) if piece.strip()]
    named = all(
        len(words) <= _LONGEST_NAME and any(word[0].isupper() for word in words) and not any(map(_has_digit, words))
        for words in pieces
    )
    return len(pieces) if len(pieces) > 1 and named else 0


def _has_digit(word: str) -> bool:
    return any(character.isdigit() for character in word)


def _first_lines(page: Page, last_mark: int, around: _Surroundings) -> dict[int, int]:
    """Return the marks of the lines that begin footnotes, by their number.

    A superscript mark is sure. A plain number is believed where the page calls that mark and prints it in no other
    way, below a rule, or where it is glued to a capital letter; of several lines with that number it is the lowest.
    """
    filled = [line for line in page.lines if line.text.strip() and line.number not in around.aside]
    ruled = _below_rules(page)
    found: dict[int, int] = {}
    plain: dict[int, int] = {}
    called = _called_marks(filled)
    sure = {mark for line in filled if (mark := _leading_mark(line.text))}
    bottom = _bottom(filled)
    for index, line in enumerate(filled):
        match = NOTE.match(line.text)
        if match is None or line.number in around.in_cells:
            continue
        mark = int(lowered(match["mark"]))
        if match["mark"][0] in SUPERSCRIPTS:
            found[line.number] = mark
            last_mark = mark
            continue
        if TABLE_ROW.search(match["text"]) or _is_above_body(page, line, around):
            continue
        at_foot = index >= bottom and _next(match, max([last_mark, *plain]))
        below_rule = line.number in ruled and last_mark < mark <= last_mark + _SKIPPED_MARKS
        if mark not in sure and (at_foot or below_rule or _believed(match, mark, last_mark, called)):
            plain[mark] = line.number
            # A called mark may be met again further down; a glued one is counted at once.
            last_mark = max(last_mark, mark - (mark in called))
    return found | {number: mark for mark, number in plain.items()}


def _is_above_body(page: Page, line: Line, around: _Surroundings) -> bool:
    """Say whether lists or headings follow a line before its page, or the page's number: no footnote has any below."""
    marks = 0
    for below in page.lines[page.lines.index(line) + 1 :]:
        if below.number in around.aside and any(map(str.isalnum, below.text)):
            break
        marks += bool(LIST_MARK.match(below.text))
    return marks >= _LEAST_MARKS


def _below_rules(page: Page) -> frozenset[int]:
    """Return the numbers of the lines that stand right below a rule as word processors set it above footnotes."""
    return frozenset(
        below.number
        for line, below in zip(page.lines, page.lines[1:], strict=False)
        if _SEPARATOR.fullmatch(line.text) and below.text.strip()
    )


def _bottom(filled: Sequence[Line]) -> int:
    """Return where the foot of a page may begin: in its lower half, behind the last list item, heading or table row.

    A page with the header of a numbered table has no foot: its rows are numbered as footnotes are.
    """
    if any(TABLE_HEADER.search(line.text) for line in filled):
        return len(filled)
    body = [index for index, line in enumerate(filled) if LIST_MARK.match(line.text)]
    return max(len(filled) // 2, (body[-1] + 1) if body else 0)


def _next(match: re.Match[str], last_mark: int) -> bool:
    """Say whether a line at the foot of a page begins the count of footnotes or goes on with it.

    A row of a table ends in a number; a footnote rarely does.
    """
    number = int(lowered(match["mark"]))
    plain = bool(match["gap"]) and match["text"][:1].isupper() and not match["mark"].startswith("0")
    if not plain or re.search(r"\d\s*$", match["text"]):
        return False
    return last_mark < number <= last_mark + (_SKIPPED_MARKS if last_mark else 1)


def _leading_mark(text: str) -> int:
    match = NOTE.match(text)
    return int(lowered(match["mark"])) if match and match["mark"][0] in SUPERSCRIPTS else 0


def _called_marks(filled: Sequence[Line]) -> frozenset[int]:
    """Return the footnote marks that a page's text calls; those that lost their raise are among them."""
    text = " ".join(line.text for line in filled)
    called = re.findall(rf"(?<=\S)[{SUPERSCRIPTS}]+", text)
    return frozenset(map(int, [*map(lowered, called), *_GLUED_MARK.findall(text)]))


def _believed(match: re.Match[str], mark: int, last_mark: int, called: frozenset[int]) -> bool:
    """Say whether a plain number at the beginning of a line is a footnote's mark."""
    if match["mark"].startswith("0") or _NOT_A_NOTE.match(match.string[match.end("mark") :]):
        return False
    if mark in called and last_mark < mark <= last_mark + _SKIPPED_MARKS:
        return True
    return mark == last_mark + 1 and not match["gap"] and match["text"][:1].isupper()
