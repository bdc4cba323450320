"""The pages of a picture file (JPEG, PNG, TIFF): all of them are recognised, there is nothing else to take."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from PIL import Image

from pipeline.errors import InputFileError
from pipeline.models import Page, TextSource
from pipeline.ocr import pictures, refusals
from pipeline.ocr.recogniser import BegunPage, Finish, Recogniser
from pipeline.ocr.recognition import PageImage
from pipeline.ocr.trust import PageEvidence, decide
from pipeline.settings import Settings

_POINTS_PER_INCH = 72


def pages(path: Path, name: str, settings: Settings, recogniser: Recogniser) -> Iterator[tuple[Page, int]]:
    """Yield each page of the picture file with the number of pages in all.

    No more pages are in memory than the recogniser reads at once.

    Raises:
        InputFileError: The file cannot be opened, or its only page cannot be decoded.
        MissingDependencyError: Tesseract or its Vietnamese model is missing.
    """
    line_number = 1
    with pictures.opened(path, name, settings) as file:
        total = pictures.page_count(file)
        begun = (_begin(file, number, name, settings, recogniser) for number in range(1, total + 1))
        for finish in recogniser.ahead(begun):
            page = finish(line_number)
            line_number += len(page.lines)
            yield page, total


def _begin(file: Image.Image, number: int, name: str, settings: Settings, recogniser: Recogniser) -> Finish:
    try:
        picture = pictures.page(file, number - 1, name, settings)
    except InputFileError as error:
        if pictures.page_count(file) == 1:
            raise
        problem = Page(number=number, source=TextSource.NONE, problem=refusals.one_line(error))
        return lambda _: problem
    scale = picture.dpi / _POINTS_PER_INCH
    width, height = picture.image.size
    bare = Page(
        number=number,
        width=width / scale,
        height=height / scale,
        source=TextSource.RECOGNISED,
        decision=decide(PageEvidence(text="", picture_coverage=1.0)),
    )
    where = f"{name}, trang / page {number}"
    return partial(_finished, bare, recogniser.begin(PageImage(picture.image, scale, picture.colour), where))


def _finished(bare: Page, begun: BegunPage, first_line: int) -> Page:
    try:
        page = begun.wait()
    except InputFileError as error:
        return bare.model_copy(update={"source": TextSource.NONE, "problem": refusals.one_line(error)})
    lines = tuple(line.numbered(first_line + at) for at, line in enumerate(page.lines))
    return bare.model_copy(update={"lines": lines, "tables": page.tables(first_line), "regions": page.regions})
