"""The index of the passages in PostgreSQL: a tsvector of each with a GIN index.

The vectors are written from our own tokens (https://www.postgresql.org/docs/current/datatype-textsearch.html), not by
a parser of PostgreSQL, none of which knows Vietnamese: so both databases find the same.

A GIN index finds all that match before any can be looked at, of frequent words a good part of the archive. So every
vector also names the block of ids that the passage is of, and the blocks are asked from the latest on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import singledispatch

from sqlalchemy import BigInteger, cast, column, delete, func, insert, literal, select, table
from sqlalchemy.dialects.postgresql import TSQUERY, TSVECTOR
from sqlalchemy.orm import Session

from pipeline.archive.matching import OPEN, AllOf, AnyOf, Entry, Matching, Token

_INDEX = table("passage_index", column("passage", BigInteger), column("tokens", TSVECTOR))
_BLOCK = 2**16  # passages
_WIDER = 4  # times as many blocks are asked where fewer had too little


class TsVector:
    """An index of passages; see `pipeline.archive.passage_index`."""

    def latest(self, session: Session, matching: Matching, most: int, before: int | None = None) -> Sequence[int]:
        """Return the latest passages that match, the latest first."""
        last = session.scalars(select(func.max(_INDEX.c.passage))).one()
        if last is None:
            return []
        end = last + 1 if before is None else before
        found: list[int] = []
        for some in blocks((end - 1) // _BLOCK):
            asked = AllOf((matching, AnyOf(tuple(Token(f"%{block}") for block in some))))
            matched = (
                select(_INDEX.c.passage)
                .where(_INDEX.c.tokens.op("@@", is_comparison=True)(cast(literal(query(asked)), TSQUERY)))
                # Else the table might be read from its end on, row by row.
                .cte("matched", nesting=True)
                .prefix_with("MATERIALIZED")
            )
            latest = select(matched.c.passage).where(matched.c.passage < end).order_by(matched.c.passage.desc())
            found += session.scalars(latest.limit(most - len(found)))
            if len(found) >= most:
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


def vector(entry: Entry) -> str:
    """Return the tokens of a passage, and that of its block, as PostgreSQL reads a tsvector: 'so' 'chu'."""
    # Tokens hold letters, digits and signs of our own, so there is no quotation mark to escape.
    return " ".join(f"'{token}'" for token in (*entry.tokens, f"%{entry.passage // _BLOCK}"))


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


def blocks(last: int) -> Iterator[range]:
    """Yield all blocks from the last one down to the first, more and more of them at once."""
    width = 1
    while last >= 0:
        yield range(max(0, last - width + 1), last + 1)
        last -= width
        width *= _WIDER
