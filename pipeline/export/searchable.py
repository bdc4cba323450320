"""Scan to searchable PDF/A: the document read and repaired, then its words laid under its pictures (`text_layer`)."""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from threading import Thread

import pikepdf

from pipeline.errors import FileAccessError
from pipeline.models import Box, Line, Page, Reading, TextSource
from pipeline.ocr import media, pdfpages, pictures, refusals
from pipeline.ocr.intake import IncomingFile
from pipeline.ocr.media import MediaType
from pipeline.ocr.pdf import Sheet
from pipeline.repaired import read_and_repair
from pipeline.settings import Settings

_log = logging.getLogger(__name__)

_NO_TEXT = "skip"  # what OCRmyPDF does with pages that have text, where none of those recognised has any
# The stages behind reading; OCRmyPDF, and what it imports only when it writes. Nothing of it is needed at once.
_NEEDED_LATER = ("pipeline.run", "pipeline.export.text_layer", "ocrmypdf.fpdf_renderer", "pikepdf.pdfa")


@dataclass(frozen=True)
class Searchable:
    """What was made: the document as it was read and repaired, and whether the file is PDF/A.

    `recognised` are the pages (from 1) under whose picture words were laid.
    """

    reading: Reading
    recognised: tuple[int, ...]
    is_pdfa: bool


@dataclass(frozen=True)
class _Plan:
    """Which pages are recognised, and how OCRmyPDF is to treat what text they have."""

    pages: int
    recognised: tuple[int, ...]
    mode: str
    dpi: int | None = None  # of a picture
    sheets: tuple[Sheet, ...] = ()  # of a PDF
    has_form: bool = False
    breaks_signatures: bool = False

    @property
    def keeps_text(self) -> bool:
        """Say whether the file's own text stays: Ghostscript writes fonts anew and may lose what letters they are."""
        return self.has_form or len(self.recognised) < self.pages


def make_searchable(file: IncomingFile, target: Path, settings: Settings, break_signatures: bool = False) -> Searchable:
    """Write a PDF/A of a scan whose text can be searched, selected and copied.

    Pages whose own text is believed stay as they are. The file appears when it is whole; the original is not touched.

    Args:
        file: A PDF or a picture.
        target: The PDF to write.
        settings: Limits, and the number of pages that are read at once.
        break_signatures: Rewrite the file though digital signatures lose their force by it.

    Raises:
        InputFileError: The file cannot be read, is signed, or no PDF can be made of it.
        SecretDocumentError: It bears a secrecy mark; nothing is kept of it.
        FileAccessError: The target is the file itself, or cannot be written.
    """
    kind = media.detect(file.path, file.name)
    if kind in (MediaType.TEXT, MediaType.ZIP):
        raise refusals.wrong_type(file.name, kind.value)
    refuse_the_original(file, target)
    plan = _plan(file, kind, settings, break_signatures)
    with _made_ready():
        reading = read_and_repair(file, settings)
    _warn_of_problems(reading)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".doisoat-", dir=target.parent) as folder:
            made = Path(folder) / "made.pdf"
            is_pdfa = _write(file, made, _on_whole_sheets(reading, plan), plan, settings)
            made.replace(target)
    except OSError as error:
        raise FileAccessError(
            f"{target}: không ghi được ({error.strerror}). / Cannot be written ({error.strerror}).",
            "Hãy chọn chỗ khác. / Choose another place.",
        ) from error
    return Searchable(reading, plan.recognised, is_pdfa)


@contextmanager
def _made_ready() -> Iterator[None]:
    """Import what is needed later while pages are read: most of the time that goes by waiting for Tesseract."""

    def import_all() -> None:
        for module in _NEEDED_LATER:
            with suppress(ImportError):  # what is amiss is said when it is used
                import_module(module)

    importing = Thread(target=import_all, name="doisoat-imports")
    importing.start()
    try:
        yield
    finally:
        importing.join()


def refuse_the_original(file: IncomingFile, path: Path) -> None:
    """Refuse to write over the document that is read.

    Raises:
        FileAccessError: `path` is that document.
    """
    if path.exists() and path.samefile(file.path):
        raise FileAccessError(
            f"{path}: không ghi đè lên bản gốc. / The original is not overwritten.",
            "Hãy chọn tên khác cho tệp kết quả. / Choose another name for the result.",
        )


def _warn_of_problems(reading: Reading) -> None:
    for page in reading.pages:
        if page.problem:
            _log.warning(
                "Trang %d không đọc được, giữ nguyên là ảnh. / Page %d could not be read and stays a picture. %s",
                page.number,
                page.number,
                page.problem,
            )


def _plan(file: IncomingFile, kind: MediaType, settings: Settings, break_signatures: bool) -> _Plan:
    if kind is not MediaType.PDF:
        with pictures.opened(file.path, file.name, settings) as picture:
            count, dpi = pictures.page_count(picture), pictures.resolution(picture)
        return _Plan(count, tuple(range(1, count + 1)), "default", dpi)
    pages = pdfpages.outlook(file.path, file.name, settings)
    numbers = tuple(number for number, page in enumerate(pages, 1) if page.source is TextSource.RECOGNISED)
    with pikepdf.open(file.path) as document:
        form = document.Root.get("/AcroForm")
        if _is_signed(form) and not break_signatures:
            raise refusals.signed(file.name)
    return _Plan(
        len(pages),
        numbers,
        _mode([pages[number - 1] for number in numbers], form is not None),
        sheets=tuple(page.sheet for page in pages),
        has_form=form is not None,
        breaks_signatures=break_signatures,
    )


def _is_signed(form: pikepdf.Object | None) -> bool:
    """Say whether a document's form bears a signature: the first bit of SigFlags (ISO 32000-1, table 219)."""
    return isinstance(form, pikepdf.Dictionary) and bool(form.get_int("/SigFlags", 0, coerce=True) & 1)


def _mode(recognised: Sequence[pdfpages.PageOutlook], has_form: bool) -> str:
    """Say how OCRmyPDF is to treat the pages that are recognised.

    Text that can be seen is part of the page: it only goes where the page becomes a picture. So do layers in a file
    with form fields, as signatures are, which OCRmyPDF takes no layer out of.
    """
    if not any(page.has_text for page in recognised):
        return _NO_TEXT
    return "force" if has_form or any(page.is_visible for page in recognised) else "redo"


def _write(file: IncomingFile, made: Path, reading: Reading, plan: _Plan, settings: Settings) -> bool:
    """Write the PDF; says whether it is PDF/A."""
    from pipeline.export.text_layer import TextLayer, lay_under  # noqa: PLC0415 - see _made_ready

    return lay_under(
        TextLayer(
            source=file,
            reading=reading,
            pages=plan.recognised,
            mode=plan.mode,
            image_dpi=plan.dpi,
            has_text=plan.mode != _NO_TEXT or plan.keeps_text,
            keeps_text=plan.keeps_text,
            breaks_signatures=plan.breaks_signatures,
        ),
        made,
        settings.jobs,
    )


def _on_whole_sheets(reading: Reading, plan: _Plan) -> Reading:
    """Put the lines where they stand on the sheets that OCRmyPDF draws: it does not cut pages as the PDF says."""
    if not plan.sheets:
        return reading
    pages = (_on_whole_sheet(page, sheet) for page, sheet in zip(reading.pages, plan.sheets, strict=True))
    return reading.model_copy(update={"pages": tuple(pages)})


def _on_whole_sheet(page: Page, sheet: Sheet) -> Page:
    def moved(box: Box) -> Box:
        return Box(x0=box.x0 + sheet.left, y0=box.y0 + sheet.top, x1=box.x1 + sheet.left, y1=box.y1 + sheet.top)

    def put(line: Line) -> Line:
        words = (word.model_copy(update={"box": word.box and moved(word.box)}) for word in line.words)
        return line.model_copy(update={"box": line.box and moved(line.box), "words": tuple(words)})

    lines = tuple(put(line) for line in page.lines)
    return page.model_copy(update={"lines": lines, "width": sheet.width, "height": sheet.height})
