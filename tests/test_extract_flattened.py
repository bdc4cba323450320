"""Table rows that reached the text as running lines: told from prose, and never read as prose."""

from __future__ import annotations

import pytest

from pipeline.extract import flattened
from pipeline.extract.extraction import extract
from pipeline.models import Verdict
from pipeline.reconcile.reconciliation import reconcile
from tests.extract_reading import reading

ROWS = (
    "3 Tỷ lệ trường đạt chuẩn % 61,20 64,75 105,8",
    "- Thư viện huyện „ 1.210 1.260 1.300 10317] 104,1",
    "Sách đã số hóa cuốn 12,4 | 13,1 | 105 Bạn đọc lượt 4.310 4.725",
    "Giá trị sản xuất 97,1% 98,4% 101,2%",
)
PROSE = (
    "Toàn huyện có 61 trường, trong đó 45 trường đạt chuẩn, đạt 73,8%.",
    "Đã cấp 1 250 000 tem và 2 300 000 nhãn cho các hộ sản xuất.",
    "Chia theo các năm: năm 2026 1.200 hộ, năm 2027 1.350 hộ, năm 2028 1.470 hộ.",
    "Tổ một 12 hộ, tổ hai 15 hộ, tổ ba 9 hộ; cả ấp 36 hộ, có 3 1 hộ cận nghèo.",
    "Từ ngày 01/3 đến 15/3 đã trồng 4.200 cây (2.100 cây keo, 2.100 cây lim).",
)


@pytest.mark.parametrize("row", ROWS)
def test_numbers_side_by_side_make_a_row(row: str) -> None:
    assert flattened.is_row(row)


@pytest.mark.parametrize("sentence", PROSE)
def test_prose_is_no_row(sentence: str) -> None:
    assert not flattened.is_row(sentence)


def test_figures_of_a_row_are_kept_with_little_confidence_and_without_a_whole() -> None:
    text = "- Cán bộ đại học „ 1.058 2.022 2.069 105,67 117,74 Trong đó: + Kỹ sư „ 1.100 1.150 1.186 107,82 103,13\n"
    figures = extract(reading(text)).figures
    assert len(figures) > 4
    assert all(figure.confidence < 0.5 and figure.whole is None for figure in figures)


def test_prose_behind_a_row_is_a_sentence_of_its_own() -> None:
    text = (
        "Duy tu, sửa chữa đường liên xã 12.400] 13.150| 25.550\n"
        "Tổng cộng | 61.000| 79.400 140.400\n"
        "Nguồn vốn thực hiện: ngân sách tỉnh 84.240 triệu đồng (60%), ngân sách xã\n"
        "56.160 triệu đồng (40%).\n"
    )
    sure = {str(figure.value): figure for figure in extract(reading(text)).figures if figure.confidence > 0.5}
    assert sure.keys() == {"84240", "60", "56160", "40"}
    assert sure["84240"].evidence.text.startswith("Nguồn vốn thực hiện")


def test_rows_contradict_nothing() -> None:
    text = (
        "Số lượt bạn đọc đến thư viện huyện trong năm là 4.310 lượt bạn đọc.\n\n"
        "5 Số lượt bạn đọc đến thư viện huyện lượt bạn đọc 4.130 4.725 114,4 98,2\n\n"
        "Số lượt bạn đọc đến thư viện tỉnh lượt bạn đọc 4.150 4.310 4.725 103,2\n"
    )
    assert not [finding for finding in reconcile([extract(reading(text))]) if finding.verdict is Verdict.CONFLICT]


def test_bare_numbers_of_rows_are_in_the_unit_that_stands_above_their_table() -> None:
    text = "Đơn vị: triệu đồng\nXây mới trạm bơm 64.000 92.500 204.800\nSửa kênh 41.200 8.300 135.700\n"
    figures = extract(reading(text)).figures
    assert {figure.unit for figure in figures} == {"triệu đồng"}
    assert all(figure.confidence < 0.5 for figure in figures)


@pytest.mark.parametrize(
    ("line", "unit"),
    [("(ĐVT: Nghìn đồng)", "nghìn đồng"), ("Đơn vị tính: con", "con"), ("Đơn vị chủ trì: Sở Y tế", "")],
)
def test_the_unit_of_a_table_stands_alone_on_its_line(line: str, unit: str) -> None:
    assert flattened.unit_above(line) == unit
