"""The printed lines that say something, as the `normalize` stage tells them apart: body and footnotes.

What running heads, page numbers and noise took up on the page is passed over. How a document is printed (how long its
lines are, whether blank lines stand between all of them) is learned from the whole of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from statistics import quantiles

from pipeline.language.unicode import SUPERSCRIPTS
from pipeline.models import Evidence, Line, LineRole, Page, Reading

_SAYING = (LineRole.BODY, LineRole.NOTE, LineRole.NOTE_MORE)
_MARK = re.compile(rf"(?:[{SUPERSCRIPTS}]+|\d{{1,3}})\s*")


@dataclass(frozen=True)
class PrintedLine:
    """A line with its page, its role, the footnote mark it belongs to, and whether blank lines stand before it.

    `text` is the line's without blanks at its ends, and, of a footnote's first line, without the mark.
    """

    line: Line
    page: int
    role: LineRole
    text: str
    mark: str | None = None
    gap: bool = False

    def evidence(self, document: str, text: str) -> Evidence:
        """Return that what is read here stands on this line of a document, in the sentence `text`."""
        line = self.line
        return Evidence(document=document, page=self.page, line=line.number, box=line.box, raw=line.raw, text=text)


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
    """Return a document's lines of body and footnotes, blank lines left out."""
    lines: list[PrintedLine] = []
    for page in reading.pages:
        rows = _page_lines(page)
        lines.extend(rows if not known.spaced else _without_gaps(rows))
    return lines


def _without_gaps(rows: Sequence[PrintedLine]) -> Iterator[PrintedLine]:
    for row in rows:
        yield PrintedLine(row.line, row.page, row.role, row.text, row.mark)


def _page_lines(page: Page) -> list[PrintedLine]:
    rows: list[PrintedLine] = []
    gap = False
    for line in page.lines:
        text = line.text.strip()
        if not text:
            gap = True
        elif line.role in _SAYING:
            mark = None if line.note is None else str(line.note)
            said = _MARK.sub("", text, count=1) if line.role is LineRole.NOTE else text
            rows.append(PrintedLine(line, page.number, line.role, said, mark, gap))
            gap = False
    return rows
