"""Vietnamese as it was before Unicode: text in the legacy codes, and PDFs whose fonts stand at them."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Mapping, Sequence

import pikepdf
from ocr_samples import LEADING, LEFT, SIZE, TOP, font
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from corpus.generator.fonts import Face
from pipeline.language.legacy.tables import LETTERS, VNI_MARKS, Encoding, windows_text

VOWELS = "aăâeêioôơuưy"
TONES = ("", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323")
SMALL = "".join(unicodedata.normalize("NFC", vowel + tone) for vowel in VOWELS for tone in TONES) + "bcdđghklmnpqrstvx"
LETTERS_OF_VIETNAMESE = SMALL + SMALL.upper()
# The fonts of TCVN3 have capitals without a tone only.
LETTERS_OF_TCVN3 = SMALL + "".join(
    c.upper() for c in SMALL if not set(unicodedata.normalize("NFD", c)) & set(TONES[1:])
)


def in_code(text: str, encoding: Encoding) -> str:
    """Write a text in a legacy code, as Windows shows it."""
    if encoding is Encoding.WINDOWS_1258:
        return "".join(map(_in_windows_1258, text))
    codes: dict[str, str] = {}
    for code, letter in LETTERS[encoding].items():
        codes.setdefault(letter, code)
    return "".join(codes.get(character, character) for character in text)


def _in_windows_1258(character: str) -> str:
    """Write a letter as Windows does: the vowel in one byte, the tone in another."""
    first, *marks = unicodedata.normalize("NFD", character)
    vowel = unicodedata.normalize("NFC", first + "".join(mark for mark in marks if mark not in TONES))
    return windows_text((vowel + "".join(mark for mark in marks if mark in TONES)).encode("cp1258"))


def bytes_of(text: str) -> bytes:
    """The bytes that Windows shows as `text`."""
    return bytes(next(code for code in range(256) if windows_text(bytes([code])) == c) for c in text)


def shown_in(lines: Sequence[tuple[str, Face]], names: Mapping[Face, str], *, codes: bool = True) -> bytes:
    """A PDF of Vietnamese in embedded fonts under the names of legacy ones, TCVN3, whose text is the codes.

    What is seen is `lines`; what the file says of it are the codes, or Unicode without `codes`. A font whose name ends
    in H has its capitals at the codes of small letters.
    """
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1)
    for number, (line, face) in enumerate(lines):
        canvas.setFont(font(face), SIZE)
        canvas.drawString(LEFT, TOP - number * LEADING, line)
    canvas.save()
    buffer.seek(0)
    out = io.BytesIO()
    with pikepdf.open(buffer) as document:
        for item in document.objects:
            for face, name in names.items():
                if isinstance(item, pikepdf.Dictionary) and _is_of(item, face):
                    _rename(item, name, codes)
        document.save(out)
    return out.getvalue()


def _is_of(item: pikepdf.Dictionary, face: Face) -> bool:
    name = pdfmetrics.getFont(font(face)).face.name
    return str(item.get("/BaseFont", "")).endswith("+" + (name.decode() if isinstance(name, bytes) else name))


def _rename(item: pikepdf.Dictionary, name: str, codes: bool) -> None:
    item.BaseFont = item.FontDescriptor.FontName = pikepdf.Name(f"/ABCDEF+{name}")

    def code(entry: re.Match[str]) -> str:
        letter = chr(int(entry[2], 16))
        written = in_code(letter.lower() if name.endswith("H") else letter, Encoding.TCVN3)
        return f"<{entry[1]}> <{ord(written):04X}>"

    if codes:
        text = re.sub(r"<(\w\w)> <(\w{4})>", code, item.ToUnicode.read_bytes().decode())
        item.ToUnicode.write(text.encode())


def typed_in(lines: Sequence[str], name: str, *, overlaid: bool = True) -> bytes:
    """A PDF that only names its font, as office programs wrote those that every machine had; `lines` are codes.

    `overlaid` gives the marks of VNI no width of their own.
    """
    document = pikepdf.new()
    page = document.add_blank_page(page_size=A4)
    widths = [0 if overlaid and chr(code) in VNI_MARKS and "VNI" in name else 500 for code in range(32, 256)]
    font_name = pikepdf.Name(f"/{name}")
    descriptor = pikepdf.Dictionary(
        Type=pikepdf.Name.FontDescriptor,
        FontName=font_name,
        Flags=32,
        FontBBox=[0, -200, 1000, 900],
        ItalicAngle=0,
        Ascent=900,
        Descent=-200,
        CapHeight=700,
        StemV=80,
    )
    page.Resources = pikepdf.Dictionary(
        Font=pikepdf.Dictionary(
            F1=pikepdf.Dictionary(
                Type=pikepdf.Name.Font,
                Subtype=pikepdf.Name.TrueType,
                BaseFont=font_name,
                Encoding=pikepdf.Name.WinAnsiEncoding,
                FirstChar=32,
                LastChar=255,
                Widths=widths,
                FontDescriptor=document.make_indirect(descriptor),
            )
        )
    )
    shown = " ".join(f"<{bytes_of(line).hex()}> Tj T*" for line in lines)
    page.Contents = document.make_stream(f"BT /F1 {SIZE} Tf {LEADING} TL {LEFT} {TOP} Td {shown} ET".encode())
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()
