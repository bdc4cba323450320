"""The words of a repaired line at their places: each with its box, its confidence, and what else it may be."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from pipeline.models import Box, Doubt, Line, Word
from pipeline.ocr.lines import around

_TOKEN = re.compile(r"\S+")
_Run = tuple[list[str], list[Word]]


@dataclass(frozen=True)
class PlacedWord:
    """A word of the repaired text; `confidence` runs from 0 to 1, None where the source states none.

    `others` are the next best readings of a doubtful word, best first.
    """

    text: str
    box: Box
    confidence: float | None
    others: tuple[str, ...] = ()


def placed_words(line: Line) -> list[PlacedWord]:
    """Place the words of a line's repaired text where they are printed; none where the line has no boxes.

    Repair may have cut a word, joined two or left a speck out. What stays the same keeps its own box; between two such
    words the repaired ones share the place of those that were read, by their lengths.
    """
    read = [word for word in line.words if word.box]
    tokens = list(_TOKEN.finditer(line.text))
    if not read or not tokens:
        return []
    places = _places([token.group() for token in tokens], read)
    repaired: Sequence[float | None] = line.confidences
    if len(repaired) != len(tokens):
        repaired = [None] * len(tokens)
    return [
        PlacedWord(token.group(), box, _confidence(token.group(), decided, seen), _others(token, line.doubts))
        for token, decided, (box, seen) in zip(tokens, repaired, places, strict=True)
    ]


def _confidence(token: str, decided: float | None, seen: float | None) -> float | None:
    """Return how sure a word is: by the repair that decided it, and by the reader where no language model has a say."""
    if decided is None or seen is None:
        return seen if decided is None else decided
    is_word = any(c.isalpha() for c in token) and not any(c.isdigit() for c in token)
    return decided if is_word else min(decided, seen)


def _places(tokens: Sequence[str], read: Sequence[Word]) -> list[tuple[Box, float | None]]:
    """Return the box of each token and how sure the reader was of what it saw there."""
    return [
        (box, _least(words))
        for part, words in _aligned(tokens, read)
        for box in _shared(part, around(word.box for word in words if word.box))
    ]


def _aligned(tokens: Sequence[str], read: Sequence[Word]) -> list[_Run]:
    """Part both sides into the shortest runs that belong together; a run has tokens, and words that were read."""
    if len(tokens) == len(read):
        return _pairs(tokens, read)
    runs: list[_Run] = []
    matcher = SequenceMatcher(None, [word.text for word in read], tokens, autojunk=False)
    for _, start, end, first, last in matcher.get_opcodes():
        part, words = tokens[first:last], read[start:end]
        for run in _pairs(part, words) if len(part) == len(words) else [(list(part), list(words))]:
            if runs and not (run[1] and runs[-1][1]):
                runs[-1] = (runs[-1][0] + run[0], runs[-1][1] + run[1])
            else:
                runs.append(run)
    return [run for run in runs if run[0]]


def _pairs(tokens: Sequence[str], read: Sequence[Word]) -> list[_Run]:
    return [([token], [word]) for token, word in zip(tokens, read, strict=True)]


def _shared(tokens: Sequence[str], box: Box) -> list[Box]:
    """Cut a box into one for each token, by their lengths with the spaces between them."""
    width = (box.x1 - box.x0) / (sum(map(len, tokens)) + len(tokens) - 1)
    boxes, left = [], box.x0
    for token in tokens:
        boxes.append(Box(x0=left, y0=box.y0, x1=left + width * len(token), y1=box.y1))
        left += width * (len(token) + 1)
    return boxes


def _least(words: Sequence[Word]) -> float | None:
    return min((word.confidence for word in words if word.confidence is not None), default=None)


def _others(token: re.Match[str], doubts: Sequence[Doubt]) -> tuple[str, ...]:
    """Return what else a token may be, whole, with the punctuation around the doubtful word in it."""
    text, start = token.group(), token.start()
    return tuple(
        text[: doubt.start - start] + other + text[doubt.end - start :]
        for doubt in doubts
        if start <= doubt.start and doubt.end <= token.end()
        for other in doubt.others
    )
