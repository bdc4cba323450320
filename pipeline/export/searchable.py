"""Scan to searchable PDF/A: the repaired words placed under the picture, by OCRmyPDF with our reader as its engine."""

from __future__ import annotations

import logging
import sys
import tempfile
from collections.abc import Sequence
from contextlib import redirect_stderr
from dataclasses import dataclass, replace
from pathlib import Path

import ocrmypdf
import pikepdf
from ocrmypdf import exceptions
from ocrmypdf.pdfa import file_claims_pdfa

from pipeline.errors import FileAccessError
from pipeline.models import Reading, TextSource
from pipeline.ocr import media, pdfpages, pictures, refusals
from pipeline.ocr.intake import IncomingFile
from pipeline.ocr.media import MediaType
from pipeline.ocr.secrecy import refuse_if_secret
from pipeline.settings import Settings

_PLUGIN = "pipeline.export.ocrmypdf_plugin"


@dataclass(frozen=True)
class Searchable:
    """What was made: pages in all, the pages that were recognised (from 1), and whether the file is PDF/A."""

    pages: int
    recognised: tuple[int, ...]
    is_pdfa: bool


@dataclass(frozen=True)
class _Plan:
    """Which pages are recognised, and how OCRmyPDF is to treat what text they have."""

    pages: int
    recognised: tuple[int, ...]
    mode: str
    dpi: int | None = None  # of a picture
    has_form: bool = False
    breaks_signatures: bool = False

    @property
    def keeps_text(self) -> bool:
        """Say whether the file's own text stays: Ghostscript writes fonts anew and may lose what letters they are."""
        return self.has_form or len(self.recognised) < self.pages


def make_searchable(
    file: IncomingFile, target: Path, settings: Settings, sidecar: Path | None = None, break_signatures: bool = False
) -> Searchable:
    """Write a PDF/A of a scan whose text can be searched, selected and copied.

    Pages whose own text is believed stay as they are. The file appears when it is whole; the original is not touched.

    Args:
        file: A PDF or a picture.
        target: The PDF to write.
        settings: Limits and number of processes.
        sidecar: A text file to write the recognised pages' text to.
        break_signatures: Rewrite the file though digital signatures lose their force by it.

    Raises:
        InputFileError: The file cannot be read, is signed, or no PDF can be made of it.
        SecretDocumentError: It bears a secrecy mark; nothing is kept of it.
        FileAccessError: The target is the file itself, or cannot be written.
    """
    kind = media.detect(file.path, file.name)
    if kind in (MediaType.TEXT, MediaType.ZIP):
        raise refusals.wrong_type(file.name, kind.value)
    if target.exists() and target.samefile(file.path):
        raise FileAccessError(
            f"{target}: không ghi đè lên bản gốc. / The original is not overwritten.",
            "Hãy chọn tên khác cho tệp kết quả. / Choose another name for the result.",
        )
    plan = replace(_plan(file, kind, settings), breaks_signatures=break_signatures)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".doisoat-", dir=target.parent) as folder:
            made, text = Path(folder) / "made.pdf", Path(folder) / "made.txt"
            _run(file, made, text, plan, settings)
            _refuse_secret(file, made, settings)
            is_pdfa = bool(file_claims_pdfa(made)["pass"])
            made.replace(target)
            if sidecar:
                text.replace(sidecar)
    except OSError as error:
        raise FileAccessError(
            f"{target}: không ghi được ({error.strerror}). / Cannot be written ({error.strerror}).",
            "Hãy chọn chỗ khác. / Choose another place.",
        ) from error
    return Searchable(plan.pages, plan.recognised, is_pdfa)


def _plan(file: IncomingFile, kind: MediaType, settings: Settings) -> _Plan:
    if kind is not MediaType.PDF:
        with pictures.opened(file.path, file.name, settings) as picture:
            count, dpi = pictures.page_count(picture), pictures.resolution(picture)
        return _Plan(count, tuple(range(1, count + 1)), "default", dpi)
    pages = pdfpages.outlook(file.path, file.name, settings)
    numbers = tuple(number for number, page in enumerate(pages, 1) if page.source is TextSource.RECOGNISED)
    with pikepdf.open(file.path) as document:
        has_form = "/AcroForm" in document.Root
    return _Plan(len(pages), numbers, _mode([pages[number - 1] for number in numbers], has_form), has_form=has_form)


def _mode(recognised: Sequence[pdfpages.PageOutlook], has_form: bool) -> str:
    """Say how OCRmyPDF is to treat the pages that are recognised.

    Text that can be seen is part of the page: it only goes where the page becomes a picture. So do layers in a file
    with form fields, as signatures are, which OCRmyPDF takes no layer out of.
    """
    if not any(page.has_text for page in recognised):
        return "skip"
    return "force" if has_form or any(page.is_visible for page in recognised) else "redo"


def _run(file: IncomingFile, made: Path, text: Path, plan: _Plan, settings: Settings) -> None:
    logging.getLogger("ocrmypdf").setLevel(logging.ERROR)
    try:
        # What OCRmyPDF draws with leaves another stderr behind.
        with redirect_stderr(sys.stderr):
            code = ocrmypdf.ocr(
                file.path,
                made,
                plugins=[_PLUGIN],
                language=["vie"],
                mode=plan.mode,
                pages=",".join(map(str, plan.recognised)) or None,
                output_type="auto",
                pdfa_backend="internal" if plan.keeps_text else "auto",
                image_dpi=plan.dpi,
                jobs=settings.jobs,
                sidecar=text,
                tagged_pdf_mode="ignore",
                invalidate_digital_signatures=plan.breaks_signatures,
                progress_bar=False,
            )
    except exceptions.DigitalSignatureError as error:
        raise refusals.signed(file.name) from error
    except exceptions.EncryptedPdfError as error:
        raise refusals.encrypted(file.name) from error
    except (exceptions.ExitCodeException, pikepdf.PdfError) as error:
        raise refusals.not_searchable(file.name, str(error).strip() or type(error).__name__) from error
    if code != exceptions.ExitCode.ok:
        raise refusals.not_searchable(file.name, f"OCRmyPDF {code.name}")


def _refuse_secret(file: IncomingFile, made: Path, settings: Settings) -> None:
    """Look for a secrecy mark in what was read, before anything is kept.

    Raises:
        SecretDocumentError: There is one.
    """
    first = pdfpages.first_lines(made, file.name, settings)
    size = made.stat().st_size
    refuse_if_secret(Reading(document=file.name, digest="", media_type=MediaType.PDF.value, size=size, pages=(first,)))
