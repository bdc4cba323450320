"""Where the marks of a chart stand: inside its frame, higher where there is more, further right where it is later."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reconcile_documents import document

from pipeline.desk.value_chart import MOST_SERIES, Chart, alike, chart, drawable
from pipeline.extract.catalogue import Catalogue, Indicator, IndicatorKind
from pipeline.reconcile.timeseries import Series, timeseries

READERS = "thu-vien.ban-doc"
CATALOGUE = Catalogue(
    {READERS: Indicator(id=READERS, name="Bạn đọc", name_en="Readers", kind=IndicatorKind.STOCK, units=("bạn đọc",))},
    {},
)
DAYS = st.dates(dt.date(1900, 1, 1), dt.date(2100, 1, 1))
NUMBERS = st.integers(0, 10**13)


def series(stated: dict[str, list[tuple[dt.date, int]]], unit: str = "bạn đọc") -> list[Series]:
    """The series of places, each by its values."""
    return timeseries(
        [
            document(f"{place}-{number}.txt", f"Có {{{value} {unit}|indicator={READERS}; as_of={day}}}.", place=place)
            for place, values in stated.items()
            for number, (day, value) in enumerate(values)
        ],
        [],
        CATALOGUE,
    )


def drawn(*values: tuple[dt.date, int], unit: str = "bạn đọc") -> Chart:
    made = chart(series({"An Hải": list(values)}, unit))
    assert made
    return made


@given(st.lists(st.tuples(DAYS, NUMBERS), min_size=1, max_size=12))
def test_marks_stand_in_the_frame_in_the_order_of_days_and_values(values: list[tuple[dt.date, int]]) -> None:
    made = drawn(*values)
    marks = [mark for line in made.lines for mark in line.marks]
    assert made.values == len(marks) == len(values)
    for mark in marks:
        assert made.left <= mark.x <= made.right
        assert made.top <= mark.y <= made.bottom
    for one, other in pairwise(sorted(marks, key=lambda mark: mark.observed.value)):
        assert one.y >= other.y
    for one, other in pairwise(sorted(marks, key=lambda mark: mark.observed.time.last)):
        assert one.x <= other.x


@given(st.lists(st.tuples(DAYS, NUMBERS), min_size=1, max_size=12))
def test_what_is_written_at_the_axes_goes_up_and_hides_nothing(values: list[tuple[dt.date, int]]) -> None:
    made = drawn(*values)
    assert 2 <= len(made.numbers) <= 9
    assert len({tick.text for tick in made.numbers}) == len(made.numbers)
    assert all(after.at < before.at for before, after in pairwise(made.numbers))
    assert made.days
    assert all(after.at > before.at for before, after in pairwise(made.days))
    assert all(made.left <= tick.at <= made.right for tick in made.days)


@pytest.mark.parametrize(
    ("values", "written"),
    [
        ((0, 4), ["0", "1", "2", "3", "4"]),
        ((434, 456), ["430", "435", "440", "445", "450", "455", "460"]),
        ((3_870, 6_019), ["3.500", "4.000", "4.500", "5.000", "5.500", "6.000", "6.500"]),
        ((7, 7), ["0", "2", "4", "6", "8"]),
    ],
)
def test_the_numbers_at_the_side_are_round(values: tuple[int, int], written: list[str]) -> None:
    first, second = dt.date(2025, 3, 31), dt.date(2025, 4, 30)
    made = drawn((first, values[0]), (second, values[1]))
    assert [tick.text for tick in made.numbers] == written


def test_great_amounts_are_counted_in_millions_or_billions() -> None:
    made = drawn((dt.date(2025, 3, 31), 95_640_000_000), unit="đồng")
    assert (made.scale, made.scale_en, made.unit) == ("tỷ", "billion", "đồng")
    assert made.lines[0].marks[0].number == "95,64"
    assert drawn((dt.date(2025, 3, 31), 950)).scale == ""


@pytest.mark.parametrize(
    ("days", "written"),
    [
        ([(2025, 3, 31), (2025, 4, 30)], ["31/03/2025", "30/04/2025"]),
        ([(2025, 3, 1), (2025, 3, 2), (2025, 3, 31)], ["01/03/2025", "31/03/2025"]),
        ([(2025, month, 28) for month in range(1, 13)], [f"{month:02d}/2025" for month in (3, 5, 7, 9, 11)]),
        ([(year, 12, 31) for year in range(2010, 2026)], [str(year) for year in range(2012, 2026, 2)]),
    ],
)
def test_days_are_written_where_they_are_few_and_months_or_years_where_not(
    days: list[tuple[int, int, int]], written: list[str]
) -> None:
    made = drawn(*((dt.date(*day), 100 + number) for number, day in enumerate(days)))
    assert [tick.text for tick in made.days] == written


def test_the_line_follows_the_latest_document_and_every_value_has_a_mark() -> None:
    day = dt.date(2025, 3, 31)
    made = drawn((day, 100), (day, 120), (dt.date(2025, 4, 30), 130))
    (line,) = made.lines
    assert len(line.corners) == 2
    assert len(line.marks) == 3
    assert made.contradicted == 2


def test_no_number_is_written_over_another() -> None:
    day = dt.date(2025, 3, 31)
    made = drawn(*((day, 1000 + number) for number in range(8)), (dt.date(2025, 4, 30), 2000))
    written = sorted(mark.number_y for mark in made.lines[0].marks if mark.number_y and mark.x < made.right / 2)
    assert all(after - before >= 14 for before, after in pairwise(written))


def test_without_a_time_there_is_nothing_to_draw() -> None:
    flow = CATALOGUE.indicators[READERS].model_copy(update={"kind": IndicatorKind.FLOW})
    found = timeseries(
        [document("a.txt", f"Có {{5 bạn đọc|indicator={READERS}}}.")], [], Catalogue({READERS: flow}, {})
    )
    assert chart(drawable(found)) is None
    assert chart(drawable([])) is None


def test_a_chart_has_one_unit_and_no_more_lines_than_can_be_told_apart() -> None:
    months = [dt.date(2025, month, 28) for month in range(1, 4)]
    places = {f"Xã {number}": [(day, 100) for day in months[: 1 + number % 3]] for number in range(9)}
    found = series(places)
    picked = drawable(found)
    assert len(picked) == MOST_SERIES
    assert [len(item.observations) for item in picked] == [3, 3, 3, 2, 2, 2]
    paid = series({"Xã 1": [(months[0], 5_000_000)]}, unit="đồng")
    assert drawable([*found, *paid])[0].unit == "bạn đọc"
    assert all(item.unit == "bạn đọc" for item in drawable([*found, *paid]))


def test_a_series_that_would_press_the_others_flat_is_drawn_only_when_chosen() -> None:
    months = [dt.date(2025, month, 28) for month in range(1, 4)]
    found = series({"Xã nhỏ": [(day, 100) for day in months], "Cả nước": [(months[0], 1_000_000)]})
    assert [item.area for item in alike(found)] == ["Xã nhỏ"]
    assert len(drawable(found)) == 2
    assert Decimal(1_000_000) in {observed.value for item in drawable(found) for observed in item.observations}
