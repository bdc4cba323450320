"""Footnote marks that a reader took for other signs are found again, where only one place can be theirs."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.language.unicode import SUPERSCRIPTS
from pipeline.normalize.lost_marks import recover_marks
from pipeline.normalize.mark_signs import Reader, load_signs, signs_of
from pipeline.normalize.proportions import Proportions
from pipeline.normalize.repair import Repairer

FILL = ["Trong quy, cac xa da tiep nhan va giai quyet ho so cua nguoi dan dung han theo quy dinh"] * 12


def test_a_sign_is_a_mark_where_its_note_stands_below() -> None:
    page = [*FILL, "Huyen da ho tro 12 xa vung cao! mo lop hoc.", *FILL, "' Xa An Hoa, xa Binh Loi, xa Cat Tan."]
    found = recover_marks(page)
    assert found[12] == "Huyen da ho tro 12 xa vung cao¹ mo lop hoc."
    assert found[-1] == "¹ Xa An Hoa, xa Binh Loi, xa Cat Tan."


def test_marks_follow_each_other_as_their_notes_do() -> None:
    page = [
        *FILL,
        "Ban chi dao da hop bon lan! trong quy, giao viec cho tung phong? va",
        "tung xa phuong® theo ke hoach cua huyen.",
        *FILL,
        "1 Bien ban hop cua Ban chi dao.",
        "2 Quyet dinh phan cong cua huyen.",
        "3 Ke hoach cua huyen trong nam.",
    ]
    found = recover_marks(page)
    assert found[12:14] == [
        "Ban chi dao da hop bon lan¹ trong quy, giao viec cho tung phong² va",
        "tung xa phuong³ theo ke hoach cua huyen.",
    ]
    assert [line[0] for line in found[-3:]] == ["¹", "²", "³"]


def test_a_note_between_two_whose_marks_were_found_is_one_though_its_own_was_lost() -> None:
    page = [
        *FILL,
        "Ban chi dao da hop bon lan! trong quy, giao viec cho tung phong va",
        "tung xa phuong³ theo ke hoach cua huyen.",
        *FILL,
        "1 Bien ban hop cua Ban chi dao.",
        "2 quyet dinh phan cong cua huyen.",
        "3 Ke hoach cua huyen trong nam.",
    ]
    assert [line[0] for line in recover_marks(page)[-3:]] == ["¹", "²", "³"]


def test_without_the_note_a_sign_stays() -> None:
    page = [*FILL, "Huyen da ho tro 12 xa vung cao! mo lop hoc.", *FILL]
    assert recover_marks(page) == page


def test_where_two_signs_could_be_the_mark_both_stay() -> None:
    page = [
        *FILL,
        "Mo lop hoc tai 12 xa vung cao! va tram xa! vung xa.",
        *FILL,
        "1 Xa An Hoa, xa Binh Loi, xa Cat Tan.",
    ]
    assert recover_marks(page) == page


def test_a_mark_stands_on_the_page_of_its_note() -> None:
    first = [*FILL, "Mo lop hoc tai 12 xa vung cao! cua huyen."]
    second = [*FILL, "Mo tram xa tai 9 thon vung xa! cua huyen.", *FILL, "1 Xa An Hoa, xa Binh Loi, xa Cat Tan."]
    found = recover_marks([*first, *second], [0, len(first)])
    assert found[: len(first)] == first
    assert found[len(first) + 12] == "Mo tram xa tai 9 thon vung xa¹ cua huyen."


def test_closing_quotation_marks_are_no_marks() -> None:
    page = [*FILL, "Phong trao “Binh dan hoc vu so” duoc mo rong.", *FILL, "2 Ke hoach cua huyen trong nam."]
    assert recover_marks(page) == page
    assert not list(signs_of("trao “Binh dan hoc vu so” duoc"))
    assert not list(signs_of("hoc vu so” duoc", before="Phong trao “Binh dan"))


def test_a_percent_sign_that_arithmetic_denies_was_part_of_the_mark() -> None:
    def found(share: str) -> str:
        call = f"So xa da duoc ho tro la 86%!, dat {share}%."
        page = ["Toan tinh co 124 xa, phuong.", *FILL, call, *FILL, "1 Xa An Hoa, xa Binh Loi va cac xa khac cua tinh."]
        return recover_marks(page)[13]

    assert found("69,35") == "So xa da duoc ho tro la 86¹, dat 69,35%."
    assert found("70,35").startswith("So xa da duoc ho tro la 86%")


def test_a_share_proves_its_count() -> None:
    known = Proportions(["Toàn tỉnh có 124 xã, phường; 1.250 hộ."])
    assert known.agrees(66, ", đạt 53,22%.")
    assert known.agrees(66, " xã (53,23%)")
    assert not known.agrees(662, ", đạt 53,22%.")
    assert known.agrees(1000, " hộ, chiếm 80,0%.")
    assert not known.agrees(66, ", đạt yêu cầu; trong đó")


@pytest.mark.parametrize("reader", list(Reader))
def test_readings_of_each_mark_are_shares(reader: Reader) -> None:
    table = load_signs(reader)
    for readings in (table.text, table.notes):
        assert all(
            0 < sum(shares.values()) <= 1.0001 for shares in (*readings.marks.values(), *readings.digits.values())
        )
        assert {str(digit) for digit in range(10)} <= readings.digits.keys()


def test_a_found_mark_does_not_hinder_the_repair_of_its_word() -> None:
    page = [
        "Uy ban nhan dan huyén bao cdo két qua thuc hién nhiém vu quy III nam 2024",
        "Trong quy, huyén da hd trg 12 x4, phuong! trién khai dich vu cong truc tuyén.",
        "Tong s6 hd so da tiép nhan 1a 3.412 hd so, dat 98,5% ké hoach duge giao.",
        "' X4 An Hoa, xa Binh Loi va phuong Cat Tan.",
    ]
    repaired = Repairer.load().repair_lines(page)
    assert "xã, phường¹ triển khai" in repaired[1]
    assert repaired[3].startswith("¹ Xã An Hòa")


WORDS = ("xã", "đã", "giải", "quyết", "12", "hồ", "sơ,", "35%", "đúng", "hạn.")
LINES = st.lists(st.text(alphabet="ab 129!?'®°”“.,%-", max_size=30), max_size=14)


@given(LINES)
def test_finding_marks_twice_finds_no_more(lines: list[str]) -> None:
    once = recover_marks(lines)
    assert recover_marks(once) == once


@given(LINES)
def test_a_line_changes_only_where_a_mark_was_written(lines: list[str]) -> None:
    for line, found in zip(lines, recover_marks(lines), strict=True):
        kept = re.split(rf"[{SUPERSCRIPTS}]+", found)
        assert re.fullmatch(r"[\d\W]{0,5}".join(map(re.escape, kept)), line)


@given(st.lists(st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join), max_size=20))
def test_text_without_signs_is_left_alone(lines: list[str]) -> None:
    assert recover_marks(lines) == lines
