"""Abbreviations that a document defines for itself."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.abbreviations import definitions, expanded
from pipeline.extract.catalogue import shipped
from pipeline.extract.extraction import extract
from pipeline.extract.indicators import linked
from tests.extract_reading import reading


@pytest.mark.parametrize(
    ("text", "short", "full"),
    [
        ("Giải quyết thủ tục hành chính (TTHC) đúng hạn.", "TTHC", "thủ tục hành chính"),
        ("Hội đồng nhân dân (HĐND) thành phố đã họp.", "HĐND", "Hội đồng nhân dân"),
        ("Phát triển khoa học và công nghệ (KHCN).", "KHCN", "khoa học và công nghệ"),
        (
            "Chương trình mỗi xã một sản phẩm (sau đây gọi tắt là OCOP) được triển khai.",
            "OCOP",
            "Chương trình mỗi xã một sản phẩm",
        ),
        (
            "Thành lập Ban Chỉ đạo phòng thủ dân sự tỉnh (sau đây gọi tắt là Ban Chỉ đạo).",
            "Ban Chỉ đạo",
            "Ban Chỉ đạo phòng thủ dân sự tỉnh",
        ),
        ("Quản lý chất thải rắn (viết tắt là CTR).", "CTR", "chất thải rắn"),
    ],
)
def test_one_definition(text: str, short: str, full: str) -> None:
    (found,) = definitions(text)
    assert (found.short, found.full) == (short, full)
    assert text[found.start : found.end].startswith("(")


@pytest.mark.parametrize(
    "text",
    [
        "Sở Xây dựng (UBND tỉnh giao) chủ trì.",
        "Đã cấp 120 giấy phép (GPLX).",
        "Trình Bộ trưởng (b/c).",
        "Họp ngày 5/3 (thứ Ba).",
        "Các đơn vị. (TTHC)",
    ],
)
def test_a_bracket_that_defines_nothing(text: str) -> None:
    assert list(definitions(text)) == []


def test_abbreviations_are_written_out_as_whole_words_only() -> None:
    known = {"TTHC": "thủ tục hành chính", "TT": "thông tin"}
    assert expanded("TTHC và TT, TTHC-KS, 5/TT", known) == "thủ tục hành chính và thông tin, TTHC-KS, 5/TT"


def test_a_name_in_words_is_written_out_only_where_it_ends() -> None:
    known = {"Ban Chỉ đạo": "Ban Chỉ đạo phòng thủ dân sự tỉnh"}
    assert expanded("Ban Chỉ đạo họp", known) == "Ban Chỉ đạo phòng thủ dân sự tỉnh họp"
    assert expanded("Ban Chỉ đạo Trung ương họp", known) == "Ban Chỉ đạo Trung ương họp"


def test_a_document_may_give_two_short_names() -> None:
    found = definitions("Hội Nông dân huyện Bắc An (sau đây gọi tắt là Hội hoặc Hội huyện) đã họp.")
    assert [(one.short, one.full) for one in found] == [
        ("Hội", "Hội Nông dân huyện Bắc An"),
        ("Hội huyện", "Hội Nông dân huyện Bắc An"),
    ]


def test_the_first_definition_counts() -> None:
    found = extract(reading("Trung tâm (TT) đã họp.\nBộ phận thông tin (TT) chưa họp.")).abbreviations
    assert [(defined.short, defined.full, defined.evidence.line) for defined in found] == [("TT", "Trung tâm", 1)]


SERVICES = """BÁO CÁO
Tình hình tháng 9 năm 2024
I. HẠ TẦNG
{defined} của tỉnh vận hành ổn định, kết nối với các hệ thống của bộ, ngành.
II. KẾT QUẢ
{subject} tiếp nhận 120 hồ sơ.
"""
IN_FULL = "Cổng dịch vụ công"


@pytest.mark.parametrize(
    ("defined", "short"), [(f"{IN_FULL} (CDVC)", "CDVC"), (f"{IN_FULL} (sau đây gọi tắt là Cổng)", "Cổng")]
)
def test_a_figure_told_by_an_abbreviation_is_linked_as_by_the_full_name(defined: str, short: str) -> None:
    in_full, abbreviated, undefined = (
        linked(extract(reading(SERVICES.format(defined=before, subject=subject))), shipped()).figures[0]
        for before, subject in ((defined, IN_FULL), (defined, short), ("Hệ thống", short))
    )
    assert abbreviated.indicator == in_full.indicator == "tthc.ho-so-tiep-nhan"
    assert undefined.indicator is None
    assert short in abbreviated.subject
    assert IN_FULL not in abbreviated.subject


@given(st.text(alphabet="aăâbcdđêgtTHĐKNC() .,“”-", max_size=60))
def test_any_text_is_read(text: str) -> None:
    for found in definitions(text):
        assert found.short
        assert found.full in " ".join(text.split()) or found.full
        assert 0 <= found.start < found.end <= len(text)
