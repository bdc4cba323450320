"""One event told twice in one report with two numbers: "hơn 4.200 lượt dự tập huấn" here, "hơn 4.300 lượt" there.

Counts of events (lượt, lớp, cuộc …) are never compared by their names: a report tells of many in like words. But two
long sentences of which most words are the same, about nearly the same number, are most likely two tellings of one
event. They may still be two, so it is asked; unless both name the same number of something else, too ("của 57 xã"),
which is then the event that is meant. "Hơn 4.210" is no word for 4.370: whoever rounds down keeps what he can.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import combinations

from pipeline.models import Figure, Finding, Interval, Kind, Severity, Verdict
from pipeline.reconcile import intervals, units, wording
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
_LEAST_SCOPE = 10
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
                yield from _compared(context, (one, words[one.id]), (other, words[other.id]))


def _may_be_one(context: Context, one: Figure, other: Figure) -> bool:
    low, high = sorted((one.value, other.value))
    same_period = not (one.period and other.period) or one.period == other.period
    # The next sentence often tells the parts of a total in its words.
    return low < high <= low * _NEAR and same_period and abs(context.home(one) - context.home(other)) > 1


def _compared(context: Context, first: _Told, second: _Told) -> Iterator[Finding]:
    (one, left), (other, right) = first, second
    shared = len(left & right)
    if shared < _LEAST_SHARED or shared * _MOST < min(len(left), len(right)):
        return
    same = _scope(context, one, other)
    certain = same is not None and not intervals.agree(_meant(one), _meant(other))
    gap = abs(one.value - other.value)
    shown = f"{wording.with_unit(one)}, {wording.with_unit(other)}"
    told = Message("Một việc được kể hai lần với hai số", "One event told twice with two numbers")
    asked = Message("Có thể cùng một việc được kể hai lần với hai số", "Perhaps one event told twice with two numbers")
    what = told if certain else asked
    yield write(
        Claim(
            RETOLD,
            Verdict.CONFLICT if certain else Verdict.UNKNOWN,
            Severity.MEDIUM,
            Message(
                f"{what.vi}: {shown}; chênh lệch {wording.number(gap)}",
                f"{what.en}: {shown}; difference {wording.number(gap)}",
            ),
            figures=(one, other),
            difference=gap,
            link=f"hai câu có chung {shared} từ; cùng đơn vị ({one.unit}); cùng văn bản"
            + (f"; cùng nói về {wording.with_unit(same)}" if same else ""),
        )
    )


def _scope(context: Context, one: Figure, other: Figure) -> Figure | None:
    """Return a figure of the first sentence that the second one states, too: for how many units the event was held."""
    for item in context.beside(one):
        if item.id != one.id and item.kind is Kind.COUNT and item.value >= _LEAST_SCOPE:
            for again in context.beside(other):
                if again.id != other.id and again.value == item.value and units.same(item, again):
                    return item
    return None


def _meant(figure: Figure) -> Interval:
    """Return what a number means with "hơn" before it: from itself up to the next number of as many digits."""
    if figure.qualifier is None or figure.interval.high is not None:
        return intervals.stated(figure)
    step = Decimal(1).scaleb(len(figure.value.as_tuple().digits) - len(figure.value.normalize().as_tuple().digits))
    return Interval(low=figure.value, high=figure.value + step)
