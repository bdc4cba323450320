"""Numerals in digits as Vietnamese reports write them: `1.234.567`, `8,46`, `25.27`, `227. 213`, `63/124`, `10-15`.

Vietnamese groups thousands by a point and writes decimals after a comma. Reports also hold the opposite habits: a
point that must be a decimal because no three digits follow it, thousands grouped by commas, and a blank that an OCR
put behind a point. Values are Decimal; nothing here knows of units or dates.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

_GROUPED = r"\d{1,3}(?:\.\d{3})+(?:,\d+)?(?!\d)"
_GROUPED_BY_COMMA = r"\d{1,3}(?:,\d{3}){2,}(?:\.\d+)?(?!\d)"
# A blank behind a grouping point comes from OCR. Three digits must follow, and no further letter may be glued on.
_GROUPED_LOOSELY = r"\d{1,3}(?:\. ?\d{3})+(?![\d\w]|\s?%)"
_DECIMAL = r"\d+[.,]\d+"
_INTEGER = r"\d+"
NUMERAL = rf"(?:{_GROUPED}|{_GROUPED_BY_COMMA}|{_GROUPED_LOOSELY}|{_DECIMAL}|{_INTEGER})"

_SHAPE = re.compile(
    # Letters, digits, points and dashes glued to the front make a code, a date or the tail of another number.
    r"(?<![\w.,])(?<!\d/)(?<!\w[-–])"
    rf"(?P<first>{NUMERAL})"
    rf"(?:\s?(?P<sign>/|[-–])\s?(?P<second>{NUMERAL}))?"
    r"(?!\d)"
)


@dataclass(frozen=True)
class Numeral:
    """A number in digits at [start, end) of a text.

    `step` is the value of one unit of the last stated digit (0.01 for 8,46; 1 for 1.234). `second` is the number
    behind a slash (`sign` "/") or a dash (`sign` "-").
    """

    start: int
    end: int
    value: Decimal
    step: Decimal
    second: Decimal | None = None
    sign: str = ""
    leading_zero: bool = False
    grouped: bool = False


def parse(written: str, *, percent: bool = False) -> tuple[Decimal, Decimal]:
    """Return value and step of a written number.

    With `percent` a point is read as a decimal point wherever that is possible (12.345 % is twelve, not twelve
    thousand).

    Raises:
        ValueError: `written` is not a number in digits.
    """
    plain = written.replace(" ", "")
    if not re.fullmatch(NUMERAL, plain):
        raise ValueError(f"not a numeral: {written!r}")
    if percent and re.fullmatch(r"\d+\.\d+", plain):
        digits = plain
    elif re.fullmatch(_GROUPED, plain):
        digits = plain.replace(".", "").replace(",", ".")
    elif re.fullmatch(_GROUPED_BY_COMMA, plain):
        digits = plain.replace(",", "")
    else:
        digits = plain.replace(",", ".")
    value = Decimal(digits)
    exponent = value.as_tuple().exponent
    return value, Decimal(1).scaleb(exponent) if isinstance(exponent, int) else Decimal(1)


def find(text: str) -> Iterator[Numeral]:
    """Yield the numerals of a text in order: single numbers, fractions `a/b` and ranges `a-b`."""
    position = 0
    while match := _SHAPE.search(text, position):
        position = max(match.end(), position + 1)
        numeral = _numeral(match, text)
        position = max(numeral.end, position if numeral.end == match.end() else numeral.end)
        yield numeral


def _numeral(match: re.Match[str], text: str) -> Numeral:
    percent = bool(re.match(r"\s?(?:%|phần trăm)", text[match.end() : match.end() + 11]))
    first, sign, second = match["first"], match["sign"], match["second"]
    value, step = parse(first, percent=percent)
    zero = len(first) > 1 and first.startswith("0") and first.isdigit()
    if second is not None:
        other, _ = parse(second, percent=percent)
        if sign == "/" or value < other:
            kind = "/" if sign == "/" else "-"
            return Numeral(match.start(), match.end(), value, step, other, kind, zero)
    alone = bool(re.match(r"\s?(?:%|phần trăm)", text[match.end("first") : match.end("first") + 11]))
    value, step = parse(first, percent=alone)
    return Numeral(match.start(), match.end("first"), value, step, None, "", zero, "." in first)
