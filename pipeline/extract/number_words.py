"""Numbers in words, as amounts of money are repeated "bằng chữ": "Bảy tỷ ba trăm triệu đồng".

The grammar covers linh/lẻ, mốt, tư, lăm/nhăm, rưỡi, mười/mươi, nghìn/ngàn, tỷ/tỉ and their nesting ("nghìn tỷ"), and
commas between the groups. Words are compared without their case; marks must be right.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

_UNITS = {
    "không": 0, "một": 1, "mốt": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4, "năm": 5, "lăm": 5, "nhăm": 5,
    "sáu": 6, "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9,
}  # fmt: skip
_SCALES = {
    "nghìn": Decimal(10**3), "ngàn": Decimal(10**3), "triệu": Decimal(10**6), "tỷ": Decimal(10**9),
    "tỉ": Decimal(10**9),
}  # fmt: skip
_LINKS = {"linh", "lẻ", "lẽ"}
_OTHERS = {"mười", "mươi", "trăm", "rưỡi", "rưởi"}
_WORD = re.compile(r"[^\W\d_]+")
VOCABULARY = frozenset(_UNITS) | frozenset(_SCALES) | _LINKS | _OTHERS


@dataclass(frozen=True)
class Worded:
    """A number in words at [start, end) of a text."""

    start: int
    end: int
    value: Decimal


def parse(words: Sequence[str]) -> Decimal:
    """Return the value of a number in words.

    Raises:
        ValueError: the words do not make a number.
    """
    total, group = Decimal(0), Decimal(0)  # `group` is what stands before the next scale word
    tens = hundreds = False
    stated = False
    last_scale = Decimal(1)
    for word in (w.lower() for w in words):
        if word in _UNITS:
            unit = _UNITS[word]
            group += unit
            stated = True
        elif word == "mười":
            group += 10
            tens, stated = True, True
        elif word == "mươi":
            unit = int(group % 10)
            if not unit or tens:
                raise ValueError("mươi without a digit before it")
            group += unit * 9
            tens = True
        elif word == "trăm":
            if hundreds or tens or group >= 10:
                raise ValueError("trăm in the wrong place")
            group = (group if stated else Decimal(1)) * 100
            hundreds, stated = True, True
        elif word in _SCALES:
            scale = _SCALES[word]
            if not stated and not total:
                raise ValueError("a scale without a number")
            total, group = _scaled(total, group, scale)
            last_scale, tens, hundreds = scale, False, False
        elif word in ("rưỡi", "rưởi"):
            if hundreds and group:
                group += 50
            else:
                total += last_scale / 2
        elif word not in _LINKS:
            raise ValueError(f"not a number word: {word!r}")
    if not stated:
        raise ValueError("no digit among the words")
    return total + group


def _scaled(total: Decimal, group: Decimal, scale: Decimal) -> tuple[Decimal, Decimal]:
    """Close a group by its scale word; "nghìn tỷ" multiplies all that is smaller than the scale."""
    smaller = total % scale if total >= scale else total
    return total - smaller + (smaller + group) * scale, Decimal(0)


def spell(value: int) -> str:
    """Write a whole number in words, the northern way ("linh", "nghìn", "tỷ")."""
    if value == 0:
        return "không"
    if value >= 10**9:
        head, rest = divmod(value, 10**9)
        return f"{spell(head)} tỷ" + (f" {_spell_below_billion(rest, full=True)}" if rest else "")
    return _spell_below_billion(value, full=False)


def _spell_below_billion(value: int, *, full: bool) -> str:
    parts: list[str] = []
    for scale, name in ((10**6, "triệu"), (10**3, "nghìn"), (1, "")):
        group, value = divmod(value, scale)
        if group:
            parts.append(_spell_group(group, full=full or bool(parts)))
            parts.append(name)
    return " ".join(part for part in parts if part)


def _spell_group(group: int, *, full: bool) -> str:
    digits = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
    hundred, rest = divmod(group, 100)
    ten, unit = divmod(rest, 10)
    words: list[str] = []
    if hundred or full:
        words += [digits[hundred], "trăm"]
    if ten == 1:
        words.append("mười")
    elif ten:
        words += [digits[ten], "mươi"]
    elif unit and words:
        words.append("linh")
    if unit:
        last = digits[unit]
        if unit == 1 and ten > 1:
            last = "mốt"
        elif unit == 5 and ten:
            last = "lăm"
        words.append(last)
    return " ".join(words)


def find(text: str) -> list[Worded]:
    """Return the numbers in words of a text that run over at least two words."""
    found: list[Worded] = []
    run: list[re.Match[str]] = []
    for match in _WORD.finditer(text):
        glued = bool(run) and re.fullmatch(r"[\s,]+", text[run[-1].end() : match.start()])
        if match[0].lower() in VOCABULARY and (not run or glued):
            run.append(match)
            continue
        _close(run, found)
        run = [match] if match[0].lower() in VOCABULARY else []
    _close(run, found)
    return found


def _close(run: Sequence[re.Match[str]], found: list[Worded]) -> None:
    if len(run) < 2:
        return
    try:
        value = parse([match[0] for match in run])
    except ValueError:
        return
    found.append(Worded(run[0].start(), run[-1].end(), value))
