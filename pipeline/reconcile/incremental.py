"""Reconciling what has come in: new documents against themselves, and against what older ones state of the same.

What older documents say among each other stays as it was found. The weights of words in names, counted over all
documents in a whole run, are counted here over those at hand; a link at the edge may be told in one and not in the
other. What was told of two statements that were neighbours in time stays told when one comes in between them. A whole
run (`reconcile`) settles both.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.models import Extraction, Finding
from pipeline.reconcile.gathered import CITATION_DATES, FACTS, REPLACEABLE, Changes, Known
from pipeline.reconcile.reconciliation import reconcile


def reconcile_added(added: Sequence[Extraction], beside: Sequence[Extraction], known: Known) -> Changes:
    """Return what changes in the findings of all documents after some came in.

    Args:
        added: The new documents, whole.
        beside: Of older documents the figures, with their sentences, and the citations that may be of one thing with
            those of the new ones.
        known: The findings before. One about a fact or a citation that a new finding is about, too, is replaced. They
            are asked for only where the documents of such a new finding take part.
    """
    names = {extraction.document for extraction in added}
    made = tuple(finding for finding in reconcile([*added, *beside]) if names.intersection(finding.documents))
    gathered = [finding for finding in made if finding.code in REPLACEABLE]
    stated = {figure for finding in gathered if finding.code in FACTS for figure in finding.figures}
    cited = {finding.link for finding in gathered if finding.code == CITATION_DATES}
    older = {document for finding in gathered for document in finding.documents} - names
    gone = {item.id for item in known.replaceable(sorted(older)) if _is_replaced(item, stated, cited)} if older else ()
    return Changes(made, frozenset(gone))


def _is_replaced(finding: Finding, stated: set[str], cited: set[str]) -> bool:
    if finding.code in FACTS:
        return not stated.isdisjoint(finding.figures)
    return finding.code == CITATION_DATES and finding.link in cited
