"""The tasks at the desk: by deadline, by office, overdue ones, and the calendar."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest
from archive_documents import processed, written
from desk_office import PASSWORD, READER, Clock, Office, Visitor, office
from desk_page import Page

from pipeline.archive.accounts import Role
from pipeline.archive.store import Archive
from pipeline.archive.task_list import Due, TaskFilter
from pipeline.archive.windows import Window
from pipeline.desk import passwords
from pipeline.desk.api import PREFIX
from pipeline.desk.task_pages import Month
from pipeline.models import Evidence, Recurrence, Task

TODAY = Clock()  # 1 December 2025
HOME, POLICE = "Sở Nội vụ", 'Công an huyện "Hai Bà"'
HOSTILE = "<script>alert(1)</script>"


def task(number: int, text: str, deadline: str | None, *lead: str, support: tuple[str, ...] = ()) -> Task:
    return Task(
        task=text,
        lead=lead,
        support=support,
        deadline=dt.date.fromisoformat(deadline) if deadline else None,
        evidence=Evidence(document="ke-hoach.txt", page=1, line=number, text=text),
    )


TASKS = (
    task(1, "Lập danh sách cán bộ", "2025-10-31", HOME),
    task(2, "Kiểm tra an toàn đập", "2025-11-20", POLICE, support=(HOME,)),
    task(3, f"Báo cáo {HOSTILE}", "2025-12-01", HOME, POLICE),
    task(4, "Sơ kết năm", "2025-12-31", "Văn phòng"),
    *(task(10 + number, f"Việc thứ {number}", "2025-12-15", "Văn phòng") for number in range(1, 7)),
    task(20, "Trực ban", None, POLICE).model_copy(update={"recurrence": Recurrence.DAILY}),
    task(21, "Giữ gìn vệ sinh", None, "Sở Nội vụ và Môi trường"),
)

pytestmark = pytest.mark.usefixtures("either_database")


@pytest.fixture(scope="module")
def planned(either_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """A desk with one plan; it is only read."""
    folder = tmp_path_factory.mktemp("plan")
    with Archive.create(folder / "kho") as archive:
        path = written(folder, "ke-hoach.txt", [item.task for item in TASKS])
        plan = processed(path, [item.task for item in TASKS])
        extraction = plan.extraction.model_copy(update={"tasks": TASKS})
        archive.add([plan.model_copy(update={"extraction": extraction})], path, path.name)
        archive.accounts.add(READER, Role.READER, passwords.hashed(PASSWORD))
        yield office(archive)


@pytest.fixture
def reader(planned: Office) -> Visitor:
    return planned.visitor(READER)


def found(planned: Office, **asked: object) -> list[int]:
    """The lines of the tasks that a filter lets through."""
    chosen = TaskFilter.model_validate({"today": dt.date(2025, 12, 1), **asked})
    return [item.task.evidence.line for item in planned.archive.browsing.tasks(chosen, Window()).items]


@pytest.mark.parametrize(
    ("asked", "lines"),
    [
        ({"lead": HOME}, [1, 3]),
        ({"lead": POLICE}, [2, 3, 20]),
        ({"lead": "Sở Nội"}, []),
        ({"lead": "S% N_i vụ"}, []),
        ({"lead": ".*"}, []),
        ({"lead": HOME, "due": Due.OVERDUE}, [1]),
        ({"since": dt.date(2025, 11, 20), "until": dt.date(2025, 12, 1)}, [2, 3]),
        ({"since": dt.date(2025, 12, 16)}, [4]),
        ({"until": dt.date(2025, 10, 30)}, []),
        ({"due": Due.OVERDUE}, [1, 2]),
        ({"lead": HOME, "text": "bao cao"}, [3]),
        ({"text": "cong an dap"}, [2]),
        ({"text": "KE-HOACH.TXT"}, [1, 2, 3, 11, 12, 13, 14, 15, 16, 4, 20, 21]),
        ({"text": "evidence"}, []),
        ({"text": "100%"}, []),
    ],
)
def test_tasks_are_chosen_by_office_and_deadline(planned: Office, asked: dict[str, object], lines: list[int]) -> None:
    assert found(planned, **asked) == lines


def test_offices_are_counted_under_the_other_conditions_the_busiest_first(planned: Office) -> None:
    today = TaskFilter(today=dt.date(2025, 12, 1))
    counted = planned.archive.browsing.task_list(today, Window()).offices
    assert list(counted.items())[:3] == [("Văn phòng", 7), (POLICE, 3), (HOME, 2)]
    overdue = today.model_copy(update={"due": Due.OVERDUE, "lead": POLICE})
    assert planned.archive.browsing.task_list(overdue, Window()).offices == {HOME: 1, POLICE: 1}


def test_tasks_are_counted_by_when_they_are_due(planned: Office) -> None:
    counts = planned.archive.browsing.task_list(TaskFilter(today=dt.date(2025, 12, 1), due=Due.OPEN), Window()).counts
    assert counts == {Due.OVERDUE: 2, Due.SOON: 8, Due.LATER: 0, Due.RECURRING: 1, Due.OPEN: 1}
    said = planned.archive.browsing.task_list(TaskFilter(today=dt.date(2025, 12, 1), text="so noi vu"), Window())
    assert sum(said.counts.values()) == said.listed.total == 4


def test_the_days_of_a_calendar_have_their_first_tasks_and_count_all(planned: Office) -> None:
    days = planned.archive.browsing.task_calendar(TaskFilter(today=dt.date(2025, 12, 1)), most=4).days
    assert [(f"{day:%d/%m}", due.total, len(due.items)) for day, due in days.items()] == [
        ("31/10", 1, 1),
        ("20/11", 1, 1),
        ("01/12", 1, 1),
        ("15/12", 6, 4),
        ("31/12", 1, 1),
    ]


def test_a_month_shows_each_task_on_its_day_and_leads_to_its_line(reader: Visitor) -> None:
    page = Page(reader.read("/tasks/calendar?month=2025-12"))
    assert "Tháng 12 năm 2025" in page.said
    assert "8 nhiệm vụ" in page.said
    assert "Văn phòng: Sơ kết năm" in page.said
    assert "+ 2 việc khác" in page.said
    assert "Lập danh sách" not in page.said
    assert page.all("a", href="/documents/1/pages/1?line=4#line-4")
    assert page.all("a", href="/tasks?from=2025-12-15&to=2025-12-15")
    assert len(page.all("td")) == 5 * 7
    assert len(page.all("th", scope="col")) == 7
    assert len(page.all("caption")) == 1


def test_the_calendar_opens_at_today_and_tells_what_is_overdue(reader: Visitor) -> None:
    page = Page(reader.read("/tasks/calendar"))
    assert "Tháng 12 năm 2025" in page.said
    assert len(page.all("td", **{"aria-current": "date"})) == 1
    assert "2 nhiệm vụ đã quá hạn" in page.said
    assert page.all("a", href="/tasks?due=overdue")
    assert "đã quá hạn" in Page(reader.read("/tasks/calendar?month=2025-11")).said


def test_the_calendar_goes_on_to_the_next_month_with_what_was_asked(reader: Visitor) -> None:
    page = Page(reader.read("/tasks/calendar?month=2025-12&lead=V%C4%83n+ph%C3%B2ng"))
    (before,), (after,) = page.all("a", rel="prev"), page.all("a", rel="next")
    assert before["href"] == "/tasks/calendar?lead=V%C4%83n+ph%C3%B2ng&month=2025-11"
    assert after["href"] == "/tasks/calendar?lead=V%C4%83n+ph%C3%B2ng&month=2026-01"
    assert "Báo cáo" not in page.said


def test_the_calendar_ends_somewhere(reader: Visitor) -> None:
    assert not Page(reader.read("/tasks/calendar?month=1900-01")).all("a", rel="prev")
    assert not Page(reader.read("/tasks/calendar?month=2199-12")).all("a", rel="next")


@pytest.mark.parametrize("month", ["2025-13", "2025-00", "2025", "1899-12", "0000-01", "thang", "2025-1", "2025-12-01"])
def test_what_is_no_month_is_refused(reader: Visitor, month: str) -> None:
    assert reader.get(f"/tasks/calendar?month={month}").status_code == 400


def test_every_month_has_whole_weeks_from_monday_on() -> None:
    for year in (1900, 2024, 2025, 2199):
        for number in range(1, 13):
            month = Month.of(f"{year}-{number:02d}", dt.date(2025, 12, 1))
            days = [day for week in month.weeks for day in week]
            assert days[0].weekday() == 0
            assert len(days) % 7 == 0
            assert days == [days[0] + dt.timedelta(days=after) for after in range(len(days))]
            assert {month.first, month.last} <= set(days)


def test_what_a_task_says_is_text(reader: Visitor) -> None:
    page = Page(reader.read("/tasks/calendar?month=2025-12"))
    assert HOSTILE in page.said
    assert len(page.all("script")) == 1


def test_the_list_is_filtered_by_office_and_days(reader: Visitor) -> None:
    said = Page(reader.read("/tasks?lead=S%E1%BB%9F+N%E1%BB%99i+v%E1%BB%A5&from=&to=2025-11-30")).said
    assert "Lập danh sách" in said
    assert "Kiểm tra an toàn đập" not in said
    chosen = Page(reader.read("/tasks?lead=S%E1%BB%9F+kh%C3%B4ng+c%C3%B3"))
    assert "Không có nhiệm vụ nào như vậy" in chosen.said
    assert "Sở không có (0)" in chosen.said
    assert reader.get("/tasks?from=hom-qua").status_code == 400


def test_the_overdue_list_says_how_late_and_whose(reader: Visitor) -> None:
    page = Page(reader.read("/tasks?due=overdue"))
    assert page.said.index("quá hạn 31 ngày") < page.said.index("quá hạn 11 ngày")
    assert page.all("a", href="/tasks?lead=S%E1%BB%9F+N%E1%BB%99i+v%E1%BB%A5&due=overdue")


def test_programs_choose_tasks_by_deadline_and_office(reader: Visitor) -> None:
    def deadlines(asked: str) -> list[str]:
        answer = reader.get(f"{PREFIX}/tasks?{asked}")
        assert answer.status_code == 200, answer.text
        return [item["deadline"] for item in answer.json()["items"]]

    assert deadlines("from=2025-11-01&to=2025-12-01") == ["2025-11-20", "2025-12-01"]
    assert deadlines("due=overdue") == ["2025-10-31", "2025-11-20"]
    assert deadlines("due=overdue&lead=S%E1%BB%9F+N%E1%BB%99i+v%E1%BB%A5") == ["2025-10-31"]
    assert reader.get(f"{PREFIX}/tasks?from=2025-13-01").status_code == 400
