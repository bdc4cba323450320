"""Search with and without marks: "chu ky so" finds "chữ ký số", and what is written as it was asked for comes first.

A passage is found when it holds all words of the query. The order: the whole phrase, then its words near each other,
then anywhere in the passage; within each, the exact marks, then another reading of a doubtful word, then other marks;
of the latest that match alike, the shortest passage first. Where the query has marks, words with other marks count only
as the phrase or near each other: there they are a misreading, scattered over a long sentence they are other words.
Words in double quotes belong together and are not torn apart; a star ends a word of which only the beginning is given.
After what was asked for comes what has an abbreviation of it, or what it is an abbreviation of. Where nothing is found,
words that may have been meant are looked for (pipeline.archive.mistyped). What narrows a search beside its words is
told in `pipeline.archive.narrowing`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, false, func, select, union, union_all
from sqlalchemy.orm import Session

from pipeline.archive import abbreviated, mistyped, rows, terms
from pipeline.archive import narrowing as narrowed_by
from pipeline.archive.matching import AllTerms, AnyOf, Column, Matching, Near, Phrase, Words
from pipeline.archive.narrowing import Narrowing
from pipeline.archive.passage_index import index_of
from pipeline.archive.passages import joined
from pipeline.archive.query import Query, parse
from pipeline.archive.readings import Readings
from pipeline.archive.schema import ComponentsRow, DocumentRow, LineRow, PageRow, PassageRow
from pipeline.archive.terms import Span
from pipeline.models import Doubt, Record

_NEAR = 10  # words between the first and the last term of a near match

_LATEST = 300  # matches of one kind that are ranked; ranking all of a frequent word takes seconds in a big archive
_COUNTED = 1_000  # matches that are counted
_FEW_DOCUMENTS = 50  # that are looked through one by one


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
    """The best hits, and how many there are in all; where `is_more`, there are more than `total`.

    `corrected` are the words that were searched instead of those that were typed, None where these were found.
    """

    hits: tuple[Hit, ...]
    total: int
    is_more: bool = False
    corrected: str | None = None


@dataclass(frozen=True)
class _Tier:
    """Passages that match in one way, and what their hits say of themselves."""

    matching: Matching
    exact: bool = False
    other_reading: bool = False


@dataclass(frozen=True)
class _Scope:
    """Which passages are looked through: those of documents of which conditions hold, and those that have a figure.

    `ranges` are the ids [first, last] of the passages of few documents, None where these are many.
    """

    of_documents: Sequence[ColumnElement[bool]] = ()
    ranges: Sequence[tuple[int, int]] | None = None
    of_figures: Sequence[ColumnElement[bool]] = ()


@dataclass(frozen=True)
class _Way:
    """A way to ask, and where."""

    asked: Query
    scope: _Scope


def search(session: Session, query: str, limit: int) -> SearchResult:
    """Find passages, the best first.

    Raises:
        BadArgumentsError: The query has too many words, or a field of it cannot be read.
    """
    words, narrowing = narrowed_by.split(query)
    asked = parse(words)
    if not asked.folded:
        return _documents(session, asked, narrowing, limit)
    found = _passages(session, asked, narrowing, limit)
    if found.total:
        return found
    for meant in mistyped.meant(asked, lambda word: _is_in_index(session, word)):
        found = _passages(session, meant, narrowing, limit)
        if found.total:
            return found.model_copy(update={"corrected": meant.written})
    return SearchResult(hits=(), total=0)


def _passages(session: Session, asked: Query, narrowing: Narrowing, limit: int) -> SearchResult:
    """Find passages with the words asked for; then those that have an abbreviation of them, or what it stands for."""
    scope = _scope(session, narrowing)
    ways = [
        _Way(way, replace(scope, of_figures=narrowed_by.of_figures(narrowing, way.words)))
        for way in (asked, *abbreviated.otherwise(session, asked))
    ]
    found: dict[int, tuple[Query, _Tier]] = {}
    for way in ways:
        for tier in _tiers(way.asked):
            if len(found) >= limit:
                break
            for passage in _best(session, tier.matching, way.scope, limit + len(found)):
                found.setdefault(passage, (way.asked, tier))
    total = _count(session, ways)
    hits = tuple(_hit(session, passage, *found[passage]) for passage in list(found)[:limit])
    return SearchResult(hits=hits, total=min(total, _COUNTED), is_more=total > _COUNTED)


def _scope(session: Session, narrowing: Narrowing) -> _Scope:
    """Find out where to look. Passages of one document stand together, so of few documents these are a few ranges."""
    conditions = narrowed_by.of_documents(session, narrowing)
    if not conditions:
        return _Scope()
    few = session.scalars(select(ComponentsRow.document_id).where(*conditions).limit(_FEW_DOCUMENTS + 1)).all()
    if len(few) > _FEW_DOCUMENTS:
        return _Scope(conditions)
    ends = (
        select(func.min(PassageRow.id), func.max(PassageRow.id))
        .where(PassageRow.document_id.in_(few))
        .group_by(PassageRow.document_id)
    )
    return _Scope(conditions, [(first, last) for first, last in session.execute(ends)])


def _count(session: Session, ways: Sequence[_Way]) -> int:
    """Count the passages that match in any of the ways, up to some more than `_COUNTED`."""
    each = (_matching(session, _any(way.asked), way.scope).limit(_COUNTED + 1).subquery() for way in ways)
    counted = union(*(select(some.c.passage) for some in each)).subquery()
    return session.scalars(select(func.count()).select_from(counted)).one()


def _is_in_index(session: Session, word: str) -> bool:
    found = _matching(session, Phrase(Column.FOLDED, (word,)), _Scope()).limit(1)
    return session.scalars(found).first() is not None


def _documents(session: Session, asked: Query, narrowing: Narrowing, limit: int) -> SearchResult:
    """Find documents by what narrows alone, each by its first passage, the latest first."""
    if narrowing.is_empty:
        return SearchResult(hits=(), total=0)
    first = (
        select(func.min(PassageRow.id).label("passage"))
        .join(ComponentsRow, ComponentsRow.document_id == PassageRow.document_id)
        .where(*narrowed_by.of_documents(session, narrowing), *narrowed_by.of_figures(narrowing, ()))
        .group_by(PassageRow.document_id, ComponentsRow.date)
        .order_by(ComponentsRow.date.desc().nulls_last(), PassageRow.document_id)
    )
    total = session.scalars(select(func.count()).select_from(first.limit(_COUNTED + 1).subquery())).one()
    hits = tuple(
        _hit(session, passage, asked, _Tier(AnyOf(()), exact=True)) for passage in session.scalars(first.limit(limit))
    )
    return SearchResult(hits=hits, total=min(total, _COUNTED), is_more=total > _COUNTED)


def _matching(session: Session, matching: Matching, scope: _Scope) -> Select[Any]:
    """Return the query for the ids of all passages that match, as `passage`."""
    index = index_of(session)
    found = select(index.passage.label("passage")).select_from(index.source).where(index.condition(matching))
    if scope.of_documents or scope.of_figures:
        # The index finds the passages, and each is then looked at: a join might begin with every passage there is.
        looked_at = (
            exists()
            .where(PassageRow.id == index.passage, ComponentsRow.document_id == PassageRow.document_id)
            .where(*scope.of_documents, *scope.of_figures)
        )
        found = found.where(looked_at)
    if scope.ranges is None:
        return found
    if not scope.ranges:
        return found.where(false())
    each = (select(found.where(index.passage.between(*ends)).subquery().c.passage) for ends in scope.ranges)
    return select(union_all(*each).subquery().c.passage)


def _best(session: Session, matching: Matching, scope: _Scope, limit: int) -> Sequence[int]:
    """Return the best of the latest passages that match: the shortest say what was asked for and little else."""
    found = _matching(session, matching, scope)
    latest = found.order_by(found.selected_columns[0].desc()).limit(max(_LATEST, limit)).subquery()
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
        if asked.is_one_phrase:
            yield _Tier(_phrase(folded, asked.folded), exact=True)
            yield _Tier(_phrase(other_folded, asked.folded), other_reading=True)
        if len(asked.folded) > 1:
            yield _Tier(Near(folded, asked.folded, _NEAR), exact=True)
            yield _Tier(Near(other_folded, asked.folded, _NEAR), other_reading=True)
            yield _Tier(AllTerms((folded,), asked.folded), exact=True)
            yield _Tier(AllTerms((folded, other_folded), asked.folded), other_reading=True)
        return
    if asked.is_one_phrase:
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
    phrases = (_phrase(Column.FOLDED, asked.folded),) if asked.is_one_phrase else ()
    return AnyOf((wide, *phrases, Near(Column.FOLDED, asked.folded, _NEAR)))


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
        .where(
            PageRow.document_id == document,
            # Few pages of many: a passage may run over the end of one, and has a line on each.
            PageRow.number.between(passage.page, passage.page + len(numbers)),
            LineRow.number.in_(numbers),
        )
        .order_by(LineRow.number)
    ).all()
    text, doubts = joined((line.text, rows.doubts_of(line.doubts)) for line in lines)
    highlights = _highlights(text, doubts, asked, tier)
    if not highlights:
        return numbers[0]
    starts = list(accumulate((len(line.text.strip()) + 1 for line in lines), initial=0))
    found: int = lines[bisect_right(starts, highlights[0].start) - 1].number
    return found
