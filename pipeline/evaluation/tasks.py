"""How many tasks were found, and how many of them with the right offices and the right deadline.

A task is matched by its words: most of those that the gold names must stand in it (the gold may shorten a task to the
words that tell it from others). Lines are not compared: the same document has others in each of its forms.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pipeline.evaluation.figures import Found, words
from pipeline.models import Task

TASK_SHARE = 0.6
_EDGES = re.compile(r"[\s.,;:]+$")


@dataclass(frozen=True)
class StatedTask:
    """A task as far as it is compared; `when` is the last day in time and the recurrence."""

    words: frozenset[str]
    lead: frozenset[str]
    support: frozenset[str]
    when: tuple[str | None, str | None]


@dataclass(frozen=True)
class TaskScore:
    """Tasks found at all, and with the right lead, support and deadline; `whole` are those with all three."""

    task: Found = field(default_factory=Found)
    lead: Found = field(default_factory=Found)
    support: Found = field(default_factory=Found)
    deadline: Found = field(default_factory=Found)
    whole: Found = field(default_factory=Found)

    def __add__(self, other: TaskScore) -> TaskScore:
        return TaskScore(
            self.task + other.task,
            self.lead + other.lead,
            self.support + other.support,
            self.deadline + other.deadline,
            self.whole + other.whole,
        )


def from_record(task: Task) -> StatedTask:
    """A task that the extract stage made."""
    deadline = task.deadline.isoformat() if task.deadline else None
    recurrence = task.recurrence.value if task.recurrence else None
    return StatedTask(
        _words(f"{task.task} {task.target or ''}"), _names(task.lead), _names(task.support), (deadline, recurrence)
    )


def from_json(record: Mapping[str, Any]) -> StatedTask:
    """A task as the contract's JSON keys tell it (gold files)."""
    return StatedTask(
        _words(record["task"]),
        _names(record["lead"]),
        _names(record["support"]),
        (record["deadline"], record["recurrence"]),
    )


def score(true: Sequence[StatedTask], predicted: Sequence[StatedTask]) -> TaskScore:
    """Tasks of one document against its gold; offices and deadlines count among the tasks that were matched."""
    pairs = [(true[i], predicted[j]) for i, j in _likest_pairs(true, predicted)]
    counts = len(true), len(predicted)
    return TaskScore(
        task=Found(len(pairs), *counts),
        lead=Found(sum(a.lead == b.lead for a, b in pairs), *counts),
        support=Found(sum(a.support == b.support for a, b in pairs), *counts),
        deadline=Found(sum(a.when == b.when for a, b in pairs), *counts),
        whole=Found(sum((a.lead, a.support, a.when) == (b.lead, b.support, b.when) for a, b in pairs), *counts),
    )


def _likest_pairs(true: Sequence[StatedTask], predicted: Sequence[StatedTask]) -> list[tuple[int, int]]:
    """Pair tasks, the likest first: those of one plan have so many words in common that most could be another."""
    possible = [(i, j) for i, task in enumerate(true) for j, other in enumerate(predicted) if _same(task, other)]
    pairs: list[tuple[int, int]] = []
    for i, j in sorted(possible, key=lambda pair: -_likeness(true[pair[0]], predicted[pair[1]])):
        if all(i != a and j != b for a, b in pairs):
            pairs.append((i, j))
    return pairs


def _same(task: StatedTask, other: StatedTask) -> bool:
    return len(task.words & other.words) >= TASK_SHARE * len(task.words)


def _likeness(task: StatedTask, other: StatedTask) -> float:
    """Return the share of a task's words that the other has, and among equals of the other's that it has."""
    common = len(task.words & other.words)
    return common / max(1, len(task.words)) + common / max(1, len(other.words)) / 10


def _words(text: str) -> frozenset[str]:
    return frozenset(words(text).split())


def _names(names: Iterable[str]) -> frozenset[str]:
    return frozenset(words(_EDGES.sub("", name)) for name in names)
