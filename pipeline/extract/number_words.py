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
_HALVES = {"rưỡi", "rưởi"}
_WORD = re.compile(r"[^\W\d_]+")
VOCABULARY = frozenset(_UNITS) | frozenset(_SCALES) | _LINKS | _HALVES | {"mười", "mươi", "trăm"}
"""The words that numbers are made of."""


@dataclass(frozen=True)
class Worded:
    """A number in words at [start, end) of a text; `length` is how many words it has."""

    start: int
    end: int
    value: Decimal
    length: int


def parse(words: Sequence[str]) -> Decimal:
    """Return the value of a number in words.

    Raises:
        ValueError: the words do not make a number.
    """
    reader = _Reader()
    for word in words:
        reader.read(word.lower())
    return reader.value()


@dataclass
class _Reader:
    """Reads a number word by word: `group` is what stands before the next scale word, `total` what lies behind it."""

    total: Decimal = Decimal(0)
    group: Decimal = Decimal(0)
    last_scale: Decimal = Decimal(1)
    tens: bool = False
    hundreds: bool = False
    stated: bool = False

    def read(self, word: str) -> None:
        if word in _UNITS:
            self.group += _UNITS[word]
            self.stated = True
        elif word == "mười":
            self.group += 10
            self.tens = self.stated = True
        elif word == "mươi":
            self._tens()
        elif word == "trăm":
            self._hundreds()
        elif word in _SCALES:
            self._scale(_SCALES[word])
        elif word in _HALVES:
            self._half()
        elif word not in _LINKS:
            raise ValueError(f"not a number word: {word!r}")

    def value(self) -> Decimal:
        if not self.stated:
            raise ValueError("no digit among the words")
        return self.total + self.group

    def _tens(self) -> None:
        unit = self.group % 10
        if not unit or self.tens:
            raise ValueError("mươi without a digit before it")
        self.group += unit * 9
        self.tens = True

    def _hundreds(self) -> None:
        if self.hundreds or self.tens or self.group >= 10:
            raise ValueError("trăm in the wrong place")
        self.group = (self.group if self.stated else Decimal(1)) * 100
        self.hundreds = self.stated = True

    def _scale(self, scale: Decimal) -> None:
        """Close the group; in "nghìn tỷ" the scale multiplies all that is smaller than itself."""
        if not self.stated:
            raise ValueError("a scale without a number")
        smaller = self.total % scale
        self.total = self.total - smaller + (smaller + self.group) * scale
        self.group = Decimal(0)
        self.last_scale, self.tens, self.hundreds = scale, False, False

    def _half(self) -> None:
        """Add half of what was named last: "ba trăm rưỡi" is 350, "một tỷ rưỡi" 1.5 thousand million."""
        if self.hundreds and self.group:
            self.group += 50
        else:
            self.total += self.last_scale / 2


def find(text: str, fewest: int = 2) -> list[Worded]:
    """Return the numbers in words of a text that run over `fewest` words or more."""
    found: list[Worded] = []
    run: list[re.Match[str]] = []
    for match in _WORD.finditer(text):
        glued = bool(run) and re.fullmatch(r"[\s,]+", text[run[-1].end() : match.start()])
        if match[0].lower() in VOCABULARY and (not run or glued):
            run.append(match)
            continue
        found += _closed(run, fewest)
        run = [match] if match[0].lower() in VOCABULARY else []
    return [*found, *_closed(run, fewest)]


def _closed(run: Sequence[re.Match[str]], fewest: int) -> list[Worded]:
    """Return the number that a run of number words makes, if it makes one."""
    if len(run) < fewest:
        return []
    try:
        value = parse([match[0] for match in run])
    except ValueError:
        return []
    return [Worded(run[0].start(), run[-1].end(), value, len(run))]
