"""The archive's database in SQLite: its pragmas, its transactions, and what it lacks of SQL."""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection, DBAPICursor
from sqlalchemy.pool import ConnectionPoolEntry

from pipeline.archive import before_revisions, terms

_BUSY_MILLISECONDS = 30_000  # another ingest holds the lock for one document at most
_BETWEEN_TRIES_SECONDS = 0.01


class Sqlite:
    """A file; see `pipeline.archive.connection.Backend`."""

    def __init__(self, path: Path) -> None:
        self.name = str(path)
        self._path = path
        self.reading: Engine = _engine(path)
        self.writing: Engine = self.reading.execution_options(begin="BEGIN IMMEDIATE")

    def exists(self) -> bool:
        """Say whether the file is there."""
        return self._path.is_file()

    def adopt(self, connection: Connection) -> None:
        """Bring a database that was made before there were revisions to where they begin."""
        before_revisions.adopt(connection, self.name)


def _keep_a_log(cursor: DBAPICursor) -> None:
    """Let a database have a write-ahead log; one that has none yet is changed when nobody reads it."""
    until = time.monotonic() + _BUSY_MILLISECONDS / 1000
    while True:
        try:
            cursor.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            # SQLite does not wait here by itself, as it does for every other lock.
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
        time.sleep(_BETWEEN_TRIES_SECONDS)


def _engine(path: Path) -> Engine:
    engine = create_engine(f"sqlite:///{path}")

    @event.listens_for(engine, "connect")
    def set_up(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
        if isinstance(connection, sqlite3.Connection):
            # Python's own transaction handling begins too late: SELECTs would stand outside of the transaction.
            connection.isolation_level = None
            connection.create_function("folded", 1, terms.folded, deterministic=True)
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout = {_BUSY_MILLISECONDS}")
        _keep_a_log(cursor)
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql(connection.get_execution_options().get("begin", "BEGIN"))

    return engine
