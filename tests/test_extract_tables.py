"""Tables that a text still shows: columns, units, totals, rows over several lines, rows without columns."""

from __future__ import annotations

from decimal import Decimal

from pipeline.extract.extraction import extract
from pipeline.models import Figure, Kind
from tests.extract_reading import reading

BUDGET = """PHỤ LỤC
Đơn vị: triệu đồng
TT Hạng mục Năm 2026 Năm 2027 Cộng
1 Xây mới cầu dân sinh 1.200 800 2.000
2 Sửa chữa đường liên thôn và hệ thống 500 250 750
thoát nước
Tổng cộng 1.700 1.050 2.750
"""


def figures(text: str) -> tuple[Figure, ...]:
    return extract(reading(text)).figures


def test_the_unit_above_the_table_holds_for_its_cells() -> None:
    found = figures(BUDGET)
    assert len(found) == 9
    assert {(f.kind, f.unit) for f in found} == {(Kind.MONEY, "triệu đồng")}


def test_cells_are_parts_of_the_total_below_them() -> None:
    found = {str(f.value): f for f in figures(BUDGET)}
    assert found["1200"].part_of == Decimal(1700)
    assert found["250"].part_of == Decimal(1050)


def test_totals_are_parts_of_the_column_that_adds_them_up() -> None:
    found = {str(f.value): f for f in figures(BUDGET)}
    assert found["1700"].part_of == Decimal(2750)
    assert found["2750"].part_of is None


def test_a_cell_is_named_by_its_row_and_its_column() -> None:
    found = {str(f.value): f for f in figures(BUDGET)}
    assert found["250"].subject == "Sửa chữa đường liên thôn và hệ thống thoát nước Năm 2027"
    assert found["250"].evidence.line == 5


def test_columns_state_units_of_their_own() -> None:
    text = (
        "Đơn vị: nghìn đồng\nTT Đơn vị Số người Kinh phí\n1 Phòng Nội vụ 3 900\n2 Phòng Tư pháp 2 600\n"
        "Tổng cộng 5 1.500\n"
    )
    assert [(str(f.value), f.kind, f.unit) for f in figures(text)[:2]] == [
        ("3", Kind.COUNT, "người"),
        ("900", Kind.MONEY, "nghìn đồng"),
    ]


def test_a_table_without_total_is_known_by_its_numbered_rows() -> None:
    text = (
        "TT Chỉ tiêu Đơn vị Kế hoạch Thực hiện Tỷ lệ (%)\n1 Lượt khám bệnh Lượt 2.000 1.500 75,0\n"
        "2 Trẻ được tiêm chủng Trẻ 400 300 75,0\n"
    )
    found = figures(text)
    assert [(str(f.value), f.unit) for f in found[:3]] == [("2000", "lượt"), ("1500", "lượt"), ("75.0", "%")]
    assert all(f.part_of is None for f in found)


def test_an_indicator_is_named_by_its_column_though_the_lines_mix_the_cells() -> None:
    text = """STT Chỉ tiêu Năm 2026 Đơn vị chủ trì
Tỷ lệ hồ sơ được giải quyết đúng
1. hạn tại bộ phận một cửa 98% Trung tâm Các phòng
của huyện Hành chính liên quan
Tỷ lệ trường học có kết nối mạng
2. tốc độ cao 100% Phòng Giáo dục
Tỷ lệ người dân có sổ sức khỏe
3. điện tử >70% Trung tâm Y tế
"""
    found = figures(text)
    assert [str(f.value) for f in found] == ["98", "100", "70"]
    assert found[0].subject.startswith("Tỷ lệ hồ sơ được giải quyết đúng hạn tại bộ phận một cửa của huyện")
    assert found[1].subject == "Tỷ lệ trường học có kết nối mạng tốc độ cao"
    assert found[2].qualifier == ">"


def test_the_numbers_of_tasks_count_nothing() -> None:
    text = (
        "TT Nhiệm vụ Đơn vị Thời hạn\n1 Rà soát quy hoạch Phòng Kinh tế Quý I/2026\n"
        "2 Mở 04 lớp Phòng Nội vụ Quý II/2026\n"
    )
    assert [(str(f.value), f.unit) for f in figures(text)] == [("4", "lớp")]


GROUPED = """Đơn vị tính: Triệu đồng
TT Đơn vị Kinh phí
I Sửa chữa trường học 3.090
1 Trường Gia Hội Đông 1.850
2 Trường Phú Dương Hạ 1.240
II Hỗ trợ thiên tai 2.095
1 Xã A Lưới Hạ 975
2 Xã Nam Đông Thượng 1.120
Tổng cộng (I+II) 5.185
"""


def test_rows_below_a_group_are_its_parts_and_the_groups_those_of_the_total() -> None:
    found = {int(figure.value): figure.part_of for figure in figures(GROUPED)}
    assert found == {3090: 5185, 1850: 3090, 1240: 3090, 2095: 5185, 975: 2095, 1120: 2095, 5185: None}


def test_marks_that_are_not_in_order_make_no_groups() -> None:
    found = {int(figure.value): figure.part_of for figure in figures(GROUPED.replace("II Hỗ", "V Hỗ"))}
    assert found[1850] == found[3090] == Decimal(5185)
