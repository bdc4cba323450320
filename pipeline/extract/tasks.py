"""The tasks (nhiệm vụ) of a document: of its lists, its tables and its sentences, in order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.extract import duties, task_lists, task_tables, task_terms, unassigned_tasks
from pipeline.extract.deadlines import Clock
from pipeline.extract.indicator_tables import IndicatorRow
from pipeline.extract.passages import Passage
from pipeline.extract.ruled_tables import RuledTable
from pipeline.models import Components, Task


@dataclass(frozen=True)
class TaskSources:
    """Where tasks are sought: all passages of a document, and the tables whose lines some of the passages are."""

    passages: Sequence[Passage]
    ruled: Sequence[RuledTable]
    rows: Sequence[IndicatorRow]

    def in_tables(self) -> frozenset[int]:
        """Return the passages (by index) that stand in tables."""
        lines = {number for table in self.ruled for number in table.lines}
        lines |= {line.line.number for row in self.rows for line in row.lines}
        return frozenset(i for i, passage in enumerate(self.passages) if passage.lines[0].line.number in lines)


def extract(sources: TaskSources, components: Components, year: int | None) -> tuple[Task, ...]:
    """Return the tasks of a document.

    Args:
        sources: Its passages and tables.
        components: Its parts: when and to whom it was sent.
        year: The year of times that state none.
    """
    clock = Clock(components.date, year)
    in_tables = sources.in_tables()
    listed = task_lists.find(sources.passages, in_tables, clock)
    given = [
        *task_tables.in_ruled(sources.ruled, clock),
        *listed.tasks,
        *duties.find(sources.passages, in_tables | listed.taken, components),
    ]
    known = [name for task in given for name in (*task.terms.lead, *task.terms.support)]
    given += task_tables.in_text(sources.rows, known, clock)
    given += unassigned_tasks.find(sources.passages, listed.tasks, given)
    given.sort(key=lambda task: task.line.line.number)
    return tuple(task_terms.record(components.document, task, clock) for task in given)
