"""How much of a text is Vietnamese as Vietnamese is written: the evidence for trusting a page's own text."""

from __future__ import annotations

import re

from pipeline.language.syllables import is_syllable
from pipeline.language.unicode import SUPERSCRIPTS, vietnamese_nfc

_TOKEN = re.compile(r"\S+")
_WORD = re.compile(r"\w{2,}")
_EDGE = "\"'“”‘’.,;:!?()[]{}<>…–—-/*•+|_=~" + SUPERSCRIPTS
_PARTS = re.compile(r"[-–/.,;:()]")
_ADDRESS = re.compile(r"://|www\.|@|\.(?:vn|com|gov|org|net|edu)\b", re.IGNORECASE)
# "d6i", "x4y": digits inside a lower-case word are what a wrong-language OCR makes of marked vowels.
_DIGIT_INSIDE = re.compile(r"[^\W\d_]+\d+[^\W\d_]+")


def vietnamese_share(text: str) -> tuple[float, int]:
    """Return the share (0 to 1) of legal Vietnamese words among the alphabetic words judged, and their number.

    Numbers, codes, abbreviations and addresses are not judged; with nothing to judge the share is 1.0 and the
    number 0. A lower-case word with a digit inside is judged, and is not legal.
    """
    judged = legal = 0
    for match in _TOKEN.finditer(vietnamese_nfc(text)):
        if _ADDRESS.search(match.group()):
            continue
        for part in _PARTS.split(match.group()):
            verdict = _judge(part.strip(_EDGE))
            if verdict is not None:
                judged += 1
                legal += verdict
    return (legal / judged if judged else 1.0), judged


def marked_syllables(text: str) -> tuple[int, int]:
    """Count the possible syllables of two letters or more: those that bear a mark (a tone, a vowel mark or đ), and all.

    Of printed Vietnamese more than four in five bear one.
    """
    syllables = [word for word in _WORD.findall(vietnamese_nfc(text)) if is_syllable(word)]
    return sum(not word.isascii() for word in syllables), len(syllables)


def _judge(word: str) -> bool | None:
    if word.isalpha():
        if is_syllable(word):
            return True
        is_abbreviation = len(word) == 1 or not word[1:].islower()
        return None if is_abbreviation else False
    return False if word.islower() and _DIGIT_INSIDE.fullmatch(word) else None
