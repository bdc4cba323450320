"""The tasks of all documents by deadline: as a list, and by the days of a calendar."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from pydantic_core import to_json
from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from pipeline.archive import terms
from pipeline.archive.schema import DocumentRow, TaskRow
from pipeline.archive.windows import Listed, Window
from pipeline.models import Record, Task

SOON_DAYS = 30

_MOST_COUNTED = 5000  # tasks, the latest: offices to choose from are found in reasonable time in any archive
_MOST_OFFICES = 200  # a longer list to choose from helps nobody


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


def tasks(session: Session, chosen: TaskFilter, window: Window) -> Listed[TaskItem]:
    """List tasks, those that are due first before the others, those without a day last."""
    conditions = _conditions(chosen)
    total = session.scalars(_joined(select(func.count())).where(*conditions)).one()
    found = session.scalars(
        _joined(select(TaskRow))
        .where(*conditions)
        .order_by(TaskRow.deadline.asc().nulls_last(), TaskRow.id)
        .limit(window.size)
        .offset(window.offset)
    )
    items = tuple(TaskItem(task=Task.model_validate_json(row.record), document=row.document_id) for row in found)
    return Listed(items, total, window)


def counts(session: Session, chosen: TaskFilter) -> dict[Due, int]:
    """Count the tasks by when they are due, under the other conditions of a filter."""
    return {
        due: session.scalars(
            _joined(select(func.count())).where(*_conditions(chosen.model_copy(update={"due": due})))
        ).one()
        for due in Due
    }


def offices(session: Session, chosen: TaskFilter) -> dict[str, int]:
    """Count the tasks of each office that leads some, under the other conditions of a filter, the busiest first.

    Only the latest tasks of a big archive are counted.
    """
    records = session.scalars(
        _joined(select(TaskRow.record))
        .where(*_conditions(chosen.model_copy(update={"lead": None})))
        .order_by(TaskRow.id.desc())
        .limit(_MOST_COUNTED)
    )
    # Read as plain JSON: to make whole records of them takes ten times as long.
    counted = Counter(office for record in records for office in json.loads(record).get("lead", ()))
    return dict(sorted(counted.items(), key=lambda item: (-item[1], item[0]))[:_MOST_OFFICES])


def by_day(session: Session, chosen: TaskFilter, most: int) -> dict[dt.date, DueDay]:
    """Return the tasks that have a deadline by its days, `most` tasks of each day."""
    placed = (
        _joined(
            select(
                TaskRow.deadline,
                TaskRow.record,
                TaskRow.document_id,
                func.row_number().over(partition_by=TaskRow.deadline, order_by=TaskRow.id).label("place"),
                func.count().over(partition_by=TaskRow.deadline).label("total"),
            )
        )
        .where(TaskRow.deadline.is_not(None), *_conditions(chosen))
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


def _joined(selected: Select[Any]) -> Select[Any]:
    return selected.select_from(TaskRow).join(DocumentRow, DocumentRow.id == TaskRow.document_id)


def _conditions(chosen: TaskFilter) -> list[ColumnElement[bool]]:
    conditions = _due(chosen)
    whole = func.folded(TaskRow.record)
    conditions += [whole.contains(word, autoescape=True) for word in terms.folded(chosen.text).split()]
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


def _due(chosen: TaskFilter) -> list[ColumnElement[bool]]:
    today = chosen.today.isoformat()
    soon = (chosen.today + dt.timedelta(days=SOON_DAYS)).isoformat()
    ways: dict[Due, list[ColumnElement[bool]]] = {
        Due.OVERDUE: [TaskRow.deadline < today],
        Due.SOON: [TaskRow.deadline >= today, TaskRow.deadline <= soon],
        Due.LATER: [TaskRow.deadline > soon],
        Due.RECURRING: [TaskRow.deadline.is_(None), TaskRow.recurrence.is_not(None)],
        Due.OPEN: [TaskRow.deadline.is_(None), TaskRow.recurrence.is_(None)],
    }
    return list(ways[chosen.due]) if chosen.due else []
