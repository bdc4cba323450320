"""The originals, byte for byte as they came, each kept once under the SHA-256 of its content: in a folder."""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import BinaryIO, Protocol

from pipeline.errors import FileAccessError, InputFileError

FOLDER = "originals"
"""Where they stand in the folder of an archive."""

INCOMING = ".incoming"
"""Where a file lies, within, until it is whole."""

_CHUNK = 1 << 20
_EXTENSIONS = {
    "application/pdf": ".pdf",
    "image/tiff": ".tif",
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "text/plain": ".txt",
}


class Originals(Protocol):
    """Files named by their content: `ab/cdef….pdf` for the digest `abcdef…`.

    A file appears under its name only when it is whole, and is never written again.
    """

    def names(self) -> list[str]:
        """List all files that are kept."""

    def has(self, name: str) -> bool:
        """Say whether a file is kept."""

    def opened(self, name: str) -> AbstractContextManager[BinaryIO]:
        """Open a file that is kept.

        Raises:
            FileNotFoundError: There is none of this name.
            FileAccessError: Where it is kept cannot be reached.
        """

    def take(self, name: str, content: BinaryIO, called: str) -> None:
        """Keep a file that is not kept yet.

        Args:
            name: The name that its content gives it.
            content: Is read to its end.
            called: What messages call it.

        Raises:
            InputFileError: The content is not that of the name.
            FileAccessError: The disk is full or does not let the file be written.
        """

    def path(self, name: str) -> Path:
        """Return where a file stands on this machine, or would stand where none of this name is kept.

        Raises:
            FileAccessError: It cannot be brought here.
        """


def name_of(digest: str, media_type: str) -> str:
    """Return the name of the original with a digest."""
    return f"{digest[:2]}/{digest[2:]}{_EXTENSIONS.get(media_type, '.bin')}"


def keep(originals: Originals, source: Path, name: str) -> None:
    """Keep a file of this machine under the name that its content gives it, unless it is kept already.

    Raises:
        InputFileError: The file no longer has the content under which it was read.
        FileAccessError: The disk is full or does not let the file be read or written.
    """
    if originals.has(name):
        return
    try:
        with source.open("rb") as content:
            originals.take(name, content, source.name)
    except OSError as error:
        raise FileAccessError(
            f"{source.name}: không đọc được tệp ({error.strerror}). / The file cannot be read ({error.strerror}).",
            "Hãy kiểm tra quyền đọc. / Check the permissions.",
        ) from error


class OriginalsFolder:
    """Originals in a folder of this machine, written to the disk before they appear (temporary file, fsync, rename).

    What a killed process leaves behind is a file in `.incoming` that nothing refers to.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def names(self) -> list[str]:
        """List all files."""
        found = (path.relative_to(self.folder) for path in self.folder.rglob("*") if path.is_file())
        return sorted(path.as_posix() for path in found if INCOMING not in path.parts)

    def has(self, name: str) -> bool:
        """Say whether there is a file of a name."""
        return self.path(name).exists()

    @contextmanager
    def opened(self, name: str) -> Iterator[BinaryIO]:
        """Open a file."""
        with self.path(name).open("rb") as stream:
            yield stream

    def path(self, name: str) -> Path:
        """Return where a file stands, or would stand."""
        return self.folder / name

    def take(self, name: str, content: BinaryIO, called: str) -> None:
        """Write a file."""
        target = self.path(name)
        try:
            self._write(content, target, called)
        except OSError as error:
            raise FileAccessError(
                f"{called}: không lưu được bản gốc vào {target.parent} ({error.strerror}). / "
                f"The original could not be kept there ({error.strerror}).",
                "Hãy kiểm tra dung lượng đĩa và quyền ghi. / Check the disk space and the permissions.",
            ) from error

    def _write(self, content: BinaryIO, target: Path, called: str) -> None:
        incoming = self.folder / INCOMING
        incoming.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=incoming)
        temporary = Path(name)
        try:
            with os.fdopen(descriptor, "wb") as output:
                copy_as(target.relative_to(self.folder).as_posix(), content, output, called)
                output.flush()
                os.fsync(output.fileno())
            target.parent.mkdir(parents=True, exist_ok=True)
            temporary.rename(target)
            _sync_folder(target.parent)
        finally:
            temporary.unlink(missing_ok=True)


def copy_as(name: str, content: BinaryIO, output: BinaryIO, called: str) -> None:
    """Copy content of which a name tells the digest.

    Raises:
        InputFileError: It has another digest.
    """
    sha = hashlib.sha256()
    while chunk := content.read(_CHUNK):
        sha.update(chunk)
        output.write(chunk)
    if not name.startswith(name_of(sha.hexdigest(), "").removesuffix(".bin")):
        raise InputFileError(
            f"{called}: nội dung tệp không còn như lúc đọc. / The content is not what it was when it was read.",
            "Hãy nạp lại tệp. / Bring the file in again.",
        )


def _sync_folder(folder: Path) -> None:
    """Make the new name itself durable; Windows has no such call and needs none."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
