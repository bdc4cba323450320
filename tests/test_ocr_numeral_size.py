"""What is read as a digit but is not as high as one: the hook of a letter, the stroke of a pen."""

from __future__ import annotations

from pipeline.models import Box
from pipeline.ocr.lines import PlacedWord, PrintedLine
from pipeline.ocr.numeral_size import digit_height, with_odd_sizes_disputed


def word(raw: str, place: tuple[float, float, float, float], confidence: float = 0.98) -> PlacedWord:
    left, top, right, bottom = place
    return PlacedWord(raw, raw, Box(x0=left, y0=top, x1=right, y1=bottom), confidence, second=raw)


TEXT = PrintedLine(
    (word("doanh", (100, 100, 180, 125)), word("thu", (190, 100, 240, 125)), word("2024", (250, 100, 320, 125)))
)


def judged(*words: PlacedWord) -> list[tuple[str, float | None]]:
    lines = with_odd_sizes_disputed([TEXT, PrintedLine(words)])
    return [(each.raw, each.confidence) for line in lines[1:] for each in line.words]


def test_digits_are_as_high_as_words_with_a_capital_or_an_ascender() -> None:
    odd = PrintedLine((word("ngày", (0, 0, 40, 40)), word("Ở", (0, 0, 20, 40)), word("xem", (0, 0, 20, 15))))
    assert digit_height([TEXT, odd]) == 25
    assert digit_height([odd]) is None


def test_the_hook_of_a_letter_is_no_digit() -> None:
    capitals = word("TRƯỞNG", (400, 200, 560, 225))
    assert judged(word("2", (470, 190, 478, 198)), capitals) == [("TRƯỞNG", 0.98)]


def test_a_raised_digit_beside_its_word_stays() -> None:
    assert judged(word("m", (400, 209, 425, 225)), word("3", (427, 196, 436, 212))) == [("m", 0.98), ("3", 0.98)]


def test_a_number_of_another_size_is_no_longer_sure() -> None:
    assert judged(word("31", (400, 200, 470, 260))) == [("31", 0.5)]
    assert judged(word("31", (400, 200, 470, 230))) == [("31", 0.98)]  # a heading's


def test_without_anything_read_surely_nothing_is_judged() -> None:
    lines = [PrintedLine((word("2", (0, 0, 5, 5), 0.3),))]
    assert with_odd_sizes_disputed(lines) == lines
