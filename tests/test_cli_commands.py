"""Each command does its work on real files: results on stdout, everything else on stderr."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import openpyxl
import pytest
from legacy_samples import bytes_of, in_code

from pipeline.archive.store import Archive
from pipeline.cli.main import main
from pipeline.errors import ExitCode
from pipeline.language.legacy.tables import Encoding
from pipeline.models import Verdict

REPORT = """\
BÁO CÁO
Kết quả cấp giấy phép năm 2024

Trong năm, huyện đã cấp 150 giấy phép (gồm: 90 giấy phép xây dựng và 50 giấy phép khai thác cát).
Tổng số lượt khám là 300 lượt (gồm: 120 lượt tại trạm y tế và 180 lượt tại nhà).
Công tác chữ ký số được triển khai đến 12 xã.
"""


@pytest.fixture
def report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A report whose first sum is wrong and whose second holds, in an empty folder that is the current one."""
    path = tmp_path / "bao-cao.txt"
    path.write_text(REPORT, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return path


Output = pytest.CaptureFixture[str]


def _lines(capsys: Output) -> list[dict[str, object]]:
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_from_documents_to_findings_to_search_with_one_archive(report: Path, capsys: Output) -> None:
    assert main(["ingest", str(report), "--jobs", "1"]) == ExitCode.OK
    said = capsys.readouterr()
    assert said.out == ""
    assert "Đã nạp 1" in said.err

    assert main(["reconcile"]) == ExitCode.OK
    said = capsys.readouterr()
    assert "150 ≠ 90 + 50 = 140" in said.out
    assert "phép kiểm tra khớp" in said.out
    with Archive.open(Path("doisoat-archive")) as archive:
        assert {finding.verdict for finding in archive.findings()} >= {Verdict.CONFLICT, Verdict.CONSISTENT}

    assert main(["search", "chu ky so"]) == ExitCode.OK
    said = capsys.readouterr()
    assert "bao-cao.txt, trang 1, dòng 6" in said.out
    assert "chữ ký số" in said.out

    assert main(["status", "--list"]) == ExitCode.OK
    said = capsys.readouterr().out
    assert "tệp văn bản / plain text" in said
    assert "bao-cao.txt" in said


def test_the_archive_may_stand_elsewhere(report: Path, tmp_path: Path, capsys: Output) -> None:
    assert main(["ingest", str(report), "--jobs", "1", "--archive", str(tmp_path / "kho"), "-q"]) == ExitCode.OK
    assert capsys.readouterr().err == ""
    assert main(["search", "khai thác cát", "--archive", str(tmp_path / "kho"), "--format", "jsonl"]) == ExitCode.OK
    (hit,) = _lines(capsys)
    assert (hit["document"], hit["line"], hit["exact"]) == ("bao-cao.txt", 4, True)


def test_the_environment_names_the_archive(report: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOISOAT_ARCHIVE", str(tmp_path / "kho-moi"))
    assert main(["ingest", str(report), "--jobs", "1", "-q"]) == ExitCode.OK
    assert (tmp_path / "kho-moi" / "doisoat.sqlite").is_file()


def test_extract_prints_the_figures_of_files_without_an_archive(report: Path, capsys: Output) -> None:
    assert main(["extract", str(report)]) == ExitCode.OK
    figures = _lines(capsys)
    assert {"150", "90", "50", "300"} <= {figure["value"] for figure in figures}
    assert {figure["document"] for figure in figures} == {"bao-cao.txt"}
    assert not Path("doisoat-archive").exists()


def test_extract_prints_the_components(report: Path, capsys: Output) -> None:
    assert main(["extract", str(report), "--what", "components"]) == ExitCode.OK
    (components,) = _lines(capsys)
    assert components["document"] == "bao-cao.txt"


def test_extract_prints_the_tasks(tmp_path: Path, capsys: Output) -> None:
    plan = tmp_path / "ke-hoach.txt"
    plan.write_text(
        "KẾ HOẠCH\n\nII. NHIỆM VỤ\n\n- Trồng cây. Hoàn thành trước ngày 30/11/2099.\n\n"
        "+ Đơn vị chủ trì: Sở Xây dựng, Công an tỉnh.\n\n+ Đơn vị phối hợp: UBND các xã.\n",
        encoding="utf-8",
    )
    assert main(["extract", str(plan), "--what", "tasks"]) == ExitCode.OK
    (task,) = _lines(capsys)
    assert (task["task"], task["lead"], task["support"]) == (
        "Trồng cây",
        ["Sở Xây dựng", "Công an tỉnh"],
        ["UBND các xã"],
    )
    assert (task["deadline"], task["page"], task["line"]) == ("2099-11-30", 1, 5)


def test_extract_writes_tables_as_a_workbook_with_a_sheet_each(tmp_path: Path, capsys: Output) -> None:
    report = tmp_path / "du-toan.txt"
    rows = "1 Trồng cây 1.200 800\n2 Tưới cây 500 250\nTổng cộng 1.700 1.050\n"
    report.write_text(f"PHỤ LỤC\nĐơn vị: triệu đồng\nTT Hạng mục Năm 2026 Năm 2027\n{rows}", encoding="utf-8")
    assert main(["extract", str(report), "--what", "tables"]) == ExitCode.OK
    (table,) = _lines(capsys)
    assert (table["title"], table["unit"], table["columns"]) == ("PHỤ LỤC", "triệu đồng", ["", "Năm 2026", "Năm 2027"])
    target = tmp_path / "bang.xlsx"
    arguments = ["extract", str(report), "--what", "tables", "--format", "xlsx", "--output", str(target)]
    assert main(arguments) == ExitCode.OK
    assert openpyxl.load_workbook(target).sheetnames == ["Danh sách", "Bảng 1", "Ô của bảng"]


def test_extract_writes_a_workbook_to_a_file(report: Path, tmp_path: Path, capsys: Output) -> None:
    target = tmp_path / "ket-qua" / "so-lieu.xlsx"
    assert main(["extract", str(report), "--format", "xlsx", "--output", str(target)]) == ExitCode.OK
    assert capsys.readouterr().out == ""
    assert openpyxl.load_workbook(target).sheetnames == ["Số liệu"]
    assert [path.name for path in target.parent.iterdir()] == ["so-lieu.xlsx"]


def test_a_workbook_is_not_poured_over_the_terminal(report: Path, capsys: Output) -> None:
    assert main(["extract", str(report), "--format", "xlsx"]) == ExitCode.BAD_ARGUMENTS
    assert "--output" in capsys.readouterr().err


def test_reconcile_of_what_was_added_tells_of_it_alone_and_keeps_the_rest(report: Path, capsys: Output) -> None:
    main(["ingest", str(report), "--jobs", "1"])
    main(["reconcile", "-q"])
    later = report.with_name("thang-sau.txt")
    later.write_text("BÁO CÁO\n\nĐã trồng 70 cây (gồm: 30 cây keo và 50 cây lim).\n", encoding="utf-8")
    main(["ingest", str(later), "--jobs", "1"])
    capsys.readouterr()

    assert main(["reconcile", "--scope", "added", "--format", "jsonl"]) == ExitCode.OK
    assert [finding["documents"] for finding in _lines(capsys)] == [["thang-sau.txt"]]
    with Archive.open(Path("doisoat-archive")) as archive:
        told = {finding.documents for finding in archive.findings() if finding.verdict is Verdict.CONFLICT}
    assert told == {("bao-cao.txt",), ("thang-sau.txt",)}

    assert main(["reconcile", "--scope", "added", "--format", "jsonl"]) == ExitCode.OK
    assert _lines(capsys) == []


def test_reconcile_takes_files_without_an_archive(report: Path, capsys: Output) -> None:
    assert main(["reconcile", str(report), "--format", "jsonl"]) == ExitCode.OK
    findings = _lines(capsys)
    assert any(f["verdict"] == "conflict" and {"150", "90", "50"} <= set(f["values"]) for f in findings)
    assert any(f["verdict"] == "consistent" and {"300", "120", "180"} <= set(f["values"]) for f in findings)
    assert not Path("doisoat-archive").exists()


def test_a_table_in_a_file_keeps_to_a_hundred_columns(report: Path, capsys: Output) -> None:
    main(["reconcile", str(report)])
    lines = capsys.readouterr().out.splitlines()
    assert max(map(len, lines)) <= 100
    assert all(line == line.rstrip() for line in lines)


def test_export_writes_all_kinds_of_records(report: Path, tmp_path: Path) -> None:
    main(["ingest", str(report), "--jobs", "1", "-q"])
    main(["reconcile", "-q"])
    assert main(["export", str(tmp_path / "xuat"), "-q"]) == ExitCode.OK
    assert {"doisoat.xlsx", "figures.csv", "figures.jsonl", "findings.csv"} <= {
        path.name for path in (tmp_path / "xuat").iterdir()
    }
    assert (tmp_path / "xuat" / "findings.jsonl").stat().st_size > 0


def test_repair_gives_back_as_many_lines_as_it_got(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Output
) -> None:
    text = "Dòng một đã đúng chính tả.\r\n\nTrang hai\fTrang ba\n\n"
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))
    assert main(["repair", "-"]) == ExitCode.OK
    assert capsys.readouterr().out == text


@pytest.mark.parametrize("encoding", [*Encoding])
@pytest.mark.parametrize("as_bytes", [True, False], ids=["bytes", "saved as UTF-8"])
def test_repair_turns_a_legacy_code_into_unicode(
    tmp_path: Path, capsys: Output, encoding: Encoding, as_bytes: bool
) -> None:
    meant = "Xã đã cấp 1.250 giấy chứng nhận cho các hộ dân,\r\nđạt 96,15% kế hoạch của năm.\n\fHết phần thứ nhất.\n"
    written = in_code(meant, encoding)
    path = tmp_path / "cu.txt"
    path.write_bytes(bytes_of(written) if as_bytes else written.encode())
    assert main(["repair", str(path)]) == ExitCode.OK
    assert capsys.readouterr().out == meant


def test_repair_reads_a_file_and_mends_it(tmp_path: Path, capsys: Output) -> None:
    path = tmp_path / "ocr.txt"
    path.write_text("Uy ban nhan dan tinh da ban hanh ké hoach chuyén d6i s6.\n", encoding="utf-8")
    assert main(["repair", str(path)]) == ExitCode.OK
    out = capsys.readouterr().out
    assert "kế hoạch chuyển đổi số" in out
    assert out.count("\n") == 1


SERIES = """\
BÁO CÁO
Hoạt động thư viện năm 2024

Thư viện huyện cho mượn {0} lượt sách. Hệ thống thư điện tử công vụ đã cấp {0} tài khoản.
"""


@pytest.fixture
def library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two reports in an archive of the current folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("DOISOAT_INDICATORS", raising=False)
    reports = [tmp_path / f"bao-cao-{number}.txt" for number in (120, 340)]
    for number, path in zip((120, 340), reports, strict=True):
        path.write_text(SERIES.format(number), encoding="utf-8")
    assert main(["ingest", *map(str, reports), "--jobs", "1", "-q"]) == ExitCode.OK
    return tmp_path


def test_indicators_counts_figures_by_the_catalogue(library: Path, capsys: Output) -> None:
    assert main(["indicators"]) == ExitCode.OK
    said = capsys.readouterr()
    row = next(line for line in said.out.splitlines() if "thu-dien-tu.tai-khoan" in line)
    assert [cell.strip() for cell in row.split("│")[3:5]] == ["2", "2"]
    assert "2 trong 4 số liệu có chỉ tiêu" in said.err


def test_an_unnamed_group_becomes_an_indicator_by_pasting_its_entry(
    library: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert main(["indicators", "--unnamed"]) == ExitCode.OK
    skeleton = capsys.readouterr().out
    assert "# 2 số liệu, 2 văn bản; bao-cao-120.txt, dòng 4" in skeleton
    own = library / "rieng.yaml"
    own.write_text(skeleton.replace("chua-dat-ten.", "thu-vien."), encoding="utf-8")
    monkeypatch.setenv("DOISOAT_INDICATORS", str(own))

    assert main(["indicators"]) == ExitCode.OK
    assert "4 trong 4 số liệu có chỉ tiêu" in capsys.readouterr().err
    assert main(["export", "xuat", "--format", "csv"]) == ExitCode.OK
    assert "thu-vien." in (library / "xuat" / "figures.csv").read_text(encoding="utf-8-sig")


def test_a_wrong_catalogue_stops_ingesting_before_the_first_document(
    library: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = library / "sai.yaml"
    own.write_text("title: Sai\nindicators: [{id: sai.mot}]\n", encoding="utf-8")
    monkeypatch.setenv("DOISOAT_INDICATORS", str(own))
    (library / "moi.txt").write_text(SERIES.format(7), encoding="utf-8")
    assert main(["ingest", "moi.txt"]) == ExitCode.CONFIGURATION
    assert "sai.mot" in capsys.readouterr().err
    with Archive.open(Path("doisoat-archive")) as archive:
        assert archive.failures() == []
