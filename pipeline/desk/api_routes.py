"""What programs can ask for. Every function here is an address; its parameters are what may be asked."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query

from pipeline.archive.browsing import OpenedDocument
from pipeline.archive.citation_list import CitationFilter
from pipeline.archive.cited import CitedFilter, CitedKind, CitedOrder, Holding
from pipeline.archive.document_list import DocumentFilter, DocumentItem, DocumentOrder
from pipeline.archive.figure_list import FigureFilter
from pipeline.archive.finding_list import FindingFilter
from pipeline.archive.indicator_list import IndicatorCount, IndicatorFilter
from pipeline.archive.task_list import Due, TaskFilter
from pipeline.archive.windows import Listed, Window
from pipeline.desk.api_answers import Answer, CitedAnswer, DocumentAnswer, Item, LineAnswer, PageAnswer, SearchAnswer
from pipeline.desk.refusals import NotThere
from pipeline.desk.workplace import Work, Workplace
from pipeline.export.records import (
    CitationRecord,
    ComponentsRecord,
    FigureRecord,
    FindingRecord,
    SeriesRecord,
    TaskRecord,
)
from pipeline.extract.catalogue import catalogue
from pipeline.models import Grade, Kind, Severity, Verdict

router = APIRouter()

_LONGEST = 500
_MOST_HITS = 200
_ALL = 1_000_000

Words = Annotated[str, Query(max_length=_LONGEST, description="words, with marks or without")]
Number = Annotated[int, Path(ge=1, le=2**31, description="id of a document")]
Document = Annotated[int | None, Query(ge=1, le=2**31, description="id of a document")]
CitedNumber = Annotated[str | None, Query(max_length=_LONGEST, description="the cited number, whole: 57-NQ/TW")]
Lead = Annotated[str | None, Query(max_length=_LONGEST, description="an office that is charged with it, as printed")]
Since = Annotated[dt.date | None, Query(alias="from", description="the first day")]
Until = Annotated[dt.date | None, Query(alias="to", description="the last day")]


def _window(
    page: Annotated[int, Query(ge=1, le=1_000_000)] = 1, size: Annotated[int, Query(ge=1, le=500)] = 50
) -> Window:
    return Window(number=page, size=size)


Part = Annotated[Window, Depends(_window)]


@router.get("/documents")
def documents(
    work: Work,
    part: Part,
    q: Words = "",
    type: str | None = None,
    issuer: str | None = None,
    year: Annotated[int | None, Query(ge=1000, le=9999)] = None,
    grade: Grade | None = None,
    sort: DocumentOrder = DocumentOrder.NEWEST,
) -> Answer[DocumentItem]:
    """List documents."""
    chosen = DocumentFilter(text=q, type=type, issuer=issuer, year=year, grade=grade)
    listed = work.archive.browsing.documents(chosen, sort, part)
    return _answer(listed, listed.items)


@router.get("/documents/{document}")
def document(work: Work, document: Number) -> DocumentAnswer:
    """Open a document."""
    opened = _opened(work, document)
    return DocumentAnswer(
        document=opened.item,
        components=ComponentsRecord.of(opened.extraction),
        citations=tuple(CitationRecord.of(citation) for citation in opened.citations),
        tasks=tuple(TaskRecord.of(task) for task in opened.tasks),
        digest=opened.digest,
        media_type=opened.media_type,
        size=opened.size,
        names=opened.names,
    )


@router.get("/documents/{document}/pages/{page}")
def page(work: Work, document: Number, page: Number) -> PageAnswer:
    """Read a page of a document; pages are those of its file."""
    found = work.archive.browsing.page(document, page)
    if found is None:
        raise NotThere
    return PageAnswer(
        page=found.number,
        width=found.width,
        height=found.height,
        grade=found.grade.grade if found.grade else None,
        lines=tuple(LineAnswer(line=line.number, text=line.text, raw=line.raw) for line in found.lines),
    )


@router.get("/figures")
def figures(
    work: Work,
    part: Part,
    document: Document = None,
    indicator: str | None = None,
    kind: Kind | None = None,
    q: Words = "",
) -> Answer[FigureRecord]:
    """List figures in the order of documents and lines."""
    chosen = FigureFilter(document=document, indicator=indicator, kind=kind, text=q)
    listed = work.archive.browsing.figure_list(chosen, part)
    return _answer(listed, [FigureRecord.of(figure) for figure in listed.items])


@router.get("/findings")
def findings(
    work: Work,
    part: Part,
    verdict: Verdict | None = None,
    severity: Severity | None = None,
    code: str | None = None,
    document: Document = None,
) -> Answer[FindingRecord]:
    """List findings, the most severe first."""
    name = _opened(work, document).item.name if document else None
    chosen = FindingFilter(verdict=verdict, severity=severity, code=code, document=name)
    listed = work.archive.browsing.findings(chosen, part)
    return _answer(listed, [FindingRecord.of(finding) for finding in listed.items])


@router.get("/findings/{finding}")
def finding(work: Work, finding: str) -> FindingRecord:
    """Show a finding."""
    found = work.archive.browsing.finding(finding)
    if found is None:
        raise NotThere
    return FindingRecord.of(found)


@router.get("/search")
def search(work: Work, q: Words, limit: Annotated[int, Query(ge=1, le=_MOST_HITS)] = 20) -> SearchAnswer:
    """Find passages, with marks or without."""
    result = work.archive.search(q, limit)
    return SearchAnswer.model_validate(result, from_attributes=True)


@router.get("/tasks")
def tasks(
    work: Work,
    part: Part,
    due: Due | None = None,
    lead: Lead = None,
    since: Since = None,
    until: Until = None,
    document: Document = None,
    q: Words = "",
) -> Answer[TaskRecord]:
    """List tasks by deadline; `due=overdue` are those whose deadline has passed today."""
    today = dt.datetime.fromtimestamp(work.clock()).astimezone().date()
    chosen = TaskFilter(today=today, due=due, text=q, document=document, lead=lead, since=since, until=until)
    listed = work.archive.browsing.tasks(chosen, part)
    return _answer(listed, [TaskRecord.of(item.task) for item in listed.items])


@router.get("/citations")
def citations(
    work: Work,
    part: Part,
    document: Document = None,
    number: CitedNumber = None,
    type: str | None = None,
    since: Since = None,
    until: Until = None,
) -> Answer[CitationRecord]:
    """List the citations of all documents, or of one, in the order of documents and lines; days are those cited."""
    chosen = CitationFilter(document=document, number=number, type=type, since=since, until=until)
    listed = work.archive.browsing.citations(chosen, part)
    return _answer(listed, [CitationRecord.of(citation) for citation in listed.items])


@router.get("/cited-documents")
def cited_documents(
    work: Work,
    part: Part,
    kind: CitedKind = CitedKind.NUMBERED,
    q: Words = "",
    type: str | None = None,
    year: Annotated[int | None, Query(ge=1000, le=9999)] = None,
    holding: Holding | None = None,
    sort: CitedOrder = CitedOrder.TIMES,
) -> Answer[CitedAnswer]:
    """List the documents that documents of the archive cite, and what the archive has of them."""
    chosen = CitedFilter(kind=kind, text=q, type=type, year=year, holding=holding)
    listed = work.archive.browsing.cited_documents(chosen, sort, part)
    return _answer(listed, [CitedAnswer.of(cited) for cited in listed.items])


@router.get("/indicators")
def indicators(work: Work) -> tuple[IndicatorCount, ...]:
    """Count the figures of each indicator of the catalogue."""
    return work.archive.browsing.indicators()


@router.get("/indicators/{indicator}/series")
def series(
    work: Work,
    part: Part,
    indicator: str,
    issuer: str | None = None,
    since: Since = None,
    until: Until = None,
) -> Answer[SeriesRecord]:
    """List the values of an indicator's series, series by series, each in order of time.

    Ranges and copies of documents are no values; `/figures?indicator=` has all figures.
    """
    chosen = IndicatorFilter(indicator=indicator, issuer=issuer, since=since, until=until)
    stated = work.archive.browsing.indicator(chosen, Window(size=_ALL), catalogue(work.settings.indicators))
    values = [(item, observed) for item in stated.series for observed in item.observations]
    shown = values[part.offset : part.offset + part.size]
    records = tuple(SeriesRecord.of(item, observed) for item, observed in shown)
    return Answer(items=records, total=len(values), page=part.number, size=part.size)


def _answer(listed: Listed[Any], items: Sequence[Item]) -> Answer[Item]:
    return Answer(items=tuple(items), total=listed.total, page=listed.window.number, size=listed.window.size)


def _opened(work: Workplace, document: int) -> OpenedDocument:
    opened = work.archive.browsing.document(document)
    if opened is None:
        raise NotThere
    return opened
