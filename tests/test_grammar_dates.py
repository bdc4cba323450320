"""Dates and periods, relative to the document's own date."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract import dates, periods

TODAY = dt.date(2024, 11, 5)


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("ngày 22 tháng 12 năm 2023", dt.date(2023, 12, 22)),
        ("ngày 05/9/2024", dt.date(2024, 9, 5)),
        ("đến ngày 30/9", dt.date(2024, 9, 30)),
        ("trước ngày 15 tháng 8", dt.date(2024, 8, 15)),
        ("1-7-2022", dt.date(2022, 7, 1)),
        ("ngày mồng 3 tháng 3 năm 2017", dt.date(2017, 3, 3)),
        ("mùng 2 tháng Chín", dt.date(2024, 9, 2)),
        ("ngày 7 tháng ba", dt.date(2024, 3, 7)),
        ("ngày 20 tháng mười hai năm 2017", dt.date(2017, 12, 20)),
        ("thứ 3 ngày 3 tháng 4 năm 2018", dt.date(2018, 4, 3)),
        ("lúc 7:30 chiều ngày 20/4/2017", dt.date(2017, 4, 20)),
    ],
)
def test_one_date(text: str, date: dt.date) -> None:
    (found,) = dates.find(text, TODAY.year)
    assert found.date == date


@pytest.mark.parametrize("text", ["ngày 31/9/2024", "41/87 trường", "ngày 0/5/2024", "08/6/20210", "ngày"])
def test_no_date(text: str) -> None:
    assert dates.find(text, TODAY.year) == []


@given(st.dates(min_value=dt.date(1945, 9, 2), max_value=dt.date(2099, 12, 31)))
def test_every_date_comes_back_in_both_forms(date: dt.date) -> None:
    long = f"ngày {date.day:02d} tháng {date.month} năm {date.year}"
    short = f"ngày {date.day}/{date.month}/{date.year}"
    assert [m.date for m in dates.find(long)] == [date]
    assert [m.date for m in dates.find(short)] == [date]


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("9 tháng đầu năm 2024", "2024-01-01/2024-09-30"),
        ("6 tháng cuối năm", "2024-07-01/2024-12-31"),
        ("quý III/2024", "2024-07-01/2024-09-30"),
        ("Quý 2 năm 2023", "2023-04-01/2023-06-30"),
        ("tháng 2/2024", "2024-02-01/2024-02-29"),
        ("tháng mười năm 2017", "2017-10-01/2017-10-31"),
        ("tháng năm năm 2020", "2020-05-01/2020-05-31"),
        ("quý 4 của năm 2018", "2018-10-01/2018-12-31"),
        ("quý ba", "2024-07-01/2024-09-30"),
        ("trong năm 2022", "2022-01-01/2022-12-31"),
        ("giai đoạn 2021-2025", "2021-01-01/2025-12-31"),
        ("từ năm 2021 đến năm 2024", "2021-01-01/2024-12-31"),
        ("từ ngày 01/7 đến ngày 30/9/2024", "2024-07-01/2024-09-30"),
        ("từ ngày 15/12/2023 đến hết ngày 14/10/2024", "2023-12-15/2024-10-14"),
    ],
)
def test_one_period(text: str, period: str) -> None:
    (found,) = periods.find(text, TODAY)
    assert found.period == period
    assert found.as_of is None


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("đến nay", TODAY),
        ("đến thời điểm báo cáo", TODAY),
        ("tính đến ngày 30/9/2024", dt.date(2024, 9, 30)),
        ("đến hết năm 2023", dt.date(2023, 12, 31)),
        ("đến cuối quý I/2024", dt.date(2024, 3, 31)),
    ],
)
def test_one_moment(text: str, moment: dt.date) -> None:
    (found,) = periods.find(text, TODAY)
    assert found.as_of == moment
    assert found.period is None


def test_the_month_of_a_full_date_is_no_period() -> None:
    assert periods.find("Thông báo số 12/TB-SYT ngày 08 tháng 9 năm 2024", TODAY) == []


@pytest.mark.parametrize("text", ["mỗi tháng ba lần", "ba tháng một lần", "những tháng năm gian khó"])
def test_a_number_behind_the_word_month_is_not_its_name(text: str) -> None:
    assert periods.find(text, TODAY) == []


def test_a_period_that_cannot_be_dated_is_still_a_time() -> None:
    (found,) = periods.find("trong kỳ báo cáo", TODAY)
    assert found.as_of is None
    assert found.period is None


@given(st.text(alphabet="0123456789/ -ngàythángnămquýđếntừIV", max_size=40))
def test_any_text_is_read(text: str) -> None:
    for mention in periods.find(text, TODAY):
        assert 0 <= mention.start < mention.end <= len(text)


@pytest.mark.parametrize("text", ["trợ cấp hằng tháng 6.218 người", "mỗi quý 3.218 lượt"])
def test_a_count_behind_a_word_of_time_is_no_month_or_quarter(text: str) -> None:
    assert [mention for mention in periods.find(text, TODAY) if mention.first] == []


@pytest.mark.parametrize("text", ["Sản lượng 9 tháng ước đạt 598 tấn", "Kết quả 9 tháng năm 2024"])
def test_months_of_a_report_are_the_first_of_its_year(text: str) -> None:
    (found,) = periods.find(text, TODAY)
    assert found.period == "2024-01-01/2024-09-30"


def test_a_term_of_months_is_no_period() -> None:
    assert periods.find("Bảo hành trong vòng 6 tháng đạt chuẩn", TODAY) == []
