"""The tray: where files that came in at the desk lie until they are in the archive."""

from __future__ import annotations

import re
import secrets
import shutil
from pathlib import Path
from typing import BinaryIO

from pipeline.archive.uploads import TRAY, Arrival, Upload
from pipeline.errors import FileAccessError
from pipeline.language.unicode import vietnamese_nfc
from pipeline.ocr import refusals

_MOST_BYTES_OF_NAME = 200  # file systems take 255 of them
_NAMELESS = "tep"
# Separators and what file systems or screens cannot show; a name is for people, it never leads anywhere.
_NOT_IN_NAMES = re.compile(r'[\x00-\x1f\x7f\u200e\u200f\u202a-\u202e\u2066-\u2069<>:"|?*]')


class Tray:
    """A folder with a folder for each file, named at random, in which the file lies under its own name."""

    def __init__(self, archive: Path, limit: int) -> None:
        """Use the tray of an archive; a file of more than `limit` bytes is refused."""
        self._folder = archive / TRAY
        self._limit = limit

    def take(self, stream: BinaryIO, arrival: Arrival) -> None:
        """Write a file down that came in; what is refused may have been written in part, until it is removed.

        Raises:
            InputFileError: It is too big.
            FileAccessError: The disk is full, or cannot be written.
        """
        if arrival.size > self._limit:
            raise refusals.too_big(arrival.name, arrival.size, self._limit)
        path = self.path(arrival.token, arrival.name)
        try:
            path.parent.mkdir(parents=True)
            with path.open("xb") as output:
                shutil.copyfileobj(stream, output)
        except OSError as error:
            raise FileAccessError(
                f"{arrival.name}: không ghi được vào khay ({error.strerror}). / "
                f"It cannot be written ({error.strerror}).",
                "Hãy kiểm tra dung lượng đĩa của máy chủ. / Check the server's disk space.",
            ) from error

    def path(self, token: str, name: str) -> Path:
        """Return where a file lies, or lay."""
        return self._folder / token / name

    def holds(self, upload: Upload) -> bool:
        """Say whether the file of an upload still lies here."""
        return self.path(upload.token, upload.name).is_file()

    def remove(self, token: str) -> None:
        """Remove a file that is not needed any more."""
        shutil.rmtree(self._folder / token, ignore_errors=True)


def arrival(sent: str, size: int, account: str) -> Arrival:
    """Give a file that comes in its place in the tray; `sent` is its name as a browser sends it, `size` in bytes."""
    return Arrival(token=secrets.token_hex(16), name=file_name(sent), size=size, account=account)


def file_name(sent: str) -> str:
    r"""Return the name under which a file that was sent may lie: the last part of what may be a path, without tricks.

    "..\..\bao-cao.pdf" is "bao-cao.pdf", ".." is "tep". Names that are too long lose of their middle.
    """
    last = _NOT_IN_NAMES.sub("_", vietnamese_nfc(re.split(r"[/\\]", sent)[-1])).strip(". ")
    name = last or _NAMELESS
    while len(name.encode()) > _MOST_BYTES_OF_NAME:
        middle = len(name) // 2
        name = name[: middle - 1] + name[middle:]
    return name
