"""Times that stand above a figure, not in its sentence."""

from __future__ import annotations

from pipeline.extract.extraction import extract
from pipeline.models import Figure, Status
from tests.extract_reading import reading


def figures(text: str) -> list[Figure]:
    return list(extract(reading(text)).figures)


def test_a_result_has_the_time_of_the_sentence_before_it() -> None:
    text = (
        "- Trung tâm được giao vận hành hệ thống đặt lịch (từ ngày 05/3/2024 đến ngày 30/6/2024), phục vụ dân. "
        "Kết quả, hệ thống nhận 2.310 lượt đặt lịch."
    )
    (found,) = figures(text)
    assert found.period == "2024-03-05/2024-06-30"


def test_another_sentence_has_no_time_of_the_one_before() -> None:
    text = "- Từ ngày 05/3/2024 đến ngày 30/6/2024, hệ thống đặt lịch nhận 2.310 lượt. Có 105 trạm y tế dùng."
    assert [figure.period for figure in figures(text)] == ["2024-03-05/2024-06-30", None]


TABLE = """DỰ TOÁN SỬA CHỮA TRƯỜNG HỌC{title}

Đơn vị: Triệu đồng

{head}
1 Trường Tiểu học Hòa Bắc 120 450
2 Trường Trung học cơ sở Lộc Sơn 80 300
Tổng cộng 200 750
"""


def test_columns_have_the_years_of_the_head_in_their_order() -> None:
    head = "STT TÊN TRƯỜNG | KINH PHÍ | DỰ TOÁN\nNĂM 2023 | NĂM 2024"
    found = figures(TABLE.format(title="", head=head))
    assert [figure.period for figure in found] == ["2023-01-01/2023-12-31", "2024-01-01/2024-12-31"] * 3


def test_a_table_whose_head_has_no_years_is_dated_by_its_title() -> None:
    found = figures(TABLE.format(title=" NĂM 2024", head="STT TÊN TRƯỜNG | VỐN TỈNH | VỐN XÃ"))
    assert {figure.period for figure in found} == {"2024-01-01/2024-12-31"}


def test_a_table_without_either_has_no_time() -> None:
    found = figures(TABLE.format(title="", head="STT TÊN TRƯỜNG | VỐN TỈNH | VỐN XÃ"))
    assert {figure.period for figure in found} == {None}


def test_rows_of_indicators_are_targets_of_the_year_in_the_title() -> None:
    text = """PHỤ LỤC

CHỈ TIÊU TRỌNG TÂM NĂM 2024

STT Nội dung Chỉ tiêu
1 Tỷ lệ hộ dùng nước sạch 95%
2 Tỷ lệ trạm y tế có bác sĩ 100%
3 Tỷ lệ trẻ được tiêm chủng đầy đủ 97%
"""
    found = figures(text)
    assert {(figure.period, figure.status) for figure in found} == {("2024-01-01/2024-12-31", Status.TARGET)}


def test_what_a_section_plans_is_planned_for_its_year() -> None:
    (found,) = figures("II. DỰ TOÁN KINH PHÍ NĂM 2024\n\nTổng kinh phí thực hiện là 1.250.000.000 đồng.")
    assert (found.period, found.status) == ("2024-01-01/2024-12-31", Status.TARGET)
