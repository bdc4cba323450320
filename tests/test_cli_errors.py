"""What goes wrong is told once, with the file's name and a remedy, and the exit status says what kind it was."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pikepdf
import pytest
from ocr_samples import REPORT, digital_pdf, page_image

from pipeline import __version__
from pipeline.archive.store import Archive
from pipeline.cli.main import main
from pipeline.errors import ExitCode

Output = pytest.CaptureFixture[str]
DOISOAT = [sys.executable, "-c", "from pipeline.cli.main import main; raise SystemExit(main())"]


@pytest.fixture(autouse=True)
def in_an_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def _write(name: str, content: bytes) -> str:
    Path(name).write_bytes(content)
    return name


def _encrypted() -> bytes:
    Path("mo.pdf").write_bytes(digital_pdf([REPORT]))
    with pikepdf.open("mo.pdf") as document:
        document.save("khoa.pdf", encryption=pikepdf.Encryption(owner="o", user="u"))
    return Path("khoa.pdf").read_bytes()


def test_the_version_is_printed(capsys: Output) -> None:
    assert main(["--version"]) == ExitCode.OK
    assert capsys.readouterr().out == f"doisoat {__version__}\n"


@pytest.mark.parametrize(
    "arguments", [["nap"], ["search"], ["search", "x", "--gioi-han", "3"], ["extract", "a", "--format", "doc"]]
)
def test_bad_arguments_end_with_1_and_a_hint(arguments: list[str], capsys: Output) -> None:
    assert main(arguments) == ExitCode.BAD_ARGUMENTS
    said = capsys.readouterr()
    assert said.out == ""
    assert "--help" in said.err


def test_a_missing_file_ends_with_5_and_its_name(capsys: Output) -> None:
    assert main(["ingest", "khong-co.pdf"]) == ExitCode.FILE_ACCESS
    assert "khong-co.pdf" in capsys.readouterr().err


def test_an_empty_file_ends_with_2_and_its_name(capsys: Output) -> None:
    assert main(["extract", _write("rong.pdf", b"")]) == ExitCode.INPUT_FILE
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.count("rong.pdf") == 1


def test_an_encrypted_file_ends_with_8(capsys: Output) -> None:
    assert main(["ingest", _write("khoa.pdf", _encrypted()), "--jobs", "1"]) == ExitCode.ENCRYPTED
    assert "khoa.pdf" in capsys.readouterr().err


def test_some_failed_ends_with_20_and_the_rest_is_done(capsys: Output) -> None:
    _write("tot.txt", "Xã có 12 thôn.".encode())
    _write("rong.txt", b"")
    assert main(["ingest", "tot.txt", "rong.txt", "--jobs", "1"]) == ExitCode.SOME_FAILED
    assert "rong.txt" in capsys.readouterr().err
    main(["status"])
    assert "rong.txt" in capsys.readouterr().out
    with Archive.open(Path("doisoat-archive")) as archive:
        assert [document.name for document in archive.documents()] == ["tot.txt"]


def test_failures_of_different_kinds_end_with_20() -> None:
    _write("rong.txt", b"")
    assert main(["ingest", "rong.txt", "khong-co.txt"]) == ExitCode.SOME_FAILED


def test_an_archive_that_is_not_there_is_named_with_what_to_do(capsys: Output) -> None:
    assert main(["search", "x", "--archive", "kho-nao"]) == ExitCode.FILE_ACCESS
    said = capsys.readouterr().err
    assert "kho-nao" in said
    assert "doisoat ingest" in said
    assert not Path("kho-nao").exists()


def test_a_setting_that_cannot_be_used_ends_with_9(monkeypatch: pytest.MonkeyPatch, capsys: Output) -> None:
    monkeypatch.setenv("DOISOAT_DPI", "nhieu")
    assert main(["status"]) == ExitCode.CONFIGURATION
    assert "dpi" in capsys.readouterr().err


def test_text_in_another_encoding_ends_with_2(capsys: Output) -> None:
    assert main(["repair", _write("tcvn.txt", b"C\xe9ng ho\xb5 x\xb7 h\xe9i")]) == ExitCode.INPUT_FILE
    assert "UTF-8" in capsys.readouterr().err


def test_errors_for_scripts_are_json_objects_one_a_line(capsys: Output) -> None:
    _write("rong.txt", b"")
    main(["extract", "rong.txt", "khong-co.txt", "--json"])
    errors = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert [error["exit_code"] for error in errors] == [ExitCode.INPUT_FILE, ExitCode.FILE_ACCESS]
    assert all(error["message"] and error["remedy"] and error["error"] for error in errors)


def test_wrong_arguments_are_json_too(capsys: Output) -> None:
    main(["search", "--khong-co", "--json"])
    assert json.loads(capsys.readouterr().err)["exit_code"] == ExitCode.BAD_ARGUMENTS


@pytest.mark.parametrize("sentences", [1, 300])  # the pipe breaks at the last flush, or in the middle of writing
def test_a_closed_pipe_is_no_error(sentences: int) -> None:
    _write("dai.txt", ("Xã có 12 thôn và 340 hộ dân.\n" * sentences).encode())
    with subprocess.Popen([*DOISOAT, "extract", "dai.txt"], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(10)
        process.stdout.close()
        said = process.stderr.read()
        assert process.wait() == ExitCode.OK
    assert said == b""


@pytest.mark.skipif(os.name == "nt", reason="SIGINT to one process")
def test_an_interruption_ends_with_130_and_what_was_done_stays() -> None:
    _write("a.txt", "Xã có 12 thôn.".encode())
    pages = [page_image(REPORT, dpi=200)] * 40
    pages[0].save("z.tif", save_all=True, append_images=pages[1:])
    command = [*DOISOAT, "ingest", "a.txt", "z.tif", "--jobs", "2"]
    # Where the tests themselves run in the background, a shell has them ignore what is sent here.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        deadline = time.monotonic() + 120
        while time.monotonic() < deadline and not _documents():
            time.sleep(0.2)
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=60)
    assert process.returncode == ExitCode.INTERRUPTED, said
    assert b"Traceback" not in said
    assert _documents() == ["a.txt"]


def _documents() -> list[str]:
    if not Path("doisoat-archive/doisoat.sqlite").exists():
        return []
    with Archive.create(Path("doisoat-archive")) as archive:
        return [document.name for document in archive.documents()]


def test_output_is_utf8_whatever_the_locale_says() -> None:
    _write("a.txt", "Công tác chữ ký số.".encode())
    environment = {**os.environ, "LC_ALL": "C", "PYTHONIOENCODING": "ascii", "PYTHONCOERCECLOCALE": "0"}
    extracted = subprocess.run(
        [*DOISOAT, "extract", "a.txt", "--what", "components"], env=environment, capture_output=True, check=True
    )
    assert json.loads(extracted.stdout)["document"] == "a.txt"
    assert extracted.stderr == b""
