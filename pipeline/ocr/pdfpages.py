"""The pages of a PDF, each from the source that the evidence speaks for: its layer, its picture, or its repair."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pypdfium2 as pdfium

from pipeline.errors import InputFileError
from pipeline.language.legacy.fonts import legacy_font
from pipeline.models import Page, Table, TextSource, Trust, TrustDecision
from pipeline.ocr import pdf, refusals
from pipeline.ocr.layer import text_lines
from pipeline.ocr.lines import PrintedLine
from pipeline.ocr.pictured_tables import pictured_tables
from pipeline.ocr.pictures import in_colour, in_grey
from pipeline.ocr.recognise import PageTimeoutError, UnreadableImageError
from pipeline.ocr.recognition import PageImage, recognise
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


def pages(path: Path, name: str, settings: Settings) -> Iterator[tuple[Page, int]]:
    """Yield each page of the PDF with the number of pages in all; only one page is in memory at a time.

    Raises:
        InputFileError, EncryptedFileError: The file cannot be opened at all.
        MissingDependencyError: A page must be recognised and Tesseract is missing.
    """
    line_number = 1
    with pdf.opened(path, name, settings) as document:
        total = len(document)
        for index in range(total):
            page = _page_or_problem(document, index, name, settings, line_number)
            line_number += len(page.lines)
            yield page, total


def _page_or_problem(document: pdfium.PdfDocument, index: int, name: str, settings: Settings, first_line: int) -> Page:
    number = index + 1
    try:
        page = document[index]
        try:
            return _page(page, number, name, settings, first_line)
        finally:
            page.close()
    except pdfium.PdfiumError as error:
        problem = refusals.one_line(refusals.damaged(f"{name}, trang / page {number}", str(error)))
        return Page(number=number, source=TextSource.NONE, problem=problem)


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


def _page(page: pdfium.PdfPage, number: int, name: str, settings: Settings, first_line: int) -> Page:
    where = f"{name}, trang / page {number}"
    judged = judge(page)
    source, lines, problem = best_source(judged), judged.layer, None
    ruled: tuple[Table, ...] = ()
    if source is TextSource.RECOGNISED and (judged.evidence.is_picture or pdf.has_ink(page)):
        try:
            picture = _page_image(page, judged.made_of, where, settings)
            lines = recognise(picture, settings.page_seconds)
            tabled = pictured_tables(picture, lines, first_line)
            lines, ruled = tabled.lines, tabled.tables
        except (InputFileError, PageTimeoutError, UnreadableImageError) as error:
            problem = _problem(error, where, settings)
            source = TextSource.REPAIRED_LAYER if lines else TextSource.NONE
    elif source is TextSource.RECOGNISED:
        source = TextSource.NONE
    elif source is TextSource.LAYER:
        ruled = tables(page, lines, first_line)
    return Page(
        number=number,
        lines=tuple(line.numbered(first_line + at) for at, line in enumerate(lines)),
        width=judged.made_of.width,
        height=judged.made_of.height,
        source=source,
        decision=judged.decision,
        problem=problem,
        tables=ruled,
    )


@dataclass(frozen=True)
class PageOutlook:
    """Where a page's text is best taken from, whether it has text of its own, and whether that can be seen."""

    source: TextSource
    has_text: bool
    is_visible: bool


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
            found.append(PageOutlook(best_source(judged), bool(judged.layer), is_visible))
            page.close()
    return found


def first_lines(path: Path, name: str, settings: Settings) -> Page:
    """Return the first page with the lines of its own text, believed or not.

    Raises:
        InputFileError, EncryptedFileError: The file cannot be opened.
    """
    with pdf.opened(path, name, settings) as document:
        page = document[0]
        lines = judge(page).layer
        page.close()
    return Page(number=1, lines=tuple(line.numbered(at) for at, line in enumerate(lines, 1)))


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


def _problem(error: Exception, where: str, settings: Settings) -> str:
    if isinstance(error, InputFileError):
        return refusals.one_line(error)
    if isinstance(error, PageTimeoutError):
        return refusals.one_line(refusals.too_slow(where, settings.page_seconds))
    return refusals.one_line(refusals.damaged(where, str(error)))
