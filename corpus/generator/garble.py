"""The wrong-language text layer: what an English recogniser makes of a Vietnamese page, and PDFs that carry it.

Scanning devices set up for English leave exactly this behind: the picture is right, the text under it is not.
"""

from __future__ import annotations

import io
import os
from collections.abc import Sequence
from dataclasses import dataclass

import pytesseract
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from corpus.generator.layout import PrintedLine

ENGINE = "--oem 1 --psm {psm}"
VISIBLE, INVISIBLE = 0, 3  # text render modes, ISO 32000-1, table 106
# Helvetica's own encoding: the layer of such a device knows no other letters.
LAYER_FONT = "Helvetica"


@dataclass(frozen=True)
class SeenWord:
    """A word as the recogniser read it, its box in pixels of the picture."""

    text: str
    x0: int
    y0: int
    x1: int
    y1: int


@dataclass(frozen=True)
class SeenLine:
    """Words that the recogniser put on one line, from left to right."""

    words: tuple[SeenWord, ...]

    @property
    def text(self) -> str:
        """The line as plain text."""
        return " ".join(word.text for word in self.words)

    @property
    def top(self) -> int:
        """The line's upper edge in pixels."""
        return min(word.y0 for word in self.words)

    @property
    def bottom(self) -> int:
        """The line's lower edge in pixels."""
        return max(word.y1 for word in self.words)

    @property
    def middle(self) -> float:
        """Half way between the edges of the middle word, which marks and tall letters at the ends do not move."""
        middles = sorted((word.y0 + word.y1) / 2 for word in self.words)
        return middles[len(middles) // 2]


def garble(image: Image.Image, language: str = "eng", psm: int = 3) -> list[SeenLine]:
    """The page's lines as Tesseract reads them in the wrong language, in its own order.

    Raises:
        pytesseract.TesseractError: Tesseract has no such language.
    """
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    read = pytesseract.image_to_data(
        image, lang=language, config=ENGINE.format(psm=psm), output_type=pytesseract.Output.DICT
    )
    lines: dict[tuple[int, int, int], list[SeenWord]] = {}
    for n, text in enumerate(read["text"]):
        if text.strip():
            key = (read["block_num"][n], read["par_num"][n], read["line_num"][n])
            x, y = read["left"][n], read["top"][n]
            word = SeenWord(text.strip(), x, y, x + read["width"][n], y + read["height"][n])
            lines.setdefault(key, []).append(word)
    return [SeenLine(tuple(words)) for words in lines.values()]


def by_printed_line(
    seen: Sequence[SeenLine], printed: Sequence[PrintedLine], dpi: int
) -> list[tuple[PrintedLine, SeenLine | None]]:
    """Each printed line with what was read in its band; None where nothing was.

    Pieces that the recogniser set apart (two columns of a letterhead, cells of a table) are joined from left to right.
    The bands are those of the unturned page: degrade pages that are to be aligned without tilting them much.
    """
    found: list[list[SeenLine]] = [[] for _ in printed]
    for line in seen:
        middle = line.middle * 72 / dpi
        near = min(range(len(printed)), key=lambda n: abs((printed[n].top + printed[n].bottom) / 2 - middle))
        if printed[near].top - 3 <= middle <= printed[near].bottom + 3:
            found[near].append(line)
    return [
        (
            band,
            SeenLine(tuple(sorted((w for part in parts for w in part.words), key=lambda w: w.x0))) if parts else None,
        )
        for band, parts in zip(printed, found, strict=True)
    ]


def image_pdf(images: Sequence[Image.Image], dpi: int, layers: Sequence[Sequence[SeenLine]] = ()) -> bytes:
    """A scanner's PDF: one picture a page, and, where `layers` are given, the text under it, invisible.

    Args:
        images: the pages.
        dpi: their resolution.
        layers: for each page, the lines to write in text render mode 3 over their places in the picture.
    """
    buffer = io.BytesIO()
    canvas = Canvas(buffer, invariant=1)
    canvas.setCreator("Scanner")
    for number, image in enumerate(images):
        draw_scan(canvas, image, dpi, layers[number] if number < len(layers) else ())
    canvas.save()
    return buffer.getvalue()


def draw_scan(canvas: Canvas, image: Image.Image, dpi: int, layer: Sequence[SeenLine] = ()) -> None:
    """One scanned page: the picture, and the text read from it under it, invisible."""
    scale = 72 / dpi
    canvas.setPageSize((image.width * scale, image.height * scale))
    canvas.drawImage(ImageReader(_packed(image)), 0, 0, image.width * scale, image.height * scale)
    _write_layer(canvas, layer, image.height, scale, INVISIBLE)
    canvas.showPage()


def text_pdf(layers: Sequence[Sequence[SeenLine]], size: tuple[int, int], dpi: int) -> bytes:
    """A PDF that kept only the wrong text, the picture gone: nothing is left to read again.

    `size` is that of the lost pictures, in pixels.
    """
    buffer = io.BytesIO()
    canvas = Canvas(buffer, invariant=1)
    canvas.setCreator("Converter")
    for layer in layers:
        canvas.setPageSize((size[0] * 72 / dpi, size[1] * 72 / dpi))
        _write_layer(canvas, layer, size[1], 72 / dpi, VISIBLE)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def _packed(image: Image.Image) -> io.BytesIO:
    buffer = io.BytesIO()
    if image.mode == "1":
        image.save(buffer, "PNG", optimize=False)
    else:
        image.save(buffer, "JPEG", quality=70)
    buffer.seek(0)
    return buffer


def _write_layer(canvas: Canvas, lines: Sequence[SeenLine], height: int, scale: float, mode: int) -> None:
    for line in lines:
        text = canvas.beginText()
        text.setTextRenderMode(mode)
        for word in line.words:
            written = word.text.encode("cp1252", "ignore").decode("cp1252")
            if not written:
                continue
            size = max(4.0, (line.bottom - line.top) * scale * 0.8)
            natural = canvas.stringWidth(written, LAYER_FONT, size)
            text.setFont(LAYER_FONT, size)
            text.setHorizScale(100 * (word.x1 - word.x0) * scale / natural)
            text.setTextOrigin(word.x0 * scale, (height - line.bottom) * scale)
            text.textOut(written + " ")
        canvas.drawText(text)
