"""What is told of the passages that a search found."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from sqlalchemy import select
from sqlalchemy.orm import Session

from pipeline.archive import rows, terms
from pipeline.archive.passages import joined
from pipeline.archive.query import Query
from pipeline.archive.ranking import Match
from pipeline.archive.readings import Readings
from pipeline.archive.schema import DocumentRow, LineRow, PageRow, PassageRow
from pipeline.archive.terms import Span
from pipeline.models import Doubt, Record


class Hit(Record):
    """A passage that was found; `line` is the printed line on which the first highlighted word stands.

    `other_reading` says that it was found only because a doubtful word of it may have been another one; the highlights
    then show the doubtful word as it was decoded. `doubts` are all doubtful words of `text`.
    """

    document: str
    page: int
    line: int
    text: str
    highlights: tuple[Span, ...]
    exact: bool  # whether the marks, too, are as in the query
    other_reading: bool
    doubts: tuple[Doubt, ...]


@dataclass(frozen=True)
class Found:
    """A passage (its id), the query that it was found by, and how it matches."""

    passage: int
    asked: Query
    match: Match


@dataclass(frozen=True)
class _Printed:
    """A printed line: its number, its text, and its doubtful words."""

    number: int
    text: str
    doubts: tuple[Doubt, ...]


def hits(session: Session, found: Sequence[Found]) -> tuple[Hit, ...]:
    """Make hits of what was found, in the same order."""
    passages = [one.passage for one in found]
    stands_in = select(PassageRow, DocumentRow.name).join(DocumentRow).where(PassageRow.id.in_(passages))
    known = {row.id: (row, name) for row, name in session.execute(stands_in)}
    printed = _printed(session, [row for row, _ in known.values()])
    return tuple(_hit(*known[one.passage], printed[one.passage], one) for one in found)


def _hit(row: PassageRow, document: str, printed: Sequence[_Printed], found: Found) -> Hit:
    doubts = rows.doubts_of(row.doubts)
    return Hit(
        document=document,
        page=row.page,
        line=_line(printed, found) if printed else rows.line_numbers(row)[0],
        text=row.text,
        highlights=tuple(_highlights(row.text, doubts, found)),
        exact=found.match.is_exact,
        other_reading=found.match.other_reading,
        doubts=doubts,
    )


def _highlights(text: str, doubts: Sequence[Doubt], found: Found) -> list[Span]:
    """Mark the whole phrase wherever it stands; where it stands nowhere, each of its terms."""
    # Words with other marks are shown too, save where a doubtful word is what was found: they would hide it.
    otherwise = found.match.other_reading
    form, sought = (
        (terms.exact, found.asked.exact) if otherwise and found.asked.is_marked else (terms.folded, found.asked.folded)
    )
    readings = Readings(text, doubts if otherwise else (), form)
    whole = readings.occurrences([word for term in sought for word in term])
    if whole:
        return whole
    spans = {span for term in set(sought) for span in readings.occurrences(term)}
    return sorted(spans, key=lambda span: span.start)


def _line(printed: Sequence[_Printed], found: Found) -> int:
    """Return the number of the printed line on which the first highlight begins."""
    text, doubts = joined((line.text, line.doubts) for line in printed)
    highlights = _highlights(text, doubts, found)
    if not highlights:
        return printed[0].number
    starts = list(accumulate((len(line.text.strip()) + 1 for line in printed), initial=0))
    return printed[bisect_right(starts, highlights[0].start) - 1].number


def _printed(session: Session, passages: Sequence[PassageRow]) -> Mapping[int, list[_Printed]]:
    """Return the printed lines of passages, by their ids."""
    numbers = {row.id: rows.line_numbers(row) for row in passages}
    documents = {row.document_id for row in passages}
    # A passage may run over the end of a page, and has a line on each.
    sought = {row.page + turned for row in passages for turned in range(len(numbers[row.id]))}
    lines = (
        select(PageRow.document_id, LineRow.number, LineRow.text, LineRow.doubts)
        .join(PageRow)
        .where(PageRow.document_id.in_(documents), PageRow.number.in_(sought))
        .where(LineRow.number.in_({number for some in numbers.values() for number in some}))
    )
    found = {
        (document, number): _Printed(number, text, rows.doubts_of(doubts))
        for document, number, text, doubts in session.execute(lines)
    }
    return {
        row.id: [found[row.document_id, n] for n in numbers[row.id] if (row.document_id, n) in found]
        for row in passages
    }
