"""Pages to PDF and to pictures.

`set_blocks` sets text, `write_pdf` makes the digital PDF that a word processor would export, `page_images` what a
scanner would see of a perfect print.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence

import pypdfium2
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from corpus.generator.blocks import Block
from corpus.generator.fonts import Family, families
from corpus.generator.layout import PAGE_HEIGHT, Layout, Margins, PlacedLine, Sheet
from corpus.generator.typesetting import RAISED_BY

NO_NOTES: Mapping[int, str] = {}


def set_blocks(
    blocks: Iterable[Block],
    family: Family | None = None,
    footnotes: Mapping[int, str] = NO_NOTES,
    margins: Margins | None = None,
) -> list[Sheet]:
    """The pages that the blocks fill; without a family, in the first one that is installed.

    Raises:
        MissingDependencyError: no font with Vietnamese letters is installed.
    """
    return Layout(family or families()[0], footnotes, margins).set(blocks)


def write_pdf(sheets: Sequence[Sheet], family: Family | None = None, title: str = "") -> bytes:
    """The digital PDF: real text in embedded fonts. The same sheets give the same bytes."""
    family = family or families()[0]
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1)
    canvas.setTitle(title)
    canvas.setCreator("Word processor")
    for sheet in sheets:
        draw_sheet(canvas, sheet, family)
    canvas.save()
    return buffer.getvalue()


def draw_sheet(canvas: Canvas, sheet: Sheet, family: Family) -> None:
    """One page of digital text."""
    canvas.setPageSize(A4)
    canvas.setLineWidth(0.6)
    for stroke in sheet.strokes:
        canvas.line(stroke.x0, PAGE_HEIGHT - stroke.y0, stroke.x1, PAGE_HEIGHT - stroke.y1)
    for line in sheet.lines:
        _draw(canvas, line, family)
    canvas.showPage()


def _draw(canvas: Canvas, placed: PlacedLine, family: Family) -> None:
    text = canvas.beginText()
    for set_piece in placed.line.pieces:
        piece = set_piece.piece
        rise = placed.size * RAISED_BY if piece.raised else 0
        text.setFont(family.font(piece.face), piece.size(placed.size))
        text.setTextOrigin(placed.x + set_piece.x, PAGE_HEIGHT - placed.y + rise)
        text.textOut(piece.text + " " if set_piece.closes else piece.text)
    canvas.drawText(text)


def page_images(pdf: bytes, dpi: int = 200) -> list[Image.Image]:
    """Each page as an RGB picture at the given resolution."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return [page.render(scale=dpi / 72).to_pil().convert("RGB") for page in document]
    finally:
        document.close()
