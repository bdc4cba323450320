"""Footnote marks (chỉ số chú thích) glued to words and numbers, set as superscript digits as they are printed.

A mark is raised only where the document has the text of the footnote: a line that begins with the mark. Marks run in
order through the document, and the text of a note stands below the line with its mark.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_NOTE = re.compile(r"\s*(\d{1,2})\s+(?=[^\W\d_])")
_REACH = 60  # lines between a mark and its note: a page at most


def raise_marks(lines: Sequence[str]) -> list[str]:
    """Set footnote marks as superscripts; lines without one come back as they are."""
    out = list(lines)
    expected = 1
    for number, mark in _notes(lines):
        if mark != expected and expected > 1:
            continue
        if _raise_one(out, number, mark):
            expected = mark + 1
    return out


def _notes(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    for number, line in enumerate(lines):
        match = _NOTE.match(line)
        if match and not match.group(1).startswith("0"):
            yield number, int(match.group(1))


def _raise_one(lines: list[str], note: int, mark: int) -> bool:
    """Raise `mark` in the nearest line above its note where it can stand, and in the note itself."""
    pattern = _glued(mark)
    for number in range(note - 1, max(-1, note - _REACH), -1):
        match = pattern.search(lines[number])
        if match:
            raised = str(mark).translate(_RAISED)
            lines[number] = lines[number][: match.start("mark")] + raised + lines[number][match.end("mark") :]
            at = lines[note].index(str(mark))
            lines[note] = lines[note][:at] + raised + lines[note][at + len(str(mark)) :]
            return True
    return False


def _glued(mark: int) -> re.Pattern[str]:
    """Where a mark can only be a mark: after a percent sign, a word, or a number whose grouping it breaks."""
    return re.compile(
        rf"(?:%|[^\W\d_]{{2}}|(?<!\d)\d{{1,3}}(?:\.\d{{3}})+|\d{{4}}-\d{{4}}|\d,\d{{2}})(?P<mark>{mark})(?=[\s.,;:)]|$)"
    )
