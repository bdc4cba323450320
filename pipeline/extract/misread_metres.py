"""Where a short numeral with an m glued to it is a word of a garbled text: "Chi cục Kiểm 14m" says "Kiểm lâm".

An English reader takes l for 1, â for 4 and ô for 6. Metres that are printed so stand behind what is measured ("rộng
14m"), or behind a word or sign that leads to a number.
"""

from __future__ import annotations

import re

from pipeline.extract.doubtful import was_garbled
from pipeline.models import Line

_GLUED = re.compile(r"\d{1,2}\s?m\b(?![²³23/])")
_MEASURED = re.compile(
    r"(?:\b(?:dài|rộng|cao|sâu|dày|cách|kính|vỉa|mặt|cắt|là|trên|dưới|hơn|gần|khoảng|từ|đến|còn|thêm|thiểu|đa|quá|đạt)"
    r"|[(:x×,<>≥≤=+-])\s*$",
    re.IGNORECASE,
)


def is_word(text: str, numeral: tuple[int, int], unit: str, line: Line) -> bool:
    """Say whether a numeral and its unit stand for a word, in a line that was garbled.

    Args:
        text: The sentence.
        numeral: Where the numeral stands in it.
        unit: What it would count.
        line: The printed line on which it stands.
    """
    start, _ = numeral
    if unit != "m" or not was_garbled(line) or not _GLUED.match(text, start):
        return False
    return not _MEASURED.search(text[:start])
