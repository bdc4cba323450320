"""One document through the stages that concern it alone: ocr, normalize, extract; each stage is timed."""

from __future__ import annotations

import time
from collections.abc import Callable

from pipeline import __version__
from pipeline.extract.extraction import extract
from pipeline.models import ProcessedDocument, Reading, StageSeconds, TextSource
from pipeline.normalize.reading import repair_reading
from pipeline.ocr.intake import IncomingFile
from pipeline.ocr.reading import Judge, read
from pipeline.ocr.secrecy import refuse_if_secret
from pipeline.settings import Settings

__all__ = ["ProcessedDocument", "Progress", "process", "read_and_repair"]

Progress = Callable[[int, int], None]

_MISREAD = (TextSource.RECOGNISED, TextSource.REPAIRED_LAYER)


def process(file: IncomingFile, settings: Settings, progress: Progress | None = None) -> ProcessedDocument:
    """Read one document, repair its Vietnamese and find its figures, components and citations.

    Args:
        file: The document.
        settings: Limits and resolution.
        progress: Called after each page that has been read, with the pages done and the pages in all.

    Raises:
        DoisoatError: The document cannot be read; the subclasses are those of `pipeline.ocr.reading.read`.
    """
    started = time.perf_counter()
    raw = read(file, settings, progress, _judge(settings))
    after_ocr = time.perf_counter()
    reading = repair_reading(raw, settings.language)
    after_normalize = time.perf_counter()
    extraction = extract(reading)
    after_extract = time.perf_counter()
    return ProcessedDocument(
        reading=reading,
        extraction=extraction,
        seconds=StageSeconds(
            ocr=after_ocr - started,
            normalize=after_normalize - after_ocr,
            extract=after_extract - after_normalize,
        ),
        version=__version__,
    )


def read_and_repair(file: IncomingFile, settings: Settings) -> Reading:
    """Read one document and repair its Vietnamese; its pages are recognised side by side, `settings.jobs` at once.

    Raises:
        DoisoatError: The document cannot be read; the subclasses are those of `pipeline.ocr.reading.read`.
    """
    raw = read(file, settings, judge=_judge(settings), at_once=settings.jobs)
    return repair_reading(raw, settings.language)


def _judge(settings: Settings) -> Judge:
    """Return what refuses a document by its first page: as it was read, and as it is once repaired."""

    def judge(first: Reading) -> None:
        refuse_if_secret(first)
        if any(page.source in _MISREAD for page in first.pages):
            refuse_if_secret(repair_reading(first, settings.language))

    return judge
