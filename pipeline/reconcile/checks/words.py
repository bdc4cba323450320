"""Figures against words: the amount in digits against the one written out beside it (bằng chữ)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal

from pipeline.models import Figure, Finding, Severity, Verdict
from pipeline.reconcile import intervals, units, wording
from pipeline.reconcile.context import Context
from pipeline.reconcile.findings import Claim, write
from pipeline.reconcile.registry import check
from pipeline.reconcile.wording import Message

WORDS = "words.amount"
_UNREAD = 1000


@check("words")
def words(context: Context) -> Iterable[Finding]:
    """Compare each amount with its words."""
    for figure in context.figures:
        if figure.in_words is not None:
            yield from _compared(figure, figure.in_words)


def _compared(figure: Figure, written: Decimal) -> Iterator[Finding]:
    """Compare; words may be given in the unit of the figure or in full (231 triệu as 231 or 231000000)."""
    scale = units.scale(figure.unit)
    in_unit = written / scale
    # The digits before the words are exact: the words repeat them to the last one.
    exact = intervals.point(figure.value)
    holds = any(intervals.agree(exact, intervals.point(value)) for value in (written, in_unit))
    shown = wording.number((in_unit if scale > 1 and written >= scale else written).normalize())
    if not holds and max(written, in_unit) * _UNREAD < figure.value:
        return  # the words were not read to their end
    gap = min(abs(written - figure.value), abs(in_unit - figure.value))
    sign = "=" if holds else "≠"
    equation = f"{wording.with_unit(figure)} {sign} {shown}"
    if holds:
        message = Message(f"Số và chữ khớp: {equation} (bằng chữ)", f"Digits and words agree: {equation} (in words)")
    else:
        message = Message(
            f"Số và chữ không khớp: {equation} (bằng chữ); chênh lệch {wording.number(gap.normalize())}",
            f"Digits and words disagree: {equation} (in words); difference {wording.number(gap.normalize())}",
        )
    yield write(
        Claim(
            WORDS,
            Verdict.CONSISTENT if holds else Verdict.CONFLICT,
            Severity.NONE if holds else Severity.HIGH,
            message,
            figures=(figure,),
            numbers=(written,),
            difference=None if holds else gap,
            link="phần bằng chữ viết ngay sau số",
        )
    )
