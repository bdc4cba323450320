"""One file through the stages that concern it alone: ocr, normalize, extract; each stage is timed."""

from __future__ import annotations

import time
from collections.abc import Callable

from pipeline import __version__
from pipeline.extract.catalogue import catalogue
from pipeline.extract.extraction import extract
from pipeline.extract.indicators import linked
from pipeline.extract.parts import documents_in
from pipeline.models import Page, ProcessedDocument, Reading, StageSeconds, TextSource
from pipeline.normalize.reading import repair_reading
from pipeline.ocr.intake import IncomingFile
from pipeline.ocr.reading import Judge, read
from pipeline.ocr.secrecy import mark_of, refuse_if_secret
from pipeline.settings import Settings

__all__ = ["ProcessedDocument", "Progress", "judge_of", "process"]

Progress = Callable[[int, int], None]

_MISREAD = (TextSource.RECOGNISED, TextSource.REPAIRED_LAYER)


def process(file: IncomingFile, settings: Settings, progress: Progress | None = None) -> tuple[ProcessedDocument, ...]:
    """Read one file, repair its Vietnamese, and find figures, components, citations and tasks of each document in it.

    Args:
        file: The file.
        settings: Limits and resolution.
        progress: Called after each page that has been read, with the pages done and the pages in all.

    Raises:
        ConfigurationError: The setting `language` or `indicators` names nothing that can be used.
        DoisoatError: The file cannot be read; the subclasses are those of `pipeline.ocr.reading.read`. A file of which
            one document bears a secrecy mark is refused whole.
    """
    started = time.perf_counter()
    raw = read(file, settings, progress, judge_of(settings))
    after_ocr = time.perf_counter()
    repaired = repair_reading(raw, settings.language)
    after_normalize = time.perf_counter()
    documents = documents_in(repaired)
    for later in documents[1:]:
        refuse_if_secret(later)
    spent = StageSeconds(ocr=after_ocr - started, normalize=after_normalize - after_ocr, extract=0)
    return tuple(_extracted(reading, _share(spent, reading, repaired), settings) for reading in documents)


def _share(spent: StageSeconds, document: Reading, file: Reading) -> StageSeconds:
    """Give a document its share of the time that its file took, by pages."""
    share = len(document.pages) / len(file.pages)
    return StageSeconds(ocr=spent.ocr * share, normalize=spent.normalize * share, extract=0)


def _extracted(reading: Reading, spent: StageSeconds, settings: Settings) -> ProcessedDocument:
    started = time.perf_counter()
    extraction = linked(extract(reading), catalogue(settings.indicators))
    seconds = spent.model_copy(update={"extract": time.perf_counter() - started})
    return ProcessedDocument(reading=reading, extraction=extraction, seconds=seconds, version=__version__)


def judge_of(settings: Settings) -> Judge:
    """Return what refuses a file by its first page, as it was read and as it is once repaired, or by a later document.

    Only where a later page bears what may be a secrecy mark are the documents of the file looked for.
    """
    passed: Page | None = None

    def judge(read_so_far: Reading) -> None:
        nonlocal passed
        if read_so_far.pages and read_so_far.pages[0] is not passed:
            _refuse_by_first_page(read_so_far, settings)
            passed = read_so_far.pages[0]
        if any(mark_of(page) for page in read_so_far.pages[1:]):
            for document in documents_in(repair_reading(read_so_far, settings.language)):
                refuse_if_secret(document)

    return judge


def _refuse_by_first_page(reading: Reading, settings: Settings) -> None:
    first = reading.model_copy(update={"pages": reading.pages[:1]})
    refuse_if_secret(first)
    if any(page.source in _MISREAD for page in first.pages):
        refuse_if_secret(repair_reading(first, settings.language))
