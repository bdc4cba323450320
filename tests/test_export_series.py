"""Series leave the house as SDMX-CSV, as a picture, and in a workbook that links them to their figures."""

from __future__ import annotations

import csv
import io
import re
import sys

import openpyxl
import pytest
from lxml import etree
from PIL import Image
from reconcile_documents import document

from pipeline.errors import MissingDependencyError
from pipeline.export import sheets
from pipeline.export.fileformat import FileFormat
from pipeline.export.folder import Contents, files
from pipeline.export.places import MOST
from pipeline.export.plot import Picture, label, plot
from pipeline.export.sdmx import COLUMNS, DIMENSIONS, code, sdmx_csv
from pipeline.export.xlsx import xlsx
from pipeline.extract.catalogue import Catalogue, Indicator, IndicatorKind
from pipeline.models import Extraction
from pipeline.reconcile.reconciliation import reconcile
from pipeline.reconcile.timeseries import Series, timeseries

READERS = "thu-vien.ban-doc"
CATALOGUE = Catalogue(
    {
        READERS: Indicator(
            id=READERS, name="Bạn đọc có thẻ", name_en="Readers", kind=IndicatorKind.STOCK, units=("bạn đọc",)
        )
    },
    {},
)


def report(name: str, value: str, as_of: str, options: str = "") -> Extraction:
    return document(name, f"Thư viện có {{{value} bạn đọc|indicator={READERS}; as_of={as_of}{options}}}.")


def series(*extractions: Extraction) -> list[Series]:
    return timeseries(extractions, reconcile(extractions), CATALOGUE)


TWO_MONTHS = (
    report("thang-3.pdf", "1.200", "2025-03-31"),
    report("thang-3-sua.pdf", "1.290", "2025-03-31"),
    report("thang-4.pdf", "1.300", "2025-04-30"),
)


def rows(*extractions: Extraction) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(sdmx_csv(series(*extractions)).decode())))


def test_sdmx_csv_names_its_structure_first_and_every_dimension_has_a_code() -> None:
    (row,) = rows(report("a.pdf", "1.200", "2025-03-31", "; dim=channel:trực tuyến"))
    assert tuple(row) == COLUMNS
    assert list(row)[:3] == ["STRUCTURE", "STRUCTURE_ID", "ACTION"]
    assert (row["STRUCTURE"], row["STRUCTURE_ID"], row["ACTION"]) == ("dataflow", "DOISOAT:INDICATORS(1.0)", "I")
    assert all(re.fullmatch(r"[A-Za-z0-9_@$-]+", row[name]) for name in DIMENSIONS if name != "TIME_PERIOD")
    assert (row["REF_AREA"], row["INDICATOR"], row["FREQ"]) == ("HOA_GIANG", "THU-VIEN_BAN-DOC", "D")
    assert (row["CHANNEL"], row["PLACE"], row["STATUS"]) == ("TRUC_TUYEN", "_T", "RESULT")
    assert (row["TIME_PERIOD"], row["OBS_VALUE"], row["UNIT_MEASURE"]) == ("2025-03-31", "1200", "BAN_DOC")
    assert (row["UNIT_MULT"], row["DECIMALS"], row["OBS_STATUS"]) == ("0", "0", "A")
    assert row["TITLE"] == "Bạn đọc có thẻ"
    assert "a.pdf, trang 1, dòng 1" in row["COMMENT_OBS"]


def test_each_observation_has_a_key_of_its_own_and_a_contradicted_one_says_so() -> None:
    march, april = rows(*TWO_MONTHS)
    assert (march["OBS_STATUS"], april["OBS_STATUS"]) == ("U", "A")
    assert all(name in march["COMMENT_OBS"] for name in ("thang-3.pdf", "thang-3-sua.pdf", "1.200", "1.290"))
    assert len({tuple(row[name] for name in DIMENSIONS) for row in (march, april)}) == 2


def test_what_has_no_time_is_left_out_of_sdmx() -> None:
    assert rows(document("a.pdf", f"Có {{5 bạn đọc|indicator={READERS}}}.")) == []


@pytest.mark.parametrize(
    ("text", "expected"), [("Hồ sơ trực tuyến", "HO_SO_TRUC_TUYEN"), ("Đồng Nai", "DONG_NAI"), ("…", "_X"), ("", "_X")]
)
def test_codes_are_what_every_system_takes(text: str, expected: str) -> None:
    assert code(text) == expected


def test_a_workbook_links_findings_and_series_to_the_rows_of_their_figures() -> None:
    extractions = [
        document("a.pdf", "Cấp {150 giấy phép|id=w} (gồm {90 giấy phép|whole=w} và {50 giấy phép|whole=w}).")
    ]
    extractions += TWO_MONTHS
    found = reconcile(extractions)
    contents = Contents(extractions, found, timeseries(extractions, found, CATALOGUE))
    ((_, content),) = files(contents, [FileFormat.XLSX])
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert {"Phát hiện", "Chuỗi số liệu", "Số liệu"} <= set(book.sheetnames)
    for title, expected in (("Phát hiện", 3), ("Chuỗi số liệu", 1)):
        sheet = book[title]
        ids = [cell.value for cell in sheet[1]]
        linked = [cell for cell in sheet[2] if cell.hyperlink]
        assert len(linked) == expected
        for cell in linked:
            target, place = cell.hyperlink.location.split("!")
            figures = book[target.strip("'")]
            names = [head.value for head in figures[1]]
            row = {name: item.value for name, item in zip(names, figures[int(place[1:])], strict=True)}
            assert cell.value == f"{row['document']}, trang {row['page']}, dòng {row['line']}"
            told = sheet[2][ids.index("figures" if title == "Phát hiện" else "figure")].value
            assert row["id"] in told


def test_a_workbook_without_figures_has_no_links() -> None:
    found = reconcile([document("a.pdf", "Cấp {15 tờ|id=w} (gồm {9 tờ|whole=w} và {5 tờ|whole=w}).")])
    sheet = openpyxl.load_workbook(io.BytesIO(xlsx([sheets.findings(found)])))["Phát hiện"]
    assert not [cell for row in sheet for cell in row if cell.hyperlink]
    assert "nguồn / source 1" not in [cell.value for cell in sheet[1]]


def test_a_long_sum_links_to_its_first_figures_only() -> None:
    parts = ", ".join(f"{{{number} tờ|whole=w}}" for number in range(11, 31))
    extractions = [document("a.pdf", f"Cấp {{410 tờ|id=w}} (gồm {parts}).")]
    found = reconcile(extractions)
    ((_, content),) = files(Contents(extractions, found), [FileFormat.XLSX])
    sheet = openpyxl.load_workbook(io.BytesIO(content))["Phát hiện"]
    assert max(sum(bool(cell.hyperlink) for cell in row) for row in sheet) == MOST


def test_drawing_without_matplotlib_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    monkeypatch.setattr("pipeline.export.plot.find_spec", lambda name: None)
    with pytest.raises(MissingDependencyError, match="matplotlib"):
        plot(series(*TWO_MONTHS), Picture.SVG)


def test_a_line_is_named_by_what_tells_it_from_others() -> None:
    (found,) = series(report("a.pdf", "1.200", "2025-03-31", "; status=target; dim=channel:trực tuyến"))
    assert label(found) == "Hòa Giang, trực tuyến, chỉ tiêu"


def test_a_picture_is_the_same_each_time_and_marks_what_is_contradicted() -> None:
    pytest.importorskip("matplotlib")
    found, agreed = series(*TWO_MONTHS), series(*TWO_MONTHS[1:])
    drawn = plot(found, Picture.SVG)
    assert drawn == plot(found, Picture.SVG)
    ring = b"#c00000"
    assert ring in drawn
    assert ring not in plot(agreed, Picture.SVG)
    assert etree.fromstring(drawn).tag.endswith("svg")


def test_a_picture_in_pixels_is_a_png() -> None:
    pytest.importorskip("matplotlib")
    picture = Image.open(io.BytesIO(plot(series(*TWO_MONTHS), Picture.PNG)))
    assert (picture.format, picture.width) == ("PNG", 1500)
