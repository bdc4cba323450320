"""Commas within recipients, where they were misread or lost; what was printed otherwise stays."""

from __future__ import annotations

import pytest

from pipeline.extract import recipient_signs
from pipeline.models import Line


def mended(*texts: str, misread: bool = True) -> list[str]:
    lines = [
        Line(number=number, raw=text, text=text, confidences=(1.0,) * len(text.split()) if misread else ())
        for number, text in enumerate(texts, 1)
    ]
    return recipient_signs.with_commas(texts, lines)


@pytest.mark.parametrize(
    ("read", "printed"),
    [
        ("- Trưởng phòng. các Phó Trưởng phòng;", "- Trưởng phòng, các Phó Trưởng phòng;"),
        ("- Lưu: VT. TCKT.", "- Lưu: VT, TCKT."),
        ("- Tổ giúp việc về KHCN ĐMST;", "- Tổ giúp việc về KHCN, ĐMST;"),
        ("- Lưu: VT,TCKT.", "- Lưu: VT, TCKT."),
        ("- Lưu: VT,.TCKT.", "- Lưu: VT, TCKT."),
        ("- TT. Đảng ủy xã;", "- TT. Đảng ủy xã;"),
        ("- CT. PCT UBND xã;", "- CT. PCT UBND xã;"),
        ("- Lưu: VT. LÒ VĂN PĂN", "- Lưu: VT. LÒ VĂN PĂN"),
        ("- BCĐ CĐS tỉnh;", "- BCĐ CĐS tỉnh;"),
    ],
    ids=[
        "small letters",
        "offices",
        "fields",
        "a lost blank",
        "a speck",
        "an abbreviation",
        "no file mark",
        "a name",
        "a board of a field",
    ],
)
def test_within_an_item_stand_commas(read: str, printed: str) -> None:
    assert mended(read) == [printed]


@pytest.mark.parametrize(
    ("lines", "first"),
    [
        (("- Ban Chỉ đạo CNTT", "CĐS xã;"), "- Ban Chỉ đạo CNTT,"),
        (("- Ban Chỉ đạo về", "CĐS xã;"), "- Ban Chỉ đạo về"),
        (("- Ban Chỉ đạo CNTT", "- CĐS xã;"), "- Ban Chỉ đạo CNTT"),
    ],
    ids=["two fields", "one field", "two items"],
)
def test_a_comma_lost_between_two_fields_at_the_end_of_a_line_is_put_back(lines: tuple[str, ...], first: str) -> None:
    assert mended(*lines)[0] == first


def test_what_was_printed_without_a_comma_stays() -> None:
    assert mended("- Lưu: VT. TCKT.", "- Tổ KHCN", "ĐMST;", misread=False) == ["- Lưu: VT. TCKT.", "- Tổ KHCN", "ĐMST;"]
