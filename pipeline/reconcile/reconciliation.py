"""Reconciling: everything that documents state is checked against everything else they state."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.models import Extraction, Finding
from pipeline.reconcile import causes, checks
from pipeline.reconcile.context import Context
from pipeline.reconcile.doubt import as_questions
from pipeline.reconcile.ranking import ranked
from pipeline.reconcile.registry import registered

_LEAST_SUM = 3  # figures: a total and two parts


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


def _subject(finding: Finding) -> tuple[str, ...]:
    """Return what a finding is about: two checks that add up the same figures tell the same thing."""
    summed = len(finding.figures) >= _LEAST_SUM
    return (finding.verdict, *sorted(finding.figures)) if summed else (finding.id,)
