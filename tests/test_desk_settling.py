"""Settling findings at the desk: who may, what is kept, and what the pages then say."""

from __future__ import annotations

import pytest
from desk_office import OFFICER, READER, REPORT_NAME, Office, Visitor

from pipeline.archive.finding_list import FindingFilter
from pipeline.archive.windows import Window
from pipeline.models import Finding, ReviewStatus, Verdict
from pipeline.reconcile.reconciliation import reconcile


@pytest.fixture
def officer(office: Office) -> Visitor:
    return office.visitor(OFFICER)


def conflict(office: Office) -> Finding:
    chosen = FindingFilter(verdict=Verdict.CONFLICT, document=REPORT_NAME)
    return office.archive.browsing.findings(chosen, Window()).items[0]


def settle(visitor: Visitor, finding: Finding, settlement: str, reason: str = "") -> int:
    return visitor.send(f"/findings/{finding.id}/settle", settlement=settlement, reason=reason).status_code


def test_a_dismissed_finding_says_who_dismissed_it_when_and_why(office: Office, officer: Visitor) -> None:
    finding = conflict(office)
    assert settle(officer, finding, "dismiss", "Mười cây còn lại đã chết.") == 303
    page = officer.read(f"/findings/{finding.id}")
    for said in ("Đã bác bỏ", OFFICER, "01/12/2025", "Mười cây còn lại đã chết."):
        assert said in page
    assert "Đã bác bỏ" in officer.read("/findings")


def test_a_decision_holds_when_the_archive_is_reconciled_again(office: Office, officer: Visitor) -> None:
    finding = conflict(office)
    settle(officer, finding, "accept")
    office.archive.replace_findings(reconcile(office.archive.extractions()))
    (same,) = [each for each in office.archive.findings() if each.id == finding.id]
    assert (same.review.status, same.review.by) == (ReviewStatus.ACCEPTED, OFFICER)


def test_what_was_decided_can_be_taken_back_and_stays_in_the_history(office: Office, officer: Visitor) -> None:
    finding = conflict(office)
    settle(officer, finding, "accept")
    office.clock.now += 60
    settle(officer, finding, "reopen")
    assert conflict(office).review.status is ReviewStatus.OPEN
    assert "Chưa xử lý" in officer.read(f"/findings/{finding.id}")
    assert [standing.decision.kind.value for standing in office.archive.decisions()] == ["accept", "reopen"]


def test_nothing_is_dismissed_without_a_reason(office: Office, officer: Visitor) -> None:
    finding = conflict(office)
    assert settle(officer, finding, "dismiss", "   ") == 400
    assert office.archive.decisions() == []


@pytest.mark.parametrize("settlement", ["", "delete"])
def test_only_what_the_form_offers_can_be_decided(office: Office, officer: Visitor, settlement: str) -> None:
    assert settle(officer, conflict(office), settlement) == 400
    assert office.archive.decisions() == []


def test_a_finding_that_is_gone_cannot_be_settled(office: Office, officer: Visitor) -> None:
    gone = conflict(office).model_copy(update={"id": "0" * 16})
    assert settle(officer, gone, "accept") == 404


def test_a_reader_is_offered_no_form_and_may_not_send_one(office: Office) -> None:
    reader, finding = office.visitor(READER), conflict(office)
    assert "/settle" not in reader.read(f"/findings/{finding.id}")
    assert settle(reader, finding, "accept") == 403
    assert office.archive.decisions() == []


def test_a_reason_is_shown_as_text(office: Office, officer: Visitor) -> None:
    finding = conflict(office)
    settle(officer, finding, "dismiss", "<script>alert(1)</script>")
    assert "<script>alert(1)" not in officer.read(f"/findings/{finding.id}")
