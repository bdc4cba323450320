"""The records as they leave the house: the keys and formats of the JSON contract (docs/CLI.md), one model a kind.

Numbers are strings with a dot and no exponent, dates are ISO 8601, boxes are [x0, y0, x1, y1] in PDF points with the
origin at the top left. Keys may be added; those that are here keep their name and meaning.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Self

from pydantic import BaseModel, ConfigDict

from pipeline.archive.doubtful import DoubtfulWord
from pipeline.extract.corrected import stated
from pipeline.models import (
    Abbreviation,
    Box,
    Citation,
    DataCell,
    DataRow,
    DataTable,
    Evidence,
    Extraction,
    Figure,
    Finding,
    Number,
    Task,
)
from pipeline.reconcile.timeseries import Observation, Series


class ExportRecord(BaseModel):
    """Base of what is exported; the order of the fields is the order of the columns."""

    model_config = ConfigDict(frozen=True)


class FigureRecord(ExportRecord):
    """A figure (số liệu). A fraction's value is written "63/124".

    `machine_value`, and who corrected it, when and why, are there where a person corrected what the machine had read.
    """

    document: str
    page: int
    line: int
    subject: str
    value: str
    upper: str | None
    unit: str
    kind: str
    qualifier: str | None
    as_of: str | None
    period: str | None
    cumulative: bool | None
    status: str
    part_of: str | None
    indicator: str | None
    indicator_score: float | None
    indicator_reason: str | None
    dimensions: dict[str, str]
    low: str | None
    high: str | None
    in_words: str | None
    footnote: str | None
    confidence: float
    raw: str
    text: str
    box: tuple[float, float, float, float] | None
    whole: str | None
    machine_value: str | None
    machine_upper: str | None
    corrected_by: str | None
    corrected_at: str | None
    correction_reason: str | None
    id: str

    @classmethod
    def of(cls, figure: Figure) -> Self:
        """Make the record of a figure."""
        correction = figure.correction
        return cls(
            document=figure.evidence.document,
            page=figure.evidence.page,
            line=figure.evidence.line,
            subject=figure.subject,
            value=_value(stated(figure)),
            upper=_plain(figure.upper),
            unit=figure.unit,
            kind=figure.kind.value,
            qualifier=figure.qualifier,
            as_of=figure.as_of and figure.as_of.isoformat(),
            period=figure.period,
            cumulative=figure.cumulative,
            status=figure.status.value,
            part_of=_plain(figure.part_of),
            indicator=figure.indicator,
            indicator_score=figure.indicator_score,
            indicator_reason=figure.indicator_reason,
            dimensions=figure.dimensions,
            low=_plain(figure.interval.low),
            high=_plain(figure.interval.high),
            in_words=_plain(figure.in_words),
            footnote=figure.footnote,
            confidence=figure.confidence,
            raw=figure.evidence.raw,
            text=figure.evidence.text,
            box=_corners(figure.evidence.box),
            whole=figure.whole,
            machine_value=correction and _value(correction.machine),
            machine_upper=correction and _plain(correction.machine.upper),
            corrected_by=correction and correction.by,
            corrected_at=correction and correction.at.isoformat(),
            correction_reason=correction and correction.reason,
            id=figure.id,
        )


class ComponentsRecord(ExportRecord):
    """The parts of a document (thể thức văn bản), and where it stands.

    `first_page` and `last_page` are pages of `file`, 1-based; null where the document is the whole file.
    """

    document: str
    file: str
    first_page: int | None
    last_page: int | None
    type: str | None
    number: str | None
    symbol: str | None
    date: str | None
    issuer: str | None
    parent: str | None
    place: str | None
    subject: str | None
    to: tuple[str, ...]
    authority: str | None
    signer_title: str | None
    signer: str | None
    recipients: tuple[str, ...]
    urgency: str | None
    secrecy: str | None

    @classmethod
    def of(cls, extraction: Extraction) -> Self:
        """Make the record of a document's components."""
        part = extraction.part
        return cls(
            file=part.file if part else extraction.document,
            first_page=part and part.first_page,
            last_page=part and part.last_page,
            **extraction.components.model_dump(mode="json"),
        )


class CitationRecord(ExportRecord):
    """Another document that is named in this one."""

    document: str
    page: int
    line: int
    type: str | None
    number: str | None
    date: str | None
    issuer: str | None
    title: str | None
    raw: str
    text: str
    box: tuple[float, float, float, float] | None

    @classmethod
    def of(cls, citation: Citation) -> Self:
        """Make the record of a citation."""
        return cls(
            document=citation.evidence.document,
            page=citation.evidence.page,
            line=citation.evidence.line,
            type=citation.type,
            number=citation.number,
            date=citation.date and citation.date.isoformat(),
            issuer=citation.issuer,
            title=citation.title,
            raw=citation.evidence.raw,
            text=citation.evidence.text,
            box=_corners(citation.evidence.box),
        )


class TaskRecord(ExportRecord):
    """What an office is charged with (nhiệm vụ): `deadline` is the last day in time, `deadline_text` as printed."""

    document: str
    page: int
    line: int
    task: str
    lead: tuple[str, ...]
    support: tuple[str, ...]
    deadline: str | None
    deadline_text: str | None
    recurrence: str | None
    target: str | None
    raw: str
    text: str
    box: tuple[float, float, float, float] | None

    @classmethod
    def of(cls, task: Task) -> Self:
        """Make the record of a task."""
        return cls(
            document=task.evidence.document,
            page=task.evidence.page,
            line=task.evidence.line,
            task=task.task,
            lead=task.lead,
            support=task.support,
            deadline=task.deadline and task.deadline.isoformat(),
            deadline_text=task.deadline_text,
            recurrence=task.recurrence and task.recurrence.value,
            target=task.target,
            raw=task.evidence.raw,
            text=task.evidence.text,
            box=_corners(task.evidence.box),
        )


class AbbreviationRecord(ExportRecord):
    """A short name that a document defines (chữ viết tắt): in it, `short` stands for `full`."""

    document: str
    page: int
    line: int
    short: str
    full: str
    raw: str
    text: str
    box: tuple[float, float, float, float] | None

    @classmethod
    def of(cls, abbreviation: Abbreviation) -> Self:
        """Make the record of an abbreviation."""
        return cls(
            document=abbreviation.evidence.document,
            page=abbreviation.evidence.page,
            line=abbreviation.evidence.line,
            short=abbreviation.short,
            full=abbreviation.full,
            raw=abbreviation.evidence.raw,
            text=abbreviation.evidence.text,
            box=_corners(abbreviation.evidence.box),
        )


class TableCellRecord(ExportRecord):
    """A cell of a table: `column` is its place, 1-based; `value` and `unit` are those of the `figure` it states."""

    column: int
    text: str
    value: str | None
    unit: str | None
    figure: str | None

    @classmethod
    def of(cls, cell: DataCell, figures: Mapping[str, Figure]) -> Self:
        """Make the record of a cell; `figures` are the document's by their ids."""
        figure = figures.get(cell.figure or "")
        return cls(
            column=cell.column + 1,
            text=cell.text,
            value=_value(stated(figure)) if figure else None,
            unit=figure.unit if figure else None,
            figure=figure.id if figure else None,
        )


class TableRowRecord(ExportRecord):
    """A row of a table: `head` is what its numbers are of."""

    head: str
    page: int
    line: int
    cells: tuple[TableCellRecord, ...]

    @classmethod
    def of(cls, row: DataRow, figures: Mapping[str, Figure]) -> Self:
        """Make the record of a row."""
        cells = tuple(TableCellRecord.of(cell, figures) for cell in row.cells)
        return cls(head=row.head, page=row.page, line=row.line, cells=cells)


class TableRecord(ExportRecord):
    """A table (bảng, biểu): `number` is 1-based in its document, `page` and `line` are those of its first row."""

    document: str
    number: int
    page: int
    line: int
    title: str | None
    unit: str | None
    columns: tuple[str, ...]
    rows: tuple[TableRowRecord, ...]

    @classmethod
    def of(cls, document: str, table: DataTable, figures: Mapping[str, Figure]) -> Self:
        """Make the record of a table."""
        return cls(
            document=document,
            number=table.number,
            page=table.rows[0].page,
            line=table.rows[0].line,
            title=table.title,
            unit=table.unit,
            columns=table.columns,
            rows=tuple(TableRowRecord.of(row, figures) for row in table.rows),
        )


class ListedCellRecord(ExportRecord):
    """A cell with all that places it: the table, its row and column by number, 1-based, and by name."""

    document: str
    table: int
    title: str | None
    page: int
    line: int
    row: int
    head: str
    column: int
    name: str
    text: str
    value: str | None
    unit: str | None
    figure: str | None

    @classmethod
    def of(cls, table: TableRecord, row: int, cell: TableCellRecord) -> Self:
        """Make the record of a cell in the row of that number, 1-based."""
        within = table.rows[row - 1]
        return cls(
            document=table.document,
            table=table.number,
            title=table.title,
            page=within.page,
            line=within.line,
            row=row,
            head=within.head,
            column=cell.column,
            name=table.columns[cell.column - 1],
            text=cell.text,
            value=cell.value,
            unit=cell.unit,
            figure=cell.figure,
        )


class EvidenceRecord(ExportRecord):
    """Where one figure of a finding stands."""

    document: str
    page: int
    line: int
    raw: str
    text: str
    box: tuple[float, float, float, float] | None

    @classmethod
    def of(cls, evidence: Evidence) -> Self:
        """Make the record of a piece of evidence."""
        return cls(
            document=evidence.document,
            page=evidence.page,
            line=evidence.line,
            raw=evidence.raw,
            text=evidence.text,
            box=_corners(evidence.box),
        )


class FindingRecord(ExportRecord):
    """What a check says of some figures; `evidence` stands in the order of `figures`.

    `review` (open, accepted, dismissed) is what a person made of it, with who, when (UTC) and why.
    """

    verdict: str
    severity: str
    code: str
    documents: tuple[str, ...]
    message: str
    message_en: str
    values: tuple[str, ...]
    difference: str | None
    cause: str | None
    proposal: str | None
    link: str
    figures: tuple[str, ...]
    evidence: tuple[EvidenceRecord, ...]
    review: str
    reviewed_by: str | None
    reviewed_at: str | None
    review_reason: str | None
    id: str

    @classmethod
    def of(cls, finding: Finding) -> Self:
        """Make the record of a finding."""
        return cls(
            verdict=finding.verdict.value,
            severity=finding.severity.value,
            code=finding.code,
            documents=finding.documents,
            message=finding.message,
            message_en=finding.message_en,
            values=finding.values,
            difference=_plain(finding.difference),
            cause=finding.cause,
            proposal=finding.proposal,
            link=finding.link,
            figures=finding.figures,
            evidence=tuple(EvidenceRecord.of(evidence) for evidence in finding.evidence),
            review=finding.review.status.value,
            reviewed_by=finding.review.by,
            reviewed_at=finding.review.at and finding.review.at.isoformat(),
            review_reason=finding.review.reason,
            id=finding.id,
        )


class SeriesRecord(ExportRecord):
    """One value of an indicator's series: what, where, when, how much, and the place of the document that states it.

    `value` is in units of one. `time` is written as SDMX writes it, `dated` is false where it is the document's.
    `conflict` says that another place contradicts it, `findings` are the conflicts in which its figure takes part.
    """

    indicator: str
    name: str
    area: str
    dimensions: dict[str, str]
    status: str
    cumulative: bool
    time: str | None
    time_start: str | None
    time_end: str | None
    dated: bool
    value: str
    unit: str
    low: str | None
    high: str | None
    conflict: bool
    findings: tuple[str, ...]
    document: str
    issued: str | None
    page: int
    line: int
    text: str
    figure: str

    @classmethod
    def of(cls, series: Series, observed: Observation) -> Self:
        """Make the record of one value of a series."""
        time, figure = observed.time, observed.figure
        return cls(
            indicator=series.indicator.id,
            name=series.indicator.name,
            area=series.area,
            dimensions=dict(series.dimensions),
            status=series.key.status.value,
            cumulative=series.key.cumulative,
            time=time and time.sdmx,
            time_start=time and time.first.isoformat(),
            time_end=time and time.last.isoformat(),
            dated=observed.dated,
            value=format(observed.value, "f"),
            unit=series.unit,
            low=_plain(observed.interval.low),
            high=_plain(observed.interval.high),
            conflict=observed.in_conflict,
            findings=observed.findings,
            document=figure.evidence.document,
            issued=observed.issued and observed.issued.isoformat(),
            page=figure.evidence.page,
            line=figure.evidence.line,
            text=figure.evidence.text,
            figure=figure.id,
        )


class DoubtRecord(ExportRecord):
    """A doubtful word; `times` says how often the same word with the same other readings is doubtful in the archive."""

    times: int
    word: str
    others: tuple[str, ...]
    confidence: float
    document: str
    page: int
    line: int
    text: str
    raw: str

    @classmethod
    def of(cls, word: DoubtfulWord, times: int) -> Self:
        """Make the record of a doubtful word."""
        return cls(times=times, **word.model_dump())


def _value(number: Number) -> str:
    value = format(number.value, "f")
    return value if number.denominator is None else f"{value}/{number.denominator:f}"


def _plain(number: Decimal | None) -> str | None:
    return None if number is None else format(number, "f")


def _corners(box: Box | None) -> tuple[float, float, float, float] | None:
    return (box.x0, box.y0, box.x1, box.y1) if box else None
