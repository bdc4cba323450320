"""The doubtful words of a stretch of text: from their printed lines to the passage that joins the lines."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.extract.passages import Passage
from pipeline.extract.printed import PrintedLine
from pipeline.models import Doubt, Line


def in_stretch(passage: Passage, start: int, end: int) -> tuple[Doubt, ...]:
    """Return the doubtful words at [start, end) of a passage, their places counted from `start`."""
    return tuple(
        doubt.model_copy(update={"start": begin + doubt.start - start, "end": begin + doubt.end - start})
        for begin, line in zip(passage.starts, passage.lines, strict=True)
        # Of a line whose words stand in several cells of a table only a part is in the passage.
        if passage.text.startswith(line.text, begin)
        for doubt in _on_line(line)
        if start <= begin + doubt.start and begin + doubt.end <= end
    )


def _on_line(line: PrintedLine) -> Iterator[Doubt]:
    """Yield the doubtful words of a line at their places in what is left of it: a note's mark is cut off before."""
    if not line.line.doubts:
        return
    cut = line.line.text.rfind(line.text)
    for doubt in line.line.doubts:
        if cut >= 0 and doubt.start >= cut:
            yield doubt.model_copy(update={"start": doubt.start - cut, "end": doubt.end - cut})


def was_garbled(line: Line) -> bool:
    """Say whether a line was repaired without a picture at hand; of a picture, numerals and capitals are read twice."""
    return bool(line.confidences) and all(word.confidence is None for word in line.words)


def are_digits_disputed(line: Line, stretch: tuple[int, int]) -> bool:
    """Say whether a word that reaches into [start, end) of a line has other digits in another of its readings."""
    start, end = stretch
    return any(
        _digits(line.text[doubt.start : doubt.end]) != _digits(other)
        for doubt in line.doubts
        if doubt.start < end and doubt.end > start
        for other in doubt.others
    )


def _digits(text: str) -> str:
    return "".join(letter for letter in text if letter.isdecimal())
