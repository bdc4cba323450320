"""Vietnamese in Unicode: the composed form, and the two ways to look at a word without its marks."""

from __future__ import annotations

import unicodedata

from unidecode import unidecode

DIGITS = "0123456789"
SUPERSCRIPTS = "⁰¹²³⁴⁵⁶⁷⁸⁹"  # how footnote marks stand in text
_RAISED = str.maketrans(DIGITS, SUPERSCRIPTS)
_LOWERED = str.maketrans(SUPERSCRIPTS, DIGITS)

# Đ is a letter of its own, not a D with a combining mark: canonical decomposition leaves it whole.
_BARRED_D = str.maketrans("đĐ", "dD")


def nfc(text: str) -> str:
    """Bring text to Unicode NFC, the form in which all text is kept between stages (UAX #15)."""
    return unicodedata.normalize("NFC", text)


def raised(digits: str) -> str:
    """Write digits as superscripts: "14" to "¹⁴"."""
    return digits.translate(_RAISED)


def lowered(text: str) -> str:
    """Write superscript digits on the line: "¹⁴" to "14"."""
    return text.translate(_LOWERED)


def strip_marks(text: str) -> str:
    """Take tone and vowel marks away and write đ as d; case and every other character stay ("Đề án" to "De an")."""
    bare = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return unicodedata.normalize("NFC", bare.translate(_BARRED_D))


def fold(text: str) -> str:
    """Fold text for search: lower-case ASCII without marks ("Chữ ký số" to "chu ky so"). Its length may change."""
    return unidecode(unicodedata.normalize("NFC", text)).lower()
