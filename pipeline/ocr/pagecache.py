"""Recognised pages kept on the disk under the digest of their picture, so that no picture is read twice.

Entries are JSON, never code: whoever can write into the folder can make the software read a page wrongly, but not run
anything. They are packed with gzip, whose checksum tells an entry that was damaged.
"""

from __future__ import annotations

import gzip
import logging
import zlib
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from pipeline.ocr.filecache import FileCache
from pipeline.ocr.picturedpage import PicturedPage
from pipeline.settings import Settings

_log = logging.getLogger(__name__)

_RECORD = TypeAdapter(PicturedPage)


class PageCache:
    """A folder of pages, which several processes may use at once.

    A cache that cannot be read or written costs time and a warning, never a document.
    """

    def __init__(self, folder: Path, limit: int) -> None:
        """Use a folder, which need not exist yet.

        Args:
            folder: Where the pages are kept.
            limit: Bytes that they may take; those used longest ago go first.
        """
        self._files = FileCache(folder, limit, ".json.gz")

    def get(self, key: str) -> PicturedPage | None:
        """Return the page kept under a digest (hex); None where there is none, or it is damaged."""
        try:
            packed = self._files.get(key)
            return None if packed is None else _RECORD.validate_json(gzip.decompress(packed))
        except (OSError, EOFError, zlib.error, ValidationError) as error:
            _log.warning(
                "Trang lưu tạm %s hỏng, đọc lại. / A page kept there is damaged and is read again (%s).",
                self._files.path(key),
                error,
            )
            return None

    def put(self, key: str, page: PicturedPage) -> None:
        """Keep a page under a digest (hex), and drop others where there is no more room."""
        try:
            self._files.put(key, gzip.compress(_RECORD.dump_json(page), mtime=0))
        except OSError as error:
            _log.warning(
                "Không lưu tạm được trang vào %s (%s). / A page cannot be kept there.",
                self._files.folder,
                error.strerror,
            )

    def drop(self, key: str) -> None:
        """Remove the page kept under a digest (hex), if it is there.

        Raises:
            OSError: It is there and cannot be removed.
        """
        self._files.drop(key)


def page_cache(settings: Settings) -> PageCache | None:
    """Return the cache that the settings name; None where they turn it off."""
    return None if settings.page_cache == "off" else PageCache(settings.page_cache, settings.page_cache_bytes)
