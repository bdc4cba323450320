"""Tasks in lists: a task's text, and below it lines with labels that say who, with whom, and by when.

    - Rà soát hạ tầng viễn thông. Hoàn thành trong tháng 11/2025.
    + Đơn vị chủ trì: Sở Khoa học và Công nghệ.
    + Đơn vị phối hợp: Các sở, ban, ngành tỉnh.

Which text the labels belong to is told from the levels of the list: the item right above them; where labels stand in
one row with the steps of a single task, the item or heading above all of them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.extract import task_labels, task_terms
from pipeline.extract.deadlines import Clock
from pipeline.extract.passages import Level, Passage
from pipeline.extract.task_labels import Labelled, Term
from pipeline.extract.task_terms import Given

# "Đối tượng: …": an item that describes a task.
_DESCRIBES = re.compile(r"[^:]{2,30}:\s")


@dataclass(frozen=True)
class ListedTasks:
    """The tasks of lists, and the passages (by index) that they and their labels take."""

    tasks: tuple[Given, ...]
    taken: frozenset[int]


@dataclass(frozen=True)
class _Group:
    """Labels in passages [start, end); with `inline` the first of these passages begins with the task's text."""

    start: int
    end: int
    labels: tuple[Labelled, ...]
    inline: bool


def find(passages: Sequence[Passage], in_tables: frozenset[int], clock: Clock) -> ListedTasks:
    """Return the tasks that labels belong to, in order; passages `in_tables` (by index) are passed over."""
    groups = _groups(passages, in_tables)
    found: list[Given] = []
    taken: set[int] = set()
    for number, group in enumerate(groups):
        floor = groups[number - 1].end if number else 0
        after = groups[number + 1] if number + 1 < len(groups) else None
        terms = task_terms.of_labels(group.labels, clock)
        if not (terms.lead or terms.support):
            continue
        owners = _owners(passages, group, floor, after)
        found += [replace(given, terms=terms) for given in owners]
        lines = {given.line.line.number for given in owners}
        first = next((i for i in range(floor, group.start) if passages[i].lines[0].line.number in lines), group.start)
        taken |= set(range(first, group.end))
    return ListedTasks(tuple(found), frozenset(taken))


def _groups(passages: Sequence[Passage], in_tables: frozenset[int]) -> list[_Group]:
    groups: list[_Group] = []
    for index, passage in enumerate(passages):
        labels = [label for label in task_labels.read(passage.text) if label.term is not Term.TASK]
        if not labels or index in in_tables:
            continue
        inline = labels[0].start > task_labels.mark_end(passage.text)
        if inline and not any(label.term in (Term.LEAD, Term.SUPPORT) for label in labels):
            continue
        last = groups[-1] if groups else None
        if last and last.end == index and not inline and not _again(last.labels, labels):
            groups[-1] = replace(last, end=index + 1, labels=(*last.labels, *labels))
        else:
            groups.append(_Group(index, index + 1, tuple(labels), inline))
    return groups


def _again(before: Sequence[Labelled], labels: Sequence[Labelled]) -> bool:
    """Say whether labels begin another task's: the lead was named already."""
    return labels[0].term is Term.LEAD and any(label.term is Term.LEAD for label in before)


def _owners(passages: Sequence[Passage], group: _Group, floor: int, after: _Group | None) -> list[Given]:
    """Return the tasks that a group of labels belongs to, without terms: one, or the items that share them."""
    if group.inline:
        passage = passages[group.start]
        return [_given(passage, passage.text[: group.labels[0].start])]
    level = passages[group.start].level
    above = _above(passages, group.start, floor, level)
    items = [i for i in above.items if passages[i].level in (level, Level.TEXT)]
    parent = above.parent
    if not items:
        return [_joined(passages, parent, above.items)] if parent is not None else []
    if parent is None or len(items) == 1 or _shares_parent(passages, parent, after):
        return [_joined(passages, items[-1], [i for i in above.items if i > items[-1]])]
    if task_labels.names_field(passages[parent].text):
        return [_joined(passages, item, ()) for item in items]
    return [_joined(passages, parent, [i for i in items if not _describes(passages[i])])]


@dataclass(frozen=True)
class _Above:
    """What stands above labels: the items between, and the passage of a higher level that they belong to."""

    items: tuple[int, ...]
    parent: int | None


def _above(passages: Sequence[Passage], start: int, floor: int, level: Level) -> _Above:
    items: list[int] = []
    for index in range(start - 1, floor - 1, -1):
        if passages[index].level < level:
            only_describing = bool(items) and all(_describes(passages[i]) for i in items)
            return _Above(() if only_describing else tuple(reversed(items)), index)
        items.append(index)
    return _Above(tuple(reversed(items)), None)


def _describes(passage: Passage) -> bool:
    return bool(_DESCRIBES.match(passage.text, task_labels.mark_end(passage.text)))


def _shares_parent(passages: Sequence[Passage], parent: int, after: _Group | None) -> bool:
    """Say whether the next group of labels stands below the same passage: then each belongs to an item."""
    if after is None:
        return False
    return not any(passages[i].level <= passages[parent].level for i in range(parent + 1, after.start))


def _joined(passages: Sequence[Passage], last: int, more: Sequence[int]) -> Given:
    """Return a task from the passage `last` and further ones; what a page break cut off before it is put back."""
    first = last
    while first > 0 and passages[first].level is Level.TEXT and passages[first].text[:1].islower():
        first -= 1
    texts = [passages[i].text for i in (*range(first, last + 1), *more)]
    return _given(passages[first], " ".join(texts))


def _given(passage: Passage, text: str) -> Given:
    return Given(text.strip(), passage.lines[0], task_terms.Terms())
