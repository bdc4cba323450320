"""The blanks of a letterhead that are filled in last, mostly by hand: the document's number, its day and its month.

Nghị định 30/2020/NĐ-CP, phụ lục I: "Số: ... /QĐ-UBND" on the left, "..., ngày ... tháng ... năm 2024" on the right.
What stands around a blank is printed and nearly always read; it says where the blank is, even where its ink was read
together with the words beside it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import accumulate

from pipeline.language.letters import UPPER
from pipeline.models import Box
from pipeline.ocr.lines import PlacedWord, PrintedLine

# What is read of a label's marks differs ("Só", "Sô", "86:"); of a symbol its capitals and strokes are enough.
_MARKED_O = "ôốồổỗóòỏõoö06"
_NUMBER = re.compile(
    rf"(?P<label>^\W{{0,2}}(?:S[{_MARKED_O}]\s?[:.;]?|[58B][{_MARKED_O}]\s?[:;])|\bSố\s?:?)(?P<number>.{{0,14}}?)"
    rf"(?P<print>\s?/?(?:(?<=/)\d{{4}}/)?(?:(?<=/)[{UPPER}]{{2,}}|[{UPPER}]{{1,6}}\d?-\s?[{UPPER}])\S*(?:(?<=-)\s\S+)?)"
)
_DATE = re.compile(
    r"[,.;]\W{0,3}(?P<before>ng[aàáảãạäâ][yỳýỷỹỵ])(?P<day>.{0,9}?)(?P<between>th[aáàâảãạăắ]ng)(?P<month>.{0,8}?)"
    r"(?P<after>n[aăắâáàä]m)\s?(?P<print>\d{4})\W{0,3}$"
)
# Widths in those of four printed digits; Times New Roman and Arial differ by one in a hundred.
_DAY_LABEL, _MONTH_LABEL = 0.97, 1.14
_NUMBER_LABEL = 1.9  # the width of "Số:" in letters of a symbol
_ITS_OWN = 1.15  # a label's word wider than so many labels holds more than the label


@dataclass(frozen=True)
class Blank:
    """A place to be filled in: characters [start, end) of the text of a line, and where they stand.

    `printed` is the box of print beside it whose letters stand as high as digits: the year, or a symbol's capitals.
    `label` is what is printed before it, where the genre knows only one.
    """

    start: int
    end: int
    box: Box
    printed: Box
    label: str = ""


def blanks(line: PrintedLine) -> list[Blank]:
    """Return the blanks of a line of a letterhead, from left to right; a line of the body has none."""
    placed = _Placed(line)
    return [*_number(placed), *_day_and_month(placed)] if line.words else []


class _Placed:
    """A line's text with the places of its characters, as far as the boxes of its words tell them."""

    def __init__(self, line: PrintedLine) -> None:
        self.text = line.raw
        self._words = line.words
        self._starts = [0, *accumulate(len(word.raw) + 1 for word in line.words)][:-1]

    def left(self, character: int) -> float:
        """Return where a character begins."""
        word, share = self._at(character)
        return word.box.x0 + share * (word.box.x1 - word.box.x0)

    def right(self, character: int) -> float:
        """Return where a character ends."""
        word, share = self._at(character)
        share = min(1.0, share + 1 / len(word.raw))
        return word.box.x0 + share * (word.box.x1 - word.box.x0)

    def height(self, character: int) -> tuple[float, float]:
        """Return where the word of a character begins and ends, down the page."""
        word, _ = self._at(character)
        return word.box.y0, word.box.y1

    def _at(self, character: int) -> tuple[PlacedWord, float]:
        number = bisect_right(self._starts, character) - 1
        word = self._words[number]
        return word, min(1.0, (character - self._starts[number]) / len(word.raw))


def _number(line: _Placed) -> Iterator[Blank]:
    match = _NUMBER.search(line.text)
    if match is None:
        return
    start = match.end("print") - len(match["print"].lstrip())
    printed = _box(line, start, match.end("print"))
    letter = (printed.x1 - printed.x0) / len(match["print"].strip())
    left = _end_of_label(line, match.start("label"), match.end("label"), _NUMBER_LABEL * letter)
    yield replace(_blank(line, match.span("number"), (left, printed.x0), printed), label="Số:")


def _day_and_month(line: _Placed) -> Iterator[Blank]:
    match = _DATE.search(line.text)
    if match is None:
        return
    printed = _box(line, *match.span("print"))
    year = printed.x1 - printed.x0
    ends = [
        _end_of_label(line, *match.span(label), width * year)
        for label, width in (("before", _DAY_LABEL), ("between", _MONTH_LABEL))
    ]
    between = line.right(match.end("between") - 1) - _MONTH_LABEL * year
    starts = (max(between, line.left(match.start("between"))), line.left(match.start("after")))
    for group, left, right in zip(("day", "month"), ends, starts, strict=True):
        yield _blank(line, match.span(group), (left, right), printed)


def _end_of_label(line: _Placed, start: int, end: int, width: float) -> float:
    """Return where a label ends: where its word does, or so far from its beginning where the word holds more."""
    left, right = line.left(start), line.right(end - 1)
    return right if right - left <= _ITS_OWN * width else left + width


def _box(line: _Placed, start: int, end: int) -> Box:
    top, bottom = line.height(start)
    return Box(x0=line.left(start), y0=top, x1=line.right(end - 1), y1=bottom)


def _blank(line: _Placed, span: tuple[int, int], sides: tuple[float, float], printed: Box) -> Blank:
    """Make a blank; where its sides were read in each other's place it has no width."""
    left, right = sides
    box = Box(x0=left, y0=printed.y0, x1=max(left, right), y1=printed.y1)
    return Blank(*span, box=box, printed=printed)
