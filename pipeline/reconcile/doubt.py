"""Conflicts that rest on a numeral which may have been misread: they are asked about, not claimed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipeline.models import Finding, Severity, Verdict
from pipeline.reconcile.context import Context

_UNSURE = 0.5  # a figure no surer than this may be a misreading, or stand in another column
_ASKED, _ASKED_EN = "Cần xem lại bản gốc, số đọc chưa chắc. ", "Look at the page, the reading is not sure. "


def as_questions(findings: Iterable[Finding], context: Context) -> Iterator[Finding]:
    """Turn conflicts in which an unsure figure takes part into open questions."""
    sure = {figure.id: figure.confidence for figure in context.figures}
    for finding in findings:
        if finding.verdict is Verdict.CONFLICT and any(sure.get(id_, 1.0) <= _UNSURE for id_ in finding.figures):
            asked = {
                "verdict": Verdict.UNKNOWN,
                "severity": Severity.LOW,
                "message": _ASKED + finding.message,
                "message_en": _ASKED_EN + finding.message_en,
            }
            yield finding.model_copy(update=asked)
        else:
            yield finding
