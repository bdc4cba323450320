"""Text from a picture. A reader takes an image and gives lines of words with boxes and confidence."""

from __future__ import annotations

import hashlib
import re
import tempfile
from collections.abc import Iterator, Sequence
from enum import IntEnum
from functools import lru_cache
from pathlib import Path
from typing import Protocol

from PIL import Image

from pipeline.models import Box
from pipeline.ocr import tesseract
from pipeline.ocr.lines import PlacedWord, PrintedLine, is_read_again
from pipeline.ocr.tesseract import PageTimeoutError, UnreadableImageError

_LANGUAGE = "vie"
_ORIENTATION = "osd"
# Tesseract's Vietnamese model writes the Icelandic eth for Đ, and doubles it; no Vietnamese word has these letters.
_DOUBLED = re.compile(r"(?i:đð|ðđ|ðð)")
_ARTEFACTS = str.maketrans({"Ð": "Đ", "ð": "đ"})
_WORD_LEVEL = "5"
# Tesseract reads every line that it is not sure of once more in reverse. Offices print no white letters on black: on
# fifteen scanned pages the words are the same, in a tenth less time.
_NO_WHITE_ON_BLACK = ("-c", "invert_threshold=0.0")
# What the rulings of a table are read as; an upright bar is no character of an official text.
_RULINGS = "|¦"


class Segmentation(IntEnum):
    """How Tesseract parts a page into blocks (its `--psm`)."""

    AUTOMATIC = 3
    SINGLE_COLUMN = 4  # reads rows right across: tables without full rulings, lists beside a seal
    SINGLE_LINE = 7
    LONE_LINES = 11  # finds lines that stand apart, between strokes too: titles and names of a signature


class Reader(Protocol):
    """What reads a picture; every recognition engine stands behind this."""

    def read(self, image: Image.Image, dpi: int, seconds: float) -> list[PrintedLine]:
        """Read `image`; boxes are in pixels from its top left corner, confidences from 0 to 1.

        Args:
            image: The page, upright, in grey.
            dpi: Its resolution, which tells the reader how tall letters may be.
            seconds: The time that it may take.

        Raises:
            PageTimeoutError: It took longer.
            UnreadableImageError: The engine could not take the image.
            MissingDependencyError: The engine or its Vietnamese model is not installed; the message says how to do it.
        """
        ...


class TesseractReader:
    """Tesseract with its Vietnamese model, one thread, one process a page (Smith, ICDAR 2007; LSTM since 4.0)."""

    def __init__(self, segmentation: Segmentation = Segmentation.AUTOMATIC) -> None:
        """Take how a page is to be parted into blocks."""
        self._segmentation = segmentation

    def parting(self, segmentation: Segmentation) -> TesseractReader:
        """Return a reader that parts pages otherwise."""
        return TesseractReader(segmentation)

    def read(self, image: Image.Image, dpi: int, seconds: float) -> list[PrintedLine]:
        """Read `image` with the segmentation chosen."""
        with tempfile.TemporaryDirectory(prefix="doisoat-") as folder:
            path = _written(image, dpi, Path(folder) / "page.tif")
            return lines_of(_table(path, dpi, self._segmentation, seconds))


def read_cuts(cuts: Sequence[Image.Image], dpi: int, seconds: float) -> list[PrintedLine]:
    """Read small pictures of one line each, in one run of the engine: most of what a cut costs is the engine's start.

    Args:
        cuts: The pictures, in grey.
        dpi: The resolution of all.
        seconds: The time that they may take together.

    Returns:
        A line for each, without words where nothing was seen; boxes are in pixels of the picture.

    Raises:
        PageTimeoutError: It took longer.
        UnreadableImageError: The engine could not take one of the pictures.
    """
    words: dict[int, list[PlacedWord]] = {number: [] for number in range(1, len(cuts) + 1)}
    if cuts:
        with tempfile.TemporaryDirectory(prefix="doisoat-") as folder:
            paths = [_written(cut, dpi, Path(folder) / f"{number}.tif") for number, cut in enumerate(cuts)]
            listed = Path(folder) / "cuts.txt"
            listed.write_text("".join(f"{path}\n" for path in paths), encoding="utf-8")
            for where, word in _placed_words(_table(listed, dpi, Segmentation.SINGLE_LINE, seconds)):
                words[int(where[0])].append(word)
    return [PrintedLine(tuple(found)) for found in words.values()]


def _written(image: Image.Image, dpi: int, path: Path) -> Path:
    # An uncompressed file is written ten times faster than the PNG that pytesseract would make. A fax keeps "group4" in
    # its info, which the grey picture made of it cannot be written with.
    image.save(path, dpi=(dpi, dpi), compression="raw")
    return path


def _table(path: Path, dpi: int, segmentation: Segmentation, seconds: float) -> str:
    """Have Tesseract read a picture, or those that a text file lists; returns its TSV."""
    options = ["--psm", str(int(segmentation)), *_NO_WHITE_ON_BLACK]
    return tesseract.table(path, dpi, _LANGUAGE, options, max(seconds, 1))


def default_reader() -> TesseractReader:
    """Return the reader in use."""
    return TesseractReader()


@lru_cache(maxsize=1)
def engine_identity() -> str | None:
    """Name the engine and its models so that the same name means the same readings; None where no model is found.

    Raises:
        MissingDependencyError: The program is not installed.
    """
    folder = tesseract.models()
    models = [folder / f"{name}.traineddata" for name in (_LANGUAGE, _ORIENTATION)] if folder else []
    digests = [hashlib.sha256(path.read_bytes()).hexdigest() for path in models if path.is_file()]
    return f"Tesseract {tesseract.version()} {' '.join(digests)}" if digests else None


def quarter_turns(image: Image.Image, dpi: int, seconds: float) -> int:
    """Return how many quarter turns clockwise bring the page upright, by Tesseract's orientation detection.

    0 where it cannot tell: too little text, or its orientation model (`osd`) is not installed.
    """
    with tempfile.TemporaryDirectory(prefix="doisoat-") as folder:
        path = _written(image, dpi, Path(folder) / "page.tif")
        try:
            return tesseract.degrees_to_turn(path, dpi, max(seconds, 1)) // 90 % 4
        except (PageTimeoutError, UnreadableImageError):  # "Too few characters"
            return 0


def mean_confidence(lines: Sequence[PrintedLine]) -> float:
    """Return the mean confidence (0 to 1) over characters; 0 for an empty page."""
    weighed = [(len(word.raw), word.confidence or 0.0) for line in lines for word in line.words]
    total = sum(length for length, _ in weighed)
    return sum(length * confidence for length, confidence in weighed) / total if total else 0.0


def lines_of(table: str) -> list[PrintedLine]:
    """Read Tesseract's TSV (level, page, block, paragraph, line, word, left, top, width, height, conf, text)."""
    words: dict[tuple[str, ...], list[PlacedWord]] = {}
    for where, word in _placed_words(table):
        line = words.setdefault(where, [])
        if not (line and is_read_again(word, line[-1])):
            line.append(word)
    return [PrintedLine(tuple(line)) for line in words.values()]


def _placed_words(table: str) -> Iterator[tuple[tuple[str, ...], PlacedWord]]:
    """Yield each word of a TSV with the numbers of its page, block, paragraph and line."""
    for row in table.split("\n")[1:]:
        cells = row.split("\t", 11)
        if len(cells) < 12 or cells[0] != _WORD_LEVEL:
            continue
        left, top, width, height = (float(cell) for cell in cells[6:10])
        text = _DOUBLED.sub(lambda twice: twice[0][0], cells[11]).strip().translate(_ARTEFACTS).strip(_RULINGS)
        if not text:
            continue
        box = Box(x0=left, y0=top, x1=left + width, y1=top + height)
        yield tuple(cells[1:5]), PlacedWord(raw=text, text=text, box=box, confidence=max(float(cells[10]), 0.0) / 100)
