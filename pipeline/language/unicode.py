"""Vietnamese in Unicode: the composed form, and the two ways to look at a word without its marks."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from unidecode import unidecode

from pipeline.language.syllables import TONE_MARKS, is_syllable

DIGITS = "0123456789"
SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"  # how footnote marks stand in text
_RAISED = str.maketrans(DIGITS, SUPERSCRIPTS)
_LOWERED = str.maketrans(SUPERSCRIPTS, DIGITS)

# Đ is a letter of its own, not a D with a combining mark: canonical decomposition leaves it whole.
_BARRED_D = str.maketrans("đĐ", "dD")

# Soft hyphens, zero-width spaces and joiners, direction marks: they show nothing, and stand inside words by accident.
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_MARK = "[\u0300-\u036f]"
_ANY_MARK = re.compile(_MARK)
_VOWEL_MARKS = "\u0302\u0306\u031b"  # circumflex, breve, horn
_MARKED_LETTER = re.compile(rf"(\w)({_MARK}{{2,}})")
# Letters of other alphabets that look like a Vietnamese one and were typed or converted in its place: eth (Icelandic),
# the D of African alphabets, gha (Turkic alphabets), a with a caron (Pinyin).
_LOOK_ALIKES = {
    "\u00d0": "Đ",
    "\u00f0": "đ",
    "\u0189": "Đ",
    "\u0256": "đ",
    "\u01a2": "Ư",
    "\u01a3": "ư",
    "\u01cd": "Ă",
    "\u01ce": "ă",
}
_LETTER = rf"[^\W\d_{SUPERSCRIPTS}]"
_WITH_A_LOOK_ALIKE = re.compile(rf"(?:{_LETTER}|{_MARK})*[{''.join(_LOOK_ALIKES)}](?:{_LETTER}|{_MARK})*")
_LOOK_ALIKE = re.compile(f"[{''.join(_LOOK_ALIKES)}]")
_AS_VIETNAMESE = str.maketrans(_LOOK_ALIKES)


def nfc(text: str) -> str:
    """Bring text to Unicode NFC (UAX #15)."""
    return unicodedata.normalize("NFC", text)


def vietnamese_nfc(text: str) -> str:
    """Bring Vietnamese to the form in which all text is kept between stages: NFC, with one way to write each letter.

    Besides what NFC does (decomposed letters, U+0340 and U+0341), marks typed in the wrong order are put right (acute
    before circumflex), look-alikes of Vietnamese letters are replaced where the word is Vietnamese with them (Ð in
    "Ðảng" and "HÐND", ƣ in "trƣờng"), and characters that show nothing are dropped.
    """
    if text.isascii():
        return text
    composed = nfc(_INVISIBLE.sub("", text))
    if _ANY_MARK.search(composed):
        composed = nfc(_MARKED_LETTER.sub(_in_order, unicodedata.normalize("NFD", composed)))
    return _WITH_A_LOOK_ALIKE.sub(_own_letters, composed) if _LOOK_ALIKE.search(composed) else composed


def _in_order(letter: re.Match[str]) -> str:
    """Put vowel marks before tones: Unicode leaves marks that stand above in the order in which they were typed."""
    return letter[1] + "".join(sorted(letter[2], key=lambda mark: mark not in _VOWEL_MARKS))


def _own_letters(word: re.Match[str]) -> str:
    meant = nfc(word[0].translate(_AS_VIETNAMESE))
    # No word of the languages that have eth begins with it. Abbreviations and names of other peoples of Vietnam are no
    # syllables: "HÐND", "Ðắk".
    return meant if meant[0] in "Đđ" or meant.isupper() or is_syllable(meant) else word[0]


def raised(digits: str) -> str:
    """Write digits as superscripts: "14" to "¹⁴"."""
    return digits.translate(_RAISED)


def lowered(text: str) -> str:
    """Write superscript digits on the line: "¹⁴" to "14"."""
    return text.translate(_LOWERED)


@lru_cache(maxsize=32768)
def strip_marks(text: str) -> str:
    """Take tone and vowel marks away and write đ as d; case and every other character stay ("Đề án" to "De an")."""
    bare = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return unicodedata.normalize("NFC", bare.translate(_BARRED_D))


def strip_tones(text: str) -> str:
    """Take tones away; the marks of vowels stay ("Đề án" to "Đê an")."""
    bare = "".join(c for c in unicodedata.normalize("NFD", text) if c not in TONE_MARKS)
    return unicodedata.normalize("NFC", bare)


def fold(text: str) -> str:
    """Fold text for search: lower-case ASCII without marks ("Chữ ký số" to "chu ky so"). Its length may change."""
    return text.lower() if text.isascii() else unicodedata.normalize("NFC", text).translate(_FOLDED)


class _Folding(dict[int, str]):
    """What Unidecode makes of each character, which it takes one by one: asked once for each that comes."""

    def __missing__(self, code: int) -> str:
        self[code] = folded = unidecode(chr(code)).lower()
        return folded


_FOLDED = _Folding()
