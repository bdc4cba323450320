"""A span inside a longer one: what came from 1 July to 18 August is part of what came up to 30 September.

The indicator is the catalogue's, the spans are those stated, so that the arithmetic is certain and the scope is not:
a count that falls to a fraction is rather of another system or area. Across the administrative reform of 2025 it is
asked about, not claimed. So is a total that does not say since when it runs, unless another total of its document
shows it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Sequence
from decimal import Decimal

from pipeline.models import Finding, Kind, Severity, Verdict
from pipeline.reconcile import intervals, units, wording
from pipeline.reconcile.context import Context
from pipeline.reconcile.findings import Claim, write
from pipeline.reconcile.mergers import REFORM_EN, REFORM_VI, reformed_between
from pipeline.reconcile.registry import check
from pipeline.reconcile.timelines import LOOK_BACK, Stated, same_indicator, timelines
from pipeline.reconcile.wording import Message

CONTAINED = "series.contained"

# A total of unknown beginning that is but little above a later span was perhaps meant to be within it.
_NEAR_MISS = Decimal("1.2")
_MOST = Decimal("0.75")  # share of a span from which a total up to some day of it did not begin long before


_Beginning = tuple[str, str, dt.date | None]  # the documents of a total and of a span, and the day on which that began


@check("containment")
def containment(context: Context) -> Iterable[Finding]:
    """Compare each span, for one indicator in one place, with the nearest longer one that contains it."""
    compared = [around for line in timelines(context) for around in _around(line)]
    begun = {_beginning(total, span) for span, _, totals in compared for total in totals if _fits(total, span)}
    for longer, shorter, totals in compared:
        if shorter is not None:
            yield _compared(longer, shorter)
        yield from _totalled(longer, totals, begun)


def _around(line: Sequence[Stated]) -> Iterator[tuple[Stated, Stated | None, list[Stated]]]:
    """Yield each statement with the last span before it that it contains, and the totals that it perhaps contains.

    A later span has more in it than those before, and one finding says what there is to say.
    """
    for place, longer in enumerate(line):
        before = line[max(0, place - LOOK_BACK) : place]
        inside = [shorter for shorter in before if _comparable(shorter, longer)]
        spans = (shorter for shorter in reversed(inside) if _contains(longer, shorter))
        totals = [shorter for shorter in inside if _perhaps_contains(longer, shorter)]
        yield longer, next(spans, None), totals


def _beginning(total: Stated, span: Stated) -> _Beginning:
    return total.figure.evidence.document, span.figure.evidence.document, span.since


def _fits(total: Stated, span: Stated) -> bool:
    """Say whether a total of unsaid beginning is most of a later span, so that it began with it and not long before."""
    least = span.figure.value * units.factor(span.figure, total.figure) * _MOST
    return _perhaps_contains(span, total) and total.figure.value >= least and not _exceeds(total, span)


def _comparable(shorter: Stated, longer: Stated) -> bool:
    one, other = shorter.figure, longer.figure
    return (
        one.evidence.document != other.evidence.document
        and one.kind is other.kind is not Kind.PERCENT
        and units.same(one, other)
        and shorter.until <= longer.until
    )


def _contains(longer: Stated, shorter: Stated) -> bool:
    """Say whether all that the shorter span counts is counted in the longer one, too."""
    if shorter.since is None or not (longer.running or longer.since):
        return False
    spans_differ = (longer.since, longer.until) != (shorter.since, shorter.until)
    return longer.dated and spans_differ and (longer.since is None or longer.since <= shorter.since)


def _perhaps_contains(longer: Stated, shorter: Stated) -> bool:
    """Say whether a total up to a day, of unknown beginning, may be part of a later span."""
    return shorter.running and longer.since is not None and longer.since < shorter.until < longer.until


def _compared(longer: Stated, shorter: Stated) -> Finding:
    exceeds = _exceeds(shorter, longer)
    asked = exceeds and reformed_between(shorter.since or shorter.until, longer.until)
    return _report(shorter, longer, Verdict.UNKNOWN if asked else Verdict.CONFLICT if exceeds else Verdict.CONSISTENT)


def _totalled(longer: Stated, totals: Sequence[Stated], begun: Collection[_Beginning]) -> Iterator[Finding]:
    """Report the last total that is a little more than the later span around it.

    Where another total of its document began with the same span, it did, too: offices count all they have from one day.
    """
    for shorter in totals[-1:]:
        near = shorter.figure.value <= longer.figure.value * units.factor(longer.figure, shorter.figure) * _NEAR_MISS
        if _exceeds(shorter, longer) and near:
            began = _beginning(shorter, longer) in begun and not reformed_between(shorter.until, longer.until)
            yield _report(shorter, longer, Verdict.CONFLICT if began else Verdict.UNKNOWN)


def _exceeds(shorter: Stated, longer: Stated) -> bool:
    room = intervals.scaled(intervals.stated(longer.figure), units.factor(longer.figure, shorter.figure))
    least = intervals.stated(shorter.figure).low
    return least is not None and room.high is not None and least > room.high


def _report(shorter: Stated, longer: Stated, verdict: Verdict) -> Finding:
    left, right = shorter.figure, longer.figure
    gap = left.value - right.value * units.factor(right, left)
    sign = "≤" if verdict is Verdict.CONSISTENT else ">"
    shown = f"{wording.with_unit(left)} ({shorter.shown}) {sign} {wording.with_unit(right)} ({longer.shown})"
    if verdict is Verdict.CONSISTENT:
        message = Message(
            f"Kỳ ngắn không vượt kỳ dài chứa nó: {shown}", f"A span is within the longer one around it: {shown}"
        )
    else:
        doubt = _doubt(shorter, longer) if verdict is Verdict.UNKNOWN else _began(shorter, longer)
        message = Message(
            f"Kỳ ngắn vượt kỳ dài chứa nó: {shown}; chênh lệch {wording.number(gap)}{doubt.vi}",
            f"A span exceeds the longer one around it: {shown}; difference {wording.number(gap)}{doubt.en}",
        )
    return write(
        Claim(
            CONTAINED,
            verdict,
            Severity.NONE if verdict is Verdict.CONSISTENT else Severity.MEDIUM,
            message,
            figures=(left, right),
            difference=None if verdict is Verdict.CONSISTENT else gap,
            link=f"{same_indicator(shorter, longer)}; kỳ sau chứa kỳ trước",
        )
    )


def _doubt(shorter: Stated, longer: Stated) -> Message:
    if reformed_between(shorter.since or shorter.until, longer.until):
        return Message(f"; {REFORM_VI}", f"; {REFORM_EN}")
    if shorter.running:
        return Message("; số lũy kế tính từ khi nào?", "; since when does the total run?")
    return Message("", "")


def _began(shorter: Stated, longer: Stated) -> Message:
    if not shorter.running or longer.since is None:
        return Message("", "")
    day = f"{longer.since:%d/%m/%Y}"
    return Message(
        f"; số lũy kế khác của văn bản trước tính từ {day}", f"; another total of the earlier document runs since {day}"
    )
