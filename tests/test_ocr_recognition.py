"""Reading a page's picture: what is done when it went badly, and that a good page is left alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from ocr_samples import LEFT, REPORT, SIZE, TOP, page_image
from PIL import Image
from rapidfuzz.distance import Levenshtein

from corpus.generator.degrade import Grade, degrade
from pipeline.models import Box
from pipeline.ocr.cleanup import calmed, is_grainy, is_specked
from pipeline.ocr.columns import side_by_side
from pipeline.ocr.lines import PlacedWord, PrintedLine
from pipeline.ocr.recognise import default_reader, lines_of, mean_confidence
from pipeline.ocr.recognition import PageImage, recognise, worth

PROSE = "\n".join(REPORT)
PAGE_HEIGHT = 842


def errors(lines: list[PrintedLine]) -> float:
    """Character error rate in per cent."""
    text = "\n".join(line.text for line in lines)
    return 100 * Levenshtein.distance(text, PROSE) / len(PROSE)


def scan(grade: Grade, dpi: int = 200) -> Image.Image:
    return degrade(page_image(REPORT, dpi), grade, seed=7).convert("L")


def test_a_good_page_is_read_nearly_without_error() -> None:
    lines = recognise(PageImage(page_image(REPORT), 200 / 72), 60).lines
    assert errors(lines) < 0.7
    assert mean_confidence(lines) > 0.9


def test_specks_are_noticed_only_where_there_are_many() -> None:
    assert is_specked(scan(Grade.BAD))
    assert not is_specked(page_image(REPORT))
    assert not is_specked(scan(Grade.FAIR))
    assert not is_specked(scan(Grade.FAX))


def test_grain_is_measured_on_paper_and_not_on_letters() -> None:
    assert is_grainy(scan(Grade.FAIR))
    assert not is_grainy(page_image(REPORT))
    assert not is_grainy(scan(Grade.GOOD))
    assert not is_grainy(scan(Grade.FAX))
    assert not is_grainy(Image.new("L", (40, 40), 0))


def test_cleaning_a_specked_page_pays() -> None:
    bad = scan(Grade.BAD)
    before = side_by_side(default_reader().read(bad, 200, 60))
    after = recognise(PageImage(bad, 200 / 72), 60).lines
    assert errors(after) < errors(before) / 2
    assert worth(after) > worth(before)


def test_cleaning_leaves_the_size_and_the_paper_white() -> None:
    bad = scan(Grade.BAD)
    clean = calmed(bad)
    assert clean.size == bad.size
    assert clean.getpixel((5, 5)) > 240


@pytest.mark.parametrize(
    ("turn", "corner"),
    [
        (Image.Transpose.ROTATE_90, lambda box: (box.y1, box.x0)),
        (Image.Transpose.ROTATE_270, lambda box: (PAGE_HEIGHT - box.y1, box.x1)),
    ],
    ids=["left", "right"],
)
def test_a_page_on_its_side_is_read_in_order_with_boxes_as_it_lies(
    turn: Image.Transpose, corner: Callable[[Box], tuple[float, float]]
) -> None:
    lying = page_image(REPORT).transpose(turn)
    lines = recognise(PageImage(lying, 200 / 72), 60).lines
    assert errors(lines) < 2
    box = lines[0].words[0].box
    # The first word stands at (LEFT, page height - TOP) on the upright page.
    if turn is Image.Transpose.ROTATE_90:
        assert box.y1 == pytest.approx(lying.height * 72 / 200 - LEFT, abs=3)
        assert box.x1 == pytest.approx(PAGE_HEIGHT - TOP, abs=4)
    else:
        assert box.y0 == pytest.approx(LEFT, abs=3)
        assert box.x0 == pytest.approx(lying.width * 72 / 200 - (PAGE_HEIGHT - TOP), abs=4)
    assert box.y1 - box.y0 > box.x1 - box.x0 > SIZE / 3


def test_a_page_on_its_head_is_turned() -> None:
    lines = recognise(PageImage(page_image(REPORT).transpose(Image.Transpose.ROTATE_180), 200 / 72), 60).lines
    assert errors(lines) < 2


def test_a_coarse_picture_is_enlarged_and_its_boxes_stay_in_points() -> None:
    coarse = page_image(REPORT, 72)
    before = side_by_side(default_reader().read(coarse, 72, 60))
    after = recognise(PageImage(coarse, 1.0), 60).lines
    assert errors(after) < errors(before)
    assert after[0].words[0].box.x0 == pytest.approx(LEFT, abs=3)


def test_a_page_of_one_point_a_pixel_is_taken_for_a_sheet_of_a4() -> None:
    scanned = page_image(REPORT, 200)
    assert PageImage(scanned, 1.0).dpi == pytest.approx(200, abs=1)
    assert PageImage(scanned, 200 / 72).dpi == 200


def word(text: str, x0: float, x1: float, y0: float = 0, confidence: float = 0.9) -> PlacedWord:
    return PlacedWord(text, text, Box(x0=x0, y0=y0, x1=x1, y1=y0 + 10), confidence)


def test_a_reading_that_leaves_out_what_is_hard_is_not_worth_more() -> None:
    sure = word("Tổng", 0, 40, confidence=0.95)
    whole = [PrintedLine((sure, word("1.250", 50, 90, confidence=0.7)))]
    assert mean_confidence([PrintedLine((sure,))]) > mean_confidence(whole)
    assert worth(whole) > worth([PrintedLine((sure,))])


def test_blocks_side_by_side_are_joined_even_on_a_skewed_page() -> None:
    # The right column stands a line lower at its far end, but level with the left one where they meet.
    left = PrintedLine((word("ỦY", 0, 40), word("BAN", 50, 90, 3)))
    right = PrintedLine((word("CỘNG", 200, 250, 5), word("HÒA", 260, 300, 12)))
    below = PrintedLine((word("Số:", 0, 40, 25),))
    texts = [line.text for line in side_by_side([right, below, left])]
    assert texts == ["ỦY BAN CỘNG HÒA", "Số:"]


def test_lines_one_under_the_other_are_never_joined() -> None:
    upper, lower = PrintedLine((word("trên", 0, 90),)), PrintedLine((word("dưới", 95, 180, 12),))
    assert [line.text for line in side_by_side([lower, upper])] == ["trên", "dưới"]


def test_the_end_of_a_word_that_is_read_once_more_is_left_out() -> None:
    head = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext"
    rows = ["5\t1\t1\t1\t1\t1\t100\t50\t90\t20\t95\t3.718", "5\t1\t1\t1\t1\t2\t176\t48\t14\t26\t90\t8"]
    apart = "5\t1\t1\t1\t1\t3\t200\t50\t14\t20\t90\t8"
    (line,) = lines_of("\n".join([head, *rows, apart]))
    assert line.raw == "3.718 8"
    assert [word.box.x0 for word in line.words] == [100, 200]


@pytest.mark.parametrize(
    ("read", "printed"),
    [("QĐÐ-UBND", "QĐ-UBND"), ("ÐĐ-UBND", "Đ-UBND"), ("HÐND", "HĐND"), ("HĐĐ", "HĐĐ"), ("ðđất", "đất")],
)
def test_a_letter_that_no_vietnamese_word_has_is_the_one_meant_and_stands_once(read: str, printed: str) -> None:
    head = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext"
    (line,) = lines_of(f"{head}\n5\t1\t1\t1\t1\t1\t10\t10\t80\t20\t91\t{read}")
    assert line.raw == printed
