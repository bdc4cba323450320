"""The decisions that an archive holds, what they make of its figures and findings, and how new ones are added."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from pipeline.archive import rows, standing
from pipeline.archive.batches import in_batches
from pipeline.archive.decisions import CorrectFigure, Decision, FindingDecision, RestoreFigure, identity, in_order
from pipeline.archive.schema import DecisionRow, DocumentRow, FigureRow, FindingRow
from pipeline.archive.standing import StandingDecision
from pipeline.extract.corrected import corrected, corrected_figures
from pipeline.extract.merged_indicators import with_merged
from pipeline.models import Extraction, Figure, Finding


def decisions(session: Session) -> list[Decision]:
    """Return all decisions."""
    return [rows.decision_of(row) for row in session.scalars(select(DecisionRow).order_by(DecisionRow.id))]


def add(session: Session, made: Iterable[Decision]) -> list[Decision]:
    """Add the decisions that are not there yet, and return them in order."""
    known = set(session.scalars(select(DecisionRow.decision)))
    new = [decision for decision in in_order(made) if identity(decision) not in known]
    session.add_all(rows.decision_row(decision) for decision in new)
    return new


def with_corrections(session: Session, extractions: Sequence[Extraction]) -> list[Extraction]:
    """Return extractions with the numbers that people read, and the indicators into which they merged others."""
    made = decisions(session)
    readings = standing.readings(made, _figures(session, made))
    into = standing.merged(made)
    return [with_merged(corrected(extraction, readings), into) for extraction in extractions]


def as_corrected(session: Session, figures: Sequence[Figure]) -> list[Figure]:
    """Return figures with the numbers that people read."""
    made = decisions(session)
    return corrected_figures(figures, standing.readings(made, _figures(session, made)))


def merged(session: Session) -> dict[str, str]:
    """Return by which indicator each merged one is told."""
    return standing.merged(decisions(session))


def with_reviews(session: Session, findings: Sequence[Finding]) -> list[Finding]:
    """Return findings with what people made of them."""
    reviews = standing.reviews(decisions(session), findings)
    return [
        finding.model_copy(update={"review": reviews[finding.id]}) if finding.id in reviews else finding
        for finding in findings
    ]


def standings(session: Session) -> list[StandingDecision]:
    """Return all decisions in the order in which they were made, with whether they hold."""
    made = decisions(session)
    about = {item.target.id for item in made if isinstance(item, FindingDecision)}
    queries = (select(FindingRow).where(FindingRow.finding.in_(some)) for some in in_batches(about))
    findings = [rows.finding_of(row) for query in queries for row in session.scalars(query)]
    told = [
        *standing.of_findings(made, findings),
        *standing.of_figures(made, _figures(session, made)),
        *standing.of_indicators(made),
    ]
    by_identity = {identity(item.decision): item for item in told}
    return [by_identity[identity(decision)] for decision in in_order(made)]


def _figures(session: Session, made: Iterable[Decision]) -> standing.Figures:
    """Return the figures, as the machine read them, of the files about whose figures something was decided."""
    digests = {item.target.digest for item in made if isinstance(item, CorrectFigure | RestoreFigure)}
    found: dict[str, list[Figure]] = defaultdict(list)
    for digest in sorted(digests):
        query = select(FigureRow.record).join(DocumentRow).where(DocumentRow.digest == digest).order_by(FigureRow.id)
        found[digest] = [Figure.model_validate_json(record) for record in session.scalars(query)]
    return found
