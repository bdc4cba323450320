"""The Times-like fonts that pages are set in, and whether they really hold Vietnamese letters.

A font without a letter prints a box and says nothing, so each is checked before it is used. Debian's old
`fonts-liberation` (1.x) is such a font.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont

from pipeline.errors import MissingDependencyError

LETTERS = "aàảãáạăằẳẵắặâầẩẫấậeèẻẽéẹêềểễếệiìỉĩíịoòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵđ"
NEEDED = LETTERS + LETTERS.upper() + "0123456789%/–“”…"

FOLDERS = (
    Path("/usr/share/fonts"),
    Path("/usr/local/share/fonts"),
    Path.home() / ".local/share/fonts",
    Path.home() / ".fonts",
    Path("/Library/Fonts"),
)


class Face(StrEnum):
    """The four cuts of a family."""

    REGULAR = "Regular"
    BOLD = "Bold"
    ITALIC = "Italic"
    BOLD_ITALIC = "BoldItalic"


@dataclass(frozen=True)
class Family:
    """A type family: `name` is ours, `files` the file of each face as distributions ship it."""

    name: str
    files: dict[Face, str]

    def font(self, face: Face) -> str:
        """The name under which reportlab knows this face."""
        return f"{self.name}-{face.value}"

    def __hash__(self) -> int:
        return hash(self.name)


FAMILIES = (
    Family("LiberationSerif", {face: f"LiberationSerif-{face.value}.ttf" for face in Face}),
    Family("Tinos", {face: f"Tinos-{face.value}.ttf" for face in Face}),
    Family("FreeSerif", {face: f"FreeSerif{face.value.replace('Regular', '')}.ttf" for face in Face}),
)


@cache
def _find(name: str) -> Path | None:
    for folder in FOLDERS:
        found = sorted(folder.rglob(name)) if folder.is_dir() else []
        # Old and new Liberation can lie side by side under the same file name.
        for path in sorted(found, key=lambda p: "liberation2" not in p.parts):
            if _holds_vietnamese(path):
                return path
    return None


def _holds_vietnamese(path: Path) -> bool:
    try:
        glyphs = TTFont("probe", str(path)).face.charToGlyph
    except TTFError:
        return False
    return all(ord(letter) in glyphs for letter in NEEDED)


@cache
def families() -> tuple[Family, ...]:
    """The families installed here that hold every Vietnamese letter in all four faces, registered with reportlab.

    Raises:
        MissingDependencyError: there is none.
    """
    usable = []
    for family in FAMILIES:
        paths = {face: _find(name) for face, name in family.files.items()}
        if all(paths.values()):
            for face in Face:
                pdfmetrics.registerFont(TTFont(family.font(face), str(paths[face])))
            usable.append(family)
    if not usable:
        raise MissingDependencyError(
            "Không tìm thấy phông chữ kiểu Times có đủ chữ tiếng Việt. / No Times-like font with Vietnamese letters.",
            "Cài đặt / install: sudo apt-get install fonts-liberation2 fonts-croscore fonts-freefont-ttf",
        )
    return tuple(usable)


def font_file(family: Family, face: Face) -> Path:
    """Where the face's file lies; for families that `families()` has answered."""
    return Path(pdfmetrics.getFont(family.font(face)).face.filename)


def width(text: str, font: str, size: float) -> float:
    """How wide the text is when set in that font, in points."""
    return float(pdfmetrics.stringWidth(text, font, size))
