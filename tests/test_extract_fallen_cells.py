"""Tables of which a converter printed each cell on a line of its own."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.extraction import extract
from pipeline.models import Extraction
from tests.extract_reading import reading

TASKS = """II. PHÂN CÔNG

STT
Nội dung công việc
Cơ quan chủ trì
Cơ quan phối hợp
Thời hạn
1
Rà soát cây xanh có nguy cơ gãy đổ
Hạt Quản lý cây xanh
UBND các xã
Trước 15/12/2025
2
Tập huấn kỹ thuật cắt tỉa
Sở Xây dựng
Công an tỉnh
Quý I/2026
III. TỔ CHỨC THỰC HIỆN
"""
AMOUNTS = """Đơn vị tính: triệu đồng
TT
Nguồn vốn
Năm 2026
1
Ngân sách tỉnh
27.350
2
Nguồn huy động của
các xã
9.250
Tổng cộng
36.600
"""


def extracted(text: str) -> Extraction:
    return extract(reading(f"Hòa Giang, ngày 05 tháng 11 năm 2025\n{text}"))


def test_rows_of_tasks_are_read_by_the_names_above_their_columns() -> None:
    first, second = extracted(TASKS).tasks
    assert (first.task, first.lead, first.support) == (
        "Rà soát cây xanh có nguy cơ gãy đổ",
        ("Hạt Quản lý cây xanh",),
        ("UBND các xã",),
    )
    assert first.deadline == dt.date(2025, 12, 15)
    assert second.deadline == dt.date(2026, 3, 31)


def test_numbers_are_in_the_unit_above_and_parts_of_the_total_below() -> None:
    found = {figure.subject: figure for figure in extracted(AMOUNTS).figures}
    assert found["Nguồn huy động của các xã Năm 2026"].value == 9250
    assert {figure.unit for figure in found.values()} == {"triệu đồng"}
    assert [figure.part_of for figure in found.values()] == [Decimal(36600), Decimal(36600), None]


def test_rows_without_numbers_of_their_own_are_told_by_their_blocks() -> None:
    header = "Chỉ tiêu\nKế hoạch\nThực hiện\nTỷ lệ (%)\n"
    text = f"{header}Trồng rừng (ha)\n500\n450\n90,0\nChăm sóc rừng (ha)\n800\n600\n75,0\n"
    found = {figure.subject: (figure.value, figure.unit) for figure in extracted(text).figures}
    assert found["Chăm sóc rừng (ha) Thực hiện"] == (600, "")
    assert found["Trồng rừng (ha) Tỷ lệ (%)"] == (90, "%")


@given(st.integers(1, 9), st.integers(1, 9))
def test_a_list_that_only_looks_like_rows_is_no_table(first: int, second: int) -> None:
    text = f"Kết quả tháng này\nTT\nĐã trồng cây\n{first}\nvà chăm sóc\n{second}\n"
    assert extracted(text).tables == ()
