"""One spelling for the syllables that are spelled in two ways: the key by which words with their marks are compared.

The tone of an open oa, oe, uy stands on its first letter in most official documents ("hòa", "khỏe", "ủy") and on its
second in the newer style ("hoà", "khoẻ", "uỷ"); Quyết định 1989/QĐ-BGDĐT of 2018 lets textbooks have the latter. A
document's own text keeps what is printed.
"""

from __future__ import annotations

import re
import unicodedata

from pipeline.language.syllables import is_syllable
from pipeline.language.unicode import SUPERSCRIPTS

_LETTER = rf"[^\W\d_{SUPERSCRIPTS}]"
_TONES = "\u0300\u0301\u0303\u0309\u0323"


def _written_with(tones: str, letters: str) -> str:
    return "".join(unicodedata.normalize("NFC", letter + tone) for letter in letters for tone in tones)


# After q, u belongs to the consonant: "quý" has one spelling.
_NEW_STYLE = re.compile(
    rf"(?<!{_LETTER}){_LETTER}*"
    rf"(?:[oO][{_written_with(_TONES, 'aeAE')}]|(?<![qQ])[uU][{_written_with(_TONES, 'yY')}])(?!{_LETTER})"
)


def one_spelling(text: str) -> str:
    """Move the tone of open oa, oe, uy to the first letter: "hoá" to "hóa", "Uỷ" to "Ủy"; case and length stay.

    `text` is in NFC. Only possible Vietnamese syllables are touched; closed ones ("toán", "huỳnh") have one spelling.
    """
    return _NEW_STYLE.sub(_older_style, text)


def _older_style(match: re.Match[str]) -> str:
    word = match[0]
    if not is_syllable(word):
        return word
    parts = unicodedata.normalize("NFD", word[-1])
    return word[:-2] + unicodedata.normalize("NFC", word[-2] + parts[1]) + parts[0]
