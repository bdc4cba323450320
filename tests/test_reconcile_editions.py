"""The same document twice is one source: copies are reconciled once, versions are asked about."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reconcile_documents import document

from pipeline.extract.catalogue import Catalogue, Indicator, IndicatorKind
from pipeline.models import Doubt, Extraction, Finding, Severity, Verdict
from pipeline.reconcile.checks import duplicates
from pipeline.reconcile.checks.editions import COPIES, VERSIONS
from pipeline.reconcile.editions import editions
from pipeline.reconcile.reconciliation import reconcile
from pipeline.reconcile.timeseries import timeseries

ISSUED = dt.date(2025, 9, 30)
REPORT = (
    "Thực hiện kế hoạch đọc sách của tỉnh, các thư viện xã đã mở cửa thêm buổi tối và phục vụ thanh thiếu nhi.",
    "Toàn tỉnh có {4.122 bạn đọc|indicator=thu-vien.ban-doc; as_of=2025-09-30; subject=bạn đọc cấp thẻ thư viện} "
    "được cấp thẻ thư viện điện tử.",
    "Số sách bổ sung trong quý là {3.889 cuốn sách|subject=sách bổ sung} cho kho luân chuyển của các trường học.",
    "Kinh phí mua sách và sửa kệ là {1.250 triệu đồng|subject=kinh phí mua sách} từ ngân sách địa phương.",
    "Các thư viện phối hợp với nhà trường tổ chức ngày hội đọc sách, thu hút nhiều phụ huynh cùng tham gia.",
    "Trong quý tới, thư viện tỉnh tiếp tục hướng dẫn cơ sở kiểm kê, lập danh mục và số hóa tài liệu quý hiếm.",
    "Đề nghị Ủy ban nhân dân các xã quan tâm bố trí người phụ trách và chỗ ngồi đọc thoáng mát, đủ ánh sáng.",
)


def report(name: str, *changes: tuple[str, str], number: str = "15", issued: dt.date = ISSUED) -> Extraction:
    """The quarter's report with some words changed."""
    sentences = list(REPORT)
    for old, new in changes:
        assert any(old in sentence for sentence in sentences), old
        sentences = [sentence.replace(old, new) for sentence in sentences]
    made = document(name, *sentences, issued=issued)
    known = {"number": number, "symbol": "BC-TVT", "issuer": "THƯ VIỆN TỈNH"}
    return made.model_copy(update={"components": made.components.model_copy(update=known)})


def doubted(extraction: Extraction) -> Extraction:
    first, *others = extraction.sentences
    doubt = Doubt(start=0, end=4, confidence=0.6, others=("Thục",))
    return extraction.model_copy(update={"sentences": (first.model_copy(update={"doubts": (doubt,)}), *others)})


MISREADINGS = (("thanh thiếu nhi", "thanh thiêu nhi"), ("nhà trường", "nha trưòng"), ("kiểm kê", "kiêm kê"))


def told(code: str, *extractions: Extraction) -> list[Finding]:
    return [finding for finding in reconcile(extractions) if finding.code == code]


def test_a_scan_and_its_digital_file_are_one_document_and_the_better_read_one_is_reconciled() -> None:
    digital, scan = report("a-so.pdf"), doubted(report("a-quet.pdf", *MISREADINGS))
    (copy,) = editions([scan, digital]).copies
    assert (copy.reconciled, copy.copies) == ("a-so.pdf", ("a-quet.pdf",))
    assert told(duplicates.ARCHIVE, scan, digital) == []


def test_copies_are_told_of_without_claiming_that_anything_is_wrong() -> None:
    (finding,) = told(COPIES, report("a-so.pdf"), doubted(report("a-quet.pdf", *MISREADINGS)))
    assert (finding.verdict, finding.severity) == (Verdict.UNKNOWN, Severity.NONE)
    assert finding.documents == ("a-so.pdf", "a-quet.pdf")
    assert "chỉ đối soát a-so.pdf" in finding.message


def test_a_scan_without_its_number_and_with_a_figure_misread_is_still_the_document() -> None:
    scan = report("a-quet.pdf", *MISREADINGS, ("{3.889 cuốn sách|subject=sách bổ sung}", "3.8S9 cuốn sách"), number="")
    assert [edition.copies for edition in editions([report("a-so.pdf"), doubted(scan)]).copies] == [("a-quet.pdf",)]


def test_a_reissue_with_another_figure_is_a_version_and_the_figure_is_shown() -> None:
    first, second = report("a.pdf"), report("a-sua.pdf", ("4.122 bạn", "4.215 bạn"))
    assert editions([first, second]).copies == ()
    (finding,) = told(VERSIONS, first, second)
    assert (finding.verdict, finding.severity) == (Verdict.UNKNOWN, Severity.MEDIUM)
    assert finding.values == ("4215", "4122")
    assert "4.215 bạn đọc / 4.122 bạn đọc" in finding.message


def test_that_two_versions_agree_on_the_rest_proves_nothing() -> None:
    first, second = report("a.pdf"), report("a-sua.pdf", ("4.122 bạn", "4.215 bạn"))
    assert {finding.verdict for finding in told(duplicates.ARCHIVE, first, second)} == {Verdict.CONFLICT}
    other = report("b.pdf", number="99")
    assert {finding.verdict for finding in told(duplicates.ARCHIVE, first, other)} == {Verdict.CONSISTENT}


def test_one_number_over_other_words_is_asked_about() -> None:
    other = document("b.pdf", "Thư viện tỉnh mời các đơn vị dự họp tổng kết công tác năm.", issued=ISSUED)
    parts = report("a.pdf").components.model_copy(update={"document": "b.pdf"})
    (finding,) = told(VERSIONS, report("a.pdf"), other.model_copy(update={"components": parts}))
    assert finding.values == ()


NEXT_MONTH = (("4.122", "4.377"), ("3.889", "2.145"), ("1.250", "1.480"))


def test_the_next_report_has_the_words_but_not_the_numbers_and_is_another_document() -> None:
    later = report("b.pdf", *NEXT_MONTH, number="21", issued=dt.date(2025, 12, 31))
    found = editions([report("a.pdf"), later])
    assert (found.copies, found.versions) == ((), ())


@pytest.mark.parametrize("differing", [{"number": "16"}, {"issued": dt.date(2025, 10, 1)}], ids=["number", "date"])
def test_documents_that_say_of_themselves_that_they_are_two_are_two(differing: dict[str, object]) -> None:
    found = editions([report("a.pdf"), report("b.pdf", **differing)])  # type: ignore[arg-type]
    assert (found.copies, found.versions) == ((), ())


def test_short_letters_in_the_words_of_a_form_are_not_taken_for_copies() -> None:
    text = "Kính đề nghị quý cơ quan cử cán bộ tham dự buổi làm việc đúng thời gian."
    found = editions([document("a.pdf", text), document("b.pdf", text)])
    assert (found.copies, found.versions) == ((), ())


def test_a_series_has_the_value_of_a_document_once() -> None:
    indicator = Indicator(
        id="thu-vien.ban-doc", name="Bạn đọc", name_en="Readers", kind=IndicatorKind.STOCK, units=("bạn đọc",)
    )
    scan = doubted(report("a-quet.pdf", *MISREADINGS))
    (series,) = timeseries([report("a-so.pdf"), scan], (), Catalogue({indicator.id: indicator}, {}))
    assert [observed.figure.evidence.document for observed in series.observations] == ["a-so.pdf"]


PILE = (
    report("a-so.pdf"),
    doubted(report("a-quet.pdf", *MISREADINGS)),
    report("a-sua.pdf", ("4.122 bạn", "4.215 bạn")),
    report("b.pdf", *NEXT_MONTH, number="21", issued=dt.date(2025, 12, 31)),
    document("c.pdf", "Thư viện tỉnh mời các đơn vị dự họp tổng kết công tác năm.", issued=ISSUED),
)


@given(st.permutations(PILE))
def test_the_order_in_which_documents_came_makes_no_difference(pile: list[Extraction]) -> None:
    assert editions(pile) == editions(PILE)
