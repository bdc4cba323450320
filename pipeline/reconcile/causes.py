"""Suspected causes of conflicts: what small slip would explain a wrong number, and what it should then have been.

A cause is told only when one small change of one figure makes the check hold; a proposal only when exactly one figure
could have slipped that way, counting against it the other checks in which that figure holds. Nothing is applied.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from pipeline.models import Figure, Finding, Verdict
from pipeline.reconcile import wording
from pipeline.reconcile.checks import duplicates, footing, words
from pipeline.reconcile.context import Context
from pipeline.reconcile.slips import slip


@dataclass(frozen=True)
class Repair:
    """A figure, the value that would make its check hold, and the slip that would explain the difference."""

    figure: Figure
    value: Decimal
    slip: str


def explain(findings: Iterable[Finding], context: Context) -> list[Finding]:
    """Return the findings, the conflicts among them with cause and proposal where one can be told."""
    held = list(findings)
    trusted = Counter(identity for item in held if item.verdict is Verdict.CONSISTENT for identity in item.figures)
    return [_explained(item, context, trusted) if item.verdict is Verdict.CONFLICT else item for item in held]


def _explained(finding: Finding, context: Context, trusted: Counter[str]) -> Finding:
    figures = [figure for identity in finding.figures if (figure := context.figure(identity))]
    repairs = [repair for repair in _repairs(finding, figures) if repair.slip]
    if not repairs:
        return finding
    least = min(trusted[repair.figure.id] for repair in repairs)
    likely = [repair for repair in repairs if trusted[repair.figure.id] == least]
    cause = "; ".join(dict.fromkeys(repair.slip for repair in likely))
    proposal = None
    if len(likely) == 1:
        stated, value = wording.quantity(likely[0].figure), wording.number(likely[0].value)
        proposal = f"kiểm tra lại {stated} tại {wording.where(likely[0].figure.evidence).vi}: có thể là {value}"
    return finding.model_copy(update={"cause": cause, "proposal": proposal})


def _repairs(finding: Finding, figures: list[Figure]) -> Iterator[Repair]:
    wanted = _WANTED.get(finding.code)
    for figure, value in wanted(finding, figures) if wanted and figures else ():
        if value >= 0 and value != figure.value:
            yield Repair(figure, value, slip(figure.value, value))


def _wanted_in_sum(_: Finding, figures: list[Figure]) -> Iterator[tuple[Figure, Decimal]]:
    whole, parts = figures[0], figures[1:]
    summed = sum((part.value for part in parts), Decimal(0))
    yield whole, summed
    for part in parts:
        yield part, whole.value - (summed - part.value)


def _wanted_in_pair(_: Finding, figures: list[Figure]) -> Iterator[tuple[Figure, Decimal]]:
    if len(figures) == 2:
        yield figures[0], figures[1].value
        yield figures[1], figures[0].value


def _wanted_in_words(finding: Finding, figures: list[Figure]) -> Iterator[tuple[Figure, Decimal]]:
    if figures[0].in_words is not None:
        yield figures[0], figures[0].in_words


_Wanted = Callable[[Finding, list[Figure]], Iterator[tuple[Figure, Decimal]]]
_WANTED: dict[str, _Wanted] = {
    footing.SUM: _wanted_in_sum,
    duplicates.DOCUMENT: _wanted_in_pair,
    duplicates.ARCHIVE: _wanted_in_pair,
    words.WORDS: _wanted_in_words,
}
