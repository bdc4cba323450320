"""How many of the contradictions were found, how many false alarms there are, and what holds and was said to hold.

A gold row is answered by a finding of the same verdict that shares a document with it and at least two of its
distinct numbers (one, where it has only one).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

from pipeline.evaluation.figures import Found
from pipeline.models import Finding

CONFLICT, CONSISTENT, IMPLIED = "conflict", "consistent", "implied"
_NUMERAL = re.compile(r"\d+(?:[.,]\d+)*")
_GROUPED = re.compile(r"\d{1,3}(\.\d{3})+")


@dataclass(frozen=True)
class GoldFinding:
    """A row of findings.tsv. `implied` conflicts follow from another one: no loss if untold, no false alarm if told."""

    id: str
    verdict: str
    kind: str
    documents: frozenset[str]
    numbers: frozenset[Decimal]
    note: str


@dataclass(frozen=True)
class StatedFinding:
    """A finding as far as it is compared."""

    verdict: str
    documents: tuple[str, ...]
    numbers: frozenset[Decimal]
    message: str = ""


@dataclass(frozen=True)
class FindingScore:
    """`linked` asks only whether the right figures were compared, whatever was said of them."""

    conflicts: Found
    consistent: Found
    linked: Found
    missed: tuple[GoldFinding, ...]
    false_alarms: tuple[StatedFinding, ...]


def read_gold(path: Path) -> list[GoldFinding]:
    """The rows of a findings.tsv; lines beginning with # are left out."""
    rows = []
    for line in path.read_text(encoding="utf-8").splitlines():
        cells = line.split("\t")
        if not line.startswith("#") and len(cells) >= 5:
            documents = frozenset(re.split(r"[,\s]+", cells[3])) - {""}
            rows.append(GoldFinding(cells[0], cells[1], cells[2], documents, numbers(cells[4]), cells[-1]))
    return rows


def numbers(text: str) -> frozenset[Decimal]:
    """All numbers of a cell; "4.122" is grouped thousands, "91,67" a decimal."""
    found = set()
    for numeral in _NUMERAL.findall(text):
        whole = numeral.replace(".", "") if _GROUPED.fullmatch(numeral) else numeral
        try:
            found.add(Decimal(whole.replace(",", ".")).normalize())
        except InvalidOperation:
            continue  # "1.234.56" is no number in either notation
    return frozenset(found)


def from_record(finding: Finding) -> StatedFinding:
    """A finding that the reconcile stage made."""
    return stated(finding.verdict.value, finding.documents, finding.values, finding.message)


def stated(verdict: str, documents: Sequence[str], values: Iterable[str], message: str = "") -> StatedFinding:
    """A finding from its keys; values are decimal strings, fractions count as two numbers."""
    found = set()
    for value in values:
        for part in value.split("/"):
            try:
                found.add(Decimal(part.strip().rstrip("%")).normalize())
            except InvalidOperation:
                continue  # a value that is no number cannot answer a row
    return StatedFinding(verdict, tuple(documents), frozenset(found), message)


def score(gold: Sequence[GoldFinding], predicted: Sequence[StatedFinding]) -> FindingScore:
    """All findings against all rows."""
    owed = [row for row in gold if row.verdict in (CONFLICT, CONSISTENT)]
    answered = {row.id for row in owed if any(_answers(finding, row) for finding in predicted)}
    linked = {row.id for row in owed if any(_links(finding, row) for finding in predicted)}
    told = [finding for finding in predicted if finding.verdict == CONFLICT]
    rows = [row for row in gold if row.verdict in (CONFLICT, IMPLIED)]
    false_alarms = [finding for finding in told if not any(_links(finding, row) for row in rows)]
    holding = [finding for finding in predicted if finding.verdict == CONSISTENT]
    conflicts, consistent = (
        [row for row in owed if row.verdict == CONFLICT],
        [row for row in owed if row.verdict == CONSISTENT],
    )
    return FindingScore(
        conflicts=Found(sum(row.id in answered for row in conflicts), len(conflicts), len(told)),
        consistent=Found(sum(row.id in answered for row in consistent), len(consistent), len(holding)),
        linked=Found(len(linked), len(owed), len(predicted)),
        missed=tuple(row for row in owed if row.id not in answered),
        false_alarms=tuple(false_alarms),
    )


def _answers(finding: StatedFinding, row: GoldFinding) -> bool:
    return finding.verdict == row.verdict and _links(finding, row)


def _links(finding: StatedFinding, row: GoldFinding) -> bool:
    anywhere = not row.documents or not finding.documents
    if not anywhere and not any(document in named for document in row.documents for named in finding.documents):
        return False
    common = row.numbers & finding.numbers
    return bool(common) and len(common) >= min(2, len(row.numbers))
