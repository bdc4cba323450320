"""Grades of pages: what makes a page one for a person's eyes."""

from __future__ import annotations

from pathlib import Path

import pytest
from ocr_samples import REPORT, page_image, read_bytes, scanned_pdf
from PIL import Image

from pipeline.models import Box, Grade, Line, Page, Region, RegionKind, TextSource
from pipeline.normalize.grading import grade_of
from pipeline.normalize.reading import repair_reading
from pipeline.ocr.unread import UNREAD


def page(confidences: list[float], words: list[str] | None = None, source: TextSource = TextSource.RECOGNISED) -> Page:
    text = " ".join(words or ["chữ"] * len(confidences))
    line = Line(number=1, raw=text, text=text, confidences=tuple(confidences))
    return Page(number=1, lines=(line,), source=source)


@pytest.mark.parametrize(
    ("low", "grade"), [(0.99, Grade.EXCELLENT), (0.9, Grade.GOOD), (0.6, Grade.FAIR), (0.3, Grade.POOR)]
)
def test_the_worst_tenth_decides(low: float, grade: Grade) -> None:
    graded = grade_of(page([1.0] * 17 + [low] * 3))
    assert graded.grade is grade
    assert graded.low == low
    assert grade_of(page([1.0] * 99 + [low])).grade is Grade.EXCELLENT


def test_numerals_that_two_readers_read_otherwise_lower_the_grade_and_are_counted() -> None:
    words = ["đạt"] * 40 + [str(n) for n in range(20)]
    one = grade_of(page([1.0] * 59 + [0.5], words))
    assert (one.grade, one.numerals, one.disputed) == (Grade.GOOD, 20, 1)
    many = grade_of(page([1.0] * 57 + [0.5] * 3, words))
    assert (many.grade, many.disputed) == (Grade.FAIR, 3)
    assert "3/20" in many.reasons[0]


def test_handwriting_makes_a_page_one_to_look_at_and_its_words_count_for_nothing() -> None:
    region = Region(kind=RegionKind.HANDWRITING, box=Box(x0=0, y0=0, x1=9, y1=9))
    words = ["ngày", UNREAD, "tháng", "9", "năm", "2024"]
    graded = grade_of(page([0.9, 1.0, 0.9, 0.9, 0.9, 0.9], words).model_copy(update={"regions": (region,)}))
    assert (graded.grade, graded.words, graded.low) == (Grade.FAIR, 5, 0.9)
    assert any("viết tay" in reason for reason in graded.reasons)
    seal = region.model_copy(update={"kind": RegionKind.SEAL})
    assert grade_of(page([1.0] * 6).model_copy(update={"regions": (seal,)})).grade is Grade.EXCELLENT


def test_a_page_that_could_not_be_read_is_poor_and_says_why() -> None:
    graded = grade_of(Page(number=1, source=TextSource.NONE, problem="quá 180 giây"))
    assert (graded.grade, graded.reasons) == (Grade.POOR, ("quá 180 giây",))


def test_own_text_that_is_believed_is_excellent() -> None:
    text = "Ủy ban nhân dân xã báo cáo"
    line = Line(number=1, raw=text, text=text)
    assert grade_of(Page(number=1, lines=(line,), source=TextSource.LAYER)).grade is Grade.EXCELLENT


def test_a_picture_without_text_is_to_be_looked_at() -> None:
    graded = grade_of(Page(number=1, source=TextSource.RECOGNISED))
    assert graded.grade is Grade.FAIR
    assert "next to no word" in graded.reasons[0]


def test_a_clean_scan_is_graded_well_and_a_blurred_one_is_not(tmp_path: Path) -> None:
    clean = repair_reading(read_bytes(tmp_path, "sach.pdf", scanned_pdf([REPORT]))).pages[0].grade
    assert clean is not None
    assert clean.grade in (Grade.EXCELLENT, Grade.GOOD)
    image = page_image(REPORT)
    blurred = image.resize((image.width // 4, image.height // 4)).resize(image.size, Image.Resampling.BILINEAR)
    path = tmp_path / "mo.png"
    blurred.save(path, dpi=(200, 200))
    poor = repair_reading(read_bytes(tmp_path, "mo.png", path.read_bytes())).pages[0].grade
    assert poor is not None
    assert poor.low < clean.low
