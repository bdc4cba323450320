"""Figures of ruled tables in digital PDFs: rows, columns, units, times, totals, page breaks."""

from __future__ import annotations

import io
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest
from ocr_samples import font, read_bytes
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from corpus.generator.blocks import Align, Block, PageBreak, Paragraph, Row, Table
from corpus.generator.render import set_blocks, write_pdf
from pipeline.extract.extraction import extract
from pipeline.models import Extraction, Figure, Kind, Reading, Verdict
from pipeline.normalize.roles import with_roles
from pipeline.reconcile.reconciliation import reconcile

PROSE = Paragraph(
    "Ủy ban nhân dân phường đã rà soát các tuyến đường, kiểm tra hệ thống chiếu sáng và cây xanh trên địa bàn."
)
UNIT = Paragraph("Đơn vị: triệu đồng", align=Align.RIGHT, italic=True)


def table(*rows: tuple[str, ...], text_columns: int = 2) -> Table:
    width = len(rows[0])
    return Table(
        rows=tuple(Row(cells, bold=index == 0) for index, cells in enumerate(rows)),
        widths=tuple(1 if column == 0 else 4 if column < text_columns else 2 for column in range(width)),
        numeric=tuple(column >= text_columns for column in range(width)),
    )


BUDGET = table(
    ("TT", "Hạng mục", "Năm 2026", "Năm 2027", "Cộng"),
    ("1", "Trồng cây xanh dọc các tuyến đường trung tâm phường", "1.200", "800", "2.000"),
    ("2", "Thay đèn chiếu sáng", "500", "250", "750"),
    ("", "Tổng cộng", "1.700", "1.050", "2.750"),
)


def extraction(tmp_path: Path, *blocks: Block) -> Extraction:
    return extract(with_roles(read_bytes(tmp_path, "bang.pdf", write_pdf(set_blocks(blocks)))))


def figures(tmp_path: Path, *blocks: Block) -> dict[str, Figure]:
    return {f"{figure.value:f}": figure for figure in extraction(tmp_path, *blocks).figures}


def drawn(tmp_path: Path, draw: Callable[[Canvas], None]) -> Reading:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1)
    canvas.setFont(font(), 12)
    canvas.drawString(60, 780, "Ủy ban nhân dân phường đã rà soát các tuyến đường, kiểm tra hệ thống chiếu sáng.")
    draw(canvas)
    canvas.save()
    return with_roles(read_bytes(tmp_path, "ve.pdf", buffer.getvalue()))


def test_every_number_cell_is_a_figure_and_row_numbers_and_years_of_the_header_are_none(tmp_path: Path) -> None:
    found = figures(tmp_path, PROSE, UNIT, BUDGET)
    assert set(found) == {"1200", "800", "2000", "500", "250", "750", "1700", "1050", "2750"}


def test_a_cell_is_named_by_its_row_head_over_all_its_lines_and_by_its_column(tmp_path: Path) -> None:
    found = figures(tmp_path, PROSE, UNIT, BUDGET)
    assert found["800"].subject == "Trồng cây xanh dọc các tuyến đường trung tâm phường Năm 2027"


def test_the_unit_above_the_table_holds_for_its_cells(tmp_path: Path) -> None:
    found = figures(tmp_path, PROSE, UNIT, BUDGET)
    assert {(figure.kind, figure.unit) for figure in found.values()} == {(Kind.MONEY, "triệu đồng")}


def test_a_column_of_a_year_gives_the_period(tmp_path: Path) -> None:
    found = figures(tmp_path, PROSE, UNIT, BUDGET)
    assert found["250"].period == "2027-01-01/2027-12-31"
    assert found["750"].period is None


def test_cells_are_parts_of_the_total_row_and_totals_of_the_column_that_adds_up(tmp_path: Path) -> None:
    found = figures(tmp_path, PROSE, UNIT, BUDGET)
    assert found["800"].whole == found["1050"].id
    assert found["1700"].whole == found["1050"].whole == found["2750"].id


def test_a_whole_has_one_breakdown_only(tmp_path: Path) -> None:
    parts = [figure.value for figure in figures(tmp_path, PROSE, UNIT, BUDGET).values() if figure.part_of == 2750]
    assert sorted(parts) == [1050, 1700]


def test_without_a_total_row_the_rows_are_parts_of_the_column_that_adds_them_up(tmp_path: Path) -> None:
    rows = table(
        ("TT", "Khu phố", "Tổng số", "Trong đó: cây mới", "Trong đó: cây cũ"),
        ("1", "Khu phố Hạ", "85", "34", "51"),
        ("2", "Khu phố Thượng", "64", "21", "43"),
    )
    assert figures(tmp_path, PROSE, rows)["51"].part_of == Decimal(85)


def test_evidence_is_the_page_and_the_printed_line_of_the_cell(tmp_path: Path) -> None:
    figure = figures(tmp_path, PROSE, UNIT, BUDGET)["500"]
    assert figure.evidence.page == 1
    assert "Thay đèn chiếu sáng 500 250 750" in figure.evidence.raw
    assert figure.evidence.text[figure.place.start : figure.place.end] == "500"


def test_columns_state_units_and_rates_of_their_own(tmp_path: Path) -> None:
    rows = table(
        ("STT", "Đơn vị", "Số hộ", "Kinh phí (nghìn đồng)", "Tỷ lệ (%)"),
        ("1", "Khu phố Hạ", "34", "1.250", "45,5"),
        ("2", "Khu phố Thượng", "21", "980", "38,2"),
    )
    found = figures(tmp_path, PROSE, rows)
    assert (found["34"].kind, found["34"].unit) == (Kind.COUNT, "hộ")
    assert (found["1250"].kind, found["1250"].unit) == (Kind.MONEY, "nghìn đồng")
    assert (found["38.2"].kind, found["38.2"].unit) == (Kind.PERCENT, "%")


def test_a_column_of_units_gives_each_row_its_own(tmp_path: Path) -> None:
    rows = table(
        ("TT", "Chỉ tiêu", "Đơn vị tính", "Kế hoạch", "Thực hiện"),
        ("1", "Cây trồng mới", "cây", "450", "462"),
        ("2", "Tỷ lệ đường có đèn", "%", "92", "≥ 95"),
        text_columns=3,
    )
    found = figures(tmp_path, PROSE, rows)
    assert found["462"].unit == "cây"
    assert found["462"].subject == "Cây trồng mới Thực hiện"
    assert (found["95"].kind, found["95"].qualifier) == (Kind.PERCENT, "≥")


def test_a_column_headed_don_vi_holds_units_or_offices_as_its_cells_show(tmp_path: Path) -> None:
    units = table(
        ("TT", "Chỉ tiêu", "Đơn vị", "Thực hiện"),
        ("1", "Thẻ được cấp", "Người", "1.240"),
        ("2", "Lớp mở mới", "Lớp", "35"),
        text_columns=3,
    )
    assert figures(tmp_path, PROSE, units)["35"].unit == "lớp"
    offices = table(
        ("TT", "Đơn vị", "Kết quả"), ("1", "Phòng Tư pháp", "340"), ("2", "Phòng Nội vụ", "270"), ("", "Cộng", "610")
    )
    assert figures(tmp_path, PROSE, offices)["340"].unit == ""


def test_a_name_over_several_columns_goes_before_their_own(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        for y in (540, 580, 620):
            canvas.line(60, y, 540, y)
        canvas.line(220, 600, 540, 600)
        for x in (60, 100, 220, 540):
            canvas.line(x, 540, x, 620)
        canvas.line(380, 540, 380, 600)
        for x, y, text in (
            (65, 605, "TT"), (105, 605, "Khu phố"), (300, 606, "Số cây (cây)"), (230, 586, "Trồng mới"),
            (390, 586, "Thay thế"), (65, 550, "1"), (105, 550, "Khu phố Hạ"), (300, 550, "85"), (500, 550, "64"),
        ):  # fmt: skip
            canvas.drawString(x, y, text)

    found = {str(figure.value): figure for figure in extract(drawn(tmp_path, draw)).figures}
    assert found["85"].subject == "Khu phố Hạ Số cây (cây) Trồng mới"
    assert found["64"].unit == "cây"


def test_tables_side_by_side_are_read_each_by_itself(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        for left, name, count in ((60, "Khu phố Hạ", "85"), (320, "Khu phố Thượng", "64")):
            for y in (580, 600, 620):
                canvas.line(left, y, left + 200, y)
            for x in (0, 120, 200):
                canvas.line(left + x, 580, left + x, 620)
            for x, y, text in ((5, 605, "Khu phố"), (125, 605, "Số cây"), (5, 585, name), (150, 585, count)):
                canvas.drawString(left + x, y, text)

    found = extract(drawn(tmp_path, draw)).figures
    assert [(figure.subject, str(figure.value)) for figure in found] == [
        ("Khu phố Hạ Số cây", "85"),
        ("Khu phố Thượng Số cây", "64"),
    ]


def test_codes_dates_and_years_in_columns_of_their_own_are_no_figures(tmp_path: Path) -> None:
    rows = table(
        ("TT", "Công trình", "Mã số", "Năm", "Thời hạn", "Số cây"),
        ("1", "Vườn hoa Bến Chợ", "7912034", "2019", "12/2026", "85"),
        ("2", "Vườn hoa Đình Trung", "7912035", "2021", "06/2027", "64"),
    )
    assert set(figures(tmp_path, PROSE, rows)) == {"85", "64"}


def test_rows_of_a_calendar_state_no_figures(tmp_path: Path) -> None:
    rows = table(
        ("Lớp", "Học phần", "Đợt I", "Đợt II"),
        ("", "Tuần", "12", "19"),
        ("", "Từ ngày", "06", "13"),
        ("K5", "Cây xanh đô thị", "45", "30"),
    )
    assert set(figures(tmp_path, PROSE, rows)) == {"45", "30"}


def test_a_table_whose_rows_are_not_ruled_off_is_left_to_its_lines(tmp_path: Path) -> None:
    def draw(canvas: Canvas) -> None:
        for y in (500, 600, 620):
            canvas.line(60, y, 540, y)
        for x in (60, 100, 380, 540):
            canvas.line(x, 500, x, 620)
        for y, cells in ((605, ("TT", "Khu phố", "Số cây")), (580, ("1", "Khu phố Hạ", "85"))):
            for x, text in zip((65, 105, 500), cells, strict=True):
                canvas.drawString(x, y, text)
        for x, text in zip((65, 105, 500), ("2", "Khu phố Thượng", "64"), strict=True):
            canvas.drawString(x, 550, text)

    read = extract(drawn(tmp_path, draw))
    assert "1 Khu phố Hạ 85" in " ".join(sentence.text for sentence in read.sentences)


def test_a_sub_total_is_a_whole_only_where_its_parts_add_up_exactly(tmp_path: Path) -> None:
    rows = table(
        ("TT", "Nội dung", "Kinh phí"),
        ("I", "Cây xanh", "300"),
        ("1", "Trồng mới", "180"),
        ("2", "Chăm sóc", "120"),
        ("II", "Chiếu sáng", "500"),
        ("1", "Thay đèn", "410"),
        ("2", "Sửa tủ điện", "95"),
        ("", "Tổng cộng", "800"),
    )
    found = figures(tmp_path, PROSE, UNIT, rows)
    assert found["180"].whole == found["300"].id
    assert found["300"].whole == found["800"].id
    assert found["410"].whole is None


def test_a_table_goes_on_over_the_page_break_with_its_header_repeated_or_not(tmp_path: Path) -> None:
    header = ("TT", "Hạng mục", "Năm 2026", "Cộng")
    first = (header, ("1", "Trồng cây", "1.200", "1.200"), ("2", "Thay đèn", "500", "500"))
    rest = (("3", "Sơn vỉa hè", "300", "300"), ("", "Tổng cộng", "2.000", "2.000"))
    for second in (rest, (header, *rest)):
        found = figures(tmp_path, PROSE, UNIT, table(*first), PageBreak(), table(*second))
        assert found["300"].evidence.page == 2
        assert found["300"].subject.startswith("Sơn vỉa hè")
        assert found["300"].unit == "triệu đồng"
        assert found["1200"].part_of == found["300"].part_of == Decimal(2000)


@pytest.mark.parametrize(("said", "unsure"), [("Đường Hoa Phượng", {"1250"}), ("Chiều dài (m)", {"1250", "870"})])
def test_figures_whose_head_was_not_read_surely_are_unsure(tmp_path: Path, said: str, unsure: set[str]) -> None:
    rows = (("TT", "Tuyến đường", "Chiều dài (m)"), ("1", "Đường Hoa Phượng", "1.250"), ("2", "Đường Bằng Lăng", "870"))
    content = write_pdf(set_blocks([table(*rows)]))
    whole = with_roles(read_bytes(tmp_path, "bang.pdf", content))
    (ruled,) = whole.pages[0].tables
    cells = (cell.model_copy(update={"confidence": 0.6 if cell.text == said else 0.99}) for cell in ruled.cells)
    page = whole.pages[0].model_copy(update={"tables": (ruled.model_copy(update={"cells": tuple(cells)}),)})
    found = extract(whole.model_copy(update={"pages": (page,)})).figures
    assert {format(figure.value, "f") for figure in found} >= {"1250", "870"}
    assert {format(figure.value, "f") for figure in found if figure.confidence < 0.5} == unsure


def test_text_in_cells_is_read_cell_by_cell(tmp_path: Path) -> None:
    rows = table(
        ("TT", "Nhiệm vụ", "Đơn vị chủ trì", "Thời hạn"),
        ("1", "Cấp mới thẻ cho 240 hộ kinh doanh trên địa bàn", "Phòng Kinh tế, Hạ tầng và Đô thị", "Quý II/2026"),
        ("2", "Dọn vệ sinh các tuyến đường", "Đoàn thanh niên", "Thường xuyên"),
        text_columns=4,
    )
    read = extraction(tmp_path, PROSE, rows)
    assert [(str(figure.value), figure.unit) for figure in read.figures] == [("240", "hộ kinh doanh")]
    assert "Phòng Kinh tế, Hạ tầng và Đô thị" in {sentence.text for sentence in read.sentences}


def test_rows_numbered_as_footnotes_are_stay_rows(tmp_path: Path) -> None:
    called = Paragraph("Kết quả trồng cây của các khu phố^1^ được tổng hợp tại bảng sau đây, có so với năm trước:")
    rows = table(
        ("TT", "Khu phố", "Số cây"), ("1", "Khu phố Hạ", "85"), ("2", "Khu phố Thượng", "64"), ("", "Cộng", "149")
    )
    sheets = set_blocks([called, rows, PROSE], footnotes={1: "Chưa tính cây do các hộ dân tự trồng."})
    read = extract(with_roles(read_bytes(tmp_path, "chu-thich.pdf", write_pdf(sheets))))
    assert [str(figure.value) for figure in read.figures] == ["85", "64", "149"]
    assert {sentence.text for sentence in read.sentences if sentence.footnote} == {
        "Chưa tính cây do các hộ dân tự trồng."
    }


def test_a_column_that_does_not_add_up_is_a_conflict_and_one_that_does_is_consistent(tmp_path: Path) -> None:
    rows = table(
        ("TT", "Khu phố", "Số cây", "Số hộ"),
        ("1", "Khu phố Hạ", "85", "34"),
        ("2", "Khu phố Thượng", "64", "21"),
        ("3", "Khu phố Trung", "50", "17"),
        ("", "Tổng cộng", "189", "72"),
    )
    findings = reconcile([extraction(tmp_path, PROSE, rows)])
    assert any(f.verdict is Verdict.CONFLICT and "189" in f.values for f in findings)
    assert any(f.verdict is Verdict.CONSISTENT and "72" in f.values for f in findings)
    assert not any(f.verdict is Verdict.CONFLICT and "72" in f.values for f in findings)
