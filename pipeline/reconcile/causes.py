"""Suspected causes of conflicts: what small slip would explain a wrong number, and what it should then have been.

A cause is told only when one small change of one figure makes the check hold; a proposal only when exactly one figure
could have slipped that way, counting against it the other checks in which that figure holds. Nothing is applied.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pipeline.models import Figure, Finding, Verdict
from pipeline.reconcile import units, wording
from pipeline.reconcile.checks import (
    areas,
    containment,
    duplicates,
    footing,
    inline,
    jumps,
    series,
    shares,
    tables,
    words,
)
from pipeline.reconcile.context import Context
from pipeline.reconcile.slips import slip

_READ_OTHERWISE = "hai lần đọc trang cho hai số, số kia làm phép tính khớp"
_NO_DIGIT = re.compile(r"\D")
_OVER_TIME = (series.FALLS, containment.CONTAINED, jumps.JUMP)


@dataclass(frozen=True)
class Repair:
    """A figure, the value that would make its check hold, and the slip that would explain the difference."""

    figure: Figure
    value: Decimal
    slip: str


def explain(findings: Iterable[Finding], context: Context) -> list[Finding]:
    """Return the findings with causes and proposals, each root cause reported once.

    Where one value for one figure would settle several conflicts, that figure is the root: the first of these conflicts
    is kept, and its proposal says how many it settles.
    """
    held = list(findings)
    trusted = Counter(identity for item in held if item.verdict is Verdict.CONSISTENT for identity in item.figures)
    conflicts = [item for item in held if item.verdict is Verdict.CONFLICT]
    repairs = {item.id: list(_repairs(item, context)) for item in conflicts}
    settled = Counter(_key(repair) for wanted in repairs.values() for repair in wanted)
    kept: list[Finding] = [item for item in held if item.verdict is not Verdict.CONFLICT]
    told: set[tuple[str, Decimal]] = set()
    # The check that the root figure is the result of tells more of it than those in which it is one part of many.
    for item in sorted(conflicts, key=lambda item: not _is_of_result(item, repairs[item.id], settled)):
        roots = [repair for repair in repairs[item.id] if settled[_key(repair)] > 1]
        if len(roots) == 1:
            key = _key(roots[0])
            if key not in told:
                kept.append(_rooted(item, roots[0], settled[key]))
            told.add(key)
        else:
            kept.append(_explained(item, [repair for repair in repairs[item.id] if repair.slip], trusted))
    return [item for item in kept if not _is_echo(item, conflicts)]


def _is_echo(finding: Finding, conflicts: Sequence[Finding]) -> bool:
    """Say whether a question over time is about a figure that already contradicts another one over time."""
    asked = finding.code in _OVER_TIME and finding.verdict is Verdict.UNKNOWN
    return asked and any(item.code in _OVER_TIME and set(item.figures) & set(finding.figures) for item in conflicts)


def _key(repair: Repair) -> tuple[str, Decimal]:
    return repair.figure.id, repair.value


def _is_of_result(finding: Finding, wanted: Sequence[Repair], settled: Counter[tuple[str, Decimal]]) -> bool:
    return any(settled[_key(repair)] > 1 and repair.figure.id == finding.figures[0] for repair in wanted)


def _rooted(finding: Finding, repair: Repair, count: int) -> Finding:
    cause = repair.slip or "một số sai làm nhiều phép tính không khớp"
    proposal = f"{_proposed(repair)}, khi đó {count} phép tính cùng khớp"
    return finding.model_copy(update={"cause": cause, "proposal": proposal})


def _explained(finding: Finding, slips: Sequence[Repair], trusted: Counter[str]) -> Finding:
    if not slips:
        return finding
    # What a second reader saw is better evidence than what could have slipped.
    slips = [repair for repair in slips if repair.slip == _READ_OTHERWISE] or slips
    least = min(trusted[repair.figure.id] for repair in slips)
    likely = [repair for repair in slips if trusted[repair.figure.id] == least]
    cause = "; ".join(dict.fromkeys(repair.slip for repair in likely))
    proposal = _proposed(likely[0]) if len(likely) == 1 else None
    return finding.model_copy(update={"cause": cause, "proposal": proposal})


def _proposed(repair: Repair) -> str:
    stated, place = wording.quantity(repair.figure), wording.places([repair.figure.evidence]).vi
    return f"kiểm tra lại {stated} tại {place}: có thể là {wording.number(repair.value)}"


def _repairs(finding: Finding, context: Context) -> Iterator[Repair]:
    figures = [figure for identity in finding.figures if (figure := context.figure(identity))]
    wanted = _WANTED.get(finding.code)
    for figure, value in wanted(finding, figures) if wanted and figures else ():
        if value >= 0 and value != figure.value:
            read = _READ_OTHERWISE if _is_other_reading(context, figure, value) else ""
            yield Repair(figure, value, read or slip(figure.value, value))


def _is_other_reading(context: Context, figure: Figure, value: Decimal) -> bool:
    """Say whether a reader of the page made this value of a figure's numeral, where the readers did not agree."""
    sentence = context.sentence(figure)
    doubts = sentence.doubts if sentence else ()
    at = (doubt for doubt in doubts if doubt.start < figure.place.end and doubt.end > figure.place.start)
    return any(_NO_DIGIT.sub("", other) == _NO_DIGIT.sub("", f"{value:f}") for doubt in at for other in doubt.others)


def _wanted_in_sum(_: Finding, figures: list[Figure]) -> Iterator[tuple[Figure, Decimal]]:
    whole, parts = figures[0], figures[1:]
    summed = sum((part.value for part in parts), Decimal(0))
    yield whole, summed
    for part in parts:
        yield part, whole.value - (summed - part.value)


def _wanted_in_pair(_: Finding, figures: list[Figure]) -> Iterator[tuple[Figure, Decimal]]:
    if len(figures) == 2:
        one, other = figures
        yield one, other.value * units.factor(other, one)
        yield other, one.value * units.factor(one, other)


def _wanted_in_words(finding: Finding, figures: list[Figure]) -> Iterator[tuple[Figure, Decimal]]:
    del finding
    if figures[0].in_words is not None:
        yield figures[0], figures[0].in_words


_Wanted = Callable[[Finding, list[Figure]], Iterator[tuple[Figure, Decimal]]]
_WANTED: dict[str, _Wanted] = {
    **dict.fromkeys(
        (areas.AREAS, footing.SUM, inline.INLINE, tables.ROW, tables.COLUMN, shares.SHARES), _wanted_in_sum
    ),
    duplicates.DOCUMENT: _wanted_in_pair,
    duplicates.ARCHIVE: _wanted_in_pair,
    words.WORDS: _wanted_in_words,
}
