"""Tasks of a source text, a line each: `what | lead; lead | support; support | when | target`.

`when` is the last day in time (ISO 8601), a recurrence ("continuous", "monthly", ...), both, or nothing. What is to be
done may be shortened to the words that no other task has; offices are written as they are printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

RECURRENCES = ("continuous", "daily", "weekly", "monthly", "quarterly", "half_yearly", "yearly")
DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
_FIELDS = 5


@dataclass(frozen=True)
class MarkedTask:
    """One task; `deadline` is ISO 8601."""

    task: str
    lead: tuple[str, ...]
    support: tuple[str, ...]
    deadline: str | None
    recurrence: str | None
    target: str | None


def read(text: str) -> Iterator[MarkedTask]:
    """The tasks of the lines of a text, empty lines left out.

    Raises:
        ValueError: a line has too many fields, or its time is none.
    """
    for line in text.splitlines():
        if line.strip():
            yield _task(line)


def _task(line: str) -> MarkedTask:
    fields = [field.strip() for field in line.split("|")]
    if len(fields) > _FIELDS:
        raise ValueError(f"a task of more than {_FIELDS} fields: {line!r}")
    task, lead, support, when, target = [*fields, *[""] * (_FIELDS - len(fields))]
    words = when.split()
    if any(word not in RECURRENCES and not DATE.fullmatch(word) for word in words):
        raise ValueError(f"neither a date nor a recurrence: {when!r}")
    return MarkedTask(
        task=task,
        lead=_items(lead),
        support=_items(support),
        deadline=next((word for word in words if DATE.fullmatch(word)), None),
        recurrence=next((word for word in words if word in RECURRENCES), None),
        target=target or None,
    )


def _items(field: str) -> tuple[str, ...]:
    return tuple(item.strip() for item in field.split(";") if item.strip())
