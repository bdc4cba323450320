"""A text in a legacy code to Unicode, with what the code table alone cannot tell: ư shown as a hyphen, and capitals."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from enum import Enum

from pipeline.language.legacy.tables import Encoding, decode
from pipeline.language.syllables import is_syllable

# TCVN3 has ư at 0xAD, the soft hyphen of Latin-1, which PDF's WinAnsiEncoding and many programs turn into a hyphen.
_HYPHENED = re.compile(r"[^\W\d_]*(?:-[^\W\d_]*)+")
_WORD = re.compile(r"[^\W\d_]+")
_CAPITALS_WITH_A_FORM_OF_THEIR_OWN = frozenset("ABCDEGHIKLMNOPQRSTUVXYĂÂÊÔƠƯĐ")


class _Case(Enum):
    CAPITALS = "capitals"
    SMALL = "small"
    OPEN = "open"


def convert(text: str, encoding: Encoding) -> str:
    """Turn a text that is in `encoding` into Unicode (NFC).

    In TCVN3 a hyphen inside a word is ư where that makes a syllable of what is none ("th-êng" is "thường").
    """
    decoded = decode(text, encoding)
    if encoding is Encoding.TCVN3 and "-" in decoded:
        return _HYPHENED.sub(_with_horns, decoded)
    return decoded


def _with_horns(match: re.Match[str]) -> str:
    written = match[0]
    parts = [part for part in written.split("-") if part]
    horned = written.replace("-", "Ư" if written.isupper() else "ư")
    # A dash before "Tăng", or between two words, is one; "-u" is none, because a lone vowel is hardly ever a word.
    are_words = all(len(part) > 1 and is_syllable(part) for part in parts)
    return horned if parts and not are_words and is_syllable(horned) else written


def with_capitals(text: str) -> str:
    """Restore the capitals of a TCVN3 text that came without its fonts, line by line.

    The fonts have no capitals with a tone, so that a heading typed in capitals arrives as "BáO CáO". A word whose plain
    letters are capitals is in capitals; where one capital alone does not tell ("Tổ", "Ủy"), the words beside it do.
    """
    return "\n".join(map(_line_with_capitals, text.split("\n")))


def _line_with_capitals(line: str) -> str:
    words = list(_WORD.finditer(line))
    cases = [_case(word[0]) for word in words]
    out, end = [], 0
    for at, word in enumerate(words):
        case = cases[at] if cases[at] is not _Case.OPEN else _case_around(cases, at)
        out += [line[end : word.start()], word[0].upper() if case is _Case.CAPITALS else word[0]]
        end = word.end()
    return "".join([*out, line[end:]])


def _case(word: str) -> _Case:
    """Say in which case a word was typed, by the letters that have capitals in TCVN3."""
    if any(letter.upper() in _CAPITALS_WITH_A_FORM_OF_THEIR_OWN and letter.islower() for letter in word):
        return _Case.SMALL
    return _Case.CAPITALS if any(letter.isupper() for letter in word[1:]) else _Case.OPEN


def _case_around(cases: Sequence[_Case], at: int) -> _Case:
    """Say in which case the nearest words on either side are, where both say the same."""
    beside = {_first_settled(reversed(cases[:at])), _first_settled(cases[at + 1 :])} - {_Case.OPEN}
    return beside.pop() if len(beside) == 1 else _Case.OPEN


def _first_settled(cases: Iterable[_Case]) -> _Case:
    return next((case for case in cases if case is not _Case.OPEN), _Case.OPEN)
