"""Conflicts that rest on a numeral that may have been misread are questions, and checks that hold stay."""

from __future__ import annotations

import pytest
from reconcile_documents import document

from pipeline.models import Doubt, Extraction, Severity, Verdict
from pipeline.reconcile.reconciliation import reconcile

WRONG = "Toàn tỉnh có {5.122 cơ sở|id=w} (gồm: {4.889 hộ|whole=w}, {46 hợp tác xã|whole=w}, {280 công ty|whole=w})."
RIGHT = "Có {900 đơn|id=w}, trong đó {600 đơn|whole=w} giấy, {300 đơn|whole=w} điện tử."


def with_doubt(text: str, confidence: float) -> Extraction:
    """A document whose last figure was read with some confidence."""
    read = document("bao-cao.txt", text)
    *sure, last = read.figures
    return read.model_copy(update={"figures": (*sure, last.model_copy(update={"confidence": confidence}))})


@pytest.mark.parametrize(("confidence", "verdict"), [(1.0, Verdict.CONFLICT), (0.5, Verdict.UNKNOWN)])
def test_an_unsure_figure_makes_a_question_of_a_conflict(confidence: float, verdict: Verdict) -> None:
    (finding,) = [f for f in reconcile([with_doubt(WRONG, confidence)]) if f.code == "sum.parts"]
    assert finding.verdict is verdict
    assert "5.122 ≠ 4.889 + 46 + 280" in finding.message


def test_the_question_says_what_to_do_and_is_not_grave() -> None:
    (finding,) = [f for f in reconcile([with_doubt(WRONG, 0.5)]) if f.code == "sum.parts"]
    assert finding.severity is Severity.LOW
    assert finding.message.startswith("Cần xem lại bản gốc")
    assert finding.message_en.startswith("Look at the page")


def test_a_check_that_holds_holds_though_a_figure_was_unsure() -> None:
    (finding,) = [f for f in reconcile([with_doubt(RIGHT, 0.5)]) if f.code == "sum.parts"]
    assert finding.verdict is Verdict.CONSISTENT


def test_a_part_too_unsure_to_be_used_is_confirmed_by_a_sum_that_it_makes_hold() -> None:
    (finding,) = [f for f in reconcile([with_doubt(RIGHT, 0.4)]) if f.code == "sum.parts"]
    assert finding.verdict is Verdict.CONSISTENT
    assert finding.values == ("900", "600", "300")


def test_a_sum_that_lacks_a_part_too_unsure_to_be_used_contradicts_nothing() -> None:
    assert [f for f in reconcile([with_doubt(WRONG, 0.4)]) if f.code == "sum.parts"] == []


def test_what_another_reading_of_the_page_says_is_proposed_where_it_makes_a_sum_hold() -> None:
    read = document("bao-cao.txt", WRONG)
    *_, last = read.figures
    doubt = Doubt(start=last.place.start, end=last.place.start + 3, confidence=0.4, others=("187", "189"))
    (sentence,) = read.sentences
    doubted = read.model_copy(update={"sentences": (sentence.model_copy(update={"doubts": (doubt,)}),)})
    (finding,) = [f for f in reconcile([doubted]) if f.code == "sum.parts"]
    assert finding.cause == "hai lần đọc trang cho hai số, số kia làm phép tính khớp"
    assert finding.proposal is not None
    assert "có thể là 187" in finding.proposal
