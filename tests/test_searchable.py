"""`doisoat ocr`: a scan comes out as PDF/A with the repaired words under its picture, and nothing else changes."""

from __future__ import annotations

import io
import shutil
from collections.abc import Sequence
from pathlib import Path

import pypdfium2
import pytest
from ocr_samples import GARBLED, LEFT, REPORT, digital_pdf, page_image, scanned_pdf
from ocrmypdf.hocrtransform import OcrClass
from rapidfuzz import fuzz

from pipeline.cli.main import main
from pipeline.errors import ExitCode, FileAccessError, InputFileError, SecretDocumentError
from pipeline.export.ocrmypdf_plugin import DoisoatEngine
from pipeline.export.searchable import Searchable, make_searchable
from pipeline.ocr.intake import IncomingFile
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
    assert (result.pages, result.recognised) == (1, (1,))
    assert alike(texts[0], REPORT) > ALIKE
    document = pypdfium2.PdfDocument(folder / "ra.pdf")
    text = document[0].get_textpage()
    index, count = text.search("Kết quả trồng rừng").get_next()
    left, bottom, _, top = text.get_rect(0) if text.count_rects(index, count) else (0, 0, 0, 0)
    assert left == pytest.approx(LEFT, abs=4)
    assert 5 < top - bottom < 25
    document.close()


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


def test_a_picture_becomes_a_pdf(folder: Path) -> None:
    buffer = io.BytesIO()
    page_image(REPORT).save(buffer, "PNG")
    result, texts = made(folder, buffer.getvalue(), "quet.png")
    assert result.pages == 1
    assert alike(texts[0], REPORT) > ALIKE


def test_the_text_can_be_had_beside_it(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    source, target, text = folder / "quet.pdf", folder / "ra.pdf", folder / "ra.txt"
    source.write_bytes(scanned_pdf([REPORT]))
    assert main(["ocr", str(source), str(target), "--sidecar", str(text)]) == ExitCode.OK
    assert alike(text.read_text(encoding="utf-8"), REPORT) > ALIKE
    assert "1 trang nhận dạng" in capsys.readouterr().err


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
