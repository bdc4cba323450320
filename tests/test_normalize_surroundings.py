"""What its place says of a token."""

from __future__ import annotations

import pytest

from pipeline.normalize.pieces import Sort, Spot, cut_line, sentences
from pipeline.normalize.repair import Repairer
from pipeline.normalize.surroundings import Surroundings, surroundings

AROUND = [
    "Uy ban nhan dan xa bao cao két qua thuc hién nhiém vu trong thang 10 nam 2025.",
    "Tong s6 hd so da tiép nhan 1a 1.245 hd so, giai quyét ding han 1.198 hd so.",
]


def of(line: str) -> dict[str, Surroundings]:
    pieces = [cut_line(line)]
    found = surroundings(pieces, list(sentences(pieces, [line])))
    return {pieces[0][spot.place].text: where for spot, where in found.items()}


def test_the_first_word_of_a_sentence_may_have_a_capital() -> None:
    where = of("Ban hanh ké hoach. Giao cac don vi")
    assert where["Ban"] == where["Giao"] == Surroundings.INITIAL
    assert where["cac"] == Surroundings.NONE


def test_a_word_behind_a_numeral_in_running_text_is_what_is_counted() -> None:
    assert Surroundings.COUNTED in of("Vung bai boi co 57 ghe thuyen")["ghe"]
    assert Surroundings.COUNTED not in of("57 ghe thuyen")["ghe"]  # the number of a row
    assert Surroundings.COUNTED not in of("Hai san 57 2.000 ghe thuyen")["ghe"]  # cells of a table
    assert Surroundings.COUNTED not in of("Lang 57 Ghe thuyen")["Ghe"]


def test_a_short_word_between_capitals_is_in_capitals() -> None:
    assert of("LAI, CO TUC DUGC NHAN")["CO"] == Surroundings.CAPITALS
    assert of("cua UBND CO quan")["CO"] == Surroundings.NONE


def test_a_line_of_capitals_is_one_though_some_letters_were_read_as_small() -> None:
    where = of("CONG HOA xA HQI CHU NGHiA VIET NAM DAN CHlr")
    assert set(where.values()) == {Surroundings.CAPITALS}
    assert Surroundings.CAPITALS not in of("UBND tinh, HDND tinh va VPUBND").values()


@pytest.mark.parametrize(
    ("line", "token", "flagged"),
    [
        ("hd so 13 2.161", "13", True),
        ("dat ty 16 97%", "16", True),
        ("1 So Xay dung 14 1.986.400", "14", False),  # a row of a table
        ("hd so 45 2.161", "45", False),  # no word looks like it
        ("hd so 13 hd so", "13", False),
    ],
)
def test_a_small_numeral_before_another_is_rather_a_word(line: str, token: str, flagged: bool) -> None:
    assert (Surroundings.BEFORE_NUMERAL in of(line)[token]) is flagged


def test_only_tokens_that_are_decoded_have_surroundings() -> None:
    pieces = [cut_line("ngay 22/12/2024, tai vidu.gov.vn")]
    found = surroundings(pieces, list(sentences(pieces, ["ngay"])))
    assert {pieces[0][spot.place].sort for spot in found} == {Sort.WORD}
    assert Spot(0, 0) in found


def test_counts_in_rows_of_a_table_stay_numbers() -> None:
    rows = ["1 | Sé Xay dung 14 1.986.400", "2 | So Nong nghiép va Moi truong 27 3.715.250"]
    repaired = Repairer.load().repair_lines([*AROUND, *rows])
    assert repaired[-2].split()[-2:] == ["14", "1.986.400"]
    assert repaired[-1].split()[-2:] == ["27", "3.715.250"]


def test_copies_of_a_document_keep_their_number() -> None:
    assert Repairer.load().repair_lines([*AROUND, "- Luu: VT, CCHC (03b)."])[-1] == "- Lưu: VT, CCHC (03b)."


def test_abbreviations_that_nobody_knows_are_kept() -> None:
    repaired = Repairer.load().repair_lines([*AROUND, "Phong GD&DT, VKTQ va cac truong thudc huyén."])
    assert "GD&ĐT, VKTQ" in repaired[-1]


def test_an_office_between_small_words_has_one_capital_though_its_second_letter_looks_like_one() -> None:
    repaired = Repairer.load().repair_lines([*AROUND, "Hoat dong duoc ddi mdi; SO Noi vu phdi hop cac don vi."])
    assert "Sở Nội vụ" in repaired[-1]


def test_abbreviations_that_are_known_with_a_barred_d_get_it_back() -> None:
    repaired = Repairer.load().repair_lines([*AROUND, "- Luu: VT, CDS.", "Cong van s6 5530/UBND-CDS ngay 05/9/2025"])
    assert repaired[-2] == "- Lưu: VT, CĐS."
    assert "5530/UBND-CĐS" in repaired[-1]


def test_a_small_l_that_was_read_as_a_capital_i_stays_small() -> None:
    repaired = Repairer.load().repair_lines([*AROUND, "binh quan 31,4 hoc sinh/Iép, ldp séu 33.450 em"])
    assert "học sinh/lớp, lớp sáu" in repaired[-1]


def test_the_symbol_of_a_document_makes_no_heading() -> None:
    assert Surroundings.CAPITALS not in of("S6 2964/STC-QLNS Dak Lak, ngay 25")["S6"]
    assert of("CAN CO QUAN")["CO"] == Surroundings.CAPITALS
