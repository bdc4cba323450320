"""What repair does to wrong readings, to right text, and to numerals. The sentences are our own."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.normalize.repair import Repairer

GARBLED = [
    "Trong thang 10, Uy ban nhan dan xa da tiép nhan 1.245 hd so, giai quyét ding han",
    "1.198 hd so, dat ty 1é 96,2%; con lai 47 hé so dang duge cac b6 phan xem xét.",
    "Viéc trién khai dich vu cong truc tuyén dugc ngudi dan va doanh nghiép quan tam,",
    "tong s6 hd so nép truc tuyén tang so véi cung ky nam 2024.",
]
RIGHT = [
    "Trong tháng 10, Ủy ban nhân dân xã đã tiếp nhận 1.245 hồ sơ, giải quyết đúng hạn",
    "1.198 hồ sơ, đạt tỷ lệ 96,2%; còn lại 47 hồ sơ đang được các bộ phận xem xét.",
    "Việc triển khai dịch vụ công trực tuyến được người dân và doanh nghiệp quan tâm,",
    "tổng số hồ sơ nộp trực tuyến tăng so với cùng kỳ năm 2024.",
]
NUMERAL = re.compile(r"\d+(?:[.,/]\d+)+|\d{3,}")


@pytest.fixture(scope="module")
def repairer() -> Repairer:
    return Repairer.load()


def test_a_wrong_reading_becomes_vietnamese(repairer: Repairer) -> None:
    assert repairer.repair_lines(GARBLED) == RIGHT


def test_right_text_comes_out_as_it_went_in(repairer: Repairer) -> None:
    assert repairer.repair_lines(RIGHT) == RIGHT


def test_addresses_codes_and_symbols_survive(repairer: Repairer) -> None:
    lines = [*GARBLED, "Xem tai https://dichvucong.gov.vn va gui vé hotro@xa.gov.vn theo s6 15/QD-UBND."]
    repaired = repairer.repair_lines(lines)[-1]
    assert "https://dichvucong.gov.vn" in repaired
    assert "hotro@xa.gov.vn" in repaired
    assert "15/QĐ-UBND" in repaired


def test_digits_that_are_words_become_words_and_numbers_stay(repairer: Repairer) -> None:
    repaired = repairer.repair_lines([*GARBLED, "Téng s6 hd so tiép nhan trong ky 13 2.161 hd so, qua han 13 hd so."])
    assert repaired[-1] == "Tổng số hồ sơ tiếp nhận trong kỳ là 2.161 hồ sơ, quá hạn 13 hồ sơ."


def test_what_is_counted_is_likelier_behind_a_numeral_than_what_lists_have(repairer: Repairer) -> None:
    lines = [*GARBLED, "Toan x4 cé 57 ho dugc vay v6n, trong dé 12 ho ngheo."]
    assert repairer.repair_lines(lines)[-1] == "Toàn xã có 57 hộ được vay vốn, trong đó 12 hộ nghèo."


def test_a_digit_alone_in_running_text_is_rather_a_word(repairer: Repairer) -> None:
    lines = [*GARBLED, "Hé so qua han 6 mt s6 xa ven bién."]
    assert repairer.repair_lines(lines)[-1] == "Hồ sơ quá hạn ở một số xã ven biển."


def test_the_letters_of_list_items_in_capitals_stay_in_order(repairer: Repairer) -> None:
    lines = ["C) HO SO DE NGHI HO TRO", "D) CO QUAN TIEP NHAN HO SO", "D) THOI HAN GIAI QUYET HO SO", "E) LE PHI"]
    assert [line[:2] for line in repairer.repair_lines(GARBLED + lines)[len(GARBLED) :]] == ["C)", "D)", "Đ)", "E)"]


def test_no_lines_are_no_lines(repairer: Repairer) -> None:
    assert repairer.repair_lines([]) == []
    assert repairer.repair_lines(["", "  "]) == ["", "  "]


@settings(max_examples=20, deadline=None)
@given(st.lists(st.one_of(st.text(max_size=60), st.sampled_from(GARBLED)), max_size=8))
def test_any_text_keeps_its_number_of_lines(lines: list[str]) -> None:
    assert len(Repairer.load().repair_lines(lines)) == len(lines)


@settings(max_examples=20, deadline=None)
@given(st.integers(100, 9_999_999), st.integers(0, 99), st.integers(1, 28), st.integers(1, 12))
def test_a_numeral_keeps_its_digits(count: int, cents: int, day: int, month: int) -> None:
    grouped = f"{count:,}".replace(",", ".")
    line = f"den ngay {day:02}/{month}/2025 da giai ngan {grouped} triéu dong, dat {cents},{day:02}% ké hoach"
    repaired = Repairer.load().repair_lines([*GARBLED, line])[-1]
    assert NUMERAL.findall(repaired) == NUMERAL.findall(line)


def test_a_mark_glued_to_a_wrong_reading_is_set_as_superscript(repairer: Repairer) -> None:
    notes = ["1 Theo bao cao cia Van phong Uy ban nhan dan xa.", "2 Trong d6 c6 12 hd so tra lai."]
    repaired = repairer.repair_lines([*GARBLED, "Két qua giai quyét duge 96,25%1; c6 1.2452 hd so.", *notes])
    assert repaired[-3] == "Kết quả giải quyết được 96,25%¹; có 1.245² hồ sơ."
    assert repaired[-2].startswith("¹ Theo báo cáo của Văn phòng")
