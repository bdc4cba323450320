"""Bad input: each gives one clear message that names the file and says what to do, and the rest is done."""

from __future__ import annotations

import contextlib
import io
import struct
import tempfile
import zipfile
import zlib
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from ocr_samples import REPORT, digital_pdf, font, page_image, read_bytes, scanned_pdf, text_of
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from pipeline.errors import (
    DoisoatError,
    EncryptedFileError,
    ExitCode,
    InputFileError,
    MissingDependencyError,
    SecretDocumentError,
)
from pipeline.models import TextSource
from pipeline.ocr import pictures
from pipeline.ocr.intake import IncomingFile, RefusedFile, collect
from pipeline.ocr.reading import read
from pipeline.settings import Settings

pikepdf = pytest.importorskip("pikepdf")


def refused(tmp_path: Path, name: str, content: bytes, settings: Settings | None = None) -> DoisoatError:
    """Read a bad file and check what every message owes its reader."""
    with pytest.raises(DoisoatError) as caught:
        read_bytes(tmp_path, name, content, settings)
    error = caught.value
    assert name in error.message
    assert error.remedy
    assert " / " in error.message, "Vietnamese first, English second"
    assert "\n" not in str(error)
    return error


def pdf_bytes(document: pikepdf.Pdf, **options: object) -> bytes:
    buffer = io.BytesIO()
    document.save(buffer, **options)
    return buffer.getvalue()


def encrypted(user: str) -> bytes:
    with pikepdf.open(io.BytesIO(digital_pdf([REPORT]))) as document:
        return pdf_bytes(document, encryption=pikepdf.Encryption(owner="chu", user=user))


def test_an_encrypted_pdf(tmp_path: Path) -> None:
    error = refused(tmp_path, "khoa.pdf", encrypted("bi-mat"))
    assert isinstance(error, EncryptedFileError)
    assert error.exit_code is ExitCode.ENCRYPTED


def test_a_pdf_locked_only_against_changes_opens(tmp_path: Path) -> None:
    assert "1.250" in text_of(read_bytes(tmp_path, "chi-doc.pdf", encrypted("")))


@pytest.mark.parametrize("share", [0.05, 0.5, 0.95])
def test_a_pdf_cut_off(tmp_path: Path, share: float) -> None:
    whole = digital_pdf([REPORT] * 3)
    error = refused(tmp_path, "cut.pdf", whole[: int(len(whole) * share)])
    assert error.exit_code is ExitCode.INPUT_FILE


def test_a_linearized_pdf_cut_off_loses_no_page_silently(tmp_path: Path) -> None:
    with pikepdf.open(io.BytesIO(digital_pdf([REPORT] * 3))) as document:
        whole = pdf_bytes(document, linearize=True)
    assert len(read_bytes(tmp_path, "du.pdf", whole).pages) == 3
    refused(tmp_path, "cut.pdf", whole[: int(len(whole) * 0.8)])


def test_a_pdf_that_is_only_a_header(tmp_path: Path) -> None:
    refused(tmp_path, "hong.pdf", b"%PDF-1.7\nkhong co gi\n%%EOF\n")


@pytest.mark.parametrize("name", ["rong.pdf", "rong.png", "rong.txt", "rong.zip"])
def test_a_file_of_no_bytes(tmp_path: Path, name: str) -> None:
    error = refused(tmp_path, name, b"")
    assert error.exit_code is ExitCode.INPUT_FILE
    assert "0 byte" in error.message


def test_a_wrong_extension_is_read_by_its_content(tmp_path: Path) -> None:
    reading = read_bytes(tmp_path, "bao-cao.jpg", digital_pdf([REPORT]))
    assert reading.media_type == "application/pdf"
    assert "1.250" in text_of(reading)


@pytest.mark.parametrize(
    ("content", "what"),
    [(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "Office"), (bytes(range(256)) * 4, "unknown")],
)
def test_a_type_that_is_not_read(tmp_path: Path, content: bytes, what: str) -> None:
    assert what in refused(tmp_path, "bao-cao.pdf", content).message


def test_5000_pages(tmp_path: Path) -> None:
    document = pikepdf.new()
    document.add_blank_page()
    document.Root.Pages.Kids = pikepdf.Array([document.pages[0].obj] * 5000)
    document.Root.Pages.Count = 5000
    error = refused(tmp_path, "day.pdf", pdf_bytes(document))
    assert "5000" in error.message
    assert "DOISOAT_MAX_PAGES" in error.remedy


def huge_png(side: int) -> bytes:
    """A PNG of `side` x `side` pixels that takes a few bytes: only its header is true."""
    header = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")
    )


def test_a_huge_bitmap(tmp_path: Path) -> None:
    error = refused(tmp_path, "to.png", huge_png(60_000))
    assert "3600000000" in error.message
    assert "DOISOAT_MAX_PIXELS" in error.remedy


def test_a_huge_bitmap_in_a_pdf_costs_that_page_only(tmp_path: Path) -> None:
    content = scanned_pdf([REPORT, REPORT[:5]])
    with pikepdf.open(io.BytesIO(content)) as document:
        (picture,) = document.pages[1].Resources.XObject.values()
        picture.Width = picture.Height = 60_000
        content = pdf_bytes(document)
    first, second = read_bytes(tmp_path, "to.pdf", content).pages
    assert first.source is TextSource.RECOGNISED
    assert second.problem is not None
    assert "to.pdf" in second.problem
    assert "3600000000" in second.problem


@pytest.mark.parametrize("name", ["anh.jpg", "anh.png", "anh.tif"])
def test_a_picture_cut_off(tmp_path: Path, name: str) -> None:
    page_image(REPORT).save(tmp_path / name)
    content = (tmp_path / name).read_bytes()
    assert refused(tmp_path, name, content[: len(content) // 2]).exit_code is ExitCode.INPUT_FILE


def test_a_picture_that_is_only_a_signature(tmp_path: Path) -> None:
    refused(tmp_path, "anh.jpg", b"\xff\xd8\xff\xe0" + b"khong phai anh" * 20)


def test_a_bad_page_of_a_tiff_costs_that_page_only(tmp_path: Path) -> None:
    pages = [page_image(REPORT), page_image(REPORT)]
    pages[0].save(tmp_path / "a.tif", save_all=True, append_images=pages[1:], compression="tiff_lzw", dpi=(200, 200))
    with Image.open(tmp_path / "a.tif") as file:
        file.seek(1)
        start = file.tag_v2[273][0]  # StripOffsets
    content = bytearray((tmp_path / "a.tif").read_bytes())
    content[start : start + 400] = b"\xff" * 400
    first, second = read_bytes(tmp_path, "b.tif", bytes(content)).pages
    assert first.problem is None
    assert second.problem is not None
    assert "b.tif" in second.problem


def test_a_bad_page_of_a_pdf_costs_that_page_only(tmp_path: Path) -> None:
    with pikepdf.open(io.BytesIO(digital_pdf([REPORT] * 3))) as document:
        document.Root.Pages.Kids[1] = document.make_indirect(pikepdf.Dictionary(Type=pikepdf.Name.Font))
        content = pdf_bytes(document)
    pages = read_bytes(tmp_path, "hong.pdf", content).pages
    assert [page.problem is None for page in pages] == [True, False, True]
    assert [page.number for page in pages] == [1, 2, 3]


def test_text_that_is_not_utf_8(tmp_path: Path) -> None:
    error = refused(tmp_path, "cu.txt", "Tæng sè hå s¬ lµ 120".encode("latin-1"))
    assert "UTF-8" in error.remedy


def test_a_file_over_the_limit_of_bytes(tmp_path: Path) -> None:
    assert "DOISOAT_MAX_BYTES" in refused(tmp_path, "to.txt", b"a" * 2000, Settings(max_bytes=1000)).remedy


def test_a_file_that_vanished(tmp_path: Path) -> None:
    with pytest.raises(DoisoatError) as caught:
        read(IncomingFile("mat.pdf", tmp_path / "mat.pdf"), Settings())
    assert caught.value.exit_code is ExitCode.FILE_ACCESS


def test_tesseract_not_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pytesseract.pytesseract.tesseract_cmd", str(tmp_path / "khong-co"))
    with pytest.raises(MissingDependencyError, match="apt-get install tesseract-ocr"):
        read_bytes(tmp_path, "quet.pdf", scanned_pdf([REPORT]))


def test_tesseract_without_vietnamese(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TESSDATA_PREFIX", str(tmp_path))
    with pytest.raises(MissingDependencyError, match="tesseract-ocr-vie"):
        read_bytes(tmp_path, "quet.pdf", scanned_pdf([REPORT]))


HEAD = ("ỦY BAN NHÂN DÂN HUYỆN BÌNH HẢI", "Số: 12/BC-UBND")


@pytest.mark.parametrize("mark", ["MẬT", "TỐI MẬT", "TUYỆT MẬT", "| MẬT |", "TÓI MẬT"])
def test_a_secret_document_is_refused_and_says_why(tmp_path: Path, mark: str) -> None:
    error = refused(tmp_path, "mat.txt", "\n".join([*HEAD, mark, *REPORT]).encode())
    assert isinstance(error, SecretDocumentError)


def test_a_secret_document_on_paper_is_refused(tmp_path: Path) -> None:
    assert isinstance(refused(tmp_path, "mat.pdf", scanned_pdf([[*HEAD, "", "MẬT", "", *REPORT]])), SecretDocumentError)


def test_a_mark_beside_the_place_and_date_is_a_mark(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    canvas = Canvas(buffer)
    canvas.setFont(font(), 13)
    canvas.drawString(70, 780, HEAD[0])
    canvas.drawString(90, 740, "TỐI MẬT")
    canvas.drawString(300, 740, "Bình Hải, ngày 03 tháng 5 năm 2024")
    canvas.showPage()
    canvas.save()
    error = refused(tmp_path, "mat.pdf", buffer.getvalue())
    assert isinstance(error, SecretDocumentError)
    assert "TỐI MẬT" in error.message


@pytest.mark.parametrize("line", ["Mật", "bảo mật", "MẬT ONG", "CÔNG TÁC BẢO MẬT", "mật"])
def test_the_word_elsewhere_is_no_secrecy_mark(tmp_path: Path, line: str) -> None:
    assert read_bytes(tmp_path, "thuong.txt", "\n".join([*HEAD, line, *REPORT]).encode())


def test_the_mark_deep_in_the_text_is_none(tmp_path: Path) -> None:
    assert read_bytes(tmp_path, "thuong.txt", "\n".join([*HEAD, *REPORT, *REPORT, "MẬT"]).encode())


def a_zip() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("báo cáo.txt", "Tổng cộng " * 40)
        archive.writestr("b.txt", "b")
    return buffer.getvalue()


def a_picture(file_format: str) -> bytes:
    buffer = io.BytesIO()
    Image.new("L", (40, 40), 200).save(buffer, file_format)
    return buffer.getvalue()


WHOLE = {"zip": a_zip(), "png": a_picture("PNG"), "jpg": a_picture("JPEG"), "tif": a_picture("TIFF")}


@example(kind="tif", harm=[(0.0703125, 1)])  # Pillow: TypeError, "Missing dimensions"
@settings(max_examples=150, deadline=None)
@given(
    kind=st.sampled_from(sorted(WHOLE)),
    harm=st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), min_size=1, max_size=8),
)
def test_no_byte_out_of_place_ends_in_anything_but_a_message(kind: str, harm: list[tuple[float, int]]) -> None:
    content = bytearray(WHOLE[kind])
    for place, value in harm:
        content[int(place * (len(content) - 1))] = value
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"hong.{kind}"
        path.write_bytes(content)
        for item in collect([path], Settings(), Path(folder)):
            if isinstance(item, RefusedFile) or kind == "zip":
                continue
            with contextlib.suppress(DoisoatError), pictures.opened(path, item.name, Settings()) as image:
                pictures.page(image, 0, item.name, Settings())


def test_one_bad_file_does_not_stop_the_folder(tmp_path: Path) -> None:
    folder = tmp_path / "den"
    folder.mkdir()
    (folder / "a.txt").write_text("\n".join(REPORT), "utf-8")
    (folder / "b.pdf").write_bytes(digital_pdf([REPORT])[:500])
    (folder / "c.pdf").write_bytes(digital_pdf([REPORT]))
    (folder / "d.txt").write_bytes(b"")
    (folder / "e.txt").write_bytes("Tæng".encode("latin-1"))
    done, failed = [], {}
    for item in collect([folder], Settings(), tmp_path):
        if isinstance(item, RefusedFile):
            failed[item.name] = item.error
            continue
        try:
            done.append(read(item, Settings()).document)
        except InputFileError as error:
            failed[item.name] = error
    assert done == ["a.txt", "c.pdf"]
    assert set(failed) == {"b.pdf", "d.txt", "e.txt"}
    assert all(name in error.message for name, error in failed.items())
