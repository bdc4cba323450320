"""Page numbers (số trang): lines that say nothing but the number of their page.

A number alone on a line may be a table's as well, so its form is not enough: it must stand at the page's edge or be set
apart by blank lines, and its value must be the page's, or count on from page to page as other such lines do.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median_low

from pipeline.models import Line, Page

_SPECKS = r"[-–—~'’‘`|_/⁄\s]*"  # dashes that belong to page numbers, and what readers see beside them
_NUMBER = re.compile(
    rf"{_SPECKS}(?P<named>(?:Trang|Page)\s*:?\s*)?(?P<value>\d{{1,4}}|[ivxlc]{{1,7}}|[IVXLC]{{1,7}})"
    rf"(?P<total>\s*/\s*\d{{1,4}})?{_SPECKS}",
    re.IGNORECASE,
)
_DASHED = re.compile(r"\s*[-–—]\s*\d{1,4}\s*[-–—]\s*")
_LEAST_CHAIN = 3  # numbers that count on are page numbers from so many on, wherever they stand
_LEAST_PAGE = 15  # printed lines between the numbers of two pages
_LEAST_ROMAN = 3
_LOST_BREAKS = 3
_SHORT = 2  # pages
_HIGHEST_OF_EXCERPT = 500
_HIGHEST = 2000  # beyond it a number alone is a year or a figure
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


@dataclass(frozen=True)
class _Candidate:
    """A line that has the form of a page number.

    `at` counts printed lines through the document; `apart` says that more blank lines than usual stand around it.
    """

    line: Line
    page: int
    value: int
    at: int
    is_edge: bool
    apart: bool
    roman: bool
    sure: bool


def page_numbers(pages: Sequence[Page], in_cells: frozenset[int]) -> frozenset[int]:
    """Return the numbers of the lines that only number their page; lines `in_cells` of ruled tables never do."""
    found = [item for item in _candidates(pages, in_cells) if item.is_edge or item.apart]
    chosen = {item.line.number for item in _chain(found)}
    offsets = _offsets(found)
    short = not offsets and len(pages) <= _SHORT
    for item in found:
        ahead = item.value - item.page
        if item.is_edge:
            # An excerpt of a page or two has nothing to compare its number with.
            excerpt = short and not item.roman and item.value <= _HIGHEST_OF_EXCERPT and _is_alone(item, found)
            believed = item.sure or ahead in offsets or excerpt or (0 <= ahead <= 1 and not item.roman)
        else:
            # Each page break that was lost makes the reader's own count fall behind by one.
            believed = 0 <= ahead <= _LOST_BREAKS and not item.roman
        if believed:
            chosen.add(item.line.number)
    return frozenset(chosen)


def _candidates(pages: Sequence[Page], in_cells: frozenset[int]) -> Iterator[_Candidate]:
    usual = _usual_gap(pages)
    at = 0
    for page in pages:
        filled = [index for index, line in enumerate(page.lines) if line.text.strip()]
        for place, index in enumerate(filled):
            line = page.lines[index]
            at += 1
            value, roman, sure = _read(line)
            if not value or line.number in in_cells:
                continue
            before = index - filled[place - 1] - 1 if place else usual + 1
            after = filled[place + 1] - index - 1 if place + 1 < len(filled) else usual + 1
            apart = min(before, after) >= 1 and max(before, after) > usual
            is_edge = place in (0, len(filled) - 1)
            yield _Candidate(line, page.number, value, at, is_edge, apart, roman, sure and is_edge)


def _read(line: Line) -> tuple[int, bool, bool]:
    """Return a line's value, whether it is Roman, and whether its form alone is sure; 0 where it is no page number.

    The reading as it came is looked at where the repaired one is no number: "13" alone may have become a word.
    """
    match = _NUMBER.fullmatch(line.text) or _NUMBER.fullmatch(line.raw)
    if match is None or match["value"].startswith("0"):
        return 0, False, False
    named = bool(match["named"]) or bool(_DASHED.fullmatch(match.string))
    if not match["value"].isdigit():
        return (_roman(match["value"].lower()), True, False) if not match["total"] else (0, False, False)
    value = int(match["value"])
    if match["total"] and int(match["total"].strip(" /\t")) < value:
        return 0, False, False
    return (value, False, named) if value <= _HIGHEST else (0, False, False)


def _roman(text: str) -> int:
    values = [_ROMAN[letter] for letter in text]
    return sum(-one if one < after else one for one, after in pairwise([*values, 0]))


def _usual_gap(pages: Sequence[Page]) -> int:
    """Return how many blank lines usually stand between two printed lines."""
    gaps: list[int] = []
    for page in pages:
        filled = [index for index, line in enumerate(page.lines) if line.text.strip()]
        gaps += [after - before - 1 for before, after in pairwise(filled)]
    return median_low(gaps) if gaps else 0


def _chain(found: Sequence[_Candidate]) -> list[_Candidate]:
    """Return the longest run of numbers that count on by one, about a page apart; none where it is short."""
    best: list[list[_Candidate]] = []
    for item in found:
        longest: list[_Candidate] = []
        for run in best:
            last = run[-1]
            follows = item.value == last.value + 1 and item.at - last.at >= _LEAST_PAGE and item.roman is last.roman
            if follows and len(run) > len(longest):
                longest = run
        best.append([*longest, item])
    run = max(best, key=len, default=[])
    return run if len(run) >= _LEAST_CHAIN else []


def _offsets(found: Sequence[_Candidate]) -> frozenset[int]:
    """Return by how much the numbers printed at pages' edges are ahead of the count of pages, where several agree."""
    counted = Counter((item.value - item.page, item.roman) for item in found if item.is_edge)
    least = {True: _LEAST_ROMAN, False: 2}
    return frozenset(offset for (offset, roman), times in counted.items() if times >= least[roman])


def _is_alone(item: _Candidate, found: Sequence[_Candidate]) -> bool:
    """Say whether no other line of the page looks like its number: in a column of figures several do."""
    return sum(other.page == item.page for other in found) == 1
