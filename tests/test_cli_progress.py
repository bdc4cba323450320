"""Progress is a bar for a person, a line now and then for a log, and nothing for -q."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from pipeline.batch.outcomes import Failed
from pipeline.cli import progress
from pipeline.cli.progress import BatchProgress
from pipeline.cli.reporting import Reporting
from pipeline.errors import InputFileError

Output = pytest.CaptureFixture[str]


@pytest.fixture
def always(monkeypatch: pytest.MonkeyPatch) -> None:
    """A line each time, not every half minute."""
    monkeypatch.setattr(progress, "_SECONDS_BETWEEN_LINES", 0)


def _last_line(capsys: Output) -> str:
    return capsys.readouterr().err.splitlines()[-1]


@pytest.mark.usefixtures("always")
def test_pages_are_counted_over_all_documents(capsys: Output) -> None:
    with BatchProgress(Reporting()) as shown:
        shown.planned({"a.pdf": 3, "b.pdf": 2})
        shown.page_done("a.pdf", 2, 3)
        shown.page_done("b.pdf", 1, 2)
        assert _last_line(capsys).startswith("Đã đọc 3/5 trang")
        shown.document_done("a.pdf")
        assert _last_line(capsys).startswith("Đã đọc 4/5 trang")


@pytest.mark.usefixtures("always")
def test_a_text_file_counts_as_one_page_however_many_it_has(capsys: Output) -> None:
    with BatchProgress(Reporting()) as shown:
        shown.planned({"dai.txt": 1, "b.pdf": 2})
        shown.page_done("dai.txt", 40, 43)
        assert _last_line(capsys).startswith("Đã đọc 1/3 trang")


@pytest.mark.usefixtures("always")
def test_the_pages_of_a_failed_document_are_no_work_any_more(capsys: Output) -> None:
    with BatchProgress(Reporting()) as shown:
        shown.planned({"hong.pdf": 30, "b.pdf": 2})
        shown.document_failed(Failed("hong.pdf", InputFileError("hong.pdf: hỏng.", "Chép lại.")))
        shown.page_done("b.pdf", 1, 2)
        said = capsys.readouterr().err
        assert said.splitlines()[-1].startswith("Đã đọc 31/32 trang")
        assert "hong.pdf: hỏng." in said


def test_a_log_is_not_flooded(capsys: Output) -> None:
    with BatchProgress(Reporting()) as shown:
        shown.planned({"a.pdf": 1000})
        for page in range(1, 1001):
            shown.page_done("a.pdf", page, 1000)
    assert capsys.readouterr().err == ""


@pytest.mark.usefixtures("always")
def test_quiet_says_only_what_failed(capsys: Output) -> None:
    with BatchProgress(Reporting(quiet=True)) as shown:
        shown.planned({"a.pdf": 2})
        shown.page_done("a.pdf", 1, 2)
        assert capsys.readouterr().err == ""
        shown.document_failed(Failed("a.pdf", InputFileError("a.pdf: hỏng.")))
        assert "a.pdf: hỏng." in capsys.readouterr().err


def _read_to_the_end(terminal: int) -> bytes:
    """Read what was written to a terminal whose other end is closed; one read gives at most a page."""
    read = b""
    with suppress(OSError):  # so Linux says that there is no more
        while some := os.read(terminal, 100_000):
            read += some
    return read


@pytest.mark.skipif(os.name == "nt", reason="pseudo-terminals")
def test_a_person_at_a_terminal_sees_a_bar_and_a_pipe_still_gets_only_results(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Xã có 12 thôn.", encoding="utf-8")
    terminal, its_end = os.openpty()
    command = [sys.executable, "-c", "from pipeline.cli.main import main; raise SystemExit(main())", "extract", "a.txt"]
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "120"}
    finished = subprocess.run(
        command, cwd=tmp_path, stdout=subprocess.PIPE, stderr=its_end, env=environment, check=True
    )
    os.close(its_end)
    shown = _read_to_the_end(terminal).decode()
    os.close(terminal)
    assert "1/1" in shown
    assert finished.stdout.startswith(b"{")
