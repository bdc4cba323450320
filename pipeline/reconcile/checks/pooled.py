"""A rate of the whole against the figures of its areas.

"99,2%" is told with "A: 97/98, B: 123/124", or "8,1%" with "A (143 trạm, 11%); B (81 trạm, 4,73%)". Where counts are
given, the rate of the whole is the sum of the parts over the sum of the wholes. Where the areas give a count and a
rate, each pair tells how big the area's whole is, and these wholes are summed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from pipeline.models import Figure, Finding, Interval, Kind, Severity, Verdict
from pipeline.reconcile import intervals, wording
from pipeline.reconcile.context import Context
from pipeline.reconcile.findings import Claim, write
from pipeline.reconcile.registry import check
from pipeline.reconcile.wording import Message

POOLED = "rate.pooled"

HUNDRED = Decimal(100)


@check("pooled")
def pooled(context: Context) -> Iterable[Finding]:
    """Compare a percentage with what its footnote or parentheses say of the areas."""
    for figure in context.figures:
        if figure.kind is Kind.PERCENT and figure.upper is None:
            areas = _areas(context, figure)
            yield from _of_fractions(context, figure, areas)
            yield from _of_rates(context, figure, areas)


def _areas(context: Context, percent: Figure) -> tuple[Figure, ...]:
    notes = context.footnotes_behind(percent)
    return tuple(item for note in notes for item in context.in_sentence(percent.evidence.document, note.number))


def _of_fractions(context: Context, percent: Figure, areas: Sequence[Figure]) -> Iterator[Finding]:
    fractions = list(_fractions(context, areas))
    if len(fractions) < 2 or sum(len(fraction.figures) for fraction in fractions) != len(areas):
        return
    part = sum((fraction.part for fraction in fractions), Decimal(0))
    whole = sum((fraction.whole for fraction in fractions), Decimal(0))
    allowed = intervals.scaled(intervals.quotient(intervals.point(part), intervals.point(whole)), HUNDRED)
    working = f"{wording.number(part)} / {wording.number(whole)}"
    yield _report(percent, areas, allowed, f"{working} = {wording.rate(part / whole * HUNDRED)}")


@dataclass(frozen=True)
class Fraction:
    """An area's two counts, with the one or two figures that state them."""

    part: Decimal
    whole: Decimal
    figures: tuple[Figure, ...]


def _fractions(context: Context, areas: Sequence[Figure]) -> Iterator[Fraction]:
    """Yield fractions, those with a unit between their numbers too: "974 người/975 trường hợp"."""
    for figure in areas:
        if figure.kind is Kind.FRACTION and figure.denominator:
            yield Fraction(figure.value, figure.denominator, (figure,))
    for one, other in pairwise(areas):
        text = context.sentence_text(one)[one.place.end : other.place.start]
        counts = one.kind is other.kind is Kind.COUNT and other.value > 0
        if counts and one.place.sentence == other.place.sentence and re.fullmatch(r"[^\d,;.:()]*/\s*", text):
            yield Fraction(one.value, other.value, (one, other))


def _of_rates(context: Context, percent: Figure, areas: Sequence[Figure]) -> Iterator[Finding]:
    """Compare where counts and rates alternate and the count of the whole is told before the percentage."""
    counts, rates = areas[::2], areas[1::2]
    alternating = len(counts) == len(rates) >= 2 and all(item.kind is Kind.COUNT for item in counts)
    if not alternating or any(item.kind is not Kind.PERCENT or item.value <= 0 for item in rates):
        return
    told = [item for item in context.beside(percent) if item.place.start < percent.place.start]
    summed = sum((item.value for item in counts), Decimal(0))
    whole = next((item for item in reversed(told) if item.kind is Kind.COUNT and item.value == summed), None)
    if whole is None:
        return
    sizes = [
        intervals.scaled(intervals.quotient(intervals.stated(count), intervals.stated_rate(rate)), HUNDRED)
        for count, rate in zip(counts, rates, strict=True)
    ]
    allowed = intervals.scaled(intervals.quotient(intervals.stated(whole), intervals.total(sizes)), HUNDRED)
    size = sum((c.value / r.value * HUNDRED for c, r in zip(counts, rates, strict=True)), Decimal(0))
    working = f"{wording.quantity(whole)} / {wording.number(size.quantize(Decimal(1)))}"
    yield _report(percent, (whole, *areas), allowed, f"{working} = {wording.rate(whole.value / size * HUNDRED)}")


def _report(percent: Figure, areas: Sequence[Figure], allowed: Interval, working: str) -> Finding:
    holds = intervals.agree(intervals.stated_rate(percent), allowed)
    equation = f"{working} {'=' if holds else '≠'} {wording.quantity(percent)}"
    return write(
        Claim(
            POOLED,
            Verdict.CONSISTENT if holds else Verdict.CONFLICT,
            Severity.NONE if holds else Severity.MEDIUM,
            Message(
                f"Tỷ lệ chung {'khớp' if holds else 'không khớp'} với từng địa bàn: {equation}",
                f"The overall rate {'agrees' if holds else 'disagrees'} with its areas: {equation}",
            ),
            figures=(percent, *areas),
            link="chú thích nêu số liệu từng địa bàn của tỷ lệ chung",
        )
    )
