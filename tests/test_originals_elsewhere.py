"""Originals may be kept in any store of fsspec: what is kept, found, proved and brought back is the same."""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import time
from pathlib import Path

import pytest
from archive_documents import processed, written

from pipeline.archive import originals_elsewhere
from pipeline.archive.integrity import FaultKind, faults
from pipeline.archive.originals import OriginalsFolder, keep, name_of
from pipeline.archive.originals_elsewhere import OriginalsElsewhere
from pipeline.archive.store import Archive
from pipeline.cli.main import main
from pipeline.errors import ExitCode, FileAccessError, InputFileError

LINES = ("Toàn tỉnh có 120 điểm phục vụ.", "Sở có 35 cán bộ.")
NAMES = ("mot.txt", "hai.txt")
Output = pytest.CaptureFixture[str]


def add(archive: Archive, folder: Path, name: str) -> None:
    """Take a document in."""
    path = written(folder, name, (*LINES, name))
    archive.add([processed(path, (*LINES, name))], path, name)


def files(folder: Path) -> list[str]:
    """The names of the files under a folder."""
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of an archive with two documents."""
    with Archive.create(tmp_path / "kho") as archive:
        for name in NAMES:
            add(archive, tmp_path, name)
    return tmp_path / "kho"


@pytest.fixture
def share(tmp_path: Path) -> Path:
    """Another folder, as of a file server."""
    return tmp_path / "may-chu" / "ban-goc"


def moved(folder: Path, to: str) -> None:
    assert main(["originals", to, "--archive", str(folder)]) == ExitCode.OK


def test_originals_move_and_everything_goes_on_there(folder: Path, share: Path, tmp_path: Path, capsys: Output) -> None:
    before = files(folder / "originals")
    moved(folder, f"file://{share}")
    assert "2 bản gốc" in capsys.readouterr().err
    assert files(share) == files(folder / "originals") == before
    shutil.rmtree(folder / "originals")
    with Archive.open(folder) as archive:
        assert archive.original(archive.documents()[0]).read_text(encoding="utf-8").startswith(LINES[0])
        add(archive, tmp_path, "ba.txt")
    assert len(files(share)) == 3
    assert main(["originals", "--archive", str(folder)]) == ExitCode.OK
    assert capsys.readouterr().out.strip() == f"file://{share}"
    assert main(["check", "--archive", str(folder)]) == ExitCode.OK


def test_they_come_back_into_the_folder(folder: Path, share: Path, capsys: Output) -> None:
    before = files(folder / "originals")
    moved(folder, f"file://{share}")
    shutil.rmtree(folder / "originals")
    moved(folder, "here")
    assert files(folder / "originals") == before
    shutil.rmtree(share)
    assert main(["check", "--archive", str(folder)]) == ExitCode.OK


def test_what_is_lost_or_changed_there_is_told(folder: Path, share: Path) -> None:
    moved(folder, f"file://{share}")
    first, second = files(share)
    (share / first).unlink()
    (share / second).write_bytes(b"changed")
    found = {fault.kind for fault in faults(folder, lambda done, total: None)}
    assert found == {FaultKind.ORIGINAL_MISSING, FaultKind.ORIGINAL_CHANGED}


def test_what_was_changed_there_is_never_taken_for_the_original(folder: Path, share: Path) -> None:
    moved(folder, f"file://{share}")
    shutil.rmtree(folder / "originals")
    for name in files(share):
        (share / name).write_bytes(b"changed")
    with Archive.open(folder) as archive, pytest.raises(InputFileError):
        archive.original(archive.documents()[0])
    assert files(folder / "originals") == []


def test_a_backup_holds_them_and_a_restored_archive_has_them_in_its_folder(
    folder: Path, share: Path, tmp_path: Path
) -> None:
    moved(folder, f"file://{share}")
    shutil.rmtree(folder / "originals")
    assert main(["backup", str(tmp_path / "sao.zip"), "--archive", str(folder)]) == ExitCode.OK
    shutil.rmtree(share)
    assert main(["restore", str(tmp_path / "sao.zip"), "--archive", str(tmp_path / "lai")]) == ExitCode.OK
    with Archive.open(tmp_path / "lai") as archive:
        assert archive.originals_address() is None
        assert all(archive.original(document).is_file() for document in archive.documents())


def test_documents_are_read_anew_from_there_and_one_that_is_lost_costs_no_other(
    folder: Path, share: Path, capsys: Output
) -> None:
    moved(folder, f"file://{share}")
    shutil.rmtree(folder / "originals")
    (share / files(share)[0]).write_bytes(b"changed")
    assert main(["reprocess", *NAMES, "--jobs", "1", "--archive", str(folder)]) == ExitCode.SOME_FAILED
    assert "Đã đọc lại 1 tài liệu, lỗi 1 tệp" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("smb://an:mat-khau@may-chu/ban-goc", "mật khẩu"),
        ("nowhere://ban-goc", "không phải địa chỉ"),
        ("/mnt/ban-goc", "không phải địa chỉ"),
        ("simplecache::file:///mnt/ban-goc", "không phải địa chỉ"),
    ],
)
def test_an_address_that_cannot_be_used_is_refused(folder: Path, address: str, told: str, capsys: Output) -> None:
    assert main(["originals", address, "--archive", str(folder)]) == ExitCode.BAD_ARGUMENTS
    assert told in capsys.readouterr().err
    with Archive.open(folder) as archive:
        assert archive.originals_address() is None


def test_a_store_that_cannot_be_written_is_named_and_nothing_moves(
    folder: Path, tmp_path: Path, capsys: Output
) -> None:
    (tmp_path / "tep").write_bytes(b"")
    assert main(["originals", f"file://{tmp_path}/tep/goc", "--archive", str(folder)]) == ExitCode.FILE_ACCESS
    assert "không dùng được nơi lưu bản gốc" in capsys.readouterr().err
    with Archive.open(folder) as archive:
        assert archive.originals_address() is None


# --- any file system of fsspec: here the one in memory ------------------------------------------------------------


@pytest.fixture
def store(tmp_path: Path) -> OriginalsElsewhere:
    return OriginalsElsewhere(f"memory://{tmp_path.name}", OriginalsFolder(tmp_path / "ban-sao"))


def kept(store: OriginalsElsewhere, content: bytes) -> str:
    """Keep a text, and return its name."""
    name = name_of(hashlib.sha256(content).hexdigest(), "text/plain")
    store.take(name, io.BytesIO(content), "a.txt")
    return name


def test_what_is_kept_is_found_and_read(store: OriginalsElsewhere, tmp_path: Path) -> None:
    assert store.names() == []
    name = kept(store, b"mot")
    assert store.names() == [name]
    assert store.has(name)
    with store.opened(name) as stream:
        assert stream.read() == b"mot"
    assert store.path(name) == tmp_path / "ban-sao" / name
    assert store.path(name).read_bytes() == b"mot"


def test_what_is_not_what_it_is_called_leaves_nothing_there(store: OriginalsElsewhere, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"changed")
    with pytest.raises(InputFileError, match=r"a\.txt"):
        keep(store, path, name_of(hashlib.sha256(b"mot").hexdigest(), "text/plain"))
    assert store.names() == []


def test_copies_that_nobody_uses_make_room_unless_the_store_has_lost_the_file(
    store: OriginalsElsewhere, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, lost, new = (kept(store, content) for content in (b"mot", b"hai", b"ba"))
    copies = OriginalsFolder(store.path(old).parents[1])
    for name in (old, lost):
        os.utime(store.path(name), (time.time() - 7200,) * 2)
    store._system.rm_file(store._place(lost))  # as if by somebody else
    monkeypatch.setattr(originals_elsewhere, "_COPIES_BYTES", 0)
    store.path(new)
    assert copies.names() == sorted((lost, new))


def test_a_store_whose_package_is_missing_is_told(tmp_path: Path) -> None:
    store = OriginalsElsewhere("nowhere://x", OriginalsFolder(tmp_path))
    with pytest.raises(FileAccessError, match="nowhere://x"):
        store.names()
