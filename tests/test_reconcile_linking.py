"""The same fact stated twice: what is linked, what is not, and what is told of it."""

from __future__ import annotations

import datetime as dt

from reconcile_documents import document

from pipeline.models import Extraction, Finding, Severity, Verdict
from pipeline.reconcile.context import Context
from pipeline.reconcile.linking import content_words, facts, links
from pipeline.reconcile.reconciliation import reconcile

AUGUST, OCTOBER = dt.date(2025, 8, 20), dt.date(2025, 10, 20)
CAMERA = "subject=đưa vào vận hành camera giám sát giao thông"
SURROUNDINGS = (
    "Đã trồng {1.204 cây|subject=trồng cây xanh đô thị}.",
    "Sửa chữa {37 cầu|subject=sửa chữa cầu nông thôn}.",
    "Cấp phát {5.600 thẻ|subject=cấp phát thẻ thư viện}.",
)


def stated(findings: list[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.code.startswith("fact.")]


def of(*documents: Extraction) -> list[Finding]:
    return stated(reconcile(list(documents)))


def camera(number: str, options: str = "") -> str:
    return f"Đã đưa vào vận hành {{{number} camera|{CAMERA}; {options}}} giám sát giao thông."


def test_two_numbers_for_one_fact_are_a_conflict_that_says_why_they_were_compared() -> None:
    (finding,) = of(document("a.txt", camera("366"), *SURROUNDINGS, camera("356")))
    assert finding.verdict is Verdict.CONFLICT
    assert finding.severity is Severity.HIGH
    assert finding.values == ("366", "356")
    assert finding.difference == 10
    assert "camera" in finding.link
    assert "cùng văn bản" in finding.link
    assert finding.cause == "nhầm chữ số 5/6"


def test_the_same_number_stated_twice_is_consistent() -> None:
    (finding,) = of(document("a.txt", camera("366"), *SURROUNDINGS, camera("366")))
    assert finding.verdict is Verdict.CONSISTENT


def test_a_conflict_of_three_mentions_is_reported_once() -> None:
    (finding,) = of(document("a.txt", camera("366"), *SURROUNDINGS, camera("356"), camera("366")))
    assert finding.values == ("366", "356")


def test_documents_of_one_day_are_compared_and_their_link_names_the_day() -> None:
    one = document("a.txt", camera("366"), *SURROUNDINGS, issued=AUGUST)
    two = document("b.txt", camera("356"), issued=AUGUST)
    (finding,) = of(one, two)
    assert finding.code == "fact.documents"
    assert finding.documents == ("a.txt", "b.txt")
    assert "20/08/2025" in finding.link


def test_a_number_may_grow_between_two_documents() -> None:
    one = document("a.txt", camera("356"), *SURROUNDINGS, issued=AUGUST)
    assert of(one, document("b.txt", camera("366"), issued=OCTOBER)) == []


def test_a_unit_that_a_reader_lost_does_not_part_one_long_number_with_two_digits_swapped() -> None:
    lost = "subject=đưa vào vận hành camera giám sát giao thông thông minh"
    (finding,) = of(document("a.txt", camera("61.204"), *SURROUNDINGS, f"Vận hành {{62.104|{lost}}} giao thông."))
    assert finding.verdict is Verdict.CONFLICT
    assert of(document("a.txt", camera("61.204"), *SURROUNDINGS, f"Vận hành {{61.904|{lost}}} giao thông.")) == []


def test_what_differs_in_one_aspect_is_not_compared() -> None:
    pairs = [
        ("as_of=2025-06-30", "as_of=2025-09-30"),
        ("period=2024-01-01/2024-12-31", "period=2025-01-01/2025-12-31"),
        ("dim=place:xã An Bình", "dim=place:xã Long Phước"),
        ("status=target", "status=result"),
    ]
    for left, right in pairs:
        assert of(document("a.txt", camera("366", left), *SURROUNDINGS, camera("356", right))) == [], (left, right)


def test_two_provinces_have_each_their_own_numbers() -> None:
    one = document("a.txt", camera("366"), *SURROUNDINGS, issued=AUGUST, place="Hòa Giang")
    two = document("b.txt", camera("356"), issued=AUGUST, place="Tân Sơn")
    assert of(one, two) == []


def test_two_numbers_of_one_sentence_are_two_facts() -> None:
    sentence = (
        "Đưa vào vận hành {366 camera|" + CAMERA + "} giám sát giao thông và {356 camera|" + CAMERA + "} an ninh."
    )
    assert of(document("a.txt", sentence, *SURROUNDINGS)) == []


def test_a_rare_word_of_one_name_tells_two_facts_apart() -> None:
    one = "Vận hành {366 camera|subject=vận hành camera giám sát} giám sát."
    two = "Vận hành {356 camera|subject=vận hành camera giám sát Bưng Cốc} giám sát tại Bưng Cốc."
    more = [f"Vận hành {{{n}.500 máy|subject=vận hành máy bơm giám sát số {n}}}." for n in range(1, 9)]
    assert of(document("a.txt", one, *more, two)) == []


def test_swapped_digits_prove_no_error_where_either_name_has_a_rare_word_of_its_own() -> None:
    one = "Có {210 người|subject=người được điều trị Arvotin mới} đang điều trị."
    two = "Có {120 người|subject=người được điều trị bằng Metadol} đang điều trị."
    more = [f"Có {{{n}.500 người|subject=người được điều trị bệnh loại {n}}}." for n in range(1, 9)]
    assert of(document("a.txt", one, *more, two)) == []


NAMED = "subject=vốn giải ngân lũy kế đến kỳ báo cáo"


def hospitals(first: str, second: str) -> Extraction:
    def spent(value: str) -> str:
        return f"Lũy kế vốn giải ngân đến kỳ báo cáo {{{value} tỷ đồng|{NAMED}}}."

    return document("a.txt", first, spent("627,3"), *SURROUNDINGS, second, spent("705,1"))


def test_parallel_items_of_a_list_tell_of_different_things() -> None:
    parted = hospitals("2.3.1. Trường trung học An Lạc (giai đoạn một).", "2.3.2. Trường trung học Bình Sơn.")
    assert of(parted) == []
    dashed = hospitals(
        "- Đối với phương thức kiểm tra viết: mở sớm.", "- Đối với phương thức xét tuyển hồ sơ: mở muộn."
    )
    assert of(dashed) == []


def test_items_that_name_nothing_of_their_own_tell_of_one_thing() -> None:
    (finding,) = of(hospitals("2.3.1. Trường trung học An Lạc.", "2.3.2. Về trường trung học An Lạc."))
    assert finding.verdict is Verdict.CONFLICT


def test_figures_whose_meaning_is_not_known_take_no_part() -> None:
    text = document("a.txt", camera("366"), *SURROUNDINGS, camera("356"))
    doubtful = [figure.model_copy(update={"confidence": 0.3}) for figure in text.figures]
    assert of(text.model_copy(update={"figures": tuple(doubtful)})) == []


def test_like_events_are_each_their_own_unless_the_period_is_one() -> None:
    name = "subject=tổ chức tập huấn kỹ năng số cộng đồng"
    events = ("Tổ chức {{53 lớp|{0}{1}}} tập huấn.", "Tổ chức {{56 lớp|{0}{1}}} tập huấn.")
    free = [event.format(name, "") for event in events]
    assert of(document("a.txt", free[0], *SURROUNDINGS, free[1])) == []
    dated = [event.format(name, "; period=2025-01-01/2025-09-30") for event in events]
    assert [finding.verdict for finding in of(document("a.txt", dated[0], *SURROUNDINGS, dated[1]))] == [
        Verdict.CONFLICT
    ]


def test_values_that_are_worlds_apart_are_two_facts() -> None:
    assert of(document("a.txt", camera("366"), *SURROUNDINGS, camera("12"))) == []


def test_a_unit_slip_is_told_as_the_cause() -> None:
    name = "subject=dự toán bảo trì hệ thống chiếu sáng"
    one, two = (f"Dự toán bảo trì {{{amount}|{name}}}." for amount in ("4.350 triệu đồng", "4.350 tỷ đồng"))
    (finding,) = of(document("a.txt", one, *SURROUNDINGS, two))
    assert finding.cause == "nhầm đơn vị (nghìn, triệu, tỷ)"


def test_fractions_of_one_total_are_compared_however_far_apart() -> None:
    name = "subject=hoàn thành tiêu chí đường giao thông"
    one = f"Có {{63/124 xã|{name}}} hoàn thành tiêu chí."
    two = f"Đã có {{124/124 xã|{name}}} hoàn thành tiêu chí."
    (finding,) = of(document("a.txt", one, *SURROUNDINGS, two))
    assert finding.verdict is Verdict.CONFLICT
    assert finding.values == ("63", "124", "124", "124")


def test_a_norm_is_compared_whatever_the_date_and_the_distance() -> None:
    name = "subject=hồ sơ trung bình phát sinh mỗi thủ tục cung cấp"
    one = document("a.txt", f"Phát sinh {{10 hồ sơ/năm|{name}}}.", *SURROUNDINGS, issued=AUGUST)
    two = document("b.txt", f"Phát sinh {{1.000 hồ sơ/năm|{name}; status=target}}.", issued=OCTOBER)
    (finding,) = of(one, two)
    assert finding.verdict is Verdict.CONFLICT
    assert "định mức" in finding.link


def test_an_abbreviated_unit_is_the_unit_written_out() -> None:
    name = "subject=cấu hình trên hệ thống một cửa"
    one, two = (f"Đã cấu hình {{{stated}|{name}}}." for stated in ("2.078 thủ tục hành chính", "2.075 TTHC"))
    assert len(of(document("a.txt", one, *SURROUNDINGS, two))) == 1


def test_approximations_agree_with_what_they_approximate() -> None:
    name = "subject=chuẩn hóa thông tin thuê bao di động trả trước"
    one, two = (f"Chuẩn hóa {{{stated}|{name}}}." for stated in ("hơn 81.000 thuê bao", "81.234 thuê bao"))
    assert all(finding.verdict is Verdict.CONSISTENT for finding in of(document("a.txt", one, *SURROUNDINGS, two)))


def test_a_conflict_of_parts_that_follows_from_their_wholes_is_not_told_again() -> None:
    def breakdown(total: str, part: str, rest: str, mark: str) -> str:
        name = "subject=giếng khoan cấp phép khai thác"
        return (
            f"Cấp phép {{{total} giếng|id={mark}; {name}}}, gồm {{{part} giếng|whole={mark}; {name} vùng thấp}} "
            f"và {{{rest} giếng|whole={mark}; {name} vùng cao}}."
        )

    text = document(
        "a.txt", breakdown("2.078", "1.692", "386", "x"), *SURROUNDINGS, breakdown("2.075", "1.680", "395", "y")
    )
    assert [finding.values for finding in of(text)] == [("2078", "2075")]


def test_content_words_leave_out_function_words_numbers_and_symbols() -> None:
    assert content_words("Tổng số tài khoản theo Kế hoạch số 02-KH/BCĐ đã được cấp là 1.250") == {"tai", "khoan", "cap"}


def test_only_figures_that_share_a_rare_word_are_ever_compared() -> None:
    many = [f"Mục {n} có {{{n + 100} hồ sơ|subject=hồ sơ loại{n} nhóm{n} vùng{n}}}." for n in range(300)]
    context = Context([document("a.txt", *many)])
    assert list(links(facts(context))) == []


def test_funds_of_the_state_and_of_the_province_are_two_facts_however_alike_their_names() -> None:
    text = "Vốn ngân sách {side} giải ngân {{{value} triệu đồng|subject=vốn ngân sách {side} giải ngân}}."
    told = [text.format(side="trung ương", value="16.086"), text.format(side="địa phương", value="16.068")]
    assert of(document("a.txt", *told, *SURROUNDINGS)) == []
    (finding,) = of(document("a.txt", *[line.replace("trung ương", "địa phương") for line in told], *SURROUNDINGS))
    assert finding.verdict is Verdict.CONFLICT


def test_the_rates_of_a_whole_and_of_its_part_are_two_facts() -> None:
    name = "subject=tỷ lệ giải ngân vốn đầu tư so với kế hoạch vốn"
    told = (
        f"Giải ngân vốn đầu tư {{5.036 tỷ đồng|id=w}}, đạt {{52,0 %|{name}}} kế hoạch vốn.",
        f"Giải ngân vốn của tỉnh {{3.427 tỷ đồng|whole=w}}, đạt {{56,0 %|{name}}} kế hoạch vốn.",
    )
    assert of(document("a.txt", *told, *SURROUNDINGS)) == []


def test_a_part_is_not_held_against_the_whole_that_another_document_calls_otherwise() -> None:
    name = "subject=nhà hư hỏng, tốc mái do lốc"
    parts = f"Có {{5.216 nhà|id=w; subject=nhà thiệt hại}}, trong đó {{5.126 nhà|whole=w; {name}}}."
    one = document("a.txt", parts, *SURROUNDINGS, issued=AUGUST)
    two = document("b.txt", f"Lốc làm {{5.216 nhà|{name}}} hư hỏng, tốc mái.", issued=AUGUST)
    assert of(one, two) == []


def test_a_goal_for_years_ahead_is_not_held_against_this_years_budget() -> None:
    name = "subject=thu ngân sách từ khai thác cát; status=target"
    said = (
        f"Dự toán {{10.000 tỷ đồng|{name}}}.",
        *SURROUNDINGS,
        f"Mục tiêu {{11.000 tỷ đồng|{name}; as_of=2030-12-31}}.",
    )
    assert of(document("a.txt", *said, issued=AUGUST)) == []
