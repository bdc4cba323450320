"""Letterheads as scans show them: numbers and days by hand, stamps beside the title, letters misread."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract import document_numbers, office_words, signing_dates
from pipeline.extract.document_numbers import DocumentNumber
from pipeline.extract.extraction import extract
from pipeline.models import Components, Doubt, Line
from tests.extract_reading import reading

HEAD = """UBND TỈNH HẬU LỘC CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
SỞ NỘI VỤ Độc lập - Tự do - Hạnh phúc
Số: 214/TB-SNV Hậu Lộc, ngày 05 tháng 9 năm 2024
THÔNG BÁO
Về việc sắp xếp phòng làm việc
Căn cứ Kế hoạch số 18/KH-UBND ngày 12/01/2024, Sở Nội vụ thông báo như sau:
"""


def line(text: str, doubted: str = "", *others: str) -> Line:
    at = text.find(doubted)
    doubts = (Doubt(start=at, end=at + len(doubted), confidence=0.5, others=others),) if doubted else ()
    return Line(number=1, raw=text, text=text, doubts=doubts)


def components(text: str) -> Components:
    return extract(reading(text)).components


@pytest.mark.parametrize(
    ("text", "number", "symbol"),
    [
        ("Số: 214/TB-SNV Hậu Lộc, ngày 05 tháng 9 năm 2024", "214", "TB-SNV"),
        ("Số 31-HD/BTCTU", "31", "HD/BTCTU"),
        ("Số: 12/2024/QĐ-UBND", "12/2024", "QĐ-UBND"),
        ("Số: 18/CTPH-SYT-SGDĐT", "18", "CTPH-SYT-SGDĐT"),
        ("Sổ 31-HD/BTCTU", "31", "HD/BTCTU"),
        ("số: 214/TB-SNV Hậu Lộc, ngày 05 tháng 9 năm 2024", "214", "TB-SNV"),
        ("Số: /2025/QĐ-UBND", None, "QĐ-UBND"),
        ("Só:31Á /BC-SNV Hậu Lộc, ngày A2 tháng 12 năm 2024", None, "BC-SNV"),
        ("Số.WƑ /BC-SNV", None, "BC-SNV"),
        ("Số:42 %É/SNV-TCCC", None, "SNV-TCCC"),
        ("Số:£5+4/CTPH-SYT-SGDĐT", None, "CTPH-SYT-SGDĐT"),
        ("Số: /74,⁄/UBND- NC Hậu Lộc, ngày tháng 12 năm 2024", None, "UBND-NC"),
        ("Sô2#QĐ-SNV Hậu Lộc, ngày] tháng 05 năm 2024", None, "QĐ-SNV"),
        ("86:2215 /SNV-TCCC", None, "SNV-TCCC"),
    ],
)
def test_a_symbol_is_kept_where_the_number_is_written_by_hand(text: str, number: str | None, symbol: str) -> None:
    assert document_numbers.find(line(text)) == DocumentNumber(number, symbol)


@pytest.mark.parametrize(
    "text", ["SỞ NỘI VỤ", "Sau 12/9 các phòng báo cáo", "Số hồ sơ tiếp nhận: 214", "Số lượng TB/SNV đã gửi"]
)
def test_no_number_is_read_where_none_stands(text: str) -> None:
    assert document_numbers.find(line(text)) is None
    assert not document_numbers.begins(text)


def test_a_number_whose_digits_were_read_in_two_ways_is_not_believed() -> None:
    text = "Số: 535 /SNV-TCCC"
    assert document_numbers.find(line(text, "535", "235")) == DocumentNumber(None, "SNV-TCCC")
    assert document_numbers.find(line(text, "SNV", "SNY")) == DocumentNumber("535", "SNV-TCCC")


def test_a_speck_beside_a_number_disputes_nothing() -> None:
    found = signing_dates.find(line("Hậu Lộc, ngày 15_ tháng 9 năm 2024", "15_", "15"))
    assert found is not None
    assert found.date == dt.date(2024, 9, 15)


@pytest.mark.parametrize(
    ("text", "place", "date"),
    [
        ("TP. Hậu Lộc, ngày 5 tháng 9 năm 2024", "TP. Hậu Lộc", dt.date(2024, 9, 5)),
        ("Phan Lộc - Tháp Vân, ngày22tháng 01 năm 2024.", "Phan Lộc - Tháp Vân", dt.date(2024, 1, 22)),
        ("Số: 2/TB-SNV Hậu Lộc, ngày    tháng 10 năm 2024", "Hậu Lộc", None),
        ("Hậu Lộc, ngày.D tháng 12 năm 2024.", "Hậu Lộc", None),
        ("Hậu Lộc, ngày 1,2 tháng Ö{ năm 2024", "Hậu Lộc", None),
        ("Hậu Lộc, ngày 31 tháng 2 năm 2024", "Hậu Lộc", None),
    ],
)
def test_the_place_is_kept_where_the_day_is_written_by_hand(text: str, place: str, date: dt.date | None) -> None:
    found = signing_dates.find(line(text))
    assert found is not None
    assert (found.place, found.date) == (place, date)


@given(st.dates(min_value=dt.date(1945, 9, 2), max_value=dt.date(2099, 12, 31)), st.booleans())
def test_every_printed_date_is_read(date: dt.date, padded: bool) -> None:
    day = f"{date.day:02}" if padded else str(date.day)
    found = signing_dates.find(line(f"Hậu Lộc, ngày {day} tháng {date.month} năm {date.year}"))
    assert found is not None
    assert found.date == date


@given(st.integers(min_value=1, max_value=99999), st.sampled_from(["TB-SNV", "QĐ-UBND", "SNV-TCCC", "VHU/QĐ"]))
def test_every_printed_number_is_read(number: int, symbol: str) -> None:
    assert document_numbers.find(line(f"Số: {number}/{symbol}")) == DocumentNumber(str(number), symbol)


@pytest.mark.parametrize(
    "title", ["- THÔNG BÁO", "7 THÔNG BÁO :", "HÓA TỐC THÔNG BÁO :", "ĐẾN Ngày 29 Lá] 14 THÔNG BÁO"]
)
def test_specks_and_stamps_beside_the_title_are_no_part_of_it(title: str) -> None:
    found = components(HEAD.replace("THÔNG BÁO", title))
    assert (found.type, found.parent, found.issuer) == ("Thông báo", "UBND TỈNH HẬU LỘC", "SỞ NỘI VỤ")
    assert found.subject == "Về việc sắp xếp phòng làm việc"


def test_a_stamp_misread_is_urgent_all_the_same() -> None:
    assert components(HEAD.replace("THÔNG BÁO", "HÓA TỐC THÔNG BÁO")).urgency == "Hỏa tốc"


def test_a_title_that_ends_with_the_name_of_another_type_is_not_of_that_type() -> None:
    found = components(HEAD.replace("Về việc sắp xếp phòng làm việc", "XÂY DỰNG BÁO CÁO"))
    assert (found.type, found.subject) == ("Thông báo", "XÂY DỰNG BÁO CÁO")


def test_an_office_is_known_with_its_marks_misread_and_specks_before_it() -> None:
    found = components(HEAD.replace("UBND TỈNH", ". ` UBND TỈNH").replace("SỞ NỘI VỤ", ": SƠ NOI VU"))
    assert (found.parent, found.issuer) == ("UBND TỈNH HẬU LỘC", "SƠ NOI VU")


def test_offices_that_issue_a_document_together_are_one_issuer() -> None:
    head = HEAD.replace("UBND TỈNH HẬU LỘC", "LIÊN ĐOÀN LAO ĐỘNG -").replace("214/TB-SNV", "214/CTPH-LĐLĐ-SNV")
    found = components(head.replace("THÔNG BÁO", "CHƯƠNG TRÌNH PHỐI HỢP"))
    assert (found.parent, found.issuer) == (None, "LIÊN ĐOÀN LAO ĐỘNG - SỞ NỘI VỤ")


def test_what_stands_below_the_number_is_no_office() -> None:
    letter = """UBND TỈNH HẬU LỘC CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
SỞ NỘI VỤ Độc lập - Tự do - Hạnh phúc
Số: /SNV-TCCC Hậu Lộc, ngày    tháng 12 năm 2024
VĂN báo cáo biên chế
[Hỏa Tốc] Kính gửi: Các phòng thuộc Sở.
Sở Nội vụ đề nghị các phòng báo cáo trước ngày 20/12/2024.
"""
    found = components(letter)
    assert (found.type, found.issuer, found.symbol) == ("Công văn", "SỞ NỘI VỤ", "SNV-TCCC")
    assert found.to == ("Các phòng thuộc Sở",)


def test_an_older_letter_says_in_full_what_it_is_about() -> None:
    letter = """ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
TỈNH HẬU LỘC Độc lập - Tự do - Hạnh phúc
Số: 77/UBND-NC Hậu Lộc, ngày 05 tháng 12 năm 2011
Về việc xây dựng kế hoạch rà
soát biên chế
Kính gửi: Các sở, ngành.
"""
    found = components(letter)
    assert (found.type, found.subject) == ("Công văn", "xây dựng kế hoạch rà soát biên chế")


def test_a_document_whose_letterhead_was_cut_off_says_who_issues_it() -> None:
    text = """Số: 5/QĐ-SNV Hậu Lộc, ngày 26 tháng 3 năm 2024
QUYẾT ĐỊNH
Căn cứ Luật Tổ chức chính quyền địa phương;
Sở Nội vụ tỉnh Hậu Lộc ban hành Quyết định quy định việc sắp xếp phòng làm việc.
"""
    assert components(text).issuer == "Sở Nội vụ tỉnh Hậu Lộc"


def test_a_subject_in_brackets_ends_where_they_close() -> None:
    text = HEAD.replace(
        "Về việc sắp xếp phòng làm việc\n", "(V/v sắp xếp phòng làm việc)\nHiện nay các phòng còn chật.\n"
    )
    assert components(text).subject == "sắp xếp phòng làm việc"


@pytest.mark.parametrize("speck", ["1", "ˆ", "ở"])
def test_a_speck_between_the_columns_is_no_part_of_an_office(speck: str) -> None:
    head = f"ỦY BAN NHÂN DÂN TỈNH HẬU {speck} CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nLỘC Độc lập - Tự do - Hạnh phúc\n"
    assert components(head + HEAD.split("\n", 2)[2]).issuer == "ỦY BAN NHÂN DÂN TỈNH HẬU LỘC"


def test_an_offices_own_number_stays() -> None:
    head = HEAD.replace("SỞ NỘI VỤ", "CHI CỤC THUẾ KHU VỰC 1")
    assert components(head).issuer == "CHI CỤC THUẾ KHU VỰC 1"


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("TÍNH ỦY BẠC LIỂU", "TỈNH ỦY BẠC LIÊU"),
        ("TỈNH ỦY KONTUM", "TỈNH ỦY KON TUM"),
        ("ỦY BẠN NHÂN DẦN TỈNH CÀ MÂU", "ỦY BAN NHÂN DÂN TỈNH CÀ MAU"),
        ("UỶ BAN NHÂN DÂN TỈNH HOÀ BÌNH", "UỶ BAN NHÂN DÂN TỈNH HOÀ BÌNH"),
        ("ỦY BAN NHÂN DÂN TỈNH KON – TUM", "ỦY BAN NHÂN DÂN TỈNH KON TUM"),
        ("ỦY BAN NHÂN DÂN TỈNH BÀ RỊA VŨNG TÀU", "ỦY BAN NHÂN DÂN TỈNH BÀ RỊA VŨNG TÀU"),
        ("ỦY BAN NHÂN DÂN XÃ TÍNH BIÊN", "ỦY BAN NHÂN DÂN XÃ TÍNH BIÊN"),
        ("SỞ NỘI VỤ", "SỞ NỘI VỤ"),
    ],
)
def test_the_usual_words_of_offices_and_the_provinces_have_their_marks(read: str, printed: str) -> None:
    assert office_words.with_marks(read) == printed


def test_a_sign_behind_a_blank_is_no_part_of_a_subject() -> None:
    found = components(HEAD.replace("Về việc sắp xếp phòng làm việc", "Về việc sắp xếp phòng :\nlàm việc"))
    assert found.subject == "Về việc sắp xếp phòng làm việc"


def test_columns_that_a_converter_put_below_the_title_are_read() -> None:
    found = components(
        "BÁO CÁO\nTình hình trồng rừng vụ xuân\nUBND TỈNH HẬU LỘC\nCHI CỤC KIỂM LÂM\n"
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\nSố: 31/BC-CCKL\n"
        "Hậu Lộc, ngày 05 tháng 9 năm 2024\nKính gửi: Sở Nông nghiệp và Môi trường\n"
    )
    assert (found.issuer, found.parent) == ("CHI CỤC KIỂM LÂM", "UBND TỈNH HẬU LỘC")
    assert found.subject == "Tình hình trồng rừng vụ xuân"


def test_a_small_letter_read_within_capitals_does_not_cut_an_office_off() -> None:
    found = components(HEAD.replace("UBND TỈNH HẬU LỘC", "Ủy BAN NHÂN DÂN TỈNH HẬU LỘC"))
    assert (found.parent, found.issuer) == ("ỦY BAN NHÂN DÂN TỈNH HẬU LỘC", "SỞ NỘI VỤ")
