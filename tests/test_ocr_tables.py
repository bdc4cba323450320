"""Ruled tables of digital pages: which cells there are, and which words of which lines stand in them."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from pathlib import Path

import pikepdf
import pytest
from ocr_samples import font, read_bytes, scanned_pdf
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from corpus.generator.blocks import Block, Paragraph, Row, Table
from corpus.generator.render import set_blocks, write_pdf
from pipeline.models import Page
from pipeline.models import Table as Ruled

PROSE = Paragraph(
    "Ủy ban nhân dân phường đã rà soát các tuyến đường, kiểm tra hệ thống chiếu sáng và cây xanh trên địa bàn."
)
ROADS = Table(
    rows=(
        Row(("TT", "Tuyến đường", "Chiều dài (m)"), bold=True),
        Row(("1", "Đường Hoa Phượng, đoạn từ chợ Mới đến trường học", "1.250")),
        Row(("2", "Đường Bằng Lăng", "870")),
    ),
    widths=(1, 4, 2),
    numeric=(False, False, True),
)


def page_with(tmp_path: Path, *blocks: Block) -> Page:
    return read_bytes(tmp_path, "bang.pdf", write_pdf(set_blocks(blocks))).pages[0]


def drawn_page(tmp_path: Path, draw: Callable[[Canvas], None]) -> Page:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1)
    canvas.setFont(font(), 12)
    canvas.drawString(60, 780, "Ủy ban nhân dân phường đã rà soát các tuyến đường, kiểm tra hệ thống chiếu sáng.")
    draw(canvas)
    canvas.save()
    return read_bytes(tmp_path, "ve.pdf", buffer.getvalue()).pages[0]


def texts(table: Ruled) -> dict[tuple[int, int], str]:
    return {(cell.row, cell.column): cell.text for cell in table.cells}


def test_a_ruled_table_is_read_cell_by_cell(tmp_path: Path) -> None:
    (table,) = page_with(tmp_path, PROSE, ROADS, PROSE).tables
    said = texts(table)
    assert len(table.columns) == 4
    assert said[0, 2] == "Chiều dài (m)"
    assert said[1, 1].replace("\n", " ") == "Đường Hoa Phượng, đoạn từ chợ Mới đến trường học"
    assert said[1, 2] == "1.250"
    assert said[2, 1] == "Đường Bằng Lăng"


def test_a_cell_names_the_printed_lines_of_its_text_one_by_one(tmp_path: Path) -> None:
    page = page_with(tmp_path, PROSE, ROADS)
    by_number = {line.number: line.text for line in page.lines}
    wrapped = next(cell for cell in page.tables[0].cells if "Hoa Phượng" in cell.text)
    assert len(wrapped.lines) == 2
    for number, said in zip(wrapped.lines, wrapped.text.split("\n"), strict=True):
        assert said in by_number[number]


def test_prose_without_rulings_has_no_table(tmp_path: Path) -> None:
    assert page_with(tmp_path, PROSE, PROSE).tables == ()


def test_a_frame_around_a_paragraph_is_no_table(tmp_path: Path) -> None:
    assert drawn_page(tmp_path, lambda canvas: canvas.rect(50, 700, 400, 100)).tables == ()


def test_a_scan_without_rulings_has_no_ruled_table(tmp_path: Path) -> None:
    assert read_bytes(tmp_path, "quet.pdf", scanned_pdf([["Tuyến đường", "Hoa Phượng 1.250"]])).pages[0].tables == ()


def test_borders_drawn_as_thin_boxes_are_rulings_and_shading_is_none(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        for x in (60, 200, 340):
            canvas.rect(x, 600, 0.5, 80, stroke=0, fill=1)
        for y in (600, 640, 680):
            canvas.rect(60, y, 280, 0.5, stroke=0, fill=1)
        canvas.setFillGray(0.9)
        canvas.rect(66, 646, 128, 28, stroke=0, fill=1)
        canvas.setFillGray(0)
        canvas.drawString(70, 655, "Tuyến đường")

    (table,) = drawn_page(tmp_path, draw).tables
    assert table.columns == pytest.approx((60, 200, 340), abs=1)
    assert len(table.cells) == 4
    assert texts(table)[0, 0] == "Tuyến đường"


def test_a_merged_cell_reaches_over_its_columns(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        for y in (600, 640, 680):
            canvas.line(60, y, 340, y)
        canvas.line(60, 600, 60, 680)
        canvas.line(340, 600, 340, 680)
        canvas.line(200, 600, 200, 640)
        canvas.drawString(70, 655, "Kinh phí")

    (table,) = drawn_page(tmp_path, draw).tables
    merged = table.cells[0]
    assert (merged.text, merged.row, merged.column, merged.column_span) == ("Kinh phí", 0, 0, 2)


def drawn_grid(canvas: Canvas, levels: Sequence[float]) -> None:
    for x in (60, 200, 340):
        canvas.line(x, 600, x, 680)
    for y in levels:
        canvas.line(60, y, 340, y)


@pytest.mark.parametrize("drawn_as", ["boxes", "pictures"])
def test_a_dotted_border_is_a_ruling(tmp_path: Path, drawn_as: str) -> None:
    picture = ImageReader(Image.new("L", (10, 2), 0))

    def draw(canvas: Canvas) -> None:
        drawn_grid(canvas, (600, 680))
        for number in range(round(280 / 2.4)):
            x = 60 + 2.4 * number
            if drawn_as == "boxes":
                canvas.rect(x, 640, 1.2, 0.5, stroke=0, fill=1)
            else:
                canvas.drawImage(picture, x, 640, 2.4, 0.48)
        canvas.drawString(70, 655, "Tuyến đường")
        canvas.drawString(70, 615, "Hoa Phượng")

    (table,) = drawn_page(tmp_path, draw).tables
    assert texts(table) == {(0, 0): "Tuyến đường", (0, 1): "", (1, 0): "Hoa Phượng", (1, 1): ""}


def test_single_dots_are_no_ruling(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        drawn_grid(canvas, (600, 640, 680))
        for x in (80, 120, 160):
            canvas.rect(x, 660, 1.2, 0.5, stroke=0, fill=1)

    (table,) = drawn_page(tmp_path, draw).tables
    assert len(table.cells) == 4


def test_a_place_that_is_not_ruled_round_is_an_open_cell_and_the_table_says_so(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        drawn_grid(canvas, (640, 680))
        canvas.line(60, 600, 200, 600)
        canvas.drawString(70, 615, "Hoa Phượng")
        canvas.drawString(210, 615, "870")

    (table,) = drawn_page(tmp_path, draw).tables
    assert texts(table)[1, 1] == "870"
    assert table.problem == "1 ô không kín khung / cells not ruled all round"


def test_a_table_that_is_ruled_all_round_has_no_problem(tmp_path: Path) -> None:
    (table,) = page_with(tmp_path, ROADS).tables
    assert table.problem is None


def test_a_table_on_a_page_shown_turned_is_read_as_it_is_seen(tmp_path: Path) -> None:
    upright = write_pdf(set_blocks([PROSE, ROADS]))
    turned = io.BytesIO()
    with pikepdf.open(io.BytesIO(upright)) as document:
        sheet = document.pages[0]
        width, height = A4
        sheet.contents_add(f"q 0 1 -1 0 {height} 0 cm".encode(), prepend=True)
        sheet.contents_add(b"Q")
        sheet.MediaBox = [0, 0, height, width]
        sheet.Rotate = 90
        document.save(turned)
    seen = read_bytes(tmp_path, "xoay.pdf", turned.getvalue()).pages[0]
    assert [texts(table) for table in seen.tables] == [
        texts(table) for table in page_with(tmp_path, PROSE, ROADS).tables
    ]
