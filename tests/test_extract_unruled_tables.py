"""Figures of tables that no rulings enclose: rows, columns, units, totals, page breaks; and no line counted twice."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from reportlab.pdfgen.canvas import Canvas
from unruled_samples import C, Draw, L, R, digital, read_scan, rows, scan

from pipeline.extract.extraction import extract
from pipeline.models import Extraction, Figure, Kind
from pipeline.normalize.roles import with_roles

HEADS = (C(75), C(180), C(340), C(430))
CELLS = (L(70), L(95), R(365), R(455))
NAMES = ("TT", "Hạng mục", "Năm 2026", "Năm 2027")
WORKS = (
    ("1", "Trồng cây xanh dọc các tuyến", "1.200", "800"),
    ("", "đường trung tâm phường", "", ""),
    ("2", "Thay đèn chiếu sáng", "500", "250"),
    ("3", "Nạo vét kênh mương nội đồng", "12.350", "11.020"),
)
TOTAL = ("", "Tổng cộng", "14.050", "12.070")
MORE = (
    ("4", "Sửa chữa nhà văn hóa khu phố", "730", "640"),
    ("5", "Lát vỉa hè", "9.300", "10.150"),
    ("6", "Mua sắm thiết bị trường học", "415", "380"),
)


def works(canvas: Canvas, cells: Sequence[Sequence[str]] = (*WORKS, TOTAL), header: bool = True) -> None:
    canvas.drawRightString(520, 735, "Đơn vị: triệu đồng")
    rows(canvas, CELLS, rows(canvas, HEADS, 715, [NAMES]) if header else 715, cells)


def extraction(tmp_path: Path, *pages: Draw) -> Extraction:
    return extract(with_roles(digital(tmp_path, *pages)))


def figures(tmp_path: Path, *pages: Draw) -> dict[str, Figure]:
    return {f"{figure.value:f}": figure for figure in extraction(tmp_path, *pages).figures}


def test_every_number_is_a_figure_once_with_its_row_head_and_column(tmp_path: Path) -> None:
    found = extraction(tmp_path, works).figures
    assert sorted(figure.value for figure in found) == [250, 500, 800, 1200, 11020, 12070, 12350, 14050]
    by_value = {int(figure.value): figure for figure in found}
    assert by_value[800].subject == "Trồng cây xanh dọc các tuyến đường trung tâm phường Năm 2027"
    assert by_value[800].period == "2027-01-01/2027-12-31"


def test_the_unit_above_holds_for_all_and_the_total_is_the_whole_of_its_column(tmp_path: Path) -> None:
    found = figures(tmp_path, works)
    assert {(figure.kind, figure.unit) for figure in found.values()} == {(Kind.MONEY, "triệu đồng")}
    assert found["500"].whole == found["14050"].id
    assert found["250"].whole == found["12070"].id


def test_a_total_is_that_of_all_rows_where_a_reader_lost_some_row_numbers(tmp_path: Path) -> None:
    cells = [(mark if mark == "1" else "", *said) for mark, *said in (*WORKS, TOTAL)]
    found = figures(tmp_path, lambda canvas: works(canvas, cells))
    assert found["1200"].whole == found["500"].whole == found["14050"].id


def test_without_a_total_nothing_is_a_part(tmp_path: Path) -> None:
    assert {figure.whole for figure in figures(tmp_path, lambda canvas: works(canvas, WORKS)).values()} == {None}


def test_the_lines_of_the_table_are_no_sentences_of_prose(tmp_path: Path) -> None:
    texts = [sentence.text for sentence in extraction(tmp_path, works).sentences]
    assert "2 | Thay đèn chiếu sáng | 500 | 250" in texts
    assert sum("Thay đèn" in text for text in texts) == 1


def test_a_table_goes_on_over_a_page_break_under_the_header_and_unit_of_its_first_page(tmp_path: Path) -> None:
    def second(canvas: Canvas) -> None:
        rows(canvas, CELLS, 715, (*MORE, ("", "Tổng cộng", "24.495", "23.240")))

    pages = digital(tmp_path, lambda canvas: works(canvas, WORKS), second, prose=())
    found = {f"{figure.value:f}": figure for figure in extract(with_roles(pages)).figures}
    assert found["640"].subject == "Sửa chữa nhà văn hóa khu phố Năm 2027"
    assert found["640"].unit == "triệu đồng"
    assert found["500"].whole == found["415"].whole == found["24495"].id


def test_a_header_that_the_next_page_repeats_is_read_once(tmp_path: Path) -> None:
    def second(canvas: Canvas) -> None:
        rows(canvas, CELLS, rows(canvas, HEADS, 715, [NAMES]), MORE)

    pages = digital(tmp_path, lambda canvas: works(canvas, WORKS), second, prose=())
    found = extract(with_roles(pages))
    assert sum(sentence.text.startswith("TT | ") for sentence in found.sentences) == 1
    assert {figure.unit for figure in found.figures} == {"triệu đồng"}


def test_a_scanned_table_gives_the_same_figures(tmp_path: Path) -> None:
    page = read_scan(tmp_path, scan(works))
    reading = digital(tmp_path, works).model_copy(update={"pages": (page,)})
    found = {f"{figure.value:f}": figure for figure in extract(with_roles(reading)).figures}
    assert set(found) == {"1200", "800", "500", "250", "12350", "11020", "14050", "12070"}
    assert found["500"].whole == found["14050"].id
    assert found["500"].unit == "triệu đồng"
