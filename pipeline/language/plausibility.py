"""How much of a text is Vietnamese as Vietnamese is written: the evidence for trusting a page's own text."""

from __future__ import annotations

import re

from pipeline.language.syllables import is_syllable
from pipeline.language.unicode import SUPERSCRIPTS, nfc

_TOKEN = re.compile(r"\S+")
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
    for match in _TOKEN.finditer(nfc(text)):
        if _ADDRESS.search(match.group()):
            continue
        for part in _PARTS.split(match.group()):
            verdict = _judge(part.strip(_EDGE))
            if verdict is not None:
                judged += 1
                legal += verdict
    return (legal / judged if judged else 1.0), judged


def _judge(word: str) -> bool | None:
    if word.isalpha():
        if is_syllable(word):
            return True
        is_abbreviation = len(word) == 1 or not word[1:].islower()
        return None if is_abbreviation else False
    return False if word.islower() and _DIGIT_INSIDE.fullmatch(word) else None
