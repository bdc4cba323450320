"""A backup holds the archive whole, a restored one is the same, and what is damaged is told and never taken."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import pytest
from archive_documents import processed, written

from pipeline.archive.connection import DATABASE
from pipeline.archive.decisions import AcceptFinding, FindingTarget
from pipeline.archive.integrity import FaultKind, faults
from pipeline.archive.store import Archive
from pipeline.archive.uploads import Arrival
from pipeline.cli.main import main
from pipeline.errors import ExitCode

LINES = ("Toàn tỉnh có 120 điểm phục vụ.", "Sở có 35 cán bộ.")
Output = pytest.CaptureFixture[str]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of an archive with two documents and a file that waits in the tray."""
    folder = tmp_path / "kho"
    with Archive.create(folder) as archive:
        for name in ("mot.txt", "hai.txt"):
            path = written(tmp_path, name, (*LINES, name))
            archive.add([processed(path, (*LINES, name))], path, name)
        target = FindingTarget(id="finding-1", code="sum.parts", values=("150",), message="150 ≠ 140")
        archive.decide([AcceptFinding(target=target, by="An", at=dt.datetime(2026, 1, 5, tzinfo=dt.UTC))])
        archive.uploads.add(Arrival(token="ab12", name="đang chờ.pdf", size=4, account="an"))
    (folder / "tray" / "ab12").mkdir(parents=True)
    (folder / "tray" / "ab12" / "đang chờ.pdf").write_bytes(b"%PDF")
    (folder / "page-images").mkdir()
    (folder / "page-images" / "x.webp").write_bytes(b"drawn again at any time")
    return folder


def _kinds(folder: Path) -> list[tuple[FaultKind, str]]:
    return [(fault.kind, fault.subject) for fault in faults(folder, lambda done, total: None)]


def _an_original(folder: Path) -> Path:
    return next(path for path in sorted((folder / "originals").rglob("*")) if path.is_file())


def test_a_restored_archive_is_the_one_that_was_backed_up(folder: Path, tmp_path: Path, capsys: Output) -> None:
    assert main(["backup", str(tmp_path / "sao.zip"), "--archive", str(folder)]) == ExitCode.OK
    assert "2 bản gốc" in capsys.readouterr().err
    again = tmp_path / "noi-khac" / "kho"
    assert main(["restore", str(tmp_path / "sao.zip"), "--archive", str(again)]) == ExitCode.OK
    with Archive.open(folder) as one, Archive.open(again) as other:
        assert other.extractions() == one.extractions()
        assert other.uploads.latest(9) == one.uploads.latest(9)
        assert other.decisions() == one.decisions() != []
        assert other.search("diem phuc vu", 9) == one.search("diem phuc vu", 9)
        assert other.search("diem phuc vu", 9).hits
    for part in ("originals", "tray"):
        files = {path.relative_to(folder) for path in (folder / part).rglob("*") if path.is_file()}
        assert files == {path.relative_to(again) for path in (again / part).rglob("*") if path.is_file()}
    assert not (again / "page-images").exists()
    assert main(["check", "--archive", str(again)]) == ExitCode.OK
    assert "Kho nguyên vẹn" in capsys.readouterr().out
    assert [path.name for path in again.parent.iterdir()] == ["kho"]


def test_a_backup_is_made_of_one_moment_while_another_process_writes(folder: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(folder / DATABASE, isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("UPDATE documents SET name = 'dang viet.txt' WHERE name = 'mot.txt'")
        assert main(["backup", str(tmp_path / "sao.zip"), "--archive", str(folder)]) == ExitCode.OK
        writer.execute("COMMIT")
    again = tmp_path / "lai"
    assert main(["restore", str(tmp_path / "sao.zip"), "--archive", str(again)]) == ExitCode.OK
    with Archive.open(again) as archive:
        assert {document.name for document in archive.documents()} == {"mot.txt", "hai.txt"}


def test_a_backup_overwrites_no_file_and_a_restored_archive_no_archive(
    folder: Path, tmp_path: Path, capsys: Output
) -> None:
    target = tmp_path / "sao.zip"
    assert main(["backup", str(target), "--archive", str(folder)]) == ExitCode.OK
    before = target.read_bytes()
    assert main(["backup", str(target), "--archive", str(folder)]) == ExitCode.FILE_ACCESS
    assert target.read_bytes() == before
    assert main(["restore", str(target), "--archive", str(folder)]) == ExitCode.FILE_ACCESS
    assert str(folder) in capsys.readouterr().err
    assert _kinds(folder) == []


@pytest.mark.parametrize(
    ("damage", "expected"),
    [
        (lambda folder: _an_original(folder).unlink(), FaultKind.ORIGINAL_MISSING),
        (lambda folder: _an_original(folder).write_bytes(b"other"), FaultKind.ORIGINAL_CHANGED),
        (lambda folder: shutil.rmtree(folder / "tray"), FaultKind.UPLOAD_MISSING),
        (lambda folder: _execute(folder, "DELETE FROM documents WHERE name = 'mot.txt'"), FaultKind.REFERENCE),
        (lambda folder: _execute(folder, "DELETE FROM passage_index_docsize"), FaultKind.SEARCH_INDEX),
    ],
)
def test_damage_is_found_and_named(folder: Path, capsys: Output, damage: object, expected: FaultKind) -> None:
    damage(folder)  # type: ignore[operator]
    assert expected in {kind for kind, _ in _kinds(folder)}
    assert main(["check", "--archive", str(folder)]) == ExitCode.SOME_FAILED
    assert "✗" in capsys.readouterr().out


def _execute(folder: Path, statement: str) -> None:
    with closing(sqlite3.connect(folder / DATABASE)) as connection:
        connection.execute(statement)
        connection.commit()


def test_a_backup_that_lost_an_original_is_not_taken(folder: Path, tmp_path: Path, capsys: Output) -> None:
    source, short = tmp_path / "sao.zip", tmp_path / "thieu.zip"
    main(["backup", str(source), "--archive", str(folder)])
    gone = _an_original(folder).relative_to(folder).as_posix()
    with zipfile.ZipFile(source) as whole, zipfile.ZipFile(short, "w") as packed:
        for entry in whole.infolist():
            if entry.filename != gone:
                packed.writestr(entry, whole.read(entry))
    assert main(["restore", str(short), "--archive", str(tmp_path / "lai")]) == ExitCode.INPUT_FILE
    assert "original-missing" in capsys.readouterr().err
    assert not (tmp_path / "lai").exists()


@pytest.mark.parametrize("name", ["../ngoai.txt", "originals/../../ngoai.txt", "/tmp/ngoai.txt", "la/khac.txt"])
def test_a_backup_writes_nothing_outside_of_its_folder(tmp_path: Path, name: str) -> None:
    source = tmp_path / "la.zip"
    with zipfile.ZipFile(source, "w") as packed:
        packed.writestr(name, "x")
        packed.writestr("doisoat-backup.json", json.dumps({"format": 1, "version": "1", "originals": 0}))
    before = sorted(tmp_path.rglob("*"))
    assert main(["restore", str(source), "--archive", str(tmp_path / "lai")]) == ExitCode.INPUT_FILE
    assert sorted(tmp_path.rglob("*")) == before


def test_what_is_no_backup_is_told(tmp_path: Path, folder: Path, capsys: Output) -> None:
    (tmp_path / "khac.zip").write_bytes(b"PK khong phai")
    whole = tmp_path / "sao.zip"
    main(["backup", str(whole), "--archive", str(folder)])
    (tmp_path / "cut.zip").write_bytes(whole.read_bytes()[:-200])
    for name in ("khac.zip", "cut.zip"):
        assert main(["restore", str(tmp_path / name), "--archive", str(tmp_path / "lai")]) == ExitCode.INPUT_FILE
        assert name in capsys.readouterr().err
    assert main(["restore", str(tmp_path / "khong.zip")]) == ExitCode.FILE_ACCESS
