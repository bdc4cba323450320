"""What is exported: the records of one kind under the name that their sheet has."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.archive.doubtful import DoubtfulWord
from pipeline.export.records import (
    AbbreviationRecord,
    CitationRecord,
    ComponentsRecord,
    DoubtRecord,
    ExportRecord,
    FigureRecord,
    FindingRecord,
    ListedCellRecord,
    SeriesRecord,
    TableRecord,
    TaskRecord,
)
from pipeline.models import Extraction, Finding, Task
from pipeline.reconcile.timeseries import Series


@dataclass(frozen=True)
class Sheet:
    """Records of one kind. `name` is for files ("figures"), `title` for the reader of a workbook."""

    name: str
    title: str
    kind: type[ExportRecord]
    records: Sequence[ExportRecord]


def figures(extractions: Iterable[Extraction]) -> Sheet:
    """Gather the figures of documents."""
    records = [FigureRecord.of(figure) for extraction in extractions for figure in extraction.figures]
    return Sheet("figures", "Số liệu", FigureRecord, records)


def components(extractions: Iterable[Extraction]) -> Sheet:
    """Gather the components of documents, one record a document."""
    records = [ComponentsRecord.of(extraction) for extraction in extractions]
    return Sheet("components", "Thể thức", ComponentsRecord, records)


def citations(extractions: Iterable[Extraction]) -> Sheet:
    """Gather the citations of documents."""
    records = [CitationRecord.of(citation) for extraction in extractions for citation in extraction.citations]
    return Sheet("citations", "Viện dẫn", CitationRecord, records)


def tasks(extractions: Iterable[Extraction]) -> Sheet:
    """Gather the tasks of documents, in the order in which they stand there."""
    return _tasks(task for extraction in extractions for task in extraction.tasks)


def tasks_by_deadline(extractions: Iterable[Extraction]) -> Sheet:
    """Gather the tasks of documents, those that are due first before the others, those without a day last."""
    found = [task for extraction in extractions for task in extraction.tasks]
    # Sorting is stable: tasks of one day keep the order of documents and lines.
    return _tasks(sorted(found, key=lambda task: task.deadline or dt.date.max))


def _tasks(found: Iterable[Task]) -> Sheet:
    return Sheet("tasks", "Nhiệm vụ", TaskRecord, [TaskRecord.of(task) for task in found])


def abbreviations(extractions: Iterable[Extraction]) -> Sheet:
    """Gather the abbreviations that documents define."""
    records = [AbbreviationRecord.of(defined) for extraction in extractions for defined in extraction.abbreviations]
    return Sheet("abbreviations", "Chữ viết tắt", AbbreviationRecord, records)


def tables(extractions: Iterable[Extraction]) -> Sheet:
    """Gather the tables of documents, one record a table."""
    return Sheet("tables", "Bảng", TableRecord, table_records(extractions))


def table_cells(extractions: Iterable[Extraction]) -> Sheet:
    """Gather the cells of all tables, one record a cell."""
    records = [
        ListedCellRecord.of(table, number, cell)
        for table in table_records(extractions)
        for number, row in enumerate(table.rows, 1)
        for cell in row.cells
    ]
    return Sheet("tables", "Ô của bảng", ListedCellRecord, records)


def table_records(extractions: Iterable[Extraction]) -> list[TableRecord]:
    """Make the records of the tables of documents."""
    return [
        TableRecord.of(extraction.document, table, {figure.id: figure for figure in extraction.figures})
        for extraction in extractions
        for table in extraction.tables
    ]


def findings(found: Iterable[Finding]) -> Sheet:
    """Gather findings."""
    return Sheet("findings", "Phát hiện", FindingRecord, [FindingRecord.of(finding) for finding in found])


def series(found: Iterable[Series]) -> Sheet:
    """Gather the values of series, one record a value."""
    records = [SeriesRecord.of(item, observed) for item in found for observed in item.observations]
    return Sheet("series", "Chuỗi số liệu", SeriesRecord, records)


def doubts(words: Iterable[DoubtfulWord]) -> Sheet:
    """Gather doubtful words, those that come most often first: one decision on such a word settles many."""
    listed = list(words)
    times = Counter((word.word.lower(), word.others) for word in listed)
    # Words that are as frequent as each other keep together; sorting is stable, so each stands in the order it came in.
    listed.sort(key=lambda word: (-times[word.word.lower(), word.others], word.word.lower(), word.others))
    records = [DoubtRecord.of(word, times[word.word.lower(), word.others]) for word in listed]
    return Sheet("doubts", "Từ nghi ngờ", DoubtRecord, records)
