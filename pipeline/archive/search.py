"""Search with and without marks: "chu ky so" finds "chữ ký số", and what is written as it was asked for comes first.

A passage is found when it holds all words of the query; `pipeline.archive.ranking` tells the order in which. Of those
that match alike the shortest comes first: it says what was asked for and little else. Looked at are the latest passages
that have the whole phrase, and the latest that have all words: ranking all that hold frequent words takes seconds in a
big archive. Words in double quotes belong together and are not torn apart; a star ends a word of which only the
beginning is given. After what was asked for comes what has an abbreviation of it, or what it is an abbreviation of.
Where nothing is found, words that may have been meant are looked for (pipeline.archive.mistyped). What narrows a search
beside its words is told in `pipeline.archive.narrowing`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import Session

from pipeline.archive import abbreviated, amounts, attributes, mistyped, ranking, rows, tokens
from pipeline.archive import narrowing as narrowed_by
from pipeline.archive.attributes import Known
from pipeline.archive.hits import Found, Hit, hits
from pipeline.archive.matching import AllOf, Matching, Token
from pipeline.archive.narrowing import Narrowing
from pipeline.archive.passage_index import index_of
from pipeline.archive.query import Query, parse
from pipeline.archive.ranking import Closeness, Match
from pipeline.archive.schema import ComponentsRow, PassageRow
from pipeline.archive.tokens import Spelling
from pipeline.models import Record

_LATEST = 100  # passages of one kind that are looked at and ranked
_COUNTED = 300  # passages that are counted
_AT_ONCE = 300  # passages of which it is seen at once whether they are where the search is narrowed to


class SearchResult(Record):
    """The best hits, and how many there are in all; where `is_more`, there are at least `total`.

    `corrected` are the words that were searched instead of those that were typed, None where these were found.
    """

    hits: tuple[Hit, ...]
    total: int
    is_more: bool = False
    corrected: str | None = None


@dataclass(frozen=True)
class _Scope:
    """Which passages are looked through: those that have the tokens, and of those these of which conditions hold."""

    tokens: Sequence[Matching] = ()
    of_documents: Sequence[ColumnElement[bool]] = ()
    of_figures: Sequence[ColumnElement[bool]] = ()


@dataclass(frozen=True)
class _Way:
    """A way to ask, and where."""

    asked: Query
    scope: _Scope


@dataclass(frozen=True)
class _Answer:
    """What one way to ask found: the best passages in order, and how many there are, at least where `is_more`."""

    best: Sequence[Found]
    passages: frozenset[int]
    is_more: bool


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
    best: dict[int, Found] = {}
    passages: set[int] = set()
    is_more = False
    for way in (asked, *abbreviated.otherwise(session, asked)):
        answer = _answer(session, _Way(way, _scope(session, narrowing, way)), limit)
        for found in answer.best:
            best.setdefault(found.passage, found)
        passages |= answer.passages
        is_more |= answer.is_more
        if len(best) >= limit and len(passages) > _COUNTED:
            break
    total = len(passages)
    return SearchResult(
        hits=hits(session, list(best.values())[:limit]),
        total=min(total, _COUNTED),
        is_more=is_more or total > _COUNTED,
    )


def _scope(session: Session, narrowing: Narrowing, asked: Query) -> _Scope:
    if narrowing.is_empty:
        return _Scope()
    of_figures: list[Matching] = [amounts.asked(comparison) for comparison in narrowing.comparisons]
    if narrowing.indicator:
        of_figures.append(amounts.asked_of_indicators(narrowed_by.indicators(session, narrowing.indicator)))
    elif of_figures:
        of_figures += amounts.asked_of(asked.words)
    of_documents = attributes.asked(narrowing, _known(session))
    return _Scope(
        (*of_documents, *of_figures),
        narrowed_by.of_documents(session, narrowing),
        narrowed_by.of_figures(session, narrowing, asked.words),
    )


def _known(session: Session) -> Known:
    types = session.scalars(select(ComponentsRow.type).where(ComponentsRow.type.is_not(None)).distinct())
    ends = (select(end(ComponentsRow.date)).scalar_subquery() for end in (func.min, func.max))
    first, last = session.execute(select(*ends)).one()
    # Where no document has a day no year is asked for.
    years = (int(first[:4]), int(last[:4])) if first else (2, 1)
    return Known(tuple(name for name in types if name), *years)


def _answer(session: Session, way: _Way, limit: int) -> _Answer:
    """Look for the passages that hold the words in the spelling asked for, then for those with other marks."""
    spelling, asked = (Spelling.EXACT, way.asked.exact) if way.asked.is_marked else (Spelling.FOLDED, way.asked.folded)
    most = max(_LATEST, limit)
    phrases = _with_phrase(session, way, spelling, max(most, _COUNTED + 1))
    looked = _Looked(session, way.asked)
    looked.at(phrases[:most])
    if looked.phrases >= limit and len(phrases) >= most:
        return _Answer(looked.best(limit), frozenset(phrases), is_more=True)
    holding = phrases
    if len(asked) > 1:
        holding = _latest(session, tokens.of_terms(asked, spelling), way.scope, _COUNTED + 1)
    if looked.phrases < limit:
        looked.at(holding[:most])
    found = {*phrases, *holding} - looked.rejected
    is_more = len(phrases) > _COUNTED or len(holding) > _COUNTED
    if way.asked.is_marked:
        alike = _with_phrase(session, way, Spelling.FOLDED, most)
        if len(asked) > 1 and looked.close < limit:
            alike = [*alike, *_latest(session, tokens.of_terms(way.asked.folded, Spelling.FOLDED), way.scope, most)]
        looked.at(alike)
        found |= {passage for passage in alike if passage in looked.matches}
        is_more = is_more or len(alike) >= most
    return _Answer(looked.best(limit), frozenset(found), is_more)


class _Looked:
    """The passages that were looked at for one way to ask: how they match, how long they are, and which do not."""

    def __init__(self, session: Session, asked: Query) -> None:
        self._session = session
        self._asked = asked
        self._lengths: dict[int, int] = {}
        self.matches: dict[int, Match] = {}
        self.rejected: set[int] = set()

    @property
    def phrases(self) -> int:
        """How many have the phrase as it was asked for: no other passage comes before them."""
        return sum(match == Match(Closeness.PHRASE) for match in self.matches.values())

    @property
    def close(self) -> int:
        """How many have the words, with their marks, near each other at least: before all that have them near so."""
        close = (Closeness.PHRASE, Closeness.NEAR)
        return sum(match.closeness in close and not match.other_marks for match in self.matches.values())

    def at(self, passages: Sequence[int]) -> None:
        """Look at passages, given by their ids, that were not looked at before."""
        new = {*passages} - self.matches.keys() - self.rejected
        found = select(PassageRow.id, PassageRow.text, PassageRow.doubts).where(PassageRow.id.in_(new))
        for passage, text, doubts in self._session.execute(found):
            match = ranking.match(text, rows.doubts_of(doubts), self._asked)
            if match is None:
                self.rejected.add(passage)
            else:
                self.matches[passage] = match
                self._lengths[passage] = len(text)

    def best(self, limit: int) -> list[Found]:
        """Return the best of them."""
        ranked = sorted(self.matches, key=lambda passage: (self.matches[passage], self._lengths[passage], -passage))
        return [Found(passage, self._asked, self.matches[passage]) for passage in ranked[:limit]]


def _with_phrase(session: Session, way: _Way, spelling: Spelling, most: int) -> Sequence[int]:
    """Return the latest passages that have the query's words in a row, and maybe some that only seem to."""
    if not way.asked.is_one_phrase:
        return []
    asked = way.asked.exact if spelling is Spelling.EXACT else way.asked.folded
    whole = tuple(word for term in asked for word in term)
    return _latest(session, tokens.of_phrase(whole, spelling), way.scope, most)


def _latest(session: Session, matching: AllOf, scope: _Scope, most: int) -> Sequence[int]:
    """Return the ids of the latest passages that match, the latest first."""
    index = index_of(session)
    asked = AllOf((*matching.parts, *scope.tokens))
    if not scope.of_documents and not scope.of_figures:
        return index.latest(session, asked, most)
    if index.few and not scope.of_figures:
        anywhere = index.latest(session, matching, index.few)
        if len(anywhere) < index.few:
            return _within(session, anywhere, scope)[:most]
    found: list[int] = []
    for some in _in_turn(session, asked, max(most, _AT_ONCE)):
        found += _within(session, some, scope)
        if len(found) >= most:
            break
    return found[:most]


def _within(session: Session, passages: Sequence[int], scope: _Scope) -> list[int]:
    """Return those of some passages of which the conditions of a scope hold, the latest first."""
    looked_at = select(PassageRow.id, PassageRow.document_id).where(PassageRow.id.in_(passages), *scope.of_figures)
    stand_in = {row.id: row.document_id for row in session.execute(looked_at)}
    if scope.of_documents:
        # Asked together with the passages, the database might begin with all documents of which the conditions hold.
        documents = set(stand_in.values())
        chosen = select(ComponentsRow.document_id).where(ComponentsRow.document_id.in_(documents), *scope.of_documents)
        wanted = set(session.scalars(chosen))
        stand_in = {passage: document for passage, document in stand_in.items() if document in wanted}
    return sorted(stand_in, reverse=True)


def _in_turn(session: Session, asked: Matching, size: int) -> Iterator[Sequence[int]]:
    """Yield all passages that match, some at a time, the latest first."""
    before = None
    while some := index_of(session).latest(session, asked, size, before):
        yield some
        if len(some) < size:
            return
        before = some[-1]


def _is_in_index(session: Session, word: str) -> bool:
    return index_of(session).has(session, Token(word))


def _documents(session: Session, asked: Query, narrowing: Narrowing, limit: int) -> SearchResult:
    """Find documents by what narrows alone, each by its first passage, the latest first."""
    if narrowing.is_empty:
        return SearchResult(hits=(), total=0)
    if narrowing.states_figure:
        return _documents_with_figures(session, asked, narrowing, limit)
    has_text = exists().where(PassageRow.document_id == ComponentsRow.document_id)
    chosen = select(ComponentsRow.document_id).where(*narrowed_by.of_documents(session, narrowing), has_text)
    total = session.scalars(select(func.count()).select_from(chosen.limit(_COUNTED + 1).subquery())).one()
    latest = chosen.order_by(ComponentsRow.date.desc().nulls_last(), ComponentsRow.document_id).limit(limit)
    documents = session.scalars(latest).all()
    first = (
        select(PassageRow.document_id, func.min(PassageRow.id))
        .where(PassageRow.document_id.in_(documents))
        .group_by(PassageRow.document_id)
    )
    begins = {document: passage for document, passage in session.execute(first)}  # noqa: C416 - a result is no mapping
    found = [Found(begins[document], asked, Match(Closeness.PHRASE)) for document in documents]
    return SearchResult(hits=hits(session, found), total=min(total, _COUNTED), is_more=total > _COUNTED)


def _documents_with_figures(session: Session, asked: Query, narrowing: Narrowing, limit: int) -> SearchResult:
    """Find documents by a figure that they state, each by its first passage that does, those that came last first."""
    passages = _latest(session, AllOf(()), _scope(session, narrowing, asked), _COUNTED + 1)
    stand_in = select(PassageRow.document_id, func.min(PassageRow.id)).where(PassageRow.id.in_(passages))
    latest = stand_in.group_by(PassageRow.document_id).order_by(PassageRow.document_id.desc())
    found = [Found(passage, asked, Match(Closeness.PHRASE)) for _, passage in session.execute(latest)]
    return SearchResult(hits=hits(session, found[:limit]), total=len(found), is_more=len(passages) > _COUNTED)
