"""Whole documents through the `ocr` stage, with the real PDF library and the real Tesseract."""

from __future__ import annotations

import hashlib
import io
from pathlib import Path

import pypdfium2
import pytest
from ocr_samples import (
    GARBLED,
    LEFT,
    REPORT,
    digital_pdf,
    font,
    page_image,
    read_bytes,
    scanned_pdf,
    text_of,
)
from PIL import Image
from rapidfuzz.distance import Levenshtein
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from pipeline.models import TextSource, Trust
from pipeline.ocr import pdf
from pipeline.ocr.intake import IncomingFile
from pipeline.ocr.pdfpages import judge
from pipeline.ocr.reading import read
from pipeline.settings import Settings

PROSE = "\n".join(REPORT)


def likeness(text: str, truth: str = PROSE) -> float:
    return Levenshtein.normalized_similarity(text, truth)


def test_a_digital_pdf_is_taken_as_it_is(tmp_path: Path) -> None:
    reading = read_bytes(tmp_path, "so.pdf", digital_pdf([REPORT]))
    assert text_of(reading) == PROSE
    assert reading.pages[0].source is TextSource.LAYER
    assert reading.media_type == "application/pdf"


def test_a_reading_carries_the_digest_of_the_file(tmp_path: Path) -> None:
    content = digital_pdf([REPORT])
    reading = read_bytes(tmp_path, "so.pdf", content)
    assert reading.digest == hashlib.sha256(content).hexdigest()
    assert reading.size == len(content)


def test_a_scan_is_recognised_with_boxes_in_points_and_confidence(tmp_path: Path) -> None:
    reading = read_bytes(tmp_path, "quet.pdf", scanned_pdf([REPORT]))
    page = reading.pages[0]
    assert page.source is TextSource.RECOGNISED
    assert likeness(text_of(reading)) > 0.98
    first = page.lines[0].words[0]
    assert first.box is not None
    assert first.box.x0 == pytest.approx(LEFT, abs=3)
    assert first.confidence is not None
    assert 0.5 < first.confidence <= 1


def test_a_garbled_layer_under_a_scan_is_read_again_from_the_picture(tmp_path: Path) -> None:
    reading = read_bytes(tmp_path, "lop-sai.pdf", scanned_pdf([REPORT], layer=GARBLED))
    page = reading.pages[0]
    assert page.source is TextSource.RECOGNISED
    assert page.decision is not None
    assert page.decision.trust is Trust.GARBLED
    assert likeness(text_of(reading)) > 0.98


def test_a_good_layer_under_a_scan_is_taken(tmp_path: Path) -> None:
    reading = read_bytes(tmp_path, "lop-dung.pdf", scanned_pdf([REPORT], layer=REPORT))
    assert reading.pages[0].source is TextSource.LAYER
    assert text_of(reading) == PROSE


def test_a_signature_line_over_a_scan_does_not_stand_for_the_page(tmp_path: Path) -> None:
    reading = read_bytes(tmp_path, "ky-so.pdf", scanned_pdf([REPORT], over=["Ký bởi: Văn phòng, 09:15 12/03/2024"]))
    assert reading.pages[0].source is TextSource.RECOGNISED
    assert "1.250 héc ta" in text_of(reading)


def test_a_garbled_layer_without_a_picture_is_left_for_repair(tmp_path: Path) -> None:
    reading = read_bytes(tmp_path, "chi-chu.pdf", digital_pdf([GARBLED]))
    assert reading.pages[0].source is TextSource.REPAIRED_LAYER
    assert text_of(reading) == "\n".join(GARBLED)


def test_a_mixed_document_is_decided_page_by_page(tmp_path: Path) -> None:
    pikepdf = pytest.importorskip("pikepdf")
    mixed = pikepdf.new()
    parts = [digital_pdf([REPORT]), scanned_pdf([REPORT]), digital_pdf([[]])]
    for part in parts:
        mixed.pages.extend(pikepdf.open(io.BytesIO(part)).pages)
    buffer = io.BytesIO()
    mixed.save(buffer)
    reading = read_bytes(tmp_path, "hon-hop.pdf", buffer.getvalue())
    sources = [page.source for page in reading.pages]
    assert sources == [TextSource.LAYER, TextSource.RECOGNISED, TextSource.NONE]
    numbers = [line.number for page in reading.pages for line in page.lines]
    assert numbers == list(range(1, len(numbers) + 1))


def letterhead() -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1)
    canvas.setFont(font(), 13)
    # The left column is drawn whole before the right one, and sits a little lower, as word processors do it.
    for n, line in enumerate(["ỦY BAN NHÂN DÂN", "HUYỆN BÌNH HẢI"]):
        canvas.drawString(70, 779 - 18 * n, line)
    for n, line in enumerate(["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"]):
        canvas.drawString(280, 780 - 18 * n, line)
    canvas.drawString(70, 700, "Đã trồng 1.250 héc ta rừng")
    canvas.setFont(font(), 8)
    canvas.drawString(70 + 150, 705, "2")
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def test_the_two_columns_of_a_letterhead_are_one_line(tmp_path: Path) -> None:
    lines = read_bytes(tmp_path, "dau.pdf", letterhead()).pages[0].lines
    assert lines[0].text == "ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    assert lines[1].text == "HUYỆN BÌNH HẢI Độc lập - Tự do - Hạnh phúc"


def test_the_same_letterhead_scanned_gives_the_same_lines(tmp_path: Path) -> None:
    image = pypdfium2.PdfDocument(letterhead())[0].render(scale=200 / 72, grayscale=True).to_pil()
    image.save(tmp_path / "dau.png", dpi=(200, 200))
    lines = read(IncomingFile("dau.png", tmp_path / "dau.png"), Settings()).pages[0].lines
    assert lines[0].text == "ỦY BAN NHÂN DÂN CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
    assert lines[1].text == "HUYỆN BÌNH HẢI Độc lập - Tự do - Hạnh phúc"


def test_a_title_as_tall_as_two_lines_beside_it_does_not_mix_them(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1)
    canvas.setFont(font(), 11)
    canvas.drawString(70, 206, "Nơi nhận:")
    canvas.drawString(70, 194, "- Chi cục Kiểm lâm (để b/c);")
    canvas.setFont(font(), 14)
    canvas.drawString(350, 199, "CHỦ TỊCH")
    canvas.showPage()
    canvas.save()
    text = text_of(read_bytes(tmp_path, "ky.pdf", buffer.getvalue()))
    assert text.replace(" CHỦ TỊCH", "") == "Nơi nhận:\n- Chi cục Kiểm lâm (để b/c);"


def footnoted(marks: tuple[tuple[str, str], ...]) -> bytes:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1)
    text = canvas.beginText(70, 700)
    for word, mark in marks:
        text.setFont(font(), 13)
        text.textOut(word)
        text.setFont(font(), 8)
        text.setRise(5)
        text.textOut(mark)
        text.setRise(0)
        text.setFont(font(), 13)
        text.textOut("; ")
    canvas.drawText(text)
    canvas.showPage()
    canvas.save()
    return buffer.getvalue()


def test_raised_digits_are_footnote_marks_in_text_and_digits_in_raw(tmp_path: Path) -> None:
    content = footnoted((("đạt 96,15%", "14"), ("so với 662", "3"), ("hộ", "")))
    line = read_bytes(tmp_path, "chu-thich.pdf", content).pages[0].lines[0]
    assert line.text == "đạt 96,15%¹⁴; so với 662³; hộ;"
    assert line.raw == "đạt 96,15%14; so với 6623; hộ;"


def test_the_mark_that_begins_a_footnote_is_one_and_a_row_number_is_none(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4, invariant=1)
    canvas.setFont(font(), 10)
    canvas.drawString(75, 100, "Xã Long Sơn, xã Bình Hải.")
    canvas.drawString(110, 300, "Xã Long Sơn")
    canvas.setFont(font(), 6.5)
    canvas.drawString(70, 104, "1")
    canvas.drawString(70, 302, "1")
    canvas.showPage()
    canvas.save()
    reading = read_bytes(tmp_path, "cuoi.pdf", buffer.getvalue())
    assert text_of(reading) == "1 Xã Long Sơn\n¹ Xã Long Sơn, xã Bình Hải."


def test_fake_bold_is_read_once(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4)
    canvas.setFont(font(), 13)
    for shift in (0, 0.3):
        canvas.drawString(70 + shift, 700, "QUYẾT ĐỊNH 1155")
    canvas.showPage()
    canvas.save()
    assert text_of(read_bytes(tmp_path, "dam.pdf", buffer.getvalue())) == "QUYẾT ĐỊNH 1155"


def test_words_placed_without_spaces_are_told_apart_by_their_gaps(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=A4)
    canvas.setFont(font(), 13)
    canvas.drawString(70, 700, "Tổng")
    canvas.drawString(105, 700, "số")
    canvas.showPage()
    canvas.save()
    assert text_of(read_bytes(tmp_path, "khoang.pdf", buffer.getvalue())) == "Tổng số"


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_that_the_pdf_turns_is_read_as_it_is_seen(tmp_path: Path, turn: int) -> None:
    pikepdf = pytest.importorskip("pikepdf")
    source = Canvas(str(tmp_path / "plain.pdf"), pagesize=A4)
    source.saveState()
    source.translate(A4[0] / 2, A4[1] / 2)
    source.rotate(turn)
    source.setFont(font(), 13)
    for n, line in enumerate(REPORT[:3]):
        source.drawString(-250, -20 * n, line)
    source.restoreState()
    source.showPage()
    source.save()
    with pikepdf.open(tmp_path / "plain.pdf") as document:
        document.pages[0].Rotate = turn
        document.save(tmp_path / "turned.pdf")
    reading = read(IncomingFile("turned.pdf", tmp_path / "turned.pdf"), Settings())
    assert text_of(reading) == "\n".join(REPORT[:3])


def test_a_tiff_of_many_pages_is_read_page_by_page(tmp_path: Path) -> None:
    first, second = page_image(REPORT), page_image(["TRANG THỨ HAI", "Tổng cộng 77 tàu cá"])
    first.save(tmp_path / "quet.tif", save_all=True, append_images=[second], dpi=(200, 200))
    seen: list[tuple[int, int]] = []
    reading = read(
        IncomingFile("quet.tif", tmp_path / "quet.tif"), Settings(), lambda done, total: seen.append((done, total))
    )
    assert seen == [(1, 2), (2, 2)]
    assert "1.250" in text_of(reading)
    assert reading.pages[1].lines[-1].text == "Tổng cộng 77 tàu cá"


def test_a_photograph_is_turned_as_its_exif_says(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was held sideways: turn by 90 degrees clockwise to look at it
    sideways = page_image(REPORT).transpose(Image.Transpose.ROTATE_90)
    sideways.save(tmp_path / "anh.jpg", exif=exif, quality=90)
    assert likeness(text_of(read(IncomingFile("anh.jpg", tmp_path / "anh.jpg"), Settings()))) > 0.97


def test_a_picture_with_a_transparent_ground_is_black_on_white(tmp_path: Path) -> None:
    ink = page_image(["Tổng cộng 77 tàu cá"]).point(lambda value: 255 - value)
    clear = Image.new("RGBA", ink.size, (0, 0, 0, 0))
    clear.putalpha(ink)
    clear.save(tmp_path / "trong.png", dpi=(200, 200))
    reading = read(IncomingFile("trong.png", tmp_path / "trong.png"), Settings())
    assert text_of(reading) == "Tổng cộng 77 tàu cá"


def test_a_page_over_its_time_is_named_and_the_garbled_layer_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = tmp_path / "tesseract"
    slow.write_text("#!/bin/sh\nexec sleep 60\n")
    slow.chmod(0o755)
    monkeypatch.setattr("pytesseract.pytesseract.tesseract_cmd", str(slow))
    content = scanned_pdf([REPORT], layer=GARBLED)
    page = read_bytes(tmp_path, "cham.pdf", content, Settings(page_seconds=1)).pages[0]
    assert page.problem is not None
    assert "cham.pdf" in page.problem
    assert page.source is TextSource.REPAIRED_LAYER
    assert len(page.lines) == len(GARBLED)


def test_real_documents_get_the_source_that_their_kind_says(shared: Path) -> None:
    # Kind c is digital; the wrong layers of kind b are all garbled. Pages are not recognised here, only judged.
    kinds = [row.split("\t")[:2] for row in (shared / "real" / "index.tsv").read_text("utf-8").splitlines()[1:]]
    for name, kind in kinds:
        if not name.endswith(".pdf") or kind == "a":
            continue
        with pdf.opened(shared / "real" / name, name, Settings()) as document:
            found = [judge(page).decision.trust for page in document]
        wanted = Trust.TRUSTED if kind == "c" else Trust.GARBLED
        assert set(found) <= {wanted, Trust.MISSING}, (name, found)
