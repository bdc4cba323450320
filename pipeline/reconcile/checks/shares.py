"""Amounts with their shares of one total: "ngân sách tỉnh 170 triệu đồng (40%), xã hội hóa 255 triệu đồng (60%)".

Shares that add up to 100 % name all parts of one total. Each amount tells with its share how big that total is; where
most agree on a total, an amount that does not is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from pipeline.models import Figure, Finding, Interval, Kind, Severity, Verdict
from pipeline.reconcile import intervals, units, wording
from pipeline.reconcile.context import Context
from pipeline.reconcile.findings import Claim, write
from pipeline.reconcile.registry import check
from pipeline.reconcile.wording import Message

SHARES = "sum.shares"

HUNDRED = Decimal(100)
_LEAST_PARTS = 2
_SENTENCES_BACK = 20


@dataclass(frozen=True)
class Share:
    """An amount and the percentage of the total that it is said to be."""

    amount: Figure
    percent: Figure

    @property
    def total(self) -> Interval:
        """The totals that the two allow."""
        rate = intervals.stated_rate(self.percent)
        return intervals.scaled(intervals.quotient(intervals.stated(self.amount), rate), HUNDRED)


@check("shares")
def shares(context: Context) -> Iterable[Finding]:
    """Compare the amounts that have shares with the total that the document names."""
    for extraction in context.extractions:
        for sentence in extraction.sentences:
            told = list(_told(sentence.text, context.in_sentence(extraction.document, sentence.number)))
            if len(told) < _LEAST_PARTS or sum(share.percent.value for share in told) != HUNDRED:
                continue
            whole = _total(context, told)
            if whole is not None:
                yield from (_one(share, whole) for share in told if _agrees(share, whole))
                yield _sum([share.amount for share in told], whole)


def _told(text: str, figures: Sequence[Figure]) -> Iterator[Share]:
    for amount, percent in pairwise(figures):
        adjoining = re.fullmatch(
            r"[^\d,;.]*[(,]?\s*(?:chiếm|đạt|tỷ lệ)?\s*", text[amount.place.end : percent.place.start]
        )
        if adjoining and amount.kind in (Kind.COUNT, Kind.MONEY) and percent.kind is Kind.PERCENT and percent.value > 0:
            yield Share(amount, percent)


def _total(context: Context, told: Sequence[Share]) -> Figure | None:
    """Return the nearest figure before, of the amounts' kind and unit, that most amounts with their shares agree on."""
    first = told[0].amount
    document, number = first.evidence.document, first.place.sentence
    for back in range(_SENTENCES_BACK):
        for whole in context.in_sentence(document, number - back):
            fits = whole.kind is first.kind and units.same(whole, first) and whole.place != first.place
            if fits and sum(_agrees(share, whole) for share in told) * 2 > len(told):
                return whole
    return None


def _agrees(share: Share, whole: Figure) -> bool:
    stated = intervals.scaled(intervals.stated(whole), units.factor(whole, share.amount))
    return intervals.agree(stated, share.total)


def _one(share: Share, whole: Figure) -> Finding:
    computed = share.amount.value * units.factor(share.amount, whole) / whole.value * HUNDRED
    equation = f"{wording.quantity(share.amount)} / {wording.quantity(whole)} = {wording.rate(computed)}"
    equation += f" = {wording.quantity(share.percent)}"
    return write(
        Claim(
            SHARES,
            Verdict.CONSISTENT,
            Severity.NONE,
            Message(f"Tỷ trọng khớp: {equation}", f"The share holds: {equation}"),
            figures=(share.percent, share.amount, whole),
            link="các tỷ trọng cộng bằng 100%",
        )
    )


def _sum(parts: Sequence[Figure], whole: Figure) -> Finding:
    summed = intervals.total(intervals.scaled(intervals.stated(part), units.factor(part, whole)) for part in parts)
    holds = intervals.agree(summed, intervals.stated(whole))
    added = sum((part.value * units.factor(part, whole) for part in parts), Decimal(0))
    gap = abs(added - whole.value)
    equation = f"{wording.quantity(whole)} {'=' if holds else '≠'} {wording.addition(parts)}"
    if not holds:
        equation += f" = {wording.number(added)}; chênh lệch {wording.number(gap)}"
    return write(
        Claim(
            SHARES,
            Verdict.CONSISTENT if holds else Verdict.CONFLICT,
            Severity.NONE if holds else Severity.HIGH,
            Message(
                f"Các phần chiếm 100% {'cộng khớp' if holds else 'cộng không khớp'} tổng: {equation}",
                f"The parts that make up 100% {'add' if holds else 'do not add'} up: {equation}",
            ),
            figures=(whole, *parts),
            difference=None if holds else gap,
            link="các tỷ trọng cộng bằng 100%",
        )
    )
