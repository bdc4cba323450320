"""What the tests share: no cache of pages, the study material where there is any, databases, the office of the desk."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import hypothesis
import pytest

from pipeline.archive.store import Archive

if TYPE_CHECKING:
    from desk_office import Office
    from postgres_server import PostgresServer

# A test reads its pages itself: neither does it find what the user's cache holds, nor leave anything there.
os.environ["DOISOAT_PAGE_CACHE"] = "off"

# Tests assert behaviour, never wall-clock time: a busy machine fails none.
hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")

REPOSITORY = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real documents and gold, which a user has not: tests that need it are skipped there."""
    folder = Path(os.environ.get("DOISOAT_SHARED", REPOSITORY.parent / "shared"))
    if not (folder / "seeds").is_dir():
        pytest.skip(f"no study material at {folder} (set DOISOAT_SHARED)")
    return folder


@pytest.fixture(scope="session")
def postgres() -> Iterator[PostgresServer]:
    """A PostgreSQL server; tests that need one are skipped where it is not installed."""
    pytest.importorskip("psycopg", reason="the extra postgres is not installed")
    import postgres_server  # noqa: PLC0415 - needs psycopg

    binaries = postgres_server.programs()
    if binaries is None:
        pytest.skip("PostgreSQL is not installed (make test installs it on Debian and Ubuntu)")
    with postgres_server.running(binaries) as server:
        yield server


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def either_database(request: pytest.FixtureRequest) -> Iterator[str]:
    """Let archives that the tests of a module make stand in SQLite, then in PostgreSQL: a database for each folder."""
    if request.param == "sqlite":
        yield request.param
        return
    server: PostgresServer = request.getfixturevalue("postgres")
    create, opened = Archive.create, Archive.open

    def created_there(folder: Path, database: None = None) -> Archive:
        return create(folder, server.for_folder(folder))

    def opened_there(folder: Path, database: None = None) -> Archive:
        return opened(folder, server.of_folder(folder) or server.bare_database())

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Archive, "create", created_there)
        patch.setattr(Archive, "open", opened_there)
        yield request.param
    server.drop_those_of_folders()


@pytest.fixture(scope="session")
def settled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive for the desk; it is read only: tests work on copies."""
    # What the desk needs is imported where it is used: the other tests run without it.
    from desk_office import settled_archive  # noqa: PLC0415

    return settled_archive(tmp_path_factory.mktemp("office"))


@pytest.fixture(scope="session")
def settled_database(settled: Path, postgres: PostgresServer) -> str:
    """The name of a database with what is in the database of that archive."""
    from pipeline.archive import transfer  # noqa: PLC0415
    from pipeline.archive.connection import Database, backend  # noqa: PLC0415

    url = postgres.database()
    source, target = Database(backend(settled, None)), Database(backend(settled, url))
    with source.reading() as rows, target.writing() as into:
        transfer.copy(rows, into)
    source.close()
    target.close()
    return postgres.name_of(url)


@pytest.fixture(params=["sqlite", "postgresql"])
def office(request: pytest.FixtureRequest, settled: Path, tmp_path: Path) -> Iterator[Office]:
    """The desk of a copy of that archive, in either database."""
    from desk_office import office as opened  # noqa: PLC0415

    shutil.copytree(settled, tmp_path / "kho")
    database = None
    if request.param == "postgresql":
        (tmp_path / "kho" / "doisoat.sqlite").unlink()
        template: str = request.getfixturevalue("settled_database")
        server: PostgresServer = request.getfixturevalue("postgres")
        database = server.database(template)
    with Archive.open(tmp_path / "kho", database) as archive:
        yield opened(archive, database)
    if database:
        server.drop(database)


@pytest.fixture
def address(office: Office) -> Iterator[str]:
    """The desk of the office, served for as long as a test lasts."""
    from desk_office import served  # noqa: PLC0415

    with served(office.app) as found:
        yield found
