"""Originals are kept once, whole, and are never written again."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from pipeline.archive.originals import Originals
from pipeline.errors import FileAccessError

PDF = "application/pdf"


def _file(folder: Path, content: bytes) -> tuple[Path, str]:
    path = folder / "den.pdf"
    path.write_bytes(content)
    return path, hashlib.sha256(content).hexdigest()


def test_a_file_that_is_there_is_not_written_again(tmp_path: Path) -> None:
    path, digest = _file(tmp_path, b"%PDF-1.7 noi dung")
    originals = Originals(tmp_path / "goc")
    first = originals.keep(path, digest, PDF)
    before = first.stat().st_mtime_ns, first.stat().st_ino
    assert originals.keep(path, digest, PDF) == first
    assert (first.stat().st_mtime_ns, first.stat().st_ino) == before


def test_nothing_temporary_is_left(tmp_path: Path) -> None:
    path, digest = _file(tmp_path, b"%PDF-1.7")
    kept = Originals(tmp_path / "goc").keep(path, digest, PDF)
    assert [file for file in (tmp_path / "goc").rglob("*") if file.is_file()] == [kept]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_is_named(tmp_path: Path) -> None:
    path, digest = _file(tmp_path, b"%PDF-1.7")
    (tmp_path / "goc").mkdir(mode=0o500)
    with pytest.raises(FileAccessError, match=r"den\.pdf"):
        Originals(tmp_path / "goc").keep(path, digest, PDF)


def test_a_file_in_the_place_of_the_folder_is_named(tmp_path: Path) -> None:
    path, digest = _file(tmp_path, b"%PDF-1.7")
    (tmp_path / "goc").write_bytes(b"")
    with pytest.raises(FileAccessError, match=r"den\.pdf"):
        Originals(tmp_path / "goc").keep(path, digest, PDF)
