"""Opening the archive's SQLite database: its pragmas, its transactions, its version, and its errors in plain words."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session
from sqlalchemy.pool import ConnectionPoolEntry

from pipeline.archive import schema, terms
from pipeline.errors import ConfigurationError, FileAccessError

DATABASE = "doisoat.sqlite"

_BUSY_MILLISECONDS = 30_000  # another ingest holds the lock for one document at most


class Database:
    """The database of one archive folder. Readers never wait for a writer (WAL); writers wait for each other."""

    def __init__(self, path: Path) -> None:
        """Open the database, making its tables where there are none, and bringing older ones up to date.

        Raises:
            ConfigurationError: A newer version of the software made it, or one that is too old.
            FileAccessError: It cannot be opened, or is no database.
        """
        self._path = path
        self._engine = _engine(path)
        self._writing = self._engine.execution_options(begin="BEGIN IMMEDIATE")
        with self._explained():
            self._prepare()

    def close(self) -> None:
        """Let the files go; the write-ahead log is folded into the database."""
        self._engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Give a session that sees one consistent state."""
        with self._explained(), Session(self._engine) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Give a session whose changes all happen, at the end of the block, or not at all.

        The write lock is taken at the start: a transaction that begins by reading and then writes may be refused.
        """
        with self._explained(), Session(self._writing) as session, session.begin():
            yield session

    def _prepare(self) -> None:
        with self._engine.connect() as connection:
            # Who only opens an archive that is up to date waits for no writer.
            if connection.exec_driver_sql("PRAGMA user_version").scalar_one() == schema.VERSION:
                return
        with self._writing.begin() as connection:
            version = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
            if version == 0:
                schema.create(connection)
                connection.exec_driver_sql(f"PRAGMA user_version = {schema.VERSION}")
            elif schema.OLDEST <= version < schema.VERSION:
                schema.upgrade(connection, version)
                connection.exec_driver_sql(f"PRAGMA user_version = {schema.VERSION}")
            elif version != schema.VERSION:
                raise ConfigurationError(
                    f"{self._path}: kho do phiên bản khác tạo ra (bảng {version}, bản này đọc {schema.VERSION}). / "
                    f"Another version made this archive (tables {version}, this one reads {schema.VERSION}).",
                    "Hãy dùng đúng phiên bản doisoat đã tạo kho. / Use the version of doisoat that made it.",
                )

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            yield
        except DatabaseError as error:
            raise FileAccessError(
                f"{self._path}: không dùng được cơ sở dữ liệu ({error.orig}). / The database failed ({error.orig}).",
                "Hãy kiểm tra dung lượng đĩa, quyền ghi, và tiến trình doisoat khác. / "
                "Check the disk space, the permissions, and for another running doisoat.",
            ) from error


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
        cursor.execute("PRAGMA journal_mode = WAL")
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql(connection.get_execution_options().get("begin", "BEGIN"))

    return engine
