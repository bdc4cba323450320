"""Text against table: a total that the text names with the total row of a table, in whatever unit either is given.

"Tổng kinh phí thực hiện: 7.300.000.000 đồng" and "Tổng cộng 7.300" under "Đơn vị: triệu đồng" are one amount. The two
may also differ because the table is of something else, so only equality and a difference of one slip tell anything.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from pipeline.language.unicode import fold
from pipeline.models import Figure, Finding, Kind, Severity, Verdict
from pipeline.reconcile import units, wording
from pipeline.reconcile.context import Context
from pipeline.reconcile.findings import Claim, write
from pipeline.reconcile.registry import check
from pipeline.reconcile.slips import slip
from pipeline.reconcile.wording import Message

ANNEX = "table.text"

_TOTAL = re.compile(r"\b(?:tong|cong)\b")
_TOTAL_ROW = re.compile(r"\s*(?:tong )*(?:tong cong|tong so|cong)\b")
_LEAST_AMOUNT = Decimal(10) ** 6  # đồng; smaller amounts are met by chance


@check("annex")
def annex(context: Context) -> Iterable[Finding]:
    """Compare the totals of text and tables, document by document."""
    for extraction in context.extractions:
        money = [item for item in extraction.figures if item.kind is Kind.MONEY and _amount(item) >= _LEAST_AMOUNT]
        told = [item for item in money if _is_told_total(context, item)]
        rows = [item for item in money if _TOTAL_ROW.match(fold(item.subject)) and item not in told]
        yield from _compared(told, rows)


def _is_told_total(context: Context, figure: Figure) -> bool:
    """Say whether a sentence of the text, not a table row, names the figure as a total."""
    lead = fold(context.sentence_text(figure)[: figure.place.start])
    words = re.findall(r"[a-z]+", lead)
    return bool(_TOTAL.search(lead)) and len(words) >= 3 and bool(re.search(r"\b(?:la|:)|[:]\s*$", lead))


def _compared(told: Sequence[Figure], rows: Sequence[Figure]) -> Iterator[Finding]:
    by_amount: dict[Decimal, list[Figure]] = defaultdict(list)
    for row in rows:
        by_amount[_amount(row)].append(row)
    for figure in told:
        if same := by_amount.get(_amount(figure)):
            yield _report(figure, same[0], Verdict.CONSISTENT)
            continue
        slipped = [row for row in rows if slip(_amount(row), _amount(figure)) or slip(_amount(figure), _amount(row))]
        if len(slipped) == 1:
            yield _report(figure, slipped[0], Verdict.CONFLICT)


def _amount(figure: Figure) -> Decimal:
    return figure.value * units.scale(figure.unit)


def _report(told: Figure, row: Figure, verdict: Verdict) -> Finding:
    holds = verdict is Verdict.CONSISTENT
    gap = abs(_amount(told) - _amount(row))
    equation = f"{wording.with_unit(told)} {'=' if holds else '≠'} {wording.with_unit(row)}"
    if not holds:
        equation += f"; chênh lệch {wording.number(gap)} đồng"
    return write(
        Claim(
            ANNEX,
            verdict,
            Severity.NONE if holds else Severity.HIGH,
            Message(
                f"Tổng trong lời văn {'khớp' if holds else 'không khớp'} với dòng tổng của bảng: {equation}",
                f"The total in the text {'agrees' if holds else 'disagrees'} with the table's total row: {equation}",
            ),
            figures=(told, row),
            difference=None if holds else gap,
            link="tổng nêu trong lời văn và dòng tổng của bảng trong cùng văn bản",
        )
    )
