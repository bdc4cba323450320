"""The commands of the desk: who may use it, and that it answers in a browser."""

from __future__ import annotations

import io
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from pipeline.archive.accounts import Role
from pipeline.archive.store import Archive
from pipeline.cli import desk_packages
from pipeline.cli.main import main
from pipeline.desk import passwords
from pipeline.errors import ExitCode

REPOSITORY = Path(__file__).resolve().parent.parent
PASSWORD = "một câu ngắn dễ nhớ"
RUN = "from pipeline.cli.main import main; raise SystemExit(main())"


def _type(monkeypatch: pytest.MonkeyPatch, line: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(line + "\n"))


def _accounts(folder: Path, *arguments: str) -> int:
    return main(["users", *arguments, "--archive", str(folder)])


def test_the_first_administrator_is_added_with_a_password_from_stdin(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _type(monkeypatch, PASSWORD)
    assert _accounts(tmp_path / "kho", "add", "Lê.Quản", "--role", "administrator") == ExitCode.OK
    assert "lê.quản" in capsys.readouterr().err
    with Archive.open(tmp_path / "kho") as archive:
        found = archive.accounts.credentials("lê.quản")
    assert found is not None
    assert found.account.role is Role.ADMINISTRATOR
    assert passwords.is_right(PASSWORD, found.password)
    assert _accounts(tmp_path / "kho", "list") == ExitCode.OK
    assert "administrator" in capsys.readouterr().out


def test_a_forgotten_password_is_set_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _type(monkeypatch, PASSWORD)
    assert _accounts(tmp_path / "kho", "add", "lan") == ExitCode.OK
    _type(monkeypatch, "một câu khác hẳn")
    assert _accounts(tmp_path / "kho", "password", "lan") == ExitCode.OK
    with Archive.open(tmp_path / "kho") as archive:
        found = archive.accounts.credentials("lan")
    assert found is not None
    assert found.account.role is Role.READER
    assert passwords.is_right("một câu khác hẳn", found.password)


@pytest.mark.parametrize(
    ("asked", "typed", "why"),
    [
        ("add", PASSWORD, "Thiếu tên đăng nhập"),
        ("add/lan", "ngắn", "10 đến 200 ký tự"),
        ("add/lan thị", PASSWORD, "không dùng được"),
        ("password/ai.do", PASSWORD, "Không có tài khoản"),
    ],
)
def test_what_cannot_be_done_is_told(tmp_path: Path, asked: str, typed: str, why: str) -> None:
    command = [sys.executable, "-c", RUN, "users", *asked.split("/"), "--archive", str(tmp_path / "kho")]
    known = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    told = subprocess.run(command, input=f"{typed}\n", env=known, capture_output=True, text=True, check=False)
    assert told.returncode == ExitCode.BAD_ARGUMENTS
    assert why in told.stderr


def test_nobody_serves_a_desk_that_nobody_may_enter(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["serve", "--archive", str(tmp_path / "kho")]) == ExitCode.CONFIGURATION
    assert "doisoat users add TEN --role administrator" in capsys.readouterr().err


def test_a_desk_that_is_not_installed_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(desk_packages, "_PACKAGES", ("a_package_that_nobody_has",))
    assert main(["serve", "--archive", str(tmp_path / "kho")]) == ExitCode.MISSING_DEPENDENCY
    assert 'pip install "doisoat[desk]"' in capsys.readouterr().err


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_serve_answers_until_it_is_told_to_stop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _type(monkeypatch, PASSWORD)
    assert _accounts(tmp_path / "kho", "add", "lan", "--role", "administrator") == ExitCode.OK
    port = _free_port()
    command = [sys.executable, "-c", RUN, "serve", "--port", str(port), "--archive", str(tmp_path / "kho")]
    known = {**os.environ, "PYTHONPATH": str(REPOSITORY)}
    with subprocess.Popen(command, cwd=tmp_path, env=known, stderr=subprocess.PIPE, text=True) as served:
        try:
            page = _page(f"http://127.0.0.1:{port}/sign-in", served)
        finally:
            served.send_signal(signal.SIGTERM)
        _, said = served.communicate(timeout=30)
    assert "Đăng nhập" in page
    assert f"http://127.0.0.1:{port}" in said
    assert "Traceback" not in said


def _page(address: str, served: subprocess.Popen[str]) -> str:
    for _ in range(120):
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                return str(answer.read().decode())
        except OSError:
            assert served.poll() is None, served.stderr and served.stderr.read()
            time.sleep(0.5)
    pytest.fail("the desk did not answer within a minute")
