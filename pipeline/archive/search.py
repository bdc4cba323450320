"""Search with and without marks: "chu ky so" finds "chữ ký số", and what is written as it was asked for comes first.

A passage is found when it holds all words of the query. The order: the whole phrase, then its words near each other,
then anywhere in the passage; within each, the exact marks before other marks; then bm25. Where the query has marks,
words with other marks count only as the phrase or near each other: there they are a misreading, scattered over a long
sentence they are other words. Words in double quotes belong together and are not torn apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from pipeline.archive import rows, terms
from pipeline.archive.schema import DocumentRow, LineRow, PageRow, PassageRow
from pipeline.errors import BadArgumentsError
from pipeline.models import Record

_MAX_WORDS = 64  # a sentence; longer queries are pasted by mistake, and FTS5 bounds the depth of an expression
_NEAR = 10  # words between the first and the last term of a near match

_TERM = re.compile(r'"([^"]*)"|([^\s"]+)')
_MATCHING = text(
    "SELECT rowid FROM passage_index WHERE passage_index MATCH :query ORDER BY bm25(passage_index), rowid LIMIT :limit"
)
_COUNT = text("SELECT count(*) FROM passage_index WHERE passage_index MATCH :query")


class Span(Record):
    """Characters of a text, `end` not included."""

    start: int
    end: int


class Hit(Record):
    """A passage that was found; `line` is the printed line on which the first highlighted word stands."""

    document: str
    page: int
    line: int
    text: str
    highlights: tuple[Span, ...]
    exact: bool  # whether the marks, too, are as in the query


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

    @property
    def folded_words(self) -> tuple[str, ...]:
        """All words without marks, in order."""
        return tuple(word for term in self.folded for word in term)


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
        BadArgumentsError: The query has too many words.
    """
    asked = parse(query)
    if not asked.folded:
        return SearchResult(hits=(), total=0)
    found: dict[int, bool] = {}
    tiers = list(_tiers(asked))
    for expression, is_exact in tiers:
        if len(found) >= limit:
            break
        matching = session.scalars(_MATCHING, {"query": expression, "limit": limit + len(found)})
        for passage in matching:
            found.setdefault(passage, is_exact)
    total = session.scalars(_COUNT, {"query": " OR ".join(f"({expression})" for expression, _ in tiers)}).one()
    hits = tuple(_hit(session, passage, asked, found[passage]) for passage in list(found)[:limit])
    return SearchResult(hits=hits, total=total)


def _tiers(asked: Query) -> Iterator[tuple[str, bool]]:
    """Yield FTS5 expressions from the strictest to the widest, each with whether the marks are as asked for."""
    if not asked.is_marked:
        for shape in (_phrase, _near, _all_words):
            yield shape("folded", asked.folded), True
        return
    for shape in (_phrase, _near):
        yield shape("exact", asked.exact), True
        yield shape("folded", asked.folded), False
    yield _all_words("exact", asked.exact), True


def _quoted(words: tuple[str, ...]) -> str:
    # Words hold letters and digits only, so there is no quotation mark to escape.
    return f'"{" ".join(words)}"'


def _phrase(column: str, asked: tuple[tuple[str, ...], ...]) -> str:
    return f"{column} : {_quoted(tuple(word for term in asked for word in term))}"


def _near(column: str, asked: tuple[tuple[str, ...], ...]) -> str:
    return f"{column} : NEAR({' '.join(map(_quoted, asked))}, {_NEAR})"


def _all_words(column: str, asked: tuple[tuple[str, ...], ...]) -> str:
    return f"{column} : ({' AND '.join(map(_quoted, asked))})"


def _hit(session: Session, passage: int, asked: Query, is_exact: bool) -> Hit:
    row, document = session.execute(
        select(PassageRow, DocumentRow).join(DocumentRow).where(PassageRow.id == passage)
    ).one()
    highlights = _highlights(terms.terms_in(row.text), asked)
    return Hit(
        document=document.name,
        page=row.page,
        line=_line(session, document.id, row, asked),
        text=row.text,
        highlights=tuple(highlights),
        exact=is_exact,
    )


def _highlights(text_terms: list[terms.Term], asked: Query) -> list[Span]:
    """Mark the whole phrase wherever it stands; where it stands nowhere, each of its terms."""
    whole = _occurrences(text_terms, asked.folded_words)
    if whole:
        return whole
    spans = {span for term in set(asked.folded) for span in _occurrences(text_terms, term)}
    return sorted(spans, key=lambda span: span.start)


def _occurrences(text_terms: list[terms.Term], words: tuple[str, ...]) -> list[Span]:
    found: list[Span] = []
    position = 0
    while position + len(words) <= len(text_terms):
        stretch = text_terms[position : position + len(words)]
        if all(term.word == word for term, word in zip(stretch, words, strict=True)):
            found.append(Span(start=stretch[0].start, end=stretch[-1].end))
            position += len(words)
        else:
            position += 1
    return found


def _line(session: Session, document: int, passage: PassageRow, asked: Query) -> int:
    """Return the number of the printed line on which the first highlight begins."""
    numbers = rows.line_numbers(passage)
    lines = session.execute(
        select(LineRow.number, LineRow.text)
        .join(PageRow)
        .where(PageRow.document_id == document, LineRow.number.in_(numbers))
        .order_by(LineRow.number)
    ).all()
    joined: list[terms.Term] = []
    for number, line in lines:
        # A line number in the place of the offset: the search for the phrase then answers with the line.
        joined.extend(terms.Term(term.word, number, number) for term in terms.terms_in(line))
    highlights = _highlights(joined, asked)
    return highlights[0].start if highlights else numbers[0]
