"""The archive in SQLite: versions before revisions, damaged files, and a process that is killed."""

from __future__ import annotations

import datetime as dt
import os
import signal
import sqlite3
import subprocess
import sys
import textwrap
import threading
from contextlib import closing
from pathlib import Path

import pytest
from archive_documents import finding, processed, written

from pipeline.archive.connection import DATABASE
from pipeline.archive.decisions import AcceptFinding
from pipeline.archive.document_list import DocumentFilter, DocumentOrder
from pipeline.archive.finding_list import FindingFilter
from pipeline.archive.store import Archive
from pipeline.archive.windows import Window
from pipeline.errors import ConfigurationError, FileAccessError
from pipeline.models import Verdict

LINES = ("Toàn tỉnh có 120 điểm phục vụ", "với 35 cán bộ được phân công.", "", "Nơi nhận: như trên")


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive.create(tmp_path / "kho")


def test_an_archive_is_made_although_another_process_writes_to_its_file(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / DATABASE, isolation_level=None, check_same_thread=False)) as other:
        other.execute("BEGIN IMMEDIATE")
        leaving = threading.Timer(0.3, other.rollback)
        leaving.start()
        Archive.create(tmp_path).close()
        leaving.join()


def test_an_archive_of_another_version_is_not_touched(tmp_path: Path) -> None:
    Archive.create(tmp_path).close()
    with sqlite3.connect(tmp_path / DATABASE) as connection:
        connection.execute("PRAGMA user_version = 99")
        connection.execute("DROP TABLE alembic_version")
    with pytest.raises(ConfigurationError, match="99"):
        Archive.open(tmp_path)


TO_VERSION_5 = """
DROP TABLE passage_index;
DROP TABLE originals_place;
CREATE VIRTUAL TABLE passage_index USING fts5(
    exact, folded, other_exact, other_folded, content = '', tokenize = 'unicode61 remove_diacritics 0'
);
DROP INDEX ix_documents_worst;
DROP INDEX ix_figures_indicator_last_day;
DROP INDEX ix_citations_number_date_document;
DROP INDEX ix_citations_type_number;
DROP INDEX ix_tasks_deadline_recurrence;
DROP INDEX ix_components_number;
ALTER TABLE documents DROP COLUMN worst;
ALTER TABLE figures DROP COLUMN last_day;
ALTER TABLE citations DROP COLUMN sought;
ALTER TABLE tasks DROP COLUMN sought;
ALTER TABLE access_tokens DROP COLUMN writes;
CREATE INDEX ix_citations_number ON citations (number);
CREATE INDEX ix_tasks_deadline ON tasks (deadline);
DROP INDEX ix_figures_document_page;
DROP INDEX ix_components_type;
DROP INDEX ix_components_issuer;
DROP TABLE alembic_version;
DROP TABLE abbreviations;
PRAGMA user_version = 5;
"""
TO_VERSION_4 = """
DROP TABLE decisions;
ALTER TABLE documents DROP COLUMN abbreviations;
ALTER TABLE documents DROP COLUMN tables;
DROP TABLE sign_ins;
DROP TABLE access_tokens;
DROP TABLE accounts;
DROP TABLE uploads;
DROP TABLE finding_documents;
DROP INDEX ix_figures_indicator_document;
CREATE INDEX ix_figures_indicator ON figures (indicator);
ALTER TABLE components DROP COLUMN sought;
ALTER TABLE pages DROP COLUMN tables;
PRAGMA user_version = 4;
"""
# As version 3 had it: a file was one document.
DOCUMENTS_OF_VERSION_3 = """
CREATE TABLE former (
    id INTEGER NOT NULL, digest VARCHAR NOT NULL, name VARCHAR NOT NULL, media_type VARCHAR NOT NULL,
    size INTEGER NOT NULL, ingested_at VARCHAR NOT NULL, version VARCHAR NOT NULL, ocr_seconds DOUBLE NOT NULL,
    normalize_seconds DOUBLE NOT NULL, extract_seconds DOUBLE NOT NULL, repaired_words INTEGER NOT NULL,
    doubtful_words INTEGER NOT NULL, signatures VARCHAR, PRIMARY KEY (id), UNIQUE (digest), UNIQUE (name)
);
INSERT INTO former SELECT id, digest, name, media_type, size, ingested_at, version, ocr_seconds, normalize_seconds,
    extract_seconds, repaired_words, doubtful_words, signatures FROM documents;
DROP TABLE documents;
DROP TABLE tasks;
ALTER TABLE pages DROP COLUMN regions;
ALTER TABLE former RENAME TO documents;
PRAGMA user_version = 3;
"""
TO_VERSION_2 = """
DROP INDEX ix_pages_grade;
ALTER TABLE documents DROP COLUMN signatures;
ALTER TABLE pages DROP COLUMN grade;
ALTER TABLE pages DROP COLUMN grading;
PRAGMA user_version = 2;
"""


def _tables(folder: Path) -> set[tuple[object, ...]]:
    """Return the columns, indexes and references of all tables, whatever their order, and the triggers."""
    with sqlite3.connect(folder / DATABASE) as connection:
        names = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        triggers = set(connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"))
        return triggers | {
            (name, *row[numbers:])
            for name in names
            for pragma, numbers in (("table_info", 1), ("index_list", 1), ("foreign_key_list", 2))
            for row in connection.execute(f"PRAGMA {pragma}({name})")
        }


TO_VERSION_3 = [TO_VERSION_5, TO_VERSION_4, DOCUMENTS_OF_VERSION_3]


@pytest.mark.parametrize(
    ("changes", "lost"),
    [
        ([TO_VERSION_5], []),
        ([TO_VERSION_5, TO_VERSION_4], ["abbreviations", "tables"]),
        (TO_VERSION_3, ["abbreviations", "tables", "tasks"]),
        ([*TO_VERSION_3, TO_VERSION_2], ["abbreviations", "tables", "tasks"]),
    ],
    ids=["5", "4", "3", "2"],
)
def test_an_older_archive_is_brought_up_to_date_and_keeps_what_it_holds(
    tmp_path: Path, changes: list[str], lost: list[str]
) -> None:
    path = written(tmp_path, "bao-cao.txt", LINES)
    document = processed(path, LINES, sentences=[(1, 2)])
    with Archive.create(tmp_path / "kho") as archive:
        archive.add([document], path, path.name)
        before = archive.documents()
        tasks = archive.extractions()[0].tasks
    made = _tables(tmp_path / "kho")
    with sqlite3.connect(tmp_path / "kho" / DATABASE) as connection:
        for change in changes:
            connection.executescript(change)
    assert _tables(tmp_path / "kho") != made
    with Archive.open(tmp_path / "kho") as archive:
        assert archive.documents() == before
        pages = document.reading.pages
        if "tasks" in lost:
            pages = tuple(page.model_copy(update={"regions": ()}) for page in pages)
        assert archive.reading(path.name) == document.reading.model_copy(update={"pages": pages})
        kept = document.extraction.model_copy(update=dict.fromkeys(lost, ()))
        assert archive.extractions() == [kept]
        assert archive.search("cán bộ", 5).total == 1
        sought = DocumentFilter(text="BAO CAO 15 ubnd")
        assert archive.browsing.documents(sought, DocumentOrder.NEWEST, Window()).total == 1
        assert archive.summary().to_look_at == ()
        archive.add([processed(written(tmp_path, "hai.txt", LINES[:2]), LINES[:2])], tmp_path / "hai.txt", "hai.txt")
        assert len(archive.documents()) == 2
        assert [task.task for task in archive.extractions()[1].tasks] == [task.task for task in tasks] != []
    assert _tables(tmp_path / "kho") == made
    with sqlite3.connect(tmp_path / "kho" / DATABASE) as connection:
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


def test_abbreviations_of_an_older_archive_are_found_by_the_search(tmp_path: Path) -> None:
    path = written(tmp_path, "bao-cao.txt", LINES)
    with Archive.create(tmp_path / "kho") as archive:
        archive.add([processed(path, LINES, sentences=[(1, 2)])], path, path.name)
    with sqlite3.connect(tmp_path / "kho" / DATABASE) as connection:
        connection.executescript(TO_VERSION_5)
        connection.execute("""UPDATE documents SET abbreviations = '[{"short": "ĐPV", "full": "điểm phục vụ"}]'""")
    with Archive.open(tmp_path / "kho") as archive:
        assert archive.search("ĐPV", 5).total == 1


def test_an_archive_from_before_decisions_takes_them_when_it_is_opened(tmp_path: Path) -> None:
    path = written(tmp_path, "bao-cao.txt", LINES)
    with Archive.create(tmp_path / "kho") as archive:
        archive.add([processed(path, LINES)], path, path.name)
        archive.replace_findings([finding("bao-cao.txt")])
        extractions = archive.extractions()
    made = _tables(tmp_path / "kho")
    with sqlite3.connect(tmp_path / "kho" / DATABASE) as connection:
        connection.executescript(TO_VERSION_5 + TO_VERSION_4)
    with Archive.open(tmp_path / "kho") as archive:
        without = {"abbreviations": (), "tables": ()}
        assert archive.extractions() == [extraction.model_copy(update=without) for extraction in extractions]
        assert archive.findings() == [finding("bao-cao.txt")]
        target = archive.finding_target("bao-cao.txt")
        archive.decide([AcceptFinding(target=target, by="An", at=dt.datetime(2026, 1, 5, tzinfo=dt.UTC))])
        assert [item.decision.target for item in archive.decisions()] == [target]
    assert _tables(tmp_path / "kho") == made


def test_findings_of_an_older_archive_are_found_by_their_documents(tmp_path: Path) -> None:
    with Archive.create(tmp_path / "kho") as archive:
        archive.replace_findings([finding("a.txt"), finding('b "hai".txt', Verdict.CONSISTENT)])
    with sqlite3.connect(tmp_path / "kho" / DATABASE) as connection:
        connection.executescript(TO_VERSION_5 + TO_VERSION_4)
    with Archive.open(tmp_path / "kho") as archive:
        for name in ("a.txt", 'b "hai".txt'):
            listed = archive.browsing.findings(FindingFilter(document=name), Window())
            assert [each.documents for each in listed.items] == [(name,)]
        archive.replace_findings([finding("a.txt")])
        assert archive.browsing.findings(FindingFilter(document='b "hai".txt'), Window()).total == 0


def test_a_file_that_is_no_database_is_named(tmp_path: Path) -> None:
    (tmp_path / DATABASE).write_bytes(b"not a database at all, only some bytes" * 100)
    with pytest.raises(FileAccessError, match=r"doisoat\.sqlite"):
        Archive.open(tmp_path)


@pytest.mark.skipif(os.name == "nt", reason="SIGKILL")
def test_a_process_killed_in_the_middle_leaves_nothing_half_there(tmp_path: Path) -> None:
    """The process kills itself with SIGKILL at the last step of the transaction, before it is committed."""
    path = written(tmp_path, "bao-cao.txt", LINES)
    program = textwrap.dedent(
        """
        import os, signal, sys
        from pathlib import Path
        sys.path.insert(0, sys.argv[3])
        from archive_documents import processed
        from pipeline.archive import indexed
        from pipeline.archive.store import Archive

        indexed.enter = lambda session, documents: os.kill(os.getpid(), signal.SIGKILL)
        path = Path(sys.argv[1])
        lines = path.read_text(encoding="utf-8").splitlines()
        Archive.create(Path(sys.argv[2])).add([processed(path, lines)], path, path.name)
        """
    )
    folder = tmp_path / "kho"
    killed = subprocess.run(
        [sys.executable, "-c", program, str(path), str(folder), str(Path(__file__).parent)], check=False
    )
    assert killed.returncode == -signal.SIGKILL
    with Archive.open(folder) as archive:
        assert archive.documents() == []
        assert archive.events() == []
        document = processed(path, LINES)
        archive.add([document], path, path.name)
        assert archive.reading(path.name) == document.reading
        assert archive.search("cán bộ", 5).total == 1
