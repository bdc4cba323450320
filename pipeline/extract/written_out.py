"""Amounts that are repeated in words behind their digits: "233.256 triệu đồng (Bằng chữ: Hai trăm ba mươi ba tỷ …)".

Imperfectly repaired text has number words with a wrong letter ("lý" for "tỷ"). Such words are read as number words only
where that gives the very amount in digits: they may bear it out, but never contradict it.
"""

from __future__ import annotations

import itertools
import math
import re
from decimal import Decimal

from rapidfuzz.distance import Levenshtein

from pipeline.extract import number_words
from pipeline.extract.number_words import VOCABULARY, Worded
from pipeline.extract.quantities import Quantity
from pipeline.language.unicode import fold

_SCALES = {"nghìn tỷ": 12, "ngàn tỷ": 12, "tỷ": 9, "tỉ": 9, "triệu": 6, "nghìn": 3, "ngàn": 3}
_SAID = r"(?:(?:viết|ghi)\s+)?bằng chữ"
_LEADS_TO_WORDS = re.compile(rf"[\s(:“\"]*(?:,?\s*{_SAID})?[\s:(“\"]*", re.IGNORECASE)
_WRITTEN_OUT = re.compile(rf"{_SAID}[\s:(“\"]*(?P<words>[^()\d]*?)\s*(?:đồng\b[^()\d]*)?(?=[()\d]|$)", re.IGNORECASE)
_IN_BRACKET = re.compile(r"[^()]*\)")
_WORD = re.compile(r"[^\W\d_]+")
_MOST_READINGS = 500


def repeats(text: str, quantity: Quantity, worded: Worded) -> bool:
    """Say whether words stand right behind the amount in digits, as what writes it out does."""
    return quantity.end <= worded.start and bool(_LEADS_TO_WORDS.fullmatch(text, quantity.end, worded.start))


def spans(text: str) -> list[tuple[int, int]]:
    """Return the stretches [start, end) of a text that write out an amount, with "bằng chữ" before them."""
    return [match.span() for match in _WRITTEN_OUT.finditer(text)]


def amount(text: str, quantity: Quantity) -> Decimal | None:
    """Return the amount in words behind a quantity, in the quantity's own unit; None where there is none."""
    for worded in number_words.find(text):
        if repeats(text, quantity, worded) and not _goes_on(text, worded):
            return worded.value / _scale(quantity)
    for match in _WRITTEN_OUT.finditer(text):
        leads = match.start() >= quantity.end and _LEADS_TO_WORDS.fullmatch(text, quantity.end, match.start("words"))
        if leads and _bears_out(_WORD.findall(match["words"]), quantity.value * _scale(quantity)):
            return quantity.value
    return None


def _goes_on(text: str, worded: Worded) -> bool:
    """Say whether a misread word cut the number words short: "bốn mươi bảy" of "bốn mươi bảy lý, bốn trăm …"."""
    rest = _IN_BRACKET.match(text, worded.end)
    if rest and (number_words.find(rest[0], fewest=1) or any(letter.isdigit() for letter in rest[0])):
        return True
    return any(
        match.start("words") == worded.start and number_words.find(text[worded.end : match.end()])
        for match in _WRITTEN_OUT.finditer(text)
    )


def _scale(quantity: Quantity) -> Decimal:
    """Return by what a value in the quantity's unit is multiplied to be in single ones: 10⁶ for "triệu đồng"."""
    unit = quantity.unit.lower()
    return Decimal(10) ** next((power for name, power in _SCALES.items() if unit.startswith(name)), 0)


def _bears_out(words: list[str], value: Decimal) -> bool:
    """Say whether words, each number word or one letter from it, can be read as the value."""
    readings = [_readings(word.lower()) for word in words]
    if not words or not all(readings) or math.prod(len(reading) for reading in readings) > _MOST_READINGS:
        return False
    return any(_value(reading) == value for reading in itertools.product(*readings))


def _readings(word: str) -> list[str]:
    if word in VOCABULARY:
        return [word]
    return sorted(known for known in VOCABULARY if Levenshtein.distance(fold(word), fold(known), score_cutoff=1) <= 1)


def _value(words: tuple[str, ...]) -> Decimal | None:
    try:
        return number_words.parse(words)
    except ValueError:
        return None
