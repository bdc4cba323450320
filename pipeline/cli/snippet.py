"""The part of a long passage that shows why it was found, and which of its words are doubtful."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from pipeline.archive.terms import Span
from pipeline.models import Doubt

_LENGTH = 240  # characters: two to three lines of a terminal
_BEFORE = 80  # characters shown before the first highlight


def snippet(text: str, highlights: Sequence[Span], doubts: Sequence[Doubt] = ()) -> Text:
    """Cut the surroundings of the first highlight out of a text, at spaces, with highlights and doubtful words shown.

    A doubtful word has "(?)" behind it; one that is highlighted its other readings: "hợp(? họp)". Terminals show it
    underlined too, but what is written to a file has no lines below it.
    """
    start, end = _bounds(text, highlights[0].start if highlights else 0)
    whole = Text(text)
    for span in highlights:
        whole.stylize("bold reverse", span.start, span.end)
    cut = Text("… " if start else "")
    for doubt in doubts:
        if start < doubt.end <= end:
            whole.stylize("underline", doubt.start, doubt.end)
            cut += whole[start : doubt.end] + Text(_sign(doubt, highlights), style="dim")
            start = doubt.end
    return cut + whole[start:end] + Text(" …" if end < len(text) else "")


def _sign(doubt: Doubt, highlights: Sequence[Span]) -> str:
    is_highlighted = any(span.start < doubt.end and span.end > doubt.start for span in highlights)
    return f"(? {', '.join(doubt.others)})" if is_highlighted and doubt.others else "(?)"


def _bounds(text: str, focus: int) -> tuple[int, int]:
    start = 0 if focus <= _BEFORE else text.rfind(" ", 0, focus - _BEFORE) + 1
    if start + _LENGTH >= len(text):
        return start, len(text)
    space = text.find(" ", start + _LENGTH)
    return start, len(text) if space < 0 else space
