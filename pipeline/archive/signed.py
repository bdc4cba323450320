"""Digital signatures as a column of a document's row."""

from __future__ import annotations

from pydantic import TypeAdapter

from pipeline.models import DigitalSignature

_SIGNATURES = TypeAdapter(tuple[DigitalSignature, ...])


def signatures_in(column: str | None) -> tuple[DigitalSignature, ...]:
    """Return the signatures that the column `signatures` of a document holds."""
    return _SIGNATURES.validate_json(column) if column else ()


def signatures_column(signatures: tuple[DigitalSignature, ...]) -> str | None:
    """Make the column `signatures` of a document; None where it bears none."""
    return _SIGNATURES.dump_json(signatures).decode() if signatures else None
