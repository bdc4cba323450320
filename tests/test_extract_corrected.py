"""A number that a person read stands in the place of the machine's, which stays beside it."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from extract_reading import reading
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.corrected import HumanReading, corrected, read
from pipeline.extract.extraction import extract
from pipeline.models import Extraction, Figure, Interval, Number
from pipeline.reconcile import wording

AT = dt.datetime(2026, 3, 2, 8, 30, tzinfo=dt.UTC)


def first(text: str) -> tuple[Extraction, Figure]:
    extraction = extract(reading(text))
    return extraction, extraction.figures[0]


def after(text: str, written: str) -> Figure:
    """The first figure of a text when a person read another number there."""
    extraction, figure = first(text)
    made = HumanReading(read(written, figure), "Lê Thị Bình", AT, "xem bản giấy")
    return corrected(extraction, {figure.id: made}).figures[0]


def test_the_machines_reading_stays_beside_with_who_when_and_why() -> None:
    figure = after("Toàn huyện có 366 trạm bơm.", "356")
    assert figure.value == 356
    assert figure.correction is not None
    assert figure.correction.machine == Number(value=Decimal(366))
    assert (figure.correction.by, figure.correction.at, figure.correction.reason) == ("Lê Thị Bình", AT, "xem bản giấy")
    assert figure.evidence.text == "Toàn huyện có 366 trạm bơm."


@pytest.mark.parametrize(
    ("text", "written", "low", "high"),
    [
        ("Toàn huyện có 366 trạm bơm.", "356", "356", "356"),
        ("Tỷ lệ đạt 8,46%.", "8,5", "8.45", "8.55"),
        ("Tỷ lệ đạt 985%.", "98,5", "98.45", "98.55"),
        ("Tổng chi 2.044 triệu đồng.", "2.144", "2143.5", "2144.5"),
        ("Đã cấp hơn 81.000 tài khoản.", "82.000", "82000", None),
        ("Chi không quá 400 triệu đồng.", "480", None, "480"),
        ("Có khoảng 600.000 người dùng.", "500.000", "450000", "550000"),
        ("Đã mở 81 nghìn tài khoản.", "82.000", "81500", "82500"),
        ("Đã mở 81 nghìn tài khoản.", "82.345", "82344.5", "82345.5"),
    ],
)
def test_the_words_around_it_allow_of_the_new_number_what_they_allowed_of_the_old(
    text: str, written: str, low: str | None, high: str | None
) -> None:
    allowed = Interval(low=low and Decimal(low), high=high and Decimal(high))  # type: ignore[arg-type]
    assert after(text, written).interval == allowed


def test_parts_state_the_value_that_their_whole_now_has() -> None:
    extraction, whole = first("Huyện cấp 150 giấy phép (gồm: 90 giấy phép xây dựng và 50 giấy phép khai thác cát).")
    changed = corrected(extraction, {whole.id: HumanReading(read("140", whole), "Bình", AT, None)})
    assert [figure.part_of for figure in changed.figures] == [None, 140, 140]
    assert [figure.value for figure in changed.figures[1:]] == [90, 50]


def test_a_document_about_which_nothing_was_decided_stays_the_very_same() -> None:
    extraction, figure = first("Toàn huyện có 366 trạm bơm.")
    made = HumanReading(read("356", figure), "Bình", AT, None)
    assert corrected(extraction, {"khac-p1-366": made}) is extraction


@pytest.mark.parametrize(
    ("text", "written", "number"),
    [
        ("Toàn huyện có 366 trạm bơm.", " 4.122 ", Number(value=Decimal(4122))),
        ("Tỷ lệ đạt 8,46%.", "98.5", Number(value=Decimal("98.5"))),
        ("Tỷ lệ đạt 8,46%.", "98,5%", Number(value=Decimal("98.5"))),
        ("Có 66/124 xã đạt chuẩn.", "86/124", Number(value=Decimal(86), denominator=Decimal(124))),
        ("Tỷ lệ đạt -2,5%.", "-3,5", Number(value=Decimal("-3.5"))),
    ],
)
def test_a_number_is_written_as_documents_write_it(text: str, written: str, number: Number) -> None:
    assert read(written, first(text)[1]) == number


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Toàn huyện có 366 trạm bơm.", "ba trăm"),
        ("Toàn huyện có 366 trạm bơm.", "3a6"),
        ("Toàn huyện có 366 trạm bơm.", ""),
        ("Toàn huyện có 366 trạm bơm.", "366/400"),
        ("Toàn huyện có 366 trạm bơm.", "366 trạm"),
        ("Có 66/124 xã đạt chuẩn.", "86"),
    ],
)
def test_what_is_no_number_of_the_figures_kind_is_refused(text: str, written: str) -> None:
    with pytest.raises(ValueError, match="not a number"):
        read(written, first(text)[1])


@given(value=st.decimals(min_value=0, max_value=10**9, places=2))
def test_any_number_is_read_as_results_write_it(value: Decimal) -> None:
    whole = first("Toàn huyện có 366 trạm bơm.")[1]
    assert read(wording.number(value), whole).value == value
