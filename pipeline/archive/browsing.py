"""The archive as people look through it: lists window by window, and a document page by page, never all at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from pipeline.archive import (
    citation_list,
    cited_laws,
    cited_numbers,
    decided,
    document_list,
    figure_list,
    finding_list,
    held_documents,
    indicator_list,
    rows,
    task_list,
)
from pipeline.archive.citation_list import CitationFilter
from pipeline.archive.cited import (
    CitationPlace,
    CitedChoices,
    CitedDocument,
    CitedFilter,
    CitedKey,
    CitedKind,
    CitedOrder,
    HeldDocument,
)
from pipeline.archive.connection import Database
from pipeline.archive.document_list import DocumentChoices, DocumentFilter, DocumentItem, DocumentOrder
from pipeline.archive.figure_list import FigureFilter
from pipeline.archive.finding_list import FindingCounts, FindingFilter
from pipeline.archive.indicator_list import IndicatorCount, IndicatorFilter, StatedIndicator
from pipeline.archive.remembered import Remembered
from pipeline.archive.schema import DocumentRow, FigureRow, PageRow
from pipeline.archive.signed import signatures_in
from pipeline.archive.task_list import TaskCalendar, TaskFilter, TaskItem, TaskList
from pipeline.archive.windows import Listed, Window
from pipeline.extract.catalogue import Catalogue
from pipeline.models import (
    Citation,
    Components,
    DigitalSignature,
    Extraction,
    Figure,
    Finding,
    Grade,
    Page,
    Part,
    Record,
    Task,
)


class PageItem(Record):
    """A page of a document as its table of contents shows it; `width` and `height` are points, 0 for plain text."""

    number: int
    width: float
    height: float
    grade: Grade | None
    problem: str | None


class OpenedDocument(Record):
    """A document without the text of its pages. `digest`, `media_type`, `size` (bytes), `names` are its file's."""

    item: DocumentItem
    digest: str
    media_type: str
    size: int
    names: tuple[str, ...]
    version: str
    part: Part | None
    signatures: tuple[DigitalSignature, ...]
    components: Components
    pages: tuple[PageItem, ...]
    figures: tuple[Figure, ...]
    citations: tuple[Citation, ...]
    tasks: tuple[Task, ...]

    @property
    def extraction(self) -> Extraction:
        """What was found in it, without its sentences."""
        return Extraction(
            document=self.item.name,
            components=self.components,
            part=self.part,
            figures=self.figures,
            citations=self.citations,
            tasks=self.tasks,
        )


class Browsing:
    """Lists and documents for people who look through the archive; every answer is one consistent state."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._remembered = Remembered()

    def documents(self, chosen: DocumentFilter, order: DocumentOrder, window: Window) -> Listed[DocumentItem]:
        """List documents."""
        with self._database.reading() as session:
            return document_list.documents(session, chosen, order, window)

    def document_choices(self) -> DocumentChoices:
        """Return what documents can be filtered by."""
        with self._database.reading() as session:
            return self._remembered.get(session, "documents", document_list.choices)

    def document(self, number: int) -> OpenedDocument | None:
        """Open a document by its id; None where there is none."""
        with self._database.reading() as session:
            item = document_list.document(session, number)
            row = session.get(DocumentRow, number)
            if item is None or row is None:
                return None
            return _opened(session, row, item)

    def page(self, document: int, number: int) -> Page | None:
        """Return a page of a document with its lines; None where there is none."""
        with self._database.reading() as session:
            row = session.scalar(
                select(PageRow)
                .options(selectinload(PageRow.lines))
                .where(PageRow.document_id == document, PageRow.number == number)
            )
            return rows.page_of(row) if row else None

    def document_ids(self, names: Iterable[str]) -> dict[str, int]:
        """Return the ids of documents by their names; names of none are left out."""
        with self._database.reading() as session:
            found = session.execute(select(DocumentRow.name, DocumentRow.id).where(DocumentRow.name.in_(set(names))))
            return {name: number for name, number in found}  # noqa: C416 - a result is no mapping

    def page_items(self, document: int, numbers: Iterable[int]) -> dict[int, PageItem]:
        """Return some pages of a document, without their lines, by their numbers."""
        with self._database.reading() as session:
            found = session.scalars(
                select(PageRow).where(PageRow.document_id == document, PageRow.number.in_(set(numbers)))
            )
            return {row.number: _page_item(row) for row in found}

    def figures(self, documents: Iterable[int], identities: Iterable[str]) -> dict[str, Figure]:
        """Return figures of some documents (by their ids) by the figures' own ids; ids of none are left out."""
        with self._database.reading() as session:
            records = session.scalars(
                select(FigureRow.record).where(
                    FigureRow.document_id.in_(set(documents)), FigureRow.figure.in_(set(identities))
                )
            )
            found = decided.as_corrected(session, [Figure.model_validate_json(record) for record in records])
            return {figure.id: figure for figure in found}

    def figure_list(self, chosen: FigureFilter, window: Window) -> Listed[Figure]:
        """List figures in the order of documents and lines."""
        with self._database.reading() as session:
            return figure_list.figures(session, chosen, window)

    def findings(self, chosen: FindingFilter, window: Window) -> Listed[Finding]:
        """List findings, the most severe first."""
        with self._database.reading() as session:
            return finding_list.findings(session, chosen, window)

    def finding_counts(self, chosen: FindingFilter) -> FindingCounts:
        """Count findings by kind, each under the other conditions of a filter."""
        with self._database.reading() as session:
            return finding_list.counts(session, chosen)

    def finding(self, identity: str) -> Finding | None:
        """Return a finding by its id; None where there is none."""
        with self._database.reading() as session:
            return finding_list.finding(session, identity)

    def tasks(self, chosen: TaskFilter, window: Window) -> Listed[TaskItem]:
        """List tasks, those that are due first before the others."""
        with self._database.reading() as session:
            return task_list.tasks(session, chosen, window)

    def task_list(self, chosen: TaskFilter, window: Window) -> TaskList:
        """List tasks, and count them by when they are due and by the offices that lead them."""
        with self._database.reading() as session:
            return task_list.overview(session, chosen, window)

    def task_calendar(self, chosen: TaskFilter, most: int) -> TaskCalendar:
        """Return the tasks that have a deadline by its days, `most` tasks of each day."""
        with self._database.reading() as session:
            return task_list.by_day(session, chosen, most)

    def indicators(self) -> tuple[IndicatorCount, ...]:
        """Count the figures of each indicator, the most frequent first."""
        with self._database.reading() as session:
            return self._remembered.get(session, "indicators", indicator_list.indicators)

    def indicator(self, chosen: IndicatorFilter, window: Window, entries: Catalogue) -> StatedIndicator:
        """Return figures of an indicator, the latest first, and the series that they make by a catalogue."""
        with self._database.reading() as session:
            return indicator_list.stated(session, chosen, window, entries)

    def indicator_issuers(self, indicator: str) -> tuple[str, ...]:
        """Return whose documents state an indicator."""
        with self._database.reading() as session:
            return self._remembered.get(
                session, ("issuers", indicator), lambda asked: indicator_list.issuers(asked, indicator)
            )

    def citations(self, chosen: CitationFilter, window: Window) -> Listed[Citation]:
        """List citations in the order of documents and lines."""
        with self._database.reading() as session:
            return citation_list.citations(session, chosen, window)

    def cited_documents(self, chosen: CitedFilter, order: CitedOrder, window: Window) -> Listed[CitedDocument]:
        """List the documents that the archive's documents cite."""
        with self._database.reading() as session:
            if chosen.kind is CitedKind.NAMED:
                return cited_laws.cited_laws(session, chosen, order, window)
            return cited_numbers.cited_documents(session, self._remembered, chosen, order, window)

    def cited_choices(self, kind: CitedKind) -> CitedChoices:
        """Return what cited documents can be filtered by."""
        with self._database.reading() as session:
            choices = cited_laws.choices if kind is CitedKind.NAMED else cited_numbers.choices
            return self._remembered.get(session, ("choices", kind), choices)

    def cited(self, key: CitedKey) -> tuple[CitedDocument, ...]:
        """Return the cited documents with the number or title of a key, one for each date."""
        with self._database.reading() as session:
            if key.number:
                return cited_numbers.of_number(session, key.number)
            return cited_laws.of_title(session, key.title or "")

    def citation_places(self, key: CitedKey, window: Window) -> Listed[CitationPlace]:
        """List the places that cite a document, those in the latest documents first."""
        with self._database.reading() as session:
            placed = cited_numbers.placed if key.number else cited_laws.placed
            return placed(session, key, window)

    def held_citations(self, citations: Sequence[Citation]) -> list[tuple[CitedKey, tuple[HeldDocument, ...]]]:
        """Return of which cited document each citation is, and which documents of the archive that is."""
        with self._database.reading() as session:
            keys = cited_numbers.key_of(session, citations)
            here = held_documents.held(session, keys)
            return [(key, here.get(key, ())) for key in keys]

    def citing(self, document: OpenedDocument, window: Window) -> Listed[CitationPlace]:
        """List the places in other documents that cite a document, or may: they do not give its date."""
        with self._database.reading() as session:
            return cited_numbers.citing(session, document.components, document.item.id, window)


def _opened(session: Session, row: DocumentRow, item: DocumentItem) -> OpenedDocument:
    figures = [Figure.model_validate_json(figure.record) for figure in row.figures]
    return OpenedDocument(
        item=item,
        digest=row.digest,
        media_type=row.media_type,
        size=row.size,
        names=tuple(name.name for name in row.names),
        version=row.version,
        part=rows.part_of(row),
        signatures=signatures_in(row.signatures),
        components=Components.model_validate_json(row.components.record),
        pages=tuple(_page_item(page) for page in row.pages),
        figures=tuple(decided.as_corrected(session, figures)),
        citations=tuple(Citation.model_validate_json(citation.record) for citation in row.citations),
        tasks=tuple(Task.model_validate_json(task.record) for task in row.tasks),
    )


def _page_item(row: PageRow) -> PageItem:
    return PageItem(
        number=row.number,
        width=row.width,
        height=row.height,
        grade=Grade(row.grade) if row.grade else None,
        problem=row.problem,
    )
