"""Pages with tables that no rulings enclose, of invented figures: digital, and as a scanner sees them."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pypdfium2
from ocr_samples import font, read_bytes
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from pipeline.models import Page, Reading, Table
from pipeline.normalize.reading import repair_reading
from pipeline.ocr.intake import IncomingFile
from pipeline.ocr.reading import read
from pipeline.settings import Settings

SIZE, LEADING = 12.0, 18.0
PROSE = (
    "Ủy ban nhân dân tỉnh đã giao chỉ tiêu cho các đơn vị ngay từ đầu năm, theo dõi hằng tháng và",
    "kịp thời tháo gỡ khó khăn. Kết quả thực hiện của các đơn vị được tổng hợp trong bảng dưới đây.",
)

Draw = Callable[[Canvas], None]


@dataclass(frozen=True)
class Place:
    """Where a column's cells stand: at their left edge, their right edge (`right`), or around their middle."""

    x: float
    right: bool = False
    centred: bool = False


def L(x: float) -> Place:  # noqa: N802
    """At their left edge."""
    return Place(x)


def R(x: float) -> Place:  # noqa: N802
    """At their right edge."""
    return Place(x, right=True)


def C(x: float) -> Place:  # noqa: N802
    """Around their middle."""
    return Place(x, centred=True)


def write(canvas: Canvas, place: Place, y: float, text: str) -> None:
    """Set a cell's text on one line."""
    draw = canvas.drawRightString if place.right else canvas.drawCentredString if place.centred else canvas.drawString
    draw(place.x, y, text)


def rows(canvas: Canvas, places: Sequence[Place], y: float, cells: Sequence[Sequence[str]]) -> float:
    """Set rows below each other, a line of a cell to each row; returns how far up the next would stand."""
    for row in cells:
        for place, text in zip(places, row, strict=True):
            if text:
                write(canvas, place, y, text)
        y -= LEADING
    return y


def pdf(*pages: Draw, prose: Sequence[str] = PROSE) -> bytes:
    """Digital pages: lines of prose at the top, and what `pages` draw below y = 740."""
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1)
    for draw in pages:
        canvas.setFont(font(), SIZE)
        for index, line in enumerate(prose):
            canvas.drawString(60, 790 - LEADING * index, line)
        draw(canvas)
        canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def digital(tmp_path: Path, *pages: Draw, prose: Sequence[str] = PROSE) -> Reading:
    """Read digital pages."""
    return read_bytes(tmp_path, "bang.pdf", pdf(*pages, prose=prose))


def scan(draw: Draw, dpi: int = 200) -> Image.Image:
    """What a scanner sees of a page."""
    document = pypdfium2.PdfDocument(pdf(draw))
    picture: Image.Image = document[0].render(scale=dpi / 72).to_pil().convert("RGB")
    document.close()
    return picture


def read_scan(folder: Path, picture: Image.Image, dpi: int = 200) -> Page:
    """Read and repair a page's picture."""
    path = folder / "quet.png"
    picture.save(path, dpi=(dpi, dpi))
    return repair_reading(read(IncomingFile(path.name, path), Settings())).pages[0]


def said(table: Table) -> list[list[str]]:
    """The texts of a table row by row, cells over several columns once, lines of a cell joined."""
    depth = max(cell.row for cell in table.cells) + 1
    return [[" ".join(cell.text.split("\n")) for cell in table.cells if cell.row == row] for row in range(depth)]
