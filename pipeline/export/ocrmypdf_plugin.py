"""A plugin for OCRmyPDF: its pages read and repaired as this project reads scans.

`doisoat ocr` uses it; whoever has OCRmyPDF in use can take it alone:

    ocrmypdf --plugin pipeline.export.ocrmypdf_plugin IN.pdf OUT.pdf
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path

from ocrmypdf import OcrElement, OcrEngine, OrientationConfidence, hookimpl
from ocrmypdf.hocrtransform import BoundingBox, OcrClass
from PIL import Image

from pipeline import __version__
from pipeline.models import Box, Line
from pipeline.normalize.recognised import RecognisedRepairer, SeenLine
from pipeline.ocr.lines import around
from pipeline.ocr.pictures import in_colour, in_grey
from pipeline.ocr.recognise import PageTimeoutError, UnreadableImageError, quarter_turns
from pipeline.ocr.recognition import PageImage, recognise
from pipeline.settings import Settings

_log = logging.getLogger(__name__)
_POINTS_PER_INCH = 72
_USUAL_DPI = 200
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
        """Read a page's picture; returns its words with their boxes in pixels, and its text.

        A page that cannot be read in time stays a picture, and the log says so.
        """
        with Image.open(input_file) as opened:
            dpi = _dpi(opened)
            picture = opened.convert("RGB") if opened.mode not in ("1", "L") else opened.copy()
        scale = dpi / _POINTS_PER_INCH
        try:
            page_image = PageImage(in_grey(picture), scale, in_colour(picture))
            printed = recognise(page_image, Settings().page_seconds).lines
        except (PageTimeoutError, UnreadableImageError) as error:
            _log.warning(
                "Trang %d không đọc được, giữ nguyên là ảnh. / Page %d could not be read and stays a picture. %s",
                page_number + 1,
                page_number + 1,
                error,
            )
            printed = []
        lines = [line.numbered(number) for number, line in enumerate(printed, 1)]
        repaired = RecognisedRepairer.load(Settings().language).repair([SeenLine.of(line, line.text) for line in lines])
        texts = [line.text for line in repaired]
        page = OcrElement(
            ocr_class=OcrClass.PAGE,
            bbox=BoundingBox(0, 0, picture.width, picture.height),
            dpi=float(dpi),
            page_number=page_number,
            children=[_line(line, text, scale) for line, text in zip(lines, texts, strict=True) if line.words],
        )
        return page, "\n".join(texts)

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


def _dpi(image: Image.Image) -> int:
    return round(image.info.get("dpi", (_USUAL_DPI,))[0]) or _USUAL_DPI


def _line(line: Line, text: str, scale: float) -> OcrElement:
    boxes = [word.box for word in line.words if word.box]
    return OcrElement(
        ocr_class=OcrClass.LINE,
        bbox=_in_pixels(around(boxes), scale),
        language="vie",
        children=[
            OcrElement(ocr_class=OcrClass.WORD, bbox=_in_pixels(box, scale), text=token, language="vie")
            for token, box in _placed(text.split(), boxes)
        ],
    )


def _placed(tokens: Sequence[str], boxes: Sequence[Box]) -> list[tuple[str, Box]]:
    """Give each word of the repaired text its box; where they are not as many, the line's words share its box."""
    if len(tokens) == len(boxes):
        return list(zip(tokens, boxes, strict=True))
    return [(" ".join(tokens), around(boxes))]


def _in_pixels(box: Box, scale: float) -> BoundingBox:
    return BoundingBox(box.x0 * scale, box.y0 * scale, box.x1 * scale, box.y1 * scale)
