"""Which decisions hold: of those about one thing the last, where the thing is still as it was when it was decided on.

That follows from the set of decisions and what the archive holds alone. In which order they came in, and whether they
came in twice, makes no difference.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum
from typing import TypeVar

from pipeline.archive.decisions import (
    AcceptFinding,
    CorrectFigure,
    Decision,
    DismissFinding,
    FigureDecision,
    FigureTarget,
    FindingDecision,
    IndicatorDecision,
    MergeIndicators,
    in_order,
)
from pipeline.extract.corrected import HumanReading
from pipeline.models import Figure, Finding, Record, Review, ReviewStatus


class Standing(StrEnum):
    """Whether a decision holds."""

    IN_FORCE = "in_force"
    SUPERSEDED = "superseded"  # by a later one
    CHANGED = "changed"  # the finding has other values now
    GONE = "gone"  # no such finding or figure is here: it was settled, is read otherwise now, or was never here


class StandingDecision(Record):
    """A decision, whether it holds, and the id of what it is about, as it is now; None where it is gone."""

    decision: Decision
    standing: Standing
    subject: str | None


Figures = Mapping[str, Sequence[Figure]]
"""Figures by the SHA-256 of the file in which they stand."""

_D = TypeVar("_D", FindingDecision, FigureDecision, IndicatorDecision)


def of_findings(decisions: Iterable[Decision], findings: Iterable[Finding]) -> list[StandingDecision]:
    """Say of each decision about a finding, in order, whether it holds."""
    known = {finding.id: finding for finding in findings}

    def standing(decision: FindingDecision) -> StandingDecision:
        finding = known.get(decision.target.id)
        if finding is None:
            return StandingDecision(decision=decision, standing=Standing.GONE, subject=None)
        same = finding.values == decision.target.values
        return StandingDecision(
            decision=decision, standing=Standing.IN_FORCE if same else Standing.CHANGED, subject=finding.id
        )

    return _last_in_force([item for item in in_order(decisions) if isinstance(item, FindingDecision)], standing)


def of_figures(decisions: Iterable[Decision], figures: Figures) -> list[StandingDecision]:
    """Say of each decision about a figure, in order, whether it holds."""

    def standing(decision: FigureDecision) -> StandingDecision:
        figure = find(decision.target, figures.get(decision.target.digest, ()))
        return StandingDecision(
            decision=decision,
            standing=Standing.IN_FORCE if figure else Standing.GONE,
            subject=figure.id if figure else None,
        )

    return _last_in_force([item for item in in_order(decisions) if isinstance(item, FigureDecision)], standing)


def of_indicators(decisions: Iterable[Decision]) -> list[StandingDecision]:
    """Say of each decision about an indicator, in order, whether it holds; the catalogue decides what is there."""

    def standing(decision: IndicatorDecision) -> StandingDecision:
        return StandingDecision(decision=decision, standing=Standing.IN_FORCE, subject=decision.target.id)

    return _last_in_force([item for item in in_order(decisions) if isinstance(item, IndicatorDecision)], standing)


def merged(decisions: Iterable[Decision]) -> dict[str, str]:
    """Return by which indicator each merged one is told; where merges go round in a circle none of them counts."""
    into = {
        item.decision.target.id: item.decision.into
        for item in of_indicators(decisions)
        if item.standing is Standing.IN_FORCE and isinstance(item.decision, MergeIndicators)
    }
    ends = {identity: _end(identity, into) for identity in into}
    return {identity: end for identity, end in ends.items() if end is not None}


def _end(identity: str, into: Mapping[str, str]) -> str | None:
    passed = {identity}
    while identity in into:
        identity = into[identity]
        if identity in passed:
            return None
        passed.add(identity)
    return identity


def reviews(decisions: Iterable[Decision], findings: Sequence[Finding]) -> dict[str, Review]:
    """Return what people made of findings, by their ids; those about which nothing holds are left out."""
    held = (item for item in of_findings(decisions, findings) if item.standing is Standing.IN_FORCE)
    return {item.subject: _review(item.decision) for item in held if item.subject}


def readings(decisions: Iterable[Decision], figures: Figures) -> dict[str, HumanReading]:
    """Return what people read in the place of the machine's numbers, by the ids of the figures."""
    return {
        item.subject: HumanReading(item.decision.number, item.decision.by, item.decision.at, item.decision.reason)
        for item in of_figures(decisions, figures)
        if item.standing is Standing.IN_FORCE and item.subject and isinstance(item.decision, CorrectFigure)
    }


def find(target: FigureTarget, figures: Iterable[Figure]) -> Figure | None:
    """Return the figure of a file that a decision is about, or None where it is not there or not told apart.

    Its number is read as it was, on its page. Lines may be counted otherwise, or the sentence be repaired otherwise,
    but not both: another figure with the same number must not be taken for it.
    """
    alike = [figure for figure in figures if figure.evidence.page == target.page and numeral(figure) == target.numeral]
    on_line = [figure for figure in alike if figure.evidence.line == target.line]
    in_text = [figure for figure in alike if (figure.evidence.text, figure.place.start) == (target.text, target.start)]
    both = [figure for figure in on_line if figure in in_text]
    return next((same[0] for same in (both, in_text, on_line) if len(same) == 1), None)


def numeral(figure: Figure) -> str:
    """Return a figure's number as it is printed."""
    return figure.evidence.text[figure.place.start : figure.place.end]


def _last_in_force(decisions: Sequence[_D], standing: Callable[[_D], StandingDecision]) -> list[StandingDecision]:
    told = [standing(decision) for decision in decisions]
    last = {item.subject: number for number, item in enumerate(told) if item.standing is Standing.IN_FORCE}
    return [
        item.model_copy(update={"standing": Standing.SUPERSEDED})
        if item.standing is Standing.IN_FORCE and last[item.subject] != number
        else item
        for number, item in enumerate(told)
    ]


def _review(decision: Decision) -> Review:
    status = ReviewStatus.OPEN
    if isinstance(decision, AcceptFinding):
        status = ReviewStatus.ACCEPTED
    elif isinstance(decision, DismissFinding):
        status = ReviewStatus.DISMISSED
    return Review(status=status, by=decision.by, at=decision.at, reason=decision.reason)
