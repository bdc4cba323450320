"""Footing and cross-footing of tables: rows that end in their sum, columns under a total row, a column of rates.

A table is a run of printed lines with the same count of numbers. What its columns mean is learned from the table
itself: where most rows end in the sum of their other numbers, that is what the last column is, and the rows that do
not are errors. Row numbers (STT) are left out.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pipeline.language.unicode import fold
from pipeline.models import Figure, Finding, Interval, Kind, Severity, Verdict
from pipeline.reconcile import intervals, wording
from pipeline.reconcile.context import Context
from pipeline.reconcile.findings import Claim, write
from pipeline.reconcile.registry import check
from pipeline.reconcile.wording import Message

ROW = "table.row"
COLUMN = "table.column"
RATES = "table.rate"

HUNDRED = Decimal(100)
_LEAST_ROWS = 2
_MOST_LINES_APART = 4  # a row's text may run over several printed lines
_SHARE_THAT_SHOWS = 0.6
_NEAR = Decimal("1.2")
_TOTAL = re.compile(r"\b(?:tong cong|tong so|tong|cong|(?:toan|ca) (?:tinh|thanh pho|xa|phuong|nganh|nuoc|quoc))\b")


@dataclass(frozen=True)
class Row:
    """A line of a table: its numbers without the row number, and the text before the first of them."""

    line: int
    cells: tuple[Figure, ...]
    head: str


@dataclass(frozen=True)
class Equation:
    """What a row or column says: this cell should follow from those, and does or does not."""

    result: Figure
    operands: tuple[Figure, ...]
    computed: Decimal
    allowed: Interval
    shown: str

    @property
    def holds(self) -> bool:
        """Whether the stated result is among what the operands allow."""
        return intervals.agree(self.allowed, _cell(self.result))


@check("tables")
def tables(context: Context) -> Iterable[Finding]:
    """Check every table of every document."""
    for extraction in context.extractions:
        for table in _tables(context, extraction.figures):
            yield from _learned(table, ROW, _row_sum)
            yield from _learned(table, RATES, _row_rate)
            yield from _columns(table)


def _tables(context: Context, figures: Sequence[Figure]) -> Iterator[list[Row]]:
    lines: dict[int, list[Figure]] = defaultdict(list)
    for figure in figures:
        lines[figure.evidence.line].append(figure)
    table: list[Row] = []
    for line in sorted(lines):
        row = _row(context, line, sorted(lines[line], key=lambda item: (item.place.sentence, item.place.start)))
        follows = table and row.line - table[-1].line <= _MOST_LINES_APART and len(row.cells) == len(table[-1].cells)
        if follows:
            table.append(row)
            continue
        if len(table) > _LEAST_ROWS:
            yield table
        table = [row] if len(row.cells) > 1 else []
    if len(table) > _LEAST_ROWS:
        yield table


def _row(context: Context, line: int, figures: Sequence[Figure]) -> Row:
    """Return a row; numbers with text between them stand in running text, and only the last run of them is a row."""
    cells = [figures[-1]]
    for figure in reversed(figures[:-1]):
        text = context.sentence_text(figure)
        apart = figure.place.sentence != cells[-1].place.sentence
        if apart or re.search(r"[^\W\d]", text[figure.place.end : cells[-1].place.start].replace(figure.unit, "")):
            break
        cells.append(figure)
    first = cells[-1]
    return Row(line, tuple(reversed(cells)), fold(context.sentence_text(first)[: first.place.start])[-60:])


def _learned(table: Sequence[Row], code: str, read: Callable[[Row], Equation | None]) -> Iterator[Finding]:
    """Report each row's equation where the table shows that its rows are built that way."""
    equations = [equation for row in table if (equation := read(row))]
    holding = sum(equation.holds for equation in equations)
    if holding < _LEAST_ROWS or holding < _SHARE_THAT_SHOWS * len(table):
        return
    for equation in equations:
        if equation.holds or _is_near(equation):
            yield _report(code, equation)


def _row_sum(row: Row) -> Equation | None:
    return _sum(row.cells[-1], row.cells[:-1]) if len(row.cells) > _LEAST_ROWS else None


def _row_rate(row: Row) -> Equation | None:
    if len(row.cells) < 3 or row.cells[-3].value <= 0 or row.cells[-1].value <= 0:
        return None
    whole, part, rate = row.cells[-3:]
    computed = part.value / whole.value * HUNDRED
    return Equation(
        rate,
        (part, whole),
        computed,
        intervals.scaled(intervals.quotient(_cell(part), _cell(whole)), HUNDRED),
        f"{wording.number(part.value)} / {wording.number(whole.value)} = {wording.rate(computed)}",
    )


def _columns(table: Sequence[Row]) -> Iterator[Finding]:
    """Compare a total row with the rows above it, column by column, where at least one column adds up."""
    total, rows = table[-1], table[:-1]
    if not _TOTAL.search(total.head):
        return
    equations = [_sum(result, [row.cells[place] for row in rows]) for place, result in enumerate(total.cells)]
    if any(equation.holds for equation in equations):
        for equation in equations:
            if equation.result.value and (equation.holds or _is_near(equation)):
                yield _report(COLUMN, equation)


def _sum(result: Figure, operands: Sequence[Figure]) -> Equation:
    added = sum((item.value for item in operands), Decimal(0))
    shown = " + ".join(wording.number(item.value) for item in operands) + f" = {wording.number(added)}"
    return Equation(result, tuple(operands), added, intervals.total(_cell(item) for item in operands), shown)


def _cell(figure: Figure) -> Interval:
    """Return what a cell allows: cells of a table are added as printed, a rate may be rounded or truncated."""
    if figure.kind is not Kind.PERCENT and figure.value == figure.value.to_integral_value():
        return intervals.point(figure.value)
    return intervals.stated_rate(figure)


def _is_near(equation: Equation) -> bool:
    stated = equation.result.value
    return stated / _NEAR <= equation.computed <= stated * _NEAR


def _report(code: str, equation: Equation) -> Finding:
    gap = abs(equation.computed - equation.result.value).quantize(Decimal("0.01")).normalize()
    holds = equation.holds
    shown = f"{equation.shown} {'=' if holds else '≠'} {wording.number(equation.result.value)}"
    name = {ROW: ("Dòng", "row"), COLUMN: ("Cột", "column"), RATES: ("Cột tỷ lệ", "rate column")}[code]
    vi = f"{name[0]} của bảng {'khớp' if holds else 'không khớp'}: {shown}"
    en = f"A {name[1]} of the table {'holds' if holds else 'does not hold'}: {shown}"
    if not holds:
        vi, en = f"{vi}; chênh lệch {wording.number(gap)}", f"{en}; difference {wording.number(gap)}"
    return write(
        Claim(
            code,
            Verdict.CONSISTENT if holds else Verdict.CONFLICT,
            Severity.NONE if holds else Severity.HIGH,
            Message(vi, en),
            figures=(equation.result, *equation.operands),
            difference=None if holds else gap,
            link="cấu trúc của bảng: phần lớn các dòng, cột đều cộng đúng",
        )
    )
