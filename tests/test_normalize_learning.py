"""Learning from an office's own texts: opt-in, from clean lines only, and the office's own phrases come out of it."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.cli.main import main
from pipeline.errors import ConfigurationError
from pipeline.normalize.learning import FEWEST_WORDS, clean_lines, learn
from pipeline.normalize.repair import Repairer

OWN = "Tổ họp giao ban chợ Cồn Én bàn việc sang nhượng sạp hàng bông của bà con tiểu thương."
GARBLED = [
    "Uy ban nhan dan phuong bao cao két qua thuc hién nhiém vu thang 10 nam 2025 cua phuong.",
    "Viéc sang nhuong sap hang bong cua ba con tiéu thuong dugc thuc hién dung quy dinh.",
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    model, words = learn([[OWN] * 200])
    assert model is not None
    assert words >= FEWEST_WORDS
    where = tmp_path_factory.mktemp("language")
    model.save(where)
    return where


def test_the_offices_own_phrases_are_read_with_its_own_model(folder: Path) -> None:
    assert "sang nhượng sạp hàng bông của bà con tiểu thương" in Repairer.load(folder).repair_lines(GARBLED)[1]


def test_too_little_text_makes_no_model() -> None:
    model, words = learn([[OWN]])
    assert model is None
    assert 0 < words < FEWEST_WORDS


def test_a_wrong_reading_is_not_learned_from() -> None:
    assert clean_lines([OWN] * 10) == [OWN] * 10
    assert clean_lines(GARBLED * 5) == []


def test_a_folder_without_a_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match="không có mô hình"):
        Repairer.load(tmp_path)


def test_a_model_over_other_words_is_refused(folder: Path, tmp_path: Path) -> None:
    for file in folder.iterdir():
        (tmp_path / file.name).write_bytes(file.read_bytes())
    (tmp_path / "words.txt").write_text("a\nb", encoding="utf-8")
    with pytest.raises(ConfigurationError, match="phiên bản khác"):
        Repairer.load(tmp_path)


def test_the_command_learns_from_the_archives_clean_pages(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    clean = tmp_path / "clean.txt"
    clean.write_text("\n".join([OWN] * 150), encoding="utf-8")
    archive, model = tmp_path / "kho", tmp_path / "model"
    assert main(["ingest", str(clean), "--archive", str(archive)]) == 0
    assert main(["learn", str(model), "--archive", str(archive)]) == 0
    garbled = tmp_path / "garbled.txt"
    garbled.write_text("\n".join(GARBLED), encoding="utf-8")
    capsys.readouterr()
    assert main(["repair", str(garbled), "--language", str(model)]) == 0
    assert "sạp hàng bông" in capsys.readouterr().out


def test_an_archive_with_little_clean_text_is_told_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "short.txt").write_text(OWN, encoding="utf-8")
    archive = tmp_path / "kho"
    assert main(["ingest", str(tmp_path / "short.txt"), "--archive", str(archive)]) == 0
    assert main(["learn", str(tmp_path / "model"), "--archive", str(archive)]) == 2
    assert str(FEWEST_WORDS) in capsys.readouterr().err
    assert not (tmp_path / "model").exists()
