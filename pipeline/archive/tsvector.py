"""The index of the passages in PostgreSQL: a tsvector of each with a GIN index.

The vectors are written from our own tokens (https://www.postgresql.org/docs/current/datatype-textsearch.html), not by
a parser of PostgreSQL, none of which knows Vietnamese: so both databases find the same.

A GIN index finds all that match before any can be looked at, of frequent words a good part of the archive. So every
vector also names the blocks that the passage lies in (`pipeline.archive.blocks`): they are asked from the latest on.
Blocks and words are conditions of their own: GIN then skips in the list of each to where the others are, while in one
condition it would go through the list of the rarest token from its beginning.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import singledispatch

from sqlalchemy import BigInteger, ColumnElement, cast, column, delete, func, insert, literal, select, table
from sqlalchemy.dialects.postgresql import TSQUERY, TSVECTOR
from sqlalchemy.orm import Session

from pipeline.archive import blocks
from pipeline.archive.matching import OPEN, AllOf, AnyOf, Entry, Matching, Token

_INDEX = table("passage_index", column("passage", BigInteger), column("tokens", TSVECTOR))
_FEW = 1_000  # passages that match, all of which may be looked up
_FAR = 200_000  # passages that were looked through, after which it takes as long to ask for the whole rest


class TsVector:
    """An index of passages; see `pipeline.archive.passage_index`."""

    few = 0  # the rarest tokens lead through the lists of the others

    def has(self, session: Session, token: Token) -> bool:
        """Say whether some passage has a token."""
        # Asked plainly for one row, PostgreSQL reads the table for words that no passage has.
        return bool(self.latest(session, token, 1))

    def latest(self, session: Session, matching: Matching, most: int, before: int | None = None) -> Sequence[int]:
        """Return the latest passages that match, the latest first."""
        last = session.scalars(select(func.max(_INDEX.c.passage))).one()
        if last is None:
            return []
        latest = end = last + 1 if before is None else before
        first = blocks.back_from(end)
        found: list[int] = []
        while end > 0 and (wanted := most - len(found)) > 0:
            if latest - end >= _FAR and _most_before(end, latest, len(found)) <= _FEW:
                return [*found, *_matching(session, _parts(matching), end, wanted)]
            within = AnyOf(tuple(map(Token, blocks.between(first, end))))
            found += _matching(session, (within, *_parts(matching)), end, wanted)
            end = first
            first = blocks.farther_back(end, latest - end, len(found), most - len(found))
        return found

    def enter(self, session: Session, entries: Sequence[Entry]) -> None:
        """Enter passages that are not in the index."""
        session.execute(insert(_INDEX), [{"passage": entry.passage, "tokens": vector(entry)} for entry in entries])

    def take_out(self, session: Session, entries: Sequence[Entry]) -> None:
        """Take passages out of the index, given as they were entered."""
        session.execute(delete(_INDEX).where(_INDEX.c.passage.in_([entry.passage for entry in entries])))

    def size(self, session: Session) -> int:
        """Count the passages in the index."""
        return session.scalars(select(func.count()).select_from(_INDEX)).one()


def _most_before(end: int, latest: int, found: int) -> float:
    """Return how many passages before one may match, where some of those from there to the latest do."""
    bound = found + 3  # where none was found three may match (Hanley, Lippman-Hand 1983, JAMA 249)
    return bound / (latest - end) * end


def _matching(session: Session, parts: Sequence[Matching], before: int, most: int) -> Sequence[int]:
    """Return the latest passages before one of which all parts hold, the latest first."""
    matched = (
        select(_INDEX.c.passage)
        .where(*map(_holds, parts))
        # Else the table might be read from its end on, row by row.
        .cte("matched", nesting=True)
        .prefix_with("MATERIALIZED")
    )
    latest = select(matched.c.passage).where(matched.c.passage < before).order_by(matched.c.passage.desc())
    return session.scalars(latest.limit(most)).all()


def _parts(matching: Matching) -> Sequence[Matching]:
    return matching.parts if isinstance(matching, AllOf) else (matching,)


def _holds(asked: Matching) -> ColumnElement[bool]:
    return _INDEX.c.tokens.op("@@", is_comparison=True)(cast(literal(query(asked)), TSQUERY))


def vector(entry: Entry) -> str:
    """Return the tokens of a passage, and those of its blocks, as PostgreSQL reads a tsvector: 'so' 'chu'."""
    # Tokens hold letters, digits and signs of our own, so there is no quotation mark to escape.
    return " ".join(f"'{token}'" for token in (*entry.tokens, *blocks.of_passage(entry.passage)))


@singledispatch
def query(matching: Matching) -> str:
    """Return the tsquery for what is asked."""
    raise TypeError(matching)


@query.register
def _(token: Token) -> str:
    return f"'{token.text.removesuffix(OPEN)}'{':*' if token.text.endswith(OPEN) else ''}"


@query.register
def _(every: AllOf) -> str:
    return f"({' & '.join(map(query, every.parts))})"


@query.register
def _(any_of: AnyOf) -> str:
    return f"({' | '.join(map(query, any_of.ways))})"
