"""The archive keeps documents whole, once, and remembers what happened."""

from __future__ import annotations

from pathlib import Path

import pytest
from archive_documents import BOX, finding, processed, session_of, with_doubts, written
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy import text as sql

from pipeline.archive.schema import LineRow, PassageRow
from pipeline.archive.store import Archive
from pipeline.archive.summaries import EventKind
from pipeline.errors import ConfigurationError, EncryptedFileError, ExitCode, FileAccessError, InputFileError
from pipeline.models import Cell, Doubt, Line, LineRole, ProcessedDocument, Table, TextSource, Verdict

pytestmark = pytest.mark.usefixtures("either_database")

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


# U+0000 is shown in PostgreSQL: there is a test of its own.
WRITTEN = st.characters(exclude_characters="\x00", codec="utf-8")
HUNDREDTHS = st.integers(0, 100).map(lambda hundredths: hundredths / 100)
DOUBTS = st.builds(
    Doubt,
    start=st.integers(0, 200),
    end=st.integers(0, 200),
    confidence=st.floats(0, 1),
    others=st.lists(st.text(WRITTEN, max_size=8), max_size=3).map(tuple),
)
DOUBTED = st.builds(
    Line,
    number=st.integers(1, 10**6),
    raw=st.text(WRITTEN, max_size=40),
    text=st.text(WRITTEN, max_size=40),
    confidences=st.lists(HUNDREDTHS, max_size=12).map(tuple),
    doubts=st.lists(DOUBTS, max_size=4).map(tuple),
)


LINES_OF_A_PAGE = st.lists(DOUBTED, max_size=5, unique_by=lambda line: line.number).map(
    lambda lines: tuple(sorted(lines, key=lambda line: line.number))
)


@settings(max_examples=10, deadline=None)
@given(pages=st.lists(LINES_OF_A_PAGE, max_size=12))
def test_any_line_comes_out_with_the_confidences_and_doubts_it_went_in_with(
    tmp_path_factory: pytest.TempPathFactory, pages: list[tuple[Line, ...]]
) -> None:
    folder = tmp_path_factory.mktemp("kho")
    path = written(folder, "bao-cao.txt", LINES)
    document = processed(path, LINES)
    (page,) = document.reading.pages
    read = [page.model_copy(update={"number": number, "lines": lines}) for number, lines in enumerate(pages, 1)]
    reading = document.reading.model_copy(update={"pages": tuple(read)})
    with Archive.create(folder / "kho") as archive:
        archive.add([document.model_copy(update={"reading": reading})], path, path.name)
        assert archive.reading(path.name) == reading


def test_a_line_taken_as_it_was_read_takes_no_room_for_doubts(archive: Archive, tmp_path: Path) -> None:
    path = written(tmp_path, "bao-cao.txt", LINES)
    archive.add([processed(path, LINES)], path, path.name)
    with session_of(archive) as session:
        of_lines = session.execute(select(LineRow.confidences, LineRow.doubts)).all()
        of_passages = session.scalars(select(PassageRow.doubts)).all()
    assert {*map(tuple, of_lines)} == {(None, None)}
    assert {*of_passages} == {None}


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


def test_an_archive_of_a_newer_version_is_not_touched(archive: Archive) -> None:
    archive.close()
    with session_of(archive) as session:
        session.execute(sql("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(ConfigurationError, match="9999"):
        Archive.open(archive.folder)


def test_readers_see_the_archive_while_somebody_writes(archive: Archive, tmp_path: Path) -> None:
    path = written(tmp_path, "bao-cao.txt", LINES)
    with session_of(archive):
        assert archive.documents() == []
    archive.add([processed(path, LINES)], path, path.name)
    assert len(archive.documents()) == 1


def test_a_character_that_shows_nothing_is_kept_or_shown(archive: Archive, tmp_path: Path) -> None:
    lines = ["Toàn tỉnh có\x00 120 điểm"]
    path = written(tmp_path, "bao-cao.txt", lines)
    archive.add([processed(path, lines)], path, path.name)
    reading = archive.reading(path.name)
    assert reading is not None
    assert reading.pages[0].lines[0].text in {"Toàn tỉnh có\x00 120 điểm", "Toàn tỉnh có\u2400 120 điểm"}
    assert archive.search("toan tinh", 5).total == 1
