"""The pages of a PDF, each from the source that the evidence speaks for: its layer, its picture, or its repair."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pypdfium2 as pdfium

from pipeline.errors import InputFileError
from pipeline.language.legacy.fonts import legacy_font
from pipeline.models import Page, TextSource, Trust, TrustDecision
from pipeline.ocr import pdf, refusals
from pipeline.ocr.layer import text_lines
from pipeline.ocr.lines import PrintedLine
from pipeline.ocr.pictures import in_colour, in_grey
from pipeline.ocr.recogniser import BegunPage, Finish, Recogniser
from pipeline.ocr.recognition import PageImage
from pipeline.ocr.rulings import Ruling, rulings
from pipeline.ocr.tables import tables
from pipeline.ocr.trust import PageEvidence, decide, encoding_problem
from pipeline.settings import Settings

_MOSTLY = 0.5


@dataclass(frozen=True)
class JudgedPage:
    """A page with all that is known before it is recognised: its makeup, its own lines, and the decision on them."""

    made_of: pdf.PageMakeup
    layer: list[PrintedLine]
    evidence: PageEvidence
    decision: TrustDecision


def pages(path: Path, name: str, settings: Settings, recogniser: Recogniser) -> Iterator[tuple[Page, int]]:
    """Yield each page of the PDF with the number of pages in all.

    No more pages are in memory than the recogniser reads at once.

    Raises:
        InputFileError, EncryptedFileError: The file cannot be opened at all.
        MissingDependencyError: A page must be recognised and Tesseract is missing.
    """
    line_number = 1
    with pdf.opened(path, name, settings) as document:
        total = len(document)
        begun = (_begin_or_problem(document, index, name, settings, recogniser) for index in range(total))
        for finish in recogniser.ahead(begun):
            page = finish(line_number)
            line_number += len(page.lines)
            yield page, total


def _begin_or_problem(
    document: pdfium.PdfDocument, index: int, name: str, settings: Settings, recogniser: Recogniser
) -> Finish:
    where = f"{name}, trang / page {index + 1}"
    try:
        with closing(document[index]) as page:
            return _begin(page, Page(number=index + 1), where, settings, recogniser)
    except pdfium.PdfiumError as error:
        problem = refusals.one_line(refusals.damaged(where, str(error)))
        damaged = Page(number=index + 1, source=TextSource.NONE, problem=problem)
        return lambda _: damaged


def judge(page: pdfium.PdfPage) -> JudgedPage:
    """Look at a page and decide whether its own text can be believed; nothing is recognised yet."""
    made_of = pdf.makeup(page)
    layer = text_lines(page, [name for name, _ in made_of.fonts])
    evidence = PageEvidence(
        text="\n".join(line.letters for line in layer),
        picture_coverage=made_of.picture_coverage,
        invisible_share=made_of.invisible_share,
        fonts=made_of.fonts,
        converted_from=_converted_from(layer, made_of),
    )
    return JudgedPage(made_of, layer, evidence, decide(evidence))


def _converted_from(layer: list[PrintedLine], made_of: pdf.PageMakeup) -> str:
    """Name the legacy fonts of a page with their codes, if any of its words was converted from one."""
    if all(word.converted is None for line in layer for word in line.words):
        return ""
    fonts = [font for name, _ in made_of.fonts if (font := legacy_font(name))]
    return ", ".join(f"{font.encoding} by the font {font.name}" for font in fonts)


def _begin(page: pdfium.PdfPage, numbered: Page, where: str, settings: Settings, recogniser: Recogniser) -> Finish:
    """Judge a page, and have it recognised if its text is best taken from its picture; PDFium is done with it then."""
    judged = judge(page)
    source = best_source(judged)
    size = {"width": judged.made_of.width, "height": judged.made_of.height}
    bare = numbered.model_copy(update={**size, "source": source, "decision": judged.decision})
    if source is not TextSource.RECOGNISED:
        return partial(_printed, bare, judged.layer, rulings(page) if source is TextSource.LAYER else [])
    if not (judged.evidence.is_picture or pdf.has_ink(page)):
        return partial(_printed, bare.model_copy(update={"source": TextSource.NONE}), judged.layer, [])
    try:
        begun = recogniser.begin(_page_image(page, judged.made_of, where, settings), where)
    except InputFileError as error:
        return partial(_printed, _unrecognised(bare, judged.layer, error), judged.layer, [])
    return partial(_recognised, bare, judged.layer, begun)


def _printed(bare: Page, lines: Sequence[PrintedLine], drawn: Sequence[Ruling], first_line: int) -> Page:
    numbered = tuple(line.numbered(first_line + at) for at, line in enumerate(lines))
    found = tables(drawn, lines, first_line) if bare.source is TextSource.LAYER else ()
    return bare.model_copy(update={"lines": numbered, "tables": found})


def _recognised(bare: Page, layer: Sequence[PrintedLine], begun: BegunPage, first_line: int) -> Page:
    """Wait for the page's picture to be read; where it could not be, the page keeps its own text."""
    try:
        page = begun.wait()
    except InputFileError as error:
        return _printed(_unrecognised(bare, layer, error), layer, [], first_line)
    found = {"tables": page.tables(first_line), "regions": page.regions}
    return _printed(bare, page.lines, [], first_line).model_copy(update=found)


def _unrecognised(bare: Page, layer: Sequence[PrintedLine], error: InputFileError) -> Page:
    source = TextSource.REPAIRED_LAYER if layer else TextSource.NONE
    return bare.model_copy(update={"source": source, "problem": refusals.one_line(error)})


@dataclass(frozen=True)
class PageOutlook:
    """Where a page's text is best taken from, whether it has text of its own, and whether that can be seen."""

    source: TextSource
    has_text: bool
    is_visible: bool
    sheet: pdf.Sheet


def outlook(path: Path, name: str, settings: Settings) -> list[PageOutlook]:
    """Look at each page without recognising any.

    Raises:
        InputFileError, EncryptedFileError: The file cannot be opened.
    """
    found = []
    with pdf.opened(path, name, settings) as document:
        for number in range(len(document)):
            page = document[number]
            judged = judge(page)
            is_visible = bool(judged.layer) and judged.evidence.invisible_share < _MOSTLY
            found.append(PageOutlook(best_source(judged), bool(judged.layer), is_visible, pdf.sheet(page)))
            page.close()
    return found


def best_source(judged: JudgedPage) -> TextSource:
    """Choose where to take the page's text from; a page's picture beats every text that is not trusted."""
    trust = judged.decision.trust
    if trust is Trust.TRUSTED:
        return TextSource.LAYER
    is_miscoded = trust is Trust.GARBLED and encoding_problem(judged.evidence)
    if trust is Trust.MISSING or judged.evidence.is_picture or is_miscoded:
        return TextSource.RECOGNISED
    return TextSource.LAYER if trust is Trust.ABSTAINED else TextSource.REPAIRED_LAYER


def _page_image(page: pdfium.PdfPage, made_of: pdf.PageMakeup, where: str, settings: Settings) -> PageImage:
    scale = pdf.reading_scale(made_of, settings)
    pixels = max(made_of.picture_pixels, round(made_of.width * scale) * round(made_of.height * scale))
    if pixels > settings.max_pixels:
        raise refusals.too_many_pixels(where, pixels, settings.max_pixels)
    drawn = pdf.render(page, scale)
    return PageImage(in_grey(drawn), scale, in_colour(drawn))
