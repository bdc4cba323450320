"""What is told of the documents that the archive's documents cite."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Sequence
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from pipeline.archive.schema import ComponentsRow, DocumentRow
from pipeline.models import Citation, Record


class CitedKind(StrEnum):
    """How documents are cited: by their number and symbol, or laws by their name alone."""

    NUMBERED = "numbered"
    NAMED = "named"


class CitedOrder(StrEnum):
    """What cited documents are sorted by."""

    TIMES = "times"  # the most cited first
    DOCUMENTS = "documents"  # those that most documents cite first
    DATE = "date"  # the latest first
    NUMBER = "number"  # of laws their names


class Holding(StrEnum):
    """Whether the archive has a cited document."""

    HELD = "held"
    MISSING = "missing"


class CitedFilter(Record):
    """Which cited documents are listed; None, and an empty text, let all through.

    The words of `text` are sought in types, numbers, issuers and titles as citations have them, without regard to
    marks; `year` is that of the date.
    """

    kind: CitedKind = CitedKind.NUMBERED
    text: str = ""
    type: str | None = None
    year: int | None = None
    holding: Holding | None = None


class CitedKey(Record):
    """What makes two citations one document: its number, of laws their title, and its date.

    A citation without a date is of the document whose date the other citations of the number give, where they give one;
    where they give none, or several, nobody knows which it is of.
    """

    number: str | None
    title: str | None
    date: dt.date | None


class HeldDocument(Record):
    """A document of the archive that may be a cited one; `certain` where number and date are the same."""

    id: int
    name: str
    type: str | None
    subject: str | None
    certain: bool


class CitedDocument(Record):
    """A cited document. Type, issuer and title are as most of its latest citations have them.

    `times` counts the places that cite it, `documents` the documents in which these stand.
    """

    key: CitedKey
    type: str | None
    issuer: str | None
    title: str | None
    times: int
    documents: int
    held: tuple[HeldDocument, ...]


class CitedChoices(Record):
    """What cited documents can be filtered by, the most frequent types first."""

    types: tuple[str, ...]
    years: tuple[int, ...]


class CitationPlace(Record):
    """A place that cites a document, with the document in which it stands: its id, subject and date."""

    citation: Citation
    document: int
    name: str
    subject: str | None
    issued: dt.date | None


def most_told(values: Iterable[str | None]) -> str | None:
    """Return the most frequent of some values, of several the first; None where there is none."""
    return next((value for value, _ in Counter(value for value in values if value).most_common(1)), None)


def places(session: Session, cited: Sequence[tuple[Citation, int]]) -> tuple[CitationPlace, ...]:
    """Return where citations stand, given with the ids of their documents."""
    found = session.execute(
        select(DocumentRow.id, DocumentRow.name, ComponentsRow.subject, ComponentsRow.date)
        .join(ComponentsRow, ComponentsRow.document_id == DocumentRow.id)
        .where(DocumentRow.id.in_({document for _, document in cited}))
    )
    known = {row.id: row for row in found}
    return tuple(
        CitationPlace(
            citation=citation,
            document=document,
            name=known[document].name,
            subject=known[document].subject,
            issued=known[document].date,
        )
        for citation, document in cited
    )
