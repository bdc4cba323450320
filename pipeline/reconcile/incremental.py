"""Reconciling what has come in: new documents against themselves, and against what older ones state of the same.

What older documents say among each other stays as it was found. The weights of words in names, counted over all
documents in a whole run, are counted here over those at hand; a link at the edge may be told in one and not in the
other. A whole run (`reconcile`) settles it.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.models import Extraction, Finding
from pipeline.reconcile.checks import citations, duplicates
from pipeline.reconcile.reconciliation import ranked, reconcile

_FACTS = (duplicates.DOCUMENT, duplicates.ARCHIVE)


def reconcile_added(
    added: Sequence[Extraction], beside: Sequence[Extraction], known: Sequence[Finding]
) -> list[Finding]:
    """Return the findings of all documents after some came in.

    Args:
        added: The new documents, whole.
        beside: Of older documents the figures, with their sentences, and the citations that may be of one thing with
            those of the new ones.
        known: The findings before. One about a fact or a citation that a new finding is about, too, is replaced.
    """
    names = {extraction.document for extraction in added}
    found = [finding for finding in reconcile([*added, *beside]) if names.intersection(finding.documents)]
    stated = {figure for finding in found if finding.code in _FACTS for figure in finding.figures}
    cited = {finding.link for finding in found if finding.code == citations.DATES}
    made = {finding.id for finding in found}
    kept = [finding for finding in known if finding.id not in made and not _is_replaced(finding, stated, cited)]
    return ranked([*found, *kept])


def _is_replaced(finding: Finding, stated: set[str], cited: set[str]) -> bool:
    if finding.code in _FACTS:
        return not stated.isdisjoint(finding.figures)
    return finding.code == citations.DATES and finding.link in cited
