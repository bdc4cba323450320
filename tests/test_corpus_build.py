"""The pile is made whole: files, index and gold, the same every time, and nothing of an earlier pile is left in it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from corpus.generator import build

NAMES = ("cv-laocai-baolu", "hd-sonla-bcd")


@pytest.fixture
def documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A corpus of two documents, one arriving as text, one as a digital PDF."""
    folder = tmp_path / "documents"
    folder.mkdir()
    for name in NAMES:
        shutil.copy(build.DOCUMENTS / f"{name}.txt", folder)
    (folder / "across.checks").write_text(
        "conflict across cv-laocai-baolu/sat hd-sonla-bcd/nv | thử\n", encoding="utf-8"
    )
    monkeypatch.setattr(build, "DOCUMENTS", folder)
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_pile_has_its_files_index_and_gold_and_is_made_anew_each_time(documents: Path, tmp_path: Path) -> None:
    assert build.build(tmp_path / "pile", "demo") == 2
    first = contents(tmp_path / "pile")
    index = [json.loads(line) for line in first["index.jsonl"].decode().splitlines()]
    assert [entry["path"] for entry in index] == ["demo/cv-laocai-baolu.txt", "demo/hd-sonla-bcd.pdf"]
    assert {f"gold/{name}/{file}" for name in NAMES for file in ("text.txt", "figures.jsonl")} < first.keys()
    assert b"across-01\tconflict\tacross\tcv-laocai-baolu,hd-sonla-bcd\t214; 38" in first["gold/findings.tsv"]

    (tmp_path / "pile" / "demo" / "left-over.pdf").write_bytes(b"old")
    build.build(tmp_path / "pile", "demo")
    assert contents(tmp_path / "pile") == first


def test_a_source_that_is_wrong_is_named(documents: Path, tmp_path: Path) -> None:
    (documents / "cv-laocai-baolu.txt").write_text("type: Công văn\n---\nKhông có gì.\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"cv-laocai-baolu\.txt"):
        build.build(tmp_path / "pile", "demo")
