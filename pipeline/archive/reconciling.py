"""Reconciling an archive: everything anew, or only what has come in since the last time."""

from __future__ import annotations

from pipeline.archive.store import Archive
from pipeline.models import Finding
from pipeline.reconcile.incremental import reconcile_added
from pipeline.reconcile.reconciliation import reconcile


def reconcile_all(archive: Archive) -> list[Finding]:
    """Reconcile the whole archive as people corrected it, keep the findings there, and return them."""
    seen = archive.latest_event()
    archive.replace_findings(reconcile(archive.extractions()), seen)
    return archive.findings()


def reconcile_new(archive: Archive) -> list[Finding]:
    """Reconcile what came in since the last time, and return the findings in which it takes part.

    Everything is, where what was found before may not hold any more: after an update of the software or a decision.
    """
    seen = archive.latest_event()
    added = archive.unreconciled()
    if added is None:
        return reconcile_all(archive)
    if added:
        changes = reconcile_added(archive.extractions_of(added), archive.beside(added), archive)
        archive.change_findings(changes, seen)
    return archive.findings_of(added)
