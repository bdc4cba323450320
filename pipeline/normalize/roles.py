"""What every printed line is: body, footnote, running head, page number or noise. Decided once, kept in the record."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.models import LineRole, Page, Reading
from pipeline.normalize.noise import noise
from pipeline.normalize.notes import footnotes
from pipeline.normalize.page_numbers import page_numbers
from pipeline.normalize.running_heads import running_heads


def with_roles(reading: Reading) -> Reading:
    """Return the reading with every line's `role` and `note` set; nothing else changes.

    Footnote marks are taken to be superscript digits where they are known. In cells of ruled tables all lines are body.
    """
    pages = reading.pages
    in_cells = frozenset(
        number for page in pages for table in page.tables for cell in table.cells for number in cell.lines
    )
    numbers = page_numbers(pages, in_cells)
    heads = running_heads(pages, numbers | in_cells)
    specks = noise(pages, numbers | heads | in_cells)
    found = footnotes(pages, numbers | heads | specks, in_cells)

    roles = dict.fromkeys(numbers, LineRole.PAGE_NUMBER)
    roles |= dict.fromkeys(heads, LineRole.RUNNING_HEAD)
    roles |= dict.fromkeys(specks, LineRole.NOISE)
    roles |= {n: LineRole.NOTE if n in found.begins else LineRole.NOTE_MORE for n in found.marks}
    return reading.model_copy(update={"pages": tuple(_with_roles(page, roles, found.marks) for page in pages)})


def _with_roles(page: Page, roles: Mapping[int, LineRole], marks: Mapping[int, int]) -> Page:
    lines = (
        line.model_copy(update={"role": roles.get(line.number, LineRole.BODY), "note": marks.get(line.number)})
        for line in page.lines
    )
    return page.model_copy(update={"lines": tuple(lines)})
