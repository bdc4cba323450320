"""The pages of a picture file (JPEG, PNG, TIFF): all of them are recognised, there is nothing else to take."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pipeline.errors import InputFileError
from pipeline.models import Page, Table, TextSource
from pipeline.ocr import pictures, refusals
from pipeline.ocr.pictured_tables import pictured_tables
from pipeline.ocr.recognise import PageTimeoutError, UnreadableImageError
from pipeline.ocr.recognition import PageImage, recognise
from pipeline.ocr.trust import PageEvidence, decide
from pipeline.settings import Settings

_POINTS_PER_INCH = 72


def pages(path: Path, name: str, settings: Settings) -> Iterator[tuple[Page, int]]:
    """Yield each page of the picture file with the number of pages in all; one page is in memory at a time.

    Raises:
        InputFileError: The file cannot be opened, or its only page cannot be decoded.
        MissingDependencyError: Tesseract or its Vietnamese model is missing.
    """
    line_number = 1
    with pictures.opened(path, name, settings) as file:
        total = pictures.page_count(file)
        for index in range(total):
            try:
                picture = pictures.page(file, index, name, settings)
            except InputFileError as error:
                if total == 1:
                    raise
                yield Page(number=index + 1, source=TextSource.NONE, problem=refusals.one_line(error)), total
                continue
            page = _page(picture, index + 1, name, settings, line_number)
            line_number += len(page.lines)
            yield page, total


def _page(picture: pictures.Picture, number: int, name: str, settings: Settings, first_line: int) -> Page:
    scale = picture.dpi / _POINTS_PER_INCH
    where = f"{name}, trang / page {number}"
    problem = None
    ruled: tuple[Table, ...] = ()
    try:
        image = PageImage(picture.image, scale, picture.colour)
        lines = recognise(image, settings.page_seconds)
        tabled = pictured_tables(image, lines, first_line)
        lines, ruled = tabled.lines, tabled.tables
    except PageTimeoutError:
        lines, problem = [], refusals.too_slow(where, settings.page_seconds)
    except UnreadableImageError as error:
        lines, problem = [], refusals.damaged(where, str(error))
    return Page(
        number=number,
        lines=tuple(line.numbered(first_line + at) for at, line in enumerate(lines)),
        width=picture.image.width / scale,
        height=picture.image.height / scale,
        source=TextSource.NONE if problem else TextSource.RECOGNISED,
        decision=decide(PageEvidence(text="", picture_coverage=1.0)),
        problem=refusals.one_line(problem) if problem else None,
        tables=ruled,
    )
