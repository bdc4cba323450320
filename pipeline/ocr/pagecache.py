"""Recognised pages kept on the disk under the digest of their picture, so that no picture is read twice.

Entries are JSON, never code: whoever can write into the folder can make the software read a page wrongly, but not run
anything. They are packed with gzip, whose checksum tells an entry that was damaged.
"""

from __future__ import annotations

import gzip
import logging
import os
import tempfile
import zlib
from contextlib import suppress
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from pipeline.ocr.picturedpage import PicturedPage
from pipeline.settings import Settings

_log = logging.getLogger(__name__)

_RECORD = TypeAdapter(PicturedPage)
# Digests are spread evenly over folders named by their first two digits, so each is bounded by its share of the whole
# and only one has to be looked through when a page is added.
_FOLDERS = 256
_PRIVATE = 0o700


class PageCache:
    """A folder of pages. Several processes may use it at once: an entry appears when it is whole (temporary, rename).

    A cache that cannot be read or written costs time and a warning, never a document.
    """

    def __init__(self, folder: Path, limit: int) -> None:
        """Use a folder, which need not exist yet.

        Args:
            folder: Where the pages are kept.
            limit: Bytes that they may take; those used longest ago go first.
        """
        self._folder = folder
        self._limit = limit

    def get(self, key: str) -> PicturedPage | None:
        """Return the page kept under a digest (hex); None where there is none, or it is damaged."""
        path = self._path(key)
        try:
            page = _RECORD.validate_json(gzip.decompress(path.read_bytes()))
        except FileNotFoundError:
            return None
        except (OSError, EOFError, zlib.error, ValidationError) as error:
            _log.warning(
                "Trang lưu tạm %s hỏng, đọc lại. / A page kept there is damaged and is read again (%s).", path, error
            )
            return None
        # A folder that others fill, and that may only be read, serves as well.
        with suppress(OSError):
            os.utime(path)
        return page

    def put(self, key: str, page: PicturedPage) -> None:
        """Keep a page under a digest (hex), and drop others where there is no more room."""
        path = self._path(key)
        try:
            self._folder.mkdir(_PRIVATE, parents=True, exist_ok=True)
            path.parent.mkdir(_PRIVATE, exist_ok=True)
            _write(path, gzip.compress(_RECORD.dump_json(page), mtime=0))
            _make_room(path.parent, self._limit // _FOLDERS)
        except OSError as error:
            _log.warning(
                "Không lưu tạm được trang vào %s (%s). / A page cannot be kept there.", self._folder, error.strerror
            )

    def drop(self, key: str) -> None:
        """Remove the page kept under a digest (hex), if it is there.

        Raises:
            OSError: It is there and cannot be removed.
        """
        self._path(key).unlink(missing_ok=True)

    def _path(self, key: str) -> Path:
        return self._folder / key[:2] / f"{key[2:]}.json.gz"


def page_cache(settings: Settings) -> PageCache | None:
    """Return the cache that the settings name; None where they turn it off."""
    return None if settings.page_cache == "off" else PageCache(settings.page_cache, settings.page_cache_bytes)


def _write(path: Path, content: bytes) -> None:
    """Write a file that its owner alone can read; it appears whole or not at all."""
    descriptor, name = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(descriptor, "wb") as output:
            output.write(content)
        Path(name).replace(path)
    finally:
        Path(name).unlink(missing_ok=True)


def _make_room(folder: Path, limit: int) -> None:
    """Remove what was used longest ago; what killed processes left behind unfinished goes the same way."""
    found = []
    for path in folder.iterdir():
        try:
            state = path.stat()
        except FileNotFoundError:  # another process was faster
            continue
        found.append((state.st_mtime_ns, state.st_size, path))
    total = sum(size for _, size, _ in found)
    for _, size, path in sorted(found):
        if total <= limit:
            return
        path.unlink(missing_ok=True)
        total -= size
