"""A doubtful word is shown as such wherever a person meets it."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from archive_documents import processed, with_doubts, written
from rich.console import Console
from rich.text import Text

from pipeline.archive.store import Archive
from pipeline.archive.terms import Span
from pipeline.cli.main import main
from pipeline.cli.snippet import snippet
from pipeline.errors import ExitCode
from pipeline.models import Doubt

TEXT = "Huyện đã hợp trực tuyến với các xã"
DOUBT = Doubt(start=9, end=12, confidence=0.55, others=("họp", "hộp"))


def _of(text: str, part: str) -> Span:
    return Span(start=text.index(part), end=text.index(part) + len(part))


def test_a_doubtful_word_has_a_sign_behind_it() -> None:
    assert snippet(TEXT, [_of(TEXT, "xã")], [DOUBT]).plain == "Huyện đã hợp(?) trực tuyến với các xã"


def test_a_doubtful_word_that_was_found_shows_its_other_readings() -> None:
    assert snippet(TEXT, [_of(TEXT, "hợp trực")], [DOUBT]).plain == "Huyện đã hợp(? họp, hộp) trực tuyến với các xã"


def test_a_terminal_underlines_the_doubtful_word_only() -> None:
    shown = snippet(TEXT, [], [DOUBT])
    assert [shown.plain[span.start : span.end] for span in shown.spans if span.style == "underline"] == ["hợp"]
    terminal = io.StringIO()
    Console(file=terminal, force_terminal=True).print(shown)
    assert Text.from_ansi(terminal.getvalue()).plain.strip() == shown.plain


def test_doubtful_words_outside_of_what_is_shown_are_not_signed() -> None:
    text = f"{'kế hoạch ' * 60}{TEXT}"
    far = DOUBT.model_copy(update={"start": text.index("hợp"), "end": text.index("hợp") + 3})
    assert "(?)" not in snippet(text, [_of(text, "kế")], [far]).plain
    assert "hợp(?) trực" in snippet(text, [_of(text, "tuyến")], [far]).plain


@pytest.fixture
def filled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An archive with one document whose "hợp" is doubtful, in a folder that is the current one."""
    monkeypatch.chdir(tmp_path)
    path = written(tmp_path, "bao-cao.txt", [TEXT])
    with Archive.create(tmp_path / "doisoat-archive") as archive:
        archive.add([with_doubts(processed(path, [TEXT], sentences=[[1]]), {"hợp": ("họp", "hộp")})], path, path.name)
    return path


def test_search_says_that_it_found_another_reading(filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["search", "họp trực tuyến"]) == ExitCode.OK
    said = capsys.readouterr().out
    assert "another reading" in said
    assert "hợp(? họp, hộp) trực tuyến" in said
    assert main(["search", "họp trực tuyến", "--format", "jsonl"]) == ExitCode.OK
    hit = json.loads(capsys.readouterr().out)
    assert (hit["exact"], hit["other_reading"]) == (False, True)
    assert hit["doubts"] == [{"start": 9, "end": 12, "confidence": 0.55, "others": ["họp", "hộp"]}]


def test_status_counts_repaired_and_doubtful_words(filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["status", "--list"]) == ExitCode.OK
    said = capsys.readouterr().out
    assert "Từ đã sửa / Repaired words" in said
    assert "Ngờ" in said
    (row,) = [line for line in said.splitlines() if line.strip().startswith("bao-cao.txt")]
    assert row.split()[:3] == ["bao-cao.txt", "1", "1"]


def test_export_lists_the_doubtful_words(filled: Path, tmp_path: Path) -> None:
    assert main(["export", str(tmp_path / "xuat"), "--format", "jsonl", "-q"]) == ExitCode.OK
    (word,) = (tmp_path / "xuat" / "doubts.jsonl").read_text(encoding="utf-8").splitlines()
    assert json.loads(word)["word"] == "hợp"
