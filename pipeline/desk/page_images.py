"""Pictures of pages, drawn from the kept originals and kept for the next who looks."""

from __future__ import annotations

import hashlib
import io
import logging
import threading
from pathlib import Path

from PIL import Image

from pipeline.archive.browsing import OpenedDocument
from pipeline.archive.store import Archive
from pipeline.ocr import pdf, pictures, refusals
from pipeline.ocr.filecache import FileCache
from pipeline.ocr.media import MediaType
from pipeline.settings import Settings

_log = logging.getLogger(__name__)

MEDIA_TYPE = "image/webp"

_DPI = 150  # what stands small on a page can still be read when it is shown twice as big
_POINTS_PER_INCH = 72
_QUALITY = 80
_FOLDER = "page-images"
_LONGEST_SIDE_PIXELS = 4000
_PICTURES = (MediaType.TIFF, MediaType.JPEG, MediaType.PNG)


class PageImages:
    """Pictures of the archive's pages. They can be drawn again at any time; their folder may be deleted."""

    def __init__(self, archive: Archive, settings: Settings) -> None:
        self._archive = archive
        self._settings = settings
        self._kept = (
            None
            if settings.page_cache == "off"
            else FileCache(archive.folder / _FOLDER, settings.page_cache_bytes, ".webp")
        )
        self._drawing = threading.Lock()  # PDFium is not thread-safe

    def of(self, document: OpenedDocument, page: int) -> bytes | None:
        """Return the picture of a page of a document's file; None for a text file, which has none.

        Raises:
            DoisoatError: The original cannot be opened any more.
        """
        if document.media_type not in (MediaType.PDF, *_PICTURES):
            return None
        key = hashlib.sha256(f"{document.digest} {page} {_DPI}".encode()).hexdigest()
        kept = self._get(key)
        if kept is None:
            with self._drawing:
                kept = _webp(self._draw(document, page))
            self._put(key, kept)
        return kept

    def _draw(self, document: OpenedDocument, page: int) -> Image.Image:
        name, path = document.item.name, self._archive.original_of(document.digest, document.media_type)
        if not path.is_file():
            raise refusals.missing(name)
        if document.media_type == MediaType.PDF:
            return self._drawn_from_pdf(path, name, page)
        with pictures.opened(path, name, self._settings) as file:
            picture = pictures.page(file, page - 1, name, self._settings)
            drawn = picture.colour or picture.image
            drawn.thumbnail(_size_within(drawn.size, picture.dpi))
            return drawn

    def _drawn_from_pdf(self, path: Path, name: str, page: int) -> Image.Image:
        with pdf.opened(path, name, self._settings) as document:
            opened = document[page - 1]
            longest = max(opened.get_size())
            drawn = pdf.render(opened, min(_DPI / _POINTS_PER_INCH, _LONGEST_SIDE_PIXELS / longest))
            opened.close()
            return drawn

    def _get(self, key: str) -> bytes | None:
        try:
            return self._kept.get(key) if self._kept else None
        except OSError as error:
            _log.warning("Không đọc được ảnh trang đã lưu (%s). / A kept page image cannot be read.", error.strerror)
            return None

    def _put(self, key: str, content: bytes) -> None:
        try:
            if self._kept:
                self._kept.put(key, content)
        except OSError as error:
            _log.warning("Không lưu được ảnh trang (%s). / A page image cannot be kept.", error.strerror)


def _size_within(size: tuple[int, int], dpi: int) -> tuple[int, int]:
    share = min(1.0, _DPI / dpi, _LONGEST_SIDE_PIXELS / max(size))
    return max(1, round(size[0] * share)), max(1, round(size[1] * share))


def _webp(image: Image.Image) -> bytes:
    output = io.BytesIO()
    image.save(output, "WEBP", quality=_QUALITY)
    return output.getvalue()
