"""An ingest that is killed twenty times at random loses nothing, doubles nothing and leaves nothing half there."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import func, select
from sqlalchemy.exc import DatabaseError

from pipeline.archive.connection import backend
from pipeline.archive.integrity import Fault, faults
from pipeline.archive.schema import DocumentRow
from pipeline.archive.store import Archive
from pipeline.archive.summaries import EventKind

if TYPE_CHECKING:
    from postgres_server import PostgresServer

KILLS = 20
FILES = 90
MOST_BETWEEN_KILLS = 4
SECONDS_TO_WAIT = 60


def _pile(folder: Path) -> Path:
    folder.mkdir()
    for number in range(FILES):
        text = f"BÁO CÁO\nKết quả tháng {number % 12 + 1}\n\nXã số {number} đã cấp {number + 150} giấy phép xây dựng.\n"
        (folder / f"xa-{number:03}.txt").write_text(text * 20, encoding="utf-8")
    return folder


class Place:
    """Where an archive stands."""

    def __init__(self, folder: Path, database: str | None) -> None:
        self.folder = folder
        self.database = database
        self.backend = backend(folder, database)

    def is_there(self) -> bool:
        return self.backend.exists()

    def open(self) -> Archive:
        return Archive.open(self.folder, self.database)

    def faults(self) -> list[Fault]:
        return list(faults(self.folder, lambda done, total: None, self.database))

    def documents(self) -> int:
        if not self.is_there():
            return 0
        try:
            with self.backend.reading.connect() as connection:
                return connection.scalars(select(func.count()).select_from(DocumentRow)).one()
        except DatabaseError:  # its tables are being made
            return 0


@pytest.fixture(params=["sqlite", "postgresql"])
def places(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Place, Place]:
    """Two archives that are not there yet."""
    folders = (tmp_path / "kho", tmp_path / "kho-yen")
    if request.param == "sqlite":
        return Place(folders[0], None), Place(folders[1], None)
    server: PostgresServer = request.getfixturevalue("postgres")
    return Place(folders[0], server.bare_database()), Place(folders[1], server.bare_database())


def _start(pile: Path, place: Place) -> subprocess.Popen[bytes]:
    program = "import sys; from pipeline.cli.main import main; sys.exit(main())"
    command = [sys.executable, "-c", program, "ingest", str(pile), "--jobs", "2", "-q"]
    environment = os.environ | {"DOISOAT_ARCHIVE": str(place.folder)}
    if place.database:
        environment["DOISOAT_DATABASE"] = place.database
    return subprocess.Popen(command, start_new_session=True, env=environment)


def _kill_after(process: subprocess.Popen[bytes], place: Place, documents: int, seconds: float) -> None:
    """Kill the process and its workers some time after the archive holds a number of documents."""
    until = time.monotonic() + SECONDS_TO_WAIT
    while place.documents() < documents and process.poll() is None and time.monotonic() < until:
        time.sleep(0.002)
    time.sleep(seconds)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


@pytest.mark.skipif(os.name == "nt", reason="SIGKILL")
def test_an_ingest_killed_twenty_times_ends_as_one_that_was_not(places: tuple[Place, Place], tmp_path: Path) -> None:
    pile, (place, undisturbed) = _pile(tmp_path / "den"), places
    chance = random.Random(20)
    held = []
    for _ in range(KILLS):
        process = _start(pile, place)
        _kill_after(process, place, place.documents() + chance.randint(0, MOST_BETWEEN_KILLS), chance.uniform(0, 0.05))
        assert process.returncode == -signal.SIGKILL
        if place.is_there():
            assert place.faults() == []
        held.append(place.documents())
    assert held == sorted(held)
    assert 0 < held[-1] < FILES, "killed in the middle, not before and not after"

    assert _start(pile, place).wait() == 0
    assert _start(pile, undisturbed).wait() == 0
    assert place.faults() == []
    with place.open() as killed, undisturbed.open() as calm:
        by_name = {extraction.document: extraction for extraction in killed.extractions()}
        assert by_name == {extraction.document: extraction for extraction in calm.extractions()}
        assert len(killed.documents()) == FILES
        ingested = Counter(event.subject for event in killed.events() if event.kind is EventKind.INGESTED)
        assert set(ingested.values()) == {1}
        assert len(ingested) == FILES
