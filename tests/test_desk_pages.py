"""What the pages of the desk show, and that nothing a document says is taken for more than text."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path
from urllib.parse import unquote

import openpyxl
import pytest
from desk_office import (
    ADMINISTRATOR,
    HOSTILE_NAME,
    HOSTILE_TEXT,
    PAGE_TWO,
    READER,
    REPORT_NAME,
    SCRIPT,
    Office,
    Visitor,
)
from desk_page import Page
from PIL import Image

from pipeline.archive.finding_list import FindingFilter
from pipeline.archive.windows import Window
from pipeline.desk import labels
from pipeline.desk.visits import Language
from pipeline.models import Finding, Verdict

INDICATOR = "/indicators/vien-thong.tram-bts-5g"


@pytest.fixture
def reader(office: Office) -> Visitor:
    return office.visitor(READER)


@pytest.fixture
def report(office: Office) -> str:
    """The address of the report."""
    return f"/documents/{office.document(REPORT_NAME)}"


def conflict(office: Office, document: str) -> Finding:
    chosen = FindingFilter(verdict=Verdict.CONFLICT, document=document)
    return office.archive.browsing.findings(chosen, Window()).items[0]


# --- documents ----------------------------------------------------------------------------------------------------


def test_the_list_shows_what_a_document_is_and_how_it_came_out(reader: Visitor) -> None:
    page = Page(reader.read("/documents"))
    for shown in ("Kết quả trồng rừng", "47/BC-UBND", "XÃ CỒN LÁ", "15/10/2025", "Báo cáo", "Rất tốt", REPORT_NAME):
        assert shown in page.said


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("q=trong+rung", [REPORT_NAME]),
        ("q=47%2FBC", [REPORT_NAME]),
        ("q=RUNG+con+la", [REPORT_NAME]),
        ("q=khong+co", []),
        ("q=%25", []),
        ("year=2025", [REPORT_NAME]),
        ("year=1999", []),
        ("type=B%C3%A1o+c%C3%A1o&q=rung", [REPORT_NAME]),
        ("grade=poor", []),
        ("grade=excellent&q=rung", [REPORT_NAME]),
        ("sort=name", [HOSTILE_NAME, REPORT_NAME]),
        ("sort=conflicts&q=&type=&issuer=&year=&grade=", [HOSTILE_NAME, REPORT_NAME]),
        ("page=2", []),
    ],
)
def test_the_list_is_filtered_and_sorted(reader: Visitor, asked: str, found: list[str]) -> None:
    said = Page(reader.read(f"/documents?{asked}")).said
    assert sorted(name for name in (HOSTILE_NAME, REPORT_NAME) if name in said) == sorted(found)
    if len(found) == 2 and "name" in asked:
        assert said.index(found[0]) < said.index(found[1])


def test_a_file_that_failed_is_told_with_reason_and_remedy(reader: Visitor) -> None:
    assert "1 tệp không đọc được" in Page(reader.read("/documents")).said
    said = Page(reader.read("/failures")).said
    assert "hỏng.pdf" in said
    assert "thiếu phần cuối" in said


def test_a_page_stands_beside_its_picture_with_every_figure_framed(reader: Visitor, report: str) -> None:
    page = Page(reader.read(f"{report}?view=figures"))
    assert page.all("image", href=f"{report}/pages/1/image")
    view_box = page.all("svg", role="group")[0]["viewbox"]
    assert view_box
    width, height = map(float, view_box.split()[2:])
    boxes = page.all("rect", **{"class": "figure-box"})
    assert len(boxes) >= 6
    for box in boxes:
        across, down = float(box["x"] or 0), float(box["y"] or 0)
        assert 0 < across < width
        assert 0 < down < height
        assert float(box["width"] or 0) < 60  # the digits, not their line
    for link in page.all("a", **{"class": "value"}):
        assert any(f"#{box['id']}" == link["href"] for box in boxes)


def test_figures_that_contradict_each_other_are_marked(office: Office, reader: Visitor, report: str) -> None:
    page = Page(reader.read(f"{report}/pages/1?view=figures"))
    marked = page.all("rect", **{"class": "in-conflict"})
    assert {str(box["id"]).removeprefix("box-") for box in marked} == set(conflict(office, REPORT_NAME).figures)


def test_the_picture_of_a_page_is_drawn_once_and_kept(office: Office, reader: Visitor, report: str) -> None:
    first = reader.get(f"{report}/pages/2/image")
    picture = Image.open(io.BytesIO(first.content))
    assert first.headers["content-type"] == "image/webp"
    assert picture.width == pytest.approx(595 / 72 * 150, abs=2)
    (kept,) = (office.archive.folder / "page-images").rglob("*.webp")
    assert kept.read_bytes() == first.content
    original = next((office.archive.folder / "originals").rglob("*.pdf"))
    original.unlink()
    assert reader.get(f"{report}/pages/2/image").content == first.content
    assert reader.get(f"{report}/pages/1/image").status_code == 503
    assert reader.get(f"{report}/original").status_code == 503


def test_a_text_file_has_no_picture(office: Office, reader: Visitor) -> None:
    address = f"/documents/{office.document(HOSTILE_NAME)}"
    assert not Page(reader.read(address)).all("image")
    assert reader.get(f"{address}/pages/1/image").status_code == 404


def test_every_line_leads_to_its_place_on_the_picture(reader: Visitor, report: str) -> None:
    page = Page(reader.read(f"{report}/pages/2"))
    assert "Công tác chữ ký số được triển khai đến 12 ấp trong xã." in page.said
    lines = page.all("a", **{"class": "number"})
    assert len(lines) == len(PAGE_TWO)
    boxes = {f"#{box['id']}" for box in page.all("rect", **{"class": "line-box"})}
    assert {line["href"] for line in lines} == boxes


@pytest.mark.parametrize(
    ("view", "shown"),
    [
        ("components", ["47", "BC-UBND", "15/10/2025", "Cồn Lá", "Phòng Nông nghiệp và Môi trường"]),
        ("citations", ["Kế hoạch 31/KH-UBND", "12/03/2025"]),
        ("tasks", ["kiểm tra cây chết", "20/11/2025", "31/12/2025"]),
        ("tables", ["Trang này không có bảng nào"]),
        ("file", ["SHA-256", "application/pdf", "findings.jsonl"]),
    ],
)
def test_beside_the_picture_stand_the_records(reader: Visitor, report: str, view: str, shown: list[str]) -> None:
    page = reader.read(f"{report}/pages/1?view={view}")
    for each in shown:
        assert each in page


def test_the_record_of_a_figure_tells_its_parts_and_its_checks(office: Office, reader: Visitor, report: str) -> None:
    whole = conflict(office, REPORT_NAME).figures[0]
    page = Page(reader.read(f"{report}/figures/{whole}"))
    for shown in ("1.250 cây", "730 cây", "510 cây", "Tổng không khớp", "100%"):
        assert shown in page.said
    assert page.all("svg", **{"class": "crop"})


@pytest.mark.parametrize(
    "address",
    [
        "/documents/99",
        "/documents/99/pages/1",
        "/documents/1/pages/77",
        "/documents/1/pages/77/image",
        "/documents/1/figures/none",
        "/findings/none",
        "/indicators/none",
        "/findings?document=99",
    ],
)
def test_what_is_not_there_is_not_found(reader: Visitor, address: str) -> None:
    answer = reader.get(address)
    assert answer.status_code == 404
    assert "Không có gì ở địa chỉ này." in answer.text


@pytest.mark.parametrize(
    "address",
    ["/documents/0", "/documents/-1", "/documents/x", "/documents?sort=x", "/documents?page=0", "/search?limit=0"],
)
def test_an_address_that_makes_no_sense_is_told_so(reader: Visitor, address: str) -> None:
    assert reader.get(address).status_code == 400


# --- what leaves --------------------------------------------------------------------------------------------------


def test_the_original_leaves_byte_for_byte_under_its_own_name(office: Office, reader: Visitor, report: str) -> None:
    answer = reader.get(f"{report}/original")
    assert answer.content == next((office.archive.folder / "originals").rglob("*.pdf")).read_bytes()
    name = unquote(answer.headers["content-disposition"].split("UTF-8''")[1])
    assert name == "bao-cao trồng rừng.pdf"


def test_a_document_leaves_as_a_workbook(reader: Visitor, report: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(reader.get(f"{report}/records.xlsx").content))
    assert book.sheetnames == ["Số liệu", "Thể thức", "Viện dẫn", "Nhiệm vụ", "Phát hiện"]
    assert 1250 in [row[4].value for row in book["Số liệu"].iter_rows(min_row=2)]


@pytest.mark.parametrize("kind", ["figures", "components", "citations", "tasks", "findings"])
def test_the_records_of_a_document_leave_as_json(reader: Visitor, report: str, kind: str) -> None:
    lines = reader.get(f"{report}/{kind}.jsonl").text.splitlines()
    assert lines
    assert all(REPORT_NAME in json.dumps(json.loads(line), ensure_ascii=False) for line in lines)


def test_findings_and_values_leave_as_workbooks(office: Office, reader: Visitor) -> None:
    book = openpyxl.load_workbook(io.BytesIO(reader.get("/findings.xlsx").content))
    assert book.active is not None
    assert book.active.max_row == len(office.archive.findings()) + 1


def test_no_name_of_a_file_leads_out_of_the_archive(office: Office, reader: Visitor) -> None:
    secret = office.archive.folder.parent / "secret.txt"
    secret.write_text("mật", encoding="utf-8")
    for name in ("../secret.txt", "..%2Fsecret.txt", "%2e%2e/secret.txt", "....//secret.txt", "../../etc/passwd"):
        for start in ("/static/", "/documents/1/", "/documents/", "/documents/1/pages/", "/documents/1/figures/"):
            assert reader.get(f"{start}{name}").status_code in (303, 400, 404), name
        assert reader.get(f"/documents/1/{name}.jsonl").status_code in (400, 404)


# --- findings, search, tasks, indicators ----------------------------------------------------------------------------


def test_the_findings_are_counted_and_filtered(office: Office, reader: Visitor) -> None:
    counts = office.archive.browsing.finding_counts(FindingFilter())
    assert counts.verdicts[Verdict.CONFLICT] == 2
    page = Page(reader.read("/findings"))
    assert re.search(r"Mâu thuẫn\s+2(?!\d)", page.said)
    assert "1.250 ≠ 730 + 510 = 1.240" in page.said
    assert "150 ≠ 90 + 50 = 140" in page.said
    one = Page(reader.read(f"/findings?document={office.document(REPORT_NAME)}")).said
    assert "1.250 ≠ 730 + 510 = 1.240" in one
    assert "150 ≠" not in one
    assert "1.250 ≠" not in reader.read("/findings?severity=low")
    assert "1.250 ≠" not in reader.read("/findings?code=rate.counts")
    assert "300" in Page(reader.read("/findings?verdict=consistent")).said
    every = reader.read("/findings?verdict=")
    assert every.count('<li class="verdict-') == sum(counts.verdicts.values())


def test_every_check_has_a_name_in_both_languages() -> None:
    document = Path(__file__).resolve().parent.parent / "docs" / "CHECKS.md"
    codes = re.findall(r"^\| `([a-z]+\.[a-z0-9-]+)` \|", document.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(codes) > 20
    assert [code for code in codes if labels.check(code, Language.VI) == code] == []
    assert [code for code in codes if labels.check(code, Language.EN) == code] == []


def test_a_finding_shows_each_side_on_its_page_with_the_arithmetic(office: Office, reader: Visitor) -> None:
    finding = conflict(office, REPORT_NAME)
    page = Page(reader.read(f"/findings/{finding.id}"))
    assert "1.250 ≠ 730 + 510 = 1.240; chênh lệch 10" in page.said
    crops = page.all("svg", **{"class": "crop"})
    assert len(crops) == len(finding.evidence) == 3
    for crop in crops:
        left, top, width, height = map(float, str(crop["viewbox"]).split())
        assert left > 0
        assert top > 0
        assert width > 500
        assert 60 < height < 200
    assert len(page.all("rect", **{"class": "figure-box"})) == 3


def test_a_finding_of_a_text_file_has_no_pictures(office: Office, reader: Visitor) -> None:
    page = Page(reader.read(f"/findings/{conflict(office, HOSTILE_NAME).id}"))
    assert "150 ≠ 90 + 50 = 140" in page.said
    assert not page.all("svg", **{"class": "crop"})


def test_search_finds_with_and_without_marks_and_leads_to_the_line(
    office: Office, reader: Visitor, report: str
) -> None:
    page = Page(reader.read("/search?q=chu+ky+so"))
    assert page.all("a", href=f"{report}/pages/2?line=10#line-10")
    assert "chữ ký số" in page.said
    assert "khác dấu" in Page(reader.read("/search?q=ch%E1%BB%AF+k%E1%BB%B7+s%E1%BB%91")).said
    there = Page(reader.read(f"{report}/pages/2?line=10"))
    assert [line["id"] for line in there.all("li", **{"class": "is-chosen"})] == ["line-10"]
    assert [box["id"] for box in there.all("rect", **{"class": "is-chosen"})] == ["box-line-10"]


def test_search_is_narrowed_by_what_is_chosen(office: Office, reader: Visitor) -> None:
    choices, stated = office.archive.browsing.document_choices(), office.archive.browsing.indicators()[0].indicator
    narrowed = Page(reader.read(f"/search?indicator={stated}&type={choices.types[0]}&year={choices.years[0]}"))
    chosen = [option["value"] for option in narrowed.all("option") if "selected" in option]
    assert chosen == [choices.types[0], str(choices.years[0]), stated]
    assert narrowed.all("ol", **{"class": "hits"})
    assert not Page(reader.read(f"/search?q=so&indicator={stated}&year=1975")).all("ol", **{"class": "hits"})
    assert "Không tìm thấy" in reader.read("/search?q=so&issuer=%22x%22+so:1")


@pytest.mark.parametrize("query", ["", "%22", "AND+OR+NOT", "*", "a" * 400, "khong+co+dau"])
def test_search_bears_any_query(reader: Visitor, query: str) -> None:
    assert reader.get(f"/search?q={query}").status_code == 200


def test_a_query_of_too_many_words_is_told_so(reader: Visitor) -> None:
    answer = reader.get("/search?q=" + "a+" * 70)
    assert answer.status_code == 400
    assert "Câu tìm kiếm dài hơn" in answer.text


def test_tasks_stand_by_deadline_and_overdue_ones_are_marked(reader: Visitor) -> None:
    said = Page(reader.read("/tasks")).said  # on 1 December 2025
    assert said.index("20/11/2025") < said.index("31/12/2025")
    assert "quá hạn 11 ngày" in said
    assert "còn 30 ngày" in said
    assert "31/12/2025" not in Page(reader.read("/tasks?due=overdue")).said
    assert "20/11/2025" not in Page(reader.read("/tasks?due=soon")).said
    assert "31/12/2025" not in Page(reader.read("/tasks?q=phong+kinh+te")).said


def test_an_indicator_shows_its_values_with_their_sources(office: Office, reader: Visitor) -> None:
    counts = office.archive.browsing.indicators()
    page = reader.read("/indicators")
    for each in counts:
        assert f'href="/indicators/{each.indicator}"' in page
        values = Page(reader.read(f"/indicators/{each.indicator}")).said
        assert REPORT_NAME in values or HOSTILE_NAME in values
        assert reader.get(f"/indicators/{each.indicator}/series.xlsx").status_code == 200
    assert counts


# --- nothing a document says is more than text --------------------------------------------------------------------


def addresses(office: Office) -> list[str]:
    """Every page on which something of the hostile file stands."""
    document = f"/documents/{office.document(HOSTILE_NAME)}"
    views = ("text", "figures", "tables", "components", "citations", "tasks", "file")
    opened = office.archive.browsing.document(office.document(HOSTILE_NAME))
    assert opened
    return [
        "/documents",
        "/findings?verdict=",
        "/tasks",
        "/search?q=alert",
        f"/search?q={SCRIPT}",
        f"/documents?q={SCRIPT}",
        f"/tasks?q={SCRIPT}",
        f"/findings/{conflict(office, HOSTILE_NAME).id}",
        *(f"{document}/pages/1?view={view}" for view in views),
        *(f"{document}/figures/{figure.id}" for figure in opened.figures),
    ]


def test_what_documents_and_their_names_say_is_never_an_element(office: Office) -> None:
    administrator = office.visitor(ADMINISTRATOR)
    told = ""
    for address in addresses(office):
        page = Page(administrator.read(address))
        told += page.said
        assert [script.get("src") for script in page.all("script")] == ["/static/desk.js"], address
        assert {image["src"] for image in page.all("img")} == {"/static/icon.svg"}, address
        for tag, attributes in page.elements:
            assert tag != "b", address
            assert not [name for name in attributes if name.startswith("on") or name == "style"], (address, tag)
            assert not str(attributes.get("href") or "").startswith(("javascript:", "data:")), address
    assert SCRIPT in told
    assert HOSTILE_NAME in told
    assert HOSTILE_TEXT.splitlines()[2][:40] in told


# --- two languages, and who cannot see --------------------------------------------------------------------------------


def test_the_pages_are_vietnamese_and_english_where_it_is_asked_for(reader: Visitor) -> None:
    assert "Văn bản" in Page(reader.read("/documents")).said
    assert reader.send("/language", language="en", next="/documents").headers["location"] == "/documents"
    page = reader.read("/documents")
    assert '<html lang="en">' in page
    assert "Filter" in Page(page).said
    assert reader.send("/language", language="fr").status_code == 400
    assert "The sum does not hold" in reader.read("/findings") or "≠" in reader.read("/findings")


@pytest.mark.parametrize(
    "address",
    [
        "/documents",
        "/findings",
        "/tasks",
        "/tasks/calendar",
        "/citations",
        "/search?q=rung",
        INDICATOR,
        "/accounts",
        "/account",
    ],
)
def test_every_field_has_a_name_and_every_page_one_heading(office: Office, address: str) -> None:
    page = Page(office.visitor(ADMINISTRATOR).read(address))
    named = {label["for"] for label in page.all("label")}
    for tag in ("input", "select"):
        for field in page.all(tag):
            assert field.get("type") == "hidden" or field["id"] in named, (address, field)
    assert len(page.all("h1")) == 1
    assert len(page.all("main")) == 1
    identities = [attributes["id"] for _, attributes in page.elements if attributes.get("id")]
    assert len(identities) == len(set(identities))
