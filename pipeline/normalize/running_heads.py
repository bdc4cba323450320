"""Running heads (đầu trang, chân trang): lines that repeat at the top or at the foot of pages.

A wrong-language reader garbles every repetition in its own way, so lines are compared by likeness. What repeats for
another reason stays: list items, headings with numbers, headers of tables, the national title of every document, and
lines that stand in the middle of pages as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from pipeline.language.unicode import strip_marks
from pipeline.models import Line, Page
from pipeline.normalize.list_marks import LIST_MARK, TABLE_HEADER

SAME_HEAD = 82.0
"""From which likeness on (0 to 100, `rapidfuzz.fuzz.ratio`) two lines are garbled readings of one."""

_EDGE_LINES = 2  # a head or a foot has two lines at most
_LEAST_PAGES = 3
_LEAST_LETTERS = 5
_LEAST_SHARE = 0.5  # of the pages between the first and the last that bear it, or of every second one
_TITLE = re.compile(
    r"\s*(?:phan|chuong|muc|phu luc|bieu|mau|bang|dieu|cong hoa|doc lap|dang cong san|kinh gui|noi nhan)\b"
)
_DIGITS = re.compile(r"[0-9]+")


@dataclass(frozen=True)
class _Edge:
    """A line near the edge of its page: its page, its place (0, 1 from the top; -1, -2 from the foot), its words."""

    line: Line
    page: int
    place: int
    words: str
    numbers: tuple[int, ...]


def running_heads(pages: Sequence[Page], taken: frozenset[int]) -> frozenset[int]:
    """Return the numbers of lines that repeat at pages' edges; lines already `taken` (page numbers, cells) are none."""
    edges = [edge for page in pages for edge in _edges(page, taken)]
    at_edge = {edge.line.number for edge in edges}
    inside = [_words(line) for page in pages for line in page.lines if line.number not in at_edge and line.text.strip()]
    found: set[int] = set()
    for first in edges:
        if first.line.number in found:
            continue
        alike = [edge for edge in edges if edge.place == first.place and _repeats(first, edge)]
        if _is_running(alike) and not _is_inside(first, inside):
            found.update(edge.line.number for edge in alike)
    return frozenset(found)


def _is_inside(edge: _Edge, inside: Sequence[str]) -> bool:
    """Say whether lines like it stand within pages too; once they may, as the title that the running head repeats."""
    return len(process.extract(edge.words, inside, scorer=fuzz.ratio, score_cutoff=SAME_HEAD, limit=2)) > 1


def _edges(page: Page, taken: frozenset[int]) -> Iterator[_Edge]:
    filled = [line for line in page.lines if line.text.strip() and line.number not in taken]
    for place in range(min(_EDGE_LINES, len(filled))):
        for line, at in ((filled[place], place), (filled[-1 - place], -1 - place)):
            words = _words(line)
            letters = sum(letter.isalpha() for letter in words)
            if letters < _LEAST_LETTERS or LIST_MARK.match(line.text) or TABLE_HEADER.search(line.text):
                continue
            if not _TITLE.match(words):
                numbers = tuple(int(digits) for digits in _DIGITS.findall(line.text))
                yield _Edge(line, page.number, at, words, numbers)


def _words(line: Line) -> str:
    return " ".join(_DIGITS.sub("0", strip_marks(line.text).lower()).split())


def _repeats(one: _Edge, other: _Edge) -> bool:
    """Say whether two lines are one running head: the words are alike, and numbers vary only as the pages do."""
    if one is other:
        return True
    if fuzz.ratio(one.words, other.words) < SAME_HEAD or len(one.numbers) != len(other.numbers):
        return False
    steps = {b - a for a, b in zip(one.numbers, other.numbers, strict=True)}
    return steps <= {0, other.page - one.page}


def _is_running(alike: Sequence[_Edge]) -> bool:
    pages = sorted({edge.page for edge in alike})
    if len(pages) < _LEAST_PAGES:
        return False
    span = range(pages[0], pages[-1] + 1)
    same_side = len({page % 2 for page in pages}) == 1
    return len(pages) >= _LEAST_SHARE * len(span) / (2 if same_side else 1)
