"""The characters of a PDF page that were drawn in a font of a legacy code (TCVN3, VNI), font by font.

The font's name says which code its letters stand at, but not whether the file still shows the codes: a converter may
have kept the name and given the letters their Unicode values. What the characters of the page's run say decides.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Sequence

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from pipeline.language.legacy.fonts import LegacyFont, legacy_font
from pipeline.language.plausibility import marked_syllables

_LONGEST_NAME = 256  # bytes; PDF itself allows 127 for a name


def implies_legacy(names: Iterable[str]) -> bool:
    """Say whether any of these base font names implies a legacy code."""
    return any(legacy_font(name) for name in names)


def fonts_to_convert(textpage: pdfium.PdfTextPage, characters: Sequence[str]) -> list[LegacyFont | None]:
    """Return for each character of a page the legacy font from whose code it must be converted; None for no need."""
    fonts = _fonts(textpage, len(characters))
    runs = {font: _run(font, fonts, characters) for font in dict.fromkeys(fonts) if font}
    needed = {font for font, run in runs.items() if _shows_codes(font, run)}
    return [font if font in needed else None for font in fonts]


def _fonts(textpage: pdfium.PdfTextPage, count: int) -> list[LegacyFont | None]:
    known: dict[bytes, LegacyFont | None] = {}
    buffer = ctypes.create_string_buffer(_LONGEST_NAME)
    flags = ctypes.c_int()
    fonts = []
    for index in range(count):
        size = pdfium_c.FPDFText_GetFontInfo(textpage, index, buffer, _LONGEST_NAME, flags)
        name = buffer.value if 0 < size <= _LONGEST_NAME else b""
        if name not in known:
            known[name] = legacy_font(name.decode(errors="replace"))
        fonts.append(known[name])
    return fonts


def _run(font: LegacyFont, fonts: Sequence[LegacyFont | None], characters: Sequence[str]) -> str:
    """Return the page's text in one font; what stands in others is a space."""
    return "".join(character if own == font else " " for own, character in zip(fonts, characters, strict=True))


def _shows_codes(font: LegacyFont, run: str) -> bool:
    """Say whether a run reads as Vietnamese rather in the font's code than as it stands; the name breaks a tie."""
    return marked_syllables(font.read(run))[0] >= marked_syllables(run)[0]
