"""All that one database of an archive holds, into another one, of the same system or not."""

from __future__ import annotations

from sqlalchemy import Table, func, insert, select
from sqlalchemy.orm import Session

from pipeline.archive import indexed
from pipeline.archive.schema import Base, DocumentRow

_AT_ONCE = 1_000  # rows


def is_empty(session: Session) -> bool:
    """Say whether a database holds nothing but its tables."""
    return not any(session.scalars(select(table.c[0]).limit(1)).all() for table in Base.metadata.sorted_tables)


def copy(source: Session, target: Session) -> None:
    """Copy all rows under their own ids into an empty database, and make its search index."""
    for table in Base.metadata.sorted_tables:
        for rows in source.execute(select(table).execution_options(yield_per=_AT_ONCE)).mappings().partitions():
            target.execute(insert(table), [dict(row) for row in rows])
        _count_on(target, table)
    indexed.enter(target, target.scalars(select(DocumentRow.id).order_by(DocumentRow.id)).all())


def _count_on(session: Session, table: Table) -> None:
    """Let ids go on after those that were copied; SQLite does by itself."""
    if session.get_bind().dialect.name != "postgresql" or "id" not in table.c:
        return
    last = session.scalars(select(func.max(table.c.id))).one()
    if last is not None:
        session.execute(select(func.setval(func.pg_get_serial_sequence(table.name, "id"), last)))
