"""What one part of a misread document says of another; names that merely resemble each other both stay."""

from __future__ import annotations

import pytest

from pipeline.extract import agreeing_parts
from pipeline.extract.extraction import extract
from pipeline.models import Components
from tests.extract_reading import reading


def mended(
    symbol: str = "", issuer: str = "", kind: str = "Báo cáo", authority: str = "", recipients: tuple[str, ...] = ()
) -> Components:
    return agreeing_parts.mended(
        Components(
            document="van-ban.txt",
            symbol=symbol or None,
            issuer=issuer or None,
            type=kind,
            authority=authority or None,
            recipients=recipients,
        )
    )


@pytest.mark.parametrize(
    ("symbol", "issuer", "printed"),
    [
        ("BC-SVT", "SỞ Y TẾ", "BC-SYT"),
        ("BC-SGDDT", "SỞ GIÁO DỤC VÀ ĐÀO TẠO", "BC-SGDĐT"),
        ("BC-HDTĐ", "HỘI ĐỒNG THI ĐUA, KHEN THƯỞNG", "BC-HĐTĐ"),
        ("BO-UBNO", "ỦY BAN NHÂN DÂN XÃ TRÀ NÓC", "BC-UBND"),
        ("BC-SCT", "SỞ TÀI CHÍNH", "BC-SCT"),
        ("BC-STC", "SỞ Y TẾ", "BC-STC"),
        ("BC-BYT", "SỞ Y TẾ", "BC-BYT"),
        ("BC-SKHCN", "SỞ KHOA HỌC VÀ CÔNG NGHỆ", "BC-SKHCN"),
        ("BC-VP", "SỞ Y TẾ", "BC-VP"),
        ("BC-SVT", "", "BC-SVT"),
    ],
    ids=[
        "one letter",
        "a stroke",
        "strokes",
        "the type's too",
        "two letters",
        "another office",
        "letters that are not alike",
        "whole",
        "too short",
        "no issuer",
    ],
)
def test_a_symbol_ends_with_the_issuers_initials(symbol: str, issuer: str, printed: str) -> None:
    assert mended(symbol, issuer).symbol == printed


@pytest.mark.parametrize(
    ("filed", "symbol", "kept"),
    [
        ("Lưu: VT, TCKTH", "SCT-TCKT", "Lưu: VT, TCKT"),
        ("Lưu: VT, TCXT", "SCT-TCKT", "Lưu: VT, TCKT"),
        ("Lưu: VT, KGVX", "SCT-KGVN", "Lưu: VT, KGVX"),
        ("Lưu: VT, QLTT", "SCT-TCKT", "Lưu: VT, QLTT"),
        ("Phòng TCKTH", "SCT-TCKT", "Phòng TCKTH"),
    ],
    ids=["a letter too many", "another letter", "a usual one", "another unit", "no file mark"],
)
def test_who_keeps_a_letter_is_the_unit_in_its_symbol(filed: str, symbol: str, kept: str) -> None:
    assert mended(symbol, kind="Công văn", recipients=(filed,)).recipients == (kept,)


@pytest.mark.parametrize(
    ("authority", "issuer", "whole"),
    [
        ("TM. BAN KT. CHỦ TỊCH", "ỦY BAN NHÂN DÂN XÃ TRÀ NÓC", "TM. ỦY BAN NHÂN DÂN KT. CHỦ TỊCH"),
        ("TM. NHÂN DÂN", "ỦY BAN NHÂN DÂN XÃ TRÀ NÓC", "TM. ỦY BAN NHÂN DÂN"),
        ("TM. UBND XÃ", "ỦY BAN NHÂN DÂN XÃ TRÀ NÓC", "TM. UBND XÃ"),
        ("TM. HỘI ĐỒNG", "HỘI ĐỒNG NHÂN DÂN XÃ TRÀ NÓC", "TM. HỘI ĐỒNG"),
        ("TM. BAN CHỈ ĐẠO", "ỦY BAN NHÂN DÂN XÃ TRÀ NÓC", "TM. BAN CHỈ ĐẠO"),
        ("KT. GIÁM ĐỐC", "SỞ Y TẾ", "KT. GIÁM ĐỐC"),
    ],
    ids=["first and last words lost", "first words lost", "short", "a body of its own", "another body", "for the head"],
)
def test_who_signs_on_behalf_signs_for_the_issuer(authority: str, issuer: str, whole: str) -> None:
    assert mended(issuer=issuer, authority=authority).authority == whole


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("SỞ NÔI VU", "SỞ NỘI VỤ"),
        ("SỞ NGOẠI VỤ", "SỞ NGOẠI VỤ"),
        ("SỞ KHOA HỌC VÀ CÔNC NGHỆ", "SỞ KHOA HỌC VÀ CÔNG NGHỆ"),
        ("SỞ GIÁO DỤC VÀ ĐÀO TAO TỈNH HẬU LỘC", "SỞ GIÁO DỤC VÀ ĐÀO TẠO TỈNH HẬU LỘC"),
        ("SỞ VĂN HOÁ THỂ THAO VÀ DU LỊCH", "SỞ VĂN HOÁ THỂ THAO VÀ DU LỊCH"),
        ("SỞ TÀI NGUYÊN NƯỚC", "SỞ TÀI NGUYÊN NƯỚC"),
        ("SỞ NỘI YẾ", "SỞ NỘI YẾ"),
        ("PHÒNG NÔI VU", "PHÒNG NÔI VU"),
    ],
    ids=["marks", "another one", "a letter", "a place behind it", "other signs", "unknown", "too far", "no department"],
)
def test_a_departments_field_is_the_known_one_that_is_clearly_nearest(read: str, printed: str) -> None:
    assert mended(issuer=read).issuer == printed


@pytest.mark.parametrize(
    ("texts", "issuer", "place"),
    [
        (["xã Trà Nóc và phường An Hội", "Ủy ban nhân dân xã Trà Nóc"], "ỦY BAN NHÂN DÂN XÃ TRÀ NÓC", "Trà Nóc"),
        (["xã Trà Nóc", "tại xã Trá Nóc"], "ỦY BAN NHÂN DÂN XÃ TRÁ NÓC", "Trá Nóc"),
        (["tại xã Trà Bồng", "xã Trà Bồng"], "ỦY BAN NHÂN DÂN XÃ TRÁ NÓC", "Trá Nóc"),
    ],
    ids=["called so twice", "called so once", "another commune"],
)
def test_a_letterheads_commune_is_called_as_the_text_calls_it(texts: list[str], issuer: str, place: str) -> None:
    read = Components(document="van-ban.txt", issuer="ỦY BAN NHÂN DÂN XÃ TRÁ NÓC", place="Trá Nóc")
    found = agreeing_parts.mended(read, texts)
    assert (found.issuer, found.place) == (issuer, place)


def test_what_was_not_misread_stays_as_it_is_printed() -> None:
    text = "SỞ Y TẾ\nSố: 12/BC-SVT\n\nBÁO CÁO\nKết quả tiêm chủng\n\nKính gửi: Bộ Y tế\n"
    assert extract(reading(text)).components.symbol == "BC-SVT"
