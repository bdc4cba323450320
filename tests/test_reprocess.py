"""Documents are read anew: the new text takes the place of the old everywhere, what people decided stays."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from archive_documents import processed, session_of, written
from sqlalchemy import func, select, update

from pipeline import __version__
from pipeline.archive.document_list import DocumentFilter, DocumentOrder
from pipeline.archive.passage_index import index_of
from pipeline.archive.reprocessed import Stale
from pipeline.archive.schema import DocumentRow, PageRow, PassageRow
from pipeline.archive.store import Archive
from pipeline.archive.windows import Window
from pipeline.cli.main import main
from pipeline.errors import ExitCode
from pipeline.models import Grade

pytestmark = pytest.mark.usefixtures("either_database")

OLD, NEW = "Xã đã câp 35 tài khoản cho cán bộ.", "Xã đã cấp 35 tài khoản cho cán bộ."


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of an archive with two documents, each read with a misreading."""
    with Archive.create(tmp_path / "kho") as archive:
        for name in ("mot.txt", "hai.txt"):
            path = written(tmp_path, name, [f"{name[:-4]}: {NEW}"])
            old = processed(path, [f"{name[:-4]}: {OLD}"], sentences=[[1]])
            archive.add([old], path, name)
    return tmp_path / "kho"


def read_anew(folder: Path, name: str) -> None:
    path = folder.parent / name
    with Archive.open(folder) as archive:
        archive.replace([processed(path, [f"{name[:-4]}: {NEW}"], sentences=[[1]])])


def found(archive: Archive, query: str) -> list[tuple[str, bool]]:
    return [(hit.document, hit.exact) for hit in archive.search(query, 5).hits]


def test_the_new_text_is_read_listed_and_found_and_the_old_one_is_nowhere(folder: Path) -> None:
    read_anew(folder, "mot.txt")
    with Archive.open(folder) as archive:
        assert found(archive, '"đã cấp"') == [("mot.txt", True), ("hai.txt", False)]
        assert found(archive, '"đã câp"') == [("hai.txt", True), ("mot.txt", False)]
        reading = archive.reading("mot.txt")
        assert reading is not None
        assert [line.text for page in reading.pages for line in page.lines] == [f"mot: {NEW}"]
        assert {extraction.document for extraction in archive.extractions()} == {"mot.txt", "hai.txt"}
        assert archive.summary().documents == 2
        with session_of(archive) as session:
            assert index_of(session).size(session) == session.scalars(select(func.count(PassageRow.id))).one()


def test_a_document_keeps_its_address_its_names_and_when_it_came(folder: Path) -> None:
    with Archive.open(folder) as archive:
        before = {row.name: row for row in archive.documents()}
        archive.note_name(before["mot.txt"].digest, "ban-sao.txt")
        ids = archive.browsing.document_ids(["mot.txt"])
    read_anew(folder, "mot.txt")
    with Archive.open(folder) as archive:
        after = {row.name: row for row in archive.documents()}
        assert after["mot.txt"].names == ("mot.txt", "ban-sao.txt")
        assert after["mot.txt"].ingested_at == before["mot.txt"].ingested_at
        assert archive.browsing.document_ids(["mot.txt"]) == ids
        assert [(event.kind, event.subject) for event in archive.events()][-1] == ("reprocessed", "mot.txt")


def test_all_is_reconciled_anew_after_a_document_was_read_anew(folder: Path) -> None:
    with Archive.open(folder) as archive:
        archive.replace_findings([])
        assert archive.unreconciled() == []
    read_anew(folder, "hai.txt")
    with Archive.open(folder) as archive:
        assert archive.unreconciled() is None


def test_a_file_that_the_archive_does_not_have_is_not_put_in(folder: Path) -> None:
    path = written(folder.parent, "ba.txt", ["Một văn bản khác."])
    with Archive.open(folder) as archive:
        archive.replace([processed(path, ["Một văn bản khác."])])
        assert len(archive.documents()) == 2


@pytest.mark.parametrize(
    ("chosen", "names"),
    [
        (Stale(names=("hai.txt",)), ["hai.txt"]),
        (Stale(grade=Grade.FAIR), ["mot.txt"]),
        (Stale(grade=Grade.POOR), []),
        (Stale(unread=True), ["hai.txt"]),
        (Stale(other_version=True), ["mot.txt"]),
        (Stale(other_version=True, unread=True), []),
    ],
)
def test_documents_are_chosen_by_name_grade_unread_pages_and_version(
    folder: Path, chosen: Stale, names: list[str]
) -> None:
    with Archive.open(folder) as archive:
        ids = archive.browsing.document_ids(["mot.txt", "hai.txt"])
        with session_of(archive) as session:
            first = update(DocumentRow).where(DocumentRow.id == ids["mot.txt"])
            session.execute(first.values(version="0.0.1", worst=list(Grade).index(Grade.FAIR)))
            session.execute(update(PageRow).where(PageRow.document_id == ids["hai.txt"]).values(problem="mờ"))
        assert [file.name for file in archive.stale(chosen)] == names
        assert [file.pages for file in archive.stale(chosen)] == [1] * len(names)


def test_the_command_reads_what_another_version_had_read(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Archive.open(folder) as archive, session_of(archive) as session:
        session.execute(update(DocumentRow).where(DocumentRow.name == "mot.txt").values(version="0.0.1"))
    assert main(["reprocess", "--other-version", "--archive", str(folder), "--jobs", "1"]) == 0
    assert "Đã đọc lại 1 tài liệu, lỗi 0 tệp." in capsys.readouterr().err
    with Archive.open(folder) as archive:
        assert {row.version for row in archive.documents()} == {__version__}
        assert ("mot.txt", True) in found(archive, '"đã cấp 35 tài khoản"')
        window = Window()
        listed = archive.browsing.documents(DocumentFilter(), DocumentOrder.NEWEST, window)
        assert {item.ingested_at[:4] for item in listed.items} == {str(dt.datetime.now(dt.UTC).year)}
    assert main(["reprocess", "--other-version", "--archive", str(folder)]) == 0
    assert "Đã đọc lại 0 tài liệu" in capsys.readouterr().err


def test_a_file_that_fails_keeps_its_old_text(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with Archive.open(folder) as archive:
        (row,) = (row for row in archive.documents() if row.name == "mot.txt")
        original = archive.original(row)
    original.chmod(0o644)
    original.unlink()
    assert main(["reprocess", "mot.txt", "--archive", str(folder)]) != 0
    with Archive.open(folder) as archive:
        assert ("mot.txt", True) in found(archive, '"đã câp"')


def test_the_command_asks_which(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["reprocess", "--archive", str(folder)]) == ExitCode.BAD_ARGUMENTS
    assert "--other-version" in capsys.readouterr().err
