"""Tables that no rulings enclose, digital and scanned: what they are, and what is none."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from ocr_samples import font
from reportlab.pdfgen.canvas import Canvas
from unruled_samples import LEADING, C, Draw, L, R, digital, read_scan, rows, said, scan

from corpus.generator.degrade import Grade, degrade
from pipeline.models import Box, Table
from pipeline.ocr.lines import PlacedWord, PrintedLine
from pipeline.ocr.unruled_tables import unruled_tables

HEADS = (C(75), C(180), C(340), C(420), C(490))
CELLS = (L(70), L(95), R(365), R(445), R(510))
NAMES = ("TT", "Hạng mục", "Kế hoạch", "Thực hiện", "Tỷ lệ (%)")
WORKS = (
    ("1", "Trồng cây xanh dọc các tuyến", "1.200", "800", "66,7"),
    ("", "đường trung tâm phường", "", "", ""),
    ("2", "Thay đèn chiếu sáng", "500", "250", "50,0"),
    ("3", "Nạo vét kênh mương nội đồng", "12.350", "11.020", "89,2"),
)
TOTAL = ("", "Tổng cộng", "14.050", "12.070", "85,9")


def works(canvas: Canvas, cells: Sequence[Sequence[str]] = (*WORKS, TOTAL), y: float = 715) -> float:
    return rows(canvas, CELLS, rows(canvas, HEADS, y, [NAMES]), cells)


def tables(tmp_path: Path, draw: Draw, prose: Sequence[str] | None = None) -> tuple[Table, ...]:
    reading = digital(tmp_path, draw) if prose is None else digital(tmp_path, draw, prose=prose)
    return reading.pages[0].tables


def test_a_table_without_rulings_is_read_cell_by_cell(tmp_path: Path) -> None:
    (table,) = tables(tmp_path, works)
    assert not table.ruled
    assert said(table) == [
        list(NAMES),
        ["1", "Trồng cây xanh dọc các tuyến đường trung tâm phường", "1.200", "800", "66,7"],
        *map(list, (*WORKS[2:], TOTAL)),
    ]


def test_the_prose_above_and_the_line_of_the_unit_are_not_in_the_table(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        canvas.drawRightString(520, 735, "Đơn vị: triệu đồng")
        works(canvas)

    page = digital(tmp_path, draw).pages[0]
    inside = {number for cell in page.tables[0].cells for number in cell.lines}
    assert [line.text for line in page.lines if line.number not in inside][2:] == ["Đơn vị: triệu đồng"]


def test_cells_meet_between_their_words_and_hold_them(tmp_path: Path) -> None:
    page = digital(tmp_path, works).pages[0]
    (table,) = page.tables
    words = {word.text: word.box for line in page.lines for word in line.words if word.box}
    cell = next(cell for cell in table.cells if cell.text == "11.020")
    assert cell.box.x0 < words["11.020"].x0 < words["11.020"].x1 < cell.box.x1
    assert cell.box.y0 < words["11.020"].y0 < words["11.020"].y1 < cell.box.y1
    assert (cell.box.x0, cell.box.x1) == table.columns[3:5]


def test_a_name_wider_than_its_numbers_stands_in_the_cell_of_its_column(tmp_path: Path) -> None:
    page = digital(tmp_path, works).pages[0]
    (table,) = page.tables
    boxes = {word.text: word.box for line in page.lines for word in line.words if word.box}
    cell = next(cell for cell in table.cells if cell.text == "Kế hoạch")
    assert cell.box.x0 < boxes["Kế"].x0 < boxes["hoạch"].x1 < cell.box.x1


def test_without_a_total_row_it_is_a_table_all_the_same(tmp_path: Path) -> None:
    (table,) = tables(tmp_path, lambda canvas: works(canvas, WORKS) and None)
    assert said(table)[-1] == list(WORKS[-1])


def test_a_name_over_two_columns_reaches_over_both(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        rows(canvas, (C(400),), 733, [("Kinh phí (triệu đồng)",)])
        rows(canvas, (C(75), C(180)), 724, [("TT", "Đơn vị")])
        y = rows(canvas, (C(350), C(450)), 715, [("Trung ương", "Địa phương")])
        cells = [
            ("1", "Sở Xây dựng", "1.200", "800"),
            ("2", "Sở Y tế", "500", "250"),
            ("3", "Sở Nội vụ", "90", "1.020"),
        ]
        rows(canvas, (L(70), L(95), R(375), R(475)), y, cells)

    (table,) = tables(tmp_path, draw)
    header = {cell.text: (cell.row, cell.column, cell.row_span, cell.column_span) for cell in table.cells}
    assert header["TT"] == (0, 0, 2, 1)
    assert header["Đơn vị"] == (0, 1, 2, 1)
    assert header["Kinh phí (triệu đồng)"] == (0, 2, 1, 2)
    assert header["Địa phương"] == (1, 3, 1, 1)


def test_names_over_several_lines_are_one_each(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        rows(canvas, (C(340), C(430)), 733, [("Kế hoạch", "Thực hiện"), ("năm 2025", "quý III")])
        y = rows(canvas, (C(75), C(180)), 724, [("TT", "Đơn vị")]) - LEADING / 2
        cells = [
            ("1", "Sở Xây dựng", "1.200", "800"),
            ("2", "Sở Y tế", "500", "250"),
            ("3", "Sở Nội vụ", "90", "1.020"),
        ]
        rows(canvas, (L(70), L(95), R(365), R(455)), y, cells)

    (table,) = tables(tmp_path, draw)
    assert said(table)[0] == ["TT", "Đơn vị", "Kế hoạch năm 2025", "Thực hiện quý III"]


def test_rows_without_numbers_stay_rows(tmp_path: Path) -> None:
    cells = (
        ("I", "Thu ngân sách", "", "", ""),
        ("1", "Thu nội địa", "1.200", "1.300", "8,3"),
        ("2", "Thu xuất nhập khẩu", "500", "450", "-10,0"),
        ("II", "Chi ngân sách", "", "", ""),
        ("1", "Chi đầu tư", "640", "700", "9,4"),
    )
    (table,) = tables(tmp_path, lambda canvas: works(canvas, cells) and None)
    assert said(table)[1:] == list(map(list, cells))


def test_a_heading_that_goes_through_the_gutters_reaches_right_across(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        y = works(canvas, (*WORKS, WORKS[2]))
        y = rows(canvas, (L(70),), y, [("B. Công trình chuyển tiếp từ các năm trước",)])
        rows(canvas, CELLS, y, (WORKS[2], WORKS[3]))

    (table,) = tables(tmp_path, draw)
    (across,) = (cell for cell in table.cells if cell.text.startswith("B. "))
    assert (across.column, across.column_span) == (0, 5)


def test_level_rulings_part_rows_whose_heads_begin_with_capitals(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        cells = [
            ("Sở Văn hóa", "120", "85"),
            ("Thể thao", "", ""),
            ("Sở Công", "64", "70"),
            ("Thương", "", ""),
            ("Sở Xây dựng tỉnh", "31", "29"),
        ]
        y = rows(canvas, (L(70), R(300), R(400)), 715, [("Đơn vị", "Năm 2024", "Năm 2025")])
        rows(canvas, (L(70), R(300), R(400)), y, cells)
        for line in (-1, 0, 2, 4, 5):
            canvas.line(65, y + 13 - LEADING * line, 410, y + 13 - LEADING * line)

    (table,) = tables(tmp_path, draw)
    assert said(table) == [
        ["Đơn vị", "Năm 2024", "Năm 2025"],
        ["Sở Văn hóa Thể thao", "120", "85"],
        ["Sở Công Thương", "64", "70"],
        ["Sở Xây dựng tỉnh", "31", "29"],
    ]


def test_wide_rows_are_told_from_the_lines_of_a_head(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        rows(canvas, (L(70), R(300), R(400)), 720, [("Đơn vị", "Năm 2024", "Năm 2025")])
        for at, row in enumerate(
            [("Sở Văn hóa", "120", "85"), ("Sở Công", "64", "70"), ("Sở Xây dựng tỉnh", "31", "29")]
        ):
            rows(canvas, (L(70), R(300), R(400)), 695 - 34 * at, [row])
        rows(canvas, (L(70),), 695 - 14, [("Thể thao",)])
        rows(canvas, (L(70),), 695 - 34 - 14, [("Thương",)])

    (table,) = tables(tmp_path, draw)
    assert [row[0] for row in said(table)] == ["Đơn vị", "Sở Văn hóa Thể thao", "Sở Công Thương", "Sở Xây dựng tỉnh"]


def test_two_columns_are_enough_where_the_numbers_are_flush_and_named(tmp_path: Path) -> None:
    cells = [("Loại hồ sơ", "Số hồ sơ"), ("Đất đai", "1.250"), ("Hộ tịch", "870"), ("Xây dựng", "95")]
    (table,) = tables(tmp_path, lambda canvas: rows(canvas, (L(80), R(400)), 715, cells) and None)
    assert said(table) == list(map(list, cells))


def test_a_column_that_only_the_header_shows_is_kept(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        y = rows(canvas, (L(70), R(250), R(340), L(420)), 715, [("Đơn vị", "Kế hoạch", "Thực hiện", "Ghi chú")])
        cells = [("Sở Xây dựng", "1.200", "800"), ("Sở Y tế", "500", "250"), ("Sở Nội vụ", "90", "1.020")]
        rows(canvas, (L(70), R(250), R(340)), y, cells)

    (table,) = tables(tmp_path, draw)
    assert said(table)[0] == ["Đơn vị", "Kế hoạch", "Thực hiện", "Ghi chú"]
    assert said(table)[1] == ["Sở Xây dựng", "1.200", "800", ""]


def test_a_ruled_table_keeps_its_lines_and_tables_are_numbered_down_the_page(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        works(canvas)
        for x in (60, 250, 400):
            canvas.line(x, 300, x, 400)
        for y in (300, 325, 350, 375, 400):
            canvas.line(60, y, 400, y)
            if y < 400:
                rows(canvas, (L(65), R(395)), y + 8, [("Đất đai", "1.250")])

    found = tables(tmp_path, draw)
    assert [(table.number, table.ruled) for table in found] == [(1, False), (2, True)]


LETTERHEAD = (
    ("ỦY BAN NHÂN DÂN", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
    ("TỈNH BÌNH HẢI", "Độc lập - Tự do - Hạnh phúc"),
    ("Số: 125/BC-UBND", "Bình Hải, ngày 12 tháng 10 năm 2025"),
)
SIGNATURE = (
    ("Nơi nhận:", "TM. ỦY BAN NHÂN DÂN"),
    ("- Bộ Nội vụ (02 bản);", "KT. CHỦ TỊCH"),
    ("- Các sở, ban, ngành;", "PHÓ CHỦ TỊCH"),
    ("- Lưu: VT, NC 15.", "Trần Văn Bình"),
)
CONTENTS = tuple((f"{part}. {name}", page) for part, name, page in [
    ("I", "Tình hình chung", "1"), ("II", "Kết quả thực hiện", "4"), ("III", "Tồn tại, hạn chế", "11"),
    ("IV", "Phương hướng", "15"), ("V", "Kiến nghị", "19"),
])  # fmt: skip
COMMUNES = (
    ("1.", "Xã An Bình", "4.", "Xã Hòa Lợi"),
    ("2.", "Xã Long Sơn", "5.", "Xã Phú Mỹ"),
    ("3.", "Xã Tân Hải", "6.", "Phường Năm"),
)
BORN = (
    ("1", "Nguyễn Văn An", "1975", "Xã An Bình"),
    ("2", "Trần Thị Bích", "1982", "Xã Long Sơn"),
    ("3", "Lê Văn Cường", "1969", "Xã Tân Hải"),
)
PHONES = (
    ("Nguyễn Văn An", "Trưởng phòng", "0912345678"),
    ("Trần Thị Bích", "Phó phòng", "0987654321"),
    ("Lê Văn Cường", "Chuyên viên", "0905123456"),
)
NUMBERS_IN_PROSE = (
    "Toàn tỉnh đã tiếp nhận 12.450 hồ sơ, giải quyết 11.980 hồ sơ, đạt 96,2%; trong đó cấp tỉnh 3.120",
    "hồ sơ, cấp xã 9.330 hồ sơ. So với cùng kỳ năm 2024, số hồ sơ tăng 1.245 hồ sơ, tương ứng tăng 11,1%",
    "Số hồ sơ quá hạn là 57 hồ sơ, giảm 23 hồ sơ; số phản ánh, kiến nghị của tổ chức, cá nhân là 140",
    "phản ánh, đã xử lý 138 phản ánh, còn 2 phản ánh đang trong thời hạn xử lý theo quy định tại 01 đơn vị",
)


def with_leaders(canvas: Canvas) -> None:
    for at, (name, page) in enumerate(CONTENTS):
        canvas.drawString(70, 700 - LEADING * at, name)
        dots = "." * int((480 - 75 - canvas.stringWidth(name, font(), 12)) / canvas.stringWidth(".", font(), 12))
        canvas.drawRightString(480, 700 - LEADING * at, dots)
        canvas.drawRightString(510, 700 - LEADING * at, page)


NEGATIVES: dict[str, Draw] = {
    "letterhead": lambda canvas: rows(canvas, (C(150), C(400)), 700, LETTERHEAD) and None,
    "signature beside the recipients": lambda canvas: rows(canvas, (L(70), C(420)), 700, SIGNATURE) and None,
    "contents with dotted leaders": with_leaders,
    "contents with white leaders": lambda canvas: rows(canvas, (L(70), R(510)), 700, CONTENTS) and None,
    "contents with a header": lambda canvas: rows(
        canvas, (L(70), R(510)), 700, [("Nội dung", "Trang"), *CONTENTS]
    ) and None,
    "numbered list in two columns": lambda canvas: rows(canvas, (L(70), L(95), L(300), L(325)), 700, COMMUNES) and None,
    "names with years of birth": lambda canvas: rows(canvas, (L(70), L(95), L(270), L(350)), 700, BORN) and None,
    "names with telephone numbers": lambda canvas: rows(canvas, (L(70), L(220), L(350)), 700, PHONES) and None,
    "prose with numbers": lambda canvas: rows(
        canvas, (L(60),), 700, [(line,) for line in NUMBERS_IN_PROSE * 3]
    ) and None,
}  # fmt: skip


@pytest.mark.parametrize("name", NEGATIVES)
def test_what_only_looks_like_a_table_is_none(tmp_path: Path, name: str) -> None:
    assert tables(tmp_path, NEGATIVES[name]) == ()


WORDS = st.sampled_from(["tỉnh", "và", "hồ", "sơ", "trường", "học", "năm", "đã", "giao"])
FIGURES = st.sampled_from(["12.450", "96,2%", "140", "5"])
PHRASE = st.one_of(st.tuples(WORDS), st.tuples(WORDS, FIGURES), st.tuples(WORDS, WORDS, FIGURES))


@given(
    st.lists(st.lists(PHRASE, min_size=4, max_size=9), min_size=3, max_size=20), st.floats(min_value=3, max_value=10)
)
def test_prose_full_of_numbers_is_no_table_however_wide_its_blanks(
    phrases: list[list[tuple[str, ...]]], blank: float
) -> None:
    texts = [[word for phrase in line for word in phrase] for line in phrases]
    # Lines of the same words stand in columns, and are no prose.
    assume(len({tuple(words[:3]) for words in texts}) == len(texts))
    lines = []
    for at, words in enumerate(texts):
        starts = accumulate((6 * len(word) + blank for word in words), initial=60.0)
        lines.append(placed_line(at, list(zip(starts, words, strict=False))))
    assert unruled_tables(lines, 1, (), ()) == []


def placed_line(at: int, words: Sequence[tuple[float, str]]) -> PrintedLine:
    placed = (
        PlacedWord(text, text, Box(x0=x, y0=100 + 18 * at, x1=x + 6 * len(text), y1=110 + 18 * at)) for x, text in words
    )
    return PrintedLine(tuple(placed))


def right(edge: float, text: str) -> tuple[float, str]:
    return edge - 6 * len(text), text


def grouped(number: int) -> str:
    return f"{number:,}".replace(",", ".")


COUNTS = st.integers(min_value=1000, max_value=9_999_999)  # small ones may number the rows


@given(st.lists(st.tuples(COUNTS, COUNTS, COUNTS), min_size=3, max_size=12))
def test_numbers_at_right_edges_come_out_in_their_columns_whatever_they_are(values: list[tuple[int, int, int]]) -> None:
    lines = [
        placed_line(
            at, [(60, "Huyện"), *(right(250 + 100 * column, grouped(number)) for column, number in enumerate(row))]
        )
        for at, row in enumerate(values)
    ]
    (table,) = unruled_tables(lines, 1, (), ())
    assert said(table) == [["Huyện", *map(grouped, row)] for row in values]


@pytest.mark.parametrize("grade", [Grade.GOOD, Grade.FAIR, Grade.FAX])
def test_the_numbers_of_a_scanned_table_stand_in_their_cells(tmp_path: Path, grade: Grade) -> None:
    (table,) = read_scan(tmp_path, degrade(scan(works), grade, 5)).tables
    assert not table.ruled
    assert [row[2:] for row in said(table)[1:]] == [list(row[2:]) for row in (WORKS[0], *WORKS[2:], TOTAL)]


@pytest.mark.parametrize("tilt", [-1.0, 1.5])
def test_a_scanned_table_may_lie_askew(tmp_path: Path, tilt: float) -> None:
    (table,) = read_scan(tmp_path, scan(works).rotate(tilt, fillcolor="white", resample=3)).tables
    assert [row[3] for row in said(table)] == ["Thực hiện", "800", "250", "11.020", "12.070"]
