"""The order of findings: conflicts first, the gravest ones leading, then open questions, then the checks that hold."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.models import Finding, Severity, Verdict

_VERDICTS = (Verdict.CONFLICT, Verdict.UNKNOWN, Verdict.CONSISTENT)
_SEVERITIES = (Severity.HIGH, Severity.MEDIUM, Severity.LOW, Severity.NONE)


def ranked(findings: Iterable[Finding]) -> list[Finding]:
    """Return findings in the order in which `reconcile` gives them."""
    return sorted(findings, key=_rank)


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
