"""Tables as data: title, unit, names of columns, rows with heads, cells with the figures that they state."""

from __future__ import annotations

import csv as csv_module
import io
import json
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from ocr_samples import read_bytes

from corpus.generator.blocks import Align, Block, PageBreak, Paragraph, Row, Table
from corpus.generator.render import set_blocks, write_pdf
from pipeline.export.fileformat import FileFormat
from pipeline.export.frames import frame
from pipeline.export.sheets import table_cells
from pipeline.export.tabledata import write_tables
from pipeline.extract.extraction import extract
from pipeline.models import DataTable, Extraction
from pipeline.normalize.roles import with_roles
from tests.extract_reading import reading

PROSE = Paragraph("Ủy ban nhân dân phường đã rà soát các tuyến đường, kiểm tra hệ thống chiếu sáng và cây xanh.")
CAPTION = Paragraph("Bảng 2. Dự toán chi tiết theo hạng mục")
UNIT = Paragraph("Đơn vị: triệu đồng", align=Align.RIGHT, italic=True)
HEADER = ("TT", "Hạng mục", "Năm 2026", "Tỷ lệ (%)", "Ghi chú")
ROWS = (
    ("1", "Trồng cây xanh dọc các tuyến đường trung tâm phường", "1.200", "70,6", "Quý I"),
    ("2", "Thay đèn chiếu sáng", "500", "≥25", "Quý II"),
    ("", "Tổng cộng", "1.700", "100", ""),
)
FLAT = """PHỤ LỤC
(Kèm theo Kế hoạch số 5/KH-UBND ngày 03/02/2025)
Đơn vị: triệu đồng
TT Hạng mục Năm 2026 Năm 2027 Cộng
1 Xây mới cầu dân sinh 1.200 800 2.000
2 Sửa chữa đường liên thôn và hệ thống 500 250 750
thoát nước
Tổng cộng 1.700 1.050 2.750
"""


def table(*rows: tuple[str, ...]) -> Table:
    return Table(
        rows=tuple(Row(cells, bold=cells == HEADER) for cells in rows),
        widths=(1, 5, 2, 2, 2),
        numeric=(False, False, True, True, False),
    )


def extraction(tmp_path: Path, *blocks: Block) -> Extraction:
    return extract(with_roles(read_bytes(tmp_path, "bang.pdf", write_pdf(set_blocks(blocks)))))


def texts(found: DataTable) -> list[tuple[str, ...]]:
    return [tuple(cell.text for cell in row.cells) for row in found.rows]


@pytest.fixture(scope="module")
def budget(tmp_path_factory: pytest.TempPathFactory) -> Extraction:
    return extraction(tmp_path_factory.mktemp("bang"), PROSE, CAPTION, UNIT, table(HEADER, *ROWS))


def test_a_table_has_its_caption_the_unit_above_it_and_the_names_of_its_columns(budget: Extraction) -> None:
    (found,) = budget.tables
    assert (found.number, found.title, found.unit) == (1, "Bảng 2. Dự toán chi tiết theo hạng mục", "triệu đồng")
    assert found.columns == HEADER


def test_a_row_has_its_head_over_all_its_lines_and_every_cell_that_says_something(budget: Extraction) -> None:
    (found,) = budget.tables
    assert [row.head for row in found.rows] == [row[1] for row in ROWS]
    assert texts(found) == [ROWS[0], ROWS[1], ROWS[2][1:4]]
    assert [cell.column for cell in found.rows[2].cells] == [1, 2, 3]


def test_the_number_in_a_cell_is_a_figure_of_the_document(budget: Extraction) -> None:
    figures = {figure.id: figure for figure in budget.figures}
    stated = [figures[cell.figure] for row in budget.tables[0].rows for cell in row.cells if cell.figure]
    assert [(figure.value, figure.unit) for figure in stated] == [
        (Decimal(1200), "triệu đồng"),
        (Decimal("70.6"), "%"),
        (Decimal(500), "triệu đồng"),
        (Decimal(25), "%"),
        (Decimal(1700), "triệu đồng"),
        (Decimal(100), "%"),
    ]


def test_a_table_goes_on_over_a_page_break_without_the_header_that_is_repeated(tmp_path: Path) -> None:
    blocks = (PROSE, UNIT, table(HEADER, *ROWS[:2]), PageBreak(), table(HEADER, ROWS[2]))
    (found,) = extraction(tmp_path, *blocks).tables
    assert [(row.page, row.head) for row in found.rows] == [(1, ROWS[0][1]), (1, ROWS[1][1]), (2, "Tổng cộng")]


def test_a_table_without_numbers_is_one_all_the_same(tmp_path: Path) -> None:
    header = ("TT", "Nhiệm vụ", "Chủ trì", "Phối hợp", "Thời hạn")
    row = ("1", "Rà soát biển báo", "Phòng Kinh tế", "Công an phường", "Quý I")
    lead = Paragraph("Các phòng thực hiện nhiệm vụ cụ thể như sau:")
    (found,) = extraction(tmp_path, PROSE, lead, table(header, row, row)).tables
    assert (found.title, found.columns) == ("Các phòng thực hiện nhiệm vụ cụ thể như sau:", header)
    assert found.rows[0].head == "Rà soát biển báo"
    assert not any(cell.figure for line in found.rows for cell in line.cells)


def test_prose_above_a_table_is_no_title_but_the_heading_of_its_section_is(tmp_path: Path) -> None:
    (found,) = extraction(tmp_path, Paragraph("II. KINH PHÍ"), PROSE, table(HEADER, *ROWS)).tables
    assert found.title == "II. KINH PHÍ"


def test_a_cell_of_the_table_above_is_no_title(tmp_path: Path) -> None:
    other = Table(
        rows=(Row(("TT", "Mã số", "Số cây")), Row(("1", "G06017", "12")), Row(("2", "G06018", "14"))),
        widths=(1, 5, 5),
        numeric=(False, False, True),
    )
    blocks = (Paragraph("II. KINH PHÍ"), CAPTION, table(HEADER, *ROWS, ("", "", "", "", "G06016")), PageBreak(), other)
    assert [found.title for found in extraction(tmp_path, *blocks).tables] == [
        "Bảng 2. Dự toán chi tiết theo hạng mục",
        "II. KINH PHÍ",
    ]


def test_a_table_that_only_the_text_shows_is_data_too() -> None:
    (found,) = extract(reading(FLAT)).tables
    assert (found.title, found.unit) == ("PHỤ LỤC", "triệu đồng")
    assert found.columns == ("", "Năm 2026", "Năm 2027", "Cộng")
    assert texts(found)[1] == ("Sửa chữa đường liên thôn và hệ thống thoát nước", "500", "250", "750")
    assert all(cell.figure for row in found.rows for cell in row.cells[1:])


def test_prose_has_no_tables() -> None:
    assert extract(reading("Phường đã trồng 120 cây.\nPhường đã thay 14 đèn.\n")).tables == ()


def test_json_lines_have_one_record_a_table(budget: Extraction) -> None:
    (record,) = map(json.loads, write_tables([budget], FileFormat.JSONL).decode().splitlines())
    assert {key: record[key] for key in ("document", "number", "page", "title", "unit")} == {
        "document": "bang.pdf",
        "number": 1,
        "page": 1,
        "title": "Bảng 2. Dự toán chi tiết theo hạng mục",
        "unit": "triệu đồng",
    }
    (first,) = [cell for cell in record["rows"][0]["cells"] if cell["column"] == 4]
    assert (first["text"], first["value"], first["unit"]) == ("70,6", "70.6", "%")
    assert first["figure"] in {figure.id for figure in budget.figures}


def test_csv_has_one_row_a_cell(budget: Extraction) -> None:
    text = write_tables([budget], FileFormat.CSV).decode("utf-8-sig")
    rows = list(csv_module.DictReader(io.StringIO(text)))
    assert len(rows) == sum(len(row.cells) for row in budget.tables[0].rows)
    (found,) = [row for row in rows if row["text"] == "500"]
    assert (found["table"], found["row"], found["column"], found["name"]) == ("1", "2", "3", "Năm 2026")
    assert (found["head"], found["value"], found["unit"]) == ("Thay đèn chiếu sáng", "500", "triệu đồng")


def test_a_frame_of_cells_is_pivoted_to_the_table(budget: Extraction) -> None:
    cells = frame(table_cells([budget]))
    pivoted = cells.pivot_table(values="number", index="head", columns="name")
    assert pivoted.loc["Tổng cộng", "Năm 2026"] == Decimal(1700)


def test_a_workbook_has_a_sheet_for_each_table_with_numbers_as_numbers(budget: Extraction) -> None:
    book = openpyxl.load_workbook(io.BytesIO(write_tables([budget, budget], FileFormat.XLSX)))
    assert book.sheetnames == ["Danh sách", "Bảng 1", "Bảng 2", "Ô của bảng"]
    shown = [[cell.value for cell in row] for row in book["Bảng 2"].iter_rows()]
    assert shown == [
        list(HEADER),
        ["1", ROWS[0][1], 1200, 70.6, "Quý I"],
        ["2", "Thay đèn chiếu sáng", 500, "≥25", "Quý II"],
        [None, "Tổng cộng", 1700, 100, None],
    ]
    listed = [cell.value for cell in book["Danh sách"][2]]
    assert listed[:5] == ["Bảng 1", "bang.pdf", 1, "Bảng 2. Dự toán chi tiết theo hạng mục", "triệu đồng"]
