"""`doisoat series`: an indicator followed over the reports of an archive."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import openpyxl
import pytest

from pipeline.cli.main import main
from pipeline.errors import ExitCode

BTS = "vien-thong.tram-bts-5g"
AUGUST = """\
ỦY BAN NHÂN DÂN TỈNH HÒA GIANG

BÁO CÁO
Kết quả chuyển đổi số tháng 8 năm 2025

Đến ngày 31/8/2025, toàn tỉnh có 434 trạm BTS 5G đang hoạt động.
Tổng số học sinh tuyển mới vào lớp 1 là 24.117 học sinh.
"""
SEPTEMBER = """\
ỦY BAN NHÂN DÂN TỈNH HÒA GIANG

BÁO CÁO
Kết quả chuyển đổi số tháng 9 năm 2025

Đến ngày 30/9/2025, toàn tỉnh có 456 trạm BTS 5G đang hoạt động.
"""
CORRECTED = SEPTEMBER.replace("456", "465").replace("BÁO CÁO", "BÁO CÁO (thay thế)")
Output = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output) -> None:
    """An archive in the current folder: two months, and a report that contradicts the second."""
    for name, text in (("thang-8.txt", AUGUST), ("thang-9.txt", SEPTEMBER), ("thang-9-khac.txt", CORRECTED)):
        (tmp_path / "tai-lieu").mkdir(exist_ok=True)
        (tmp_path / "tai-lieu" / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert main(["ingest", "tai-lieu", "--jobs", "1", "-q"]) == ExitCode.OK
    assert main(["reconcile", "-q"]) == ExitCode.OK
    capsys.readouterr()


@pytest.mark.parametrize("wanted", [BTS, "vien-thong.tram", "trạm bts", "TRAM BTS 5G"])
def test_an_indicator_is_followed_by_its_id_the_beginning_of_it_or_words_of_its_name(
    wanted: str, capsys: Output
) -> None:
    assert main(["series", wanted]) == ExitCode.OK
    shown = capsys.readouterr().out
    assert "Trạm BTS 5G" in shown
    order = [shown.index(value) for value in ("434 trạm BTS", "456 trạm BTS")]
    assert order == sorted(order)
    assert "thang-8.txt, trang 1, dòng 6" in " ".join(shown.split())
    assert "31/8/2025" in shown


def test_what_is_contradicted_is_marked(capsys: Output) -> None:
    main(["series", BTS])
    rows = capsys.readouterr().out.split("434 trạm BTS")
    assert "mâu thuẫn" not in rows[0] + rows[1].splitlines()[0]
    assert rows[1].count("mâu thuẫn") == 2


def test_without_an_indicator_all_series_are_listed(capsys: Output) -> None:
    assert main(["series"]) == ExitCode.OK
    shown = capsys.readouterr().out
    assert BTS in shown
    assert "giao-duc.hoc-sinh-dau-cap" in shown


def test_a_corrected_value_is_followed_and_the_conflict_is_gone(capsys: Output) -> None:
    main(["series", BTS, "--format", "jsonl"])
    records = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    (wrong,) = (record for record in records if record["value"] == "465")
    assert wrong["conflict"]
    main(["decide", "correct", wrong["figure"], "--value", "456", "-q"])
    main(["reconcile", "-q"])
    capsys.readouterr()
    main(["series", BTS])
    shown = capsys.readouterr().out
    assert "mâu thuẫn" not in shown
    assert "456*" in shown


def test_a_merged_indicator_is_followed_under_the_other_until_it_is_split(capsys: Output) -> None:
    other = "vien-thong.tram-bts-4g"
    assert main(["decide", "merge", BTS, "--into", other]) == ExitCode.OK
    assert "Trạm BTS 5G → Trạm BTS 4G" in capsys.readouterr().err
    main(["series", other])
    assert "434 trạm BTS" in capsys.readouterr().out
    main(["indicators"])
    assert BTS not in capsys.readouterr().out
    assert main(["decide", "merge", other, "--into", BTS]) == ExitCode.BAD_ARGUMENTS
    assert main(["decide", "reopen", BTS, "-q"]) == ExitCode.OK
    assert main(["series", other]) == ExitCode.BAD_ARGUMENTS
    main(["decisions"])
    assert "tách chỉ tiêu" in capsys.readouterr().out


def test_what_the_catalogue_does_not_know_cannot_be_merged(capsys: Output) -> None:
    assert main(["decide", "merge", BTS, "--into", "khong.co"]) == ExitCode.BAD_ARGUMENTS
    assert "khong.co" in capsys.readouterr().err
    assert main(["decide", "merge", BTS]) == ExitCode.BAD_ARGUMENTS


def test_series_are_written_for_programs(capsys: Output, tmp_path: Path) -> None:
    assert main(["series", BTS, "--format", "csv"]) == ExitCode.OK
    rows = list(csv.DictReader(io.StringIO(capsys.readouterr().out.removeprefix("\ufeff"))))
    assert [(row["time"], row["value"]) for row in rows[:1]] == [("2025-08-31", "434")]
    assert {row["unit"] for row in rows} == {"trạm BTS"}
    assert main(["series", "--format", "xlsx", "-o", "chuoi.xlsx"]) == ExitCode.OK
    assert openpyxl.load_workbook(tmp_path / "chuoi.xlsx").sheetnames == ["Chuỗi số liệu"]
    assert main(["series", "--format", "xlsx"]) == ExitCode.BAD_ARGUMENTS


def test_series_are_written_for_statistical_systems_alone_and_with_the_archive(capsys: Output, tmp_path: Path) -> None:
    assert main(["series", "--format", "sdmx-csv"]) == ExitCode.OK
    alone = capsys.readouterr().out
    rows = [row for row in csv.DictReader(io.StringIO(alone)) if row["INDICATOR"] == "VIEN-THONG_TRAM-BTS-5G"]
    assert [(row["TIME_PERIOD"], row["OBS_STATUS"]) for row in rows] == [("2025-08-31", "A"), ("2025-09-30", "U")]
    assert main(["export", "ra", "--format", "sdmx-csv", "-q"]) == ExitCode.OK
    assert [path.name for path in (tmp_path / "ra").iterdir()] == ["series.sdmx.csv"]
    assert (tmp_path / "ra" / "series.sdmx.csv").read_bytes().decode().splitlines() == alone.splitlines()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["series", "khong.co"], "doisoat indicators"),
        (["series", BTS, "--plot", "chuoi.pdf"], ".svg"),
        (["series", "--plot", "chuoi.svg"], "một chỉ tiêu"),
        (["series", "giao-duc.hoc-sinh-dau-cap", "--plot", "chuoi.svg"], "thời gian"),
    ],
    ids=["unknown", "another format", "several indicators", "no times"],
)
def test_what_cannot_be_followed_or_drawn_is_refused_with_a_remedy(
    arguments: list[str], said: str, capsys: Output
) -> None:
    assert main(arguments) == ExitCode.BAD_ARGUMENTS
    assert said in capsys.readouterr().err


@pytest.mark.parametrize("name", ["chuoi.svg", "chuoi.PNG"])
def test_an_indicator_is_drawn(name: str, tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    assert main(["series", BTS, "--plot", name, "-q"]) == ExitCode.OK
    assert (tmp_path / name).read_bytes()[:5] in (b"<?xml", b"\x89PNG\r")
