"""Jumps out of proportion: an indicator that is twice what it was a few months ago, or half of it.

So is a rate (a share that is covered) that has lost five points.

Nothing is claimed, it is asked: most often the scope or the definition has changed (a merger, another system, another
list), and whoever puts both numbers into one table has to know. Only stocks are followed (what there is at a moment):
what comes in may double every month.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from pipeline.extract.catalogue import IndicatorKind, shipped
from pipeline.models import Finding, Kind, Severity, Verdict
from pipeline.reconcile import units, wording
from pipeline.reconcile.context import Context
from pipeline.reconcile.findings import Claim, write
from pipeline.reconcile.mergers import REFORM_EN, REFORM_VI, reformed_between
from pipeline.reconcile.registry import check
from pipeline.reconcile.timelines import (
    Stated,
    same_indicator,
    timelines,
    told_once,
)
from pipeline.reconcile.wording import Message

JUMP = "series.jump"

_RATIO = 2
_POINTS = 5  # percentage points that a rate loses
_LONGEST = 366  # days between two statements; over years much may double
_QUESTION = Message("phạm vi hoặc định nghĩa có thay đổi không?", "has the scope or the definition changed?")


@check("jumps")
def jumps(context: Context) -> Iterable[Finding]:
    """Follow each stock of the catalogue from document to document of one place."""
    for line in timelines(context):
        if _kind(line) in (IndicatorKind.STOCK, IndicatorKind.RATE):
            for earlier, later in pairwise(told_once(line)):
                yield from _jump(earlier, later)


def _kind(line: Sequence[Stated]) -> IndicatorKind | None:
    entry = shipped().indicators.get(line[0].figure.indicator or "")
    return entry.kind if entry else None


def _jump(earlier: Stated, later: Stated) -> Iterator[Finding]:
    one, other = earlier.figure, later.figure
    if (later.until - earlier.until).days > _LONGEST or not units.same(one, other):
        return
    (before, whole), (now, new_whole) = earlier.counted, later.counted
    if Kind.PERCENT in (one.kind, other.kind):
        if one.kind is other.kind and before - now >= _POINTS:
            yield _report(earlier, later, Message("Tỷ lệ giảm bất thường", "A rate has fallen"))
        return
    if whole and new_whole and _out_of_proportion(whole, new_whole):
        yield _report(earlier, later, Message("Tổng số làm mẫu thay đổi bất thường", "The whole has jumped"))
    elif not (whole and new_whole) and _out_of_proportion(before, now):
        yield _report(earlier, later, Message("Số liệu tăng, giảm bất thường", "A figure has jumped"))


def _out_of_proportion(before: Decimal, now: Decimal) -> bool:
    low, high = sorted((before, now))
    return low > 0 and high >= low * _RATIO


def _report(earlier: Stated, later: Stated, what: Message) -> Finding:
    left, right = earlier.figure, later.figure
    shown = f"{wording.with_unit(left)} ({earlier.shown}), {wording.with_unit(right)} ({later.shown})"
    reform = reformed_between(earlier.until, later.until)
    why = Message(REFORM_VI, REFORM_EN) if reform else _QUESTION
    return write(
        Claim(
            JUMP,
            Verdict.UNKNOWN,
            Severity.MEDIUM,
            Message(f"{what.vi}: {shown}; {why.vi}", f"{what.en}: {shown}; {why.en}"),
            figures=(left, right),
            link=same_indicator(earlier, later),
        )
    )
