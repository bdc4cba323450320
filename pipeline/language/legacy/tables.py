"""The 8-bit codes in which Vietnamese was written before Unicode, and the letters that they stand for.

A text in such a code reaches us as the characters that Windows shows for its bytes (code page 1252): TCVN3 writes
"Céng hoµ", VNI "Coäng hoøa". Bytes to which Windows gives no character stand as the control characters of the same
number, and a byte that a program took for a symbol's as the private-use character U+F000 above it.

Sources: TCVN 5712:1993 (the part above 0xA0; of its character sets VN3, which the "ABC" fonts have, lacks the capitals
with a tone); VNI-Windows as the fonts of VNI Software Co. have it, where vowel and mark are two characters; VISCII,
RFC 1456 (1993); Windows-1258, which Python brings along. The tables agree with those of glibc (TCVN5712-1, VISCII) and
of the keyboard program xvnkb (VNI).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from enum import StrEnum


class Encoding(StrEnum):
    """The codes that are known, under the names by which people know them."""

    TCVN3 = "TCVN3 (ABC)"
    VNI = "VNI"
    VISCII = "VISCII"
    WINDOWS_1258 = "Windows-1258"


# Runs of neighbouring codes, by the first one.
_TCVN3_RUNS = {
    0xA1: "ĂÂÊÔƠƯĐăâêôơưđẰ",
    0xB5: "àảãáạẲằẳẵắẴẮẦẨẪẤỀặầẩẫấậèỂẻẽéẹềểễếệìỉỄẾỒĩíịòỔỏõóọồổỗốộờởỡớợùỖủũúụừửữứựỳỷỹýỵỐ",
}
_VISCII_RUNS = {
    0x02: "Ẳ",
    0x05: "ẴẪ",
    0x14: "Ỷ",
    0x19: "Ỹ",
    0x1E: "Ỵ",
    0x80: "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯ",
    0xC0: "ÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵÝỡưàáâãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợỮ",
}
_VNI_LETTERS = {"ô": "ơ", "ö": "ư", "í": "í", "ì": "ì", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ", "ñ": "đ"}
_VNI_BASES = {"a": "a", "e": "e", "o": "o", "u": "u", "y": "y", "ô": "ơ", "ö": "ư"}
_ACUTE, _GRAVE, _HOOK, _TILDE, _DOT = "\u0301", "\u0300", "\u0309", "\u0303", "\u0323"
_CIRCUMFLEX, _BREVE = "\u0302", "\u0306"
_VNI_MARKS = {
    **dict(zip("ùøûõï", (_ACUTE, _GRAVE, _HOOK, _TILDE, _DOT), strict=True)),
    **{m: _CIRCUMFLEX + t for m, t in zip("âáàåãä", ("", _ACUTE, _GRAVE, _HOOK, _TILDE, _DOT), strict=True)},
    **{m: _BREVE + t for m, t in zip("êéèúüë", ("", _ACUTE, _GRAVE, _HOOK, _TILDE, _DOT), strict=True)},
}


def _windows_character(code: int) -> str:
    return bytes([code]).decode("cp1252", errors="ignore") or chr(code)


def _single(runs: Mapping[int, str]) -> dict[str, str]:
    return {
        _windows_character(first + at): letter for first, letters in runs.items() for at, letter in enumerate(letters)
    }


def _windows_1258() -> dict[str, str]:
    shown = {code: bytes([code]).decode("cp1258", errors="ignore") for code in range(0x80, 0x100)}
    return {_windows_character(code): character for code, character in shown.items() if character}


def _vni() -> dict[str, str]:
    letters = dict(_VNI_LETTERS)
    for base, vowel in _VNI_BASES.items():
        for mark, combining in _VNI_MARKS.items():
            letter = unicodedata.normalize("NFC", vowel + combining)
            if len(letter) == 1:
                letters[base + mark] = letter
    capitals = {code.upper(): letter.upper() for code, letter in letters.items()}
    # The mark's capital looks the same as its small form, and both were typed with either letter.
    mixed = {
        form: letter for code, letter in (letters | capitals).items() if len(code) == 2 for form in _either_mark(code)
    }
    return letters | capitals | mixed


def _either_mark(code: str) -> tuple[str, str]:
    return code[0] + code[1].lower(), code[0] + code[1].upper()


LETTERS: Mapping[Encoding, Mapping[str, str]] = {
    Encoding.TCVN3: _single(_TCVN3_RUNS),
    Encoding.VNI: _vni(),
    Encoding.VISCII: _single(_VISCII_RUNS),
    Encoding.WINDOWS_1258: _windows_1258(),
}
"""For each encoding, what its characters (or pairs of them), as Windows shows them, stand for."""

_PATTERNS = {
    encoding: re.compile("|".join(map(re.escape, sorted(letters, key=len, reverse=True))))
    for encoding, letters in LETTERS.items()
}
VNI_MARKS = frozenset(_VNI_MARKS) | {mark.upper() for mark in _VNI_MARKS}
"""The characters that VNI has for marks: its fonts draw each over the letter before it."""

_SYMBOL_OFFSET = 0xF000
_AS_SHOWN = {
    **{code: _windows_character(code) for code in range(0x80, 0xA0)},
    **{_SYMBOL_OFFSET + code: _windows_character(code) for code in range(0x20, 0x100)},
}


def windows_text(content: bytes) -> str:
    """Show bytes as Windows does (code page 1252), one character for each byte, none of them lost."""
    return content.decode("latin-1").translate(_AS_SHOWN)


def decode(text: str, encoding: Encoding) -> str:
    """Turn a text that is in `encoding` into Unicode (NFC); characters that the code does not have stay as they are."""
    letters = LETTERS[encoding]
    converted = _PATTERNS[encoding].sub(lambda code: letters[code[0]], text.translate(_AS_SHOWN))
    return unicodedata.normalize("NFC", converted)
