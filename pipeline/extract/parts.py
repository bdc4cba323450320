"""A file that holds several documents, parted into one reading for each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipeline.extract.boundaries import beginnings
from pipeline.models import Page, Part, Reading
from pipeline.normalize.roles import with_roles


def documents_in(reading: Reading) -> tuple[Reading, ...]:
    """Return the documents that a file holds, in its order: the reading itself where it is one document.

    Each has its pages and lines under the numbers that they have in the file, so that evidence can be looked up there;
    name and `part` say which pages it is. What its lines are is decided once more from its own pages alone: the
    letterhead of an office that repeats from letter to letter is no running head, and each document counts its own
    pages and footnotes.

    Args:
        reading: A file's text after repair.
    """
    starts = beginnings(reading.pages)
    if len(starts) == 1:
        return (reading,)
    return tuple(_document(reading, reading.pages[a:b]) for a, b in pairwise((*starts, len(reading.pages))))


def _document(reading: Reading, pages: Sequence[Page]) -> Reading:
    part = Part(file=reading.document, first_page=pages[0].number, last_page=pages[-1].number)
    counted = _numbered(pages, range(1, len(pages) + 1))
    own = with_roles(reading.model_copy(update={"pages": tuple(counted)})).pages
    return reading.model_copy(
        update={
            "document": _name(part),
            "part": part,
            "pages": tuple(_numbered(own, [page.number for page in pages])),
        }
    )


def _numbered(pages: Sequence[Page], numbers: Sequence[int]) -> Iterator[Page]:
    return (page.model_copy(update={"number": number}) for page, number in zip(pages, numbers, strict=True))


def _name(part: Part) -> str:
    """Name a document as a person in an office would: by its file and its pages there."""
    first, last = part.first_page, part.last_page
    return f"{part.file} (trang {first})" if first == last else f"{part.file} (trang {first}-{last})"
