"""Reconciling: everything that documents state is checked against everything else they state."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pipeline.models import Extraction, Finding, Severity, Verdict
from pipeline.reconcile import causes, checks
from pipeline.reconcile.context import Context
from pipeline.reconcile.doubt import as_questions
from pipeline.reconcile.registry import registered

__all__ = ["ranked", "reconcile"]

_LEAST_SUM = 3  # figures: a total and two parts
_VERDICTS = (Verdict.CONFLICT, Verdict.UNKNOWN, Verdict.CONSISTENT)
_SEVERITIES = (Severity.HIGH, Severity.MEDIUM, Severity.LOW, Severity.NONE)


def reconcile(extractions: Sequence[Extraction]) -> list[Finding]:
    """Check all documents against themselves and each other.

    Returns conflicts first, the gravest ones leading, then open questions, then the checks that hold; the order and
    the ids are the same in every run, whatever order the documents come in. Codes: docs/CHECKS.md.
    """
    context = Context(sorted(extractions, key=lambda extraction: extraction.document))
    found: dict[tuple[str, ...], Finding] = {}
    for check in registered(checks.__all__):
        for finding in check(context):
            found.setdefault(_subject(finding), finding)
    return ranked(as_questions(causes.explain(found.values(), context), context))


def ranked(findings: Iterable[Finding]) -> list[Finding]:
    """Return findings in the order in which `reconcile` gives them."""
    return sorted(findings, key=_rank)


def _subject(finding: Finding) -> tuple[str, ...]:
    """Return what a finding is about: two checks that add up the same figures tell the same thing."""
    summed = len(finding.figures) >= _LEAST_SUM
    return (finding.verdict, *sorted(finding.figures)) if summed else (finding.id,)


def _rank(finding: Finding) -> tuple[int, int, tuple[str, ...], int, str, str]:
    line = finding.evidence[0].line if finding.evidence else 0
    return (
        _VERDICTS.index(finding.verdict),
        _SEVERITIES.index(finding.severity),
        finding.documents,
        line,
        finding.code,
        finding.id,
    )
