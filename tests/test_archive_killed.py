"""An ingest that is killed twenty times at random loses nothing, doubles nothing and leaves nothing half there."""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from contextlib import closing
from pathlib import Path

import pytest

from pipeline.archive.connection import DATABASE
from pipeline.archive.integrity import faults
from pipeline.archive.store import Archive
from pipeline.archive.summaries import EventKind

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


def _start(pile: Path, archive: Path) -> subprocess.Popen[bytes]:
    program = "import sys; from pipeline.cli.main import main; sys.exit(main())"
    command = [sys.executable, "-c", program, "ingest", str(pile), "--archive", str(archive), "--jobs", "2", "-q"]
    return subprocess.Popen(command, start_new_session=True)


def _documents(archive: Path) -> int:
    if not (archive / DATABASE).exists():
        return 0
    with closing(sqlite3.connect(f"file:{archive / DATABASE}?mode=ro", uri=True)) as connection:
        try:
            found: int = connection.execute("SELECT count(*) FROM documents").fetchone()[0]
        except sqlite3.OperationalError:  # its tables are being made
            return 0
        return found


def _kill_after(process: subprocess.Popen[bytes], archive: Path, documents: int, seconds: float) -> None:
    """Kill the process and its workers some time after the archive holds a number of documents."""
    until = time.monotonic() + SECONDS_TO_WAIT
    while _documents(archive) < documents and process.poll() is None and time.monotonic() < until:
        time.sleep(0.002)
    time.sleep(seconds)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


@pytest.mark.skipif(os.name == "nt", reason="SIGKILL")
def test_an_ingest_killed_twenty_times_ends_as_one_that_was_not(tmp_path: Path) -> None:
    pile, folder, undisturbed = _pile(tmp_path / "den"), tmp_path / "kho", tmp_path / "kho-yen"
    chance = random.Random(20)
    held = []
    for _ in range(KILLS):
        process = _start(pile, folder)
        _kill_after(
            process, folder, _documents(folder) + chance.randint(0, MOST_BETWEEN_KILLS), chance.uniform(0, 0.05)
        )
        assert process.returncode == -signal.SIGKILL
        if (folder / DATABASE).exists():
            assert list(faults(folder, lambda done, total: None)) == []
        held.append(_documents(folder))
    assert held == sorted(held)
    assert 0 < held[-1] < FILES, "killed in the middle, not before and not after"

    assert _start(pile, folder).wait() == 0
    assert _start(pile, undisturbed).wait() == 0
    assert list(faults(folder, lambda done, total: None)) == []
    with Archive.open(folder) as killed, Archive.open(undisturbed) as calm:
        by_name = {extraction.document: extraction for extraction in killed.extractions()}
        assert by_name == {extraction.document: extraction for extraction in calm.extractions()}
        assert len(killed.documents()) == FILES
        ingested = Counter(event.subject for event in killed.events() if event.kind is EventKind.INGESTED)
        assert set(ingested.values()) == {1}
        assert len(ingested) == FILES
