"""Documents from before Unicode through the `ocr` stage: text files in each code, PDFs in each kind of font."""

from __future__ import annotations

from pathlib import Path

import pytest
from legacy_samples import bytes_of, in_code, shown_in, typed_in
from ocr_samples import GARBLED, REPORT, read_bytes, text_of

from corpus.generator.fonts import Face
from pipeline.errors import InputFileError, SecretDocumentError
from pipeline.language.legacy.tables import Encoding
from pipeline.models import Reading, TextSource, Trust
from pipeline.normalize.reading import repair_reading

# TCVN3 has no capitals with a tone; its fonts of capitals are for headings.
LINES = tuple(line.replace("Ủy ban", "Hội đồng") for line in REPORT[1:])
PROSE = "\n".join(LINES)
REGULAR = {Face.REGULAR: ".VnTime"}
BODY = [(line, Face.REGULAR) for line in LINES]


def reasons(reading: Reading) -> str:
    (page,) = reading.pages
    assert page.decision is not None
    return "; ".join(page.decision.reasons)


# --- plain text ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", [*Encoding])
def test_a_text_file_of_bytes_in_a_legacy_code_is_read(tmp_path: Path, encoding: Encoding) -> None:
    written = in_code(PROSE, encoding)
    reading = read_bytes(tmp_path, "cu.txt", bytes_of(written))
    assert text_of(reading) == PROSE
    assert "\n".join(line.raw for line in reading.pages[0].lines) == written
    assert reading.pages[0].source is TextSource.PLAIN
    assert f"converted to Unicode from {encoding}" in reasons(reading)


@pytest.mark.parametrize("encoding", [*Encoding])
def test_a_text_file_whose_bytes_were_taken_for_western_europes_is_read(tmp_path: Path, encoding: Encoding) -> None:
    written = in_code(PROSE, encoding)
    reading = read_bytes(tmp_path, "cu.txt", written.encode())
    assert text_of(reading) == PROSE
    assert "\n".join(line.raw for line in reading.pages[0].lines) == written


def test_headings_that_lost_their_font_of_capitals_are_in_capitals_again(tmp_path: Path) -> None:
    heading = in_code("BáO CáO CủA Tổ CHứC", Encoding.TCVN3)
    reading = read_bytes(tmp_path, "cu.txt", (heading + "\n" + in_code(PROSE, Encoding.TCVN3)).encode())
    assert text_of(reading).split("\n")[0] == "BÁO CÁO CỦA TỔ CHỨC"


def test_the_code_is_that_of_the_file_and_pages_stay(tmp_path: Path) -> None:
    written = in_code(PROSE, Encoding.VNI) + "\n\f" + in_code("Nơi nhận: như trên", Encoding.VNI)
    reading = read_bytes(tmp_path, "cu.txt", bytes_of(written))
    assert [page.lines[-1].text for page in reading.pages] == [LINES[-1], "Nơi nhận: như trên"]


def test_bytes_that_are_vietnamese_in_no_code_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputFileError, match="TCVN3"):
        read_bytes(tmp_path, "la.txt", "Procès-verbal de l'assemblée générale, tenue à Orléans".encode("latin-1"))


def test_what_an_ocr_garbled_stays_for_repair(tmp_path: Path) -> None:
    reading = read_bytes(tmp_path, "ocr.txt", "\n".join(GARBLED).encode())
    assert text_of(reading) == "\n".join(GARBLED)
    assert reading.pages[0].source is TextSource.REPAIRED_LAYER


def test_a_secrecy_mark_is_seen_in_a_legacy_code(tmp_path: Path) -> None:
    with pytest.raises(SecretDocumentError):
        read_bytes(tmp_path, "mat.txt", bytes_of(in_code("MẬT\n" + PROSE, Encoding.VNI)))


def test_a_secrecy_mark_is_seen_in_decomposed_letters(tmp_path: Path) -> None:
    with pytest.raises(SecretDocumentError):
        read_bytes(tmp_path, "mat.txt", f"MA\u0323\u0302T\n{PROSE}".encode())


# --- PDF ----------------------------------------------------------------------------------------------------------


def test_a_pdf_in_a_tcvn3_font_is_taken_in_unicode_and_keeps_its_codes(tmp_path: Path) -> None:
    reading = read_bytes(tmp_path, "cu.pdf", shown_in(BODY, REGULAR))
    (page,) = reading.pages
    assert page.source is TextSource.LAYER
    assert text_of(reading) == PROSE
    assert page.lines[1].raw == in_code(LINES[1], Encoding.TCVN3)
    assert [word.text for word in page.lines[1].words] == LINES[1].split()
    assert "converted to Unicode from TCVN3 (ABC) by the font .VnTime" in reasons(reading)
    assert [line.text for line in repair_reading(reading).pages[0].lines] == list(LINES)


def test_a_tcvn3_font_that_the_file_only_names_is_read_though_its_horned_u_became_a_hyphen(tmp_path: Path) -> None:
    content = typed_in([in_code(line, Encoding.TCVN3) for line in LINES], ".VnTime")
    reading = read_bytes(tmp_path, "cu.pdf", content)
    assert "®-îc" in reading.pages[0].lines[1].raw
    assert text_of(reading) == PROSE


@pytest.mark.parametrize("overlaid", [True, False], ids=["marks without width", "marks with width"])
def test_vni_letters_of_two_characters_are_one(tmp_path: Path, overlaid: bool) -> None:
    content = typed_in([in_code(line, Encoding.VNI) for line in REPORT], "VNI-Times", overlaid=overlaid)
    reading = read_bytes(tmp_path, "cu.pdf", content)
    assert text_of(reading) == "\n".join(REPORT)
    assert reading.pages[0].source is TextSource.LAYER


def test_a_font_of_capitals_prints_capitals_for_small_letters(tmp_path: Path) -> None:
    heading = "ỦY BAN NHÂN DÂN HUYỆN"
    content = shown_in([(heading, Face.BOLD), *BODY], REGULAR | {Face.BOLD: ".VnTimeH"})
    page = read_bytes(tmp_path, "cu.pdf", content).pages[0]
    assert page.lines[0].text == heading
    assert page.lines[0].raw == "ñy ban nh©n d©n huyÖn"


def test_each_run_is_converted_by_its_own_font(tmp_path: Path) -> None:
    content = shown_in([("Phòng Tài chính – Kế hoạch", Face.BOLD), *BODY], REGULAR)
    reading = read_bytes(tmp_path, "lai.pdf", content)
    assert text_of(reading) == "Phòng Tài chính – Kế hoạch\n" + PROSE
    assert reading.pages[0].lines[0].raw == "Phòng Tài chính – Kế hoạch"


@pytest.mark.parametrize("name", [".VnTime", "VNI-Times"])
def test_a_legacy_font_whose_text_is_in_unicode_already_is_left_alone(tmp_path: Path, name: str) -> None:
    reading = read_bytes(tmp_path, "moi.pdf", shown_in(BODY, {Face.REGULAR: name}, codes=False))
    assert text_of(reading) == PROSE == "\n".join(line.raw for line in reading.pages[0].lines)
    assert reading.pages[0].source is TextSource.LAYER
    assert "converted" not in reasons(reading)


def test_a_page_whose_font_promises_another_code_is_read_from_how_it_looks(tmp_path: Path) -> None:
    reading = read_bytes(tmp_path, "nham.pdf", shown_in(BODY, {Face.REGULAR: "VNI-Times"}))
    (page,) = reading.pages
    assert page.decision is not None
    assert page.decision.trust is Trust.GARBLED
    assert page.source is TextSource.RECOGNISED
    assert "not Vietnamese in it" in reasons(reading)
    assert page.lines[0].text == LINES[0]
