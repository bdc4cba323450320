"""The printed page: which lines are body, which are footnotes, which only number the page.

Evidence is taken from the whole document (how long lines are, whether blank lines stand between all of them), and a
footnote (chú thích cuối trang) is known by its mark, which continues the count of the marks before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from statistics import quantiles

from pipeline.extract.letters import LOWER
from pipeline.language.unicode import SUPERSCRIPTS, lowered
from pipeline.models import Line, Page, Reading

_FOOTNOTE = re.compile(rf"\s*(?P<mark>[{SUPERSCRIPTS}]{{1,3}}|\d{{1,3}})(?P<gap>\s*)(?=\S)(?P<text>.*)")
_PAGE_NUMBER = re.compile(r"\s*[-–]?\s*(?:Trang\s+)?\d{1,4}(?:\s*/\s*\d{1,4})?\s*[-–]?\s*", re.IGNORECASE)
_RULE = re.compile(r"[\s_\-–—.…*]{3,}")
# A body line that begins with a number is far more common than a footnote: these say which number it cannot be.
_NOT_A_FOOTNOTE = re.compile(r"[.)/%,]\s|[.)]?\d|[.):/%]|\s*[|]")

# A mark that is glued to a word, a percent sign, a year, or a number whose grouping it breaks.
_GLUED_MARK = re.compile(rf"(?:%|[{LOWER}]{{2}}|\b\d{{1,3}}(?:\.\d{{3}})+|-\d{{4}})(\d{{1,2}})(?=[\s,.;:)]|$)")
_TABLE_HEADER = re.compile(
    r"(?:^|[\s|])(?:STT|TT|Số TT)(?:[\s|]|$)|^\s*(?:Tổng cộng|Tổng số|Cộng)\b.*\d\s*$", re.IGNORECASE
)
_BODY_LINE = re.compile(r"\s*(?:[-–+•*]\s|\d{1,2}(?:\.\d+)*[.)]\s|[a-zđ]\)\s|[IVX]+\.\s)")
# How far the count may run ahead: a mark that was misread is missing from it.
_SKIPPED_MARKS = 5


class Role(StrEnum):
    """What a printed line is."""

    BODY = "body"
    FOOTNOTE = "footnote"  # first line of a footnote
    FOOTNOTE_MORE = "footnote_more"


@dataclass(frozen=True)
class PrintedLine:
    """A line with its page, its role, the footnote mark it belongs to, and whether blank lines stand before it."""

    line: Line
    page: int
    role: Role
    text: str
    mark: str | None = None
    gap: bool = False


@dataclass(frozen=True)
class Habits:
    """How a document is printed: `width` in characters of a full line; `spaced` if blank lines stand between all."""

    width: float
    spaced: bool


def habits(reading: Reading) -> Habits:
    """Learn a document's habits from all of its lines."""
    filled = followed = 0
    widths: list[int] = []
    for page in reading.pages:
        for line, after in zip(page.lines, [*page.lines[1:], None], strict=True):
            if line.text.strip():
                widths.append(len(line.text.strip()))
                filled += after is not None
                followed += after is not None and not after.text.strip()
    width = quantiles(widths, n=10)[7] if len(widths) > 1 else 80.0
    return Habits(width=width, spaced=filled > 0 and followed > 0.6 * filled)


def printed_lines(reading: Reading, known: Habits) -> list[PrintedLine]:
    """Return a document's lines without blank lines and page numbers, footnotes marked as such."""
    lines: list[PrintedLine] = []
    mark = 0
    for page in reading.pages:
        rows, mark = _page_lines(page, mark)
        lines.extend(rows if not known.spaced else _without_gaps(rows))
    return lines


def _without_gaps(rows: Sequence[PrintedLine]) -> Iterator[PrintedLine]:
    for row in rows:
        yield PrintedLine(row.line, row.page, row.role, row.text, row.mark)


def _page_lines(page: Page, last_mark: int) -> tuple[list[PrintedLine], int]:
    """Return the lines of a page and the last footnote mark met."""
    rows: list[PrintedLine] = []
    in_footnote: str | None = None
    gap = False
    filled = [line for line in page.lines if line.text.strip()]
    in_cells = frozenset(number for table in page.tables for cell in table.cells for number in cell.lines)
    furniture = _page_numbers([line for line in filled if line.number not in in_cells], page.number)
    notes = _footnotes(filled, last_mark, in_cells)
    for line in page.lines:
        text = line.text.strip()
        if not text:
            gap = True
            continue
        if line.number in furniture or line.number in in_cells:
            in_footnote = None
        if line.number in furniture:
            continue
        if _RULE.fullmatch(line.text):
            continue
        if note := notes.get(line.number):
            in_footnote = lowered(note["mark"])
            rows.append(PrintedLine(line, page.number, Role.FOOTNOTE, note["text"].strip(), in_footnote, gap))
        elif in_footnote:
            rows.append(PrintedLine(line, page.number, Role.FOOTNOTE_MORE, text, in_footnote, gap))
        else:
            rows.append(PrintedLine(line, page.number, Role.BODY, text, None, gap))
        gap = False
    return rows, max([last_mark, *(int(lowered(note["mark"])) for note in notes.values())])


def _page_numbers(filled: Sequence[Line], page: int) -> set[int]:
    """Return the numbers of those lines that only number the page: its first or last, or one with its very number.

    Text that lost a page break has the number of the page, or of the next, in the middle.
    """
    edges = {line.number for line in (*filled[:1], *filled[-1:]) if _PAGE_NUMBER.fullmatch(line.text)}
    return edges | {line.number for line in filled if line.text.strip() in (str(page), str(page + 1))}


def _footnotes(filled: Sequence[Line], last_mark: int, in_cells: frozenset[int]) -> dict[int, re.Match[str]]:
    """Return the lines that begin footnotes, by their number; those `in_cells` of a ruled table begin none.

    A superscript mark is sure. A plain number is believed where the page calls that mark and prints it in no other
    way, or where it is glued to a capital letter; among several lines with that number it is the lowest on its page.
    """
    found: dict[int, re.Match[str]] = {}
    plain: dict[str, tuple[int, re.Match[str]]] = {}
    called = _called_marks(filled)
    sure = {mark for line in filled if (mark := _leading_mark(line.text))}
    bottom = _bottom(filled)
    for index, line in enumerate(filled):
        match = _FOOTNOTE.match(line.text)
        if match is None or line.number in in_cells:
            continue
        mark = lowered(match["mark"])
        if match["mark"][0] in SUPERSCRIPTS:
            found[line.number] = match
            last_mark = int(mark)
            continue
        at_foot = index >= bottom and _next(match, max([last_mark, *map(int, plain)]))
        if mark not in sure and (at_foot or _believed(match, mark, last_mark, called)):
            plain[mark] = line.number, match
            # A called mark may be met again further down; a glued one is counted at once.
            last_mark = max(last_mark, int(mark) - (mark in called))
    return found | dict(plain.values())


def _bottom(filled: Sequence[Line]) -> int:
    """Return where the foot of a page may begin: in its lower half, behind the last list item, heading or table row.

    A page with the header of a numbered table has no foot: its rows are numbered as footnotes are.
    """
    if any(_TABLE_HEADER.search(line.text) for line in filled):
        return len(filled)
    body = [index for index, line in enumerate(filled) if _BODY_LINE.match(line.text)]
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


def _leading_mark(text: str) -> str:
    match = _FOOTNOTE.match(text)
    return lowered(match["mark"]) if match and match["mark"][0] in SUPERSCRIPTS else ""


def _called_marks(filled: Sequence[Line]) -> frozenset[str]:
    """Return the footnote marks that a page's text calls, as digits; those that lost their raise are among them."""
    text = " ".join(line.text for line in filled)
    called = re.findall(rf"(?<=\S)[{SUPERSCRIPTS}]+", text)
    return frozenset([*(lowered(mark) for mark in called), *_GLUED_MARK.findall(text)])


def _believed(match: re.Match[str], mark: str, last_mark: int, called: frozenset[str]) -> bool:
    """Say whether a plain number at the beginning of a line is a footnote's mark."""
    if mark.startswith("0") or _NOT_A_FOOTNOTE.match(match.string[match.end("mark") :]):
        return False
    if mark in called and last_mark < int(mark) <= last_mark + _SKIPPED_MARKS:
        return True
    return int(mark) == last_mark + 1 and not match["gap"] and match["text"][:1].isupper()
