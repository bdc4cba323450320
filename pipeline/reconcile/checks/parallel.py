"""A table written as a sentence: two totals, then items that each give a part of both.

"Tổ chức 60 lớp với 3.358 người: 13 khóa với 329 học viên; 03 lớp với 53 người; …". The first figures of the items are
the parts of the first total, and the second figures those of the second one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from pipeline.models import Figure, Finding, Kind, Severity, Verdict
from pipeline.reconcile import intervals, wording
from pipeline.reconcile.context import Context
from pipeline.reconcile.findings import Claim, write
from pipeline.reconcile.registry import check
from pipeline.reconcile.wording import Message

PARALLEL = "sum.parallel"

_LEAST_ITEMS = 2


@check("parallel")
def parallel(context: Context) -> Iterable[Finding]:
    """Add up the second figures of items whose first figures add up to the total before."""
    for extraction in context.extractions:
        for sentence in extraction.sentences:
            totals = _pair_of_totals(context.in_sentence(extraction.document, sentence.number))
            if totals:
                yield from _compared(totals, _items(context, totals[0]))


def _pair_of_totals(figures: Sequence[Figure]) -> tuple[Figure, Figure] | None:
    """Return the last two counts of a sentence, where they count different things."""
    if len(figures) < 2:
        return None
    first, second = figures[-2:]
    counted = first.kind is Kind.COUNT and second.kind is Kind.COUNT and first.unit != second.unit
    return (first, second) if counted else None


def _items(context: Context, first: Figure) -> list[tuple[Figure, Figure]]:
    """Return the pairs of figures of the items behind the totals: in the next sentence or in its footnote.

    An item is what stands between two semicolons, and gives exactly two counts; items in parentheses are details.
    """
    document = first.evidence.document
    sentences = [*context.sentences_after(document, first.place.sentence, 1), *context.notes_of(first)]
    for sentence in sentences:
        figures = [item for item in context.in_sentence(document, sentence.number) if _outside(sentence.text, item)]
        groups: list[list[Figure]] = []
        for figure in figures:
            behind = sentence.text[groups[-1][-1].place.end : figure.place.start] if groups else ";"
            if ";" in behind:
                groups.append([figure])
            else:
                groups[-1].append(figure)
        if len(groups) >= _LEAST_ITEMS and all(_is_pair_of_counts(group) for group in groups):
            return [(group[0], group[1]) for group in groups]
    return []


def _is_pair_of_counts(group: Sequence[Figure]) -> bool:
    return len(group) == 2 and all(figure.kind is Kind.COUNT for figure in group)


def _outside(text: str, figure: Figure) -> bool:
    before = text[: figure.place.start]
    return before.count("(") == before.count(")")


def _compared(totals: tuple[Figure, Figure], items: Sequence[tuple[Figure, Figure]]) -> Iterator[Finding]:
    """Compare the second column, where the first one shows that these are the parts of the totals."""
    leads = intervals.total(intervals.stated(lead) for lead, _ in items)
    if not items or not intervals.agree(leads, intervals.stated(totals[0])):
        return
    parts = [second for _, second in items]
    summed = intervals.total(intervals.stated(part) for part in parts)
    whole = totals[1]
    holds = intervals.agree(summed, intervals.stated(whole))
    added = sum((part.value for part in parts), start=whole.value * 0)
    gap = abs(added - whole.value)
    sign = "=" if holds and not gap else "≈" if holds else "≠"
    equation = f"{wording.quantity(whole)} {sign} {wording.addition(parts)} = {wording.number(added)}"
    if not holds:
        equation += f"; chênh lệch {wording.number(gap)}"
    columns = f"{wording.quantity(totals[0])} {totals[0].unit}, {wording.quantity(whole)} {whole.unit}"
    yield write(
        Claim(
            PARALLEL,
            Verdict.CONSISTENT if holds else Verdict.CONFLICT,
            Severity.NONE if holds else Severity.HIGH,
            Message(
                f"Cột số thứ hai của các mục {'khớp' if holds else 'không khớp'} với tổng ({columns}): {equation}",
                f"The second figures of the items {'add' if holds else 'do not add'} up ({columns}): {equation}",
            ),
            figures=(whole, *parts),
            difference=None if holds else gap,
            link=f"cột số thứ nhất của các mục cộng đúng {wording.quantity(totals[0])}",
        )
    )
