"""An indicator at the desk: its chart, the values by date and source, and the files in which they leave."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

import openpyxl
import pytest
from archive_documents import processed, written
from desk_office import PASSWORD, READER, Office, Visitor, office
from desk_page import Page
from reconcile_documents import document

from pipeline.archive.accounts import Role
from pipeline.archive.store import Archive
from pipeline.desk import passwords
from pipeline.desk.api import PREFIX
from pipeline.models import Extraction
from pipeline.reconcile.reconciliation import reconcile

MASTS = "vien-thong.tram-bts-5g"
PAGE = f"/indicators/{MASTS}"
HOSTILE = "<svg onload=alert(1)>.txt"


def report(name: str, masts: str, as_of: str, issuer: str, place: str = "Hòa Giang") -> Extraction:
    extraction = document(name, f"Có {{{masts} trạm BTS|indicator={MASTS}; as_of={as_of}}}.", place=place)
    components = extraction.components.model_copy(update={"issuer": issuer})
    return extraction.model_copy(update={"components": components})


REPORTS = (
    report("thang-3.txt", "120", "2025-03-31", "UBND tỉnh"),
    report("thang-4.txt", "130", "2025-04-30", "UBND tỉnh"),
    report("thang-4-so.txt", "136", "2025-04-30", "Sở Công Thương"),
    report(HOSTILE, "150", "2025-05-31", "UBND tỉnh"),
    report("noi-khac.txt", "90", "2025-05-31", "UBND tỉnh khác", place="Sông Lam"),
    document("chi-tieu.txt", f"Phấn đấu {{200 trạm BTS|indicator={MASTS}; status=target}}."),
)

pytestmark = pytest.mark.usefixtures("either_database")


@pytest.fixture(scope="module")
def masts(either_database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """A desk whose documents count masts; it is only read."""
    tmp_path = tmp_path_factory.mktemp("masts")
    with Archive.create(tmp_path / "kho") as archive:
        for extraction in REPORTS:
            lines = [sentence.text for sentence in extraction.sentences]
            path = written(tmp_path, extraction.document, lines)
            archive.add([processed(path, lines).model_copy(update={"extraction": extraction})], path, path.name)
        archive.replace_findings(reconcile(archive.extractions()))
        archive.accounts.add(READER, Role.READER, passwords.hashed(PASSWORD))
        yield office(archive)


@pytest.fixture
def reader(masts: Office) -> Visitor:
    return masts.visitor(READER)


def series_ids(page: Page) -> list[str]:
    return [str(box["value"]) for box in page.all("input", name="series")]


def test_every_dated_value_is_a_mark_that_leads_to_its_figure(masts: Office, reader: Visitor) -> None:
    page = Page(reader.read(PAGE))
    marks = page.all("a", tabindex="-1")
    assert len(marks) == 5
    figures = {value["id"]: value for value in reader.get(f"{PREFIX}/figures?indicator={MASTS}").json()["items"]}
    for mark in marks:
        assert figures[str(mark["href"]).rsplit("/", 1)[1]]["as_of"]
    assert len(page.all("polyline")) == 2


def test_what_is_contradicted_is_ringed_in_the_chart_and_said_in_the_table(reader: Visitor) -> None:
    page = Page(reader.read(PAGE))
    assert len(page.all("tr", **{"class": "in-conflict"})) == 2
    rings = page.all("circle", **{"class": "contradicted"})
    assert len(rings) == 2 + 1  # and one that explains them
    assert page.said.count("có mâu thuẫn") >= 3


def test_the_chart_tells_in_words_what_it_shows(reader: Visitor) -> None:
    page = Page(reader.read(PAGE))
    (drawing,) = page.all("svg", role="group")
    identities = {attributes.get("id") for _, attributes in page.elements}
    assert {drawing["aria-labelledby"], drawing["aria-describedby"]} <= identities
    assert "5 giá trị của 2 chuỗi, 31/03/2025 – 31/05/2025; 2 giá trị có mâu thuẫn" in page.said


def test_the_table_has_every_value_with_its_source_also_those_that_cannot_be_drawn(reader: Visitor) -> None:
    said = Page(reader.read(PAGE)).said
    for shown in ("120 trạm BTS", "136 trạm BTS", "thang-4-so.txt", "200 trạm BTS", "không rõ thời gian", HOSTILE):
        assert shown in said


def test_the_name_of_a_file_is_text_in_chart_and_table(reader: Visitor) -> None:
    page = Page(reader.read(PAGE))
    assert not [name for _, attributes in page.elements for name in attributes if name.startswith("on")]
    assert not [tag for tag, attributes in page.elements if "style" in attributes or tag == "style"]
    assert page.said.count(HOSTILE) >= 2


def test_only_the_chosen_series_are_drawn_and_listed(reader: Visitor) -> None:
    first, *_ = series_ids(Page(reader.read(PAGE)))
    page = Page(reader.read(f"{PAGE}?series={first}"))
    assert len(page.all("polyline")) == 1
    assert [box["value"] for box in page.all("input", name="series") if "checked" in box] == [first]
    assert "thang-3.txt" in page.said
    assert "noi-khac.txt" not in page.said


@pytest.mark.parametrize(
    ("asked", "there", "gone"),
    [
        ("issuer=S%E1%BB%9F+C%C3%B4ng+Th%C6%B0%C6%A1ng&from=&to=", "thang-4-so.txt", "thang-3.txt"),
        ("from=2025-05-01", HOSTILE, "thang-4.txt"),
        ("to=2025-03-31", "thang-3.txt", HOSTILE),
    ],
)
def test_values_are_narrowed_on_the_page_and_in_what_leaves(reader: Visitor, asked: str, there: str, gone: str) -> None:
    page = Page(reader.read(f"{PAGE}?{asked}"))
    assert there in page.said
    assert gone not in page.said
    for form in ("csv", "xlsx", "sdmx.csv"):
        (link,) = [each["href"] for each in page.all("a") if str(each["href"]).startswith(f"{PAGE}/series.{form}")]
        content = reader.get(str(link)).content
        if form != "xlsx":
            assert there in content.decode()
            assert gone not in content.decode()


def test_nothing_like_it_is_told_without_a_chart(reader: Visitor) -> None:
    page = Page(reader.read(f"{PAGE}?from=2030-01-01"))
    assert "Không có giá trị nào như vậy" in page.said
    assert not page.all("polyline")
    assert reader.get("/indicators/none").status_code == 404
    assert reader.get("/indicators/none/series.csv").status_code == 404
    assert reader.get(f"{PAGE}?from=hôm+qua").status_code == 400


def test_values_leave_as_csv_that_excel_opens(reader: Visitor) -> None:
    answer = reader.get(f"{PAGE}/series.csv")
    assert answer.headers["content-disposition"].endswith(f"{MASTS}.csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert sorted(row["value"] for row in rows) == ["120", "130", "136", "150", "200", "90"]
    assert {row["document"] for row in rows if row["conflict"] == "True"} == {"thang-4.txt", "thang-4-so.txt"}


def test_values_leave_as_a_workbook_that_links_to_the_records(reader: Visitor) -> None:
    book = openpyxl.load_workbook(io.BytesIO(reader.get(f"{PAGE}/series.xlsx").content))
    assert book.sheetnames == ["Chuỗi số liệu", "Số liệu"]
    assert book["Chuỗi số liệu"].max_row == book["Số liệu"].max_row == 7
    assert any(cell.hyperlink for cell in book["Chuỗi số liệu"][2])


def test_dated_values_leave_as_sdmx_csv(reader: Visitor) -> None:
    rows = list(csv.DictReader(io.StringIO(reader.get(f"{PAGE}/series.sdmx.csv").text)))
    assert [(row["REF_AREA"], row["TIME_PERIOD"], row["OBS_STATUS"]) for row in rows] == [
        ("HOA_GIANG", "2025-03-31", "A"),
        ("HOA_GIANG", "2025-04-30", "U"),
        ("HOA_GIANG", "2025-05-31", "A"),
        ("SONG_LAM", "2025-05-31", "A"),
    ]


def test_programs_are_told_the_series(reader: Visitor) -> None:
    answer = reader.get(f"{PREFIX}/indicators/{MASTS}/series?size=2&page=2&to=2025-05-31").json()
    assert answer["total"] == 5
    assert [item["value"] for item in answer["items"]] == ["130", "150"]
    assert [item["conflict"] for item in answer["items"]] == [True, False]
    assert reader.get(f"{PREFIX}/indicators/none/series").json()["total"] == 0
