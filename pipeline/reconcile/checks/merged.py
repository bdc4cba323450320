"""A merged unit in its own documents against the former units in theirs: "old units sum to the new one".

Three provinces each reported up to 30 June 2025; the province made of them tells the same indicator for the same day or
span. A running total of a later day cannot be smaller than what they had together, unless it began anew: that is asked.
Nothing is compared where one of them is missing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from pipeline.models import Finding, Kind, Severity, Verdict
from pipeline.reconcile import intervals, units, wording
from pipeline.reconcile.context import Context
from pipeline.reconcile.findings import Claim, write
from pipeline.reconcile.mergers import REFORM_EN, REFORM_VI, Unit, bare, units_called
from pipeline.reconcile.registry import check
from pipeline.reconcile.timelines import Followed, Stated, indicator_name, statements
from pipeline.reconcile.wording import Message

MERGED = "area.merged"

_Dimensions = tuple[tuple[str, str], ...]
_Former = Mapping[tuple[str, _Dimensions, str], Sequence[Stated]]  # by indicator, dimensions and bare name


@check("merged")
def merged(context: Context) -> Iterable[Finding]:
    """Compare each indicator of a merged unit with that of the former units in it."""
    known = statements(context)
    former = _of_former_units(known)
    for key, line in known.items():
        if key.since_reform and not key.former:
            for unit in units_called(key.area):
                parts = [former.get((key.indicator, key.dimensions, name), ()) for name in sorted(unit.former)]
                if unit.adds_up and all(parts):
                    yield from _compared(unit, line, parts)


def _of_former_units(known: Mapping[Followed, Sequence[Stated]]) -> _Former:
    """Return what is told of former units: by their own documents, and by those of the new unit."""
    found: dict[tuple[str, _Dimensions, str], list[Stated]] = defaultdict(list)
    for key, line in known.items():
        names = key.former or (frozenset() if key.since_reform else frozenset({bare(key.area)}))
        for name in names if len(names) == 1 else ():
            found[key.indicator, key.dimensions, name].extend(line)
    return found


def _compared(unit: Unit, line: Sequence[Stated], parts: Sequence[Sequence[Stated]]) -> Iterator[Finding]:
    for whole in line:
        same = [[item for item in part if _of_one_moment(item, whole)] for part in parts]
        if all(same):
            if all(len({item.figure.value for item in part}) == 1 for part in same):
                told = [part[0] for part in same]
                yield _report(unit, whole, told, Verdict.CONSISTENT if _holds(whole, told) else Verdict.CONFLICT)
        elif whole.running:
            before = [[item for item in part if item.running and item.until < whole.until] for part in parts]
            if all(before):
                latest = [max(part, key=lambda item: item.until) for part in before]
                if _falls(whole, latest):
                    yield _report(unit, whole, latest, Verdict.UNKNOWN)


def _of_one_moment(item: Stated, whole: Stated) -> bool:
    same_span = (item.since, item.until, item.running) == (whole.since, whole.until, whole.running)
    return same_span and item.dated and whole.dated and _comparable(item, whole)


def _comparable(item: Stated, whole: Stated) -> bool:
    one, other = item.figure, whole.figure
    return one.kind is other.kind in (Kind.COUNT, Kind.MONEY) and units.same(one, other)


def _holds(whole: Stated, parts: Sequence[Stated]) -> bool:
    scaled = [intervals.scaled(intervals.stated(p.figure), units.factor(p.figure, whole.figure)) for p in parts]
    return intervals.agree(intervals.total(scaled), intervals.stated(whole.figure))


def _falls(whole: Stated, parts: Sequence[Stated]) -> bool:
    return all(_comparable(item, whole) for item in parts) and _total(whole, parts) > whole.figure.value


def _total(whole: Stated, parts: Sequence[Stated]) -> Decimal:
    return sum((item.figure.value * units.factor(item.figure, whole.figure) for item in parts), Decimal(0))


def _report(unit: Unit, whole: Stated, parts: Sequence[Stated], verdict: Verdict) -> Finding:
    equation = _equation(unit, whole, parts, verdict)
    messages = {
        Verdict.CONSISTENT: Message(
            f"Các đơn vị cũ cộng khớp với đơn vị mới: {equation}", f"The former units add up to the new one: {equation}"
        ),
        Verdict.CONFLICT: Message(
            f"Các đơn vị cũ cộng không khớp với đơn vị mới: {equation}",
            f"The former units do not add up to the new one: {equation}",
        ),
        Verdict.UNKNOWN: Message(
            f"Lũy kế của đơn vị mới nhỏ hơn các đơn vị cũ cộng lại: {equation}; {REFORM_VI}",
            f"The new unit's running total is less than those of the former units: {equation}; {REFORM_EN}",
        ),
    }
    holds = verdict is Verdict.CONSISTENT
    return write(
        Claim(
            MERGED,
            verdict,
            Severity.NONE if holds else Severity.MEDIUM,
            messages[verdict],
            figures=(whole.figure, *(part.figure for part in parts)),
            difference=None if holds else abs(_total(whole, parts) - whole.figure.value),
            link=f"{indicator_name(whole, parts[0])}; các đơn vị hành chính cũ hợp thành đơn vị mới từ 01/7/2025",
        )
    )


def _equation(unit: Unit, whole: Stated, parts: Sequence[Stated], verdict: Verdict) -> str:
    total = _total(whole, parts)
    exact = total == whole.figure.value
    signs = {Verdict.CONSISTENT: "=" if exact else "≈", Verdict.CONFLICT: "≠", Verdict.UNKNOWN: "<"}
    told = " + ".join(
        f"{wording.quantity(part.figure)} ({unit.shown([name])}, {part.shown})"
        for name, part in zip(sorted(unit.former), parts, strict=True)
    )
    equation = f"{wording.with_unit(whole.figure)} ({whole.shown}) {signs[verdict]} {told}"
    return equation if exact else f"{equation} = {wording.number(total)}"
