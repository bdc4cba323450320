"""Search with and without marks: "chu ky so" finds "chữ ký số", and what is written as it was asked for comes first.

A passage is found when it holds all words of the query. The order: the whole phrase, then its words near each other,
then anywhere in the passage; within each, the exact marks, then another reading of a doubtful word, then other marks;
then bm25. Where the query has marks, words with other marks count only as the phrase or near each other: there they are
a misreading, scattered over a long sentence they are other words. Words in double quotes belong together and are not
torn apart. What narrows a search beside its words is told in `pipeline.archive.narrowing`.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from pipeline.archive import narrowing as narrowed_by
from pipeline.archive import rows, terms
from pipeline.archive.narrowing import Narrowing
from pipeline.archive.passages import joined
from pipeline.archive.readings import Readings
from pipeline.archive.schema import DocumentRow, LineRow, PageRow, PassageRow
from pipeline.archive.terms import Span
from pipeline.errors import BadArgumentsError
from pipeline.models import Doubt, Record

_MAX_WORDS = 64  # a sentence; longer queries are pasted by mistake, and FTS5 bounds the depth of an expression
_NEAR = 10  # words between the first and the last term of a near match

_TERM = re.compile(r'"([^"]*)"|([^\s"]+)')
_MATCHING = "SELECT passage_index.rowid FROM passage_index{joined} WHERE passage_index MATCH :query{narrowed}"
_BEST_FIRST = " ORDER BY bm25(passage_index), passage_index.rowid LIMIT :limit"
# The index finds the passages, so it comes first; documents are looked up for what it found.
_JOINED = (
    " CROSS JOIN passages p ON p.id = passage_index.rowid CROSS JOIN components c ON c.document_id = p.document_id"
)
_FIRST_PASSAGES = (
    "SELECT min(p.id) FROM components c JOIN passages p ON p.document_id = c.document_id WHERE {conditions} "
    "GROUP BY p.document_id ORDER BY c.date DESC, p.document_id"
)


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
    """The best hits, and how many there are in all."""

    hits: tuple[Hit, ...]
    total: int


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
    """Passages that match in one way: the FTS5 expression that finds them, and what their hits say of themselves."""

    expression: str
    exact: bool = False
    other_reading: bool = False


def parse(query: str) -> Query:
    """Take the words out of a query; every other character, FTS5's operators too, only separates them.

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
    conditions, values = narrowed_by.conditions(narrowing, [word for term in asked.folded for word in term])
    matching = _MATCHING.format(
        joined=_JOINED if conditions else "", narrowed="".join(f" AND {condition}" for condition in conditions)
    )
    found: dict[int, _Tier] = {}
    for tier in _tiers(asked):
        if len(found) >= limit:
            break
        sought = {"query": tier.expression, "limit": limit + len(found), **values}
        for passage in session.scalars(text(matching + _BEST_FIRST), sought):
            found.setdefault(passage, tier)
    total = session.scalars(text(f"SELECT count(*) FROM ({matching})"), {"query": _any(asked), **values}).one()
    hits = tuple(_hit(session, passage, asked, found[passage]) for passage in list(found)[:limit])
    return SearchResult(hits=hits, total=total)


def _documents(session: Session, asked: Query, narrowing: Narrowing, limit: int) -> SearchResult:
    """Find documents by what narrows alone, each by its first passage, the latest first."""
    if narrowing.is_empty:
        return SearchResult(hits=(), total=0)
    conditions, values = narrowed_by.conditions(narrowing, ())
    found = session.scalars(text(_FIRST_PASSAGES.format(conditions=" AND ".join(conditions))), values).all()
    hits = tuple(_hit(session, passage, asked, _Tier("", exact=True)) for passage in found[:limit])
    return SearchResult(hits=hits, total=len(found))


def _tiers(asked: Query) -> Iterator[_Tier]:
    """Yield the ways to match from the strictest to the widest."""
    if not asked.is_marked:
        yield _Tier(_phrase("folded", asked.folded), exact=True)
        yield _Tier(_phrase("other_folded", asked.folded), other_reading=True)
        yield _Tier(_near("folded", asked.folded), exact=True)
        yield _Tier(_near("other_folded", asked.folded), other_reading=True)
        yield _Tier(_all_words("folded", asked.folded), exact=True)
        yield _Tier(_all_words("{folded other_folded}", asked.folded), other_reading=True)
        return
    yield _Tier(_phrase("exact", asked.exact), exact=True)
    yield _Tier(_phrase("other_exact", asked.exact), other_reading=True)
    yield _Tier(_phrase("folded", asked.folded))
    yield _Tier(_near("exact", asked.exact), exact=True)
    yield _Tier(_near("other_exact", asked.exact), other_reading=True)
    yield _Tier(_near("folded", asked.folded))
    yield _Tier(_all_words("exact", asked.exact), exact=True)
    yield _Tier(_all_words("{exact other_exact}", asked.exact), other_reading=True)


def _any(asked: Query) -> str:
    """Return an expression for all that the tiers find, without those that find nothing beyond others."""
    if not asked.is_marked:
        return _all_words("{folded other_folded}", asked.folded)
    wide = _all_words("{exact other_exact}", asked.exact)
    return f"({wide}) OR ({_phrase('folded', asked.folded)}) OR ({_near('folded', asked.folded)})"


def _quoted(words: tuple[str, ...]) -> str:
    # Words hold letters and digits only, so there is no quotation mark to escape.
    return f'"{" ".join(words)}"'


def _phrase(column: str, asked: tuple[tuple[str, ...], ...]) -> str:
    return f"{column} : {_quoted(tuple(word for term in asked for word in term))}"


def _near(column: str, asked: tuple[tuple[str, ...], ...]) -> str:
    return f"{column} : NEAR({' '.join(map(_quoted, asked))}, {_NEAR})"


def _all_words(column: str, asked: tuple[tuple[str, ...], ...]) -> str:
    return f"{column} : ({' AND '.join(map(_quoted, asked))})"


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
