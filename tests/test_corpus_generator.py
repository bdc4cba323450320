"""The generator makes the same pile from the same sources, prints what the gold says, and wears pages as it should."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pdfplumber
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from corpus.generator import fonts, source
from corpus.generator.blocks import Align, Columns, Paragraph, Row, Table
from corpus.generator.build import DOCUMENTS
from corpus.generator.citation_marks import find as find_citations
from corpus.generator.degrade import Grade, degrade
from corpus.generator.figure_marks import SourceError, decimal_of, period, read_mark
from corpus.generator.forms import DPI, Arrival, Print, make
from corpus.generator.garble import image_pdf
from corpus.generator.layout import PAGE_HEIGHT
from corpus.generator.render import page_images, set_blocks, write_pdf
from pipeline.errors import MissingDependencyError

SENTENCE = (
    "Trong tháng, xã Bình Thọ Hạ tiếp nhận 1.250 hồ sơ^1^, trong đó 1.100 hồ sơ trực tuyến, đạt **88,0%** kế hoạch."
)


def letter(name: str) -> Print:
    return Print(source.read(DOCUMENTS / f"{name}.txt"))


class TestMarks:
    def test_a_mark_is_read_as_it_is_printed(self) -> None:
        figure = read_mark("hơn 1.250 hồ sơ|hồ sơ trực tuyến|#on|cum|t=2025-09-30|w=all")
        assert (figure.value, figure.unit, figure.qualifier) == ("1250", "hồ sơ", "hơn")
        assert (figure.subject, figure.label, figure.cumulative) == ("hồ sơ trực tuyến", "on", True)
        assert (figure.as_of, figure.whole) == ("2025-09-30", "all")

    @pytest.mark.parametrize(
        ("mark", "kind", "value", "upper"),
        [
            ("72,19%", "percent", "72.19", None),
            ("63/124 xã", "fraction", "63/124", None),
            ("38,6/42,5 km", "fraction", "38.6/42.5", None),
            ("từ 99% đến 99,5%", "range", "99", "99.5"),
            ("1.286 tỷ đồng", "money", "1286", None),
            ("01 hợp đồng", "count", "1", None),
            ("31,4 học sinh/lớp", "count", "31.4", None),
        ],
    )
    def test_the_kind_follows_from_the_form(self, mark: str, kind: str, value: str, upper: str | None) -> None:
        figure = read_mark(mark)
        assert (figure.kind, figure.value, figure.upper) == (kind, value, upper)

    def test_the_mark_of_a_footnote_is_no_part_of_the_unit(self) -> None:
        assert read_mark("07 xã[^1]|xã được hỗ trợ").unit == "xã"

    @pytest.mark.parametrize("mark", ["không có số|gì", "5 xã|xã|sai=1"])
    def test_a_mark_that_cannot_be_understood_is_refused(self, mark: str) -> None:
        with pytest.raises(SourceError):
            read_mark(mark)

    @given(st.integers(min_value=0, max_value=10**12))
    def test_grouped_thousands_are_read_back(self, number: int) -> None:
        assert decimal_of(f"{number:,}".replace(",", ".")) == number

    def test_periods_are_whole_months(self) -> None:
        assert period("2025-M9") == "2025-01-01/2025-09-30"
        assert period("2025-Q1") == "2025-01-01/2025-03-31"
        assert period("2024-02") == "2024-02-01/2024-02-29"

    def test_a_citation_is_taken_apart(self) -> None:
        (cited,) = find_citations("theo <Kế hoạch số 12/KH-UBND ngày 05/9/2025 của Ủy ban nhân dân xã về thu gom rác>.")
        assert (cited.type, cited.number, cited.date) == ("Kế hoạch", "12/KH-UBND", "2025-09-05")
        assert (cited.issuer, cited.title) == ("Ủy ban nhân dân xã", "về thu gom rác")


class TestSetting:
    def test_lines_fill_the_measure_and_lose_no_word(self) -> None:
        sheets = set_blocks([Paragraph(SENTENCE * 4)], footnotes={1: "Kể cả hồ sơ kỳ trước."})
        body = [line.text for line in sheets[0].printed() if not line.text.startswith("¹")]
        printed = " ".join(body)
        assert printed.replace(" ", "") == (SENTENCE * 4).replace("**", "").replace("^1^", "¹").replace(" ", "")
        assert len(body) > 4

    def test_a_footnote_stands_at_the_foot_of_the_page_that_calls_it(self) -> None:
        filler = [Paragraph("Nội dung khác của văn bản.") for _ in range(60)]
        sheets = set_blocks([*filler, Paragraph(SENTENCE)], footnotes={1: "Kể cả hồ sơ kỳ trước."})
        page = next(sheet for sheet in sheets if any("hồ sơ¹" in line.text for line in sheet.printed()))
        last = page.printed()[-1]
        assert last.text == "¹ Kể cả hồ sơ kỳ trước."
        assert last.top > PAGE_HEIGHT * 0.8

    def test_columns_side_by_side_are_one_printed_line(self) -> None:
        left, right = Paragraph("UBND XÃ A", Align.CENTRE, 12), Paragraph("Độc lập", Align.CENTRE, 12)
        (sheet,) = set_blocks([Columns((left,), (right,))])
        assert [line.text for line in sheet.printed()] == ["UBND XÃ A Độc lập"]

    def test_a_table_row_is_one_printed_line(self) -> None:
        table = Table((Row(("TT", "Nội dung", "Số")), Row(("1", "Xã", "1.250"))), (1, 5, 2), (False, False, True))
        (sheet,) = set_blocks([table])
        assert [line.text for line in sheet.printed()] == ["TT Nội dung Số", "1 Xã 1.250"]

    def test_a_symbol_may_break_after_its_hyphen(self) -> None:
        texts = []
        for words in range(8, 16):
            (sheet,) = set_blocks([Paragraph("ngang " * words + "123-KH/BCĐTWPTKHCN của Ban Chỉ đạo", size=14)])
            texts += [line.text for line in sheet.printed()]
        assert any(text.endswith(" 123-") for text in texts)

    def test_the_pdf_holds_the_printed_words(self) -> None:
        sheets = set_blocks([Paragraph(SENTENCE.replace("^1^", "^12^"))], footnotes={12: "Theo sổ."})
        with pdfplumber.open(io.BytesIO(write_pdf(sheets))) as pdf:
            words = pdf.pages[0].dedupe_chars().extract_text(y_tolerance=8).split()
        assert words[:-3] == SENTENCE.replace("^1^", "12").replace("**", "").split()

    def test_without_fonts_the_message_says_what_to_install(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(fonts, "FOLDERS", (Path("nowhere"),))
        fonts._find.cache_clear()
        try:
            with pytest.raises(MissingDependencyError, match="fonts-liberation2"):
                fonts.families.__wrapped__()
        finally:
            fonts._find.cache_clear()


@pytest.fixture(scope="module")
def page() -> Image.Image:
    sheets = set_blocks([Paragraph(SENTENCE.replace("^1^", "")) for _ in range(6)])
    return page_images(write_pdf(sheets), dpi=100)[0]


class TestWear:
    @pytest.mark.parametrize("grade", list(Grade))
    def test_the_same_seed_gives_the_same_scan_and_another_one_another(self, page: Image.Image, grade: Grade) -> None:
        once, again, other = (degrade(page, grade, seed) for seed in (3, 3, 4))
        assert once.tobytes() == again.tobytes() != other.tobytes()
        assert once.size == page.size

    def test_each_grade_is_further_from_the_page_than_the_one_before(self, page: Image.Image) -> None:
        truth = np.asarray(page.convert("L"), float)
        off = [
            np.abs(np.asarray(degrade(page, grade, 3).convert("L"), float) - truth).mean()
            for grade in (Grade.GOOD, Grade.FAIR, Grade.BAD)
        ]
        assert off == sorted(off)
        assert off[0] < off[2] / 2

    def test_a_fax_has_one_bit(self, page: Image.Image) -> None:
        assert degrade(page, Grade.FAX, 3).mode == "1"


@pytest.fixture(scope="module")
def paper() -> Print:
    """A letter of one page, its scans and layers made once for all tests."""
    return letter("cv-daklak-dondoc")


class TestForms:
    def test_the_wrong_layer_lies_unseen_over_the_picture(self, paper: Print, tmp_path: Path) -> None:
        with pdfplumber.open(make(paper, Arrival.parse("layer"), tmp_path)) as pdf:
            page = pdf.pages[0]
            assert page.images
            text = page.extract_text()
        assert "VIET NAM" in text.upper()
        assert "Đắk" not in text
        hidden = image_pdf(paper.scans(Grade.GOOD), DPI)
        seen = [page_images(pdf, 50)[0] for pdf in (hidden, make(paper, Arrival.parse("layer"), tmp_path).read_bytes())]
        assert seen[0].tobytes() == seen[1].tobytes()

    def test_without_its_picture_the_wrong_layer_is_all_that_is_seen(self, paper: Print, tmp_path: Path) -> None:
        pdf = make(paper, Arrival.parse("layer-only"), tmp_path).read_bytes()
        assert np.asarray(page_images(pdf, 50)[0].convert("L")).min() < 128
        with pdfplumber.open(io.BytesIO(pdf)) as opened:
            assert not opened.pages[0].images

    def test_garbled_text_answers_the_gold_line_for_line(self, paper: Print) -> None:
        truth = [line.text for sheet in paper.sheets for line in sheet.printed()]
        read = paper.garbled_text().splitlines()
        assert len(read) == len(truth)
        alike = sum(bool(set(a.split()) & set(b.split())) for a, b in zip(truth, read, strict=True))
        assert alike > 0.8 * len(truth)

    def test_a_mixed_document_has_pages_of_each_kind(self, tmp_path: Path) -> None:
        with pdfplumber.open(make(letter("kh-nuocsach-tayninh"), Arrival.parse("mixed fair"), tmp_path)) as pdf:
            kinds = [(bool(page.images), bool(page.chars)) for page in pdf.pages[:3]]
        assert kinds == [(False, True), (True, False), (True, True)]

    def test_the_same_source_gives_the_same_bytes(self, tmp_path: Path) -> None:
        for arrival in ("digital", "tiff fax", "zip digital"):
            once = make(letter("tb-danang-tuyendung"), Arrival.parse(arrival), tmp_path / "a").read_bytes()
            again = make(letter("tb-danang-tuyendung"), Arrival.parse(arrival), tmp_path / "b").read_bytes()
            assert once == again

    @pytest.mark.parametrize("arrives", ["carrier-pigeon", "scan dreadful"])
    def test_an_unknown_form_is_refused(self, arrives: str) -> None:
        with pytest.raises(SourceError):
            Arrival.parse(arrives)

    def test_every_form_arrives_in_the_demo_pile(self) -> None:
        forms = {Arrival.parse(item.head.arrives).form for item in source.read_all(DOCUMENTS)}
        assert forms >= {"digital", "scan", "layer", "layer-only", "mixed", "tiff", "jpeg", "garbled", "text", "zip"}
