"""A plugin for OCRmyPDF: its pages read and repaired as this project reads scans.

`doisoat ocr` hands it a document that was read whole before. Whoever has OCRmyPDF in use can take it alone; it then
reads page by page:

    ocrmypdf --plugin pipeline.export.ocrmypdf_plugin IN.pdf OUT.pdf
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

from ocrmypdf import OcrElement, OcrEngine, OcrOptions, OrientationConfidence, hookimpl
from ocrmypdf.helpers import Resolution
from ocrmypdf.hocrtransform import BoundingBox, OcrClass
from PIL import Image

from pipeline import __version__
from pipeline.export.placedwords import PlacedWord, placed_words
from pipeline.models import Box, Page, Reading, TextSource
from pipeline.normalize.reading import repair_reading
from pipeline.ocr.lines import around
from pipeline.ocr.pictures import in_colour, in_grey
from pipeline.ocr.recognise import quarter_turns
from pipeline.ocr.recognition import PageImage, recognise
from pipeline.ocr.tesseract import PageTimeoutError, UnreadableImageError
from pipeline.settings import Settings

READING_OPTION = "doisoat_reading"
"""The extra option that names a file with a `Reading` in JSON, whose pages are the sheets that OCRmyPDF draws."""

_log = logging.getLogger(__name__)
_POINTS_PER_INCH = 72
_USUAL_DPI = 200
_BECOMES_A_PICTURE = "force"
_SURE = 15.0  # OCRmyPDF's highest confidence in a page's orientation


class DoisoatEngine(OcrEngine):
    """What OCRmyPDF asks of an engine; it is called in a process of its own for every page."""

    @staticmethod
    def version() -> str:
        """Return the version of this project."""
        return __version__

    @staticmethod
    def creator_tag(options: object) -> str:
        """Return what the PDF's metadata say of the reader."""
        return f"doisoat {__version__}"

    def __str__(self) -> str:
        """Return the engine's name for messages."""
        return f"doisoat {__version__}"

    @staticmethod
    def languages(options: object) -> set[str]:
        """Return the languages that can be read: Vietnamese."""
        return {"vie"}

    @staticmethod
    def get_orientation(input_file: Path, options: object) -> OrientationConfidence:
        """Return by how much a page must be turned clockwise."""
        with Image.open(input_file) as image:
            turns = quarter_turns(image, _dpi(image), Settings().page_seconds)
        return OrientationConfidence(angle=90 * turns, confidence=_SURE if turns else 0.0)

    @staticmethod
    def supports_generate_ocr() -> bool:
        """Say that words come with their boxes, without a file between."""
        return True

    @staticmethod
    def generate_ocr(input_file: Path, options: object, page_number: int = 0) -> tuple[OcrElement, str]:
        """Give a page's words with their boxes in pixels, and its text: as it was read before, or read now.

        A page that cannot be read in time stays a picture, and the log says so.
        """
        with Image.open(input_file) as opened:
            size, dpi = opened.size, _dpi(opened)
            page = _read_before(options, page_number) or _recognised(opened, dpi, page_number)
        scale = (size[0] / page.width, size[1] / page.height)
        tree = OcrElement(
            ocr_class=OcrClass.PAGE,
            bbox=BoundingBox(0, 0, *size),
            dpi=float(dpi),
            page_number=page_number,
            children=[_line(words, scale) for line in page.lines if (words := placed_words(line))],
        )
        return tree, "\n".join(line.text for line in page.lines)

    @staticmethod
    def generate_hocr(input_file: Path, output_hocr: Path, output_text: Path, options: object) -> None:
        """Refuse: OCRmyPDF calls `generate_ocr`."""
        raise NotImplementedError("OCRmyPDF asks engines that support it for generate_ocr")

    @staticmethod
    def generate_pdf(input_file: Path, output_pdf: Path, output_text: Path, options: object) -> None:
        """Refuse: OCRmyPDF calls `generate_ocr`."""
        raise NotImplementedError("OCRmyPDF asks engines that support it for generate_ocr")


@hookimpl
def get_ocr_engine(options: object) -> OcrEngine:
    """Give OCRmyPDF this engine."""
    return DoisoatEngine()


@hookimpl(tryfirst=True)
def rasterize_pdf_page(
    output_file: Path,
    raster_dpi: Resolution[float],
    page_dpi: Resolution[float] | None,
    pageno: int,
    options: OcrOptions,
) -> Path | None:
    """Give OCRmyPDF an empty sheet of the page's size, where the page's words are known and its picture stays.

    It draws every page for the engine, and packing the drawing takes half as long as reading it. A page that is to
    become a picture is drawn: then this answers None, and so whoever draws otherwise is asked.
    """
    page = _read_before(options, pageno - 1)
    if page is None or not page.width or options.mode == _BECOMES_A_PICTURE:
        return None
    size = (round(page.width * raster_dpi.x / _POINTS_PER_INCH), round(page.height * raster_dpi.y / _POINTS_PER_INCH))
    stated = page_dpi or raster_dpi
    Image.new("1", size, 1).save(output_file, "PNG", dpi=(float(stated.x), float(stated.y)))
    return output_file


def _dpi(image: Image.Image) -> int:
    return round(image.info.get("dpi", (_USUAL_DPI,))[0]) or _USUAL_DPI


def _read_before(options: object, page_number: int) -> Page | None:
    """Return a page of the reading that the options name, if they name one."""
    path = getattr(options, "extra_attrs", {}).get(READING_OPTION)
    return _reading(path).pages[page_number] if path else None


@lru_cache(maxsize=1)
def _reading(path: str) -> Reading:
    return Reading.model_validate_json(Path(path).read_bytes())


def _recognised(opened: Image.Image, dpi: int, page_number: int) -> Page:
    """Read a page's picture and repair what was read."""
    picture = opened.convert("RGB") if opened.mode not in ("1", "L") else opened.copy()
    scale = dpi / _POINTS_PER_INCH
    settings = Settings()
    try:
        printed = recognise(PageImage(in_grey(picture), scale, in_colour(picture)), settings.page_seconds).lines
    except (PageTimeoutError, UnreadableImageError) as error:
        _log.warning(
            "Trang %d không đọc được, giữ nguyên là ảnh. / Page %d could not be read and stays a picture. %s",
            page_number + 1,
            page_number + 1,
            error,
        )
        printed = []
    page = Page(
        number=page_number + 1,
        lines=tuple(line.numbered(at) for at, line in enumerate(printed, 1)),
        width=picture.width / scale,
        height=picture.height / scale,
        source=TextSource.RECOGNISED,
    )
    reading = Reading(document="", digest="", media_type="", size=0, pages=(page,))
    return repair_reading(reading, settings.language).pages[0]


def _line(words: Sequence[PlacedWord], scale: tuple[float, float]) -> OcrElement:
    return OcrElement(
        ocr_class=OcrClass.LINE,
        bbox=_in_pixels(around(word.box for word in words), scale),
        language="vie",
        children=[
            OcrElement(ocr_class=OcrClass.WORD, bbox=_in_pixels(word.box, scale), text=word.text, language="vie")
            for word in words
        ],
    )


def _in_pixels(box: Box, scale: tuple[float, float]) -> BoundingBox:
    across, down = scale
    return BoundingBox(box.x0 * across, box.y0 * down, box.x1 * across, box.y1 * down)
