"""One file through the stages that concern it alone: ocr, normalize, extract; each stage is timed."""

from __future__ import annotations

import time
from collections.abc import Callable

from pipeline import __version__
from pipeline.extract.extraction import extract
from pipeline.extract.parts import documents_in
from pipeline.models import ProcessedDocument, Reading, StageSeconds
from pipeline.normalize.reading import repair_reading
from pipeline.ocr.intake import IncomingFile
from pipeline.ocr.reading import read
from pipeline.ocr.secrecy import refuse_if_secret
from pipeline.settings import Settings

__all__ = ["ProcessedDocument", "Progress", "process"]

Progress = Callable[[int, int], None]


def process(file: IncomingFile, settings: Settings, progress: Progress | None = None) -> tuple[ProcessedDocument, ...]:
    """Read one file, repair its Vietnamese, and find the figures, components and citations of each document in it.

    Args:
        file: The file.
        settings: Limits and resolution.
        progress: Called after each page that has been read, with the pages done and the pages in all.

    Raises:
        DoisoatError: The file cannot be read; the subclasses are those of `pipeline.ocr.reading.read`. A file of which
            one document bears a secrecy mark is refused whole.
    """
    started = time.perf_counter()
    raw = read(file, settings, progress)
    after_ocr = time.perf_counter()
    repaired = repair_reading(raw, settings.language)
    after_normalize = time.perf_counter()
    documents = documents_in(repaired)
    for later in documents[1:]:
        refuse_if_secret(later)
    spent = StageSeconds(ocr=after_ocr - started, normalize=after_normalize - after_ocr, extract=0)
    return tuple(_extracted(reading, _share(spent, reading, repaired)) for reading in documents)


def _share(spent: StageSeconds, document: Reading, file: Reading) -> StageSeconds:
    """Give a document its share of the time that its file took, by pages."""
    share = len(document.pages) / len(file.pages)
    return StageSeconds(ocr=spent.ocr * share, normalize=spent.normalize * share, extract=0)


def _extracted(reading: Reading, spent: StageSeconds) -> ProcessedDocument:
    started = time.perf_counter()
    extraction = extract(reading)
    seconds = spent.model_copy(update={"extract": time.perf_counter() - started})
    return ProcessedDocument(reading=reading, extraction=extraction, seconds=seconds, version=__version__)
