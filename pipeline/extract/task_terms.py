"""What a task is given with, and the record made of it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.extract import deadlines, offices, task_labels
from pipeline.extract.deadlines import Clock, Deadline
from pipeline.extract.printed import PrintedLine
from pipeline.extract.task_labels import Labelled, Term
from pipeline.models import Task

# What leads on from a task's text to its list of offices.
_LEADS_ON = re.compile(r"[,;:\s]*(?:\b(?:cụ thể(?: như sau)?|như sau|trong đó|gồm)\s*)?[,;:./\s]*$", re.IGNORECASE)


@dataclass(frozen=True)
class Terms:
    """Who is charged with a task, who helps, by when, and what is to come out."""

    lead: tuple[str, ...] = ()
    support: tuple[str, ...] = ()
    deadline: Deadline | None = None
    target: str | None = None


@dataclass(frozen=True)
class Given:
    """A task as a document gives it: its text as printed, where that begins, and its terms."""

    text: str
    line: PrintedLine
    terms: Terms
    context: str = ""


def of_labels(labels: Sequence[Labelled], clock: Clock) -> Terms:
    """Return the terms that labels state."""
    lead: list[str] = []
    support: list[str] = []
    by: Deadline | None = None
    target: list[str] = []
    for label in labels:
        if label.term is Term.LEAD:
            lead += offices.listed(label.value)
        elif label.term is Term.SUPPORT:
            support += offices.listed(label.value)
        elif label.term is Term.DEADLINE:
            by = by or deadlines.whole(label.value, clock)
        elif label.term is Term.TARGET and label.value:
            target.append(label.value)
    return Terms(tuple(lead), tuple(support), by, "; ".join(target) or None)


def record(document: str, given: Given, clock: Clock) -> Task:
    """Make the record of a task; a deadline that no label states is sought in its text."""
    body = given.text[task_labels.mark_end(given.text) :].strip()
    stated = deadlines.find(body, clock)
    chosen = given.terms.deadline or next((d for d in stated if d.date), next(iter(stated), None))
    return Task(
        task=_LEADS_ON.sub("", deadlines.without(body, stated)),
        lead=given.terms.lead,
        support=given.terms.support,
        deadline=chosen.date if chosen else None,
        deadline_text=chosen.text if chosen else None,
        recurrence=chosen.recurrence if chosen else None,
        target=given.terms.target,
        evidence=given.line.evidence(document, given.context or given.text),
    )
