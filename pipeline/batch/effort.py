"""How many pages a file has, before it is read: what remains of a batch is counted in pages, not in files."""

from __future__ import annotations

from PIL import Image

from pipeline.errors import DoisoatError
from pipeline.ocr import media, pdf
from pipeline.ocr.intake import IncomingFile
from pipeline.ocr.media import MediaType
from pipeline.settings import Settings


def pages_in(file: IncomingFile, settings: Settings) -> int:
    """Count the pages of a file without reading them; 1 where that cannot be told, or is not worth telling.

    A text file counts as one page however long it is: it takes less time than a single page that must be recognised.
    """
    try:
        kind = media.detect(file.path, file.name)
        if kind is MediaType.PDF:
            with pdf.opened(file.path, file.name, settings) as document:
                return max(1, len(document))
        if kind is MediaType.TIFF:
            with Image.open(file.path) as picture:
                return int(getattr(picture, "n_frames", 1))
    except (DoisoatError, OSError, Image.DecompressionBombError):
        return 1  # reading it will say what is wrong with it
    return 1
