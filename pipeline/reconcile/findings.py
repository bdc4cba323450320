"""Making a finding: its stable id, the documents and numbers that take part, and how much it should worry anyone."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from pipeline.models import Evidence, Figure, Finding, Severity, Verdict
from pipeline.reconcile import wording
from pipeline.reconcile.wording import Message


@dataclass(frozen=True)
class Claim:
    """What a check has to say, before it is written down as a Finding.

    `figures` take part in the order of the message. `numbers` are values that take part without being figures
    (the count of a list, dates have none). `evidence` is asked for where no figure leads back to the text.
    """

    code: str
    verdict: Verdict
    severity: Severity
    message: Message
    figures: Sequence[Figure] = ()
    numbers: Sequence[Decimal] = ()
    difference: Decimal | None = None
    link: str = ""
    evidence: Sequence[Evidence] = ()
    extra: Sequence[str] = field(default=())  # further strings that tell two findings of one place apart
    cause: str | None = None  # where the check itself sees what slipped
    proposal: str | None = None


def write(claim: Claim) -> Finding:
    """Write a claim down; the same claim about the same figures gets the same id in every run."""
    evidence = tuple(figure.evidence for figure in claim.figures) + tuple(claim.evidence)
    numbers = [value for figure in claim.figures for value in wording.values(figure)]
    numbers += [f"{value:f}" for value in claim.numbers]
    found_in = wording.places(evidence)
    return Finding(
        id=_identity(claim, evidence),
        code=claim.code,
        verdict=claim.verdict,
        severity=claim.severity,
        documents=tuple(dict.fromkeys(item.document for item in evidence)),
        figures=tuple(figure.id for figure in claim.figures),
        values=tuple(numbers),
        difference=claim.difference,
        link=claim.link,
        message=f"{claim.message.vi} ({found_in.vi}).",
        message_en=f"{claim.message.en} ({found_in.en}).",
        evidence=evidence,
        cause=claim.cause,
        proposal=claim.proposal,
    )


def _identity(claim: Claim, evidence: Sequence[Evidence]) -> str:
    parts = [claim.code, *sorted(figure.id for figure in claim.figures), *claim.extra]
    if not claim.figures:
        parts += [f"{item.document}:{item.line}" for item in evidence]
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]
