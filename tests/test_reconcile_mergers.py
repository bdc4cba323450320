"""The mergers of 1 July 2025: former units add up to the new one, and a name alone does not say which is meant."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reconcile_documents import document

from pipeline.models import Extraction, Finding, Severity, Verdict
from pipeline.reconcile.mergers import units_called
from pipeline.reconcile.reconciliation import reconcile

JUNE, AUGUST = dt.date(2025, 6, 25), dt.date(2025, 8, 20)
CULVERTS = "subject=cống ngăn mặn đã vận hành"
ISSUED_CARDS = "subject=thẻ thư viện đã cấp; indicator=thu-vien.the"
UP_TO_JUNE = "period=2025-01-01/2025-06-30"


def of(code: str, *documents: Extraction) -> list[Finding]:
    return [finding for finding in reconcile(list(documents)) if finding.code == code]


def province(*sentences: str, name: str = "moi.txt", issued: dt.date = AUGUST) -> Extraction:
    """A report of Đồng Tháp since the merger: it was made of Tiền Giang and Đồng Tháp."""
    return document(name, *sentences, issued=issued, place="Đồng Tháp")


# --- the list --------------------------------------------------------------------------------------------------------


def test_a_province_is_known_with_those_that_were_merged_into_it() -> None:
    (unit,) = units_called("Tỉnh Lâm Đồng")
    assert unit.former == {"lam dong", "dak nong", "binh thuan"}
    assert unit.shown({"dak nong"}) == "Đắk Nông"


def test_a_province_that_was_not_merged_has_no_former_units() -> None:
    assert units_called("Lạng Sơn") == ()


def test_communes_of_one_name_are_all_known() -> None:
    assert len(units_called("Tân Hòa")) > 1
    assert not any(unit.is_province for unit in units_called("Tân Hòa"))


@pytest.mark.parametrize(
    ("clause", "meant"),
    [
        ("Đồng Tháp (cũ) có", {"dong thap"}),
        ("địa bàn tỉnh Tiền Giang còn", {"tien giang"}),
        ("khu vực Tiền Giang và Đồng Tháp (cũ) có", {"tien giang", "dong thap"}),
        ("tỉnh Đồng Tháp có", set()),
        ("Công ty cấp nước Tiền Giang có", set()),
        ("Tiếp nhận từ tỉnh Tiền Giang (cũ); nay toàn tỉnh có", set()),
    ],
)
def test_a_former_unit_is_meant_where_the_clause_says_so(clause: str, meant: set[str]) -> None:
    (unit,) = units_called("Đồng Tháp")
    assert unit.meant(clause) == meant


# --- in one document -------------------------------------------------------------------------------------------------


def test_former_provinces_add_up_to_the_new_one() -> None:
    report = province(
        f"Toàn tỉnh có {{356 cống|{CULVERTS}}}.",
        f"Đồng Tháp (cũ) {{143 cống|{CULVERTS}}}, Tiền Giang {{213 cống|{CULVERTS}}}.",
    )
    (finding,) = of("area.parts", report)
    assert finding.verdict is Verdict.CONSISTENT
    assert finding.values == ("356", "143", "213")


def test_former_provinces_that_do_not_add_up_are_a_conflict_without_a_word_of_breakdown() -> None:
    report = province(
        f"Toàn tỉnh có {{356 cống|{CULVERTS}}} ngăn mặn.",
        f"Khu vực Tiền Giang {{223 cống|{CULVERTS}}}.",
        f"Khu vực Đồng Tháp (cũ) {{143 cống|{CULVERTS}}}.",
    )
    (finding,) = of("area.parts", report)
    assert (finding.verdict, finding.severity) == (Verdict.CONFLICT, Severity.HIGH)
    assert finding.difference == Decimal(10)
    assert "223 (Tiền Giang) + 143 (Đồng Tháp) = 366" in finding.message
    assert finding.cause == "nhầm chữ số 5/6"


def test_a_footnote_tells_the_former_provinces_with_their_rates() -> None:
    report = province(
        f"Đã vận hành {{356 cống|{CULVERTS}}} ngăn mặn³.",
        "[3] Đồng Tháp ({143 cống}, {41 %}); Tiền Giang ({213 cống}, {62 %}).",
    )
    (finding,) = of("area.parts", report)
    assert finding.verdict is Verdict.CONSISTENT


def test_a_whole_made_of_some_former_units_only_is_asked_about() -> None:
    report = document(
        "moi.txt",
        "Đã sửa {356 cống|id=w}, trong đó Lâm Đồng {143 cống|whole=w}, Bình Thuận {213 cống|whole=w}.",
        issued=AUGUST,
        place="Lâm Đồng",
    )
    (finding,) = of("area.parts", report)
    assert finding.verdict is Verdict.UNKNOWN
    assert "thiếu Đắk Nông" in finding.message


@pytest.mark.parametrize(
    "sentence",
    [
        "Toàn tỉnh có {356 cống}; Tiền Giang {21 cống}, Đồng Tháp (cũ) {14 cống} hỏng.",
        "Toàn tỉnh có {356 cống}; riêng Tiền Giang {213 cống}.",
        "Toàn tỉnh có {356 cống}; Tiền Giang {213 trạm}, Đồng Tháp (cũ) {153 cầu}.",
        "Có {356 cống|id=w}, trong đó mới: Tiền Giang {21 cống|whole=w}, Đồng Tháp (cũ) {14 cống|whole=w}.",
        "Toàn tỉnh có {356 cống}, năm nay nạo vét Tiền Giang {203 cống}, Đồng Tháp (cũ) {143 cống}.",
    ],
)
def test_other_figures_of_former_provinces_are_no_parts(sentence: str) -> None:
    assert of("area.parts", province(sentence)) == []


def test_before_the_merger_nobody_is_a_former_unit() -> None:
    sentence = f"Có {{356 cống|{CULVERTS}}}. Đồng Tháp {{143 cống|{CULVERTS}}}, Tiền Giang {{223 cống|{CULVERTS}}}."
    assert of("area.parts", province(sentence, issued=JUNE)) == []


@given(one=st.integers(1, 5000), other=st.integers(1, 5000), slip=st.integers(-3, 3))
def test_what_is_said_of_a_sum_follows_from_the_sum(one: int, other: int, slip: int) -> None:
    text = f"Có {{{one + other + slip} cống}}: Tiền Giang {{{one} cống}}, Đồng Tháp (cũ) {{{other} cống}}."
    for finding in of("area.parts", province(text)):
        assert finding.verdict is (Verdict.CONFLICT if slip else Verdict.CONSISTENT)


# --- across documents ------------------------------------------------------------------------------------------------


def cards(name: str, number: str, span: str, place: str, issued: dt.date) -> Extraction:
    return document(name, f"Đã cấp {{{number} thẻ|{ISSUED_CARDS}; {span}}}.", issued=issued, place=place)


def of_both(span: str) -> tuple[Extraction, Extraction]:
    return cards("tg.txt", "1.200", span, "Tiền Giang", JUNE), cards("dt.txt", "900", span, "Đồng Tháp", JUNE)


def test_what_former_provinces_reported_adds_up_to_what_the_new_one_tells_of_the_same_span() -> None:
    (finding,) = of("area.merged", *of_both(UP_TO_JUNE), cards("moi.txt", "2.100", UP_TO_JUNE, "Đồng Tháp", AUGUST))
    assert finding.verdict is Verdict.CONSISTENT
    assert set(finding.documents) == {"tg.txt", "dt.txt", "moi.txt"}


def test_otherwise_it_is_a_conflict() -> None:
    (finding,) = of("area.merged", *of_both(UP_TO_JUNE), cards("moi.txt", "2.010", UP_TO_JUNE, "Đồng Tháp", AUGUST))
    assert (finding.verdict, finding.difference) == (Verdict.CONFLICT, Decimal(90))


def test_a_running_total_that_is_less_than_those_before_the_merger_is_asked_about() -> None:
    new = cards("moi.txt", "1.500", "cum; as_of=2025-08-15", "Đồng Tháp", AUGUST)
    (finding,) = of("area.merged", *of_both("cum; as_of=2025-06-20"), new)
    assert finding.verdict is Verdict.UNKNOWN
    assert "từ 01/7/2025" in finding.message


def test_where_a_former_province_is_missing_nothing_is_compared() -> None:
    alone, _ = of_both(UP_TO_JUNE)
    assert of("area.merged", alone, cards("moi.txt", "2.010", UP_TO_JUNE, "Đồng Tháp", AUGUST)) == []


# --- a name that stands for two areas --------------------------------------------------------------------------------


def test_a_former_province_and_the_new_one_of_its_name_state_no_fact_together() -> None:
    former = province(
        f"Đến ngày 20/6 đã vận hành {{366 cống|{CULVERTS}; as_of=2025-06-20}}.", name="cu.txt", issued=JUNE
    )
    new = province(f"Đến ngày 20/6 đã vận hành {{356 cống|{CULVERTS}; as_of=2025-06-20}}.")
    assert of("fact.documents", former, new) == []


def test_a_province_that_was_not_merged_goes_on() -> None:
    told = [
        document(
            name, f"Đến ngày 20/6 có {{{number} cống|{CULVERTS}; as_of=2025-06-20}}.", issued=day, place="Lạng Sơn"
        )
        for name, number, day in (("a.txt", "366", JUNE), ("b.txt", "356", AUGUST))
    ]
    assert [finding.verdict for finding in of("fact.documents", *told)] == [Verdict.CONFLICT]


def test_what_is_told_of_a_former_province_is_not_set_against_the_whole() -> None:
    report = province(
        f"Trên địa bàn tỉnh Tiền Giang đã vận hành {{366 cống|{CULVERTS}}}.",
        "Các xã tiếp tục nạo vét kênh nội đồng.",
        f"Toàn tỉnh đã vận hành {{356 cống|{CULVERTS}}}.",
    )
    assert of("fact.document", report) == []


def test_nor_is_it_followed_over_time_with_the_whole() -> None:
    teams = "subject=hiện có; indicator=to-cong-nghe-so.to"
    one = province(f"Khu vực Tiền Giang có {{64 tổ|{teams}}}.", name="a.txt")
    other = province(f"Toàn tỉnh có {{412 tổ|{teams}}}.", name="b.txt", issued=dt.date(2025, 10, 20))
    assert of("series.jump", one, other) == []
