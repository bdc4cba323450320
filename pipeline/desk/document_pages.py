"""The documents: their list, one of them page by page beside its picture, its records, its files."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import RedirectResponse, Response

from pipeline.archive.browsing import Browsing, OpenedDocument
from pipeline.archive.cited import CitedKey, HeldDocument
from pipeline.archive.document_list import DocumentFilter, DocumentOrder
from pipeline.archive.finding_list import FindingFilter
from pipeline.archive.windows import Window
from pipeline.desk.downloads import download, download_file
from pipeline.desk.figure_boxes import figure_boxes
from pipeline.desk.page_images import MEDIA_TYPE
from pipeline.desk.paging import Page as Paging
from pipeline.desk.refusals import NotThere
from pipeline.desk.rendering import show
from pipeline.desk.text_marks import Stretch, stretches
from pipeline.desk.visits import Reader
from pipeline.desk.workplace import Work
from pipeline.export import sheets
from pipeline.export.jsonl import jsonl
from pipeline.export.sheets import Sheet
from pipeline.export.xlsx import xlsx
from pipeline.models import Box, Citation, Figure, Finding, Grade, Line, Page, Verdict

router = APIRouter()

_ALL = Window(size=10_000)  # of one document's findings
_MOST_CITING = 100  # places listed beside a document; the page of what is cited has all
_KEEP_SECONDS = 3600

Number = Annotated[int, Path(ge=1, le=2**31)]


class View(StrEnum):
    """What stands beside the picture of a page."""

    TEXT = "text"
    FIGURES = "figures"
    TABLES = "tables"
    COMPONENTS = "components"
    CITATIONS = "citations"
    TASKS = "tasks"
    FILE = "file"


class RecordKind(StrEnum):
    """The records of a document that can be downloaded."""

    FIGURES = "figures"
    COMPONENTS = "components"
    CITATIONS = "citations"
    TASKS = "tasks"
    FINDINGS = "findings"


@dataclass(frozen=True)
class ShownLine:
    """A printed line as it is shown: `raw` only where it was repaired, `box` where it has a place on the page."""

    line: Line
    stretches: list[Stretch]
    raw: str | None


@dataclass(frozen=True)
class ShownFigure:
    """A figure of the page, its place on the picture, and whether it takes part in a conflict."""

    figure: Figure
    box: Box | None
    conflicts: bool


@dataclass(frozen=True)
class ShownCitation:
    """A citation with the key of the document that it is of, and what the archive has of that."""

    citation: Citation
    key: CitedKey
    held: tuple[HeldDocument, ...]


@router.get("/")
def first_page(_: Reader) -> Response:
    """Begin with the documents."""
    return RedirectResponse("/documents")


@router.get("/documents")
def documents(
    request: Request,
    visitor: Reader,
    work: Work,
    window: Paging,
    q: Annotated[str, Query(max_length=200)] = "",
    type: str = "",
    issuer: str = "",
    year: Annotated[str, Query(pattern=r"^(\d{4})?$")] = "",
    grade: Grade | str | None = None,
    sort: DocumentOrder = DocumentOrder.NEWEST,
) -> Response:
    """List the documents."""
    chosen = DocumentFilter(
        text=q,
        type=type or None,
        issuer=issuer or None,
        year=int(year) if year else None,
        grade=Grade(grade) if grade in set(Grade) else None,
    )
    browsing = work.archive.browsing
    return show(
        request,
        visitor,
        "documents.html",
        listed=browsing.documents(chosen, sort, window),
        chosen=chosen,
        choices=browsing.document_choices(),
        failures=work.archive.failures(),
        sort=sort,
        orders=list(DocumentOrder),
        grades=list(Grade),
    )


@router.get("/failures")
def failures(request: Request, visitor: Reader, work: Work) -> Response:
    """List the files that could not become documents, with reason and remedy."""
    return show(request, visitor, "failures.html", failures=work.archive.failures())


@router.get("/documents/{document}")
def document(document: Number, _: Reader, work: Work) -> Response:
    """Open a document at its first page."""
    opened = _opened(work.archive.browsing, document)
    return RedirectResponse(f"/documents/{document}/pages/{opened.pages[0].number}")


@router.get("/documents/{document}/pages/{page}")
def document_page(
    request: Request,
    visitor: Reader,
    work: Work,
    document: Number,
    page: Number,
    view: View = View.TEXT,
    raw: bool = False,
    line: int | None = None,
    figure: str | None = None,
) -> Response:
    """Show a page of a document: its picture, and beside it what was read and found."""
    browsing = work.archive.browsing
    opened = _opened(browsing, document)
    shown = browsing.page(document, page)
    if shown is None:
        raise NotThere
    findings = browsing.findings(FindingFilter(document=opened.item.name), _ALL).items
    return show(
        request,
        visitor,
        "document.html",
        document=opened,
        page=shown,
        view=view,
        views=list(View),
        raw=raw,
        chosen_line=line,
        chosen_figure=figure,
        lines=[_shown_line(each) for each in shown.lines],
        figures=_shown_figures(opened, shown, findings),
        findings=findings,
        cites=_shown_citations(browsing, opened) if view is View.CITATIONS else [],
        citing=browsing.citing(opened, Window(size=_MOST_CITING)),
    )


@router.get("/documents/{document}/pages/{page}/image")
def page_image(visitor: Reader, work: Work, document: Number, page: Number) -> Response:
    """Draw a page."""
    opened = _opened(work.archive.browsing, document)
    if page not in {each.number for each in opened.pages}:
        raise NotThere
    picture = work.images.of(opened, page)
    if picture is None:
        raise NotThere
    return Response(picture, media_type=MEDIA_TYPE, headers={"Cache-Control": f"private, max-age={_KEEP_SECONDS}"})


@router.get("/documents/{document}/figures/{figure}")
def document_figure(request: Request, visitor: Reader, work: Work, document: Number, figure: str) -> Response:
    """Show the record of a figure, with the findings in which it takes part."""
    browsing = work.archive.browsing
    opened = _opened(browsing, document)
    record = next((each for each in opened.figures if each.id == figure), None)
    page = browsing.page(document, record.evidence.page) if record else None
    if record is None or page is None:
        raise NotThere
    findings = browsing.findings(FindingFilter(document=opened.item.name), _ALL).items
    return show(
        request,
        visitor,
        "figure.html",
        document=opened,
        figure=record,
        page=page,
        box=figure_boxes(page, opened.figures).get(record.id),
        whole=next((each for each in opened.figures if each.id == record.whole), None),
        pieces=[each for each in opened.figures if each.whole == record.id],
        findings=[finding for finding in findings if record.id in finding.figures],
    )


@router.get("/documents/{document}/original")
def original(visitor: Reader, work: Work, document: Number) -> Response:
    """Download the file as it came in."""
    opened = _opened(work.archive.browsing, document)
    name = opened.part.file if opened.part else opened.item.name
    return download_file(work.archive.original_of(opened.digest, opened.media_type), name)


@router.get("/documents/{document}/records.xlsx")
def workbook(visitor: Reader, work: Work, document: Number) -> Response:
    """Download all records of a document as a workbook."""
    browsing = work.archive.browsing
    opened = _opened(browsing, document)
    return download(xlsx([_sheet(browsing, opened, kind) for kind in RecordKind]), f"{opened.item.name}.xlsx")


@router.get("/documents/{document}/{kind}.jsonl")
def records(visitor: Reader, work: Work, document: Number, kind: RecordKind) -> Response:
    """Download the records of one kind of a document, one JSON object a line."""
    browsing = work.archive.browsing
    opened = _opened(browsing, document)
    return download(jsonl(_sheet(browsing, opened, kind)), f"{opened.item.name}.{kind.value}.jsonl")


def _sheet(browsing: Browsing, opened: OpenedDocument, kind: RecordKind) -> Sheet:
    if kind is RecordKind.FINDINGS:
        return sheets.findings(browsing.findings(FindingFilter(document=opened.item.name), _ALL).items)
    gather = {
        RecordKind.FIGURES: sheets.figures,
        RecordKind.COMPONENTS: sheets.components,
        RecordKind.CITATIONS: sheets.citations,
        RecordKind.TASKS: sheets.tasks,
    }
    return gather[kind]([opened.extraction])


def _opened(browsing: Browsing, document: int) -> OpenedDocument:
    opened = browsing.document(document)
    if opened is None:
        raise NotThere
    return opened


def _shown_line(line: Line) -> ShownLine:
    return ShownLine(line, stretches(line.text, line.doubts), line.raw if line.raw != line.text else None)


def _shown_citations(browsing: Browsing, opened: OpenedDocument) -> list[ShownCitation]:
    found = browsing.held_citations(opened.citations)
    return [ShownCitation(citation, key, held) for citation, (key, held) in zip(opened.citations, found, strict=True)]


def _shown_figures(opened: OpenedDocument, page: Page, findings: tuple[Finding, ...]) -> list[ShownFigure]:
    in_conflict = {figure for finding in findings if finding.verdict is Verdict.CONFLICT for figure in finding.figures}
    boxes = figure_boxes(page, opened.figures)
    return [
        ShownFigure(figure, boxes.get(figure.id), figure.id in in_conflict)
        for figure in opened.figures
        if figure.evidence.page == page.number
    ]
