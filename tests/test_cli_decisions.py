"""`doisoat decide` and `doisoat decisions`: from a finding to its settlement, on a real archive."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipeline.archive.store import Archive
from pipeline.cli.main import main
from pipeline.errors import ExitCode
from pipeline.models import Finding, Verdict

REPORT = """\
BÁO CÁO
Kết quả cấp giấy phép năm 2024

Trong năm, huyện đã cấp 150 giấy phép (gồm: 90 giấy phép xây dựng và 50 giấy phép khai thác cát).
Tổng số lượt khám là 300 lượt (gồm: 120 lượt tại trạm y tế và 190 lượt tại nhà).
"""
Output = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def reconciled(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output) -> None:
    """An archive in the current folder whose report has two sums that do not hold."""
    (tmp_path / "bao-cao.txt").write_text(REPORT, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LOGNAME", "binh")
    assert main(["ingest", "bao-cao.txt", "--jobs", "1", "-q"]) == ExitCode.OK
    assert main(["reconcile", "-q"]) == ExitCode.OK
    capsys.readouterr()


def conflict(number: int) -> Finding:
    with Archive.open(Path("doisoat-archive")) as archive:
        return [finding for finding in archive.findings() if finding.verdict is Verdict.CONFLICT][number]


def lines(capsys: Output) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_the_table_shows_the_ids_that_decide_takes(capsys: Output) -> None:
    main(["reconcile"])
    table = capsys.readouterr().out
    assert conflict(0).id in table
    assert all(figure in table for figure in conflict(0).figures)


def test_a_dismissed_finding_is_hidden_from_the_table_until_it_is_asked_for(capsys: Output) -> None:
    reason = "còn 10 giấy phép loại khác"
    assert main(["decide", "dismiss", conflict(0).id, "--reason", reason, "--by", "Trần An"]) == ExitCode.OK
    assert "Đã bác bỏ" in capsys.readouterr().err

    main(["reconcile"])
    said = capsys.readouterr()
    assert "150 ≠ 90 + 50" not in said.out
    assert "300 ≠ 120 + 190" in said.out
    assert "1 phát hiện đã bác bỏ không hiện" in said.err

    main(["reconcile", "--dismissed"])
    shown = capsys.readouterr().out
    assert "150 ≠ 90 + 50" in shown
    assert reason in shown
    assert "Trần An" in shown


def test_records_have_dismissed_findings_with_who_and_why(capsys: Output) -> None:
    main(["decide", "dismiss", conflict(0).id, "--reason", "làm tròn", "--by", "Trần An", "-q"])
    main(["decide", "accept", conflict(1).id, "-q"])
    main(["reconcile", "--format", "jsonl"])
    records = [record for record in lines(capsys) if record["verdict"] == "conflict"]
    told = [(record["review"], record["reviewed_by"], record["review_reason"]) for record in records]
    assert told == [("dismissed", "Trần An", "làm tròn"), ("accepted", "binh", None)]
    assert all(str(record["reviewed_at"]).endswith("+00:00") for record in records)


def test_dismissing_without_a_reason_is_refused(capsys: Output) -> None:
    assert main(["decide", "dismiss", conflict(0).id]) == ExitCode.BAD_ARGUMENTS
    assert main(["decide", "dismiss", conflict(0).id, "--reason", "  "]) == ExitCode.BAD_ARGUMENTS
    assert "lý do" in capsys.readouterr().err
    assert conflict(0).review.by is None


def test_a_correction_settles_its_finding_and_exports_show_both_numbers(capsys: Output, tmp_path: Path) -> None:
    figure = conflict(1).figures[0]
    assert main(["decide", "correct", figure, "--value", "310", "--reason", "bản giấy"]) == ExitCode.OK
    assert "300 → 310" in capsys.readouterr().err
    main(["reconcile"])
    assert "300" not in capsys.readouterr().out

    main(["export", "ra", "--format", "jsonl", "-q"])
    records = [json.loads(line) for line in (tmp_path / "ra" / "figures.jsonl").read_text("utf-8").splitlines()]
    (record,) = (record for record in records if record["id"] == figure)
    assert (record["value"], record["machine_value"], record["low"], record["high"]) == ("310", "300", "310", "310")
    assert (record["corrected_by"], record["correction_reason"]) == ("binh", "bản giấy")
    assert {record["machine_value"] for record in records if record["id"] != figure} == {None}


def test_reopening_a_finding_or_a_figure_takes_back_what_was_decided(capsys: Output) -> None:
    finding, figure = conflict(0).id, conflict(1).figures[0]
    main(["decide", "dismiss", finding, "--reason", "nhầm", "-q"])
    main(["decide", "correct", figure, "--value", "310", "-q"])
    main(["decide", "reopen", finding, "-q"])
    main(["decide", "reopen", figure, "-q"])
    main(["reconcile"])
    shown = capsys.readouterr().out
    assert "150 ≠ 90 + 50" in shown
    assert "300 ≠ 120 + 190" in shown


@pytest.mark.parametrize(
    "arguments",
    [
        ["accept", "khong-co"],
        ["correct", "khong-co", "--value", "3"],
        ["accept", "", "--value", "3"],
        ["correct", "khong-co"],
    ],
    ids=["no such finding", "no such figure", "a value for a finding", "no value"],
)
def test_what_cannot_be_decided_is_refused_with_a_remedy(arguments: list[str], capsys: Output) -> None:
    assert main(["decide", *arguments]) == ExitCode.BAD_ARGUMENTS
    assert "→" in capsys.readouterr().err


def test_a_number_that_is_none_is_refused_and_the_machines_is_shown(capsys: Output) -> None:
    assert main(["decide", "correct", conflict(1).figures[0], "--value", "3l0"]) == ExitCode.BAD_ARGUMENTS
    assert "300" in capsys.readouterr().err


def test_decisions_are_listed_with_whether_they_hold(capsys: Output) -> None:
    main(["decide", "dismiss", conflict(0).id, "--reason", "nhầm [1]", "--by", "An[x]", "-q"])
    main(["decide", "reopen", conflict(0).id, "--by", "An[x]", "-q"])
    assert main(["decisions"]) == ExitCode.OK
    listed = capsys.readouterr().out
    assert "superseded" in listed
    assert "in force" in listed
    assert "nhầm [1]" in listed
    assert "An[x]" in listed


def test_decisions_are_replayed_from_a_file_once(capsys: Output, tmp_path: Path) -> None:
    main(["decide", "correct", conflict(1).figures[0], "--value", "310", "-q"])
    assert main(["decisions", "export", "quyet-dinh.jsonl"]) == ExitCode.OK
    main(["decisions", "export"])
    assert capsys.readouterr().out == (tmp_path / "quyet-dinh.jsonl").read_text("utf-8")

    main(["ingest", "bao-cao.txt", "--jobs", "1", "--archive", "khac", "-q"])
    assert main(["decisions", "import", "quyet-dinh.jsonl", "--archive", "khac"]) == ExitCode.OK
    assert "1 quyết định mới" in capsys.readouterr().err
    assert main(["decisions", "import", "quyet-dinh.jsonl", "--archive", "khac"]) == ExitCode.OK
    assert "0 quyết định mới" in capsys.readouterr().err
    main(["reconcile", "--archive", "khac"])
    assert "300" not in capsys.readouterr().out


def test_decisions_about_what_is_not_here_are_kept_and_told(capsys: Output, tmp_path: Path) -> None:
    main(["decide", "correct", conflict(1).figures[0], "--value", "310", "-q"])
    main(["decisions", "export", "quyet-dinh.jsonl"])
    (tmp_path / "khac.txt").write_text("Toàn xã có 12 tổ dân phố.\n", encoding="utf-8")
    main(["ingest", "khac.txt", "--jobs", "1", "--archive", "khac", "-q"])
    capsys.readouterr()
    main(["decisions", "import", "quyet-dinh.jsonl", "--archive", "khac"])
    assert "1 quyết định được giữ" in capsys.readouterr().err
    main(["reconcile", "--archive", "khac"])
    assert "1 quyết định được giữ" in capsys.readouterr().err
    main(["decisions", "--archive", "khac"])
    assert "no longer" in " ".join(capsys.readouterr().out.split())


def test_a_file_that_is_not_there_or_holds_no_decisions_is_named(capsys: Output, tmp_path: Path) -> None:
    assert main(["decisions", "import"]) == ExitCode.BAD_ARGUMENTS
    assert main(["decisions", "import", "khong-co.jsonl"]) == ExitCode.FILE_ACCESS
    (tmp_path / "sai.jsonl").write_text("{}\n", encoding="utf-8")
    assert main(["decisions", "import", "sai.jsonl"]) == ExitCode.INPUT_FILE
    assert "sai.jsonl, dòng 1" in capsys.readouterr().err
