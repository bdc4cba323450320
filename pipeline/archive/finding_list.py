"""The list of findings, filtered and counted in the database."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import ColumnElement, case, delete, func, select
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import InstrumentedAttribute

from pipeline.archive import decided, rows
from pipeline.archive.batches import in_batches
from pipeline.archive.schema import FindingDocumentRow, FindingRow
from pipeline.archive.windows import Listed, Window
from pipeline.models import Finding, Record, Severity, Verdict
from pipeline.reconcile.gathered import Changes

_RANKS = {severity.value: rank for rank, severity in enumerate(Severity)}


class FindingFilter(Record):
    """Which findings are listed; None lets all through."""

    verdict: Verdict | None = None
    severity: Severity | None = None
    code: str | None = None
    document: str | None = None


class FindingCounts(Record):
    """How many findings there are of each kind, each under the other conditions of a filter."""

    verdicts: dict[Verdict, int]
    severities: dict[Severity, int]
    codes: dict[str, int]


def findings(session: Session, chosen: FindingFilter, window: Window) -> Listed[Finding]:
    """List findings with what people made of them, the most severe first, then in the order of the reconciliation."""
    conditions = _conditions(chosen)
    total = session.scalars(select(func.count()).select_from(FindingRow).where(*conditions)).one()
    found = session.scalars(
        select(FindingRow)
        .where(*conditions)
        .order_by(case(_RANKS, value=FindingRow.severity), FindingRow.id)
        .limit(window.size)
        .offset(window.offset)
    )
    return Listed(tuple(decided.with_reviews(session, [rows.finding_of(row) for row in found])), total, window)


def finding(session: Session, identity: str) -> Finding | None:
    """Return one finding by its id, with what people made of it; None where there is none."""
    row = session.scalar(select(FindingRow).where(FindingRow.finding == identity))
    return decided.with_reviews(session, [rows.finding_of(row)])[0] if row else None


def of_documents(session: Session, documents: Collection[str], codes: Collection[str] = ()) -> list[Finding]:
    """Return the findings in which any of these documents takes part; with `codes`, those of one of them."""
    found: dict[int, Finding] = {}
    for some in in_batches(documents):
        query = select(FindingRow).where(FindingRow.documents.any(FindingDocumentRow.document.in_(some)))
        for row in session.scalars(query.where(FindingRow.code.in_(codes)) if codes else query):
            found[row.id] = rows.finding_of(row)
    return [found[number] for number in sorted(found)]


def change(session: Session, changes: Changes) -> None:
    """Take out what is gone and what is made anew, and put in what was made."""
    for some in in_batches(changes.gone | {finding.id for finding in changes.made}):
        session.execute(delete(FindingRow).where(FindingRow.finding.in_(some)))
    session.add_all(rows.finding_rows(changes.made))


def counts(session: Session, chosen: FindingFilter) -> FindingCounts:
    """Count the findings by verdict, severity and code; each leaves its own condition of the filter out."""
    verdicts = _count(session, FindingRow.verdict, chosen.model_copy(update={"verdict": None}))
    severities = _count(session, FindingRow.severity, chosen.model_copy(update={"severity": None}))
    return FindingCounts(
        verdicts={verdict: verdicts.get(verdict.value, 0) for verdict in Verdict},
        severities={severity: severities.get(severity.value, 0) for severity in Severity},
        codes=dict(sorted(_count(session, FindingRow.code, chosen.model_copy(update={"code": None})).items())),
    )


def _count(session: Session, column: InstrumentedAttribute[str], chosen: FindingFilter) -> dict[str, int]:
    found = session.execute(select(column, func.count()).where(*_conditions(chosen)).group_by(column))
    return {value: count for value, count in found}  # noqa: C416 - rows are no pairs to a type checker


def _conditions(chosen: FindingFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = []
    if chosen.verdict is not None:
        conditions.append(FindingRow.verdict == chosen.verdict.value)
    if chosen.severity is not None:
        conditions.append(FindingRow.severity == chosen.severity.value)
    if chosen.code is not None:
        conditions.append(FindingRow.code == chosen.code)
    if chosen.document is not None:
        conditions.append(FindingRow.documents.any(FindingDocumentRow.document == chosen.document))
    return conditions
