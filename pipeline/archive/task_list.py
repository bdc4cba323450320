"""The tasks of all documents by deadline."""

from __future__ import annotations

import datetime as dt
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from pipeline.archive import terms
from pipeline.archive.schema import DocumentRow, TaskRow
from pipeline.archive.windows import Listed, Window
from pipeline.models import Record, Task

SOON_DAYS = 30


class Due(StrEnum):
    """When tasks are due."""

    OVERDUE = "overdue"
    SOON = "soon"  # within SOON_DAYS
    LATER = "later"
    RECURRING = "recurring"  # no day, but a recurrence
    OPEN = "open"  # neither


class TaskFilter(Record):
    """Which tasks are listed: by when they are due on the day `today`, by words, by document (its id)."""

    today: dt.date
    due: Due | None = None
    text: str = ""
    document: int | None = None


class TaskItem(Record):
    """A task with the id of its document."""

    task: Task
    document: int


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


def _joined(selected: Select[Any]) -> Select[Any]:
    return selected.select_from(TaskRow).join(DocumentRow, DocumentRow.id == TaskRow.document_id)


def _conditions(chosen: TaskFilter) -> list[ColumnElement[bool]]:
    conditions = _due(chosen)
    whole = func.folded(TaskRow.record)
    conditions += [whole.contains(word, autoescape=True) for word in terms.folded(chosen.text).split()]
    if chosen.document is not None:
        conditions.append(TaskRow.document_id == chosen.document)
    return conditions


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
