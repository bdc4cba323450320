"""Arithmetic inside a document: sums, rates, changes, words. Figures are given; finding them is not tested here."""

from __future__ import annotations

from decimal import Decimal

import pytest
from reconcile_documents import document

from pipeline.models import Finding, Severity, Verdict
from pipeline.reconcile.reconciliation import reconcile


def findings(code: str, *sentences: str) -> list[Finding]:
    return [finding for finding in reconcile([document("bao-cao.txt", *sentences)]) if finding.code == code]


def verdicts(code: str, *sentences: str) -> list[Verdict]:
    return [finding.verdict for finding in findings(code, *sentences)]


def test_a_breakdown_that_does_not_add_up_is_a_conflict_with_the_arithmetic_written_out() -> None:
    (finding,) = findings(
        "sum.parts",
        "Toàn tỉnh có {5.122 cơ sở|id=w} (gồm: {4.889 hộ|whole=w}, {46 hợp tác xã|whole=w}, {280 công ty|whole=w}).",
    )
    assert finding.verdict is Verdict.CONFLICT
    assert finding.severity is Severity.HIGH
    assert finding.values == ("5122", "4889", "46", "280")
    assert finding.difference == 93
    assert "5.122 ≠ 4.889 + 46 + 280 = 5.215; chênh lệch 93" in finding.message
    assert "bao-cao.txt, trang 1, dòng 1" in finding.message
    assert "line 1" in finding.message_en


def test_a_breakdown_that_adds_up_is_kept_as_consistent() -> None:
    (finding,) = findings("sum.parts", "Có {900 đơn|id=w}, trong đó {600 đơn|whole=w} giấy, {300 đơn|whole=w} điện tử.")
    assert finding.verdict is Verdict.CONSISTENT
    assert "900 = 600 + 300" in finding.message


@pytest.mark.parametrize(
    "sentence",
    [
        "Có {40 cơ sở|id=w}, trong đó có {5 cơ sở|whole=w} mới và {3 cơ sở|whole=w} đang sửa.",
        "Có {40 cơ sở|id=w}, nổi bật là {5 cơ sở|whole=w} mới, {3 cơ sở|whole=w} lớn, {4 cơ sở|whole=w} xa.",
        "Có {40 cơ sở|id=w}, trong đó {5 cơ sở|whole=w} mới và {3 cơ sở|whole=w} đang sửa.",
    ],
)
def test_a_breakdown_that_names_only_some_parts_is_no_conflict(sentence: str) -> None:
    assert findings("sum.parts", sentence) == []


def test_complements_leave_nothing_out_even_behind_trong_do() -> None:
    sentence = "Nhận {900 hồ sơ|id=w}, trong đó {600 hồ sơ trực tuyến|whole=w}, {200 hồ sơ trực tiếp|whole=w}."
    assert verdicts("sum.parts", sentence) == [Verdict.CONFLICT]


def test_complements_are_known_by_the_words_before_the_numbers() -> None:
    told = "Nhận {1.517 tin|id=w}; {done} {1.430 tin|whole=w; subject=xử lý}, {open} {97 tin|whole=w; subject=xử lý}."
    both = told.replace("{done}", "đã xử lý xong").replace("{open}", "đang xử lý")
    assert verdicts("sum.parts", both) == [Verdict.CONFLICT]
    other = told.replace("{done}", "chuyển xã").replace("{open}", "chuyển huyện")
    assert verdicts("sum.parts", other) == []


def test_a_sum_of_which_a_part_was_not_read_is_no_conflict() -> None:
    text = "Mua {9 món|id=w} gồm {2 bìa|whole=w}, %s và {4 hộp|whole=w}."
    assert verdicts("sum.parts", text % "03-kẹp") == []
    assert verdicts("sum.parts", text % "{02 kẹp|whole=w}") == [Verdict.CONFLICT]


def test_rounded_parts_may_miss_a_rounded_total_by_their_rounding() -> None:
    sentence = "Chi {10,1 tỷ đồng|id=w}, gồm {3,3 tỷ đồng|whole=w}, {3,4 tỷ đồng|whole=w}, {3,3 tỷ đồng|whole=w}."
    assert verdicts("sum.parts", sentence) == [Verdict.CONSISTENT]


def test_parts_in_another_unit_are_brought_to_the_unit_of_the_whole() -> None:
    sentence = "Chi {12.500 triệu đồng|id=w}, gồm {12 tỷ đồng|whole=w} và {500 triệu đồng|whole=w}."
    assert verdicts("sum.parts", sentence) == [Verdict.CONSISTENT]


def test_a_part_cannot_exceed_its_whole() -> None:
    sentence = "Có {40 cơ sở|id=w}, trong đó có {50 cơ sở|whole=w} mới."
    assert verdicts("sum.part-exceeds-whole", sentence) == [Verdict.CONFLICT]


@pytest.mark.parametrize("stated", ["72,72%", "72,73%", "72,7%", "73%"])
def test_a_rate_rounded_or_truncated_holds(stated: str) -> None:
    assert verdicts("rate.counts", f"Đã nối {{8/11 kho}} ({{{stated}}}).") == [Verdict.CONSISTENT]


def test_a_rate_that_its_fraction_does_not_give_is_a_conflict() -> None:
    (finding,) = findings("rate.counts", "Đã nối {8/11 kho} ({75,20%}).")
    assert finding.verdict is Verdict.CONFLICT
    assert "8 / 11 = 72,73% ≠ 75,20%" in finding.message


def test_a_rate_behind_a_part_of_a_whole_is_checked_against_both() -> None:
    sentence = "Có {9.400 lượt|id=w} tra cứu; trong đó {7.050 lượt|whole=w} thành công, đạt tỷ lệ {{{}}}."
    assert verdicts("rate.counts", sentence.replace("{{{}}}", "{75,00%}")) == [Verdict.CONSISTENT]
    assert verdicts("rate.counts", sentence.replace("{{{}}}", "{78,50%}")) == [Verdict.CONFLICT]


def test_a_rate_that_is_expected_is_not_computed_from_what_was_done() -> None:
    plan = "Kế hoạch vốn {40 tỷ đồng}, đã hoàn thành {30 tỷ đồng}, "
    assert findings("rate.counts", plan + "ước giải ngân cả năm đạt {98%|status=estimate}.") == []
    assert verdicts("rate.counts", plan + "đạt {98%}.") == [Verdict.CONFLICT]


def test_statements_in_brackets_are_no_parts() -> None:
    told = "Có {480 phụ nữ} sinh con (số trẻ sinh ra là {470 trẻ}, tỷ số giới tính là {104 trẻ})."
    assert findings("sum.inline", told) == []
    listed = "Ban hành {480 văn bản} ({370 nghị quyết}, {104 quyết định})."
    assert verdicts("sum.inline", listed) == [Verdict.CONFLICT]


def test_a_rate_finds_its_two_counts_in_the_sentence_before() -> None:
    counts = "Tổng số người hưởng là {13.200 người}."
    paid = "Đã trả qua tài khoản {12.700 trường hợp} với số tiền {99.000.000 đồng}, đạt tỷ lệ {96,21%}."
    (finding,) = findings("rate.counts", counts, paid)
    assert finding.verdict is Verdict.CONSISTENT
    assert {"13200", "12700"} <= set(finding.values)


def test_a_rate_finds_the_total_that_the_document_names_elsewhere() -> None:
    far = ["Đã hỗ trợ {61 xã}, đạt {50,83%}.", "Câu một.", "Câu hai.", "Câu ba.", "Có {57/120 xã} đạt chuẩn."]
    assert verdicts("rate.counts", *far) == [Verdict.CONSISTENT]


def test_counts_that_allow_any_rate_confirm_none() -> None:
    texts = ("Chi {hơn 138 tỷ đồng} trong {hơn 329 tỷ đồng}.", "Mức chi đạt {51,51 %}.")
    assert verdicts("rate.counts", *texts) == []


def test_a_rate_without_counts_of_its_own_is_left_alone() -> None:
    assert findings("rate.counts", "Đã cấp {300 thẻ} và {20 giấy phép}; tỷ lệ hài lòng {91,5%}.") == []


def test_a_share_above_a_hundred_percent_is_impossible() -> None:
    assert verdicts("rate.over-100", "Tỷ lệ hồ sơ đúng hạn chiếm {104%}.") == [Verdict.CONFLICT]
    assert findings("rate.over-100", "Thu ngân sách tăng {104%} so với cùng kỳ.") == []


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("{1.250 hồ sơ}, tăng {25%} so với cùng kỳ năm trước ({1.000 hồ sơ})", Verdict.CONSISTENT),
        ("{1.250 hồ sơ}, tăng {35%} so với cùng kỳ năm trước ({1.000 hồ sơ})", Verdict.CONFLICT),
        ("{800 vụ}, giảm {20%} so với cùng kỳ ({1.000 vụ})", Verdict.CONSISTENT),
        ("{1.250 hồ sơ}, bằng {125%} so với cùng kỳ ({1.000 hồ sơ})", Verdict.CONSISTENT),
        ("{1.250 hồ sơ}, bằng {152%} so với cùng kỳ ({1.000 hồ sơ})", Verdict.CONFLICT),
    ],
)
def test_a_change_is_checked_against_both_periods(words: str, expected: Verdict) -> None:
    assert verdicts("change.percent", words) == [expected]


def test_counts_of_other_things_must_come_near_a_change_to_contradict_it() -> None:
    far = "Có {72.110 hội viên}; tăng {3,9 %} so với tháng trước ({58.886 thẻ})."
    near = "Đã gặp {3.126 dự án}, bằng {185 %} so với kỳ trước ({1.563 cơ sở})."
    assert verdicts("change.percent", far) == []
    assert verdicts("change.percent", near) == [Verdict.CONFLICT]


def test_a_change_finds_the_earlier_period_in_its_footnote() -> None:
    text = "Đã tư vấn cho {2.400 dự án}, bằng {160%} so với cùng kỳ nhiệm kỳ trước⁴."
    note = "[4] Nhiệm kỳ trước, Sở đã tư vấn cho {1.200 dự án}."
    assert verdicts("change.percent", text, note) == [Verdict.CONFLICT]


def test_an_amount_agrees_with_its_words_in_its_own_unit_or_in_full() -> None:
    assert verdicts("words.amount", "Cấp {1.800 triệu đồng|words=1800000000}.") == [Verdict.CONSISTENT]
    assert verdicts("words.amount", "Cấp {5.249.402 đồng|words=5249402}.") == [Verdict.CONSISTENT]


def test_an_amount_that_its_words_contradict_is_a_conflict_with_its_cause() -> None:
    (finding,) = findings("words.amount", "Cấp {1.300 triệu đồng|words=1800000000}.")
    assert finding.verdict is Verdict.CONFLICT
    assert finding.difference == 500


def test_an_overall_rate_is_checked_against_its_areas() -> None:
    note = "[2] Khu A: {970/980 người}, khu B: {1.230/1.240 người}."
    assert verdicts("rate.pooled", "Đồng bộ đạt {99,10%}².", note) == [Verdict.CONSISTENT]
    assert verdicts("rate.pooled", "Đồng bộ đạt {98,10%}².", note) == [Verdict.CONFLICT]


def test_a_unit_between_the_numbers_of_a_fraction_does_not_part_them() -> None:
    note = "[2] Khu A: {970 người}/{980 trường hợp}, khu B: {1.230/1.240 trường hợp}."
    assert verdicts("rate.pooled", "Đồng bộ đạt {99,10%}².", note) == [Verdict.CONSISTENT]
    assert verdicts("rate.pooled", "Đồng bộ đạt {98,10%}².", note) == [Verdict.CONFLICT]


def test_an_overall_share_is_checked_against_counts_and_shares_of_its_areas() -> None:
    note = "[2] Khu A ({100 trạm}, {10,0%}); khu B ({50 trạm}, {5,00%})."
    assert verdicts("rate.pooled", "Có {150 trạm}, chiếm {7,5%} số trạm².", note) == [Verdict.CONSISTENT]
    assert verdicts("rate.pooled", "Có {150 trạm}, chiếm {8,6%} số trạm².", note) == [Verdict.CONFLICT]


def test_findings_are_the_same_in_every_run_and_every_order() -> None:
    one = document("mot.txt", "Có {900 đơn|id=w}, gồm {600 đơn|whole=w}, {200 đơn|whole=w}.")
    two = document("hai.txt", "Đã nối {8/11 kho} ({75,20%}).")
    assert reconcile([one, two]) == reconcile([two, one])


def test_all_numbers_are_exact() -> None:
    (finding,) = findings("sum.parts", "Chi {1,10 đồng|id=w}, gồm {0,35 đồng|whole=w} và {0,35 đồng|whole=w}.")
    assert finding.difference == Decimal("0.40")


@pytest.mark.parametrize(
    "sentence",
    [
        # a bracket that is closed before the parts announces none
        "Đạt {598 tấn|id=w} (bằng 74% kế hoạch); trong đó {372 tấn|whole=w} cá, {41 tấn|whole=w} tôm.",
        # a selection, and what is left over without a number
        "Có {48.205 hộ|id=w}, trong đó {21.344 hộ|whole=w} nghèo, {15.972 hộ|whole=w} già, {2.118 hộ|whole=w} trẻ.",
        "Có {900 hộ|id=w}, gồm {400 hộ|whole=w} nghèo, {300 hộ|whole=w} già; còn lại là các hộ khác.",
    ],
)
def test_parts_that_are_a_selection_are_no_conflict(sentence: str) -> None:
    assert verdicts("sum.parts", sentence) == []


def test_a_list_behind_trong_do_that_misses_its_whole_by_one_slip_is_a_conflict() -> None:
    text = "Có {%s hộ|id=w}, trong đó {400 hộ|whole=w} nghèo, {300 hộ|whole=w} già, {200 hộ|whole=w} trẻ."
    assert verdicts("sum.parts", text % "990") == [Verdict.CONFLICT]
    assert verdicts("sum.parts", text % "987") == []


@pytest.mark.parametrize(("rate", "verdict"), [("107,5", Verdict.CONSISTENT), ("105,7", Verdict.CONFLICT)])
def test_a_result_is_compared_with_the_plan_in_the_bracket_behind_its_rate(rate: str, verdict: Verdict) -> None:
    text = f"Kết nạp {{43 đảng viên}}, đạt {{{rate} %}} chỉ tiêu ({{40 đảng viên|status=target}})."
    assert verdicts("change.percent", text) == [verdict]


def test_a_rate_of_a_plan_is_no_share_of_the_whole() -> None:
    told = "Giải ngân {5.036 tỷ đồng|id=w}.", "Vốn tỉnh {3.427 tỷ đồng|whole=w}, đạt {56,0 %} kế hoạch."
    assert verdicts("rate.counts", *told) == []


@pytest.mark.parametrize(("rate", "verdict"), [("7,29", Verdict.CONSISTENT), ("7,92", Verdict.CONFLICT)])
def test_a_step_may_be_told_again_as_a_rate_behind_what_it_is_compared_with(rate: str, verdict: Verdict) -> None:
    text = (
        "Nợ {612,8 tỷ đồng}, giảm {48,2 tỷ đồng} so với cùng kỳ năm trước ({661,0 tỷ đồng}), "
        f"tương ứng giảm {{{rate} %}}."
    )
    assert verdicts("change.percent", text) == [verdict]


def test_of_several_counts_of_one_unit_that_one_has_grown_which_makes_the_rate() -> None:
    text = "Có {31 vụ} vi phạm, {2 vụ} chuyển điều tra, giảm {22,5 %} so với cùng kỳ ({40 vụ})."
    (finding,) = findings("change.percent", text)
    assert (finding.verdict, finding.values) == (Verdict.CONSISTENT, ("22.5", "31", "40"))


@pytest.mark.parametrize(("rate", "verdicts_"), [("20", [Verdict.CONSISTENT]), ("25", [Verdict.CONFLICT]), ("90", [])])
def test_bases_may_be_announced_in_a_bracket_at_the_beginning(rate: str, verdicts_: list[Verdict]) -> None:
    now = "Tổ chức hội làng với {27,48 tỷ đồng|subject=kinh phí}."
    text = f"So với năm 2024 (kinh phí {{22,9 tỷ đồng|subject=kinh phí}}), kinh phí tăng {{{rate} %}}."
    assert verdicts("change.percent", now, text) == verdicts_


@pytest.mark.parametrize(("rate", "verdict"), [("75", Verdict.CONSISTENT), ("57", Verdict.CONFLICT)])
def test_a_fraction_may_be_told_in_words(rate: str, verdict: Verdict) -> None:
    text = f"Đã chi {{1.905 tỷ đồng}} trên {{2.540 tỷ đồng}} được duyệt (đạt {{{rate} %}})."
    assert verdicts("rate.counts", text) == [verdict]


def test_a_share_in_the_bracket_behind_a_part_is_one_of_its_whole() -> None:
    text = "Xử lý {500 vụ|id=w}, trong đó rượu bia {110 vụ|whole=w} (chiếm {%s %%}), tốc độ {90 vụ|whole=w}."
    assert verdicts("rate.counts", text % "22") == [Verdict.CONSISTENT]
    assert verdicts("rate.counts", text % "32") == [Verdict.CONFLICT]


@pytest.mark.parametrize(("left", "verdict"), [("6", Verdict.CONSISTENT), ("7", Verdict.CONFLICT)])
def test_what_a_fraction_leaves_is_compared_with_what_is_said_to_be_left(left: str, verdict: Verdict) -> None:
    text = f"Có {{48/54 xã}} đã ban hành quy ước; còn {{{left} xã}} chưa ban hành."
    assert verdicts("sum.inline", text) == [verdict]


def test_what_is_left_of_something_else_is_not_compared() -> None:
    assert verdicts("sum.inline", "Có {48/54 xã} đã ban hành quy ước; còn {9 xã} chưa có nhà văn hóa.") == []


def test_figures_of_the_next_sentence_that_make_a_total_exactly_are_told() -> None:
    told = "Tổng thu {43.915 tỷ đồng}.", "Khối lữ hành {11.208 tỷ đồng}; khối lưu trú {32.707 tỷ đồng}."
    assert verdicts("sum.inline", *told) == [Verdict.CONSISTENT]
    assert verdicts("sum.inline", told[0], told[1].replace("32.707", "32.770")) == []


def test_the_parts_of_what_grew_are_not_what_it_grew_from() -> None:
    parts = "{250,4 tỷ đồng|whole=w} phí, {68 tỷ đồng|whole=w} khác"
    told = f"Thu {{318,4 tỷ đồng|id=w}}, tăng {{11,2%}} so với năm trước, gồm: {parts}."
    assert findings("change.percent", told) == []
