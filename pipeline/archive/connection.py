"""The archive's database: its transactions, its version, and its errors in plain words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from pipeline.archive import indexed, revisions, schema
from pipeline.archive.sqlite import Sqlite
from pipeline.errors import ConfigurationError, FileAccessError

DATABASE = "doisoat.sqlite"
"""The file of the database where it stands in the archive's folder."""


class Backend(Protocol):
    """A database system. Each of its transactions sees one consistent state."""

    name: str
    """What messages call the database; without its password."""

    reading: Engine
    """Begins transactions that wait for nobody."""

    writing: Engine
    """Begins transactions that wait for each other from their start on."""

    def exists(self) -> bool:
        """Say whether an archive's database may be there; nothing is made."""

    def adopt(self, connection: Connection) -> None:
        """Bring a database that no revision of `pipeline.archive.migrations` made to where they begin.

        Raises:
            ConfigurationError: It cannot be used.
        """


class Database:
    """The database of one archive. Readers never wait for a writer; writers wait for each other."""

    def __init__(self, backend: Backend) -> None:
        """Open the database, making its tables where there are none, and bringing older ones up to date.

        Raises:
            ConfigurationError: A newer version of the software made it, or one that is too old.
            FileAccessError: It cannot be opened, or is no database.
        """
        self._backend = backend
        with _explained(self.name):
            self._prepare()

    @property
    def name(self) -> str:
        """What messages call the database; without its password."""
        return self._backend.name

    @property
    def is_in_folder(self) -> bool:
        """Whether it is a file in the archive's folder."""
        return isinstance(self._backend, Sqlite)

    def close(self) -> None:
        """Let the connections go; SQLite folds its write-ahead log into the database."""
        self._backend.reading.dispose()
        self._backend.writing.dispose()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Give a session that sees one consistent state."""
        with _explained(self.name), Session(self._backend.reading) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Give a session whose changes all happen, at the end of the block, or not at all.

        The write lock is taken at the start: a transaction that begins by reading and then writes may be refused.
        """
        with _explained(self.name), Session(self._backend.writing) as session, session.begin():
            yield session

    def _prepare(self) -> None:
        # Who only opens an archive that is up to date waits for no writer.
        with self._backend.reading.connect() as connection:
            if revisions.current(connection) == schema.REVISION:
                return
        with self._backend.writing.begin() as connection:
            found = revisions.current(connection)
            if found is None:
                self._backend.adopt(connection)
            elif not revisions.is_known(found):
                raise ConfigurationError(
                    f"{self.name}: kho do phiên bản mới hơn tạo ra (bảng {found}, bản này đọc {schema.REVISION}). / "
                    f"A newer version made this archive (tables {found}, this one reads {schema.REVISION}).",
                    "Hãy dùng đúng phiên bản doisoat đã tạo kho. / Use the version of doisoat that made it.",
                )
            revisions.upgrade(connection)
            with Session(connection) as session:
                indexed.fill(session)


@contextmanager
def _explained(name: str) -> Iterator[None]:
    try:
        yield
    except DatabaseError as error:
        raise FileAccessError(
            f"{name}: không dùng được cơ sở dữ liệu ({error.orig}). / The database failed ({error.orig}).",
            "Hãy kiểm tra dung lượng đĩa, quyền ghi, máy chủ, và tiến trình doisoat khác. / "
            "Check the disk space, the permissions, the server, and for another running doisoat.",
        ) from error


def holds_archive(backend: Backend) -> bool:
    """Say whether an archive's database is there; none is made.

    Raises:
        FileAccessError: Its server cannot be reached.
    """
    with _explained(backend.name):
        return backend.exists()


def backend(folder: Path, url: str | None) -> Backend:
    """Return the database of the archive in a folder: the one at a URL, or else SQLite's in the folder itself.

    Raises:
        ConfigurationError: The URL is of no database that the archive can stand in, or its driver is not installed.
    """
    if url is None:
        return Sqlite(folder / DATABASE)
    from pipeline.archive.postgresql import PostgreSql  # noqa: PLC0415 - its driver is an extra

    return PostgreSql(url)
