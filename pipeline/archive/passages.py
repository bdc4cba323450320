"""What search finds: the sentences of a document, and the printed lines that belong to no sentence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from rapidfuzz import fuzz

from pipeline.language.unicode import fold
from pipeline.models import Doubt, Extraction, Line, LineRole, Page, Reading, Record
from pipeline.normalize.running_heads import SAME_HEAD

_SET_ASIDE = (LineRole.PAGE_NUMBER, LineRole.NOISE, LineRole.RUNNING_HEAD)
_DIGITS = re.compile(r"\d+")


class Passage(Record):
    """A stretch of text, joined over its printed lines, so that a phrase broken by a line's end is found."""

    page: int
    lines: tuple[int, ...]
    text: str
    doubts: tuple[Doubt, ...] = ()


def passages(reading: Reading, extraction: Extraction) -> list[Passage]:
    """Cut a document into passages, in the order of its lines.

    No word is left out, save page numbers and noise, which nobody looks for, and running heads after their first page:
    found once, a running head leads to the document; found on every page, it hides what was looked for.
    """
    cut = [
        Passage(page=s.page, lines=s.lines, text=s.text, doubts=s.doubts)
        for s in extraction.sentences
        if s.text.strip()
    ]
    covered = {number for passage in cut for number in passage.lines}
    heads: set[str] = set()
    for page in reading.pages:
        cut.extend(_uncovered(page, covered))
        cut.extend(_new_heads(page, heads))
    return sorted(cut, key=lambda passage: (passage.page, passage.lines[:1]))


def _uncovered(page: Page, covered: set[int]) -> Iterator[Passage]:
    """Join the neighbouring lines of a page that stand in no sentence: letterheads, tables, signatures."""
    run: list[Line] = []
    for line in page.lines:
        if line.text.strip() and line.number not in covered and line.role not in _SET_ASIDE:
            run.append(line)
        elif run:
            yield _joined(page, run)
            run = []
    if run:
        yield _joined(page, run)


def _new_heads(page: Page, met: set[str]) -> Iterator[Passage]:
    """Yield the running heads of a page that are like none met on the pages before."""
    for line in page.lines:
        folded = _DIGITS.sub("0", fold(line.text.strip()))
        if line.role is LineRole.RUNNING_HEAD and not any(fuzz.ratio(folded, other) >= SAME_HEAD for other in met):
            met.add(folded)
            yield _joined(page, [line])


def _joined(page: Page, lines: list[Line]) -> Passage:
    text, doubts = joined([(line.text, line.doubts) for line in lines])
    return Passage(page=page.number, lines=tuple(line.number for line in lines), text=text, doubts=doubts)


def joined(parts: Iterable[tuple[str, Sequence[Doubt]]]) -> tuple[str, tuple[Doubt, ...]]:
    """Join lines by single blanks, their doubtful words moved with them."""
    text, doubts = "", list[Doubt]()
    for number, (part, doubtful) in enumerate(parts):
        text += " " if number else ""
        moved = len(text) - (len(part) - len(part.lstrip()))
        doubts += [d.model_copy(update={"start": d.start + moved, "end": d.end + moved}) for d in doubtful]
        text += part.strip()
    return text, tuple(doubts)
