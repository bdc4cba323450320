"""The archive keeps documents whole, once, and remembers what happened."""

from __future__ import annotations

import datetime as dt
import os
import signal
import sqlite3
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from archive_documents import BOX, finding, processed, with_doubts, written
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.archive.connection import DATABASE
from pipeline.archive.decisions import AcceptFinding
from pipeline.archive.document_list import DocumentFilter, DocumentOrder
from pipeline.archive.finding_list import FindingFilter
from pipeline.archive.store import Archive
from pipeline.archive.summaries import EventKind
from pipeline.archive.windows import Window
from pipeline.errors import ConfigurationError, EncryptedFileError, ExitCode, FileAccessError, InputFileError
from pipeline.models import Cell, Doubt, Line, LineRole, ProcessedDocument, Table, TextSource, Verdict

LINES = ("Toàn tỉnh có 120 điểm phục vụ", "với 35 cán bộ được phân công.", "", "Nơi nhận: như trên")


def with_footnote(document: ProcessedDocument) -> ProcessedDocument:
    (page,) = document.reading.pages
    last = page.lines[-1].model_copy(update={"role": LineRole.NOTE, "note": 4})
    page = page.model_copy(update={"lines": (*page.lines[:-1], last)})
    return document.model_copy(update={"reading": document.reading.model_copy(update={"pages": (page,)})})


@pytest.fixture
def archive(tmp_path: Path) -> Archive:
    return Archive.create(tmp_path / "kho")


def test_the_tables_of_a_page_come_out_as_they_went_in(archive: Archive, tmp_path: Path) -> None:
    path = written(tmp_path, "bao-cao.txt", LINES)
    document = processed(path, LINES)
    (page,) = document.reading.pages
    head = Cell(row=0, column=0, column_span=2, text="Số\nđiểm", box=BOX, lines=(1, 2))
    table = Table(number=1, box=BOX, columns=(72.5, 120.25, 300.25), cells=(head,), ruled=False)
    page = page.model_copy(update={"tables": (table,)})
    reading = document.reading.model_copy(update={"pages": (page,)})
    archive.add([document.model_copy(update={"reading": reading})], path, path.name)
    assert archive.reading(path.name) == reading


def test_a_document_comes_out_as_it_went_in(archive: Archive, tmp_path: Path) -> None:
    path = written(tmp_path, "bao-cao.txt", LINES)
    document = with_footnote(processed(path, LINES, sentences=[(1, 2)]))
    archive.add([document], path, path.name)
    assert archive.reading(path.name) == document.reading
    assert archive.extractions() == [document.extraction]


HUNDREDTHS = st.integers(0, 100).map(lambda hundredths: hundredths / 100)
DOUBTS = st.builds(
    Doubt,
    start=st.integers(0, 200),
    end=st.integers(0, 200),
    confidence=st.floats(0, 1),
    others=st.lists(st.text(max_size=8), max_size=3).map(tuple),
)
DOUBTED = st.builds(
    Line,
    number=st.integers(1, 10**6),
    raw=st.text(max_size=40),
    text=st.text(max_size=40),
    confidences=st.lists(HUNDREDTHS, max_size=12).map(tuple),
    doubts=st.lists(DOUBTS, max_size=4).map(tuple),
)


@settings(max_examples=60, deadline=None)
@given(lines=st.lists(DOUBTED, max_size=5, unique_by=lambda line: line.number))
def test_any_line_comes_out_with_the_confidences_and_doubts_it_went_in_with(
    tmp_path_factory: pytest.TempPathFactory, lines: list[Line]
) -> None:
    lines.sort(key=lambda line: line.number)
    folder = tmp_path_factory.mktemp("kho")
    path = written(folder, "bao-cao.txt", LINES)
    document = processed(path, LINES)
    page = document.reading.pages[0].model_copy(update={"lines": tuple(lines)})
    reading = document.reading.model_copy(update={"pages": (page,)})
    with Archive.create(folder / "kho") as archive:
        archive.add([document.model_copy(update={"reading": reading})], path, path.name)
        assert archive.reading(path.name) == reading


def test_a_line_taken_as_it_was_read_takes_no_room_for_doubts(archive: Archive, tmp_path: Path) -> None:
    path = written(tmp_path, "bao-cao.txt", LINES)
    archive.add([processed(path, LINES)], path, path.name)
    with sqlite3.connect(archive.folder / DATABASE) as connection:
        kept = connection.execute("SELECT DISTINCT confidences, doubts FROM lines").fetchall()
        kept += connection.execute("SELECT DISTINCT NULL, doubts FROM passages").fetchall()
    assert set(kept) == {(None, None)}


def test_the_doubtful_words_of_all_documents_are_listed_where_they_stand(archive: Archive, tmp_path: Path) -> None:
    path = written(tmp_path, "bao-cao.txt", LINES)
    archive.add([with_doubts(processed(path, LINES), {"phục": ("phụ", "phúc")})], path, path.name)
    (word,) = archive.doubtful_words()
    assert (word.document, word.page, word.line, word.word) == ("bao-cao.txt", 1, 1, "phục")
    assert (word.others, word.confidence) == (("phụ", "phúc"), 0.55)
    assert (word.text, word.raw) == (LINES[0], LINES[0])


def _repaired(document: ProcessedDocument, text: str) -> ProcessedDocument:
    """Put a repaired text, with a doubtful "hợp" in it, in the place of a document's only line."""
    (page,) = document.reading.pages
    line = page.lines[0].model_copy(update={"text": text})
    reading = document.reading.model_copy(update={"pages": (page.model_copy(update={"lines": (line,)}),)})
    return with_doubts(document.model_copy(update={"reading": reading}), {"hợp": ("họp",)})


def test_repaired_and_doubtful_words_are_counted_for_each_document_and_for_all(
    archive: Archive, tmp_path: Path
) -> None:
    for name, raw, text in (("mot.txt", "Huyen hop truc tuyen14", "Huyện hợp trực tuyến¹⁴"), ("hai.txt", "xa", "xa")):
        path = written(tmp_path, name, [raw])
        document = _repaired(processed(path, [raw]), text) if raw != text else processed(path, [raw])
        archive.add([document], path, path.name)
    assert [(known.repaired, known.doubtful) for known in archive.documents()] == [(4, 1), (0, 0)]
    assert (archive.summary().repaired, archive.summary().doubtful) == (4, 1)


def test_the_original_is_kept_byte_for_byte_under_its_hash(archive: Archive, tmp_path: Path) -> None:
    path = written(tmp_path, "bao-cao.txt", LINES)
    document = processed(path, LINES)
    archive.add([document], path, path.name)
    digest = document.reading.digest
    kept = archive.folder / "originals" / digest[:2] / f"{digest[2:]}.txt"
    assert kept.read_bytes() == path.read_bytes()
    assert archive.original(archive.documents()[0]) == kept


def test_the_same_bytes_again_change_nothing(archive: Archive, tmp_path: Path) -> None:
    path = written(tmp_path, "bao-cao.txt", LINES)
    document = processed(path, LINES)
    archive.add([document], path, path.name)
    before = archive.documents(), archive.events()
    archive.add([document], path, path.name)
    archive.note_name(document.reading.digest, path.name)
    assert (archive.documents(), archive.events()) == before


def test_a_new_name_for_the_same_bytes_is_noted(archive: Archive, tmp_path: Path) -> None:
    path = written(tmp_path, "bao-cao.txt", LINES)
    document = processed(path, LINES)
    archive.add([document], path, path.name)
    archive.note_name(document.reading.digest, "ban-sao.txt")
    assert [known.names for known in archive.documents()] == [("bao-cao.txt", "ban-sao.txt")]
    assert archive.holds(document.reading.digest)


def test_other_bytes_under_a_taken_name_get_a_name_of_their_own(archive: Archive, tmp_path: Path) -> None:
    path = written(tmp_path, "bao-cao.txt", LINES)
    document = processed(path, LINES)
    archive.add([document], path, path.name)
    assert archive.free_name("bao-cao.txt", document.reading.digest) == "bao-cao.txt"
    assert archive.free_name("bao-cao.txt", "0123456789abcdef") == "bao-cao.txt (01234567)"
    assert archive.free_name("khac.txt", "0123456789abcdef") == "khac.txt"


def test_a_file_that_changed_after_it_was_read_is_refused(archive: Archive, tmp_path: Path) -> None:
    path = written(tmp_path, "bao-cao.txt", LINES)
    document = processed(path, LINES)
    path.write_text("khác", encoding="utf-8")
    with pytest.raises(InputFileError, match=r"bao-cao\.txt"):
        archive.add([document], path, path.name)
    assert archive.documents() == []
    assert [kept for kept in (archive.folder / "originals").rglob("*") if kept.is_file()] == []


def test_a_failure_is_noted_with_its_remedy_and_goes_when_the_file_succeeds(archive: Archive, tmp_path: Path) -> None:
    path = written(tmp_path, "bao-cao.txt", LINES)
    document = processed(path, LINES)
    error = EncryptedFileError("bao-cao.txt: tệp có mật khẩu.", "Hãy gỡ mật khẩu.")
    archive.note_failure("bao-cao.txt", document.reading.digest, error)
    archive.note_failure("bao-cao.txt", document.reading.digest, error)
    (failure,) = archive.failures()
    assert (failure.error, failure.message, failure.remedy) == ("EncryptedFileError", error.message, error.remedy)
    assert failure.exit_code == ExitCode.ENCRYPTED
    assert failure.attempts == 2
    archive.add([document], path, path.name)
    assert archive.failures() == []


def test_findings_are_replaced_as_a_whole(archive: Archive) -> None:
    archive.replace_findings([finding("a"), finding("b")])
    archive.replace_findings([finding("c"), finding("c", Verdict.CONSISTENT)])
    assert archive.findings() == [finding("c"), finding("c", Verdict.CONSISTENT)]


def test_the_history_tells_what_happened_in_order(archive: Archive, tmp_path: Path) -> None:
    path = written(tmp_path, "bao-cao.txt", LINES)
    document = processed(path, LINES)
    archive.note_failure("hong.pdf", None, InputFileError("hong.pdf: tệp bị hỏng."))
    archive.add([document], path, path.name)
    archive.note_name(document.reading.digest, "ban-sao.txt")
    archive.replace_findings([])
    assert [event.kind for event in archive.events()] == [
        EventKind.FAILED,
        EventKind.INGESTED,
        EventKind.NAMED,
        EventKind.RECONCILED,
    ]


def test_the_summary_counts_pages_by_how_they_were_read(archive: Archive, tmp_path: Path) -> None:
    path = written(tmp_path, "bao-cao.txt", LINES)
    archive.add([processed(path, LINES)], path, path.name)
    archive.replace_findings([finding("a"), finding("a", Verdict.CONSISTENT)])
    summary = archive.summary()
    assert (summary.documents, summary.figures, summary.citations, summary.tasks) == (1, 1, 1, 1)
    assert summary.pages == {TextSource.RECOGNISED: 1}
    assert summary.findings == {Verdict.CONFLICT: 1, Verdict.CONSISTENT: 1}


def test_an_archive_is_found_again_after_it_was_closed(tmp_path: Path) -> None:
    path = written(tmp_path, "bao-cao.txt", LINES)
    with Archive.create(tmp_path / "kho") as archive:
        archive.add([processed(path, LINES)], path, path.name)
    with Archive.open(tmp_path / "kho") as archive:
        assert [document.name for document in archive.documents()] == ["bao-cao.txt"]


def test_opening_where_there_is_no_archive_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(FileAccessError, match="doisoat ingest"):
        Archive.open(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "tep").write_text("")
    with pytest.raises(FileAccessError, match="tep"):
        Archive.create(tmp_path / "tep" / "kho")


def test_an_archive_of_another_version_is_not_touched(tmp_path: Path) -> None:
    Archive.create(tmp_path).close()
    with sqlite3.connect(tmp_path / DATABASE) as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(ConfigurationError, match="99"):
        Archive.open(tmp_path)


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


TO_VERSION_3 = [TO_VERSION_4, DOCUMENTS_OF_VERSION_3]


@pytest.mark.parametrize(
    ("changes", "lost"),
    [
        ([TO_VERSION_4], ["abbreviations", "tables"]),
        (TO_VERSION_3, ["abbreviations", "tables", "tasks"]),
        ([*TO_VERSION_3, TO_VERSION_2], ["abbreviations", "tables", "tasks"]),
    ],
    ids=["4", "3", "2"],
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


def test_an_archive_from_before_decisions_takes_them_when_it_is_opened(tmp_path: Path) -> None:
    path = written(tmp_path, "bao-cao.txt", LINES)
    with Archive.create(tmp_path / "kho") as archive:
        archive.add([processed(path, LINES)], path, path.name)
        archive.replace_findings([finding("bao-cao.txt")])
        extractions = archive.extractions()
    made = _tables(tmp_path / "kho")
    with sqlite3.connect(tmp_path / "kho" / DATABASE) as connection:
        connection.executescript(TO_VERSION_4)
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
        connection.executescript(TO_VERSION_4)
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


def test_readers_see_the_archive_while_another_process_writes(archive: Archive, tmp_path: Path) -> None:
    path = written(tmp_path, "bao-cao.txt", LINES)
    writer = sqlite3.connect(archive.folder / DATABASE, isolation_level=None)
    writer.execute("BEGIN IMMEDIATE")
    assert archive.documents() == []
    writer.execute("ROLLBACK")
    writer.close()
    archive.add([processed(path, LINES)], path, path.name)
    assert len(archive.documents()) == 1


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
        from pipeline.archive import store
        from pipeline.archive.store import Archive

        store._index = lambda session, passages: os.kill(os.getpid(), signal.SIGKILL)
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
