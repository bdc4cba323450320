"""Vietnamese from before Unicode: what its codes stand for, and how a text is known to be in one."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from legacy_samples import LETTERS_OF_TCVN3, LETTERS_OF_VIETNAMESE, bytes_of, in_code
from ocr_samples import GARBLED, REPORT

from pipeline.language.legacy.conversion import convert, with_capitals
from pipeline.language.legacy.evidence import encoding_of, in_unicode
from pipeline.language.legacy.fonts import LegacyFont, legacy_font
from pipeline.language.legacy.tables import Encoding, decode, windows_text

# TCVN3 has no code for Ủ.
PROSE = "\n".join(REPORT[1:]).replace("Ủy ban", "Hội đồng")
EVERY_CODE = [*Encoding]


# --- the tables ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("encoding", "written"),
    [
        (Encoding.TCVN3, "Céng hoµ x· héi chñ nghÜa ViÖt Nam - §éc lËp, tù do, h¹nh phóc"),
        (Encoding.VNI, "Coäng hoaø xaõ hoäi chuû nghóa Vieät Nam - Ñoäc laäp, töï do, haïnh phuùc"),
        (Encoding.VISCII, "Cµng hoà xã hµi chü nghîa Vi®t Nam - Ðµc l§p, tñ do, hÕnh phúc"),
        (Encoding.WINDOWS_1258, "Côòng hoà xaÞ hôòi chuÒ nghiÞa Viêòt Nam - Ðôòc lâòp, týò do, haònh phuìc"),
    ],
)
def test_the_motto_of_the_state_is_read_in_every_code(encoding: Encoding, written: str) -> None:
    assert decode(written, encoding) == "Cộng hoà xã hội chủ nghĩa Việt Nam - Độc lập, tự do, hạnh phúc"


@pytest.mark.parametrize("encoding", [Encoding.VNI, Encoding.VISCII, Encoding.WINDOWS_1258])
@given(text=st.text(alphabet=LETTERS_OF_VIETNAMESE + " .,0123456789", max_size=60))
def test_every_letter_comes_back(encoding: Encoding, text: str) -> None:
    assert convert(in_code(text, encoding), encoding) == text


@given(text=st.text(alphabet=LETTERS_OF_TCVN3 + " .,0123456789", max_size=60))
def test_every_letter_that_tcvn3_has_comes_back(text: str) -> None:
    assert convert(in_code(text, Encoding.TCVN3), Encoding.TCVN3) == text


@given(content=st.binary(max_size=60))
def test_no_byte_is_lost_when_it_is_shown(content: bytes) -> None:
    shown = windows_text(content)
    assert len(shown) == len(content)
    assert bytes_of(shown) == content


def test_a_vni_mark_may_be_typed_as_a_capital_or_not() -> None:
    assert decode("BAÙO CAÙO, BAùO CAùO", Encoding.VNI) == "BÁO CÁO, BÁO CÁO"


def test_bytes_taken_for_those_of_a_symbol_font_are_read() -> None:
    shifted = "".join(chr(0xF000 + code) for code in bytes_of("huyÖn"))
    assert decode(shifted, Encoding.TCVN3) == "huyện"


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("th-êng xuyªn", "thường xuyên"),
        ("tr\u00adíc ®©y", "trước đây"),
        ("nh- -u tiªn ch-a", "như ưu tiên chưa"),
        ("Q§-UBND", "QĐ-UBND"),
        ("Hµ-Néi", "Hà-Nội"),
        ("-T¨ng 2-3 lÇn - c¶ n¨m", "-Tăng 2-3 lần - cả năm"),
    ],
)
def test_a_hyphen_is_the_letter_that_programs_made_a_hyphen_of_or_stays_one(written: str, meant: str) -> None:
    assert convert(written, Encoding.TCVN3) == meant


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("BáO CáO Tổ CHứC", "BÁO CÁO TỔ CHỨC"),
        ("ủY BAN Xã", "ỦY BAN XÃ"),
        ("Tổ trưởng, Kỳ họp ở Hà Nội", "Tổ trưởng, Kỳ họp ở Hà Nội"),
        ("KÊ HOạCH\nở thôn", "KÊ HOẠCH\nở thôn"),
        ("1.250 ha", "1.250 ha"),
    ],
)
def test_capitals_that_the_code_lacks_are_told_by_the_letters_beside_them(read: str, meant: str) -> None:
    assert with_capitals(read) == meant


# --- fonts --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "encoding", "capitals"),
    [
        (".VnTime", Encoding.TCVN3, False),
        ("ABCDEF+.VnTimeH", Encoding.TCVN3, True),
        (".VnTimeH,Bold", Encoding.TCVN3, True),
        (".VnArialH-BoldItalic", Encoding.TCVN3, True),
        ("VnArial", Encoding.TCVN3, False),
        ("VNI-Times", Encoding.VNI, False),
        ("ABCDEF+VNI-Helve,Bold", Encoding.VNI, False),
    ],
)
def test_a_font_is_known_by_its_name(name: str, encoding: Encoding, capitals: bool) -> None:
    assert legacy_font(name) == LegacyFont(name, encoding, capitals)


@pytest.mark.parametrize("name", ["TimesNewRoman", "ABCDEF+Vnu-Serif", "Verdana", "UVNBanTay", ""])
def test_other_fonts_imply_nothing(name: str) -> None:
    assert legacy_font(name) is None


def test_a_font_of_capitals_shows_capitals() -> None:
    assert LegacyFont(".VnTimeH", Encoding.TCVN3, capitals=True).read("ñy ban x·") == "ỦY BAN XÃ"


# --- the evidence -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", EVERY_CODE)
def test_a_text_in_a_legacy_code_is_known_by_what_it_says(encoding: Encoding) -> None:
    written = in_code(PROSE, encoding)
    assert encoding_of(written) is encoding
    assert in_unicode(written) == PROSE


@pytest.mark.parametrize("encoding", EVERY_CODE)
def test_two_printed_lines_are_enough(encoding: Encoding) -> None:
    assert encoding_of(in_code("\n".join(REPORT[2:4]), encoding)) is encoding


@pytest.mark.parametrize("encoding", EVERY_CODE)
def test_a_few_words_are_not(encoding: Encoding) -> None:
    assert encoding_of(in_code("huyện đã trồng rừng", encoding)) is None


@pytest.mark.parametrize("text", [PROSE, "\n".join(GARBLED), "Téng s6 TTHC 13 2.161", "", "héc ta"])
def test_what_is_in_no_legacy_code_comes_back_as_it_is(text: str) -> None:
    assert in_unicode(text) == text


@given(lines=st.lists(st.sampled_from(GARBLED), min_size=1, max_size=20), repeated=st.integers(1, 5))
def test_what_an_ocr_garbled_is_never_taken_for_a_legacy_code(lines: list[str], repeated: int) -> None:
    assert encoding_of("\n".join(lines * repeated)) is None


@given(lines=st.lists(st.sampled_from(REPORT), min_size=1, max_size=20))
def test_vietnamese_in_unicode_is_never_taken_for_a_legacy_code(lines: list[str]) -> None:
    assert encoding_of("\n".join(lines)) is None


def test_french_is_in_no_vietnamese_code() -> None:
    french = "La province a présenté hier à la presse les résultats de l'année, très élevés, où l'État a été cité. "
    assert encoding_of(french * 5) is None


@given(text=st.text(max_size=200))
def test_a_text_keeps_its_lines(text: str) -> None:
    assert in_unicode(text).count("\n") == text.count("\n")


def test_no_part_of_a_seed_is_in_a_legacy_code(shared: Path) -> None:
    for path in sorted((shared / "seeds").glob("*.txt")):
        lines = path.read_text("utf-8").split("\n")
        windows = ["\n".join(lines[at : at + 10]) for at in range(0, len(lines), 10)]
        assert [window for window in ["\n".join(lines), *windows] if encoding_of(window)] == [], path.name
