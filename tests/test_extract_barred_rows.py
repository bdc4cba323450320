"""Tables of which a converter left the bars between the cells."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.extraction import extract
from pipeline.models import Extraction
from tests.extract_reading import reading

TASKS = """II. PHÂN CÔNG
TT | Nội dung | Chủ trì | Phối hợp | Thời gian | Sản phẩm
1 | Lập bản đồ cây cổ thụ | Sở Xây dựng | Công an tỉnh; UBND các xã | 20/12/2025 | Bản đồ
2 | Tập huấn cắt tỉa | Hạt Quản lý cây xanh | | Tuần 2 tháng 12 | Báo cáo
"""
AMOUNTS = """Khoản chi | Kế hoạch (triệu đồng) | Thực hiện (triệu đồng) | Tỷ lệ (%)
Cây giống | 400 | 300 | 75,0
Nhân công | 600 | 540 | 90,0
Cộng | 1.000 | 840 | 84,0
"""


def extracted(text: str) -> Extraction:
    return extract(reading(f"Hòa Giang, ngày 05 tháng 11 năm 2025\n{text}"))


def framed(text: str) -> str:
    rows = [f"| {line} |" for line in text.splitlines()]
    return "\n".join([rows[0], "|---|---|---|---|", *rows[1:]])


def test_rows_of_tasks_are_read_by_the_names_above_their_columns() -> None:
    first, second = extracted(TASKS).tasks
    assert (first.task, first.lead, first.support) == (
        "Lập bản đồ cây cổ thụ",
        ("Sở Xây dựng",),
        ("Công an tỉnh", "UBND các xã"),
    )
    assert (first.deadline, first.target) == (dt.date(2025, 12, 20), "Bản đồ")
    assert (second.support, second.deadline) == ((), dt.date(2025, 12, 14))


@pytest.mark.parametrize("text", [AMOUNTS, framed(AMOUNTS)])
def test_a_column_of_numbers_has_the_unit_that_its_name_states(text: str) -> None:
    found = {figure.subject: figure for figure in extracted(text).figures}
    spent = found["Nhân công Thực hiện (triệu đồng)"]
    assert (spent.unit, spent.part_of) == ("triệu đồng", Decimal(840))
    assert found["Nhân công Tỷ lệ (%)"].unit == "%"


def test_two_columns_are_a_letterhead_and_no_table() -> None:
    assert extracted("UBND XÃ | CỘNG HÒA\nSỐ 5 | ĐỘC LẬP\nKÝ | TÊN\n").tables == ()


@given(st.lists(st.integers(2, 6), min_size=2, max_size=5, unique=True))
def test_bars_that_are_not_equally_many_make_no_table(widths: list[int]) -> None:
    text = "\n".join(" | ".join(["Ô"] * width) for width in widths)
    assert extracted(text).tables == ()
