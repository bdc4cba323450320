"""The scores as one table: a row for each measure of each stage, a column for each set."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.table import Table

from pipeline.evaluation.evaluation import SetScore
from pipeline.evaluation.figures import Found
from pipeline.evaluation.texts import TextScore


@dataclass(frozen=True)
class Row:
    """One measure on one set: `value` is a share (0 to 1, error rates may pass 1), measured on `count` things."""

    stage: str
    measure: str
    set: str
    value: float
    count: int


def rows(score: SetScore) -> Iterator[Row]:
    """Every measure of the set, rows without anything to measure left out."""
    for stage, measure, value, count in (
        *_reading(score),
        *_repair(score),
        *_extraction(score),
        *_reconciliation(score),
    ):
        if count:
            yield Row(stage, measure, score.name, value, count)


_Cells = Iterator[tuple[str, str, float, int]]


def _reading(score: SetScore) -> _Cells:
    yield "ocr", "documents that failed", len(score.failed) / max(1, score.documents), score.documents
    yield "ocr", "pages read from the right source", score.trust.recall, score.trust.true
    yield from _text("ocr", "recognised", score.recognised)


def _repair(score: SetScore) -> _Cells:
    yield from _text("repair", "recognised, mended", score.mended)
    yield from _text("repair", "garbled, as it came", score.garbled)
    yield from _text("repair", "garbled, repaired", score.repaired)
    yield from _text("repair", "own text, handed on", score.own)
    yield "repair", "clean words changed", score.harm.word_error_rate, score.harm.words


def _text(stage: str, what: str, text: TextScore) -> _Cells:
    yield stage, f"{what}: CER", text.character_error_rate, text.characters
    yield stage, f"{what}: WER", text.word_error_rate, text.words
    yield stage, f"{what}: numerals missed", 1 - text.numeral_recall, text.true_numerals
    yield stage, f"{what}: numerals false", 1 - text.numeral_precision, text.read_numerals


def _extraction(score: SetScore) -> _Cells:
    yield "extract", "components right", score.components.recall, score.components.true
    yield "extract", "citations F1", score.citations.f1, score.citations.true
    yield "extract", "citation dates right", score.citation_dates.recall, score.citation_dates.true
    for name, found in (
        ("value", score.figure_value),
        ("value, unit", score.figure_unit),
        ("value, unit, subject", score.figure_subject),
    ):
        yield "extract", f"figures F1: {name}", found.f1, found.true
    yield from _recall("figures recall in prose", score.prose_subject)
    yield from _recall("figures recall in tables", score.table_subject)
    for name, found in score.aspects.items():
        yield from _recall(f"aspect right: {name}", found)
    for name, found in (
        ("task", score.tasks.task),
        ("task, lead", score.tasks.lead),
        ("task, support", score.tasks.support),
        ("task, deadline", score.tasks.deadline),
        ("task, lead, support, deadline", score.tasks.whole),
    ):
        yield "extract", f"tasks F1: {name}", found.f1, found.true
    yield "extract", "indicators: precision", score.indicators.precision, score.indicators.predicted
    yield from _recall("indicators: recall", score.indicators)


def _recall(measure: str, found: Found) -> _Cells:
    yield "extract", measure, found.recall, found.true


def _reconciliation(score: SetScore) -> _Cells:
    found = score.findings
    told = found.conflicts.predicted
    yield "reconcile", "figures compared that should be", found.linked.recall, found.linked.true
    yield "reconcile", "conflicts found", found.conflicts.recall, found.conflicts.true
    yield "reconcile", "conflicts told that are none", len(found.false_alarms) / max(1, told), told
    yield "reconcile", "checks that hold, found", found.consistent.recall, found.consistent.true


def as_jsonl(scores: Sequence[SetScore]) -> Iterator[str]:
    """One JSON object a line: stage, measure, set, value, count."""
    for score in scores:
        for row in rows(score):
            yield json.dumps(
                {
                    "stage": row.stage,
                    "measure": row.measure,
                    "set": row.set,
                    "value": round(row.value, 6),
                    "count": row.count,
                },
                ensure_ascii=False,
            )


def as_table(scores: Sequence[SetScore]) -> Table:
    """The same for eyes, in per cent; a dash where a set has nothing to measure."""
    table = Table(title="Đánh giá các công đoạn / Evaluation of every stage (%)")
    table.add_column("stage")
    table.add_column("measure")
    for score in scores:
        table.add_column(score.name, justify="right")
    cells: dict[tuple[str, str], dict[str, float]] = {}
    for score in scores:
        for row in rows(score):
            cells.setdefault((row.stage, row.measure), {})[row.set] = row.value
    order = _ordered(scores)
    for number, (stage, measure) in enumerate(order):
        values = cells[stage, measure]
        shown = [f"{100 * values[s.name]:.2f}" if s.name in values else "–" for s in scores]
        last = number + 1 == len(order) or order[number + 1][0] != stage
        table.add_row(stage, measure, *shown, end_section=last)
    return table


def _ordered(scores: Sequence[SetScore]) -> list[tuple[str, str]]:
    """All measures that any set has, stage by stage."""
    names = dict.fromkeys((row.stage, row.measure) for score in scores for row in rows(score))
    stages = ("ocr", "repair", "extract", "reconcile")
    return sorted(names, key=lambda name: stages.index(name[0]))
