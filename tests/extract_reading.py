"""A reading of plain text, as tests of the extract stage need it."""

from __future__ import annotations

import hashlib

from pipeline.models import Line, Page, Reading, TextSource
from pipeline.normalize.roles import with_roles


def reading(text: str, document: str = "bao-cao.txt") -> Reading:
    """Return the reading of a text whose pages are parted by form feeds, its lines' roles decided."""
    number = 0
    pages: list[Page] = []
    for index, page in enumerate(text.split("\f"), 1):
        lines: list[Line] = []
        for line in page.split("\n"):
            number += 1
            lines.append(Line(number=number, raw=line, text=line))
        pages.append(Page(number=index, lines=tuple(lines), source=TextSource.PLAIN))
    digest = hashlib.sha256(text.encode()).hexdigest()
    size = len(text)
    read = Reading(document=document, digest=digest, media_type="text/plain", size=size, pages=tuple(pages))
    return with_roles(read)
