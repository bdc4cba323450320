"""Cumulative series (lũy kế): a later total cannot be smaller; the total before plus the period gives the new one."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from pipeline.language.unicode import fold
from pipeline.models import Figure, Finding, Kind, Severity, Status, Verdict
from pipeline.reconcile import intervals, units, wording
from pipeline.reconcile.clusters import clusters, members
from pipeline.reconcile.context import Context
from pipeline.reconcile.findings import Claim, write
from pipeline.reconcile.linking import Fact, Link, facts, links_over_time
from pipeline.reconcile.registry import check
from pipeline.reconcile.wording import Message

FALLS = "series.falls"
ROLL = "series.roll-forward"

# To less than half: rather another system, area or count than the same one misstated. A person has to say.
_QUESTION = Message("; phạm vi thống kê có thay đổi không?", "; has the scope of the count changed?")
_TOTAL_UP_TO = re.compile(r"\b(?:tong so|luy ke)\b[^;,]*\bden\b[^;,]*$")
_RAISED = re.compile(r"\bnang (?:tong so|tong|so)\b|\bluy ke\b|\btong cong den nay\b")
_ADDED = re.compile(r"\bthem\b|\btrong ky\b|\btrong thang\b|\btrong tuan\b|\bcap moi\b")
_BEFORE = re.compile(r"\b(?:ky truoc|thang truoc|den ky truoc|luy ke truoc)\b")


@check("series")
def series(context: Context) -> Iterable[Finding]:
    """Follow each cumulative fact over the documents."""
    cumulative = [fact for fact in facts(context) if _runs_on(context, fact.figure)]
    for cluster in clusters(link for link in links_over_time(cumulative) if link.sure):
        yield from _falls(context, cluster)
    for figure in context.figures:
        yield from _rolled(context, figure)


def _runs_on(context: Context, figure: Figure) -> bool:
    """Say whether a figure is a total that only grows: cumulative by its record, or "tổng số … đến ngày …: n"."""
    plain = figure.kind in (Kind.COUNT, Kind.MONEY) and figure.status is Status.RESULT and not figure.qualifier
    lead = fold(context.sentence_text(figure)[: figure.place.start])
    up_to_a_day = figure.as_of is not None and bool(_TOTAL_UP_TO.search(lead))
    return plain and (figure.cumulative is True or up_to_a_day)


def _falls(context: Context, cluster: Sequence[Link]) -> Iterator[Finding]:
    dated = [(moment, fact) for fact in members(cluster) if (moment := _moment(context, fact))]
    dated.sort(key=lambda item: (item[0], item[1].figure.value))
    for (earlier, left), (later, right) in pairwise(dated):
        if earlier == later or bool(left.figure.whole) != bool(right.figure.whole):
            continue
        yield _report(left.figure, right.figure, (earlier, later))


def _moment(context: Context, fact: Fact) -> dt.date | None:
    return fact.figure.as_of or context.issued(fact.figure.evidence.document)


def _report(left: Figure, right: Figure, moments: tuple[dt.date, dt.date]) -> Finding:
    fall = left.value - right.value * units.factor(right, left)
    falls = fall > 0
    deep = falls and fall * 2 > left.value
    shown = f"{wording.with_unit(left)} ({moments[0]:%d/%m/%Y}) {'>' if falls else '≤'} "
    shown += f"{wording.with_unit(right)} ({moments[1]:%d/%m/%Y})"
    if falls:
        message = Message(
            f"Lũy kế giảm theo thời gian: {shown}; giảm {wording.number(fall)}{_QUESTION.vi if deep else ''}",
            f"A cumulative total falls: {shown}; by {wording.number(fall)}{_QUESTION.en if deep else ''}",
        )
    else:
        message = Message(f"Lũy kế không giảm: {shown}", f"A cumulative total does not fall: {shown}")
    return write(
        Claim(
            FALLS,
            (Verdict.UNKNOWN if deep else Verdict.CONFLICT) if falls else Verdict.CONSISTENT,
            (Severity.MEDIUM if deep else Severity.HIGH) if falls else Severity.NONE,
            message,
            figures=(left, right),
            difference=fall if falls else None,
            link="cùng chỉ tiêu, lũy kế, hai thời điểm",
        )
    )


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
