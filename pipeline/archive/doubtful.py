"""The doubtful words of the archive's documents, for the person who looks them over."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from pipeline.archive import rows
from pipeline.archive.schema import DocumentRow, LineRow, PageRow
from pipeline.models import Record


class DoubtfulWord(Record):
    """A repaired word that may be another one; `text` is its printed line as repaired, `raw` as it was read.

    `confidence` runs from 0 to 1; `others` are the next best readings, best first.
    """

    document: str
    page: int
    line: int
    word: str
    confidence: float
    others: tuple[str, ...]
    text: str
    raw: str


def doubtful_words(session: Session) -> Iterator[DoubtfulWord]:
    """Yield the doubtful words of all documents, in the order of documents and lines."""
    found = session.execute(
        select(DocumentRow.name, PageRow.number, LineRow)
        .join_from(LineRow, PageRow)
        .join(DocumentRow)
        .where(LineRow.doubts.is_not(None))
        .order_by(DocumentRow.id, LineRow.number)
    )
    for document, page, line in found:
        for doubt in rows.doubts_of(line.doubts):
            yield DoubtfulWord(
                document=document,
                page=page,
                line=line.number,
                word=line.text[doubt.start : doubt.end],
                confidence=doubt.confidence,
                others=doubt.others,
                text=line.text,
                raw=line.raw,
            )
