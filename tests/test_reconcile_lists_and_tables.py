"""Lists, tables, series and dates: counts against what they count, rows and columns, totals over time."""

from __future__ import annotations

import datetime as dt

import pytest
from reconcile_documents import document

from pipeline.models import Citation, Evidence, Extraction, Finding, Verdict
from pipeline.reconcile.checks.listing import names_of
from pipeline.reconcile.reconciliation import reconcile

NAMES = "xã An Bình, xã Long Phước, xã Tân Sơn, phường Hòa Khánh và xã Bình Minh"


def findings(code: str, *documents: Extraction) -> list[Finding]:
    return [finding for finding in reconcile(list(documents)) if finding.code == code]


def verdicts(code: str, *sentences: str) -> list[Verdict]:
    return [finding.verdict for finding in findings(code, document("a.txt", *sentences))]


def test_a_comma_that_was_read_as_a_point_parts_names_too() -> None:
    assert names_of("Xã An Hòa, xã Bình Hạ. xã Cát Tân và xã Đông Sơn.") == [
        "Xã An Hòa",
        "xã Bình Hạ",
        "xã Cát Tân",
        "xã Đông Sơn",
    ]
    assert len(names_of("TP. Tân An, xã Bình Lợi")) == 2


def test_names_behind_a_colon_go_on_where_a_comma_was_read_as_a_point() -> None:
    names = "ông Lê An, bà Trần Bình, ông Võ Chí. bà Hồ Diệp, ông Ngô Em"
    assert verdicts("list.names", f"{{05 cá nhân}}: {names}.") == [Verdict.CONSISTENT]
    assert verdicts("list.names", f"{{06 cá nhân}}: {names}. Các đơn vị thi hành.") == [Verdict.CONFLICT]


def test_a_count_is_checked_against_the_names_in_its_footnote() -> None:
    assert verdicts("list.names", "Đã hỗ trợ {05 xã}³ trong tháng.", f"[3] {NAMES}.") == [Verdict.CONSISTENT]
    assert verdicts("list.names", "Đã hỗ trợ {06 xã}³ trong tháng.", f"[3] {NAMES}.") == [Verdict.CONFLICT]


def test_a_footnote_that_breaks_off_and_is_not_found_again_proves_nothing() -> None:
    assert verdicts("list.names", "Đã hỗ trợ {10 xã}³.", f"[3] {NAMES},", "Hết.") == []


def test_names_alone_are_the_list_of_the_one_count_of_such_things_that_is_near() -> None:
    assert verdicts("list.names", "Mưa lũ làm {06 xã}! bị chia cắt.", f"' {NAMES}.") == [Verdict.CONFLICT]
    assert verdicts("list.names", "Mưa lũ làm {05 xã}! bị chia cắt.", f"b {NAMES}.") == [Verdict.CONSISTENT]


def test_a_footnote_whose_mark_was_lost_is_a_list_like_that() -> None:
    assert verdicts("list.names", "Đã hỗ trợ {06 xã} trong tháng.", f"[3] {NAMES}.") == [Verdict.CONFLICT]
    assert verdicts("list.names", "Đã cấp {06 máy} trong tháng.", f"[3] {NAMES}.") == []


def test_of_two_counts_that_are_near_nobody_knows_which_is_meant() -> None:
    both = ("Mưa lũ làm {06 xã} bị chia cắt.", "Đã cứu trợ {04 xã}.")
    assert verdicts("list.names", *both, f"{NAMES}.") == []


def test_a_count_that_has_a_list_of_its_own_is_not_meant_by_another_list() -> None:
    both = ("Mưa lũ làm {05 xã} bị chia cắt.", "Đã cứu trợ {04 xã}.")
    others = "xã Cát Lâm, xã Đồng Tiến, xã Ia Hiao, xã Krông Nô, xã Sơn Hạ"
    assert verdicts("list.names", *both, f"{NAMES}.", f"{others}.") == [Verdict.CONFLICT, Verdict.CONSISTENT]


def test_a_footnote_that_tells_of_each_thing_counted_is_a_list_by_its_heads() -> None:
    staffs = "Văn phòng: {12 biên chế} ({02 phó trưởng phòng}); Phòng Đo đạc: {07 biên chế}; Phòng Đất: {09 biên chế}"
    assert verdicts("list.names", "Sở có {3 phòng}²;", f"[2] {staffs}.") == [Verdict.CONSISTENT]
    more = f"{staffs}; Chi cục Biển: {{08 biên chế}}."
    assert verdicts("list.names", "Sở có {3 phòng}²;", f"[2] {more}") == [Verdict.UNKNOWN]


def test_heads_of_numbers_that_are_counted_are_no_names() -> None:
    shares = "Xã An Bình: {1 lớp}; xã Long Phước: {2 lớp}; xã Tân Sơn: {1 lớp}."
    assert verdicts("list.names", "Đã mở {4 lớp}²;", f"[2] {shares}") == []


def test_a_footnote_that_explains_is_not_a_list() -> None:
    note = "[3] Theo hướng dẫn của Sở, số liệu được tổng hợp đến hết tháng, chưa kiểm tra thực tế."
    assert verdicts("list.names", "Đã hỗ trợ {06 xã}³.", note) == []


def test_a_count_is_checked_against_names_behind_its_colon() -> None:
    people = "ông Lê Văn An, bà Trần Thị Bích, ông Danh Sóc, bà Neáng Sa"
    assert verdicts("list.names", f"Khen thưởng {{04 cá nhân}}: {people}.") == [Verdict.CONSISTENT]
    assert verdicts("list.names", f"Khen thưởng {{05 cá nhân}}: {people}.") == [Verdict.CONFLICT]


def test_a_count_is_checked_against_numbered_items() -> None:
    items = "(1) cổng thông tin; (2) kho dữ liệu; (3) thư điện tử; (4) họp trực tuyến"
    assert verdicts("list.items", f"Chọn {{04 hệ thống}} gồm: {items}.") == [Verdict.CONSISTENT]
    assert verdicts("list.items", f"Chọn {{05 hệ thống}} gồm: {items}.") == [Verdict.CONFLICT]


def test_numbered_items_belong_to_the_count_that_has_their_number() -> None:
    text = "Chọn {03 hệ thống} trong số hệ thống của {02 tỉnh}, gồm: (1) cổng; (2) kho; (3) thư."
    assert verdicts("list.items", text) == [Verdict.CONSISTENT]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Có {214 hộ} phải di dời, đã chi trả {167 hộ}, còn {47 hộ}.", [Verdict.CONSISTENT]),
        ("Có {214 hộ} phải di dời, đã chi trả {167 hộ}, còn {57 hộ}.", [Verdict.CONFLICT]),
        ("Đã gửi {520 công văn} và nhận {180 công văn}, tổng cộng {700 công văn}.", [Verdict.CONSISTENT]),
        ("Ban hành {19 văn bản} ({05 nghị quyết}, {12 quyết định}).", [Verdict.CONFLICT]),
        ("Phòng có {19 biên chế} (Trưởng phòng, {05 phó phòng}, {13 chuyên viên}).", [Verdict.CONSISTENT]),
        ("Mở {12 lớp} ({400 học viên}, {03 ngày}).", []),
        ("Chấm {12 đội}: {03 đội} xuất sắc, {07 đội} tốt, {03 đội} đạt.", [Verdict.CONFLICT]),
        ("Thăm {60 hộ} nghèo, {40 hộ} cận nghèo và {20 hộ} khó khăn.", [Verdict.CONSISTENT]),
        ("Thăm {61 hộ} nghèo, {40 hộ} cận nghèo và {20 hộ} khó khăn.", []),
    ],
)
def test_sums_told_without_a_word_of_breakdown(sentence: str, expected: list[Verdict]) -> None:
    assert verdicts("sum.inline", sentence) == expected


def test_items_that_give_two_parts_each_are_added_up_column_by_column() -> None:
    totals = "Tổ chức {60 lớp} với {3.400 người}."
    items = "Trong đó: {20 lớp} hè với {1.000 người}; {30 lớp} đông với {1.900 người}; {10 lớp} xuân với {{{}}}."
    assert verdicts("sum.parallel", totals, items.replace("{{{}}}", "{500 người}")) == [Verdict.CONSISTENT]
    assert verdicts("sum.parallel", totals, items.replace("{{{}}}", "{800 người}")) == [Verdict.CONFLICT]
    assert verdicts("sum.parallel", totals, items.replace("{{{}}}", "{80%}")) == []


RIGHT_AND_WRONG = ("{300 triệu đồng}", "{200 triệu đồng}")


def test_amounts_whose_shares_make_a_hundred_percent_make_their_total() -> None:
    total = "Tổng kinh phí là {1.000 triệu đồng}."
    parts = "Cơ cấu: tỉnh {400 triệu đồng} ({40%}), xã {300 triệu đồng} ({30%}), dân {{{}}} ({30%})."
    right, wrong = (document("a.txt", total, parts.replace("{{{}}}", part)) for part in RIGHT_AND_WRONG)
    assert {finding.verdict for finding in reconcile([right])} == {Verdict.CONSISTENT}
    (finding,) = [finding for finding in reconcile([wrong]) if finding.verdict is Verdict.CONFLICT]
    assert "1.000 ≠ 400 + 300 + 200 = 900" in finding.message


def test_rows_of_a_table_that_end_in_their_sum_show_which_row_does_not() -> None:
    rows = ("Xây mới {640} {925} {1.565}", "Nâng cấp {412} {556} {968}", "Đấu nối {168} {201} {379}")
    (wrong,) = [f for f in findings("table.row", document("a.txt", *rows)) if f.verdict is Verdict.CONFLICT]
    assert "168 + 201 = 369 ≠ 379" in wrong.message


def test_columns_of_a_table_are_footed_and_one_wrong_cell_is_reported_once() -> None:
    rows = ("A {640} {925} {1.565}", "B {412} {556} {968}", "C {168} {201} {369}", "Tổng cộng {1.220} {1.692} {2.902}")
    conflicts = [f for f in reconcile([document("a.txt", *rows)]) if f.verdict is Verdict.CONFLICT]
    assert [finding.code for finding in conflicts] == ["table.column"]
    assert conflicts[0].values[0] == "1692"
    assert conflicts[0].proposal is not None
    assert "1.682" in conflicts[0].proposal
    assert "2 phép tính cùng khớp" in conflicts[0].proposal


def test_what_is_of_the_whole_province_is_a_total_row_too() -> None:
    rows = ("Khu vực A {640} {925}", "Khu vực B {412} {556}", "Khu vực C {168} {201}", "Toàn tỉnh {1.220} {1.692}")
    assert verdicts("table.column", *rows) == [Verdict.CONFLICT, Verdict.CONSISTENT]


@pytest.mark.parametrize(
    ("cell", "expected"),
    [("7.300", [Verdict.CONSISTENT]), ("3.700", [Verdict.CONFLICT]), ("5.114", [])],
)
def test_a_total_in_the_text_is_found_again_in_the_table(cell: str, expected: list[Verdict]) -> None:
    told = "Tổng kinh phí thực hiện là: {7.300.000.000 đồng}."
    assert verdicts("table.text", told, f"Tổng cộng {{{cell} triệu đồng|subject=Tổng cộng}}") == expected


def test_a_column_of_rates_is_recognised_without_percent_signs() -> None:
    rows = ("Khám {2.400} {1.800} {75,0}", "Tiêm {800} {600} {75,0}", "Hồ sơ {1.320} {1.247} {95,4}")
    found = findings("table.rate", document("a.txt", *rows))
    assert sorted(finding.verdict for finding in found) == [Verdict.CONFLICT, Verdict.CONSISTENT, Verdict.CONSISTENT]


def test_running_text_is_not_a_table() -> None:
    rows = (
        "Có {10 xã} và {20 ấp} với {30 hộ}.",
        "Có {11 xã} và {21 ấp} với {32 hộ}.",
        "Có {5 xã} và {6 ấp} với {7 hộ}.",
    )
    assert findings("table.row", document("a.txt", *rows)) == []


NAME = "cum; subject=cấp tài khoản định danh điện tử"
OTHERS = ("Trồng {1.204 cây|subject=trồng cây xanh đô thị}.", "Sửa {37 cầu|subject=sửa chữa cầu nông thôn}.")


def test_a_cumulative_total_cannot_fall() -> None:
    one = document("a.txt", f"Lũy kế cấp {{9.300 tài khoản|{NAME}}}.", *OTHERS, issued=dt.date(2025, 8, 1))
    two = document("b.txt", f"Lũy kế cấp {{9.150 tài khoản|{NAME}}}.", issued=dt.date(2025, 9, 1))
    (finding,) = findings("series.falls", one, two)
    assert finding.verdict is Verdict.CONFLICT
    assert finding.difference == 150
    assert "01/08/2025" in finding.message


def test_a_cumulative_total_that_rises_holds() -> None:
    one = document("a.txt", f"Lũy kế cấp {{9.300 tài khoản|{NAME}}}.", *OTHERS, issued=dt.date(2025, 8, 1))
    two = document("b.txt", f"Lũy kế cấp {{9.450 tài khoản|{NAME}}}.", issued=dt.date(2025, 9, 1))
    assert [finding.verdict for finding in findings("series.falls", one, two)] == [Verdict.CONSISTENT]


@pytest.mark.parametrize(("total", "expected"), [("9.450", Verdict.CONSISTENT), ("9.540", Verdict.CONFLICT)])
def test_the_total_before_and_the_period_give_the_new_total(total: str, expected: Verdict) -> None:
    text = f"Lũy kế kỳ trước {{9.300 hồ sơ}}, trong kỳ nhận thêm {{150 hồ sơ}}, lũy kế đến nay {{{total} hồ sơ}}."
    assert verdicts("series.roll-forward", text) == [expected]


def cite(number: str, date: dt.date, line: int, kind: str = "Nghị định") -> Citation:
    return Citation(type=kind, number=number, date=date, evidence=Evidence(document="a.txt", page=1, line=line))


def citing(*citations: Citation) -> Extraction:
    return document("a.txt", issued=dt.date(2025, 10, 1)).model_copy(update={"citations": citations})


def test_one_document_number_has_one_date() -> None:
    one, two = cite("85/2025/NĐ-CP", dt.date(2025, 4, 8), 1), cite("85/2025/NĐ-CP", dt.date(2025, 4, 18), 9)
    assert [finding.verdict for finding in findings("citation.dates", citing(one, two))] == [Verdict.CONFLICT]
    assert [finding.verdict for finding in findings("citation.dates", citing(one, one))] == [Verdict.CONSISTENT]


def test_numbers_start_anew_each_year() -> None:
    one, two = cite("12/QĐ-TTg", dt.date(2024, 1, 8), 1), cite("12/QĐ-TTg", dt.date(2025, 1, 6), 2)
    assert findings("citation.dates", citing(one, two)) == []


def test_a_date_must_be_of_the_year_in_its_number_and_before_the_citing_document() -> None:
    (finding,) = findings("citation.year", citing(cite("85/2025/NĐ-CP", dt.date(2024, 4, 8), 1)))
    assert (finding.cause, "08/04/2025" in (finding.proposal or "")) == ("nhầm năm", True)
    assert len(findings("citation.future", citing(cite("85/2025/NĐ-CP", dt.date(2025, 12, 8), 1)))) == 1


def test_a_span_of_time_cannot_end_before_it_begins() -> None:
    (finding,) = findings("date.span", document("a.txt", "Kỷ niệm 40 năm (02/9/2085 – 02/9/2025)."))
    assert (finding.verdict, finding.cause) == (Verdict.CONFLICT, "nhầm năm")
    (finding,) = findings("date.span", document("a.txt", "Nghỉ từ 12/9/2025 đến 02/8/2025."))
    assert finding.cause is None
    assert verdicts("date.span", "Kỷ niệm 40 năm (02/9/1985 – 02/9/2025); giai đoạn 2021-2025.") == []


RATE = "indicator=dau-tu-cong.ty-le-giai-ngan"
VISITS = "indicator=y-te.luot-kham"


class TestTargets:
    def test_a_target_stands_beside_the_last_result_of_its_indicator(self) -> None:
        result = document("a.txt", f"Tỷ lệ giải ngân đạt {{57%|{RATE}}}.")
        plan = document("b.txt", f"Phấn đấu giải ngân {{trên 95%|{RATE}; status=target}}.")
        [finding] = findings("target.result", result, plan)
        assert finding.verdict is Verdict.UNKNOWN
        assert finding.values == ("95", "57")

    def test_a_plan_beside_the_rate_of_its_result_is_told_there_and_not_asked_about(self) -> None:
        text = f"Khám {{900 lượt|{VISITS}}}, đạt {{90 %}} kế hoạch ({{1.000 lượt|{VISITS}; status=target}})."
        assert findings("target.result", document("a.txt", text)) == []

    def test_by_how_much_a_rate_is_to_fall_is_not_compared_with_how_high_it_is(self) -> None:
        told = f"Tỷ lệ giải ngân là {{57 %|{RATE}}}.", f"Chỉ tiêu giảm {{2,5 %|{RATE}; status=target}}."
        assert findings("target.result", document("a.txt", *told)) == []

    def test_an_amount_in_another_scale_reaches_the_same_target(self) -> None:
        budget = "indicator=chuyen-doi-so.kinh-phi"
        aim = document("a.txt", f"Dự toán {{7.300.000.000 đồng|{budget}; status=target}}.")
        result = document("b.txt", f"Kinh phí {{7.301 triệu đồng|{budget}}}.")
        [finding] = findings("target.result", aim, result)
        assert "(đạt)" in finding.message

    def test_another_place_has_its_own_results(self) -> None:
        result = document("a.txt", f"Tỷ lệ giải ngân đạt {{57%|{RATE}}}.", place="Hòa Giang")
        plan = document("b.txt", f"Phấn đấu giải ngân {{trên 95%|{RATE}; status=target}}.", place="Hà Trung")
        assert findings("target.result", result, plan) == []

    def test_a_part_is_no_result_for_the_whole(self) -> None:
        parts = (
            f"Khám {{900 lượt|id=w; {VISITS}}}, gồm {{300 lượt|whole=w; {VISITS}}} và {{600 lượt|whole=w; {VISITS}}}."
        )
        plan = f"Phấn đấu khám {{1.000 lượt|{VISITS}; status=target}}."
        [finding] = findings("target.result", document("a.txt", parts, plan))
        assert finding.values == ("1000", "900")


def test_a_rate_of_a_table_is_rounded_where_its_decimal_is_nought() -> None:
    rows = ("Cam {1.860 cây} {1.544 cây} {83,0%}", "Bưởi {400 cây} {301 cây} {75,3%}", "Na {300 cây} {200 cây} {66,7%}")
    assert Verdict.CONFLICT not in verdicts("table.rate", *rows)
