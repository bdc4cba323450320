"""Words laid under the pictures of a document: PDF/A by OCRmyPDF, whose engine is the reading that was made before."""

from __future__ import annotations

import logging
import sys
from contextlib import redirect_stderr
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import ocrmypdf
import pikepdf
from ocrmypdf import exceptions
from ocrmypdf.pdfa import file_claims_pdfa

from pipeline.export.ocrmypdf_plugin import READING_OPTION
from pipeline.export.print_only import without_screen_effects
from pipeline.models import Reading
from pipeline.ocr import refusals
from pipeline.ocr.intake import IncomingFile

_PLUGIN = "pipeline.export.ocrmypdf_plugin"


@dataclass(frozen=True)
class TextLayer:
    """What is to be laid under the pages of a document.

    Attributes:
        source: The document.
        reading: Its pages, as the sheets that OCRmyPDF draws.
        pages: Those (from 1) that get the words under them.
        mode: What OCRmyPDF does with the text that they have: "default", "skip", "redo" or "force".
        image_dpi: The resolution of a picture; None for a PDF.
        has_text: Text of its own, seen or unseen, stands on its pages.
        keeps_text: Some of the file's own text stays, so Ghostscript must not write its fonts anew.
        breaks_signatures: The file is rewritten though digital signatures lose their force by it.
    """

    source: IncomingFile
    reading: Reading
    pages: tuple[int, ...]
    mode: str
    image_dpi: int | None
    has_text: bool
    keeps_text: bool
    breaks_signatures: bool


def lay_under(layer: TextLayer, made: Path, jobs: int) -> bool:
    """Write a PDF with the words under its pictures; says whether it is PDF/A.

    Args:
        layer: The document and the words.
        made: The file to write; its folder takes what is only needed while it is made.
        jobs: Pages that are worked on at once.

    Raises:
        InputFileError: The file is signed, encrypted, or no PDF can be made of it.
        OSError: The folder cannot be written.
    """
    logging.getLogger("ocrmypdf").setLevel(logging.ERROR)
    name = layer.source.name
    read_before = made.with_name("reading.json")
    read_before.write_text(layer.reading.model_dump_json(), encoding="utf-8")
    handed_on: dict[str, Any] = {READING_OPTION: str(read_before)}
    try:
        source = layer.source.path
        if layer.image_dpi is None:
            source = without_screen_effects(source, made.with_name("print-only.pdf"), has_text=layer.has_text)
        # What OCRmyPDF draws with leaves another stderr behind.
        with redirect_stderr(sys.stderr):
            code = ocrmypdf.ocr(
                source,
                made,
                plugins=[_PLUGIN],
                language=["vie"],
                mode=layer.mode,
                pages=",".join(map(str, layer.pages)) or None,
                output_type="auto",
                pdfa_backend="internal" if layer.keeps_text else "auto",
                image_dpi=layer.image_dpi,
                jobs=jobs,
                tagged_pdf_mode="ignore",
                invalidate_digital_signatures=layer.breaks_signatures,
                progress_bar=False,
                **handed_on,
            )
    except exceptions.DigitalSignatureError as error:
        raise refusals.signed(name) from error
    except exceptions.EncryptedPdfError as error:
        raise refusals.encrypted(name) from error
    except (exceptions.ExitCodeException, pikepdf.PdfError) as error:
        raise refusals.not_searchable(name, str(error).strip() or type(error).__name__) from error
    if code != exceptions.ExitCode.ok:
        raise refusals.not_searchable(name, f"OCRmyPDF {code.name}")
    return bool(file_claims_pdfa(made)["pass"])
