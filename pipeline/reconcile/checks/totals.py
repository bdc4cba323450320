"""An amount against the total of its document: "với kinh phí 74.200.000 đồng … Sở A cân đối 72.400.000 đồng".

What is allotted is rarely named as the total is named, so their names do not link them. But a sum of money that
differs from the document's own total by two swapped digits is the total, mistyped: two of a document's amounts are so
alike by chance once in some hundred pairs. Only totals that the document confirms are used: written out in words, or
stated twice and more; and only amounts of the text that are no part of anything.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from pipeline.models import Extraction, Figure, Finding, Kind, Severity, Verdict
from pipeline.reconcile import units, wording
from pipeline.reconcile.context import Context
from pipeline.reconcile.findings import Claim, write
from pipeline.reconcile.registry import check
from pipeline.reconcile.slips import TRANSPOSED, slip
from pipeline.reconcile.wording import Message

TOTALS = "amount.total"

_LEAST_DIGITS = 3  # of an amount, closing noughts left out
_CONFIRMED = 2


@check("totals")
def totals(context: Context) -> Iterable[Finding]:
    """Compare the single amounts of each document with its confirmed totals."""
    for extraction in context.extractions:
        stated = _by_amount(extraction)
        confirmed = {amount: figures[0] for amount, figures in stated.items() if _is_confirmed(figures)}
        for amount, figures in stated.items():
            if amount not in confirmed and not figures[0].whole and not context.parts_of(figures[0]):
                yield from _mistyped(figures[0], confirmed)


def _by_amount(extraction: Extraction) -> dict[Decimal, list[Figure]]:
    stated: dict[Decimal, list[Figure]] = defaultdict(list)
    for figure in extraction.figures:
        if figure.kind is Kind.MONEY and figure.upper is None and not figure.qualifier:
            stated[figure.value * units.scale(figure.unit)].append(figure)
    return stated


def _is_confirmed(figures: Sequence[Figure]) -> bool:
    return len(figures) >= _CONFIRMED or any(figure.in_words == figure.value for figure in figures)


def _mistyped(figure: Figure, confirmed: dict[Decimal, Figure]) -> Iterator[Finding]:
    value = figure.value * units.scale(figure.unit)
    for amount, total in confirmed.items():
        telling = len(value.normalize().as_tuple().digits) >= _LEAST_DIGITS
        if telling and slip(value, amount) == TRANSPOSED:
            gap = abs(value - amount)
            shown = f"{wording.with_unit(total)} ≠ {wording.with_unit(figure)}"
            apart = wording.number((gap / units.scale(total.unit)).normalize())
            vi = f"Số tiền khác tổng của văn bản ở hai chữ số đảo nhau: {shown}; chênh lệch {apart}"
            en = f"An amount differs from its document's total by two swapped digits: {shown}; difference {apart}"
            yield write(
                Claim(
                    TOTALS,
                    Verdict.CONFLICT,
                    Severity.MEDIUM,
                    Message(vi, en),
                    figures=(total, figure),
                    difference=gap,
                    link="tổng được nêu ít nhất hai lần hoặc có bằng chữ; cùng văn bản",
                )
            )
