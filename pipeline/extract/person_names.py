"""Names of persons: a Vietnamese name begins with one of few surnames, which tells what a doubtful word is.

The surnames (`data/surnames.txt`) are those of the Kinh and of other peoples of Vietnam. A given name may be any word,
but some are given often (`data/given_names.txt`) and others are words of other use: "Tiệp" is a name, "Tiếp" a verb.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from importlib import resources

from pipeline.language.letters import LOWER, UPPER
from pipeline.language.spelling import one_spelling
from pipeline.language.unicode import strip_marks
from pipeline.models import Line

# Behind "Thị" a woman's name stands; these are men's.
_OF_MEN = frozenset((
    "Thành", "Hùng", "Cường", "Dũng", "Tuấn", "Hưng", "Thắng", "Toàn", "Quân", "Quốc", "Đức", "Mạnh",
    "Hoàn", "Trọng", "Tùng", "Sỹ", "Lực", "Chiến",
))  # fmt: skip
_WOMAN = re.compile(rf"\bThị(?:\s+[{UPPER}][{LOWER}]*)*?\s+(?P<given>[{UPPER}][{LOWER}]*)\s*$")
# What stands between surname and given name, and begins no name.
_MIDDLE = frozenset({"Văn", "Thị", "Đình", "Hữu", "Quốc", "Duy"})
# Names of a clan, which stand last in the names of the Ê Đê: before them stands a given name behind Y (a man's) or H'.
_CLANS = frozenset({"Niê", "Kdăm", "Mlô", "Êban", "Ayun", "Byă", "Ênuôl", "Kbuôr", "Hđơk", "Ktla", "Hmok", "Hwing"})
_OF_A_CLAN = re.compile(r"(?:Y|H['’]?)\b")
_AT_THE_END = re.compile(
    rf"(?P<first>[{UPPER}][{LOWER}]*)(?:\s+[{UPPER}][{LOWER}]*){{0,3}}\s+(?P<last>[{UPPER}][{LOWER}]*)\s*$"
)


@cache
def surnames() -> frozenset[str]:
    """Return the surnames, as they are written in a name."""
    source = resources.files("pipeline.extract").joinpath("data/surnames.txt")
    return frozenset(source.read_text(encoding="utf-8").split())


@cache
def _given_names() -> frozenset[str]:
    source = resources.files("pipeline.extract").joinpath("data/given_names.txt")
    return frozenset(map(one_spelling, source.read_text(encoding="utf-8").split()))


def with_likely_parts(line: Line) -> str:
    """Return a line's text; doubtful parts of a name at its end are what they may be of a name.

    The first is a surname, that of the same letters before one with others; behind "Thị" the last is no man's name; the
    last is a usual given name rather than another word of the same letters.
    """
    text = line.text
    name = _AT_THE_END.search(text)
    others = _others(line, name.span("first"), text) if name and not _is_surname(name["first"]) else []
    if name and others:
        alike = [known for known in surnames() if _letters(known) == _letters(name["first"])]
        likely = alike if len(alike) == 1 else [other for other in others if _is_surname(other)]
        text = _instead(text, name.span("first"), likely)
    if (woman := _WOMAN.search(text)) and woman["given"] in _OF_MEN:
        others = _others(line, woman.span("given"), text)
        return _instead(text, woman.span("given"), [o for o in others if o[:1].isupper() and o not in _OF_MEN])
    return _with_usual_given_name(line, text)


def _with_usual_given_name(line: Line, text: str) -> str:
    """Return a text with a usual given name of the same letters for a doubtful word that ends a name and is none."""
    name = _AT_THE_END.search(text)
    if name is None or not _is_surname(name["first"]) or _is_given(name["last"]):
        return text
    others = [o for o in _others(line, name.span("last"), text) if _letters(o) == _letters(name["last"])]
    unfit = _OF_MEN if _WOMAN.search(text) else frozenset[str]()
    return _instead(text, name.span("last"), [other for other in others if _is_given(other) and other not in unfit])


def _is_given(word: str) -> bool:
    return one_spelling(word) in _given_names()


def _letters(word: str) -> str:
    """Return the letters of a word without marks; the stroke of Đ is none of them."""
    return word[:1].replace("Đ", "đ") + strip_marks(word[1:])


def _is_surname(word: str) -> bool:
    return word in surnames()


def _others(line: Line, place: tuple[int, int], text: str) -> list[str]:
    """Return the other readings of the doubtful word that ends at a place, counted from the text's end."""
    behind = len(text) - place[1]  # a word before it may have been changed to one of another length
    return [other for doubt in line.doubts if len(line.text) - doubt.end == behind for other in doubt.others]


def _instead(text: str, place: tuple[int, int], words: Sequence[str]) -> str:
    """Return a text with the first of some words at a place; as it is where there are none."""
    start, end = place
    return f"{text[:start]}{words[0]}{text[end:]}" if words else text


def is_whole(name: str) -> bool:
    """Say whether a name can be one: "Văn Tiệp" has lost its surname, "Lim Niê" what stands before names of a clan."""
    first, *_, last = name.split()
    return first not in _MIDDLE and (last not in _CLANS or bool(_OF_A_CLAN.match(name)) or first in _CLANS)
