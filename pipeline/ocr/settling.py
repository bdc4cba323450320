"""What two readers make of one word: numerals are settled between them, and words that one of them ran together.

No language model has a say in a numeral. Measured on 520 numerals of fifteen scanned pages: where both readers saw the
same, it was printed so (433 of 435, the two are handwriting); where they differ the second reader is right four times
as often, since the first loses decimal commas and points in tables. Which word stands there otherwise is left to the
`normalize` stage; the reading that was not taken stays beside the word.
"""

from __future__ import annotations

import re
from dataclasses import replace

from rapidfuzz import fuzz

from pipeline.language.syllables import is_syllable
from pipeline.language.unicode import fold
from pipeline.models import Box
from pipeline.ocr.lines import PlacedWord

_EDGE = "\"'“”‘’.,;:!?()[]{}<>…–—-/*•+|_=~%‰"
_NUMERAL = re.compile(r"\(?\d+(?:[.,/:-]\d+)*[%‰]?\)?[.,;:]?")
_ROMAN = re.compile(r"\(?[IVX]+(?:/\d{4})?\)?[.,;:]?")
_LIKE_I = "1lL|]"
# What a digit is read as, and what is no other sign of an official text; B, S and Z stand in codes ("B2").
_LIKE_DIGIT = frozenset("0123456789.,IlOoØø§")
_READ_FOR_DIGIT = frozenset("Øø§")
_HAS_DIGIT = re.compile(r"\d")
_AGREED = 0.98
_DISPUTED = 0.5
_SURE_WORD = 0.8
_SAME_LETTERS = 75.0  # per cent


def settled(word: PlacedWord) -> list[PlacedWord]:
    """Return what the word is after both readings: itself, with another reading, or cut into several words."""
    second = word.second or ""
    if _is_run_together(word.raw, second):
        return _cut(word, second.split())
    if not _HAS_DIGIT.search(word.raw + second):
        return [word]
    confidence = word.confidence or 0.0
    if word.raw.strip(_EDGE) == second.strip(_EDGE):
        return [replace(word, confidence=max(confidence, _AGREED))]
    disputed = min(confidence, _DISPUTED)
    if _is_misread_roman(word.raw, second):
        return [replace(word, raw=second, text=second, confidence=disputed, second=word.raw)]
    if is_numeral(second) and _may_be_numeral(word.raw, second, confidence):
        return [replace(word, raw=second, text=second, confidence=disputed, second=word.raw)]
    return [replace(word, confidence=disputed) if _HAS_DIGIT.search(word.raw) else word]


def is_numeral(text: str) -> bool:
    """Say whether a word is a numeral and nothing else, but for a bracket or the end of a clause."""
    return bool(_NUMERAL.fullmatch(text))


def _may_be_numeral(raw: str, second: str, confidence: float) -> bool:
    """Say whether what the first reader saw may be a numeral misread; signs alone are specks more often."""
    letters = sum(c.isalpha() for c in raw)
    if "%" in raw and "%" not in second:
        return False
    if _is_like_digits(raw.strip(_EDGE), second.strip(_EDGE)):
        return True
    if _HAS_DIGIT.search(raw):
        return not letters or confidence < _DISPUTED
    is_word = is_syllable(raw.strip(_EDGE)) and confidence >= _DISPUTED
    return 0 < letters <= sum(c.isdigit() for c in second) and confidence < _SURE_WORD and not is_word


def _is_like_digits(raw: str, second: str) -> bool:
    """Say whether a reading is a numeral but for characters that look like digits: "I1" for 11, "§" for 8."""
    if len(raw) != len(second) or not _LIKE_DIGIT.issuperset(raw):
        return False
    return bool(_HAS_DIGIT.search(raw)) or not _READ_FOR_DIGIT.isdisjoint(raw)


def _is_misread_roman(raw: str, second: str) -> bool:
    """Say whether the first reader saw digits or other letters in a Roman number: "1V." for IV., "II1/2026"."""
    if is_numeral(raw) or not _ROMAN.fullmatch(second) or len(raw) != len(second):
        return False
    return all(one == other or (one in _LIKE_I and other == "I") for one, other in zip(raw, second, strict=True))


def _is_run_together(raw: str, second: str) -> bool:
    """Say whether the second reader saw the same letters as several words, each of them possible."""
    parts = second.split()
    if len(parts) < 2 or is_syllable(raw.strip(_EDGE)) or not all(is_syllable(part.strip(_EDGE)) for part in parts):
        return False
    return fuzz.ratio(fold(raw), fold("".join(parts))) >= _SAME_LETTERS


def _cut(word: PlacedWord, parts: list[str]) -> list[PlacedWord]:
    """Cut a word at the widths of its parts."""
    width = (word.box.x1 - word.box.x0) / sum(map(len, parts))
    words: list[PlacedWord] = []
    left = word.box.x0
    for part in parts:
        box = Box(x0=left, y0=word.box.y0, x1=left + width * len(part), y1=word.box.y1)
        words.append(PlacedWord(part, part, box, min(word.confidence or 0.0, _DISPUTED), second=part))
        left = box.x1
    return words
