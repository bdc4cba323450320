"""Search with and without marks: "chu ky so" finds "chữ ký số", and what is written as it was asked for comes first.

A passage is found when it holds all words of the query. The order: the whole phrase, then its words near each other,
then anywhere in the passage; within each, the exact marks, then another reading of a doubtful word, then other marks;
of the latest that match alike, the shortest passage first. Where the query has marks, words with other marks count only
as the phrase or near each other: there they are a misreading, scattered over a long sentence they are other words.
Words in double quotes belong together and are not torn apart. What narrows a search beside its words is told in
`pipeline.archive.narrowing`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from pipeline.archive import narrowing as narrowed_by
from pipeline.archive import rows, terms
from pipeline.archive.matching import AllTerms, AnyOf, Column, Matching, Near, Phrase, Words
from pipeline.archive.narrowing import Narrowing
from pipeline.archive.passage_index import index_of
from pipeline.archive.passages import joined
from pipeline.archive.readings import Readings
from pipeline.archive.schema import ComponentsRow, DocumentRow, LineRow, PageRow, PassageRow
from pipeline.archive.terms import Span
from pipeline.errors import BadArgumentsError
from pipeline.models import Doubt, Record

_MAX_WORDS = 64  # a sentence; longer queries are pasted by mistake, and FTS5 bounds the depth of an expression
_NEAR = 10  # words between the first and the last term of a near match

_LATEST = 300  # matches of one kind that are ranked; ranking all of a frequent word takes seconds in a big archive
_COUNTED = 1_000  # matches that are counted

_TERM = re.compile(r'"([^"]*)"|([^\s"]+)')


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


class SearchResult(Record):
    """The best hits, and how many there are in all; where `is_more`, there are more than `total`."""

    hits: tuple[Hit, ...]
    total: int
    is_more: bool = False


class Query(Record):
    """What is asked for: terms of one or more words each, with their marks and without."""

    exact: tuple[tuple[str, ...], ...]
    folded: tuple[tuple[str, ...], ...]

    @property
    def is_marked(self) -> bool:
        """Whether the query has words with marks; who types none cares for none."""
        return bool(self.exact) and self.exact != self.folded


@dataclass(frozen=True)
class _Tier:
    """Passages that match in one way, and what their hits say of themselves."""

    matching: Matching
    exact: bool = False
    other_reading: bool = False


def parse(query: str) -> Query:
    """Take the words out of a query; every other character only separates them.

    Raises:
        BadArgumentsError: It has more than 64 words.
    """
    parts = [quoted or word for quoted, word in _TERM.findall(query)]
    exact = tuple(found for part in parts if (found := terms.words(terms.exact(part))))
    folded = tuple(found for part in parts if (found := terms.words(terms.folded(part))))
    if sum(map(len, folded)) > _MAX_WORDS:
        raise BadArgumentsError(
            f"Câu tìm kiếm dài hơn {_MAX_WORDS} từ. / The query has more than {_MAX_WORDS} words.",
            "Hãy tìm vài từ chính. / Search for a few main words.",
        )
    return Query(exact=exact, folded=folded)


def search(session: Session, query: str, limit: int) -> SearchResult:
    """Find passages, the best first.

    Raises:
        BadArgumentsError: The query has too many words, or a field of it cannot be read.
    """
    words, narrowing = narrowed_by.split(query)
    asked = parse(words)
    if not asked.folded:
        return _documents(session, asked, narrowing, limit)
    conditions = narrowed_by.conditions(narrowing, [word for term in asked.folded for word in term])
    found: dict[int, _Tier] = {}
    for tier in _tiers(asked):
        if len(found) >= limit:
            break
        for passage in _best(session, tier.matching, conditions, limit + len(found)):
            found.setdefault(passage, tier)
    counted = _matching(session, _any(asked), conditions).limit(_COUNTED + 1).subquery()
    total = session.scalars(select(func.count()).select_from(counted)).one()
    hits = tuple(_hit(session, passage, asked, found[passage]) for passage in list(found)[:limit])
    return SearchResult(hits=hits, total=min(total, _COUNTED), is_more=total > _COUNTED)


def _documents(session: Session, asked: Query, narrowing: Narrowing, limit: int) -> SearchResult:
    """Find documents by what narrows alone, each by its first passage, the latest first."""
    if narrowing.is_empty:
        return SearchResult(hits=(), total=0)
    first = (
        select(func.min(PassageRow.id).label("passage"))
        .join(ComponentsRow, ComponentsRow.document_id == PassageRow.document_id)
        .where(*narrowed_by.conditions(narrowing, ()))
        .group_by(PassageRow.document_id, ComponentsRow.date)
        .order_by(ComponentsRow.date.desc().nulls_last(), PassageRow.document_id)
    )
    total = session.scalars(select(func.count()).select_from(first.limit(_COUNTED + 1).subquery())).one()
    hits = tuple(
        _hit(session, passage, asked, _Tier(AnyOf(()), exact=True)) for passage in session.scalars(first.limit(limit))
    )
    return SearchResult(hits=hits, total=min(total, _COUNTED), is_more=total > _COUNTED)


def _matching(session: Session, matching: Matching, conditions: Sequence[ColumnElement[bool]]) -> Select[Any]:
    """Return the query for the ids of all passages that match."""
    index = index_of(session)
    found = select(index.passage.label("passage")).select_from(index.source).where(index.condition(matching))
    if not conditions:
        return found
    return (
        found.join(PassageRow, PassageRow.id == index.passage)
        .join(ComponentsRow, ComponentsRow.document_id == PassageRow.document_id)
        .where(*conditions)
    )


def _best(session: Session, matching: Matching, conditions: Sequence[ColumnElement[bool]], limit: int) -> Sequence[int]:
    """Return the best of the latest passages that match: the shortest say what was asked for and little else."""
    found = _matching(session, matching, conditions)
    latest = found.order_by(index_of(session).passage.desc()).limit(max(_LATEST, limit)).subquery()
    return session.scalars(
        select(latest.c.passage)
        .join(PassageRow, PassageRow.id == latest.c.passage)
        .order_by(func.length(PassageRow.text), latest.c.passage.desc())
        .limit(limit)
    ).all()


def _tiers(asked: Query) -> Iterator[_Tier]:
    """Yield the ways to match from the strictest to the widest."""
    exact, folded, other_exact, other_folded = Column
    if not asked.is_marked:
        yield _Tier(_phrase(folded, asked.folded), exact=True)
        yield _Tier(_phrase(other_folded, asked.folded), other_reading=True)
        if len(asked.folded) > 1:
            yield _Tier(Near(folded, asked.folded, _NEAR), exact=True)
            yield _Tier(Near(other_folded, asked.folded, _NEAR), other_reading=True)
            yield _Tier(AllTerms((folded,), asked.folded), exact=True)
            yield _Tier(AllTerms((folded, other_folded), asked.folded), other_reading=True)
        return
    yield _Tier(_phrase(exact, asked.exact), exact=True)
    yield _Tier(_phrase(other_exact, asked.exact), other_reading=True)
    yield _Tier(_phrase(folded, asked.folded))
    if len(asked.folded) > 1:
        yield _Tier(Near(exact, asked.exact, _NEAR), exact=True)
        yield _Tier(Near(other_exact, asked.exact, _NEAR), other_reading=True)
        yield _Tier(Near(folded, asked.folded, _NEAR))
        yield _Tier(AllTerms((exact,), asked.exact), exact=True)
        yield _Tier(AllTerms((exact, other_exact), asked.exact), other_reading=True)


def _any(asked: Query) -> Matching:
    """Return what matches all that the tiers find, without those that find nothing beyond others."""
    if not asked.is_marked:
        return AllTerms((Column.FOLDED, Column.OTHER_FOLDED), asked.folded)
    wide = AllTerms((Column.EXACT, Column.OTHER_EXACT), asked.exact)
    return AnyOf((wide, _phrase(Column.FOLDED, asked.folded), Near(Column.FOLDED, asked.folded, _NEAR)))


def _phrase(column: Column, asked: tuple[Words, ...]) -> Phrase:
    return Phrase(column, tuple(word for term in asked for word in term))


def _hit(session: Session, passage: int, asked: Query, tier: _Tier) -> Hit:
    row, document = session.execute(
        select(PassageRow, DocumentRow).join(DocumentRow).where(PassageRow.id == passage)
    ).one()
    doubts = rows.doubts_of(row.doubts)
    if _is_other_reading(row.text, doubts, asked, tier):
        tier = replace(tier, other_reading=True)
    return Hit(
        document=document.name,
        page=row.page,
        line=_line(session, document.id, row, asked, tier),
        text=row.text,
        highlights=tuple(_highlights(row.text, doubts, asked, tier)),
        exact=tier.exact,
        other_reading=tier.other_reading,
        doubts=doubts,
    )


def _is_other_reading(text: str, doubts: Sequence[Doubt], asked: Query, tier: _Tier) -> bool:
    """Say whether a passage that was found with other marks has the marks asked for in another reading of its own."""
    if tier.exact or tier.other_reading or not doubts:
        return tier.other_reading
    readings = Readings(text, doubts, terms.exact)
    return all(readings.occurrences(term) for term in asked.exact)


def _highlights(text: str, doubts: Sequence[Doubt], asked: Query, tier: _Tier) -> list[Span]:
    """Mark the whole phrase wherever it stands; where it stands nowhere, each of its terms."""
    # Words with other marks are shown too, save where a doubtful word is what was found: they would hide it.
    form, sought = (
        (terms.exact, asked.exact) if tier.other_reading and asked.is_marked else (terms.folded, asked.folded)
    )
    readings = Readings(text, doubts if tier.other_reading else (), form)
    whole = readings.occurrences([word for term in sought for word in term])
    if whole:
        return whole
    spans = {span for term in set(sought) for span in readings.occurrences(term)}
    return sorted(spans, key=lambda span: span.start)


def _line(session: Session, document: int, passage: PassageRow, asked: Query, tier: _Tier) -> int:
    """Return the number of the printed line on which the first highlight begins."""
    numbers = rows.line_numbers(passage)
    lines = session.execute(
        select(LineRow.number, LineRow.text, LineRow.doubts)
        .join(PageRow)
        .where(PageRow.document_id == document, LineRow.number.in_(numbers))
        .order_by(LineRow.number)
    ).all()
    text, doubts = joined((line.text, rows.doubts_of(line.doubts)) for line in lines)
    highlights = _highlights(text, doubts, asked, tier)
    if not highlights:
        return numbers[0]
    starts = list(accumulate((len(line.text.strip()) + 1 for line in lines), initial=0))
    found: int = lines[bisect_right(starts, highlights[0].start) - 1].number
    return found
