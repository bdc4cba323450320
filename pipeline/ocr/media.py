"""What a file is, told by its first bytes and never by its extension."""

from __future__ import annotations

import codecs
from enum import StrEnum
from pathlib import Path

from pipeline.ocr import refusals

_HEAD_BYTES = 4096
_PDF_HEADER_WITHIN = 1024  # ISO 32000-1, annex H, implementation note 13: junk may stand before the header


class MediaType(StrEnum):
    """The media types that are read (IANA names)."""

    PDF = "application/pdf"
    TIFF = "image/tiff"
    JPEG = "image/jpeg"
    PNG = "image/png"
    TEXT = "text/plain"
    ZIP = "application/zip"


_SIGNATURES: tuple[tuple[bytes, MediaType], ...] = (
    (b"II*\x00", MediaType.TIFF),
    (b"MM\x00*", MediaType.TIFF),
    (b"II+\x00", MediaType.TIFF),
    (b"MM\x00+", MediaType.TIFF),
    (b"\xff\xd8\xff", MediaType.JPEG),
    (b"\x89PNG\r\n\x1a\n", MediaType.PNG),
    (b"PK\x03\x04", MediaType.ZIP),
    (b"PK\x05\x06", MediaType.ZIP),
)

_FOREIGN: tuple[tuple[bytes, str], ...] = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Microsoft Office 97-2003 .doc/.xls/.ppt"),
    (b"{\\rtf", "RTF"),
    (b"Rar!\x1a\x07", "RAR"),
    (b"7z\xbc\xaf\x27\x1c", "7-Zip"),
    (b"\x1f\x8b", "gzip"),
    (b"GIF8", "GIF"),
    (b"BM", "BMP"),
    (b"RIFF", "WebP/AVI/WAV"),
    (b"MZ", "Windows program"),
    (b"\x7fELF", "Linux program"),
    (b"SQLite format 3\x00", "SQLite"),
    (b"AT&TFORM", "DjVu"),
)

EXTENSIONS: dict[str, MediaType] = {
    ".pdf": MediaType.PDF,
    ".tif": MediaType.TIFF,
    ".tiff": MediaType.TIFF,
    ".jpg": MediaType.JPEG,
    ".jpeg": MediaType.JPEG,
    ".png": MediaType.PNG,
    ".txt": MediaType.TEXT,
    ".text": MediaType.TEXT,
    ".zip": MediaType.ZIP,
}

TEXT_BOMS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def detect(path: Path, name: str) -> MediaType:
    """Say what the file at `path` is; `name` is what a message calls it.

    Text under an extension that belongs to no document (".csv", ".md") is refused: such files lie in folders beside
    the documents and are none.

    Raises:
        InputFileError: The file is empty or of a type that is not read.
        FileAccessError: The file cannot be opened.
    """
    try:
        with path.open("rb") as stream:
            head = stream.read(_HEAD_BYTES)
    except FileNotFoundError as error:
        raise refusals.missing(name) from error
    except OSError as error:
        raise refusals.unreachable(name, error.strerror or "") from error
    if not head:
        raise refusals.empty_file(name)
    return _of_bytes(head, path.suffix.lower(), name)


def _of_bytes(head: bytes, extension: str, name: str) -> MediaType:
    for signature, media in _SIGNATURES:
        if head.startswith(signature):
            return media
    if b"%PDF-" in head[:_PDF_HEADER_WITHIN]:
        return MediaType.PDF
    for signature, what in _FOREIGN:
        # "BM" and "MZ" may also begin a text; a program or picture has a zero byte in its header.
        if head.startswith(signature) and (len(signature) > 2 or b"\x00" in head):
            raise refusals.wrong_type(name, what)
    if not _looks_like_text(head):
        raise refusals.wrong_type(name, "không rõ / unknown")
    if extension and extension not in EXTENSIONS:
        raise refusals.no_document(name, extension)
    return MediaType.TEXT


def _looks_like_text(head: bytes) -> bool:
    return head.startswith(TEXT_BOMS) or b"\x00" not in head


def contradicts_extension(media: MediaType, path: Path) -> bool:
    """Say whether the extension promises another type than the content is."""
    promised = EXTENSIONS.get(path.suffix.lower())
    return promised is not None and promised is not media
