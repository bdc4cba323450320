"""`doisoat ocr`: a scan comes out as PDF/A with the repaired words under its picture, and nothing else changes."""

from __future__ import annotations

import io
import shutil
from collections.abc import Sequence
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from counted_tesseract import counted
from ocr_samples import GARBLED, LEFT, REPORT, digital_pdf, page_image, scanned_pdf
from ocrmypdf.hocrtransform import OcrClass
from rapidfuzz import fuzz
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from benchmarks import pdfa_check
from pipeline.cli.main import main
from pipeline.errors import ExitCode, FileAccessError, InputFileError, SecretDocumentError
from pipeline.export.ocrmypdf_plugin import DoisoatEngine
from pipeline.export.searchable import Searchable, make_searchable
from pipeline.models import TextSource
from pipeline.ocr.intake import IncomingFile
from pipeline.ocr.reading import read
from pipeline.settings import Settings

ALIKE = 97.0  # per cent, of the characters


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path


def made(folder: Path, content: bytes, name: str = "quet.pdf") -> tuple[Searchable, list[str]]:
    """Make a searchable PDF; returns what was made and the text of each page as a viewer copies it."""
    source, target = folder / name, folder / "ra.pdf"
    source.write_bytes(content)
    result = make_searchable(IncomingFile(name, source), target, Settings(jobs=2))
    assert source.read_bytes() == content
    document = pypdfium2.PdfDocument(target)
    texts = [page.get_textpage().get_text_bounded() for page in document]
    document.close()
    return result, texts


def alike(text: str, lines: Sequence[str]) -> float:
    return fuzz.ratio(" ".join(text.split()), " ".join(" ".join(lines).split()))


def test_a_scan_becomes_searchable_and_its_words_lie_where_they_are_printed(folder: Path) -> None:
    result, texts = made(folder, scanned_pdf([REPORT]))
    assert (len(result.reading.pages), result.recognised) == (1, (1,))
    assert alike(texts[0], REPORT) > ALIKE
    document = pypdfium2.PdfDocument(folder / "ra.pdf")
    text = document[0].get_textpage()
    index, count = text.search("Kết quả trồng rừng").get_next()
    left, bottom, _, top = text.get_rect(0) if text.count_rects(index, count) else (0, 0, 0, 0)
    assert left == pytest.approx(LEFT, abs=4)
    assert 5 < top - bottom < 25
    document.close()


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_words_lie_where_they_are_printed_on_pages_that_are_turned_and_cropped(folder: Path, turn: int) -> None:
    upright = page_image(REPORT)
    image = upright.rotate(turn, expand=True)
    size = (A4[1], A4[0]) if turn in (90, 270) else A4
    buffer = io.BytesIO()
    canvas = Canvas(buffer, pagesize=size)
    canvas.drawImage(ImageReader(image), 0, 0, *size)
    canvas.save()
    with pikepdf.open(io.BytesIO(buffer.getvalue())) as document:
        document.pages[0].Rotate = turn
        document.pages[0].CropBox = [10, 20, size[0] - 30, size[1] - 40]
        document.save(folder / "cat.pdf")
    result, _ = made(folder, (folder / "cat.pdf").read_bytes())
    shown = read(IncomingFile("ra.pdf", folder / "ra.pdf"), Settings()).pages[0]
    assert shown.source is TextSource.LAYER
    seen = {word.text: word.box for line in shown.lines for word in line.words}
    found = 0
    for word in (word for line in result.reading.pages[0].lines for word in line.words):
        box = seen.get(word.text)
        if box and word.box and sum(w.text == word.text for line in shown.lines for w in line.words) == 1:
            found += 1
            assert (box.x0, box.x1) == pytest.approx((word.box.x0, word.box.x1), abs=4)
            assert (box.y0 + box.y1) / 2 == pytest.approx((word.box.y0 + word.box.y1) / 2, abs=6)
    assert found > 30


def test_a_wrong_layer_is_replaced(folder: Path) -> None:
    _, texts = made(folder, scanned_pdf([REPORT], layer=GARBLED))
    assert alike(texts[0], REPORT) > ALIKE


def test_text_that_is_believed_stays(folder: Path) -> None:
    result, texts = made(folder, digital_pdf([REPORT]))
    assert result.recognised == ()
    assert alike(texts[0], REPORT) > 99


@pytest.mark.skipif(shutil.which("gs") is None, reason="Ghostscript is not installed")
def test_the_result_is_pdf_a(folder: Path) -> None:
    result, _ = made(folder, scanned_pdf([REPORT, REPORT]))
    assert result.is_pdfa
    assert result.recognised == (1, 2)


@pytest.mark.skipif(not pdfa_check.is_installed(), reason="PDFBox Preflight is not installed")
def test_another_program_finds_nothing_against_pdf_a(folder: Path) -> None:
    made(folder, scanned_pdf([REPORT, REPORT[:4]]))
    assert pdfa_check.complaints(folder / "ra.pdf") == []
    (folder / "thuong.pdf").write_bytes(digital_pdf([REPORT]))
    assert pdfa_check.complaints(folder / "thuong.pdf")


def test_the_picture_over_the_words_stays_as_it_was(folder: Path) -> None:
    made(folder, scanned_pdf([REPORT]))
    before, after = (pictures_in(folder / name) for name in ("quet.pdf", "ra.pdf"))
    assert before == after
    assert len(before) == 1


def pictures_in(path: Path) -> list[bytes]:
    with pypdfium2.PdfDocument(path) as document:
        drawn = [thing for thing in document[0].get_objects() if isinstance(thing, pypdfium2.PdfImage)]
        return [picture.get_bitmap().to_numpy().tobytes() for picture in drawn]


def test_a_picture_becomes_a_pdf(folder: Path) -> None:
    buffer = io.BytesIO()
    page_image(REPORT).save(buffer, "PNG")
    result, texts = made(folder, buffer.getvalue(), "quet.png")
    assert len(result.reading.pages) == 1
    assert alike(texts[0], REPORT) > ALIKE


def test_the_text_can_be_had_beside_it(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source, target, text = folder / "quet.pdf", folder / "ra.pdf", folder / "ra.txt"
    source.write_bytes(scanned_pdf([REPORT]))
    assert main(["ocr", str(source), str(target), "--sidecar", str(text)]) == ExitCode.OK
    assert alike(text.read_text(encoding="utf-8"), REPORT) > ALIKE
    assert "1 trang nhận dạng" in capsys.readouterr().err


def test_each_page_is_read_once_for_all_files(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    source = folder / "quet.pdf"
    source.write_bytes(scanned_pdf([REPORT, REPORT[:4]]))
    tesseract = counted(folder, monkeypatch)
    read(IncomingFile("quet.pdf", source), Settings())
    alone = tesseract.readings
    assert alone >= 2
    options = ["--sidecar", str(folder / "ra.txt"), "--hocr", str(folder / "ra.hocr"), "--alto", str(folder / "ra.xml")]
    assert main(["ocr", str(source), str(folder / "ra.pdf"), *options]) == ExitCode.OK
    assert tesseract.readings == 2 * alone


def test_a_signed_file_is_refused_before_it_is_read(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pikepdf.open(io.BytesIO(scanned_pdf([REPORT]))) as document:
        document.Root.AcroForm = pikepdf.Dictionary(Fields=pikepdf.Array(), SigFlags=3)
        document.save(folder / "ky.pdf")
    tesseract = counted(folder, monkeypatch)
    with pytest.raises(InputFileError, match="chữ ký số"):
        make_searchable(IncomingFile("ky.pdf", folder / "ky.pdf"), folder / "ra.pdf", Settings())
    assert tesseract.readings == 0


def test_the_original_is_never_overwritten(folder: Path) -> None:
    source = folder / "quet.pdf"
    source.write_bytes(scanned_pdf([REPORT]))
    with pytest.raises(FileAccessError, match=r"quet\.pdf"):
        make_searchable(IncomingFile("quet.pdf", source), source, Settings())


def test_what_is_no_scan_is_refused_by_name(folder: Path) -> None:
    source = folder / "ghi-chu.txt"
    source.write_text("Báo cáo", encoding="utf-8")
    with pytest.raises(InputFileError, match=r"ghi-chu\.txt"):
        make_searchable(IncomingFile("ghi-chu.txt", source), folder / "ra.pdf", Settings())
    assert main(["ocr", str(folder / "khong-co.pdf"), str(folder / "ra.pdf")]) == ExitCode.FILE_ACCESS


def test_of_a_secret_document_nothing_is_kept(folder: Path) -> None:
    source = folder / "mat.pdf"
    source.write_bytes(scanned_pdf([["ỦY BAN NHÂN DÂN TỈNH CÀ MAU", "", "TỐI MẬT", "", *REPORT]]))
    with pytest.raises(SecretDocumentError):
        make_searchable(IncomingFile("mat.pdf", source), folder / "ra.pdf", Settings())
    assert [path.name for path in folder.iterdir()] == ["mat.pdf"]


def test_the_plugin_gives_every_word_a_box_within_its_line(folder: Path) -> None:
    path = folder / "page.png"
    page_image(REPORT).save(path, dpi=(200, 200))
    page, text = DoisoatEngine.generate_ocr(path, None)
    assert alike(text, REPORT) > ALIKE
    for line in page.iter_by_class(OcrClass.LINE):
        assert line.bbox is not None
        words = line.iter_by_class(OcrClass.WORD)
        assert words
        for word in words:
            assert word.bbox is not None
            assert word.bbox.left >= line.bbox.left
            assert word.bbox.right <= line.bbox.right


def test_an_empty_page_has_no_words(folder: Path) -> None:
    path = folder / "page.png"
    page_image([]).save(path, dpi=(200, 200))
    page, text = DoisoatEngine.generate_ocr(path, None)
    assert page.iter_by_class(OcrClass.WORD) == []
    assert text == ""
