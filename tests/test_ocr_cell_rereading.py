"""Poor cells of a scanned table are read again, each by itself; what was sure stays as it was."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from corpus.generator.fonts import Face, families, font_file
from pipeline.models import Box
from pipeline.ocr.cell_rereading import with_poor_cells_read_again
from pipeline.ocr.lines import PlacedWord, PrintedLine
from pipeline.ocr.recognition import PageImage
from pipeline.ocr.secondreader import Answer, Pixels, second_reader
from pipeline.ocr.tables import Grid

DPI = 200
SCALE = DPI / 72
# Two rows of three cells, 60 points wide and 20 high.
GRID = Grid.of([(60.0 * n, 20.0 * m, 60.0 * n + 60, 20.0 * m + 20) for m in (0, 1) for n in (0, 1, 2)])


class Says:
    """Gives the answers that it was told, and keeps what it was asked about."""

    def __init__(self, *answers: Answer) -> None:
        self.answers = answers
        self.asked: list[int] = []

    def read(self, crops: Sequence[Pixels]) -> list[Answer]:
        self.asked.append(len(crops))
        return list(self.answers)


def page(*printed: tuple[float, float, str]) -> PageImage:
    """Draw texts at places in points on a page without rulings."""
    image = Image.new("L", (round(200 * SCALE), round(60 * SCALE)), 255)
    font = ImageFont.truetype(str(font_file(families()[0], Face.REGULAR)), round(11 * SCALE))
    for x, y, text in printed:
        ImageDraw.Draw(image).text((x * SCALE, y * SCALE), text, fill=0, font=font)
    return PageImage(image, SCALE)


def word(raw: str, x: float, y: float, confidence: float = 0.98) -> PlacedWord:
    return PlacedWord(raw, raw, Box(x0=x, y0=y + 2, x1=x + 5.5 * len(raw), y1=y + 10), confidence)


def texts(lines: Sequence[PrintedLine]) -> list[str]:
    return [line.raw for line in lines]


def test_a_digit_that_was_not_found_is_put_into_the_line_of_its_row() -> None:
    lines = [PrintedLine((word("12", 5, 4), word("870", 130, 4))), PrintedLine((word("15", 5, 24),))]
    reader = Says(Answer("3", 0.99))
    read = with_poor_cells_read_again(reader, page((5, 3, "12"), (85, 3, "3"), (130, 3, "870")), [GRID], lines)
    assert reader.asked == [1]
    assert texts(read) == ["12 3 870", "15"]
    found = read[0].words[1]
    assert 80 < found.box.x0 < found.box.x1 < 95
    assert found.confidence == pytest.approx(0.9)


def test_a_table_whose_words_are_sure_is_not_asked_about() -> None:
    lines = [PrintedLine((word("12", 5, 4), word("870", 130, 4)))]
    reader = Says()
    assert with_poor_cells_read_again(reader, page((5, 3, "12"), (130, 3, "870")), [GRID], lines) == lines
    assert reader.asked == []


def test_digits_of_two_cells_that_were_read_as_one_word_are_parted() -> None:
    together = PlacedWord("3.13", "3.13", Box(x0=50, y0=5, x1=72, y1=14), 0.4)
    reader = Says(Answer("3", 1.0), Answer("3", 1.0))
    lines = [PrintedLine((together, word("870", 130, 4)))]
    (read,) = with_poor_cells_read_again(reader, page((50, 3, "3"), (66, 3, "3"), (130, 3, "870")), [GRID], lines)
    assert read.raw == "3 3 870"
    assert read.words[0].box.x1 < 60 < read.words[1].box.x0


def test_a_word_that_the_answer_bears_out_is_not_taken_for_its_neighbours() -> None:
    wide = PlacedWord("Xã", "Xã", Box(x0=40, y0=5, x1=66, y1=14), 0.98)
    reader = Says(Answer("Xã", 0.99), Answer("7", 0.99))
    drawn = page((42, 3, "Xã"), (95, 3, "7"))
    (read,) = with_poor_cells_read_again(reader, drawn, [GRID], [PrintedLine((wide, word("7", 95, 4)))])
    assert read.words[0] == wide


def test_a_rest_of_a_ruling_beside_a_numeral_goes() -> None:
    lines = [PrintedLine((word("20", 5, 4), word("Í", 40, 4, 0.3), word("870", 130, 4)))]
    drawn = page((5, 3, "20"), (130, 3, "870"))
    (read,) = with_poor_cells_read_again(Says(Answer("20", 0.97)), drawn, [GRID], lines)
    assert read.raw == "20 870"
    assert read.words[0].confidence == pytest.approx(0.98)


def test_a_numeral_that_was_seen_otherwise_is_kept_with_both_readings() -> None:
    lines = [PrintedLine((word("510", 5, 4, 0.7), word("870", 130, 4)))]
    drawn = page((5, 3, "610"), (130, 3, "870"))
    (read,) = with_poor_cells_read_again(Says(Answer("610", 0.97)), drawn, [GRID], lines)
    assert (read.words[0].raw, read.words[0].second, read.words[0].confidence) == ("610", "510", 0.5)


def test_letters_that_the_second_reader_saw_before_are_no_numeral() -> None:
    heading = replace(word("'TẤ:", 5, 4, 0.0), second="TT")
    lines = [PrintedLine((heading, word("870", 130, 4)))]
    drawn = page((5, 3, "TT"), (130, 3, "870"))
    assert with_poor_cells_read_again(Says(Answer("11", 0.98)), drawn, [GRID], lines) == lines


@pytest.mark.parametrize("answer", [Answer("4", 0.6), Answer("", 0.0), Answer("—", 0.99)])
def test_an_answer_that_is_not_sure_or_says_nothing_changes_nothing(answer: Answer) -> None:
    lines = [PrintedLine((word("12", 5, 4),))]
    assert with_poor_cells_read_again(Says(answer), page((5, 3, "12"), (85, 3, "3")), [GRID], lines) == lines


def test_dirt_in_an_empty_cell_is_not_asked_about() -> None:
    dirty = page((5, 3, "12"))
    ImageDraw.Draw(dirty.image).rectangle((85 * SCALE, 8 * SCALE, 85 * SCALE + 7, 8 * SCALE + 4), fill=0)
    reader = Says()
    lines = [PrintedLine((word("12", 5, 4),))]
    assert with_poor_cells_read_again(reader, dirty, [GRID], lines) == lines
    assert reader.asked == []


def test_a_name_over_two_lines_that_was_hardly_read_is_read_line_by_line() -> None:
    grid = Grid.of([(0, 0, 60, 40), (60, 0, 120, 40), (0, 40, 60, 60), (60, 40, 120, 60)])
    drawn = page((5, 4, "Kinh"), (5, 20, "phí"), (70, 12, "870"))
    lines = [PrintedLine((word("K1nl:", 5, 5, 0.2), word("870", 70, 13))), PrintedLine((word("ph", 5, 21, 0.1),))]
    reader = Says(Answer("Kinh", 0.97), Answer("phí", 0.96))
    read = with_poor_cells_read_again(reader, drawn, [grid], lines)
    assert reader.asked == [2]
    left = [[word.raw for word in line.words if word.box.x1 < 60] for line in read]
    assert [words for words in left if words] == [["Kinh"], ["phí"]]


def test_the_second_reader_reads_lone_digits_in_cells() -> None:
    pytest.importorskip("trueocr")
    reader = second_reader()
    assert reader is not None
    drawn = page((5, 3, "1"), (85, 3, "3"), (145, 3, "8"), (5, 23, "2"), (85, 23, "45"), (145, 23, "97,5"))
    lines = [PrintedLine((word("1", 5, 4),))]
    read = with_poor_cells_read_again(reader, drawn, [GRID], lines)
    assert texts(read) == ["1 3 8", "2 45 97,5"]


def test_a_page_without_words_in_its_tables_is_left() -> None:
    assert (
        with_poor_cells_read_again(
            Says(), PageImage(Image.fromarray(np.full((50, 400), 255, np.uint8)), 1.0), [GRID], []
        )
        == []
    )


def test_eleven_alone_in_the_first_row_is_the_name_of_a_column() -> None:
    lines = [PrintedLine((word("870", 130, 4),))]
    drawn = page((5, 3, "TT"), (130, 3, "870"))
    assert with_poor_cells_read_again(Says(Answer("11", 0.98)), drawn, [GRID], lines) == lines
    (read,) = with_poor_cells_read_again(Says(Answer("12", 0.98)), page((5, 3, "12"), (130, 3, "870")), [GRID], lines)
    assert read.raw == "12 870"
