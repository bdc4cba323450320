"""What the words around a figure say of it: time, stock or flow, result or target, words, identity."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from pipeline.extract import periods
from pipeline.extract.extraction import extract
from pipeline.models import Figure, Status
from tests.extract_reading import reading

HEAD = """SỞ Y TẾ
Số: 9/BC-SYT Hậu Lộc, ngày 30 tháng 9 năm 2024
BÁO CÁO
Công tác y tế tháng 9 năm 2024
I. KẾT QUẢ
"""


def figures(text: str) -> tuple[Figure, ...]:
    return extract(reading(text)).figures


def one(text: str) -> Figure:
    return figures(HEAD + text)[0]


@pytest.mark.parametrize(
    ("text", "as_of", "period"),
    [
        ("Đến ngày 25/9/2024, toàn tỉnh có 96 trạm y tế.", dt.date(2024, 9, 25), None),
        ("Đến nay, toàn tỉnh có 96 trạm y tế.", dt.date(2024, 9, 30), None),
        ("Trong tháng, toàn tỉnh khám 960 lượt.", None, "2024-09-01/2024-09-30"),
        ("Trong 9 tháng đầu năm, toàn tỉnh khám 9.600 lượt.", None, "2024-01-01/2024-09-30"),
        ("Từ ngày 01/7 đến ngày 15/9/2024, đã khám 960 lượt.", None, "2024-07-01/2024-09-15"),
        ("Thực hiện Công văn số 5/UBND-VX ngày 02/8/2024, đã khám 960 lượt.", None, None),
        ("Mục tiêu đến năm 2030 được cụ thể hóa (37 văn bản).", None, None),
    ],
)
def test_when_a_figure_held(text: str, as_of: dt.date | None, period: str | None) -> None:
    found = one(text)
    assert (found.as_of, found.period) == (as_of, period)


@pytest.mark.parametrize(
    ("text", "cumulative"),
    [
        ("Lũy kế đã tiêm 12.000 mũi.", True),
        ("Nâng tổng số lên 12.000 thẻ.", True),
        ("Trong tháng tiêm 300 mũi.", False),
        ("Cấp mới 300 thẻ.", False),
        ("Đã tiêm 300 mũi.", None),
    ],
)
def test_stock_or_flow(text: str, cumulative: bool | None) -> None:
    assert one(text).cumulative is cumulative


def test_a_stock_that_follows_a_flow_keeps_its_subject() -> None:
    flow, stock = figures("Trung tâm trong kỳ tiếp nhận 120 hồ sơ khám bệnh. Lũy kế đến nay 4.500 hồ sơ.")
    assert (flow.cumulative, stock.cumulative) == (False, True)
    assert "khám bệnh" in stock.subject


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Phấn đấu đạt trên 95% dân số tham gia.", Status.TARGET),
        ("Chỉ tiêu giao là 200 giường bệnh.", Status.TARGET),
        ("Ước đạt 180 giường bệnh.", Status.ESTIMATE),
        ("Đã đạt 180 giường bệnh.", Status.RESULT),
    ],
)
def test_result_target_or_estimate(text: str, status: Status) -> None:
    assert one(text).status is status


def test_what_stands_below_a_heading_of_targets_is_a_target() -> None:
    found = figures("II. MỤC TIÊU NĂM 2025\n- Mở 12 lớp tập huấn.\n- Đã có 03 lớp chuyển tiếp.")
    assert [f.status for f in found] == [Status.TARGET, Status.RESULT]


def test_an_amount_in_words_is_tied_to_its_digits_in_their_unit() -> None:
    (found,) = figures("Tổng kinh phí: 2.350 triệu đồng (Bằng chữ: Hai tỷ ba trăm năm mươi triệu đồng).")
    assert found.in_words == Decimal(2350)


def test_a_footnote_is_joined_to_the_figure_that_calls_it() -> None:
    found = figures("Đã hỗ trợ 12² xã trong tỉnh.\n² Xã An Hòa, xã Bình Lợi và các xã lân cận.")
    assert found[0].value == Decimal(12)
    assert found[0].footnote == "Xã An Hòa, xã Bình Lợi và các xã lân cận."


def test_a_mark_that_lost_its_raise_breaks_the_grouping_and_is_told_by_that() -> None:
    found = figures("Tổng số thẻ hiện tại là 9.4801 cho các xã.\n1 Đến ngày 19/8/2024, theo thống kê.")
    assert found[0].value == Decimal(9480)
    assert found[0].footnote == "Đến ngày 19/8/2024, theo thống kê."


def test_ids_name_the_file_the_page_and_the_number_as_printed() -> None:
    text = "Có 1.012 xã và 30/45 thôn. Đã mở 04 lớp cho hai mươi lăm xã, nay có 30 thôn và 30 xã."
    first, second = extract(reading(text)), extract(reading(text))
    ids = [figure.id for figure in first.figures]
    assert ids == [figure.id for figure in second.figures]
    digest = reading(text).digest[:8]
    assert ids == [f"{digest}-p1-{numeral}" for numeral in ("1.012", "30-45", "04", "25", "30", "30~2")]


def test_a_figure_found_or_left_out_before_it_leaves_the_id_of_another_as_it_is() -> None:
    ids = [figures(text)[-1].id for text in ("Đã mở 120 lớp.", "Toàn huyện có 9 xã.\nĐã mở 120 lớp.")]
    assert [identity.partition("-")[2] for identity in ids] == ["p1-120", "p1-120"]


def test_the_place_says_where_the_digits_stand_in_the_sentence() -> None:
    extraction = extract(reading("Toàn huyện có 1.250 hộ nghèo."))
    (figure,) = extraction.figures
    sentence = extraction.sentences[figure.place.sentence]
    assert sentence.text[figure.place.start : figure.place.end] == "1.250"


def test_an_empty_document_has_no_records() -> None:
    extraction = extract(reading(""))
    assert extraction.figures == ()
    assert extraction.sentences == ()
    assert extraction.citations == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Trạm ghi nhận 2.101 lượt khám, lũy kế đến nay 16.212 lượt khám.", [False, True]),
        ("Trạm ghi nhận 2.101 lượt khám, lũy kế đến nay 16.212 người.", [None, True]),
        ("Số camera thêm vào khu vực chợ là 50 máy.", [False]),
    ],
)
def test_what_stands_beside_its_running_total_came_in_the_period(text: str, expected: list[bool | None]) -> None:
    assert [figure.cumulative for figure in extract(reading(text)).figures] == expected


def test_items_of_a_list_have_the_time_of_the_sentence_that_leads_to_it() -> None:
    text = "Phấn đấu đến ngày 31/12/2025:\n- Có 736 hộ thoát nghèo.\n- Xóa 12 nhà tạm.\nĐã trồng 40 cây."
    assert [figure.as_of for figure in figures(text)] == [dt.date(2025, 12, 31)] * 2 + [None]


def test_the_number_of_a_plan_behind_its_rate_is_a_target_of_what_was_counted() -> None:
    text = "Đến ngày 30/9/2025, có 712.450 người tham gia bảo hiểm, đạt 96,8% kế hoạch năm (736.000 người)."
    done, _, plan = figures(text)
    assert (done.status, done.as_of) == (Status.RESULT, dt.date(2025, 9, 30))
    assert (plan.status, plan.as_of, plan.cumulative) == (Status.TARGET, None, None)
    assert "tham gia bảo hiểm" in plan.subject


def test_an_agreement_is_no_estimate() -> None:
    (figure,) = figures("Số thôn có quy ước đạt 88,9%.")
    assert figure.status is Status.RESULT


def test_a_change_is_named_as_one_and_not_by_what_it_is_compared_with() -> None:
    _, change = figures("Nợ thuế là 612 tỷ đồng, giảm 48 tỷ đồng so với cùng kỳ năm trước.")
    assert change.subject.startswith("giảm")
    assert "so với" not in change.subject


def test_an_hour_before_the_day_up_to_which_is_counted_hides_no_day() -> None:
    (mention,) = periods.find("Tính đến 16 giờ 30 ngày 05/11/2025, đã sơ tán 12 hộ.")
    assert mention.as_of == dt.date(2025, 11, 5)


def test_a_goal_below_a_heading_is_for_the_year_that_the_heading_aims_at() -> None:
    text = f"{HEAD}II. MỤC TIÊU ĐẾN NĂM 2030\n- Trồng mới 5.200 ha rừng."
    (figure,) = [figure for figure in extract(reading(text)).figures if figure.value == 5200]
    assert (figure.status, figure.as_of) == (Status.TARGET, dt.date(2030, 12, 31))
