"""A PostgreSQL server of the tests' own, in a folder of their own: no service of the machine is touched."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

import psycopg
from sqlalchemy.engine import make_url

from pipeline.archive.connection import Database
from pipeline.archive.postgresql import PostgreSql

_ACCOUNT = "postgres"  # PostgreSQL refuses to run as root; Debian's package makes this account
_SETTINGS = "-c listen_addresses='' -c fsync=off -c synchronous_commit=off -c full_page_writes=off"
_ROOM = 3 * 2**30
_EMPTY = "empty_archive"


def programs() -> Path | None:
    """Return the folder of PostgreSQL's programs: Debian keeps initdb out of the path."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    elsewhere = shutil.which("initdb")
    if found:
        return found[-1].parent
    return Path(elsewhere).parent if elsewhere else None


@dataclass
class PostgresServer:
    """A running server, and the databases that were made for folders."""

    folder: Path
    user: str
    of_folders: dict[Path, str] = field(default_factory=dict)
    has_empty: bool = False

    def url(self, database: str) -> str:
        """Return the address of a database."""
        return f"postgresql://{self.user}@/{database}?host={self.folder}"

    def name_of(self, url: str) -> str:
        """Return the name of the database at an address."""
        return make_url(url).database or ""

    def database(self, template: str | None = None) -> str:
        """Make a database with the tables of an empty archive, or a copy of another one; return its address."""
        if template is None and not self.has_empty:
            self._execute(f"CREATE DATABASE {_EMPTY} ENCODING 'UTF8' LOCALE 'C.UTF-8' TEMPLATE template0")
            Database(PostgreSql(self.url(_EMPTY))).close()
            self.has_empty = True
        name = f"archive_{uuid4().hex}"
        self._execute(f"CREATE DATABASE {name} TEMPLATE {template or _EMPTY}")
        return self.url(name)

    def drop(self, url: str) -> None:
        """Remove a database, whoever is connected to it."""
        self._execute(f"DROP DATABASE {self.name_of(url)} WITH (FORCE)")

    def drop_those_of_folders(self) -> None:
        """Remove the databases that were made for folders."""
        for folder, url in list(self.of_folders.items()):
            self.drop(url)
            del self.of_folders[folder]

    def bare_database(self, encoding: str = "UTF8") -> str:
        """Make a database without tables; return its address."""
        name = f"bare_{uuid4().hex}"
        self._execute(f"CREATE DATABASE {name} ENCODING '{encoding}' LOCALE 'C' TEMPLATE template0")
        return self.url(name)

    def of_folder(self, folder: Path) -> str | None:
        """Return the address of the database of the archive in a folder; None where none was made."""
        return self.of_folders.get(folder.absolute())

    def for_folder(self, folder: Path) -> str:
        """Return the address of the database of the archive in a folder, and make it where there is none."""
        known = self.of_folder(folder)
        if known is None:
            known = self.of_folders[folder.absolute()] = self.database()
        return known

    def _execute(self, statement: str) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement)  # type: ignore[call-overload]


@contextmanager
def running(binaries: Path) -> Iterator[PostgresServer]:
    """Run a server until the end of the block."""
    as_account, user = _account()
    # The path of a socket has little room: it cannot stand below a test's folder.
    folder = Path(tempfile.mkdtemp(prefix="pg-", dir=_roomy_memory()))
    if as_account:
        shutil.chown(folder, _ACCOUNT)
    data = folder / "data"
    try:
        _run(
            [*as_account, binaries / "initdb", "-D", data, "-U", user, "-A", "trust", "-E", "UTF8", "--no-sync"], folder
        )
        start = [*as_account, binaries / "pg_ctl", "-D", data, "-w", "-l", folder / "log"]
        _run([*start, "-o", f"-k {folder} {_SETTINGS}", "start"], folder)
        try:
            yield PostgresServer(folder, user)
        finally:
            _run([*start, "-m", "immediate", "stop"], folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _roomy_memory() -> str | None:
    """Return a folder that is kept in memory, where one has room: a database is some hundred files."""
    memory = Path("/dev/shm")
    return str(memory) if memory.is_dir() and shutil.disk_usage(memory).free > _ROOM else None


def _account() -> tuple[list[str], str]:
    if os.geteuid() == 0:
        return ["runuser", "-u", _ACCOUNT, "--"], _ACCOUNT
    return [], pwd.getpwuid(os.geteuid()).pw_name


def _run(command: Sequence[str | Path], folder: Path) -> None:
    done = subprocess.run(
        command,
        cwd=folder,
        check=False,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    assert done.returncode == 0, done.stdout
