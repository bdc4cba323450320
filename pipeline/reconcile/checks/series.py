"""Cumulative series (lũy kế): a later total cannot be smaller; the total before plus the period gives the new one."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from pipeline.language.unicode import fold
from pipeline.models import Figure, Finding, Kind, Severity, Status, Verdict
from pipeline.reconcile import intervals, units, wording
from pipeline.reconcile.clusters import clusters, members
from pipeline.reconcile.context import Context
from pipeline.reconcile.findings import Claim, write
from pipeline.reconcile.linking import Fact, Link, facts, links_over_time
from pipeline.reconcile.mergers import REFORM_EN, REFORM_VI, reformed_between
from pipeline.reconcile.registry import check
from pipeline.reconcile.timelines import (
    Stated,
    runs_on,
    same_indicator,
    timelines,
    told_once,
)
from pipeline.reconcile.wording import Message

FALLS = "series.falls"
ROLL = "series.roll-forward"

# To less than half: rather another system, area or count than the same one misstated. A person has to say.
_SCOPE = Message("; phạm vi thống kê có thay đổi không?", "; has the scope of the count changed?")
_UNDATED = Message("; văn bản nào ra trước?", "; which document is the earlier one?")
_RAISED = re.compile(r"\bnang (?:tong so|tong|so)\b|\bluy ke\b|\btong cong den nay\b")
_ADDED = re.compile(r"\bthem\b|\btrong ky\b|\btrong thang\b|\btrong tuan\b|\bcap moi\b")
_BEFORE = re.compile(r"\b(?:ky truoc|thang truoc|den ky truoc|luy ke truoc)\b")


@check("series")
def series(context: Context) -> Iterable[Finding]:
    """Follow each cumulative fact over the documents."""
    cumulative = [fact for fact in facts(context) if _runs_on(context, fact.figure)]
    told: set[frozenset[str]] = set()
    for cluster in clusters(link for link in links_over_time(cumulative) if link.sure):
        for finding in _falls(context, cluster):
            told.add(frozenset(finding.figures))
            yield finding
    for line in timelines(context):
        for finding in _of_indicator(line):
            if frozenset(finding.figures) not in told:
                yield finding
    for figure in context.figures:
        yield from _rolled(context, figure)


def _runs_on(context: Context, figure: Figure) -> bool:
    plain = figure.kind in (Kind.COUNT, Kind.MONEY) and figure.status is Status.RESULT and not figure.qualifier
    return plain and runs_on(context, figure)


def _falls(context: Context, cluster: Sequence[Link]) -> Iterator[Finding]:
    dated = [(moment, fact) for fact in members(cluster) if (moment := _moment(context, fact))]
    dated.sort(key=lambda item: (item[0], item[1].figure.value))
    for (earlier, left), (later, right) in pairwise(dated):
        if earlier == later or bool(left.figure.whole) != bool(right.figure.whole):
            continue
        yield _report(_total(left.figure, earlier), _total(right.figure, later))


def _total(figure: Figure, moment: dt.date) -> Stated:
    return Stated(figure, None, moment, dated=True, running=True)


def _of_indicator(line: Sequence[Stated]) -> Iterator[Finding]:
    """Follow the totals of one catalogue indicator, whatever they are called; of unsure days only a fall is asked."""
    totals = [stated for stated in line if stated.running and stated.figure.kind is not Kind.PERCENT]
    running = told_once([stated for stated in totals if not stated.figure.qualifier])
    for earlier, later in pairwise(running):
        left, right = earlier.figure, later.figure
        if earlier.until == later.until or left.kind is not right.kind or not units.same(left, right):
            continue
        found = _report(earlier, later)
        if found.verdict is not Verdict.CONSISTENT or (earlier.dated and later.dated):
            yield found


def _moment(context: Context, fact: Fact) -> dt.date | None:
    return fact.figure.as_of or context.issued(fact.figure.evidence.document)


def _report(earlier: Stated, later: Stated) -> Finding:
    left, right = earlier.figure, later.figure
    fall = left.value - right.value * units.factor(right, left)
    falls = fall > 0
    doubt = _doubt(earlier, later, fall)
    shown = f"{wording.with_unit(left)} ({earlier.shown}) {'>' if falls else '≤'} "
    shown += f"{wording.with_unit(right)} ({later.shown})"
    if falls:
        message = Message(
            f"Lũy kế giảm theo thời gian: {shown}; giảm {wording.number(fall)}{doubt.vi if doubt else ''}",
            f"A cumulative total falls: {shown}; by {wording.number(fall)}{doubt.en if doubt else ''}",
        )
    else:
        message = Message(f"Lũy kế không giảm: {shown}", f"A cumulative total does not fall: {shown}")
    return write(
        Claim(
            FALLS,
            (Verdict.UNKNOWN if doubt else Verdict.CONFLICT) if falls else Verdict.CONSISTENT,
            (Severity.MEDIUM if doubt else Severity.HIGH) if falls else Severity.NONE,
            message,
            figures=(left, right),
            difference=fall if falls else None,
            link=f"{same_indicator(earlier, later)}; lũy kế",
        )
    )


def _doubt(earlier: Stated, later: Stated, fall: Decimal) -> Message | None:
    """Return why a fall is asked about and not claimed, or None."""
    if reformed_between(earlier.until, later.until):
        return Message(f"; {REFORM_VI}", f"; {REFORM_EN}")
    if fall * 2 > earlier.figure.value:
        return _SCOPE
    return None if earlier.dated and later.dated else _UNDATED


def _rolled(context: Context, after: Figure) -> Iterator[Finding]:
    """Check "kỳ trước A, trong kỳ B, lũy kế C" told in one sentence."""
    beside = [item for item in context.beside(after) if item.kind is after.kind and units.same(item, after)]
    if len(beside) != 3 or beside[-1] is not after or after.kind is not Kind.COUNT:
        return
    text = fold(context.sentence_text(after))
    if not (_BEFORE.search(text) and _RAISED.search(text) and _ADDED.search(text)):
        return
    summed = intervals.total(intervals.stated(item) for item in beside[:2])
    holds = intervals.agree(summed, intervals.stated(after))
    total = beside[0].value + beside[1].value
    equation = f"{wording.addition(beside[:2])} = {wording.number(total)} {'=' if holds else '≠'} "
    equation += wording.quantity(after)
    yield write(
        Claim(
            ROLL,
            Verdict.CONSISTENT if holds else Verdict.CONFLICT,
            Severity.NONE if holds else Severity.HIGH,
            Message(
                f"Kỳ trước cộng trong kỳ {'khớp' if holds else 'không khớp'} với lũy kế: {equation}",
                f"Previous total plus period {'gives' if holds else 'does not give'} the new total: {equation}",
            ),
            figures=beside,
            difference=None if holds else abs(total - after.value),
            link="kỳ trước, trong kỳ và lũy kế nêu trong cùng một câu",
        )
    )
