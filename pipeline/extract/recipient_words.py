"""Abbreviations in the list of recipients, where a wrong reader took Đ for D, P or B: "Lưu: VT, CBS" is "CĐS".

The list is the part of a document that has most of them, and no sentence around them tells what they are. The usual
ones are known (`data/recipients.txt`); of others what was read stays: a repair looks for words and makes words of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import cache
from importlib import resources

from pipeline.extract.doubtful import was_garbled
from pipeline.language.letters import UPPER
from pipeline.language.syllables import is_syllable
from pipeline.language.unicode import fold
from pipeline.models import Line

_READ_AS = "(?:Đ|DP|D|P|B)"
_CORE = re.compile(rf"[{UPPER}]+")
_ABBREVIATED = re.compile(rf"\(?(?:\d{{1,2}}\.)?[{UPPER}]+(?:[.\-/][{UPPER}]+)*[.,;:)]*")
_FEWEST_CAPITALS = 2
_WORD = re.compile(r"\S+")


def with_abbreviations(line: Line) -> str:
    """Return a garbled line's text with its abbreviations as they were read, and Đ in those that are usual."""
    if not was_garbled(line):
        return line.text  # taken as it was read, or read from a picture in Vietnamese
    words = [(match.group(), match.span()) for match in _WORD.finditer(line.text)]
    text = line.text
    for begin, end, read in reversed(list(_abbreviated(line.raw.split(), [word for word, _ in words]))):
        text = text[: words[begin][1][0]] + _usual(read) + text[words[end - 1][1][1] :]
    return text


def is_usual(core: str) -> bool:
    """Say whether an abbreviation is one of the usual ones."""
    return core in _abbreviations()


def with_strokes(core: str) -> str:
    """Return the usual abbreviation that was read with D for each Đ, else what was read."""
    return next((known for known in _abbreviations() if "Đ" in known and known.replace("Đ", "D") == core), core)


def _abbreviated(raw: Sequence[str], text: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Yield where abbreviations stand among the words of a text, and what was read; one may have been cut in two."""
    pairs = SequenceMatcher(None, [_consonants(word) for word in raw], [_consonants(word) for word in text], False)
    for _, begin, end, start, stop in pairs.get_opcodes():
        if end - begin == 1 and stop - start > 1:
            if all(_is_abbreviation(raw[begin], word, "") for word in text[start:stop]):
                yield start, stop, raw[begin]
            continue
        for place, seen in zip(range(start, stop), raw[begin:end], strict=False):
            if _is_abbreviation(seen, text[place], "".join(text[place + 1 : place + 2])):
                yield place, place + 1, seen


def _is_abbreviation(seen: str, word: str, after: str) -> bool:
    """Say whether a word in capitals is none that is spoken; before a number it is none either ("ĐA 06")."""
    if not (word.isupper() and _ABBREVIATED.fullmatch(seen)) or sum(map(str.isupper, seen)) < _FEWEST_CAPITALS:
        return False
    return after[:1].isdigit() or any(not is_syllable(core.lower()) for core in _CORE.findall(word))


def _usual(word: str) -> str:
    return _CORE.sub(lambda core: _known(core[0]), word)


@cache
def _known(core: str) -> str:
    """Return the usual abbreviation that was read so, else what was read."""
    if is_usual(core):
        return core
    return next((known for known, pattern in _abbreviations().items() if pattern.fullmatch(core)), core)


def _consonants(word: str) -> str:
    """Return the consonants of a word, those that are taken for each other as one: vowels are what is misread most."""
    return re.sub(r"[^b-df-hj-np-tv-xz0-9]", "", fold(word)).replace("p", "d").replace("b", "d")


@cache
def _abbreviations() -> dict[str, re.Pattern[str]]:
    """Return the usual abbreviations, each with how it may have been read."""
    source = resources.files("pipeline.extract").joinpath("data/recipients.txt")
    names = source.read_text(encoding="utf-8").split()
    return {name: re.compile(name.replace("Đ", _READ_AS)) for name in names}
