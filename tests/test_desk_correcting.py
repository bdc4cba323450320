"""Correcting figures at the desk: the finding that rested on a misreading goes, and the machine's reading stays."""

from __future__ import annotations

import pytest
from desk_office import OFFICER, READER, REPORT_NAME, Office, Visitor

from pipeline.archive.finding_list import FindingFilter
from pipeline.archive.windows import Window
from pipeline.models import Figure, Finding, Verdict


@pytest.fixture
def officer(office: Office) -> Visitor:
    return office.visitor(OFFICER)


def conflicts(office: Office) -> tuple[Finding, ...]:
    chosen = FindingFilter(verdict=Verdict.CONFLICT, document=REPORT_NAME)
    return office.archive.browsing.findings(chosen, Window()).items


def figure(office: Office, value: int) -> Figure:
    opened = office.archive.browsing.document(office.document(REPORT_NAME))
    assert opened
    (found,) = [each for each in opened.figures if each.value == value]
    return found


def address(office: Office, of: Figure) -> str:
    return f"/documents/{office.document(REPORT_NAME)}/figures/{of.id}"


def test_a_conflict_goes_when_the_number_it_rests_on_is_corrected(office: Office, officer: Visitor) -> None:
    assert conflicts(office)
    wrong = address(office, figure(office, 510))
    assert officer.send(f"{wrong}/correct", value="520", reason="Số 2 mờ").status_code == 303
    assert conflicts(office) == ()
    page = officer.read(wrong)
    for said in ("520", "Máy đọc là", "510", OFFICER, "Số 2 mờ"):
        assert said in page


def test_a_whole_that_was_corrected_is_what_its_parts_state(office: Office, officer: Visitor) -> None:
    officer.send(f"{address(office, figure(office, 1250))}/correct", value="1.240")
    assert figure(office, 510).part_of == 1240
    assert conflicts(office) == ()


def test_the_machines_reading_can_hold_again(office: Office, officer: Visitor) -> None:
    corrected = figure(office, 510)
    officer.send(f"{address(office, corrected)}/correct", value="520")
    office.clock.now += 60
    assert officer.send(f"{address(office, corrected)}/restore").status_code == 303
    assert figure(office, 510).correction is None
    assert conflicts(office)


@pytest.mark.parametrize("value", ["năm trăm", "5/10", "510 520", "=1+1"])
def test_what_is_no_number_of_the_figures_kind_is_refused(office: Office, officer: Visitor, value: str) -> None:
    assert officer.send(f"{address(office, figure(office, 510))}/correct", value=value).status_code == 400
    assert office.archive.decisions() == []


def test_a_figure_that_is_not_there_cannot_be_corrected(office: Office, officer: Visitor) -> None:
    document = office.document(REPORT_NAME)
    assert officer.send(f"/documents/{document}/figures/0000/correct", value="1").status_code == 404


def test_a_reader_is_offered_no_form(office: Office) -> None:
    assert "/correct" not in office.visitor(READER).read(address(office, figure(office, 510)))
