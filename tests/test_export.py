"""Records leave the house with the keys and formats of the contract, and open safely in Excel."""

from __future__ import annotations

import datetime as dt
import io
import json
from decimal import Decimal

import openpyxl
import pandas as pd
import pytest
from archive_documents import BOX, figure, finding

from pipeline.archive.doubtful import DoubtfulWord
from pipeline.export import sheets
from pipeline.export.csv import csv
from pipeline.export.fileformat import FileFormat
from pipeline.export.folder import Contents, files
from pipeline.export.jsonl import jsonl
from pipeline.export.records import CitationRecord, ComponentsRecord, FigureRecord, FindingRecord, TaskRecord
from pipeline.export.sheets import Sheet
from pipeline.export.xlsx import xlsx
from pipeline.models import (
    Abbreviation,
    Citation,
    Components,
    Evidence,
    Extraction,
    Figure,
    Interval,
    Kind,
    Place,
    Recurrence,
    Task,
)

EVIDENCE = Evidence(document="bc.pdf", page=2, line=31, box=BOX, raw="12,50%", text="đạt hơn 12,50% kế hoạch")


def _figure(**changes: object) -> Figure:
    return figure(EVIDENCE).model_copy(update=changes)


def _record(**changes: object) -> dict[str, object]:
    (line,) = jsonl(_sheet(**changes)).decode().splitlines()
    record: dict[str, object] = json.loads(line)
    return record


def _sheet(**changes: object) -> Sheet:
    return Sheet("figures", "Số liệu", FigureRecord, [FigureRecord.of(_figure(**changes))])


def test_a_figure_has_the_keys_of_the_contract() -> None:
    keys = (
        "value upper kind unit subject indicator qualifier cumulative as_of period status part_of dimensions "
        "document page line box raw text confidence id"
    )
    assert set(keys.split()) <= set(_record())


def test_components_citations_and_findings_have_the_keys_of_the_contract() -> None:
    components = (
        "type number symbol issuer parent place date subject to authority signer_title signer recipients urgency "
        "document"
    )
    assert set(components.split()) <= set(ComponentsRecord.model_fields)
    assert {"type", "number", "date", "issuer", "title", "document", "page"} <= set(CitationRecord.model_fields)
    assert {"task", "lead", "support", "deadline", "target", "document", "page", "line"} <= set(TaskRecord.model_fields)
    findings = "verdict code severity documents values figures message message_en cause proposal"
    assert set(findings.split()) <= set(FindingRecord.model_fields)


def test_a_figure_says_where_it_stands_and_what_it_means() -> None:
    record = _record(part_of=Decimal("1250"), cumulative=True, period="2025-01-01/2025-09-30")
    assert record["value"] == "12.50"
    assert record["unit"] == "%"
    assert record["kind"] == "percent"
    assert record["qualifier"] == "hơn"
    assert record["as_of"] == "2025-09-30"
    assert record["period"] == "2025-01-01/2025-09-30"
    assert record["cumulative"] is True
    assert record["part_of"] == "1250"
    assert (record["low"], record["high"]) == ("12.50", None)
    assert (record["document"], record["page"], record["line"]) == ("bc.pdf", 2, 31)
    assert record["box"] == [72.5, 100.0, 300.25, 112.0]
    assert (record["raw"], record["text"]) == ("12,50%", "đạt hơn 12,50% kế hoạch")


@pytest.mark.parametrize(
    ("value", "written"),
    [("33458", "33458"), ("72.19", "72.19"), ("8.70", "8.70"), ("1E+6", "1000000"), ("0E-2", "0.00"), ("-3", "-3")],
)
def test_numbers_are_plain_strings_without_exponent(value: str, written: str) -> None:
    assert _record(value=Decimal(value))["value"] == written


def test_a_fraction_is_written_with_both_its_numbers() -> None:
    assert _record(value=Decimal(63), denominator=Decimal(124), kind=Kind.FRACTION)["value"] == "63/124"


def test_letters_with_marks_are_written_as_they_are() -> None:
    assert "tỷ lệ hồ sơ trực tuyến".encode() in jsonl(_sheet())


def test_a_finding_gives_its_numbers_and_its_evidence() -> None:
    found = finding("bc.pdf").model_copy(update={"evidence": (EVIDENCE,), "cause": "nhầm chữ số"})
    record = json.loads(FindingRecord.of(found).model_dump_json())
    assert record["verdict"] == "conflict"
    assert record["documents"] == ["bc.pdf"]
    assert record["values"] == ["12.50"]
    assert record["difference"] == "0.50"
    assert record["evidence"][0]["line"] == 31
    assert record["cause"] == "nhầm chữ số"


def test_csv_opens_in_excel_as_unicode() -> None:
    content = csv(_sheet())
    assert content.startswith(b"\xef\xbb\xbf")
    table = pd.read_csv(io.BytesIO(content), dtype=str, encoding="utf-8-sig")
    assert table.loc[0, "subject"] == "tỷ lệ hồ sơ trực tuyến"
    assert table.loc[0, "value"] == "12.50"


@pytest.mark.parametrize("text", ['=HYPERLINK("http://x")', "+1+cmd", "-2+3", "@SUM(A1)", "\t=1"])
def test_no_text_of_a_document_runs_as_a_formula(text: str) -> None:
    table = pd.read_csv(io.BytesIO(csv(_sheet(subject=text))), dtype=str, encoding="utf-8-sig")
    assert table.loc[0, "subject"] == f"'{text}"
    book = openpyxl.load_workbook(io.BytesIO(xlsx([_sheet(subject=text)])))
    cells = {cell.value: cell for cell in book.active[2]}
    assert cells[text].data_type == "s"


def test_a_negative_number_stays_a_number_in_csv() -> None:
    table = pd.read_csv(io.BytesIO(csv(_sheet(value=Decimal("-2.5")))), encoding="utf-8-sig")
    assert table.loc[0, "value"] == -2.5


def test_a_csv_of_nothing_has_its_header() -> None:
    empty = Sheet("figures", "Số liệu", FigureRecord, [])
    assert csv(empty).decode("utf-8-sig").split(",")[0] == "document"


def test_a_workbook_has_numbers_and_dates_as_such_under_a_frozen_header() -> None:
    book = openpyxl.load_workbook(io.BytesIO(xlsx([_sheet()])))
    sheet = book["Số liệu"]
    header = [cell.value for cell in sheet[1]]
    row = dict(zip(header, (cell.value for cell in sheet[2]), strict=True))
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref is not None
    assert row["value"] == 12.5
    assert row["as_of"] == dt.datetime(2025, 9, 30)
    assert row["subject"] == "tỷ lệ hồ sơ trực tuyến"


@pytest.mark.parametrize(
    ("value", "denominator", "written"),
    [("63", Decimal(124), "63/124"), ("12345678901234567", None, "12345678901234567")],
)
def test_what_excel_would_spoil_stays_text_in_a_workbook(value: str, denominator: Decimal | None, written: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(xlsx([_sheet(value=Decimal(value), denominator=denominator)])))
    assert written in [cell.value for cell in book.active[2]]


def test_control_characters_do_not_break_a_workbook() -> None:
    book = openpyxl.load_workbook(io.BytesIO(xlsx([_sheet(subject="a\x00b\x0bc")])))
    assert "abc" in [cell.value for cell in book.active[2]]


def _doubtful(word: str, line: int = 1, others: tuple[str, ...] = ("họp", "hộp")) -> DoubtfulWord:
    return DoubtfulWord(
        document="bc.pdf",
        page=1,
        line=line,
        word=word,
        confidence=0.5,
        others=others,
        text=f"đã {word} với xã",
        raw="da hop voi xa",
    )


def test_the_doubtful_words_that_come_most_often_stand_first() -> None:
    listed = [_doubtful("lập", 1, ("tập",)), _doubtful("hợp", 2), _doubtful("Hợp", 3), _doubtful("hợp", 4, ("hớp",))]
    records = [json.loads(line) for line in jsonl(sheets.doubts(listed)).decode().splitlines()]
    assert [(r["times"], r["word"], r["line"]) for r in records] == [
        (2, "hợp", 2),
        (2, "Hợp", 3),
        (1, "hợp", 4),
        (1, "lập", 1),
    ]
    assert records[0]["others"] == ["họp", "hộp"]
    assert (records[0]["text"], records[0]["raw"], records[0]["confidence"]) == ("đã hợp với xã", "da hop voi xa", 0.5)


def test_an_archive_is_exported_in_every_format_with_one_workbook() -> None:
    extraction = Extraction(
        document="bc.pdf",
        components=Components(document="bc.pdf", type="Báo cáo", recipients=("Như trên", "Lưu: VT")),
        figures=(_figure(interval=Interval(low=None, high=None), place=Place(sentence=1, start=0, end=1)),),
        citations=(Citation(type="Nghị quyết", number="88-NQ/TU", evidence=EVIDENCE),),
        tasks=(
            Task(task="Tưới cây", lead=("UBND các xã",), recurrence=Recurrence.CONTINUOUS, evidence=EVIDENCE),
            Task(task="Trồng cây", lead=("Sở Xây dựng", "Sở Y tế"), deadline=dt.date(2025, 12, 1), evidence=EVIDENCE),
            Task(task="Đào hố", lead=("UBND các xã",), deadline=dt.date(2025, 11, 30), evidence=EVIDENCE),
        ),
        abbreviations=(Abbreviation(short="BCĐ", full="Ban Chỉ đạo", evidence=EVIDENCE),),
    )
    written = dict(files(Contents([extraction], [finding("bc.pdf")], [], [_doubtful("hợp")]), list(FileFormat)))
    kinds = ("findings", "series", "figures", "components", "citations", "tasks", "abbreviations", "doubts", "tables")
    assert set(written) == {
        *(f"{kind}.{form}" for kind in kinds for form in ("jsonl", "csv", "parquet")),
        "doisoat.xlsx",
        "edxml.jsonl",
    }
    book = openpyxl.load_workbook(io.BytesIO(written["doisoat.xlsx"]))
    assert book.sheetnames == [
        "Phát hiện",
        "Chuỗi số liệu",
        "Số liệu",
        "Thể thức",
        "Viện dẫn",
        "Nhiệm vụ",
        "Chữ viết tắt",
        "Từ nghi ngờ",
        "Ô của bảng",
    ]
    assert [json.loads(line)["number"] for line in written["citations.jsonl"].splitlines()] == ["88-NQ/TU"]
    due = [json.loads(line) for line in written["tasks.jsonl"].splitlines()]
    assert [(task["task"], task["deadline"]) for task in due] == [
        ("Đào hố", "2025-11-30"),
        ("Trồng cây", "2025-12-01"),
        ("Tưới cây", None),
    ]
    assert (due[1]["lead"], due[2]["recurrence"]) == (["Sở Xây dựng", "Sở Y tế"], "continuous")
    deadlines = next(column for column in book["Nhiệm vụ"].columns if column[0].value == "deadline")
    assert deadlines[1].value == dt.datetime(2025, 11, 30)
    assert "Như trên; Lưu: VT" in written["components.csv"].decode("utf-8-sig")
    assert sheets.figures([extraction]).records
