"""The part of a long passage that shows why it was found."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from pipeline.archive.terms import Span

_LENGTH = 240  # characters: two to three lines of a terminal
_BEFORE = 80  # characters shown before the first highlight


def snippet(text: str, highlights: Sequence[Span]) -> Text:
    """Cut the surroundings of the first highlight out of a text, at spaces, with the highlights shown."""
    start, end = _bounds(text, highlights[0].start if highlights else 0)
    cut = Text(text[start:end])
    for span in highlights:
        cut.stylize("bold reverse", max(0, span.start - start), max(0, span.end - start))
    return Text("… " if start else "") + cut + Text(" …" if end < len(text) else "")


def _bounds(text: str, focus: int) -> tuple[int, int]:
    start = 0 if focus <= _BEFORE else text.rfind(" ", 0, focus - _BEFORE) + 1
    if start + _LENGTH >= len(text):
        return start, len(text)
    space = text.find(" ", start + _LENGTH)
    return start, len(text) if space < 0 else space
