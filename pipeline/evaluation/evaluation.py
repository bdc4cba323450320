"""Runs the product over a set of the pile and scores every stage against the gold.

The stages are called as the product calls them (`pipeline.run`, `reconcile`): what is measured is what a user gets.
"""

from __future__ import annotations

import multiprocessing
import tempfile
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from pipeline.errors import DoisoatError
from pipeline.evaluation import figures, findings, letters, tasks, texts
from pipeline.evaluation.figures import Found
from pipeline.evaluation.pile import DocumentGold, Pile, PileEntry
from pipeline.evaluation.texts import TextScore
from pipeline.models import Page, TextSource
from pipeline.normalize.repair import Repairer
from pipeline.ocr.intake import RefusedFile, collect
from pipeline.reconcile.reconciliation import reconcile
from pipeline.run import ProcessedDocument, process
from pipeline.settings import Settings

GARBLED_FORMS = ("garbled", "layer-only")
# What is no picture must not be read again, and what has a wrong layer over a picture must be.
RIGHT_SOURCES = {
    "digital": TextSource.LAYER,
    "zip": TextSource.LAYER,
    "scan": TextSource.RECOGNISED,
    "tiff": TextSource.RECOGNISED,
    "jpeg": TextSource.RECOGNISED,
    "layer": TextSource.RECOGNISED,
    "layer-only": TextSource.REPAIRED_LAYER,
    "garbled": TextSource.REPAIRED_LAYER,
    "text": TextSource.PLAIN,
}

Progress = Callable[[int, int, str], None]


@dataclass(frozen=True)
class Outcome:
    """What became of one file: the document as processed, or why it could not be."""

    entry: PileEntry
    processed: ProcessedDocument | None
    problem: str = ""


@dataclass(frozen=True)
class SetScore:
    """Every stage's score on one set. Texts that a set does not have score zero words and are left out of reports."""

    name: str
    documents: int
    failed: tuple[Outcome, ...]
    trust: Found
    recognised: TextScore
    mended: TextScore
    garbled: TextScore
    repaired: TextScore
    harm: TextScore
    own: TextScore
    components: Found
    citations: Found
    citation_dates: Found
    figure_value: Found
    figure_unit: Found
    figure_subject: Found
    prose_subject: Found
    table_subject: Found
    aspects: dict[str, Found]
    tasks: tasks.TaskScore
    indicators: Found
    findings: findings.FindingScore


def run_set(pile: Pile, name: str, settings: Settings, progress: Progress) -> list[Outcome]:
    """Processes all files of a set, `settings.jobs` at a time."""
    entries = pile.of(name)
    outcomes = []
    with ProcessPoolExecutor(settings.jobs, multiprocessing.get_context("spawn")) as pool:
        waiting = [pool.submit(run_one, entry, settings) for entry in entries]
        for number, future in enumerate(waiting, 1):
            outcomes.append(future.result())
            progress(number, len(entries), f"{name}: {entries[number - 1].document}")
    return outcomes


def run_one(entry: PileEntry, settings: Settings) -> Outcome:
    """Processes one file; a refusal is an outcome, not an error, so that the others are measured."""
    with tempfile.TemporaryDirectory() as workspace:
        for item in collect([entry.path], settings, Path(workspace)):
            if isinstance(item, RefusedFile):
                return Outcome(entry, None, str(item.error))
            try:
                # Every file of the pile is one document: of one that was parted, what is cut off counts as not found.
                return Outcome(entry, process(item, settings)[0])
            except DoisoatError as error:
                return Outcome(entry, None, str(error))
    return Outcome(entry, None, f"{entry.path.name}: không có văn bản nào / holds no document")


def score_set(pile: Pile, name: str, outcomes: Sequence[Outcome]) -> SetScore:
    """Scores what became of a set's files; a file that failed counts as one in which nothing was found."""
    scored = [(outcome, pile.gold(outcome.entry.document)) for outcome in outcomes]
    done = [(outcome, gold, outcome.processed) for outcome, gold in scored if outcome.processed]
    pages = [
        (form, truth, page)
        for outcome, gold, processed in done
        for form, truth, page in zip(outcome.entry.page_forms, gold.pages, processed.reading.pages, strict=False)
    ]
    scores = [_score_figures(gold, outcome.processed) for outcome, gold in scored]
    citations = [letters.score_citations(gold.citations, processed.extraction.citations) for _, gold, processed in done]
    return SetScore(
        name=name,
        documents=len(outcomes),
        failed=tuple(outcome for outcome in outcomes if not outcome.processed),
        trust=_score_trust(pages),
        recognised=texts.total(_recognised(truth, page, after=False) for _, truth, page in pages),
        mended=texts.total(_recognised(truth, page, after=True) for _, truth, page in pages),
        garbled=texts.total(_garbled(form, truth, page, after=False) for form, truth, page in pages),
        repaired=texts.total(_garbled(form, truth, page, after=True) for form, truth, page in pages),
        harm=texts.total(_harm(form, page) for form, _, page in pages),
        own=texts.total(_own(truth, page) for _, truth, page in pages),
        components=_sum(
            found
            for _, gold, processed in done
            for found in letters.score_components(gold.components, processed.extraction.components).values()
        ),
        citations=_sum(found for found, _ in citations),
        citation_dates=_sum(dates for _, dates in citations),
        figure_value=_sum(score.all.value for score in scores),
        figure_unit=_sum(score.all.unit for score in scores),
        figure_subject=_sum(score.all.subject for score in scores),
        prose_subject=_sum(score.prose for score in scores),
        table_subject=_sum(score.table for score in scores),
        aspects={name: _sum(score.all.aspects[name] for score in scores) for name in figures.ASPECTS},
        tasks=sum((_score_tasks(gold, outcome.processed) for outcome, gold in scored), tasks.TaskScore()),
        indicators=_sum(score.all.indicator for score in scores),
        findings=_score_findings(pile, outcomes),
    )


@dataclass(frozen=True)
class _DocumentFigures:
    all: figures.FigureScore
    prose: Found
    table: Found


def _score_figures(gold: DocumentGold, processed: ProcessedDocument | None) -> _DocumentFigures:
    true = [figures.from_json(record) for record in gold.figures]
    predicted = [figures.from_record(figure) for figure in processed.extraction.figures] if processed else []
    prose = [figure for figure in true if not figure.in_table]
    table = [figure for figure in true if figure.in_table]
    # Only recall can be told apart by place: a figure that should not be there belongs to neither.
    return _DocumentFigures(
        all=figures.score(true, predicted),
        prose=_recall_only(figures.score(prose, predicted).subject),
        table=_recall_only(figures.score(table, predicted).subject),
    )


def _score_tasks(gold: DocumentGold, processed: ProcessedDocument | None) -> tasks.TaskScore:
    predicted = [tasks.from_record(task) for task in processed.extraction.tasks] if processed else []
    return tasks.score([tasks.from_json(record) for record in gold.tasks], predicted)


def _recall_only(found: Found) -> Found:
    return Found(found.hits, found.true, found.hits)


def _score_trust(pages: Sequence[tuple[str, Sequence[str], Page]]) -> Found:
    """Pages whose text was taken from where it should be."""
    right = sum(RIGHT_SOURCES.get(form) is page.source for form, _, page in pages)
    return Found(right, len(pages), len(pages))


def _lines(page: Page, *, after: bool) -> list[str]:
    return [line.text if after else line.raw for line in page.lines]


def _recognised(truth: Sequence[str], page: Page, *, after: bool) -> TextScore:
    """A page read from its picture, as one stretch; footnote marks count as the digits that they are on paper."""
    if page.source is not TextSource.RECOGNISED:
        return TextScore()
    return texts.compare(texts.flat("\n".join(truth)), texts.flat("\n".join(_lines(page, after=after))))


def _garbled(form: str, truth: Sequence[str], page: Page, *, after: bool) -> TextScore:
    """A page of which only the wrong text is left."""
    if form not in GARBLED_FORMS:
        return TextScore()
    return texts.compare_lines(truth, _lines(page, after=after))


def _own(truth: Sequence[str], page: Page) -> TextScore:
    """A page whose own text was trusted, as handed on: its marks raised, its numerals whole."""
    if page.source not in (TextSource.LAYER, TextSource.PLAIN):
        return TextScore()
    return texts.compare("\n".join(truth), "\n".join(_lines(page, after=True)))


def _harm(form: str, page: Page) -> TextScore:
    """What the repair of garbled text would do to a page that is right already (`doisoat repair` has no other gate)."""
    if form != "digital":
        return TextScore()
    lines = _lines(page, after=False)
    return texts.changed_words(lines, Repairer.load().repair_lines(lines))


def _score_findings(pile: Pile, outcomes: Sequence[Outcome]) -> findings.FindingScore:
    extractions = [outcome.processed.extraction for outcome in outcomes if outcome.processed]
    predicted = [findings.from_record(finding) for finding in reconcile(extractions)]
    return findings.score(findings.read_gold(pile.findings), predicted)


def _sum(scores: Iterable[Found]) -> Found:
    return sum(scores, Found())
