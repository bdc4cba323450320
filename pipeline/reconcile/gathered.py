"""Findings that gather all statements of one thing: one more statement makes them anew, and this is what changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from pipeline.models import Finding

FACT_OF_DOCUMENT = "fact.document"
FACT_OF_DOCUMENTS = "fact.documents"
FACTS = (FACT_OF_DOCUMENT, FACT_OF_DOCUMENTS)
CITATION_DATES = "citation.dates"
REPLACEABLE = (*FACTS, CITATION_DATES)
"""The codes of these findings."""


class Known(Protocol):
    """Where the findings before stand."""

    def replaceable(self, documents: Sequence[str]) -> list[Finding]:
        """Return the findings with `REPLACEABLE` codes in which any of these documents takes part."""


@dataclass(frozen=True)
class Changes:
    """What new documents change in the findings: those made, and the ids of those whose place they take."""

    made: tuple[Finding, ...]
    gone: frozenset[str]
