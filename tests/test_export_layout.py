"""hOCR and ALTO: the repaired words at their places, in files that others' programs read."""

from __future__ import annotations

import io
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from ocr_samples import REPORT, digital_pdf, page_image, scanned_pdf
from ocrmypdf.font import MultiFontManager
from ocrmypdf.fpdf_renderer import Fpdf2PdfRenderer
from ocrmypdf.hocrtransform import HocrParser
from rapidfuzz import fuzz

from pipeline import __version__
from pipeline.cli.main import main
from pipeline.errors import ExitCode
from pipeline.export.alto import NAMESPACE as ALTO
from pipeline.export.alto import alto
from pipeline.export.fileformat import LayoutFormat
from pipeline.export.hocr import NAMESPACE as XHTML
from pipeline.export.hocr import hocr
from pipeline.export.layout import layout_files
from pipeline.export.placedwords import placed_words
from pipeline.models import Box, Doubt, Line, LineRole, Page, Reading, TextSource, Word

WIDTH, HEIGHT = 595.0, 842.0
WORD_WIDTH, LINE_HEIGHT = 40.0, 12.0


def line(raw: str, text: str | None = None, top: float = 100.0, **more: object) -> Line:
    """A printed line whose words are 40 points wide and 10 points apart."""
    words = tuple(
        Word(text=word, box=Box(x0=left, y0=top, x1=left + WORD_WIDTH, y1=top + LINE_HEIGHT), confidence=0.8)
        for left, word in zip(range(60, 10_000, 50), raw.split(), strict=False)
    )
    return Line(number=1, raw=raw, text=raw if text is None else text, words=words).model_copy(update=more)


def reading(*lines: Line) -> Reading:
    page = Page(number=1, lines=lines, width=WIDTH, height=HEIGHT, source=TextSource.RECOGNISED)
    return Reading(document="bao-cao.pdf", digest="ab" * 32, media_type="application/pdf", size=1, pages=(page,))


def strings(content: bytes) -> list[etree._Element]:
    return list(etree.fromstring(content).iter(f"{{{ALTO}}}String"))


def test_repaired_words_take_the_places_of_those_that_were_read() -> None:
    words = placed_words(line("kê hoạch nămnay .", "kế hoạch năm nay"))
    assert [word.text for word in words] == ["kế", "hoạch", "năm", "nay"]
    assert [word.box.x0 for word in words][:2] == [60, 110]
    assert all(word.box.x0 >= 160 and word.box.x1 <= 250 for word in words[2:])
    assert words[2].box.x1 < words[3].box.x0


def test_a_numeral_is_no_surer_than_its_reader_and_a_word_as_sure_as_its_repair() -> None:
    words = placed_words(line("đat 96,15%", "đạt 96,15%", confidences=(0.97, 1.0)))
    assert [word.confidence for word in words] == [0.97, 0.8]


def test_what_was_not_repaired_is_as_sure_as_its_reader() -> None:
    assert [word.confidence for word in placed_words(line("đạt kế hoạch"))] == [0.8, 0.8, 0.8]


TOKENS = st.lists(st.sampled_from(["kế", "kê", "hoạch", "năm", "nay", "nămnay", "2024", ".", "12,5%"]), min_size=1)


@given(TOKENS, TOKENS)
def test_every_repaired_word_has_a_place_within_the_line(raw: list[str], text: list[str]) -> None:
    words = placed_words(line(" ".join(raw), " ".join(text)))
    assert [word.text for word in words] == text
    assert all(60 <= word.box.x0 < word.box.x1 <= 10 + 50 * (len(raw) + 1) for word in words)


def test_alto_states_its_unit_and_who_made_it() -> None:
    root = etree.fromstring(alto(reading(line("BÁO CÁO"))))
    assert root.tag == f"{{{ALTO}}}alto"
    assert root.findtext(f".//{{{ALTO}}}MeasurementUnit") == "inch1200"
    assert root.findtext(f".//{{{ALTO}}}fileName") == "bao-cao.pdf"
    assert root.findtext(f".//{{{ALTO}}}softwareName") == "doisoat"
    assert root.findtext(f".//{{{ALTO}}}softwareVersion") == __version__
    page = root.find(f".//{{{ALTO}}}Page")
    assert page is not None
    assert (page.get("WIDTH"), page.get("HEIGHT")) == (str(round(WIDTH / 72 * 1200)), str(round(HEIGHT / 72 * 1200)))


def test_alto_has_each_word_with_its_place_and_its_confidence() -> None:
    first, second = strings(alto(reading(line("kê hoạch", "kế hoạch"))))
    assert (first.get("CONTENT"), first.get("WC")) == ("kế", "0.80")
    assert [first.get(name) for name in ("HPOS", "VPOS", "WIDTH", "HEIGHT")] == ["1000", "1667", "667", "200"]
    assert second.get("HPOS") == "1833"


def test_alto_says_what_a_doubtful_word_may_be() -> None:
    doubt = Doubt(start=4, end=7, confidence=0.6, others=("họp", "hớp"))
    sure, doubtful = strings(alto(reading(line("các hop,", "các hợp,", doubts=(doubt,)))))
    assert [other.text for other in doubtful] == ["họp,", "hớp,"]
    assert list(sure) == []


def test_blocks_are_parted_by_what_lines_are_and_by_the_space_between_them() -> None:
    lines = [
        line("Tiêu đề", top=40, role=LineRole.RUNNING_HEAD),
        line("một đoạn", top=60),
        line("của văn bản", top=78),
        line("đoạn sau", top=140),
        line("1 ghi chú", top=700, role=LineRole.NOTE),
        line("dài hai dòng", top=715, role=LineRole.NOTE_MORE),
        line("2 ghi chú nữa", top=730, role=LineRole.NOTE),
    ]
    root = etree.fromstring(alto(reading(*lines)))
    blocks = list(root.iter(f"{{{ALTO}}}TextBlock"))
    assert [len(block) for block in blocks] == [1, 2, 1, 2, 1]
    tags = {tag.get("ID"): tag.get("LABEL") for tag in root.iter(f"{{{ALTO}}}StructureTag")}
    kinds = [tags.get(block.get("TAGREFS")) for block in blocks]
    assert kinds == ["running_head", None, None, "note", "note"]


def test_every_identifier_is_given_once() -> None:
    content = reading(line("một dòng"), line("hai dòng", top=120))
    for document in (alto(content), hocr(content)):
        names = [
            name for element in etree.fromstring(document).iter() if (name := element.get("ID", element.get("id")))
        ]
        assert len(names) == len(set(names)) > 4


@pytest.mark.parametrize("write", [alto, hocr])
@pytest.mark.parametrize("text", ["<b>&amp;</b>", 'a"b', "\x01\x0bmã", "\ud800x", "a\ufffeb"])
def test_no_character_breaks_the_file(write: object, text: str) -> None:
    content = reading(line(text)).model_copy(update={"document": f"{text}.pdf"})
    assert callable(write)
    etree.fromstring(write(content))


def test_hocr_has_words_in_lines_in_paragraphs_in_areas_on_pages() -> None:
    root = etree.fromstring(hocr(reading(line("kê hoạch", "kế hoạch"))))
    assert root.tag == f"{{{XHTML}}}html"
    word = root.xpath("//*[@class='ocrx_word']")[0]
    assert word.text == "kế"
    assert word.get("title") == "bbox 250 417 417 467; x_wconf 80"
    above = [element.get("class") for element in word.iterancestors() if element.get("class")]
    assert above == ["ocr_line", "ocr_par", "ocr_carea", "ocr_page"]
    assert "bbox 0 0 2479 3508; ppageno 0; scan_res 300 300" in root.xpath("//*[@class='ocr_page']")[0].get("title")
    meta = {element.get("name"): element.get("content") for element in root.iter(f"{{{XHTML}}}meta")}
    assert meta["ocr-system"] == f"doisoat {__version__}"
    assert meta["ocr-number-of-pages"] == "1"


def test_a_page_that_could_not_be_opened_has_no_layout() -> None:
    broken = Page(number=1, source=TextSource.NONE, problem="hỏng / damaged")
    content = reading().model_copy(update={"pages": (broken, *reading(line("chữ")).pages)})
    assert [len(page) for page in etree.fromstring(alto(content)).iter(f"{{{ALTO}}}Page")] == [0, 1]
    assert len(etree.fromstring(hocr(content)).xpath("//*[@class='ocr_page']")) == 1


def test_another_program_makes_the_same_text_of_the_hocr_of_a_scan(tmp_path: Path) -> None:
    source, made, text = tmp_path / "quet.pdf", tmp_path / "quet.hocr", tmp_path / "quet.txt"
    source.write_bytes(scanned_pdf([REPORT]))
    options = ["--hocr", str(made), "--alto", str(tmp_path / "quet.xml"), "--sidecar", str(text)]
    assert main(["ocr", str(source), str(tmp_path / "ra.pdf"), *options]) == ExitCode.OK
    page = HocrParser(made).parse()
    renderer = Fpdf2PdfRenderer(
        page=page, dpi=page.dpi or 0, multi_font_manager=MultiFontManager(), invisible_text=False
    )
    renderer.render(tmp_path / "tu-hocr.pdf")
    document = pypdfium2.PdfDocument(tmp_path / "tu-hocr.pdf")
    shown = document[0].get_textpage().get_text_bounded()
    assert document[0].get_size() == pytest.approx((WIDTH, HEIGHT), abs=1)
    document.close()
    plain = text.read_text(encoding="utf-8")
    assert fuzz.ratio(" ".join(shown.split()), " ".join(plain.split())) > 99
    assert [word.get("CONTENT") for word in strings((tmp_path / "quet.xml").read_bytes())] == plain.split()


def test_a_page_whose_own_text_is_believed_is_written_too(tmp_path: Path) -> None:
    source, made = tmp_path / "so.pdf", tmp_path / "so.xml"
    source.write_bytes(digital_pdf([REPORT]))
    assert main(["ocr", str(source), str(tmp_path / "ra.pdf"), "--alto", str(made)]) == ExitCode.OK
    assert [word.get("CONTENT") for word in strings(made.read_bytes())] == " ".join(REPORT).split()


def test_the_documents_of_an_archive_are_written_each_under_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "den" / "quy3").mkdir(parents=True)
    (tmp_path / "den" / "quy3" / "so.pdf").write_bytes(digital_pdf([REPORT]))
    (tmp_path / "den" / "ghi-chu.txt").write_text("Toàn xã có 120 hộ dân.", encoding="utf-8")
    assert main(["ingest", "den", "--jobs", "1", "-q"]) == ExitCode.OK
    assert main(["export", "xuat", "--format", "alto", "--format", "hocr", "-q"]) == ExitCode.OK
    written = sorted(path.relative_to("xuat").as_posix() for path in Path("xuat").rglob("*") if path.is_file())
    assert written == ["alto/quy3/so.pdf.xml", "hocr/quy3/so.pdf.hocr"]
    words = strings((tmp_path / "xuat" / "alto" / "quy3" / "so.pdf.xml").read_bytes())
    assert [word.get("CONTENT") for word in words] == " ".join(REPORT).split()


@pytest.mark.parametrize("name", ["../../ra.pdf", "/etc/ra.pdf", "..\\ra.pdf", "C:\\ra.pdf"])
def test_no_name_leads_out_of_the_folder(name: str) -> None:
    document = reading(line("chữ")).model_copy(update={"document": name})
    ((path, _),) = layout_files([document], [LayoutFormat.ALTO])
    assert Path(path).parts[0] == "alto"
    assert Path(path).name == "ra.pdf.xml"
    assert not {"..", "/", "C:"} & set(Path(path).parts)


def test_the_original_is_not_overwritten_by_any_of_the_files(tmp_path: Path) -> None:
    source = tmp_path / "quet.png"
    buffer = io.BytesIO()
    page_image(REPORT).save(buffer, "PNG")
    source.write_bytes(buffer.getvalue())
    for option in ("--sidecar", "--hocr", "--alto"):
        assert main(["ocr", str(source), str(tmp_path / "ra.pdf"), option, str(source)]) == ExitCode.FILE_ACCESS
    assert source.read_bytes() == buffer.getvalue()
