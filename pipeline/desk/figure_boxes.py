"""Where on its page a figure's digits stand: the box of its word, not only that of its line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from pipeline.models import Box, Figure, Line, Page

_AROUND_WORDS = ".,;:()[]“”\"'%"


def figure_boxes(page: Page, figures: Sequence[Figure]) -> dict[str, Box]:
    """Return the boxes of the figures that stand on a page, by their ids.

    A line's words that read as a figure's digits are its, where there are as many of them as figures with these digits
    on the line; otherwise a figure has the box of its line. One without any box is left out.
    """
    lines = {line.number: line for line in page.lines}
    alike: defaultdict[tuple[int, str], list[Figure]] = defaultdict(list)
    boxes: dict[str, Box] = {}
    for figure in figures:
        place = figure.evidence
        if place.page != page.number:
            continue
        if place.box is not None:
            boxes[figure.id] = place.box
        alike[place.line, place.text[figure.place.start : figure.place.end]].append(figure)
    for (number, digits), together in alike.items():
        words = _words_that_read(digits, lines.get(number))
        if len(words) == len(together):
            boxes.update({figure.id: box for figure, box in zip(together, words, strict=True)})
    return boxes


def _words_that_read(digits: str, line: Line | None) -> list[Box]:
    if line is None or not digits:
        return []
    return [word.box for word in line.words if word.box is not None and _is_in(digits, word.text)]


def _is_in(digits: str, word: str) -> bool:
    """Say whether a word is a number, or holds it among others that stand close: "46/48", "(trực", "2.161¹⁴"."""
    return digits in {word.strip(_AROUND_WORDS), *word.strip(_AROUND_WORDS).split("/")}
