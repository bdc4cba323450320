"""The tasks of all documents by deadline: as a list, and by the days of a calendar."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from pydantic_core import to_json
from sqlalchemy import ColumnElement, and_, case, func, select
from sqlalchemy.orm import Session

from pipeline.archive import terms
from pipeline.archive.schema import TaskRow
from pipeline.archive.windows import Listed, Window
from pipeline.models import Record, Task

SOON_DAYS = 30

_MOST_COUNTED = 5000  # tasks, the latest: offices to choose from are found in reasonable time in any archive
_MOST_OFFICES = 200  # a longer list to choose from helps nobody

Conditions = Sequence[ColumnElement[bool]]


class Due(StrEnum):
    """When tasks are due."""

    OVERDUE = "overdue"
    SOON = "soon"  # within SOON_DAYS
    LATER = "later"
    RECURRING = "recurring"  # no day, but a recurrence
    OPEN = "open"  # neither


class TaskFilter(Record):
    """Which tasks are listed: by when they are due on the day `today`, by words, by document (its id).

    `lead` is the name of an office that is charged with them, as printed. Where `since` or `until` is given, only tasks
    with a deadline are listed: from the one day until the other, both included.
    """

    today: dt.date
    due: Due | None = None
    text: str = ""
    document: int | None = None
    lead: str | None = None
    since: dt.date | None = None
    until: dt.date | None = None


class TaskItem(Record):
    """A task with the id of its document."""

    task: Task
    document: int


@dataclass(frozen=True)
class DueDay:
    """The tasks of one day: how many, and the first of them."""

    total: int
    items: tuple[TaskItem, ...]


@dataclass(frozen=True)
class TaskList:
    """A window of the tasks of a filter, and how many there are of each kind under its other conditions."""

    listed: Listed[TaskItem]
    counts: Mapping[Due, int]
    offices: Mapping[str, int]


@dataclass(frozen=True)
class TaskCalendar:
    """The tasks of a filter by the days of their deadlines; `counts` are of tasks of any day."""

    days: Mapping[dt.date, DueDay]
    counts: Mapping[Due, int]
    offices: Mapping[str, int]


def tasks(session: Session, chosen: TaskFilter, window: Window) -> Listed[TaskItem]:
    """List tasks, those that are due first before the others, those without a day last."""
    return _listed(session, _conditions(chosen), window)


def overview(session: Session, chosen: TaskFilter, window: Window) -> TaskList:
    """List tasks, and count them by when they are due and by the offices that lead them, the busiest first.

    Of a big archive only the latest tasks are counted by their offices.
    """
    return TaskList(
        listed=_listed(session, _conditions(chosen), window),
        counts=_counts(session, _conditions(chosen.model_copy(update={"due": None})), chosen.today),
        offices=_offices(session, _conditions(chosen.model_copy(update={"lead": None}))),
    )


def by_day(session: Session, chosen: TaskFilter, most: int) -> TaskCalendar:
    """Return the tasks that have a deadline by its days, `most` tasks of each day."""
    any_day = chosen.model_copy(update={"due": None, "since": None, "until": None})
    return TaskCalendar(
        days=_days(session, _conditions(chosen), most),
        counts=_counts(session, _conditions(any_day), chosen.today),
        offices=_offices(session, _conditions(chosen.model_copy(update={"lead": None}))),
    )


def _listed(session: Session, conditions: Conditions, window: Window) -> Listed[TaskItem]:
    total = session.scalars(select(func.count()).select_from(TaskRow).where(*conditions)).one()
    found = session.scalars(
        select(TaskRow)
        .where(*conditions)
        .order_by(TaskRow.deadline.asc().nulls_last(), TaskRow.id)
        .limit(window.size)
        .offset(window.offset)
    )
    items = tuple(TaskItem(task=Task.model_validate_json(row.record), document=row.document_id) for row in found)
    return Listed(items, total, window)


def _counts(session: Session, conditions: Conditions, today: dt.date) -> dict[Due, int]:
    kinds = {due: func.count(case((and_(*_due(due, today)), 1))) for due in Due}
    found = session.execute(select(*kinds.values()).select_from(TaskRow).where(*conditions)).one()
    return dict(zip(kinds, found, strict=True))


def _offices(session: Session, conditions: Conditions) -> dict[str, int]:
    records = session.scalars(
        select(TaskRow.record).where(*conditions).order_by(TaskRow.id.desc()).limit(_MOST_COUNTED)
    )
    # Read as plain JSON: to make whole records of them takes ten times as long.
    counted = Counter(office for record in records for office in json.loads(record).get("lead", ()))
    return dict(sorted(counted.items(), key=lambda item: (-item[1], item[0]))[:_MOST_OFFICES])


def _days(session: Session, conditions: Conditions, most: int) -> dict[dt.date, DueDay]:
    placed = (
        select(
            TaskRow.deadline,
            TaskRow.record,
            TaskRow.document_id,
            func.row_number().over(partition_by=TaskRow.deadline, order_by=TaskRow.id).label("place"),
            func.count().over(partition_by=TaskRow.deadline).label("total"),
        )
        .where(TaskRow.deadline.is_not(None), *conditions)
        .subquery("placed")
    )
    found = session.execute(select(placed).where(placed.c.place <= most).order_by(placed.c.deadline, placed.c.place))
    items: dict[dt.date, list[TaskItem]] = defaultdict(list)
    totals: dict[dt.date, int] = {}
    for row in found:
        day = dt.date.fromisoformat(row.deadline)
        items[day].append(TaskItem(task=Task.model_validate_json(row.record), document=row.document_id))
        totals[day] = row.total
    return {day: DueDay(totals[day], tuple(listed)) for day, listed in items.items()}


def _conditions(chosen: TaskFilter) -> list[ColumnElement[bool]]:
    conditions = [TaskRow.sought.contains(word, autoescape=True) for word in terms.folded(chosen.text).split()]
    conditions += _due(chosen.due, chosen.today) if chosen.due else []
    if chosen.document is not None:
        conditions.append(TaskRow.document_id == chosen.document)
    if chosen.since is not None:
        conditions.append(TaskRow.deadline >= chosen.since.isoformat())
    if chosen.until is not None:
        conditions.append(TaskRow.deadline <= chosen.until.isoformat())
    if chosen.lead is not None:
        conditions += _led_by(chosen.lead)
    return conditions


def _led_by(office: str) -> list[ColumnElement[bool]]:
    """Return the conditions under which an office is among those that lead a task: its name stands in the list."""
    written = to_json(office).decode()
    # A record without the name anywhere needs no pattern; within texts its quotes would have backslashes.
    return [
        TaskRow.record.contains(written, autoescape=True),
        TaskRow.record.regexp_match(rf'"lead":\[[^]]*{re.escape(written)}'),
    ]


def _due(due: Due, today: dt.date) -> list[ColumnElement[bool]]:
    day, soon = today.isoformat(), (today + dt.timedelta(days=SOON_DAYS)).isoformat()
    ways: dict[Due, list[ColumnElement[bool]]] = {
        Due.OVERDUE: [TaskRow.deadline < day],
        Due.SOON: [TaskRow.deadline >= day, TaskRow.deadline <= soon],
        Due.LATER: [TaskRow.deadline > soon],
        Due.RECURRING: [TaskRow.deadline.is_(None), TaskRow.recurrence.is_not(None)],
        Due.OPEN: [TaskRow.deadline.is_(None), TaskRow.recurrence.is_(None)],
    }
    return ways[due]
