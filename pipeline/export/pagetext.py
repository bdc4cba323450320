"""A reading as plain text: its repaired lines, with a form feed between pages."""

from __future__ import annotations

from pipeline.models import Reading


def page_text(reading: Reading) -> bytes:
    """Return the lines of all pages in UTF-8."""
    pages = ("".join(f"{line.text}\n" for line in page.lines) for page in reading.pages)
    return "\f".join(pages).encode()
