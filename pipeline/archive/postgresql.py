"""The archive's database in PostgreSQL: its connections, its transactions, and who may be its server."""

from __future__ import annotations

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, NoSuchModuleError
from sqlalchemy.pool import ConnectionPoolEntry

from pipeline.archive import revisions
from pipeline.errors import ConfigurationError

_WRITERS = 7_051_936  # the number of the lock that writers take; any number that no other program would take


class PostgreSql:
    """A database of a server; see `pipeline.archive.connection.Backend`."""

    def __init__(self, url: str) -> None:
        """Prepare connections; none is made yet.

        Raises:
            ConfigurationError: The URL is not `postgresql://…`, or the driver is not installed.
        """
        address = _address(url)
        self.name = address.set(drivername="postgresql").render_as_string(hide_password=True)
        try:
            engine = create_engine(address, pool_pre_ping=True)
        except ModuleNotFoundError as error:
            raise ConfigurationError(
                f"{self.name}: chưa cài thư viện PostgreSQL. / The PostgreSQL driver is not installed.",
                "Hãy cài: pip install 'doisoat[postgres]'. / Install: pip install 'doisoat[postgres]'.",
            ) from error
        event.listen(engine, "connect", _plan_only)
        self.reading: Engine = engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        # Whoever has waited for the lock must see what the one before has written.
        self.writing: Engine = engine.execution_options(isolation_level="READ COMMITTED")
        event.listen(self.writing, "begin", _wait_for_writers)

    def exists(self) -> bool:
        """Say whether the database has an archive's tables."""
        with self.reading.connect() as connection:
            return revisions.current(connection) is not None

    def adopt(self, connection: Connection) -> None:
        """Refuse a database that cannot hold every letter.

        Raises:
            ConfigurationError: Its encoding is not UTF-8.
        """
        encoding = connection.exec_driver_sql("SHOW server_encoding").scalar_one()
        if encoding != "UTF8":
            raise ConfigurationError(
                f"{self.name}: bảng mã {encoding}, cần UTF8. / Its encoding is {encoding}, UTF8 is needed.",
                "Hãy tạo lại: createdb --encoding UTF8 --template template0 TEN. / Make the database anew so.",
            )


def _address(url: str) -> URL:
    try:
        address = make_url(url)
        if address.get_backend_name() == "postgresql":
            return address.set(drivername="postgresql+psycopg")
    except (ArgumentError, NoSuchModuleError, ValueError) as error:
        raise _no_address() from error
    raise _no_address()


def _no_address() -> ConfigurationError:
    # The text that was given may hold a password.
    return ConfigurationError(
        "Địa chỉ cơ sở dữ liệu không đúng. / No address of a database that the archive can stand in.",
        "Ví dụ / For example: postgresql://doisoat@localhost/doisoat",
    )


def _plan_only(connection: DBAPIConnection, _: ConnectionPoolEntry) -> None:
    """Let no statement be compiled: of statements that take milliseconds compiling takes most of the time."""
    cursor = connection.cursor()
    cursor.execute("SET jit = off")
    cursor.close()
    connection.commit()


def _wait_for_writers(connection: Connection) -> None:
    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_WRITERS})")
