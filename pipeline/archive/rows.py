"""Records to rows of the archive's tables, and rows back to records."""

from __future__ import annotations

import datetime as dt
import zlib
from collections.abc import Sequence

from pydantic import TypeAdapter

from pipeline.archive import decisions, terms
from pipeline.archive.decisions import Decision
from pipeline.archive.passages import Passage, passages
from pipeline.archive.repaired import repaired_words
from pipeline.archive.schema import (
    AbbreviationRow,
    CitationRow,
    ComponentsRow,
    DecisionRow,
    DocumentRow,
    FigureRow,
    FindingDocumentRow,
    FindingRow,
    LineRow,
    NameRow,
    PageRow,
    PassageRow,
    SentenceRow,
    TaskRow,
)
from pipeline.archive.signed import signatures_column, signatures_in
from pipeline.models import (
    Abbreviation,
    Box,
    Citation,
    Components,
    DataTable,
    Doubt,
    Extraction,
    Figure,
    Finding,
    Grade,
    Line,
    LineRole,
    Page,
    PageGrade,
    Part,
    ProcessedDocument,
    Reading,
    Record,
    Region,
    Review,
    Sentence,
    Table,
    Task,
    TextSource,
    TrustDecision,
    Word,
)

_WORDS = TypeAdapter(tuple[Word, ...])
_DOUBTS = TypeAdapter(tuple[Doubt, ...])
_ABBREVIATIONS = TypeAdapter(tuple[Abbreviation, ...])
_TABLES = TypeAdapter(tuple[DataTable, ...])
_PAGE_TABLES = TypeAdapter(tuple[Table, ...])
_LINE_NUMBERS = TypeAdapter(tuple[int, ...])
_REGIONS = TypeAdapter(tuple[Region, ...])

_RANKS = {grade: rank for rank, grade in enumerate(Grade)}
_DAYS_FROM = len("2025-01-01/")  # where the last day of a period begins


def document_row(processed: ProcessedDocument, came_as: str, now: str) -> DocumentRow:
    """Make the row of a document with all that hangs from it; the search index is filled apart."""
    reading, extraction = processed.reading, processed.extraction
    return DocumentRow(
        digest=reading.digest,
        file=reading.part.file if reading.part else reading.document,
        first_page=reading.part and reading.part.first_page,
        last_page=reading.part and reading.part.last_page,
        name=reading.document,
        media_type=reading.media_type,
        size=reading.size,
        ingested_at=now,
        version=processed.version,
        ocr_seconds=processed.seconds.ocr,
        normalize_seconds=processed.seconds.normalize,
        extract_seconds=processed.seconds.extract,
        repaired_words=repaired_words(reading),
        doubtful_words=sum(len(line.doubts) for page in reading.pages for line in page.lines),
        worst=max((_RANKS[page.grade.grade] for page in reading.pages if page.grade), default=None),
        signatures=signatures_column(reading.signatures),
        abbreviations=_abbreviations_column(extraction.abbreviations),
        tables=zlib.compress(_TABLES.dump_json(extraction.tables)) if extraction.tables else None,
        names=[NameRow(name=came_as, first_seen_at=now)],
        pages=[_page_row(page) for page in reading.pages],
        sentences=[SentenceRow(record=_json(sentence)) for sentence in extraction.sentences],
        figures=[_figure_row(figure, extraction.components.date) for figure in extraction.figures],
        citations=[_citation_row(citation) for citation in extraction.citations],
        tasks=[_task_row(task) for task in extraction.tasks],
        components=_components_row(extraction.components, reading.document),
        passages=[_passage_row(passage) for passage in passages(reading, extraction)],
        short_names=[_abbreviation_row(abbreviation) for abbreviation in extraction.abbreviations],
    )


def reading_of(row: DocumentRow) -> Reading:
    """Rebuild the reading that a document row was made from."""
    return Reading(
        document=row.name,
        digest=row.digest,
        media_type=row.media_type,
        size=row.size,
        pages=tuple(page_of(page) for page in row.pages),
        signatures=signatures_in(row.signatures),
        part=part_of(row),
    )


def extraction_of(row: DocumentRow) -> Extraction:
    """Rebuild the extraction that a document row was made from."""
    return Extraction(
        document=row.name,
        components=Components.model_validate_json(row.components.record),
        part=part_of(row),
        sentences=tuple(Sentence.model_validate_json(sentence.record) for sentence in row.sentences),
        figures=tuple(Figure.model_validate_json(figure.record) for figure in row.figures),
        citations=tuple(Citation.model_validate_json(citation.record) for citation in row.citations),
        tasks=tuple(Task.model_validate_json(task.record) for task in row.tasks),
        abbreviations=_ABBREVIATIONS.validate_json(row.abbreviations) if row.abbreviations else (),
        tables=_TABLES.validate_json(zlib.decompress(row.tables)) if row.tables else (),
    )


def _abbreviation_row(abbreviation: Abbreviation) -> AbbreviationRow:
    return AbbreviationRow(
        short=abbreviation.short,
        full=abbreviation.full,
        folded_short=terms.key(abbreviation.short),
        folded_full=terms.key(abbreviation.full),
    )


def _abbreviations_column(abbreviations: tuple[Abbreviation, ...]) -> str | None:
    return _ABBREVIATIONS.dump_json(abbreviations).decode() if abbreviations else None


def page_of(row: PageRow) -> Page:
    """Rebuild a page."""
    return Page(
        number=row.number,
        lines=tuple(_line(line) for line in row.lines),
        width=row.width,
        height=row.height,
        source=TextSource(row.source),
        decision=TrustDecision.model_validate_json(row.decision) if row.decision else None,
        problem=row.problem,
        tables=_PAGE_TABLES.validate_json(row.tables) if row.tables else (),
        regions=_REGIONS.validate_json(row.regions) if row.regions else (),
        grade=PageGrade.model_validate_json(row.grading) if row.grading else None,
    )


def part_of(row: DocumentRow) -> Part | None:
    """Return which pages of its file a document is; None where it is the whole file."""
    if row.first_page is None or row.last_page is None:
        return None
    return Part(file=row.file, first_page=row.first_page, last_page=row.last_page)


def finding_rows(findings: Sequence[Finding]) -> list[FindingRow]:
    """Make the rows of findings, in their order."""
    return [
        FindingRow(
            finding=finding.id,
            code=finding.code,
            verdict=finding.verdict.value,
            severity=finding.severity.value,
            # What people made of it is kept by their decisions alone.
            record=_json(finding.model_copy(update={"review": Review()})),
            documents=[FindingDocumentRow(document=name) for name in dict.fromkeys(finding.documents)],
        )
        for finding in findings
    ]


def finding_of(row: FindingRow) -> Finding:
    """Rebuild a finding."""
    return Finding.model_validate_json(row.record)


def decision_row(decision: Decision) -> DecisionRow:
    """Make the row of a decision."""
    return DecisionRow(
        decision=decisions.identity(decision),
        kind=decision.kind.value,
        target=decision.target.id,
        by=decision.by,
        at=decision.at.isoformat(),
        record=decisions.to_json(decision),
    )


def decision_of(row: DecisionRow) -> Decision:
    """Rebuild a decision."""
    return decisions.of_json(row.record)


def line_numbers(row: PassageRow) -> tuple[int, ...]:
    """Return the numbers of the lines over which a passage runs."""
    return _LINE_NUMBERS.validate_json(row.lines)


def doubts_of(column: str | None) -> tuple[Doubt, ...]:
    """Return the doubtful words that the column `doubts` of a line or passage holds."""
    return _DOUBTS.validate_json(column) if column else ()


def _doubts_json(doubts: tuple[Doubt, ...]) -> str | None:
    return _DOUBTS.dump_json(doubts).decode() if doubts else None


def _json(record: Record) -> str:
    return record.model_dump_json(exclude_defaults=True)


def _page_row(page: Page) -> PageRow:
    return PageRow(
        number=page.number,
        width=page.width,
        height=page.height,
        source=page.source.value,
        decision=page.decision and _json(page.decision),
        problem=page.problem,
        grade=page.grade and page.grade.grade.value,
        grading=page.grade and _json(page.grade),
        regions=_REGIONS.dump_json(page.regions, exclude_defaults=True).decode() if page.regions else None,
        tables=_PAGE_TABLES.dump_json(page.tables, exclude_defaults=True).decode() if page.tables else None,
        lines=[_line_row(line) for line in page.lines],
    )


def _line_row(line: Line) -> LineRow:
    return LineRow(
        number=line.number,
        raw=line.raw,
        text=line.text,
        box=line.box and _json(line.box),
        words=zlib.compress(_WORDS.dump_json(line.words, exclude_defaults=True)) if line.words else None,
        role=line.role.value,
        note=line.note,
        confidences=bytes(round(100 * confidence) for confidence in line.confidences) or None,
        doubts=_doubts_json(line.doubts),
    )


def _line(row: LineRow) -> Line:
    return Line(
        number=row.number,
        raw=row.raw,
        text=row.text,
        box=Box.model_validate_json(row.box) if row.box else None,
        words=_WORDS.validate_json(zlib.decompress(row.words)) if row.words else (),
        role=LineRole(row.role),
        note=row.note,
        confidences=tuple(hundredths / 100 for hundredths in row.confidences or b""),
        doubts=doubts_of(row.doubts),
    )


def _figure_row(figure: Figure, issued: dt.date | None) -> FigureRow:
    day = figure.as_of or issued
    return FigureRow(
        figure=figure.id,
        value=format(figure.value, "f"),
        upper=None if figure.upper is None else format(figure.upper, "f"),
        kind=figure.kind.value,
        unit=figure.unit,
        subject=figure.subject,
        indicator=figure.indicator,
        as_of=figure.as_of and figure.as_of.isoformat(),
        period=figure.period,
        last_day=figure.period[_DAYS_FROM:] if figure.period else day and day.isoformat(),
        page=figure.evidence.page,
        line=figure.evidence.line,
        record=_json(figure),
    )


def _citation_row(citation: Citation) -> CitationRow:
    return CitationRow(
        type=citation.type,
        number=citation.number,
        date=citation.date and citation.date.isoformat(),
        sought=_sought(citation.type, citation.number, citation.date, citation.issuer, citation.title),
        record=_json(citation),
    )


def _task_row(task: Task) -> TaskRow:
    return TaskRow(
        deadline=task.deadline and task.deadline.isoformat(),
        recurrence=task.recurrence and task.recurrence.value,
        page=task.evidence.page,
        line=task.evidence.line,
        sought=_sought(task.task, *task.lead, *task.support, task.deadline_text, task.target, task.evidence.document),
        record=_json(task),
    )


def _components_row(components: Components, document: str) -> ComponentsRow:
    named = (components.type, components.number, components.symbol, components.issuer, components.subject)
    return ComponentsRow(
        type=components.type,
        number=components.number,
        symbol=components.symbol,
        issuer=components.issuer,
        date=components.date and components.date.isoformat(),
        subject=components.subject,
        record=_json(components),
        sought=_sought(document, *named),
    )


def _sought(*parts: object) -> str:
    """Return what rows are filtered by: their texts without marks."""
    return terms.folded("/".join(str(part or "") for part in parts))


def _passage_row(passage: Passage) -> PassageRow:
    return PassageRow(
        page=passage.page,
        lines=_LINE_NUMBERS.dump_json(passage.lines).decode(),
        text=passage.text,
        doubts=_doubts_json(passage.doubts),
    )
