"""Ruled tables of scans: rulings found in the picture, words in their cells, the repaired words in the record."""

from __future__ import annotations

from pathlib import Path

import pypdfium2
import pytest
from PIL import Image, ImageDraw

from corpus.generator.blocks import Paragraph, Row, Table
from corpus.generator.degrade import Grade, degrade
from corpus.generator.render import page_images, set_blocks, write_pdf
from pipeline.language.unicode import strip_marks
from pipeline.models import Box, Cell, Line, Page, TextSource, Word
from pipeline.models import Table as Ruled
from pipeline.normalize.celltexts import with_cell_texts
from pipeline.normalize.reading import repair_reading
from pipeline.ocr.intake import IncomingFile
from pipeline.ocr.pictured_rulings import pictured_rulings
from pipeline.ocr.reading import read
from pipeline.settings import Settings

DPI = 200
PROSE = Paragraph(
    "Ủy ban nhân dân phường đã rà soát các tuyến đường, kiểm tra hệ thống chiếu sáng và cây xanh trên địa bàn."
)
ROWS = (
    ("TT", "Tuyến đường", "Chiều dài (m)", "Kinh phí"),
    ("1", "Đường Hoa Phượng, từ chợ Mới", "1.250", "486.500"),
    ("2", "Đường Bằng Lăng", "870", "312.400"),
    ("3", "Đường Phượng Vĩ", "2.145", "1.027.350"),
    ("", "Tổng cộng", "4.265", "1.826.250"),
)
ROADS = Table(rows=tuple(Row(cells) for cells in ROWS), widths=(1, 4, 2, 2), numeric=(False, False, True, True))


def scanned_table(grade: Grade, tilt: float = 0.0) -> Image.Image:
    document = pypdfium2.PdfDocument(write_pdf(set_blocks([PROSE, ROADS, PROSE])))
    page = document[0].render(scale=DPI / 72).to_pil().convert("RGB")
    document.close()
    turned = page.rotate(-tilt, resample=Image.Resampling.BICUBIC, fillcolor="white")
    return degrade(turned, grade, 5)


def read_page(folder: Path, image: Image.Image) -> Page:
    path = folder / "bang.png"
    image.save(path, dpi=(DPI, DPI))
    return repair_reading(read(IncomingFile("bang.png", path), Settings())).pages[0]


@pytest.mark.parametrize("grade", [Grade.GOOD, Grade.FAIR, Grade.BAD, Grade.FAX])
def test_the_numbers_of_a_scanned_table_stand_in_their_cells(tmp_path: Path, grade: Grade) -> None:
    (table,) = read_page(tmp_path, scanned_table(grade)).tables
    said = {(cell.row, cell.column): cell.text for cell in table.cells}
    assert len(table.columns) == 5
    for row, cells in enumerate(ROWS):
        if row:
            assert (said[row, 2], said[row, 3]) == cells[2:]
    assert strip_marks(said[2, 1]) == "Duong Bang Lang"


@pytest.mark.parametrize("tilt", [-1.5, 0.8, 2.0])
def test_a_table_that_lies_askew_is_straightened_first(tmp_path: Path, tilt: float) -> None:
    image = scanned_table(Grade.GOOD, tilt)
    assert pictured_rulings(image.convert("L"), DPI / 72).tilt == pytest.approx(tilt, abs=0.4)
    (table,) = read_page(tmp_path, image).tables
    assert {(cell.row, cell.column): cell.text for cell in table.cells}[3, 3] == "1.027.350"


def test_the_ring_of_a_black_seal_over_a_table_is_no_ruling() -> None:
    image = scanned_table(Grade.GOOD).convert("L")
    columns = {round(ruling.x0) for ruling in pictured_rulings(image, DPI / 72).rulings if not ruling.is_level}
    (top,) = {min(r.y0 for r in pictured_rulings(image, DPI / 72).rulings if r.is_level)}
    centre_x, centre_y, radius = 900, round(top * DPI / 72) + 10, 140
    ring = (centre_x - radius, centre_y - radius, centre_x + radius, centre_y + radius)
    ImageDraw.Draw(image).ellipse(ring, outline=40, width=5)
    sealed = {round(ruling.x0) for ruling in pictured_rulings(image, DPI / 72).rulings if not ruling.is_level}
    assert sealed == columns


def test_lone_digits_in_narrow_columns_stand_in_their_cells(tmp_path: Path) -> None:
    pytest.importorskip("trueocr")
    marks = [[str(n * k % 7 + 1) if (n + k) % 3 else "" for k in range(1, 7)] for n in range(1, 16)]
    rows = tuple(Row((str(n), f"Học phần {n}", *said)) for n, said in enumerate(marks, 1))
    table = Table(rows=rows, widths=(1, 5, *(1,) * 6), numeric=(False, *(True,) * 7))
    (picture,) = page_images(write_pdf(set_blocks([PROSE, table])), DPI)
    (found,) = read_page(tmp_path, degrade(picture, Grade.GOOD, 5)).tables
    said = {(cell.row, cell.column): cell.text for cell in found.cells}
    assert [[said[row, column] for column in range(2, 8)] for row in range(15)] == marks


def test_boxes_go_to_the_straight_page_and_back() -> None:
    found = pictured_rulings(scanned_table(Grade.GOOD, 1.0).convert("L"), DPI / 72)
    box = Box(x0=100, y0=200, x1=140, y1=215)
    moved = found.straightened(box)
    assert moved != box
    assert found.as_it_lies(moved).x0 == pytest.approx(box.x0)
    assert found.as_it_lies(moved).y1 == pytest.approx(box.y1)


def test_text_and_pictures_have_no_rulings() -> None:
    document = pypdfium2.PdfDocument(write_pdf(set_blocks([PROSE] * 12)))
    prose = document[0].render(scale=DPI / 72, grayscale=True).to_pil()
    document.close()
    level = [ruling for ruling in pictured_rulings(prose, DPI / 72).rulings if ruling.is_level]
    assert len(level) == 0
    hatched = Image.new("L", (1654, 2339), 255)
    pen = ImageDraw.Draw(hatched)
    for y in range(0, 2339, 5):
        for x in range(0, 1654, 70):
            pen.line((x, y, x + 60, y), fill=0)
    assert pictured_rulings(hatched, DPI / 72).rulings == ()


def test_a_page_on_its_side_has_no_table(tmp_path: Path) -> None:
    lying = scanned_table(Grade.GOOD).transpose(Image.Transpose.ROTATE_90)
    assert read_page(tmp_path, lying).tables == ()


def recognised(raw: str, text: str, rows: tuple[str, ...]) -> Page:
    words = tuple(Word(text=word, confidence=0.9) for word in raw.split())
    line = Line(number=1, raw=raw, text=text, words=words)
    cells = tuple(
        Cell(
            row=0,
            column=column,
            row_span=1,
            column_span=1,
            text=row,
            box=Box(x0=0, y0=0, x1=9, y1=9),
            lines=(1,) if row else (),
        )
        for column, row in enumerate(rows)
    )
    table = Ruled(number=1, box=Box(x0=0, y0=0, x1=9, y1=9), columns=(0, 5, 9), cells=cells)
    return Page(number=1, lines=(line,), source=TextSource.RECOGNISED, tables=(table,))


def test_cells_hold_the_repaired_words() -> None:
    page = with_cell_texts(recognised("1 Tông sô | 12 12", "1 Tổng số | 12 12", ("1", "Tông sô |", "12", "12")))
    assert [cell.text for cell in page.tables[0].cells] == ["1", "Tổng số", "12", "12"]


def test_a_cell_keeps_its_reading_where_words_were_parted() -> None:
    page = with_cell_texts(recognised("1 Tôngsô 12", "1 Tổng số 12", ("1", "Tôngsô", "12")))
    assert [cell.text for cell in page.tables[0].cells] == ["1", "Tôngsô", "12"]


def test_a_numeral_alone_in_its_cell_is_no_mark_of_a_footnote() -> None:
    page = with_cell_texts(recognised("3 Tổng số3", "³ Tổng số³", ("3", "Tổng số3")))
    assert [cell.text for cell in page.tables[0].cells] == ["3", "Tổng số³"]


def test_a_cell_is_as_sure_as_its_least_sure_word() -> None:
    page = recognised("1 Tông sô | 12", "1 Tổng số | 12", ("1", "Tông sô |", "12"))
    line = page.lines[0].model_copy(update={"confidences": (0.99, 0.6, 0.9, 0.1, 0.98)})
    page = with_cell_texts(page.model_copy(update={"lines": (line,)}))
    assert [cell.confidence for cell in page.tables[0].cells] == [0.99, 0.6, 0.98]


def test_specks_beside_the_words_of_a_cell_go_and_lone_signs_stay() -> None:
    page = with_cell_texts(recognised("2_ –. 1.986.400 - x", "2_ –. 1.986.400 - x", ("2_", "–. 1.986.400", "-", "x")))
    assert [cell.text for cell in page.tables[0].cells] == ["2", "1.986.400", "-", "x"]


def test_every_row_of_a_cell_keeps_its_line_though_it_held_specks_only() -> None:
    page = recognised("2 |", "2 |", ("2", "|"))
    (table,) = page.tables
    two_rows = table.cells[0].model_copy(update={"text": "2\n|", "lines": (1, 1)})
    page = page.model_copy(update={"tables": (table.model_copy(update={"cells": (two_rows,)}),)})
    (cell,) = with_cell_texts(page).tables[0].cells
    assert len(cell.text.split("\n")) == len(cell.lines)
