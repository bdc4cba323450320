"""How lines are cut: numerals and addresses whole, words alone, nothing lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.normalize.pieces import Sort, cut_line, sentences


def sorts(text: str) -> list[tuple[str, str]]:
    return [(p.sort.value, p.text) for p in cut_line(text) if p.sort is not Sort.GLUE]


@pytest.mark.parametrize("numeral", ["1.245", "22/12/2024", "2021-2025", "97,6", "3.412.000"])
def test_a_numeral_is_one_piece(numeral: str) -> None:
    assert sorts(f"({numeral}),") == [("number", numeral)]


def test_a_symbol_of_a_document_is_cut_at_its_joints() -> None:
    assert sorts("57-NQ/TW") == [("either", "57"), ("word", "NQ"), ("word", "TW")]


def test_an_address_is_kept_whole_without_the_bracket_behind_it() -> None:
    assert sorts("(vidu.gov.vn/chuyen-doi-so)") == [("fixed", "vidu.gov.vn/chuyen-doi-so")]


def test_the_number_of_an_item_within_a_sentence_is_no_word() -> None:
    assert sorts("bao dam: (1) day du; (2) dung han") == [
        *(("word", "bao"), ("word", "dam"), ("number", "1"), ("word", "day"), ("word", "du")),
        *(("number", "2"), ("word", "dung"), ("word", "han")),
    ]
    assert sorts("(6 xã)")[0] == ("either", "6")


def test_a_mark_behind_a_percentage_does_not_touch_the_number() -> None:
    assert sorts("86,5%14") == [("number", "86,5")]


def test_a_number_behind_a_sign_that_is_glued_to_a_word_is_a_number() -> None:
    assert sorts("ngay~8 d(\\ng") == [("word", "ngay"), ("either", "8"), ("word", "d(\\ng")]


@pytest.mark.parametrize("mark", ["I.", "II.", "IV.", "V.", "XII."])
def test_the_number_of_a_heading_that_was_read_whole_stays(mark: str) -> None:
    first, *_ = cut_line(f"{mark} CAN CU PHAP LY")
    assert (first.sort, first.text) == (Sort.GLUE, mark)


def test_an_apostrophe_that_nothing_opens_is_left_of_a_horn() -> None:
    assert [piece.text for piece in cut_line("Can cv’ Nghi dinh") if piece.sort is Sort.WORD][1] == "cv"
    assert "co’" in [piece.text for piece in cut_line("quan co’ so")]  # behind o it tells the letter
    assert "’" in [piece.text for piece in cut_line("goi la ‘vung xanh’ theo")]


def test_a_hook_that_was_read_as_a_question_mark_is_no_sign() -> None:
    assert (
        "".join(piece.text for piece in cut_line("Can ct? Luat; bang chi?: Ba tram?"))
        == "Can ct Luat; bang chi: Ba tram?"
    )


def test_a_percent_sign_alone_is_no_word() -> None:
    assert sorts("Ty lé (%)") == [("word", "Ty"), ("word", "lé")]


@pytest.mark.parametrize("numeral", ["20I5", "2O25"])
def test_a_numeral_in_which_a_digit_was_taken_for_a_letter_stays(numeral: str) -> None:
    assert sorts(f"nam {numeral}") == [("word", "nam"), ("number", numeral)]


def test_the_stroke_of_a_symbol_that_was_read_as_a_letter_is_put_back() -> None:
    assert sorts("33-NQITW") == [("either", "33"), ("word", "NQ"), ("word", "TW")]


def test_a_list_mark_is_parted_from_its_text() -> None:
    assert "".join(piece.text for piece in cut_line("2.Viéc lap")) == "2. Viéc lap"
    assert "".join(piece.text for piece in cut_line("19.0. Ty lé")) == "19. Ty lé"


def test_nought_is_always_a_number_and_a_small_numeral_may_be_a_word() -> None:
    assert sorts("0 13 130") == [("number", "0"), ("either", "13"), ("number", "130")]


def test_a_lone_speck_is_dropped_and_a_bar_parts_cells() -> None:
    assert sorts('" Phong | ban') == [("word", "Phong"), ("word", "ban")]
    lines = ['" Phong | ban', "hanh chinh"]
    assert [len(s) for s in sentences([cut_line(line) for line in lines], lines)] == [1, 1, 2]


def test_sentences_run_on_over_line_breaks_and_stop_at_list_marks() -> None:
    lines = ["cac don vi", "truc thuoc. Ngoai ra", "- Ban hanh", "ke hoach"]
    assert [len(s) for s in sentences([cut_line(line) for line in lines], lines)] == [5, 2, 4]


def test_the_cells_of_a_tables_header_are_sentences_of_their_own() -> None:
    lines = ["TT Co quan, don vi S6 nguoi Kinh phi", "thuc hién"]
    found = [
        [cut_line(lines[s.line])[s.place].text for s in one] for one in sentences([cut_line(x) for x in lines], lines)
    ]
    assert found == [["TT"], ["Co", "quan", ",", "don", "vi"], ["S6", "nguoi"], ["Kinh", "phi"], ["thuc", "hién"]]


WORDS = st.text(st.sampled_from("abcđêốABCĐ0123456789-/%,()éx6"), min_size=3, max_size=9)


@given(st.lists(WORDS, max_size=8))
def test_joining_the_pieces_gives_the_line_back_save_for_lost_spaces(words: list[str]) -> None:
    line = " ".join(["Xem", *(word for word in words if any(c.isalnum() for c in word))])
    assert "".join(piece.text for piece in cut_line(line)).replace(" ", "") == line.replace(" ", "")


@pytest.mark.parametrize(
    ("seen", "text"),
    [
        ("Ngudi 1.320.000} 1.247.400", "Ngudi 1.320.000 1.247.400"),
        ("[8 |UBND phuong", "8 |UBND phuong"),
        ("strc khoe_ | Ngudi", "strc khoe | Ngudi"),
        ("~=CONG HOA", "CONG HOA"),
        ("[1] va [2]", "[1] va [2]"),  # brackets that have their partners
        ("So: ____ ngay", "So: ____ ngay"),  # a line to write on
    ],
)
def test_a_tables_rule_that_touches_a_word_or_a_numeral_is_no_sign(seen: str, text: str) -> None:
    assert "".join(piece.text for piece in cut_line(seen)) == text


@pytest.mark.parametrize("seen", ["S6: 12/BC-UBND", "Sé: 12/BC-UBND", "S$: 12/BC-UBND", "Số: 12/BC-UBND"])
def test_before_the_number_of_a_document_stands_one_word(seen: str) -> None:
    assert "".join(piece.text for piece in cut_line(seen)) == "Số: 12/BC-UBND"


def test_other_words_before_a_numeral_are_read_as_any() -> None:
    assert sorts("S6: 12 hd so")[0] == ("word", "S6")


@pytest.mark.parametrize(
    ("seen", "text"),
    [("tran trong dé nghi,/.", "tran trong dé nghi./."), ("Quyét dinh nay’/.", "Quyét dinh nay./."), ("5/.", "5/.")],
)
def test_a_document_ends_with_its_sign(seen: str, text: str) -> None:
    assert "".join(piece.text for piece in cut_line(seen)) == text


def test_square_and_cubic_metres_stand_behind_numerals_only() -> None:
    assert sorts("86.400 m3/ngay dém")[:2] == [("number", "86.400"), ("fixed", "m3")]
    assert ("word", "m3") in sorts("dugc m3 rong")


@pytest.mark.parametrize(
    ("seen", "text"),
    [
        ("SU“DUNG NUOC", "SU’DUNG NUOC"),
        ("DU’'NG XE", "DU’NG XE"),
        ("nha “Hoa” cu", "nha “Hoa” cu"),  # quotation marks
        ("tu’450 ho", "tu’ 450 ho"),
        ("TU‘12 den 18", "TU‘ 12 den 18"),
        ("tu’6ng", "tu’6ng"),  # a letter read as a digit
        ("tu’phap va co'so", "tu’ phap va co' so"),
        ("tru’c thuoc", "tru’c thuoc"),  # the horn of a letter inside
        ("so 15/2025/QH15ve dan cu", "so 15/2025/QH15 ve dan cu"),
        ("nhu tren. 3.Cac xa", "nhu tren. 3. Cac xa"),
        ("lap thanh04 ban", "lap thanh 04 ban"),
        ("ma QR04 ", "ma QR04"),
        ("nam 2025, 9thang (12nguoi)", "nam 2025, 9 thang (12 nguoi)"),
        ("9tioc gia", "9tioc gia"),  # no syllable: two letters read as others
        ("9uan 1hang 20km 6ng 3ha", "9uan 1hang 20km 6ng 3ha"),  # a letter read as a digit, units
    ],
)
def test_what_is_left_of_a_horn_parts_words_that_were_run_together(seen: str, text: str) -> None:
    assert "".join(piece.text for piece in cut_line(seen)) == text


@pytest.mark.parametrize("mark", ["a)", "đ)", "A)", "Đ)"])
def test_the_letter_of_a_list_item_stays(mark: str) -> None:
    first, *_ = cut_line(f"{mark} DOI TUONG HO TRO")
    assert (first.sort, first.text) == (Sort.GLUE, mark)


@pytest.mark.parametrize(
    ("seen", "text"),
    [
        ("CNVCLEl va LElLEl", "CNVCLĐ va LĐLĐ"),
        ("El Salvador", "El Salvador"),
        ("thay thé(néu co)", "thay thé (néu co)"),
        ("kinh té,van hoa;giao duc", "kinh té, van hoa; giao duc"),
        ("1,5 va Q,12", "1,5 va Q,12"),
    ],
)
def test_barred_capitals_and_lost_spaces_are_put_right(seen: str, text: str) -> None:
    assert "".join(piece.text for piece in cut_line(seen)) == text
