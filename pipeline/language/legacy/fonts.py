"""Which fonts imply a legacy code: the name tells, because the letters were drawn at that code's places."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.language.legacy.conversion import convert
from pipeline.language.legacy.tables import VNI_MARKS, Encoding

# ".VnTime", "VnArial", "VNI-Times", behind the prefix of an embedded subset ("ABCDEF+", ISO 32000-1, 9.6.4).
_TCVN3_NAME = re.compile(r"(?:^|\+)\.?Vn[A-Z]")
_VNI_NAME = re.compile(r"(?:^|\+)VNI[-A-Z]")
_CAPITALS_NAME = re.compile(r"H(?:$|[,\-]|Bold|Italic|Oblique)")


@dataclass(frozen=True)
class LegacyFont:
    """A font whose glyphs stand at the codes of `encoding`.

    `capitals` marks the fonts that draw a capital at the code of a small letter (".VnTimeH"): TCVN3 as the fonts have
    it lacks capitals with a tone, and this is how they were printed.
    """

    name: str
    encoding: Encoding
    capitals: bool = False

    def read(self, text: str) -> str:
        """Return in Unicode what `text`, the characters that the font's codes stand for elsewhere, shows in it."""
        converted = convert(text, self.encoding)
        return converted.upper() if self.capitals else converted

    def is_mark(self, character: str) -> bool:
        """Say whether the font draws a character over the one before it."""
        return self.encoding is Encoding.VNI and character in VNI_MARKS


def legacy_font(name: str) -> LegacyFont | None:
    """Return what the base font name says of the font's code; None for a font of today."""
    if _TCVN3_NAME.search(name):
        return LegacyFont(name, Encoding.TCVN3, capitals=bool(_CAPITALS_NAME.search(name)))
    return LegacyFont(name, Encoding.VNI) if _VNI_NAME.search(name) else None
