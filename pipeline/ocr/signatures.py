"""Which PDFs bear digital signatures (chữ ký số); what they are worth is checked in `signaturecheck`."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from pipeline.models import DigitalSignature

_CHECK = "pipeline.ocr.signaturecheck"
_MARK = b"/ByteRange"  # every signature dictionary has one; ISO 32000-1, 12.8.1
_CHUNK = 1 << 20


def signatures_of(path: Path, trusted: Path | None = None) -> tuple[DigitalSignature, ...]:
    """Check all signatures of a PDF, in their order; a file that bears none is not parsed.

    Args:
        path: The PDF.
        trusted: File of certificates (PEM or DER) that are trusted, or a folder of such files.

    Raises:
        ConfigurationError: `trusted` cannot be read.
    """
    if not _bears_one(path):
        return ()
    # Parsing signatures takes a second to import, and most files bear none.
    found: tuple[DigitalSignature, ...] = import_module(_CHECK).check(path, trusted)
    return found


def _bears_one(path: Path) -> bool:
    """Say whether the bytes of a signature stand in the file; they are never within a compressed object."""
    with path.open("rb") as stream:
        tail = b""
        while chunk := stream.read(_CHUNK):
            if _MARK in tail + chunk:
                return True
            tail = chunk[-len(_MARK) :]
    return False
