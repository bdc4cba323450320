"""The figures of many reports make series: one indicator, one place, one kind of time, one unit."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reconcile_documents import document

from pipeline.extract.catalogue import Catalogue, Indicator, IndicatorKind
from pipeline.models import Extraction, Figure, Finding, Review, ReviewStatus, Severity, Verdict
from pipeline.reconcile.times import Frequency, Time, time_of
from pipeline.reconcile.timeseries import Series, timeseries

KINDS = {
    "thu-vien.ban-doc": (IndicatorKind.STOCK, "bạn đọc"),
    "thu-vien.luot-muon": (IndicatorKind.FLOW, "lượt"),
    "thu-vien.kinh-phi": (IndicatorKind.FLOW, "đồng"),
    "thu-vien.ty-le": (IndicatorKind.RATE, "%"),
}
CATALOGUE = Catalogue(
    {
        name: Indicator(id=name, name=name, name_en=name, kind=kind, units=(unit,))
        for name, (kind, unit) in KINDS.items()
    },
    {},
)
MARCH, APRIL = dt.date(2025, 3, 31), dt.date(2025, 4, 30)
READERS, LOANS, MONEY = "indicator=thu-vien.ban-doc", "indicator=thu-vien.luot-muon", "indicator=thu-vien.kinh-phi"


def series(*extractions: Extraction, findings: tuple[Finding, ...] = ()) -> list[Series]:
    return timeseries(extractions, findings, CATALOGUE)


def values(found: Series) -> list[str]:
    return [f"{observed.value:f}" for observed in found.observations]


def test_values_of_several_documents_stand_in_order_of_time_with_their_sources() -> None:
    (found,) = series(
        document("b.pdf", f"Có {{1.300 bạn đọc|{READERS}; as_of=2025-04-30}}.", issued=APRIL),
        document("a.pdf", f"Có {{1.200 bạn đọc|{READERS}; as_of=2025-03-31}}.", issued=MARCH),
    )
    assert values(found) == ["1200", "1300"]
    assert [observed.figure.evidence.document for observed in found.observations] == ["a.pdf", "b.pdf"]
    assert (found.area, found.unit) == ("Hòa Giang", "bạn đọc")


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (f"{{5 bạn đọc|{READERS}}}", f"{{5 lượt|{LOANS}}}"),
        (f"{{5 bạn đọc|{READERS}}}", f"{{5 bạn đọc|{READERS}; status=target}}"),
        (f"{{5 bạn đọc|{READERS}; dim=place:xã A}}", f"{{5 bạn đọc|{READERS}; dim=place:xã B}}"),
        (f"{{5 lượt|{LOANS}; period=2025-01-01/2025-03-31}}", f"{{5 lượt|{LOANS}; period=2025-01-01/2025-01-31}}"),
        (f"{{5 lượt|{LOANS}; as_of=2025-03-31; cum}}", f"{{5 lượt|{LOANS}; as_of=2025-03-31}}"),
        (f"{{5 triệu đồng|{MONEY}}}", f"{{5 triệu USD|{MONEY}}}"),
    ],
    ids=["indicator", "target", "dimension", "length of the time", "cumulative", "currency"],
)
def test_what_is_not_comparable_stands_in_two_series(first: str, second: str) -> None:
    assert len(series(document("a.pdf", f"Có {first}.", f"Có {second}.", issued=MARCH))) == 2


def test_places_are_told_apart() -> None:
    text = f"Có {{5 bạn đọc|{READERS}}}."
    here, there = document("a.pdf", text, place="Hòa Giang"), document("b.pdf", text, place="Đông Khê")
    assert [found.area for found in series(here, there)] == ["Đông Khê", "Hòa Giang"]


def test_a_former_province_and_the_one_that_was_made_of_it_are_two_places() -> None:
    text = f"Có {{5 bạn đọc|{READERS}}}."
    former = document("a.pdf", text, place="Đồng Tháp", issued=dt.date(2025, 6, 20))
    merged = document("b.pdf", text, place="Đồng Tháp", issued=dt.date(2025, 7, 20))
    assert [found.area for found in series(former, merged)] == ["Đồng Tháp", "Đồng Tháp (cũ)"]


def test_a_part_without_a_dimension_is_not_taken_for_its_whole() -> None:
    whole, part = series(
        document("a.pdf", f"Có {{9 bạn đọc|{READERS}; id=w}}, gồm {{5 bạn đọc|{READERS}; whole=w; subject=thiếu nhi}}.")
    )
    assert (values(whole), whole.dimensions) == (["9"], ())
    assert (values(part), part.dimensions) == (["5"], (("part", "thiếu nhi"),))


def test_amounts_are_in_units_of_one() -> None:
    (found,) = series(
        document("a.pdf", f"Chi {{1,5 tỷ đồng|{MONEY}; period=2024-01-01/2024-12-31}}."),
        document("b.pdf", f"Chi {{1.700 triệu đồng|{MONEY}; period=2025-01-01/2025-12-31}}."),
    )
    assert values(found) == ["1500000000", "1700000000"]
    assert found.unit == "đồng"


def test_two_values_of_one_time_that_cannot_both_be_true_are_marked() -> None:
    (found,) = series(
        document("a.pdf", f"Có {{1.200 bạn đọc|{READERS}; as_of=2025-03-31}}."),
        document("b.pdf", f"Có {{1.290 bạn đọc|{READERS}; as_of=2025-03-31}}."),
        document("c.pdf", f"Có {{1.300 bạn đọc|{READERS}; as_of=2025-04-30}}."),
    )
    assert [observed.in_conflict for observed in found.observations] == [True, True, False]


def test_values_that_differ_by_their_rounding_only_are_not_marked() -> None:
    (found,) = series(
        document("a.pdf", f"Có {{hơn 1.200 bạn đọc|{READERS}; as_of=2025-03-31}}."),
        document("b.pdf", f"Có {{1.234 bạn đọc|{READERS}; as_of=2025-03-31}}."),
    )
    assert [observed.in_conflict for observed in found.observations] == [False, False]


def conflict(figure: Figure, status: ReviewStatus) -> Finding:
    return Finding(
        id="0d1a14a0",
        code="sum.parts",
        verdict=Verdict.CONFLICT,
        severity=Severity.HIGH,
        documents=("a.pdf",),
        figures=(figure.id,),
        values=("5",),
        message="Tổng không khớp.",
        message_en="The sum does not hold.",
        review=Review(status=status),
    )


@pytest.mark.parametrize(
    ("status", "named"), [(ReviewStatus.OPEN, ("0d1a14a0",)), (ReviewStatus.DISMISSED, ())], ids=["open", "dismissed"]
)
def test_a_value_names_the_conflicts_in_which_it_takes_part_but_for_dismissed_ones(
    status: ReviewStatus, named: tuple[str, ...]
) -> None:
    report = document("a.pdf", f"Có {{5 bạn đọc|{READERS}}}.")
    (found,) = series(report, findings=(conflict(report.figures[0], status),))
    assert found.observations[0].findings == named
    assert found.observations[0].in_conflict is bool(named)


def test_what_states_no_time_has_that_of_its_document_unless_it_happened_over_time() -> None:
    readers, loans = series(document("a.pdf", f"Có {{5 bạn đọc|{READERS}}} và {{7 lượt|{LOANS}}}.", issued=MARCH))
    assert loans.observations[0].time is None
    assert readers.observations[0].time == Time(first=MARCH, last=MARCH)
    assert not readers.observations[0].dated


@pytest.mark.parametrize(
    ("first", "last", "frequency", "sdmx", "vietnamese"),
    [
        ("2025-01-01", "2025-12-31", Frequency.YEAR, "2025", "năm 2025"),
        ("2025-07-01", "2025-12-31", Frequency.HALF_YEAR, "2025-S2", "6 tháng cuối năm 2025"),
        ("2025-07-01", "2025-09-30", Frequency.QUARTER, "2025-Q3", "quý III/2025"),
        ("2024-02-01", "2024-02-29", Frequency.MONTH, "2024-02", "tháng 2/2024"),
        ("2025-09-30", "2025-09-30", Frequency.DAY, "2025-09-30", "30/9/2025"),
        ("2025-01-01", "2025-09-30", Frequency.OTHER, "2025-01-01/P9M", "9 tháng năm 2025"),
        ("2025-02-01", "2025-04-30", Frequency.OTHER, "2025-02-01/P3M", "1/2/2025–30/4/2025"),
        ("2025-07-01", "2025-09-15", Frequency.OTHER, "2025-07-01/P77D", "1/7/2025–15/9/2025"),
        ("2021-01-01", "2025-12-31", Frequency.OTHER, "2021-01-01/P60M", "1/1/2021–31/12/2025"),
    ],
)
def test_times_are_told_as_sdmx_and_as_reports_tell_them(
    first: str, last: str, frequency: Frequency, sdmx: str, vietnamese: str
) -> None:
    time = Time(first=dt.date.fromisoformat(first), last=dt.date.fromisoformat(last))
    assert (time.frequency, time.sdmx, time.vietnamese) == (frequency, sdmx, vietnamese)


@given(st.lists(st.dates(dt.date(1990, 1, 1), dt.date(2090, 1, 1)), min_size=2, max_size=2).map(sorted))
def test_two_times_are_never_written_alike(ends: list[dt.date]) -> None:
    time = Time(first=ends[0], last=ends[1])
    later = Time(first=ends[0], last=ends[1] + dt.timedelta(days=1))
    assert time.sdmx != later.sdmx


def test_a_period_goes_before_the_day_on_which_it_was_reported() -> None:
    (figure,) = document("a.pdf", f"Có {{7 lượt|{LOANS}; period=2025-01-01/2025-03-31; as_of=2025-04-02}}.").figures
    assert time_of(figure) == Time(first=dt.date(2025, 1, 1), last=MARCH)
