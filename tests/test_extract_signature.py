"""Who signs, and for whom, where seals and poor print took something away; what is gone is not made up."""

from __future__ import annotations

import pytest

from pipeline.extract import office_words, recipient_words
from pipeline.extract.extraction import extract
from pipeline.models import Box, Components, Doubt, Line, Reading, Word
from tests.extract_reading import reading

DONE = "Sở báo cáo Ủy ban nhân dân tỉnh xem xét, chỉ đạo./.\n\n"


def components(end: str) -> Components:
    return extract(reading(DONE + end)).components


def with_doubt(read: Reading, word: str, others: tuple[str, ...]) -> Reading:
    def doubted(line: Line) -> Line:
        start = line.text.find(word)
        doubts = (Doubt(start=start, end=start + len(word), confidence=0.6, others=others),) if start >= 0 else ()
        return line.model_copy(update={"doubts": doubts})

    pages = (page.model_copy(update={"lines": tuple(map(doubted, page.lines))}) for page in read.pages)
    return read.model_copy(update={"pages": tuple(pages)})


@pytest.mark.parametrize(
    ("authority", "title"),
    [
        ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"),
        ("K/T TRƯỞNG BAN", "PHÓ TRƯỞNG BAN"),
        ("KT. BỘ TRƯỞNG", "THỨ TRƯỞNG"),
        ("TM. ỦY BAN NHÂN DÂN", None),
        ("TL. CHỦ TỊCH", None),
    ],
)
def test_for_the_head_a_deputy_signs_also_where_the_seal_took_the_title(authority: str, title: str | None) -> None:
    found = components(f"Nơi nhận: {authority}\n- Như trên;\n- Lưu: VT.\n")
    assert (found.authority, found.signer_title) == (authority, title)


@pytest.mark.parametrize(
    ("authority", "left", "title"),
    [("KT. CHỦ TỊCH", "… CHỦ TỊCH", "PHÓ CHỦ TỊCH"), ("TM. ỦY BAN NHÂN DÂN", "… TỊCH", None)],
)
def test_half_of_a_title_is_whole_only_where_the_authority_tells_it(
    authority: str, left: str, title: str | None
) -> None:
    found = components(f"Nơi nhận: {authority}\n- Như trên; {left}\n- Lưu: VT.\n\nLò Văn Păn\n")
    assert (found.signer_title, found.signer) == (title, "Lò Văn Păn")
    assert found.recipients == ("Như trên", "Lưu: VT")


@pytest.mark.parametrize("speck", ["- ", "_", "về : ", "– _ "])
def test_specks_between_the_columns_belong_to_neither(speck: str) -> None:
    found = components(f"Nơi nhận: KT. GIÁM ĐỐC\n- Như trên; {speck}PHÓ GIÁM ĐỐC\n- Lưu: VT.\nLò Văn Păn\n")
    assert (found.signer_title, found.signer) == ("PHÓ GIÁM ĐỐC", "Lò Văn Păn")
    assert found.recipients == ("Như trên", "Lưu: VT")


@pytest.mark.parametrize(
    ("authority", "left", "title"),
    [
        ("KT. BỘ TRƯỞNG", "TRƯỞNG", "THỨ TRƯỞNG"),
        ("KT. GIÁM ĐÓC", "PHÓ GIÁM ĐỌC", "PHÓ GIÁM ĐỐC"),
        ("KT. GIÁM ĐỐC", "PHÙ ÁM ĐÓC", "PHÓ GIÁM ĐỐC"),
        ("KT. CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG"),
    ],
)
def test_a_misread_title_below_kt_is_the_deputys(authority: str, left: str, title: str) -> None:
    found = components(f"Nơi nhận:\n- Như trên;\n- Lưu: VT.\n{authority}\n{left}\nLò Văn Păn\n")
    assert found.authority == office_words.titles_with_marks(authority)
    assert (found.signer_title, found.signer) == (title, "Lò Văn Păn")


@pytest.mark.parametrize(("line", "signer"), [("LÒ VĂN PĂN", "Lò Văn Păn"), ("HỌC VIỆN", None)])
def test_a_name_in_capitals_begins_with_a_surname(line: str, signer: str | None) -> None:
    found = components(f"Nơi nhận:\n- Như trên;\n- Lưu: VT.\nKT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\n{line}\n")
    assert found.signer == signer


def test_of_the_mark_that_a_seal_halved_the_rest_tells_which() -> None:
    found = components("Nơi nhận: TM. ỦY BAN NHÂN DÂN\n- Như trên; T. CHỦ TỊCH\n- Lưu: VT.\nLò Văn Păn\n")
    assert (found.authority, found.signer_title) == ("TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")


@pytest.mark.parametrize(("beside", "authority"), [("DLA A À", "KT. GIÁM ĐỐC"), ("SỞ Y TẾ", "KT. GIÁM ĐỐC SỞ Y TẾ")])
def test_only_words_go_on_with_an_authority(beside: str, authority: str) -> None:
    found = components(f"Nơi nhận: KT. GIÁM ĐỐC\n- Như trên; {beside}\n- Lưu: VT.\nLò Văn Păn\n")
    assert found.authority == authority


def test_the_point_behind_a_mark_may_be_read_as_a_comma() -> None:
    found = components("Nơi nhận: KT, GIÁM ĐỐC\n- Như trên;\n- Lưu: VT.\n")
    assert (found.authority, found.signer_title) == ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC")


def test_initials_of_an_office_are_no_title() -> None:
    found = components("Nơi nhận: KT. GIÁM ĐỐC\n- Như trên; PHÓ GIÁM ĐỐC\n- Lưu: VT. KGVX.\nLò Văn Păn\n")
    assert (found.authority, found.recipients) == ("KT. GIÁM ĐỐC", ("Như trên", "Lưu: VT. KGVX"))


def test_a_stroke_behind_the_last_recipient_leaves_the_name_to_the_signature() -> None:
    found = components("Nơi nhận: KT. GIÁM ĐỐC\n- Như trên; PHÓ GIÁM ĐỐC\n- Lưu: VT, KT.   \\\nLò Văn Păn\n")
    assert (found.signer, found.recipients) == ("Lò Văn Păn", ("Như trên", "Lưu: VT, KT"))


def test_the_heading_of_an_annex_is_no_name() -> None:
    found = components("Nơi nhận: KT. GIÁM ĐỐC\n- Như trên; PHÓ GIÁM ĐỐC\n- Lưu: VT.\n\fPHỤ LỤC\nDANH SÁCH XÃ\n")
    assert found.signer is None


@pytest.mark.parametrize(
    ("read", "others", "signer"),
    [
        ("Đỉnh Công Khanh", ("Đính", "Đinh"), "Đinh Công Khanh"),
        ("Đinh Công Khanh", ("Đình",), "Đinh Công Khanh"),
        ("Vã Công Khanh", ("Và", "Võ"), "Và Công Khanh"),
        ("Trụ Công Khanh", ("Trú",), "Trụ Công Khanh"),
        ("Đo Công Khanh", ("Do", "Đào"), "Đỗ Công Khanh"),
        ("Trầu Công Khanh", ("Trâu", "Trần"), "Trần Công Khanh"),
    ],
    ids=["misread", "a surname already", "of two", "no surname among its readings", "of the same letters", "of others"],
)
def test_a_doubtful_first_word_of_a_name_is_a_surname(read: str, others: tuple[str, ...], signer: str) -> None:
    end = f"Nơi nhận: KT. GIÁM ĐỐC\n- Như trên; PHÓ GIÁM ĐỐC\n- Lưu: VT.\n{read}\n"
    found = extract(with_doubt(reading(DONE + end), read.split(maxsplit=1)[0], others)).components
    assert found.signer == signer


@pytest.mark.parametrize(
    ("read", "others", "signer"),
    [
        ("Lò Thị Kim Hùng", ("Hưng", "Hung"), "Lò Thị Kim Hung"),
        ("Lò Thị Kim Hương", ("Hường",), "Lò Thị Kim Hương"),
        ("Lò Văn Kim Hùng", ("Hưng", "Hung"), "Lò Văn Kim Hùng"),
    ],
    ids=["a man's name", "a woman's", "a man"],
)
def test_behind_thi_a_doubtful_name_is_no_mans(read: str, others: tuple[str, ...], signer: str) -> None:
    end = f"Nơi nhận: KT. GIÁM ĐỐC\n- Như trên; PHÓ GIÁM ĐỐC\n- Lưu: VT.\n{read}\n"
    found = extract(with_doubt(reading(DONE + end), read.rsplit(maxsplit=1)[1], others)).components
    assert found.signer == signer


@pytest.mark.parametrize(
    ("read", "others", "signer"),
    [
        ("Lò Văn Thỉnh", ("Thình", "Thịnh"), "Lò Văn Thịnh"),
        ("Lò Văn Thúy", ("Thủy",), "Lò Văn Thúy"),
        ("Lò Văn Thuý", ("Thủy",), "Lò Văn Thuý"),
        ("Lò Văn Păn", ("Pán",), "Lò Văn Păn"),
        ("Lò Văn Thỉnh", ("Thành",), "Lò Văn Thỉnh"),
    ],
    ids=["misread", "a given name", "in its other spelling", "none among its readings", "of other letters"],
)
def test_a_doubtful_given_name_is_a_usual_one_of_its_letters(read: str, others: tuple[str, ...], signer: str) -> None:
    end = f"Nơi nhận: KT. GIÁM ĐỐC\n- Như trên; PHÓ GIÁM ĐỐC\n- Lưu: VT.\n{read}\n"
    found = extract(with_doubt(reading(DONE + end), read.rsplit(maxsplit=1)[1], others)).components
    assert found.signer == signer


@pytest.mark.parametrize(
    ("printed", "signer"),
    [
        ("Y Blim Mlô", "Y Blim Mlô"),
        ("H'Blim Mlô", "H'Blim Mlô"),
        ("Mlô Blim", "Mlô Blim"),
        ("Blim Mlô", None),
    ],
)
def test_before_the_name_of_a_clan_stands_more_than_a_given_name(printed: str, signer: str | None) -> None:
    found = components(f"Nơi nhận: KT. GIÁM ĐỐC\n- Như trên; PHÓ GIÁM ĐỐC\n- Lưu: VT.\n{printed}\n")
    assert found.signer == signer


def test_a_second_office_beside_the_recipients_belongs_to_who_signs() -> None:
    found = components(
        "Nơi nhận: PHÓ BÍ THƯ\n- Ban Thường vụ (b/c), kiểm\n- Các chi bộ, TRỮ NG BAN CHỈ ĐẠO\n- Lưu Văn phòng.\n"
        "Lò Văn Păn\n"
    )
    assert (found.signer_title, found.signer) == ("PHÓ BÍ THƯ kiêm TRƯỞNG BAN CHỈ ĐẠO", "Lò Văn Păn")
    assert found.recipients == ("Ban Thường vụ (b/c)", "Các chi bộ", "Lưu Văn phòng")


def repaired(raw: str, text: str) -> Line:
    return Line(number=1, raw=raw, text=text, confidences=(1.0,) * len(text.split()))


@pytest.mark.parametrize(
    ("raw", "text", "printed"),
    [
        ("- Luu: VT, CBS.", "- Lưu: VT, CBS.", "- Lưu: VT, CĐS."),
        ("- BCP, PGP So, BLD (b/c);", "- BCP, PGP Sở, BLD (b/c);", "- BCĐ, PGĐ Sở, BLĐ (b/c);"),
        ("- Phong TT, P.TH-CY;", "- Phòng TT, IP.TH-ỦY;", "- Phòng TT, P.TH-CY;"),
        ("- TT thuéc VPUBND xa;", "- TT thuộc VP UBND xã;", "- TT thuộc VPUBND xã;"),
        ("- To DA 06 xa;", "- Tổ DA 06 xã;", "- Tổ ĐA 06 xã;"),
        ("- BO CONG AN;   LONG", "- BỘ CÔNG AN;   LONG", "- BỘ CÔNG AN;   LONG"),
        ("- Bo Noi vu;", "- Bộ Nội vụ;", "- Bộ Nội vụ;"),
    ],
)
def test_abbreviations_of_recipients_are_what_was_read_of_them(raw: str, text: str, printed: str) -> None:
    assert recipient_words.with_abbreviations(repaired(raw, text)) == printed


def test_abbreviations_that_two_readers_read_from_a_picture_stay() -> None:
    box = Box(x0=0, y0=0, x1=9, y1=9)
    line = repaired("- PCT PH xã;", "- PCT UBND xã;").model_copy(
        update={"words": (Word(text="PH", box=box, confidence=0.3, second="UBND"),)}
    )
    assert recipient_words.with_abbreviations(line) == "- PCT UBND xã;"


def test_abbreviations_of_a_line_that_was_not_repaired_stay() -> None:
    line = Line(number=1, raw="- Lưu: VT, CBS.", text="- Lưu: VT, CBS.")
    assert recipient_words.with_abbreviations(line) == line.text


@pytest.mark.parametrize(
    ("line", "signer"), [("Lò: Văn Păn", "Lò Văn Păn"), ("Lò Văn’ Păn", "Lò Văn Păn"), ("Ký: Lò Văn Păn", None)]
)
def test_a_sign_within_a_name_is_a_speck(line: str, signer: str | None) -> None:
    found = components(f"Nơi nhận: KT. GIÁM ĐỐC\n- Như trên; PHÓ GIÁM ĐỐC\n- Lưu: VT.\n{line}\n")
    assert found.signer == signer


def test_a_name_without_its_surname_does_not_stand_for_the_whole() -> None:
    found = components("Nơi nhận: KT. GIÁM ĐỐC\n- Như trên; PHÓ GIÁM ĐỐC\n- Lưu: VT.\nVăn Păn\n")
    assert found.signer is None


def test_initials_of_who_drafted_it_close_the_list_of_recipients() -> None:
    found = components(
        "Nơi nhận:\n- Như trên;\n- VP UBND TP (2D);\n- Lưu: VT, LĐVL, H.\nTUQ. GIÁM ĐỐC\n"
        "TRƯỞNG PHÒNG VIỆC LÀM\n\n\nĐỗ Minh Khuê\n"
    )
    assert found.recipients == ("Như trên", "VP UBND TP (2D)", "Lưu: VT, LĐVL, H")
    assert (found.signer_title, found.signer) == ("TRƯỞNG PHÒNG VIỆC LÀM", "Đỗ Minh Khuê")


def test_marks_of_the_party_stand_as_they_were_read_before_the_repair() -> None:
    read = reading(f"{DONE}Nơi nhận:\n- Như trên,\n- Luu: VT.\nTỪ/ÂM BAN THƯỜNG VỤ\nPHÓ Bí THƯ\nGiàng A Páo\n")
    (page,) = read.pages
    lines = tuple(
        line.model_copy(update={"raw": line.text.replace("TỪ/ÂM", "T/M"), "confidences": (0.9,)}) for line in page.lines
    )
    found = extract(read.model_copy(update={"pages": (page.model_copy(update={"lines": lines}),)})).components
    assert (found.authority, found.signer_title, found.signer) == ("T/M BAN THƯỜNG VỤ", "PHÓ BÍ THƯ", "Giàng A Páo")
    assert found.recipients[-1] == "Lưu: VT"


def test_a_bar_between_recipients_and_signature_parts_the_columns() -> None:
    found = extract(
        reading(
            "Hòa Giang, ngày 05 tháng 11 năm 2025\nKế hoạch trồng cây.\nNơi nhận: | TM. ỦY BAN NHÂN DÂN\n"
            "- Sở Xây dựng; | CHỦ TỊCH\n- Công an tỉnh; | Lê Văn Tám\n- Lưu: VT. |\n"
        )
    ).components
    assert (found.signer_title, found.signer) == ("CHỦ TỊCH", "Lê Văn Tám")
    assert found.recipients == ("Sở Xây dựng", "Công an tỉnh", "Lưu: VT")
