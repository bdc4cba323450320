"""One event told twice with two numbers, and an amount that is the document's total with two digits swapped."""

from __future__ import annotations

from reconcile_documents import document

from pipeline.models import Extraction, Finding, Verdict
from pipeline.reconcile.reconciliation import reconcile

AUDIENCE = (
    "cán bộ văn thư, lãnh đạo phòng chuyên môn, bộ phận một cửa, công chức địa chính và cộng tác viên thư viện của các"
    " phường ven biển"
)
FIRST = f"Mở lớp bồi dưỡng nghiệp vụ lưu trữ điện tử cho {AUDIENCE}, với {{hơn 4.210 lượt|subject=lượt dự}} tham dự."
BETWEEN = ("Kho sách được chuyển về tầng hai.", "Máy chủ được thay mới.")
AGAIN = f"Đã bồi dưỡng {{hơn 4.370 lượt|subject=lượt dự}} về lưu trữ điện tử cho {AUDIENCE}."


def of(code: str, *documents: Extraction) -> list[Finding]:
    return [finding for finding in reconcile(list(documents)) if finding.code == code]


def test_two_long_sentences_in_the_same_words_about_nearly_as_many_are_asked_about() -> None:
    (finding,) = of("event.retold", document("a", FIRST, *BETWEEN, AGAIN))
    assert finding.verdict is Verdict.UNKNOWN
    assert finding.values == ("4210", "4370")


def test_told_of_as_many_units_they_are_one_event_and_a_conflict() -> None:
    of_all = "của {57 phường|subject=phường} ven biển"
    first, again = (sentence.replace("của các phường ven biển", of_all) for sentence in (FIRST, AGAIN))
    (finding,) = of("event.retold", document("a", first, *BETWEEN, again))
    assert finding.verdict is Verdict.CONFLICT
    assert "cùng nói về 57 phường" in finding.link


def test_more_than_a_round_number_may_be_any_number_above_it() -> None:
    of_all = "của {57 phường|subject=phường} ven biển"
    first, again = (sentence.replace("của các phường ven biển", of_all) for sentence in (FIRST, AGAIN))
    (finding,) = of("event.retold", document("a", first.replace("4.210", "4.000"), *BETWEEN, again))
    assert finding.verdict is Verdict.UNKNOWN


def test_neighbouring_sentences_and_short_ones_are_not() -> None:
    assert of("event.retold", document("a", FIRST, AGAIN)) == []
    short = "Có {hơn 4.370 lượt|subject=lượt dự} tham dự."
    assert of("event.retold", document("a", FIRST, *BETWEEN, short)) == []


def test_other_periods_and_numbers_far_apart_are_other_events() -> None:
    last_year, this_year = "period=2024-01-01/2024-12-31", "period=2025-01-01/2025-12-31"
    first, again = (
        FIRST.replace("lượt dự}", f"lượt dự; {last_year}}}"),
        AGAIN.replace("lượt dự}", f"lượt dự; {this_year}}}"),
    )
    assert of("event.retold", document("a", first, *BETWEEN, again)) == []
    assert of("event.retold", document("a", FIRST, *BETWEEN, AGAIN.replace("4.370", "8.370"))) == []


PLAN = (
    "Kinh phí là {74.200.000 đồng|subject=kinh phí; words=74200000} (bằng chữ: bảy mươi tư triệu hai trăm nghìn đồng)."
)


def test_an_amount_that_is_the_total_with_two_digits_swapped_is_a_conflict() -> None:
    given = "Phòng Tài chính cân đối {72.400.000 đồng|subject=phòng Tài chính cân đối} trong quý đầu."
    (finding,) = of("amount.total", document("a", PLAN, given))
    assert finding.verdict is Verdict.CONFLICT
    assert finding.difference == 1_800_000


def test_amounts_that_differ_otherwise_or_are_parts_are_their_own() -> None:
    other = "Phòng Tài chính cân đối {52.400.000 đồng|subject=phòng Tài chính cân đối}."
    assert of("amount.total", document("a", PLAN, other)) == []
    whole = "Quỹ có {90.000.000 đồng|id=w; subject=quỹ}, trong đó chi {72.400.000 đồng|whole=w; subject=chi}."
    assert of("amount.total", document("a", PLAN, whole)) == []


def test_a_total_stated_once_and_not_in_words_confirms_nothing() -> None:
    plan = "Kinh phí là {74.200.000 đồng|subject=kinh phí}."
    given = "Phòng Tài chính cân đối {72.400.000 đồng|subject=phòng Tài chính cân đối}."
    assert of("amount.total", document("a", plan, given)) == []
