"""What search finds: the sentences of a document, and the printed lines that belong to no sentence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from pipeline.models import Doubt, Extraction, Line, Page, Reading, Record


class Passage(Record):
    """A stretch of text, joined over its printed lines, so that a phrase broken by a line's end is found."""

    page: int
    lines: tuple[int, ...]
    text: str
    doubts: tuple[Doubt, ...] = ()


def passages(reading: Reading, extraction: Extraction) -> list[Passage]:
    """Cut a document into passages, in the order of its lines; no word of any line is left out."""
    cut = [
        Passage(page=s.page, lines=s.lines, text=s.text, doubts=s.doubts)
        for s in extraction.sentences
        if s.text.strip()
    ]
    covered = {number for passage in cut for number in passage.lines}
    for page in reading.pages:
        cut.extend(_uncovered(page, covered))
    return sorted(cut, key=lambda passage: (passage.page, passage.lines[:1]))


def _uncovered(page: Page, covered: set[int]) -> Iterator[Passage]:
    """Join the neighbouring lines of a page that stand in no sentence: letterheads, tables, signatures."""
    run: list[Line] = []
    for line in page.lines:
        if line.text.strip() and line.number not in covered:
            run.append(line)
        elif run:
            yield _joined(page, run)
            run = []
    if run:
        yield _joined(page, run)


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
