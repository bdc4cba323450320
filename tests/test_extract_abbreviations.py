"""Abbreviations that a document defines for itself."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.abbreviations import definitions, expanded, table


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


def test_the_first_definition_counts() -> None:
    text = "Trung tâm (TT). Thông tin (TT)."
    assert table([d for part in text.split(". ") for d in definitions(part)]) == {"TT": "Trung tâm"}


@given(st.text(alphabet="aăâbcdđêgtTHĐKNC() .,“”-", max_size=60))
def test_any_text_is_read(text: str) -> None:
    for found in definitions(text):
        assert found.short
        assert found.full in " ".join(text.split()) or found.full
        assert 0 <= found.start < found.end <= len(text)
