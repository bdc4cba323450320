"""The index of the passages in PostgreSQL: a tsvector of each with a GIN index.

The vectors are written from our own tokens (https://www.postgresql.org/docs/current/datatype-textsearch.html), not by
a parser of PostgreSQL, none of which knows Vietnamese: so both databases find the same.

A GIN index finds all that match before any can be looked at, of frequent words a good part of the archive. So every
vector also names the blocks of ids that the passage is of, small ones in bigger ones, and the blocks are asked from the
latest on, bigger and bigger ones. Few are asked at once: GIN looks through all of them for each passage.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import singledispatch

from sqlalchemy import BigInteger, ColumnElement, cast, column, delete, func, insert, literal, select, table
from sqlalchemy.dialects.postgresql import TSQUERY, TSVECTOR
from sqlalchemy.orm import Session

from pipeline.archive.matching import OPEN, AllOf, AnyOf, Entry, Matching, Token

_INDEX = table("passage_index", column("passage", BigInteger), column("tokens", TSVECTOR))
_SMALLEST = 2**12  # passages of a block
_WIDER = 4  # blocks of a bigger one
_SIZES = 6
_FEW = 10_000  # passages that match, all of which may be looked up
_BIG = 2  # the size from whose blocks on it takes as long to ask for the whole rest
_SOON = _WIDER + _WIDER**2  # times as many passages as were asked stand in the blocks of the next two turns


class TsVector:
    """An index of passages; see `pipeline.archive.passage_index`."""

    few = 0  # the rarest tokens lead through the lists of the others

    def has(self, session: Session, token: Token) -> bool:
        """Say whether some passage has a token."""
        return session.scalar(select(_INDEX.c.passage).where(_holds(token)).limit(1)) is not None

    def latest(self, session: Session, matching: Matching, most: int, before: int | None = None) -> Sequence[int]:
        """Return the latest passages that match, the latest first."""
        last = session.scalars(select(func.max(_INDEX.c.passage))).one()
        if last is None:
            return []
        end = last + 1 if before is None else before
        found: list[int] = []
        for size, (tokens, first) in enumerate(blocks(end)):
            asked = AllOf((matching, AnyOf(tuple(map(Token, tokens)))))
            found += _matching(session, asked, end, most - len(found))
            if len(found) >= most:
                break
            bound = len(found) + 3  # where none was found three may match (Hanley, Lippman-Hand 1983, JAMA 249)
            is_far = size >= _BIG or bound * _SOON < most - len(found)
            if is_far and bound / (end - first) * first <= _FEW:
                found += _matching(session, matching, first, most - len(found))
                break
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


def _matching(session: Session, asked: Matching, before: int, most: int) -> Sequence[int]:
    matched = (
        select(_INDEX.c.passage)
        .where(_holds(asked))
        # Else the table might be read from its end on, row by row.
        .cte("matched", nesting=True)
        .prefix_with("MATERIALIZED")
    )
    latest = select(matched.c.passage).where(matched.c.passage < before).order_by(matched.c.passage.desc())
    return session.scalars(latest.limit(most)).all()


def _holds(asked: Matching) -> ColumnElement[bool]:
    return _INDEX.c.tokens.op("@@", is_comparison=True)(cast(literal(query(asked)), TSQUERY))


def vector(entry: Entry) -> str:
    """Return the tokens of a passage, and those of its blocks, as PostgreSQL reads a tsvector: 'so' 'chu'."""
    of_blocks = (_block(size, entry.passage // _passages(size)) for size in range(_SIZES))
    # Tokens hold letters, digits and signs of our own, so there is no quotation mark to escape.
    return " ".join(f"'{token}'" for token in (*entry.tokens, *of_blocks))


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


def blocks(end: int) -> Iterator[tuple[tuple[str, ...], int]]:
    """Yield blocks that hold all passages before one, from the latest on, bigger and bigger ones.

    Of some at once there are their tokens, and the first passage that they may hold.
    """
    for size in range(_SIZES):
        if end <= 0:
            return
        last = (end - 1) // _passages(size)
        first = last - last % _WIDER if size < _SIZES - 1 else 0
        end = first * _passages(size)
        yield tuple(_block(size, block) for block in range(last, first - 1, -1)), end


def _passages(size: int) -> int:
    return int(_SMALLEST * _WIDER**size)


def _block(size: int, number: int) -> str:
    return f"%{size}.{number}"
