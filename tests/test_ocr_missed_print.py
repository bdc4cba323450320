"""What a reading passed over tells whether another way to part the page may bring more."""

from __future__ import annotations

from dataclasses import replace

import pytest
from ocr_samples import REPORT, page_image

from pipeline.ocr.lines import PrintedLine
from pipeline.ocr.missed_print import missed_share
from pipeline.ocr.recognise import default_reader

PAGE = page_image(REPORT)


@pytest.fixture(scope="module")
def lines() -> list[PrintedLine]:
    return default_reader().read(PAGE, 200, 60)


def test_nothing_is_missed_where_every_word_was_read(lines: list[PrintedLine]) -> None:
    assert missed_share(PAGE, lines) < 0.01


def test_a_word_that_was_read_unsurely_is_not_missed(lines: list[PrintedLine]) -> None:
    *others, last = lines
    unsure = PrintedLine(tuple(replace(word, confidence=0.1) for word in last.words))
    assert missed_share(PAGE, [*others, unsure]) < 0.01


def test_lines_that_were_passed_over_are_missed(lines: list[PrintedLine]) -> None:
    half = lines[: len(lines) // 2]
    left_out = sum(len(line.raw) for line in lines[len(half) :]) / sum(len(line.raw) for line in lines)
    assert missed_share(PAGE, half) == pytest.approx(left_out, abs=0.1)


def test_all_is_missed_where_nothing_was_read() -> None:
    assert missed_share(PAGE, []) == 1
