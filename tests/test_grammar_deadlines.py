"""Deadlines as documents write them: dates, months, quarters, recurrences; what is none; what an undated one means."""

from __future__ import annotations

import calendar
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.deadlines import Clock, find, last_in_row, whole, without
from pipeline.models import Recurrence

CLOCK = Clock(dt.date(2025, 9, 22), 2025)
QUARTERS = ("I", "II", "III", "IV")
dates = st.dates(min_value=dt.date(2000, 1, 1), max_value=dt.date(2099, 12, 31))
months = st.tuples(st.integers(2000, 2099), st.integers(1, 12))


def month_end(year: int, month: int) -> dt.date:
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def stated(text: str, clock: Clock = CLOCK) -> tuple[dt.date | None, Recurrence | None]:
    deadline = whole(text, clock)
    assert deadline is not None
    return deadline.date, deadline.recurrence


@given(
    dates,
    st.sampled_from(
        ["{0.day}/{0.month}/{0.year}", "{0:%d/%m/%Y}", "{0:%d.%m.%Y}", "ngày {0.day} tháng {0.month} năm {0.year}"]
    ),
)
def test_a_date_is_read_however_it_is_written(date: dt.date, form: str) -> None:
    assert stated(f"Hoàn thành trước {form.format(date)}") == (date, None)


@given(
    months,
    st.sampled_from(["Tháng {1}/{0}", "trong tháng {1:02} năm {0}", "{1}/{0}", "Chậm nhất trong tháng {1}/{0}."]),
)
def test_a_month_is_due_on_its_last_day(month: tuple[int, int], form: str) -> None:
    assert stated(form.format(*month)) == (month_end(*month), None)


@given(st.integers(2000, 2099), st.integers(1, 4))
def test_a_quarter_is_due_on_its_last_day(year: int, quarter: int) -> None:
    expected = month_end(year, 3 * quarter)
    assert stated(f"Quý {QUARTERS[quarter - 1]}/{year}") == (expected, None)
    assert stated(f"quý {quarter} năm {year}") == (expected, None)


@given(dates)
def test_a_date_without_a_year_is_the_next_one(today: dt.date) -> None:
    date, _ = stated("trước ngày 15/6", Clock(today, today.year))
    assert date is not None
    assert (date.day, date.month) == (15, 6)
    assert 0 <= (date - today).days <= 366


@given(dates)
def test_in_a_sentence_only_what_lies_ahead_is_a_deadline(date: dt.date) -> None:
    found = find(f"Sở Y tế báo cáo trước ngày {date:%d/%m/%Y}.", CLOCK)
    assert [deadline.date for deadline in found] == ([date] if CLOCK.today and date >= CLOCK.today else [])


@given(st.text(max_size=60))
def test_any_text_can_be_read(text: str) -> None:
    for deadline in find(text, CLOCK):
        assert 0 <= deadline.start < deadline.end <= len(text)
    whole(text, CLOCK)


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Quý III, IV/2025", "2025-12-31"),
        ("Tháng 10 - 12/2025", "2025-12-31"),
        ("Từ tháng 8 đến tháng 12", "2025-12-31"),
        ("Tháng 3", "2026-03-31"),
        ("Năm 2026", "2026-12-31"),
        ("2026 - 2030", "2030-12-31"),
        ("6 tháng cuối năm 2025", "2025-12-31"),
        ("6 tháng đầu năm 2026", "2026-06-30"),
        ("Trước tháng 12/2025", "2025-11-30"),
        ("Trước năm 2027", "2026-12-31"),
    ],
)
def test_spans_end_on_their_last_day_and_before_a_span_means_before_it_begins(text: str, date: str) -> None:
    assert stated(text) == (dt.date.fromisoformat(date), None)


@pytest.mark.parametrize(
    ("text", "recurrence"),
    [
        ("Thường xuyên", Recurrence.CONTINUOUS),
        ("Nhiệm vụ thường xuyên.", Recurrence.CONTINUOUS),
        ("Hằng ngày", Recurrence.DAILY),
        ("Hàng tuần", Recurrence.WEEKLY),
        ("Trước ngày 15 hằng tháng", Recurrence.MONTHLY),
        ("Hằng quý", Recurrence.QUARTERLY),
        ("trước ngày 20 của tháng cuối quý", Recurrence.QUARTERLY),
        ("Định kỳ 6 tháng, hằng năm", Recurrence.HALF_YEARLY),
        ("Trước ngày 15 tháng 12 hằng năm", Recurrence.YEARLY),
    ],
)
def test_what_comes_again_has_no_day(text: str, recurrence: Recurrence) -> None:
    assert stated(text) == (None, recurrence)


def test_what_goes_on_for_a_time_ends_with_it() -> None:
    assert stated("Thường xuyên trong 6 tháng cuối năm 2025") == (dt.date(2025, 12, 31), Recurrence.CONTINUOUS)


@pytest.mark.parametrize(
    "text", ["Theo lộ trình", "Ngay sau khi Kế hoạch được ban hành", "Sau khi có Nghị quyết ngày 01/10/2025"]
)
def test_what_names_no_day_keeps_its_words(text: str) -> None:
    deadline = whole(text, CLOCK)
    assert deadline is not None
    assert (deadline.text, deadline.date, deadline.recurrence) == (text, None, None)


@pytest.mark.parametrize(
    "text",
    [
        "Cấp ủy phải thường xuyên kiểm tra, giám sát.",
        "Hồ sơ phát sinh từ ngày 01/12/2025 được số hóa.",
        "Thực hiện Nghị quyết số 12-NQ/TU ngày 20/12/2025 của Tỉnh ủy.",
        "Công trình khởi công trước ngày 01/7/2025.",
    ],
)
def test_other_times_of_a_sentence_are_no_deadlines(text: str) -> None:
    assert find(text, CLOCK) == []


@pytest.mark.parametrize("text", ["Quý HI/2026", "Quý II1/2026", "Quý 1II/2026", "quý III/⁄2026"])
def test_a_quarter_whose_strokes_were_misread_is_known(text: str) -> None:
    assert stated(text) == (dt.date(2026, 9, 30), None)


def test_a_quarter_that_cannot_be_read_is_not_put_off_to_the_end_of_its_year() -> None:
    assert stated("Quý 2026") == (None, None)


def test_a_deadline_that_is_a_sentence_or_bracket_of_its_own_is_taken_out_of_the_text() -> None:
    for text, kept in (
        ("Sửa đường. Hoàn thành trong tháng 11/2025.", "Sửa đường."),
        ("Sửa đường. Nhiệm vụ thường xuyên. Trồng cây.", "Sửa đường. Trồng cây."),
        ("Sửa đường (hoàn thành trong Quý IV/2025);", "Sửa đường;"),
        ("Sửa đường xong trước ngày 30/11/2025.", "Sửa đường xong trước ngày 30/11/2025."),
    ):
        assert without(text, find(text, CLOCK)) == kept


def test_the_last_time_of_a_row_of_text_is_its_deadline() -> None:
    deadline = last_in_row("Sửa chữa 12 trạm bơm Chi cục Thủy lợi Trước ngày 30/4/2026", CLOCK)
    assert deadline is not None
    assert (deadline.text, deadline.date) == ("Trước ngày 30/4/2026", dt.date(2026, 4, 30))


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Trình đề án nâng cấp chợ trong quý I/2026.", dt.date(2026, 3, 31)),
        ("Khắc phục các điểm sạt lở trong tháng 11 năm 2025;", dt.date(2025, 11, 30)),
        ("Bố trí đủ vốn, hoàn thành xong trước 17 giờ 00 ngày 20/10/2025.", dt.date(2025, 10, 20)),
        ("Tổng kiểm soát xe; thời gian thực hiện: từ ngày 15/12/2025 đến ngày 28/02/2026", dt.date(2026, 2, 28)),
    ],
)
def test_a_time_to_come_that_closes_a_clause_or_a_span_is_a_deadline(text: str, date: dt.date) -> None:
    (found,) = find(text, CLOCK)
    assert found.date == date


@pytest.mark.parametrize("text", ["Rà soát số đã chi trong tháng 8/2025.", "Bố trí trong dự toán năm 2026 của Sở."])
def test_a_time_that_is_over_or_stands_within_a_clause_is_none(text: str) -> None:
    assert find(text, CLOCK) == []
