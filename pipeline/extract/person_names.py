"""Names of persons: a Vietnamese name begins with one of few surnames, which tells what a doubtful word is.

The surnames (`data/surnames.txt`) are those of the Kinh and of other peoples of Vietnam; a given name may be any word.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from importlib import resources

from pipeline.language.letters import LOWER, UPPER
from pipeline.models import Line

# Behind "Thị" a woman's name stands; these are men's.
_OF_MEN = frozenset((
    "Thành", "Hùng", "Cường", "Dũng", "Tuấn", "Hưng", "Thắng", "Toàn", "Quân", "Quốc", "Đức", "Mạnh",
    "Hoàn", "Trọng", "Tùng", "Sỹ", "Lực", "Chiến",
))  # fmt: skip
_WOMAN = re.compile(rf"\bThị(?:\s+[{UPPER}][{LOWER}]*)*?\s+(?P<given>[{UPPER}][{LOWER}]*)\s*$")
# What stands between surname and given name, and begins no name.
_MIDDLE = frozenset({"Văn", "Thị", "Đình", "Hữu"})
_AT_THE_END = re.compile(rf"(?P<first>[{UPPER}][{LOWER}]*)(?:\s+[{UPPER}][{LOWER}]*){{1,4}}\s*$")


@cache
def surnames() -> frozenset[str]:
    """Return the surnames, as they are written in a name."""
    source = resources.files("pipeline.extract").joinpath("data/surnames.txt")
    return frozenset(source.read_text(encoding="utf-8").split())


def with_likely_parts(line: Line) -> str:
    """Return a line's text; doubtful parts of a name at its end are what they may be of a name.

    The first is a surname, and behind "Thị" the last is no man's name.
    """
    text = line.text
    if name := _AT_THE_END.search(text):
        text = _instead(line, text, name.span("first"), _is_surname)
    if woman := _WOMAN.search(text):
        text = _instead(line, text, woman.span("given"), _may_be_a_womans)
    return text


def _is_surname(word: str) -> bool:
    return word in surnames()


def _may_be_a_womans(word: str) -> bool:
    return word not in _OF_MEN


def _instead(line: Line, text: str, place: tuple[int, int], fits: Callable[[str], bool]) -> str:
    """Return a text with the first of a doubtful word's other readings that fits, where the word itself does not."""
    start, end = place
    if fits(text[start:end]):
        return text
    behind = len(text) - end  # a word before it may have been changed to one of another length
    found = (
        other
        for doubt in line.doubts
        if len(line.text) - doubt.end == behind
        for other in doubt.others
        if fits(other) and other[:1].isupper()
    )
    return f"{text[:start]}{next(found, text[start:end])}{text[end:]}"


def is_whole(name: str) -> bool:
    """Say whether a name can be one: "Văn Tiệp" has lost its surname."""
    return name.split(maxsplit=1)[0] not in _MIDDLE
