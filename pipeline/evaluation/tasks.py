"""How many tasks of a plan were found, and with the right units, deadline and target.

Records have the contract's keys: task, lead, support, deadline, target. Gold may add `deadline_text`, the deadline as
printed; its `task` is a handful of keywords, in any order.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.evaluation.figures import Found, match, words

TASK_SHARE = 0.6
# "Các sở, ban, ngành và Ủy ban nhân dân xã" names the same units as the list of them.
_JOINING_WORDS = frozenset({"va", "cac", "cung", "voi"})


@dataclass(frozen=True)
class StatedTask:
    """A task as far as it is compared. Units are the folded words that name them, joined: borders are not compared."""

    task: frozenset[str]
    lead: frozenset[str]
    support: frozenset[str]
    deadline: str
    deadline_text: str
    target: frozenset[str]


@dataclass(frozen=True)
class TaskScore:
    """Tasks found by their keywords; of these, every aspect counted against all tasks that state it on either side."""

    task: Found
    lead: Found
    support: Found
    deadline: Found
    target: Found


def read(path: Path) -> list[StatedTask]:
    """The tasks of a JSONL file."""
    return [from_json(json.loads(line)) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def from_json(record: Mapping[str, Any]) -> StatedTask:
    """A task as the contract's JSON keys tell it; units may be one text or a list."""
    return StatedTask(
        task=_words(record["task"]),
        lead=_words(record.get("lead")) - _JOINING_WORDS,
        support=_words(record.get("support")) - _JOINING_WORDS,
        deadline=words(record.get("deadline")),
        deadline_text=words(record.get("deadline_text")),
        target=_words(record.get("target")),
    )


def _words(stated: str | Iterable[str] | None) -> frozenset[str]:
    text = stated if isinstance(stated, str) else " ".join(stated or ())
    return frozenset(words(text).split())


def score(true: Sequence[StatedTask], predicted: Sequence[StatedTask]) -> TaskScore:
    """Tasks of one document against its gold."""
    pairs = [(true[i], predicted[j]) for i, j in match(true, predicted, _same_task).items()]
    return TaskScore(
        task=Found(len(pairs), len(true), len(predicted)),
        lead=_units("lead", true, predicted, pairs),
        support=_units("support", true, predicted, pairs),
        deadline=Found(
            sum(_same_deadline(wanted, got) for wanted, got in pairs),
            sum(bool(task.deadline) for task in true),
            sum(bool(task.deadline) for task in predicted),
        ),
        target=Found(
            sum(bool(wanted.target) and _holds(wanted.target, got.target) for wanted, got in pairs),
            sum(bool(task.target) for task in true),
            sum(bool(task.target) for task in predicted),
        ),
    )


def _same_task(wanted: StatedTask, got: StatedTask) -> bool:
    return _holds(wanted.task, got.task)


def _holds(wanted: frozenset[str], got: frozenset[str]) -> bool:
    return len(wanted & got) >= TASK_SHARE * len(wanted)


def _units(
    aspect: str,
    true: Sequence[StatedTask],
    predicted: Sequence[StatedTask],
    pairs: Sequence[tuple[StatedTask, StatedTask]],
) -> Found:
    return Found(
        sum(bool(getattr(wanted, aspect)) and getattr(wanted, aspect) == getattr(got, aspect) for wanted, got in pairs),
        sum(bool(getattr(task, aspect)) for task in true),
        sum(bool(getattr(task, aspect)) for task in predicted),
    )


def _same_deadline(wanted: StatedTask, got: StatedTask) -> bool:
    """The day, month or "thường xuyên" itself, or the wording that states it."""
    if not wanted.deadline or not got.deadline:
        return False
    return got.deadline == wanted.deadline or got.deadline in wanted.deadline_text
