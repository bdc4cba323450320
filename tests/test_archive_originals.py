"""Originals are kept once, whole, and are never written again."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from pipeline.archive.originals import OriginalsFolder, keep, name_of
from pipeline.errors import FileAccessError, InputFileError

PDF = "application/pdf"


def _file(folder: Path, content: bytes) -> tuple[Path, str]:
    path = folder / "den.pdf"
    path.write_bytes(content)
    return path, hashlib.sha256(content).hexdigest()


def test_a_file_that_is_there_is_not_written_again(tmp_path: Path) -> None:
    path, digest = _file(tmp_path, b"%PDF-1.7 noi dung")
    originals, name = OriginalsFolder(tmp_path / "goc"), name_of(digest, PDF)
    keep(originals, path, name)
    first = originals.path(name)
    before = first.stat().st_mtime_ns, first.stat().st_ino
    keep(originals, path, name)
    assert (first.stat().st_mtime_ns, first.stat().st_ino) == before


def test_nothing_temporary_is_left(tmp_path: Path) -> None:
    path, digest = _file(tmp_path, b"%PDF-1.7")
    originals = OriginalsFolder(tmp_path / "goc")
    keep(originals, path, name_of(digest, PDF))
    kept = originals.path(name_of(digest, PDF))
    assert [file for file in (tmp_path / "goc").rglob("*") if file.is_file()] == [kept]
    assert originals.names() == [name_of(digest, PDF)]


def test_content_that_changed_since_it_was_read_is_not_kept(tmp_path: Path) -> None:
    path, digest = _file(tmp_path, b"%PDF-1.7")
    path.write_bytes(b"%PDF-1.7 changed")
    originals = OriginalsFolder(tmp_path / "goc")
    with pytest.raises(InputFileError, match=r"den\.pdf"):
        keep(originals, path, name_of(digest, PDF))
    assert originals.names() == []


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_is_named(tmp_path: Path) -> None:
    path, digest = _file(tmp_path, b"%PDF-1.7")
    (tmp_path / "goc").mkdir(mode=0o500)
    with pytest.raises(FileAccessError, match=r"den\.pdf"):
        keep(OriginalsFolder(tmp_path / "goc"), path, name_of(digest, PDF))


def test_a_file_in_the_place_of_the_folder_is_named(tmp_path: Path) -> None:
    path, digest = _file(tmp_path, b"%PDF-1.7")
    (tmp_path / "goc").write_bytes(b"")
    with pytest.raises(FileAccessError, match=r"den\.pdf"):
        keep(OriginalsFolder(tmp_path / "goc"), path, name_of(digest, PDF))
