"""What a seal leaves of a signature: what can stand there is a closed set, and what cannot be told stays unread."""

from __future__ import annotations

import pytest

from pipeline.extract import signature, under_seal
from pipeline.extract.printed import PrintedLine
from pipeline.extract.signature import Signature
from pipeline.models import Line, LineRole


def misread(raw: str, text: str, number: int = 1) -> Line:
    return Line(number=number, raw=raw, text=text, confidences=(1.0,) * len(text.split()))


def signed(*lines: tuple[str, str], addressed: bool = True) -> Signature:
    printed = [PrintedLine(line, 1, LineRole.BODY, line.text) for line in (misread(*line) for line in lines)]
    return signature.read(printed, addressed=addressed)


LIST = (("- Nhu trén;", "- Như trên;"), ("- Luu: VT.", "- Lưu: VT."))


@pytest.mark.parametrize("left", ["aes", "ee", "eee", "ay", "éé"])
@pytest.mark.parametrize(
    ("seen", "head", "deputy"),
    [("GIAM DOC", "GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"), ("CHU TICH", "CHỦ TỊCH", "PHÓ CHỦ TỊCH")],
)
def test_small_letters_before_the_heads_title_are_what_a_seal_left_of_kt(
    left: str, seen: str, head: str, deputy: str
) -> None:
    found = signed((f"Noi nhan: {left} {seen}", f"Nơi nhận: {head}"), *LIST)
    assert (found.authority, found.title) == (f"KT. {head}", deputy)
    assert found.recipients == ("Như trên", "Lưu: VT")


def test_so_they_are_where_the_signature_stands_below_the_recipients() -> None:
    found = signed(("Noi nhan:", "Nơi nhận:"), *LIST, ("aes GIAM DOC", "các GIÁM ĐỐC"), ("Lo Van Pan", "Lò Văn Păn"))
    assert found == Signature(("Như trên", "Lưu: VT"), "KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Lò Văn Păn")


@pytest.mark.parametrize("speck", ["", "~ ", "~_", "a ", "4 "])
def test_a_speck_before_the_heads_title_is_no_mark(speck: str) -> None:
    found = signed((f"Noi nhan: {speck}CHU TICH", "Nơi nhận: CHỦ TỊCH"), *LIST)
    assert (found.authority, found.title) == (None, "CHỦ TỊCH")


def test_who_signs_by_order_has_a_title_of_his_own_below() -> None:
    found = signed(
        ("Noi nhan: ee GIAM DOC", "Nơi nhận: GIÁM ĐỐC"),
        ("- Nhu trén; CHANH VAN PHONG", "- Như trên; CHÁNH VĂN PHÒNG"),
        LIST[1],
    )
    assert found.authority is None


def test_a_line_that_was_taken_as_it_was_read_stays() -> None:
    line = Line(number=1, raw="Noi nhan: ee GIAM DOC", text="Nơi nhận: GIÁM ĐỐC")
    assert under_seal.read_again(line) == line


@pytest.mark.parametrize(
    ("raw", "title"),
    [
        ("- UBND xã; CHỦ TỊCH", "CHỦ TỊCH"),
        ("- UBND xã; „Ủ TỊCH", None),
        ("- UBND xã; ÓCHỦ TỊCH", None),
    ],
    ids=["seen whole", "seen in part", "part of something else"],
)
def test_a_usual_title_that_a_reader_saw_whole_is_whole(raw: str, title: str | None) -> None:
    found = signed(("Nơi nhận: TM. HỘI ĐỒNG", "Nơi nhận: TM. HỘI ĐỒNG"), (raw, "- UBND xã; … TỊCH"), LIST[1])
    assert (found.authority, found.title) == ("TM. HỘI ĐỒNG", title)


@pytest.mark.parametrize(
    ("addressed", "recipients"),
    [(True, ("Như trên", "Sở Nội vụ", "Lưu: VT")), (False, ("Sở Nội vụ", "Lưu: VT"))],
    ids=["a letter", "a decision"],
)
def test_what_a_seal_left_of_the_first_recipient_is_as_above_where_someone_is_addressed(
    addressed: bool, recipients: tuple[str, ...]
) -> None:
    found = signed(
        ("Noi nhan: TM. UY BAN NHAN DAN", "Nơi nhận: TM. ỦY BAN NHÂN DÂN"),
        ("ee KT. CHU TICH", "cư KT. CHỦ TỊCH"),
        ("- So Noi vu;", "- Sở Nội vụ;"),
        LIST[1],
        addressed=addressed,
    )
    assert found.recipients == recipients
    assert (found.authority, found.title) == ("TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH")


def test_as_above_stands_once() -> None:
    found = signed(("Noi nhan:", "Nơi nhận:"), ("ee KT. GIAM DOC", "cư KT. GIÁM ĐỐC"), *LIST)
    assert found.recipients == ("Như trên", "Lưu: VT")


def test_a_name_whose_beginning_a_seal_took_is_no_recipient() -> None:
    found = signed(
        ("Nơi nhận: KT. GIÁM ĐỐC", "Nơi nhận: KT. GIÁM ĐỐC"),
        ("- Như trên;", "- Như trên;"),
        ("- Lưu: VT. TCKT,", "- Lưu: VT. TCKT,"),
        ("„ò Văn Păn", "… Văn Păn"),
    )
    assert found == Signature(("Như trên", "Lưu: VT, TCKT"), "KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", None)


def test_a_letter_behind_the_semicolon_is_a_speck() -> None:
    found = signed(
        ("Nơi nhận: KT. GIÁM ĐỐC", "Nơi nhận: KT. GIÁM ĐỐC"), ("- Như trên; - C", "- Như trên; - C"), LIST[1]
    )
    assert found.recipients == ("Như trên", "Lưu: VT")


@pytest.mark.parametrize(
    ("beside", "title"),
    [
        ("VĂN PHÒNG", "CHÁNH VĂN PHÒNG"),
        ("A VĂN PHÒNG", "CHÁNH VĂN PHÒNG"),
        ("LÃNH VĂN PHÒNG", "CHÁNH VĂN PHÒNG"),
        ("fe PHÒNG THỦY LỢI", "TRƯỞNG PHÒNG THỦY LỢI"),
        ("CHÁNH VĂN PHÒNG", "CHÁNH VĂN PHÒNG"),
        ("A A", None),
        ("SỞ XÂY DỰNG", None),
    ],
)
@pytest.mark.parametrize("authority", ["TL. GIÁM ĐỐC", "TUQ. CHỦ TỊCH"])
def test_by_order_the_head_of_the_unit_that_can_be_read_signs(authority: str, beside: str, title: str | None) -> None:
    office = f" {beside}" if beside.startswith("SỞ") else ""
    heading, first = f"Nơi nhận: {authority}", f"- Như trên; {beside}"
    found = signed((heading, heading), (first, first), LIST[1])
    assert (found.authority, found.title) == (f"{authority}{office}", title)
    assert found.recipients == ("Như trên", "Lưu: VT")


def test_where_two_lines_name_the_unit_a_deputy_of_its_head_may_sign() -> None:
    lines = ("Nơi nhận: TL. GIÁM ĐỐC", "- Như trên; A VĂN PHÒNG", "- Sở Nội vụ; HÓ VĂN PHÒNG", "- Lưu: VT.")
    assert signed(*((line, line) for line in lines)).title is None


@pytest.mark.parametrize("left", ["Fs", "g eciaet", "Nột", "eS."])
def test_the_first_recipient_without_dash_and_semicolon_is_what_a_seal_left(left: str) -> None:
    lines = ("Nơi nhận: TL. GIÁM ĐỐC", f"{left} CHÁNH VĂN PHÒNG", "- Sở Nội vụ;", "- Lưu: VT.")
    found = signed(*((line, line) for line in lines))
    assert (found.authority, found.title) == ("TL. GIÁM ĐỐC", "CHÁNH VĂN PHÒNG")
    assert found.recipients == ("Như trên", "Sở Nội vụ", "Lưu: VT")


@pytest.mark.parametrize(
    ("first", "second"),
    [("Như Điều 2", "- Sở Nội vụ;"), ("Sở Xây dựng;", "- Sở Nội vụ;"), ("Sở Xây dựng", "Sở Nội vụ;")],
)
def test_a_recipient_that_merely_lost_its_dash_is_one(first: str, second: str) -> None:
    lines = ("Nơi nhận: KT. GIÁM ĐỐC", first, second, "- Lưu: VT.")
    assert signed(*((line, line) for line in lines)).recipients[0].startswith(first.strip(";"))
