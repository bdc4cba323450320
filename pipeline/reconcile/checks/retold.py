"""One event told twice in one report with two numbers: "hơn 4.200 lượt dự tập huấn" here, "hơn 4.300 lượt" there.

Counts of events (lượt, lớp, cuộc …) are never compared by their names: a report tells of many in like words. But two
long sentences of which most words are the same, about nearly the same number, are most likely two tellings of one
event. They may still be two, and "hơn" forbids neither number, so it is asked.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import combinations

from pipeline.models import Figure, Finding, Kind, Severity, Verdict
from pipeline.reconcile import units, wording
from pipeline.reconcile.context import Context
from pipeline.reconcile.findings import Claim, write
from pipeline.reconcile.linking import content_words, is_event
from pipeline.reconcile.registry import check
from pipeline.reconcile.wording import Message

RETOLD = "event.retold"

_Told = tuple[Figure, frozenset[str]]  # a count with the words of its sentence
_LEAST = 1000  # smaller counts of like events come too often
_NEAR = Decimal("1.2")
_LEAST_SHARED = 12  # content words
_MOST = 2  # of the shorter sentence's words one of so many is shared


@check("retold")
def retold(context: Context) -> Iterable[Finding]:
    """Compare the large counts of events within each document."""
    counted: dict[tuple[str, str], list[Figure]] = defaultdict(list)
    for figure in context.figures:
        plain = figure.kind is Kind.COUNT and figure.upper is None and not figure.whole
        if plain and figure.value >= _LEAST and is_event(figure):
            counted[figure.evidence.document, units.bare(figure.unit)].append(figure)
    for events in counted.values():
        words = {figure.id: content_words(context.sentence_text(figure)) for figure in events}
        for one, other in combinations(events, 2):
            if _may_be_one(context, one, other):
                yield from _compared((one, words[one.id]), (other, words[other.id]))


def _may_be_one(context: Context, one: Figure, other: Figure) -> bool:
    low, high = sorted((one.value, other.value))
    same_period = not (one.period and other.period) or one.period == other.period
    # The next sentence often tells the parts of a total in its words.
    return low < high <= low * _NEAR and same_period and abs(context.home(one) - context.home(other)) > 1


def _compared(first: _Told, second: _Told) -> Iterator[Finding]:
    (one, left), (other, right) = first, second
    shared = len(left & right)
    if shared < _LEAST_SHARED or shared * _MOST < min(len(left), len(right)):
        return
    gap = abs(one.value - other.value)
    shown = f"{wording.with_unit(one)}, {wording.with_unit(other)}"
    yield write(
        Claim(
            RETOLD,
            Verdict.UNKNOWN,
            Severity.MEDIUM,
            Message(
                f"Có thể cùng một việc được kể hai lần với hai số: {shown}; chênh lệch {wording.number(gap)}",
                f"Perhaps one event told twice with two numbers: {shown}; difference {wording.number(gap)}",
            ),
            figures=(one, other),
            difference=gap,
            link=f"hai câu có chung {shared} từ; cùng đơn vị ({one.unit}); cùng văn bản",
        )
    )
