"""The originals, byte for byte as they came, each kept once under the SHA-256 of its content."""

from __future__ import annotations

import hashlib
import os
import tempfile
from pathlib import Path
from typing import BinaryIO

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


class Originals:
    """A folder of files named by their content: `ab/cdef….pdf` for the digest `abcdef…`.

    A file appears under its name only when it is whole and on the disk (temporary file, fsync, rename), and is never
    written again. What a killed process leaves behind is a file in `.incoming` that nothing refers to.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def path(self, digest: str, media_type: str) -> Path:
        """Return where the original with this digest stands, or would stand."""
        return self._folder / digest[:2] / (digest[2:] + _EXTENSIONS.get(media_type, ".bin"))

    def keep(self, source: Path, digest: str, media_type: str) -> Path:
        """Copy a file into the folder unless its content is already there, and return where it stands.

        Raises:
            InputFileError: The file no longer has the digest under which it was read.
            FileAccessError: The disk is full or does not let the file be read or written.
        """
        target = self.path(digest, media_type)
        if target.exists():
            return target
        try:
            self._copy(source, target, digest)
        except OSError as error:
            raise FileAccessError(
                f"{source.name}: không lưu được bản gốc vào {target.parent} ({error.strerror}). / "
                f"The original could not be kept there ({error.strerror}).",
                "Hãy kiểm tra dung lượng đĩa và quyền ghi. / Check the disk space and the permissions.",
            ) from error
        return target

    def _copy(self, source: Path, target: Path, digest: str) -> None:
        incoming = self._folder / INCOMING
        incoming.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=incoming)
        temporary = Path(name)
        try:
            with os.fdopen(descriptor, "wb") as output:
                if _copy_and_hash(source, output) != digest:
                    raise InputFileError(
                        f"{source.name}: tệp bị thay đổi trong lúc xử lý. / The file changed while it was read.",
                        "Hãy nạp lại tệp. / Bring the file in again.",
                    )
                output.flush()
                os.fsync(output.fileno())
            target.parent.mkdir(parents=True, exist_ok=True)
            temporary.rename(target)
            _sync_folder(target.parent)
        finally:
            temporary.unlink(missing_ok=True)


def _copy_and_hash(source: Path, output: BinaryIO) -> str:
    sha = hashlib.sha256()
    with source.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            sha.update(chunk)
            output.write(chunk)
    return sha.hexdigest()


def _sync_folder(folder: Path) -> None:
    """Make the new name itself durable; Windows has no such call and needs none."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
