"""The number and symbol of an official document (số, ký hiệu): "Số: 512/BC-SYT", "Số 31-HD/BTCTU".

Both are printed ahead, but the number is often left for the pen, and what a reader makes of handwriting is no number:
"Số:42 %É/SYT-NVY" and "Sô2#QĐ-HV" still say whose document it is and of which type.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.extract.document_types import ABBREVIATIONS
from pipeline.extract.doubtful import are_digits_disputed
from pipeline.language.letters import LETTER, LOWER, UPPER
from pipeline.models import Line

_PART = rf"[{UPPER}][\w&]*"
_SYMBOL = rf"(?P<symbol>{_PART}(?:\s?[-/,&]\s?{_PART})*)"
_PRINTED = re.compile(
    r"(?:\bS[ốôóoòõổồỗ06b]|^\s*s[ốổồ](?=\s?:))\s*:?\s*"
    r"(?P<number>\d+[a-z]?(?:\s?/\s?\d{4}(?=\s?/))?)?(?:[\s.…]*/\s?\d{4}(?=\s?/))?[\s.…]*[-/]\s?"
    rf"{_SYMBOL}"
)
_ALONE = re.compile(r"\bSố\s*:?\s*(?P<number>\d+[a-z]?)\s*$")
# Of "Số" itself S is read as 8, and its vowel as anything; what is written by hand has no word in it.
_LABEL = r"\W{0,4}(?:S\w?\s?[:.;,]?|(?P<misread>8\w:))"
_BY_HAND = re.compile(rf"{_LABEL}(?P<number>(?:(?!{LETTER}{{3}}).){{0,14}}?)\s*[/⁄]\s?(?=[{UPPER}]{{2}}){_SYMBOL}")
_TYPES = "|".join(sorted(ABBREVIATIONS, key=len, reverse=True))
_WITHOUT_STROKE = re.compile(
    rf"{_LABEL}(?P<number>(?:(?!{LETTER}{{3}}).){{0,14}}?)(?P<symbol>(?:{_TYPES})-\s?[{UPPER}]{{2}}[\w&]*)"
)
_READ = re.compile(r"\d+[a-z]?(?:/\d{4})?")
# The place, and of the date its beginning, stand behind the symbol where both columns are in one line.
_BEHIND = re.compile(rf"\s+(?=[{UPPER}][{LOWER}])")


@dataclass(frozen=True)
class DocumentNumber:
    """A document's number and symbol; either is None where it is not printed, or cannot be read for certain."""

    number: str | None
    symbol: str | None


def find(line: Line) -> DocumentNumber | None:
    """Return the number and symbol that a line states; None where it states none.

    A number that was read in two ways is None: where readers differ, it is written by hand more often than not.
    """
    if printed := _PRINTED.search(line.text):
        return _of(printed, line)
    if alone := _ALONE.search(line.text):
        return DocumentNumber(_number(alone, line), None)
    by_hand = _BY_HAND.match(line.text) or _WITHOUT_STROKE.match(line.text)
    return _of(by_hand, line) if by_hand else None


def begins(text: str) -> bool:
    """Say whether a text begins with a number and symbol as they are printed, or with what is left of them."""
    return bool(_PRINTED.match(text) or _BY_HAND.match(text) or _WITHOUT_STROKE.match(text))


def _of(match: re.Match[str], line: Line) -> DocumentNumber:
    symbol = _BEHIND.split(match["symbol"])[0]
    unsure = match.re is _WITHOUT_STROKE or (match.re is _BY_HAND and match["misread"])
    return DocumentNumber(None if unsure else _number(match, line), re.sub(r"\s", "", symbol))


def _number(match: re.Match[str], line: Line) -> str | None:
    number = re.sub(r"\s", "", match["number"] or "")
    if not _READ.fullmatch(number) or are_digits_disputed(line, match.span("number")):
        return None
    return number
