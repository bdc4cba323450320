"""What a figure counts, in the words of the document: nouns behind it, verbs before it, names taken up again."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pipeline.extract import antecedents
from pipeline.extract.extraction import extract
from tests.extract_reading import reading


def subjects(text: str) -> dict[str, str]:
    return {f"{figure.value:f}": figure.subject for figure in extract(reading(text)).figures}


@pytest.mark.parametrize(
    ("text", "value", "subject"),
    [
        ("Còn 12 sở, ngành chưa kết nối kho dữ liệu.", "12", "sở ngành chưa kết nối kho dữ liệu"),
        ("Có 430 doanh nghiệp, hợp tác xã bán hàng với 90 gian.", "430", "doanh nghiệp hợp tác xã bán hàng"),
        ("Đã mở lớp cho 90 người là cán bộ, công chức cấp xã.", "90", "người là cán bộ công chức cấp xã"),
    ],
)
def test_a_list_of_nouns_behind_a_number_is_counted_by_it(text: str, value: str, subject: str) -> None:
    assert subject in subjects(text)[value]


def test_a_noun_with_a_number_of_its_own_is_no_part_of_the_list_before_it() -> None:
    found = subjects("Huyện có 445 người nghỉ chế độ, trong đó công chức 247 người, viên chức 198 người.")
    assert "viên chức" not in found["247"]
    assert "viên chức" in found["198"]


@pytest.mark.parametrize(
    ("text", "absent"),
    [
        ("Toàn huyện còn 88 phòng học tạm, tập trung ở các xã ven biển.", "tập trung"),
        ("Đã gửi 40 văn bản, đồng thời rà soát lại.", "đồng thời"),
        ("Đã lắp 36 trạm tại một số khu phố, trung tâm huyện.", "trung tâm"),
    ],
)
def test_what_only_looks_like_a_noun_ends_the_phrase(text: str, absent: str) -> None:
    (subject,) = subjects(text).values()
    assert absent not in subject


def test_a_leading_percentage_is_a_share_of_all_that_is_said_up_to_the_verb_phrase() -> None:
    text = "100% cán bộ, công chức, viên chức thuộc Ủy ban nhân dân huyện sử dụng thành thạo thư điện tử."
    assert "sử dụng thành thạo thư điện tử" in subjects(text)["100"]


def test_a_word_of_two_syllables_is_not_cut() -> None:
    assert subjects("Tổng kinh phí thực hiện là: 730.000.000 đồng.")["730000000"] == "kinh phí thực hiện"


def test_a_verb_alone_says_what_the_clause_before_it_was_about() -> None:
    text = "Phòng họp không giấy của huyện phục vụ 75 cuộc họp, tiết kiệm 82.450 trang giấy."
    assert {"tiết", "kiệm", "phòng", "họp", "không"} <= set(subjects(text)["82450"].lower().split())


def test_an_adverbial_holds_for_both_verbs() -> None:
    text = (
        "Huyện đã gửi và nhận 17.400 văn bản. Cụ thể, qua trục liên thông, đã gửi 1.600 văn bản và nhận 15.800 văn bản."
    )
    found = subjects(text)
    assert "trục liên thông" in found["1600"]
    assert "nhận" in found["15800"].split()
    assert "trục liên thông" in found["15800"]


def test_a_part_in_a_bracket_counts_what_stands_before_it() -> None:
    text = (
        "Hai nhóm thủ tục đã phát sinh 89 hồ sơ, gồm:\n"
        "- Đăng ký khai sinh, cấp thẻ bảo hiểm y tế (phát sinh 79 hồ sơ).\n"
        "- Đăng ký khai tử, hỗ trợ mai táng (phát sinh 10 hồ sơ).\n"
    )
    found = {figure.value: figure for figure in extract(reading(text)).figures}
    assert "khai sinh" in found[Decimal(79)].subject
    assert "khai tử" in found[Decimal(10)].subject
    assert found[Decimal(79)].part_of == found[Decimal(10)].part_of == Decimal(89)


class TestAntecedents:
    PARAGRAPH = (
        "Huyện vận hành thông suốt hệ thống một cửa điện tử liên thông, góp phần phục vụ người dân. "
        "Kết quả, hệ thống tiếp nhận 1.390 hồ sơ và đã giải quyết 1.240 hồ sơ theo quy định."
    )

    def test_a_bare_class_noun_is_the_last_thing_of_its_class_named_in_full(self) -> None:
        found = subjects(self.PARAGRAPH)
        assert "một cửa điện tử liên thông" in found["1390"]
        assert "một cửa điện tử liên thông" in found["1240"]

    def test_what_was_named_in_another_paragraph_is_not_meant(self) -> None:
        apart = self.PARAGRAPH.replace(". Kết quả", ".\n2. Kết quả")
        assert "một cửa" not in subjects(apart)["1390"]

    @pytest.mark.parametrize(
        "clause",
        ["các hệ thống tiếp nhận ", "3 hệ thống tiếp nhận ", "hệ thống thư điện tử của huyện đã gửi ", "huyện có "],
    )
    def test_several_and_those_that_are_named_are_not_bare(self, clause: str) -> None:
        assert antecedents.named(clause, f"Hệ thống một cửa điện tử vận hành tốt. {clause}") == ""

    def test_without_a_name_before_it_nothing_is_meant(self) -> None:
        assert antecedents.named("Hệ thống đã gửi ", "Hệ thống đã gửi ") == ""
