"""Files kept on the disk under a digest, so that no work is done twice; those used longest ago go first.

Digests are spread evenly over folders named by their first two digits, so each is bounded by its share of the whole and
only one has to be looked through when a file is added.
"""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from pathlib import Path

_FOLDERS = 256
_PRIVATE = 0o700


class FileCache:
    """A folder of files. Several processes may use it at once: a file appears when it is whole (temporary, rename)."""

    def __init__(self, folder: Path, limit: int, suffix: str) -> None:
        """Use a folder, which need not exist yet.

        Args:
            folder: Where the files are kept.
            limit: Bytes that they may take.
            suffix: What their names end in, with the dot.
        """
        self.folder = folder
        self._limit = limit
        self._suffix = suffix

    def get(self, key: str) -> bytes | None:
        """Return the file kept under a digest (hex); None where there is none.

        Raises:
            OSError: It is there and cannot be read.
        """
        path = self.path(key)
        try:
            content = path.read_bytes()
        except FileNotFoundError:
            return None
        # A folder that others fill, and that may only be read, serves as well.
        with suppress(OSError):
            os.utime(path)
        return content

    def put(self, key: str, content: bytes) -> None:
        """Keep a file, which its owner alone can read, and drop others where there is no more room.

        Raises:
            OSError: It cannot be written.
        """
        path = self.path(key)
        self.folder.mkdir(_PRIVATE, parents=True, exist_ok=True)
        path.parent.mkdir(_PRIVATE, exist_ok=True)
        _write(path, content)
        _make_room(path.parent, self._limit // _FOLDERS)

    def drop(self, key: str) -> None:
        """Remove the file kept under a digest (hex), if it is there.

        Raises:
            OSError: It is there and cannot be removed.
        """
        self.path(key).unlink(missing_ok=True)

    def path(self, key: str) -> Path:
        """Return where the file with this digest (hex) stands, or would stand."""
        return self.folder / key[:2] / f"{key[2:]}{self._suffix}"


def _write(path: Path, content: bytes) -> None:
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
