"""The figures of tables: each number with its row and column, its unit and time, and the total it belongs to."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from pipeline.extract import cues, meaning, numerals, periods, quantities
from pipeline.extract.found import Found
from pipeline.extract.meaning import Context
from pipeline.extract.periods import TimeMention
from pipeline.extract.quantities import Quantity
from pipeline.extract.ruled_tables import NumberCell, RuledRow, RuledTable
from pipeline.extract.sentences import TextSentence
from pipeline.extract.table_columns import Column
from pipeline.language.unicode import SUPERSCRIPTS
from pipeline.models import Kind

_TOTAL = re.compile(r"(?:tổng cộng|tổng số|cộng|tổng)\b", re.IGNORECASE)
_BARE = re.compile(
    rf"(?P<sign>[{''.join(quantities.SIGNS)}]=?)?\s*(?P<numeral>{numerals.NUMERAL})\s?%?(?P<mark>[{SUPERSCRIPTS}]*)"
)
_NIL = re.compile(r"[-–—]")
_BARE_YEAR = re.compile(r"(?:19|20)\d{2}")
_OF_WHICH = re.compile(r"[-–+*•]|trong đó|gồm|bao gồm", re.IGNORECASE)
_OF_WHICH_COLUMN = re.compile(r"\btrong đó\b", re.IGNORECASE)
# How far down a row stands by its number: "A" above "I" above "1" above "1.1" and "a".
_MARKS = (r"[A-HĐ]", r"[IVXL]+", r"\d+", r"\d+\.\d+|[a-zđ]", r".*")
_LEVELS = tuple(re.compile(rf"(?:{mark})[.)]?") for mark in _MARKS)


@dataclass(frozen=True)
class _Head:
    """What a column's name says: what it counts, when that held, and whether it accumulates.

    `is_shared` says that another column has the same name, as where a poor scan lost the names below a common one.
    """

    column: Column
    time: TimeMention | None
    cumulative: bool | None
    is_shared: bool


def extract(table: RuledTable, sentences: Sequence[TextSentence], context: Context) -> list[Found]:
    """Return the figures of a table; `sentences` are those of its rows, in the same order."""
    names = Counter(column.name for column in table.columns.values())
    heads = {at: _head(column, names[column.name] > 1, context) for at, column in table.columns.items()}
    by_row = [_in_row(row, sentence, heads, context) for row, sentence in zip(table.rows, sentences, strict=True)]
    sums = max((at for at, column in table.columns.items() if column.sums), default=None)
    for at, column in table.columns.items():
        if column.kind is not Kind.PERCENT and at != sums:
            _link_column(table.rows, [figures.get(at) for figures in by_row])
    if sums is not None:
        _link_rows(table, by_row, sums)
        broken_down = {id(item.whole) for figures in by_row for item in figures.values() if item.whole}
        added_up = [figures.get(sums) for figures in by_row]
        _link_column(table.rows, [None if id(item) in broken_down else item for item in added_up])
    return [item for figures in by_row for item in figures.values()]


def _head(column: Column, is_shared: bool, context: Context) -> _Head:
    said = [cue for cue in cues.find(column.name) if cue.kind == "cumulative"]
    return _Head(column, _time(column.name, context), said[-1].label == "stock" if said else None, is_shared)


def _in_row(row: RuledRow, sentence: TextSentence, heads: Mapping[int, _Head], context: Context) -> dict[int, Found]:
    """Return the figures of a row by their columns."""
    found: dict[int, Found] = {}
    own = _time(row.label, context)
    for cell in row.numbers:
        head = heads[cell.column]
        quantity = _quantity(cell, _counted(head.column, row))
        if quantity is None:
            continue
        item = found[cell.column] = Found(sentence, quantity, (), unit=quantity.unit, label=row.label)
        item.subject = f"{row.label} {head.column.name}".strip()
        item.flattened = head.is_shared or not row.label  # nobody knows what it counts
        item.status = meaning.status_of(quantity, (), "", sentence.passage.heading)
        item.cumulative = head.cumulative
        time = head.time or own
        item.as_of, item.period = (time.as_of, time.period) if time else (None, None)
    return found


def _counted(column: Column, row: RuledRow) -> Column:
    """Return what a cell counts: a row's own unit counts where the column states none."""
    if not row.unit or (column.unit and column.kind is Kind.PERCENT):
        return column
    return replace(column, unit=row.unit, kind=Kind.PERCENT if row.unit == "%" else Kind.COUNT)


def _quantity(cell: NumberCell, column: Column) -> Quantity | None:
    """Return a cell's number in its column's unit, unless the cell states its own; a dash is nought, but no rate."""
    if _NIL.fullmatch(cell.text):
        return (
            None
            if column.kind is Kind.PERCENT
            else _bare((cell.start, cell.start + 1), (Decimal(0), Decimal(1)), column)
        )
    match = _BARE.fullmatch(cell.text)
    if not match:
        stated = quantities.find(cell.text)
        return _moved(stated[0], cell.start, column) if len(stated) == 1 else None
    percent = column.kind is Kind.PERCENT or "%" in cell.text
    counted = replace(column, kind=Kind.PERCENT, unit="%") if percent else column
    at = cell.start + match.start("numeral"), cell.start + match.end("numeral")
    quantity = _bare(at, numerals.parse(match["numeral"], percent=percent), counted)
    bound = quantities.SIGNS[match["sign"][0]] if match["sign"] else None
    return replace(quantity, start=cell.start, qualifier=match["sign"], bound=bound, mark=match["mark"] or None)


def _bare(at: tuple[int, int], number: tuple[Decimal, Decimal], column: Column) -> Quantity:
    value, step = number
    exact = column.kind is Kind.COUNT or column.unit == "đồng"
    return Quantity(at[0], at[1], at[0], at[1], value, step, column.kind, column.unit, exact=exact)


def _moved(stated: Quantity, by: int, column: Column) -> Quantity:
    """Return a quantity of a cell at its place in the row."""
    return replace(
        stated,
        start=stated.start + by,
        end=stated.end + by,
        at=stated.at + by,
        numeral_end=stated.numeral_end + by,
        unit=stated.unit or column.unit,
    )


def _time(name: str, context: Context) -> TimeMention | None:
    """Return the time that a column or a row is headed by: "Năm 2026", a bare "2026", "9 tháng đầu năm 2025"."""
    text = f"năm {name}" if _BARE_YEAR.fullmatch(name) else name
    mentions = periods.find(text, context.date, context.year)
    return next((mention for mention in mentions if mention.as_of or mention.period), None)


def _link_column(rows: Sequence[RuledRow], items: Sequence[Found | None]) -> None:
    """Make the numbers of a column parts of its total.

    Where the rows are of one level, the total is theirs whether they add up or not. Where they are not (A, I, 1), a
    number is part of one above it only if the parts add up to it exactly.
    """
    totals = [index for index, row in enumerate(rows) if _TOTAL.match(row.label)]
    filled = [index for index, item in enumerate(items) if item is not None]
    parts = [index for index in filled if index not in totals]
    levels = {index: _level(rows[index]) for index in parts}
    if len(set(levels.values())) > 1 or any(_OF_WHICH.match(rows[index].label) for index in parts):
        _link_levels(items, parts, levels, totals)
    elif len(totals) == 1 and len(parts) > 1 and totals[0] in (0, len(rows) - 1):
        _attach(items, parts, totals[0])


def _level(row: RuledRow) -> int:
    return next(level for level, pattern in enumerate(_LEVELS) if pattern.fullmatch(row.mark))


def _link_levels(
    items: Sequence[Found | None], parts: Sequence[int], levels: dict[int, int], totals: Sequence[int]
) -> None:
    top = min(levels.values(), default=0)
    highest = [index for index in parts if levels[index] == top]
    for total in totals:
        # A reader loses row numbers: rows of different levels that add up all together are of one.
        if not _attach_if_exact(items, highest, total):
            _attach_if_exact(items, parts, total)
    for place, index in enumerate(parts):
        below = []
        for later in parts[place + 1 :]:
            if levels[later] <= levels[index]:
                break
            below.append(later)
        nearest = min((levels[later] for later in below), default=0)
        _attach_if_exact(items, [later for later in below if levels[later] == nearest], index)


def _attach_if_exact(items: Sequence[Found | None], parts: Sequence[int], whole: int) -> bool:
    """Make figures parts of another if they add up to it exactly; say whether they did."""
    stated = items[whole]
    if stated is None or len(parts) < 2:
        return False
    is_exact = _total(item for index in parts if (item := items[index])) == stated.quantity.value
    if is_exact:
        _attach(items, parts, whole)
    return is_exact


def _attach(items: Sequence[Found | None], parts: Sequence[int], whole: int) -> None:
    for index in parts:
        item = items[index]
        if item is not None:
            item.whole = items[whole]


def _link_rows(table: RuledTable, by_row: Sequence[dict[int, Found]], sums: int) -> None:
    """Make the numbers left of a column "Cộng", or right of it below "Trong đó", parts of it where most rows add up.

    Numbers that are parts of a total below them stay so: that leaves the total row, or all rows where there is none.
    """
    alike = [at for at, column in table.columns.items() if _same_unit(column, table.columns[sums])]
    left = [at for at in alike if at < sums]
    right = [at for at in alike if at > sums and _OF_WHICH_COLUMN.search(table.columns[at].name)]
    stated = [figures for figures in by_row if sums in figures]
    for columns in (left, right):
        rows = [(parts, row[sums]) for row in stated if len(parts := [row[at] for at in columns if at in row]) > 1]
        if 2 * sum(_total(parts) == whole.quantity.value for parts, whole in rows) <= len(rows):
            continue
        for parts, whole in rows:
            if not any(part.whole for part in parts):
                for part in parts:
                    part.whole = whole


def _same_unit(one: Column, other: Column) -> bool:
    return one is not other and (one.kind, one.unit) == (other.kind, other.unit)


def _total(items: Iterable[Found]) -> Decimal:
    return sum((item.quantity.value for item in items), Decimal(0))
