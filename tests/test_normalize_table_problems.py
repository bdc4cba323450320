"""A table that was badly read says so, and so does its page."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from pipeline.models import Box, Cell, Grade, Line, Page, Table, TextSource
from pipeline.normalize.grading import grade_of
from pipeline.normalize.table_problems import with_table_problems

BOX = Box(x0=0, y0=0, x1=90, y1=20)


def page_with(cells: Sequence[tuple[str, float | None]], problem: str | None = None) -> Page:
    made = tuple(
        Cell(row=0, column=column, text=text, confidence=sure, box=BOX) for column, (text, sure) in enumerate(cells)
    )
    table = Table(number=2, box=BOX, columns=(0, 90), cells=made, problem=problem)
    line = Line(number=1, raw="Tổng số 12", text="Tổng số 12", confidences=(0.99, 0.99, 0.99))
    return with_table_problems(Page(number=1, lines=(line,), source=TextSource.RECOGNISED, tables=(table,)))


def problem_of(page: Page) -> str | None:
    return page.tables[0].problem


def test_nothing_speaks_against_a_table_that_was_read_surely() -> None:
    assert problem_of(page_with([("Tổng số", 0.99), ("12", 0.98), ("", None)])) is None


def test_a_table_whose_worst_tenth_was_hardly_read_says_so() -> None:
    problem = problem_of(page_with([("Tổng số", 0.2)] * 2 + [("12", 0.98)] * 8))
    assert problem is not None
    assert "một phần mười số ô" in problem


def test_a_table_with_many_numbers_read_in_two_ways_says_so() -> None:
    problem = problem_of(page_with([("12", 0.5)] * 3 + [("13", 0.98)] * 9))
    assert problem is not None
    assert "3/12 ô số" in problem


def test_one_number_read_in_two_ways_is_left_to_the_pages_grade() -> None:
    assert problem_of(page_with([("12", 0.5)] + [("13", 0.98)] * 20)) is None


@pytest.mark.parametrize(("text", "is_stack"), [("12\n13", True), ("Kinh phí\n12", False), ("1.250", False)])
def test_numbers_one_above_the_other_in_a_cell_tell_of_a_lost_ruling(text: str, is_stack: bool) -> None:
    assert ("nhiều số chồng nhau" in (problem_of(page_with([(text, None)])) or "")) is is_stack


def test_what_the_rulings_showed_stays_and_lowers_the_grade_of_the_page() -> None:
    page = page_with([("12", 0.98)], problem="1 ô không kín khung / cells not ruled all round")
    grade = grade_of(page)
    assert problem_of(page) == "1 ô không kín khung / cells not ruled all round"
    assert grade.grade is Grade.FAIR
    assert any(reason.startswith("bảng / table 2: 1 ô không kín") for reason in grade.reasons)
