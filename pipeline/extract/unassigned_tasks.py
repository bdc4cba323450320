"""Tasks that a plan sets everybody: its chapter of tasks names offices under some headings, and no one under others.

    2. Nhiệm vụ và giải pháp
    2.1. Nhiệm vụ và giải pháp chung
    - Từng bước chuyển hồ sơ giấy sang hồ sơ điện tử.
    2.2. Nhiệm vụ và giải pháp cụ thể
    - Nâng cấp phần mềm một cửa.
    + Đơn vị chủ trì: Sở Nội vụ.

Only beside tasks with labels is such an item one: in chapters that name nobody at all, goals and tasks read alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from pipeline.extract import offices, task_labels, task_terms
from pipeline.extract.passages import Level, Passage
from pipeline.extract.task_terms import Given
from pipeline.language.spelling import one_spelling


def find(passages: Sequence[Passage], labelled: Sequence[Given], given: Sequence[Given]) -> list[Given]:
    """Return the items that are tasks of no one in particular, in order.

    Args:
        passages: All passages of a document.
        labelled: The tasks that labels belong to.
        given: All tasks that were found: below a heading that has one of them, everyone who is charged is named.
    """
    beside = {path[:-1] for path in _listing(passages, labelled)}
    assigned = set(_listing(passages, given))
    return [
        Given(passage.text, passage.lines[0], task_terms.Terms())
        for passage in passages
        if passage.mark is None and passage.level is Level.DASH and passage.heading
        if _lists_tasks(passage.heading[-1]) and passage.heading[:-1] in beside and passage.heading not in assigned
        if _duty().match(one_spelling(passage.text), task_labels.mark_end(passage.text))
    ]


def _listing(passages: Sequence[Passage], given: Sequence[Given]) -> Iterator[tuple[str, ...]]:
    """Yield the headings that list tasks above each of the given ones, each with the path that leads to it."""
    lines = {task.line.line.number for task in given}
    for passage in passages:
        if passage.lines[0].line.number in lines:
            path = passage.heading
            yield from (path[: depth + 1] for depth, heading in enumerate(path) if _lists_tasks(heading))


def _lists_tasks(heading: str) -> bool:
    name = heading[task_labels.mark_end(heading) :].lower()
    return any(name.startswith(word) for word in offices.lexicon()["part"]["listing"])


@cache
def _duty() -> re.Pattern[str]:
    verbs = [verb.capitalize() for verb in (*offices.words("verb"), *offices.words("manner"))]
    return re.compile(rf"(?:{offices.alternatives(verbs)})\b")
