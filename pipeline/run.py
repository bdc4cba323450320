"""One document through the stages that concern it alone: ocr, normalize, extract; each stage is timed."""

from __future__ import annotations

import time
from collections.abc import Callable

from pipeline import __version__
from pipeline.extract.catalogue import catalogue
from pipeline.extract.extraction import extract
from pipeline.extract.indicators import linked
from pipeline.models import ProcessedDocument, StageSeconds
from pipeline.normalize.reading import repair_reading
from pipeline.ocr.intake import IncomingFile
from pipeline.ocr.reading import read
from pipeline.settings import Settings

__all__ = ["ProcessedDocument", "Progress", "process"]

Progress = Callable[[int, int], None]


def process(file: IncomingFile, settings: Settings, progress: Progress | None = None) -> ProcessedDocument:
    """Read one document, repair its Vietnamese and find its figures, components and citations.

    Args:
        file: The document.
        settings: Limits and resolution.
        progress: Called after each page that has been read, with the pages done and the pages in all.

    Raises:
        ConfigurationError: The setting `language` or `indicators` names nothing that can be used.
        DoisoatError: The document cannot be read; the subclasses are those of `pipeline.ocr.reading.read`.
    """
    started = time.perf_counter()
    raw = read(file, settings, progress)
    after_ocr = time.perf_counter()
    reading = repair_reading(raw, settings.language)
    after_normalize = time.perf_counter()
    extraction = linked(extract(reading), catalogue(settings.indicators))
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
