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

_GROUPED_PLAIN = r"\d{1,3}(?:\.\d{3})+(?:,\d+)?"
_GROUPED = rf"{_GROUPED_PLAIN}(?!\d|\.\d)"
_GROUPED_BY_COMMA = r"\d{1,3}(?:,\d{3}){2,}(?:\.\d+)?(?!\d)"
# A blank behind a grouping point comes from OCR. Three digits must follow, and no further letter may be glued on.
_GROUPED_LOOSELY = r"\d{1,3}(?:\. ?\d{3})+(?![\d\w]|\s?%)"
# A blank within the last group: "3.71 8". A point makes no decimals in Vietnamese, so that the groups show it.
_GROUP_TORN = r"\d{1,3}(?:\.\d{3})*\.(?:\d \d{2}|\d{2} \d)(?![\d\w.,]|\s?[\d%])"
_DECIMAL = r"\d+[.,]\d+"
_INTEGER = r"\d+"
# Four or five digits behind a grouping point are a group and the footnote mark that lost its raise: "9.88010".
_GROUPED_AND_MARK = r"\d{1,3}(?:\.\d{3})+(?=\d{1,2}(?!\d))"
_CURRENCY = "VN[DĐ]"  # "VND1.000"
NUMERAL = (
    rf"(?:{_GROUPED}|{_GROUPED_AND_MARK}|{_GROUPED_BY_COMMA}|{_GROUPED_LOOSELY}|{_GROUP_TORN}|{_DECIMAL}|{_INTEGER})"
)

_SHAPE = re.compile(
    # Letters, digits, points and dashes glued to the front make a code, a date or the tail of another number; the
    # currency's letters do not.
    rf"(?:(?<={_CURRENCY})|(?<![\w.,%])(?<!\d/)(?<!\w[-–]))"
    rf"(?P<first>{NUMERAL})"
    rf"(?P<mark>(?<=\.\d{{3}})\d{{1,2}}(?!\d))?(?:\s?(?P<sign>/|[-–])\s?(?:{_CURRENCY})?(?P<second>{NUMERAL}))?"
    r"(?!\d)"
)
_PERCENT = re.compile(r"\s?(?:[%‰]|phần trăm)")


@dataclass(frozen=True)
class Numeral:
    """A number in digits at [start, end) of a text.

    `step` is the value of one unit of the last stated digit (0.01 for 8,46; 1 for 1.234). `second` is the number
    behind a slash (`sign` "/") or a dash (`sign` "-"), `mark` a footnote mark glued on, which breaks the grouping.
    """

    start: int
    end: int
    value: Decimal
    step: Decimal
    second: Decimal | None = None
    sign: str = ""
    grouped: bool = False
    mark: str = ""


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
    elif re.fullmatch(_GROUPED_PLAIN, plain):
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
        numeral = _numeral(match, text)
        position = numeral.end
        yield numeral


def _numeral(match: re.Match[str], text: str) -> Numeral:
    percent = _PERCENT.match(text, match.end()) is not None
    if match["second"] is not None:
        value, step = parse(match["first"], percent=percent)
        other, _ = parse(match["second"], percent=percent)
        if match["sign"] == "/" or value < other:
            sign = "/" if match["sign"] == "/" else "-"
            return Numeral(match.start(), match.end(), value, step, other, sign)
    end = match.end("mark") if match["mark"] else match.end("first")
    value, step = parse(match["first"], percent=_PERCENT.match(text, end) is not None)
    return Numeral(match.start(), end, value, step, grouped="." in match["first"], mark=match["mark"] or "")
