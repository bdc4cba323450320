"""A page that was recognised once is not recognised again: by no second run, no other command, no file saved anew."""

from __future__ import annotations

import gzip
import io
import os
import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pikepdf
import pytest
from counted_tesseract import CountedTesseract, counted
from ocr_samples import GARBLED, REPORT, digital_pdf, scanned_pdf
from PIL import Image
from pile_samples import letter
from pydantic import ValidationError

from pipeline.errors import SecretDocumentError
from pipeline.models import Box, Reading, TextSource
from pipeline.ocr.intake import IncomingFile
from pipeline.ocr.lines import PlacedWord, PrintedLine
from pipeline.ocr.pagecache import PageCache, page_cache
from pipeline.ocr.pagekey import page_key
from pipeline.ocr.picturedpage import PicturedPage
from pipeline.ocr.reading import read
from pipeline.ocr.recognition import PageImage
from pipeline.repaired import read_and_repair
from pipeline.run import process
from pipeline.settings import Settings

SHORT = REPORT[:3]
OTHER = ("THÔNG BÁO", "Về việc nghỉ lễ của cơ quan", "Các phòng cử người trực 24 giờ")
SECRET = ("ỦY BAN NHÂN DÂN TỈNH CÀ MAU", "", "TỐI MẬT", "", *REPORT)
A_DIGEST = "ab" + "0" * 62


@pytest.fixture
def cached(tmp_path: Path) -> Settings:
    return Settings(page_cache=tmp_path / "cache", jobs=1)


@pytest.fixture
def tesseract(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CountedTesseract:
    return counted(tmp_path, monkeypatch)


def kept(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file())


def put(folder: Path, name: str, content: bytes) -> IncomingFile:
    path = folder / name
    path.write_bytes(content)
    return IncomingFile(name, path)


def seen(*texts: str) -> PicturedPage:
    box = Box(x0=1.5, y0=2.25, x1=30.1, y1=12.7)
    words = tuple(PlacedWord(text, text, box, 0.875, second="hai") for text in texts)
    return PicturedPage((PrintedLine(words),), None)


def pages(reading: Reading) -> object:
    return reading.pages


def test_what_comes_from_the_cache_is_what_was_read(
    tmp_path: Path, cached: Settings, tesseract: CountedTesseract
) -> None:
    file = put(tmp_path, "quet.pdf", scanned_pdf([REPORT, SHORT]))
    first = read(file, cached)
    count = tesseract.readings
    assert count >= 2
    assert read(file, cached) == first
    assert tesseract.readings == count
    assert pages(read(file, Settings(page_cache="off"))) == pages(first)


def test_an_interrupted_document_goes_on_where_it_stopped(
    tmp_path: Path, cached: Settings, tesseract: CountedTesseract
) -> None:
    file = put(tmp_path, "quet.pdf", scanned_pdf([SHORT, OTHER, SHORT[:2], OTHER[:2]]))
    done: list[int] = []

    def stop(number: int, total: int) -> None:
        done.append(number)
        if number == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read(file, cached, stop)
    before = tesseract.readings
    assert len(kept(tmp_path / "cache")) == 3
    whole = read(file, cached)
    after = tesseract.readings
    assert after > before
    read(put(tmp_path, "trang-4.pdf", scanned_pdf([OTHER[:2]])), Settings(page_cache="off"))
    assert tesseract.readings - after == after - before
    assert [page.source for page in whole.pages] == [TextSource.RECOGNISED] * 4


def test_the_same_scan_saved_anew_is_not_read_again(
    tmp_path: Path, cached: Settings, tesseract: CountedTesseract
) -> None:
    content = scanned_pdf([REPORT])
    first = read(put(tmp_path, "quet.pdf", content), cached)
    count = tesseract.readings
    with pikepdf.open(io.BytesIO(content)) as document:
        document.docinfo["/Title"] = "Bản lưu"
        document.save(tmp_path / "luu.pdf")
    again = read(IncomingFile("luu.pdf", tmp_path / "luu.pdf"), cached)
    assert again.digest != first.digest
    assert pages(again) == pages(first)
    assert tesseract.readings == count


def test_what_was_ingested_becomes_searchable_without_being_read_again(
    tmp_path: Path, cached: Settings, tesseract: CountedTesseract
) -> None:
    file = put(tmp_path, "quet.pdf", scanned_pdf([REPORT, SHORT]))
    _doisoat(cached, "ingest", str(file.path), "--archive", str(tmp_path / "kho"), "--jobs", "2")
    count = tesseract.readings
    assert count >= 2
    _doisoat(cached, "ocr", str(file.path), str(tmp_path / "ra.pdf"))
    assert tesseract.readings == count


def _doisoat(settings: Settings, *arguments: str) -> None:
    """Run the command in a process of its own."""
    program = "import sys; from pipeline.cli.main import main; sys.exit(main(sys.argv[1:]))"
    environment = {**os.environ, "DOISOAT_PAGE_CACHE": str(settings.page_cache)}
    subprocess.run([sys.executable, "-c", program, *arguments], env=environment, check=True, capture_output=True)


def test_another_resolution_is_another_picture(tmp_path: Path, tesseract: CountedTesseract) -> None:
    file = put(tmp_path, "quet.pdf", scanned_pdf([SHORT]))
    for dpi in (150, 120):
        before = tesseract.readings
        read(file, Settings(page_cache=tmp_path / "cache", dpi=dpi))
        assert tesseract.readings > before
    assert len(kept(tmp_path / "cache")) == 2


def test_the_digest_tells_pictures_resolutions_and_colours_apart() -> None:
    grey, red = Image.new("L", (40, 60), 255), Image.new("RGB", (40, 60), "red")
    dotted = grey.copy()
    dotted.putpixel((3, 3), 254)
    turned = Image.new("L", (60, 40), 255)
    pictures = [
        PageImage(grey, 2.0),
        PageImage(grey, 2.5),
        PageImage(dotted, 2.0),
        PageImage(turned, 2.0),
        PageImage(grey, 2.0, red),
    ]
    assert len({page_key(picture) for picture in pictures}) == len(pictures)
    assert page_key(PageImage(grey.copy(), 2.0)) == page_key(pictures[0])


def test_a_page_that_may_have_run_short_of_time_is_not_kept(tmp_path: Path) -> None:
    read(put(tmp_path, "quet.pdf", scanned_pdf([SHORT])), Settings(page_cache=tmp_path / "cache", page_seconds=1))
    assert kept(tmp_path / "cache") == []


def test_pages_of_their_own_text_are_not_kept(tmp_path: Path, cached: Settings) -> None:
    read(put(tmp_path, "so.pdf", digital_pdf([REPORT])), cached)
    assert kept(tmp_path / "cache") == []


@pytest.mark.parametrize("harm", ["cut", "flip", "other", "empty"])
def test_a_damaged_entry_is_read_again_and_the_log_says_so(
    tmp_path: Path, cached: Settings, tesseract: CountedTesseract, caplog: pytest.LogCaptureFixture, harm: str
) -> None:
    file = put(tmp_path, "quet.pdf", scanned_pdf([SHORT]))
    first = read(file, cached)
    (entry,) = kept(tmp_path / "cache")
    whole, count = entry.read_bytes(), tesseract.readings
    middle = len(whole) // 2
    entry.write_bytes(
        {
            "cut": whole[:middle],
            "flip": whole[:middle] + bytes([whole[middle] ^ 0xFF]) + whole[middle + 1 :],
            "other": gzip.compress(b'{"lines": 3}'),
            "empty": b"",
        }[harm]
    )
    assert pages(read(file, cached)) == pages(first)
    assert tesseract.readings == 2 * count
    assert str(entry) in caplog.text
    assert entry.read_bytes() == whole


@pytest.mark.parametrize("through", [read, process, read_and_repair])
def test_of_a_secret_document_nothing_is_kept(tmp_path: Path, through: object) -> None:
    file = put(tmp_path, "mat.pdf", scanned_pdf([SECRET, SHORT, OTHER]))
    assert callable(through)
    with pytest.raises(SecretDocumentError):
        through(file, Settings(page_cache=tmp_path / "cache", jobs=3))
    assert not (tmp_path / "cache").exists()


def test_a_later_secret_document_of_a_file_leaves_nothing_of_it_behind(tmp_path: Path) -> None:
    head = letter("32/UBND-KT")
    file = put(tmp_path, "quet.pdf", scanned_pdf([letter("31/UBND-KT"), [*head[:3], "MẬT", *head[3:]]]))
    with pytest.raises(SecretDocumentError):
        process(file, Settings(page_cache=tmp_path / "cache", jobs=1))
    assert kept(tmp_path / "cache") == []


def test_a_mark_that_only_repair_brings_out_refuses_the_document(tmp_path: Path) -> None:
    garbled = digital_pdf([("UY BAN NHAN DAN TINH CA MAU", "", "T6I MAT", "", *GARBLED)])
    file = put(tmp_path, "mat.pdf", with_pages(garbled, scanned_pdf([SHORT])))
    assert read(file, Settings()).pages[0].source is TextSource.REPAIRED_LAYER
    for through in (process, read_and_repair):
        with pytest.raises(SecretDocumentError, match="TỐI MẬT"):
            through(file, Settings(page_cache=tmp_path / "cache", jobs=2))
    assert not (tmp_path / "cache").exists()


def with_pages(content: bytes, more: bytes) -> bytes:
    buffer = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as document, pikepdf.open(io.BytesIO(more)) as other:
        document.pages.extend(other.pages)
        document.save(buffer)
    return buffer.getvalue()


def test_a_secret_document_is_refused_after_its_first_page(
    tmp_path: Path, cached: Settings, tesseract: CountedTesseract
) -> None:
    with pytest.raises(SecretDocumentError):
        read(put(tmp_path, "mat.pdf", scanned_pdf([SECRET, SHORT, OTHER])), cached)
    refused = tesseract.readings
    with pytest.raises(SecretDocumentError):
        read(put(tmp_path, "mat-1.pdf", scanned_pdf([SECRET])), cached)
    assert tesseract.readings == 2 * refused


def test_only_the_user_can_read_what_is_kept(tmp_path: Path, cached: Settings) -> None:
    read(put(tmp_path, "quet.pdf", scanned_pdf([SHORT])), cached)
    (entry,) = kept(tmp_path / "cache")
    assert stat.S_IMODE(entry.stat().st_mode) == 0o600
    for folder in (entry.parent, entry.parent.parent):
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700


def test_what_was_used_longest_ago_goes_first(tmp_path: Path) -> None:
    page = seen(*(f"chữ{number}" for number in range(100)))
    PageCache(tmp_path / "probe", 10**9).put(A_DIGEST, page)
    size = kept(tmp_path / "probe")[0].stat().st_size
    cache = PageCache(tmp_path / "cache", 256 * 3 * size)
    keys = [f"ab{number:062d}" for number in range(3)]
    for age, key in enumerate(keys):
        cache.put(key, page)
        os.utime(tmp_path / "cache" / "ab" / f"{key[2:]}.json.gz", (1000 + age, 1000 + age))
    assert cache.get(keys[0]) == page
    cache.put(f"ab{3:062d}", page)
    assert [cache.get(key) is not None for key in keys] == [True, False, True]
    assert sum(path.stat().st_size for path in kept(tmp_path / "cache")) <= 3 * size


def test_a_page_bigger_than_its_share_is_not_kept(tmp_path: Path) -> None:
    cache = PageCache(tmp_path / "cache", 256)
    cache.put(A_DIGEST, seen("chữ"))
    assert cache.get(A_DIGEST) is None
    assert kept(tmp_path / "cache") == []


def test_many_may_keep_the_same_page_at_once(tmp_path: Path) -> None:
    page = seen("chữ", "số")
    caches = [PageCache(tmp_path / "cache", 10**9) for _ in range(8)]
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda cache: [cache.put(A_DIGEST, page) for _ in range(20)], caches))
        assert list(threads.map(lambda cache: cache.get(A_DIGEST), caches)) == [page] * 8
    assert len(kept(tmp_path / "cache")) == 1


def test_a_cache_that_cannot_be_written_costs_a_warning_and_no_document(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "cache").write_text("no folder", encoding="utf-8")
    reading = read(put(tmp_path, "quet.pdf", scanned_pdf([SHORT])), Settings(page_cache=tmp_path / "cache"))
    assert reading.pages[0].source is TextSource.RECOGNISED
    assert str(tmp_path / "cache") in caplog.text


def test_it_is_turned_off_by_a_word(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DOISOAT_PAGE_CACHE", "off")
    assert page_cache(Settings()) is None


def test_it_lies_where_the_system_keeps_what_can_be_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DOISOAT_PAGE_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert Settings().page_cache == tmp_path / "doisoat" / "pages"
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert Settings().page_cache == tmp_path / ".cache" / "doisoat" / "pages"


def test_a_size_too_small_for_its_folders_is_refused() -> None:
    with pytest.raises(ValidationError):
        Settings(page_cache_bytes=1000)
