"""What was read where nothing is written: signs that stand alone, and runs of them with single letters and digits.

Dust, rulings and the dots of leaders come out as such. Dashes are none: in a table a dash is a value.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_STRAY = re.compile(r"[.,'\"`´:~^_°£\\’‘“”*]{1,2}")
_SIGN = re.compile(r"[^\w\s\-–—|+%&/§]{1,2}|[£°_]{1,2}|[-–—][,'\"`~^]")
_SINGLE = re.compile(r"[^\w\s\-–—|%]?[^\W_][^\w\s\-–—|%)]?")
_MIXED = re.compile(r"[A-Za-z]?\d[A-Za-z]|[A-Z][a-z]|[^\W\d_]\d")
# A line to write on stands behind a colon, and in numbers and dates that are left open: "so _, ngay _ thang _".
_BLANK = re.compile(r"_[,.;]?")
_BEFORE_A_BLANK = re.compile(r".*:|s\w|ng\wy|th\wng|n\wm", re.IGNORECASE)
_ROW_NUMBER = re.compile(r"\d[.)]")
_CELL = "|"
_FEWEST = 3


def is_stray(token: str) -> bool:
    """Say whether a token is a stray sign, whatever stands beside it."""
    return bool(_STRAY.fullmatch(token))


def specks(tokens: Sequence[str]) -> set[int]:
    """Return the places of the tokens of a line that are no text.

    A run of three or more tokens, each a sign, a single letter or a single digit, is noise if signs and letters are in
    the majority and one sign at least is among them; a numeral of two digits, a dash or a word ends the run, and the
    number that a line begins with is none of it.
    """
    found = {place for place, token in enumerate(tokens) if is_stray(token) and not _is_blank(tokens, place)}
    run: list[int] = []
    for place, token in enumerate([*tokens, ""]):
        is_row_number = not place and _ROW_NUMBER.fullmatch(token)
        if token and token != _CELL and not is_row_number and _kind(token):
            run.append(place)
            continue
        if token == _CELL and run:
            run.append(place)
            continue
        if run:
            found.update(_noise(tokens, run))
            run = []
    return found


def _is_blank(tokens: Sequence[str], place: int) -> bool:
    """Say whether a token is a line that somebody is to write on."""
    return place > 0 and bool(_BLANK.fullmatch(tokens[place]) and _BEFORE_A_BLANK.fullmatch(tokens[place - 1]))


def _kind(token: str) -> str:
    """Name what a token may be in a run of noise: "sign", "letter", "digit", or "" for what ends the run."""
    core = token.strip("|")
    if _SIGN.fullmatch(core):
        return "sign"
    if _SINGLE.fullmatch(core):
        return "digit" if any(c.isdigit() for c in core) else "letter"
    return "letter" if _MIXED.fullmatch(core) else ""


def _noise(tokens: Sequence[str], run: Sequence[int]) -> set[int]:
    kinds = [_kind(tokens[place]) for place in run if tokens[place] != _CELL]
    signs, digits = kinds.count("sign"), kinds.count("digit")
    if len(kinds) < _FEWEST or not signs or len(kinds) - digits < max(2, digits):
        return set()
    return {place for place in run if tokens[place] != _CELL}
