"""Footnote marks glued to words and numbers come out as superscripts, and nothing else does."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.normalize.footnotes import raise_marks

LOWERED = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


@pytest.mark.parametrize(
    ("line", "raised"),
    [
        ("Xã đã mở 12 lớp học1 cho nông dân.", "Xã đã mở 12 lớp học¹ cho nông dân."),
        ("tỷ lệ giải ngân đạt 91,25%1;", "tỷ lệ giải ngân đạt 91,25%¹;"),
        ("trong giai đoạn 2021-20251, huyện", "trong giai đoạn 2021-2025¹, huyện"),
        ("định hướng đến năm 20301.", "định hướng đến năm 2030¹."),
        ("thu được 45.6781 đơn", "thu được 45.678¹ đơn"),
        ("(gọi tắt là Đề án)1 của tỉnh", "(gọi tắt là Đề án)¹ của tỉnh"),
    ],
)
def test_a_mark_that_can_only_be_a_mark_is_raised(line: str, raised: str) -> None:
    assert raise_marks([line, "1 Theo số liệu của Chi cục."]) == [raised, "¹ Theo số liệu của Chi cục."]


def test_a_mark_on_a_bare_number_is_raised_where_no_other_place_can_hold_it() -> None:
    page = ["Số thôn được hỗ trợ1 là 351, trong đó", "đã nghiệm thu 482, đạt 80%.", "1 Vùng cao.", "2 Xã A, xã B."]
    assert raise_marks(page)[1] == "đã nghiệm thu 48², đạt 80%."


def test_a_bare_number_stays_whole_where_two_places_could_hold_the_mark() -> None:
    page = ["Cấp 482 giấy phép và thu hồi 152 giấy phép.", "1 Ghi chú.", "2 Xã A, xã B."]
    assert raise_marks(page) == page


def test_of_several_bare_numbers_the_share_behind_it_shows_the_one_with_the_mark() -> None:
    page = [
        "Toàn tỉnh có 124 xã.",
        "Đã cấp 482 giấy phép; số xã được hỗ trợ là 662, đạt 53,22%.",
        "2 Xã An Hòa, xã Bình Lợi, xã Cát Tân.",
    ]
    assert raise_marks(page)[1] == "Đã cấp 482 giấy phép; số xã được hỗ trợ là 66², đạt 53,22%."
    assert raise_marks(["Toàn tỉnh có 125 xã.", *page[1:]])[1] == page[1]


def test_a_mark_that_is_raised_already_is_the_one() -> None:
    page = ["Trong quý1 đã mở lớp học¹.", "1 Vùng cao."]
    assert raise_marks(page) == ["Trong quý1 đã mở lớp học¹.", "¹ Vùng cao."]


def test_without_the_text_of_the_note_nothing_is_raised() -> None:
    page = ["Xã đã mở 12 lớp học1 cho nông dân.", "đạt 91,25%14."]
    assert raise_marks(page) == page


def test_numbers_of_dates_symbols_and_years_are_no_marks() -> None:
    page = ["Ngày 12/9/2021 ban hành Quyết định 31/QĐ-UBND, năm 2021", "1 Chi tiết ở phụ lục."]
    assert raise_marks(page) == page


def test_numbered_rows_of_a_table_are_no_notes() -> None:
    rows = ["1 Nâng cấp đường liên xã 0 2.000", "2 Sửa trường học 0 1.000", "Tổng cộng 0 3.000"]
    assert raise_marks(rows) == rows
    rows = ["Đã tháo gỡ 62 vướng mắc tại 21 xã.", "1 Xã Bình Thọ 3.210 51,0", "2 Xã An Lạc 2.100 49,0"]
    assert raise_marks(rows) == rows


def test_a_bare_number_is_never_split_for_a_note_that_stands_alone() -> None:
    page = ["Đã tháo gỡ 62 vướng mắc.", "Kết quả rất tốt.", "2 Xã Bình Thọ, xã An Lạc."]
    assert raise_marks(page) == page


def test_marks_run_in_order_and_a_misread_one_may_be_missing() -> None:
    page = ["Lớp học1 mở ở trường? và trạm3.", "1 Một.", "3 Ba."]
    assert raise_marks(page) == ["Lớp học¹ mở ở trường? và trạm³.", "¹ Một.", "³ Ba."]


def test_series_may_start_again() -> None:
    page = ["Lớp học1.", "1 Một.", "Trạm xá1.", "1 Hai."]
    assert raise_marks(page) == ["Lớp học¹.", "¹ Một.", "Trạm xá¹.", "¹ Hai."]


@given(st.lists(st.text(alphabet="ab1239 .,%-/()\n", max_size=30).map(lambda s: s.replace("\n", "")), max_size=12))
def test_only_the_height_of_digits_ever_changes(lines: list[str]) -> None:
    assert [line.translate(LOWERED) for line in raise_marks(lines)] == lines


@example(["1¹", " 1a", "1a"])
@given(st.lists(st.text(alphabet="ab129²¹ .,%-/()", max_size=30), max_size=12))
def test_raising_marks_twice_changes_nothing_more(lines: list[str]) -> None:
    once = raise_marks(lines)
    assert raise_marks(once) == once
