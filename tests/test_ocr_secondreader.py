"""The second reader: what it reads, how it is called, and that it is only used as it was checked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pytest
from ocr_samples import REPORT, page_image

from pipeline.models import Box
from pipeline.ocr import secondreader
from pipeline.ocr.lines import PlacedWord, PrintedLine
from pipeline.ocr.recognition import PageImage, recognise
from pipeline.ocr.secondreader import Answer, Pixels, read_again, second_reader


class Counting:
    """Reads every crop as one word that tells its width."""

    def __init__(self) -> None:
        self.asked: list[int] = []

    def read(self, crops: Sequence[Pixels]) -> list[Answer]:
        self.asked.append(len(crops))
        return [Answer(f"w{crop.shape[1]}", 1.0) for crop in crops]


def line(*spans: tuple[int, int]) -> PrintedLine:
    boxes = [Box(x0=x0, y0=0, x1=x1, y1=20) for x0, x1 in spans]
    return PrintedLine(tuple(PlacedWord("x", "x", box, 0.8) for box in boxes))


def test_words_are_read_in_short_runs_and_one_by_one_where_their_number_differs() -> None:
    reader = Counting()
    page = np.full((30, 400), 255, dtype=np.uint8)
    (read,) = read_again(reader, page, [line((0, 30), (40, 70), (300, 390))])
    # The first two make one run, which comes back as one word; the third stands alone.
    assert reader.asked == [2, 2]
    assert [word.second for word in read.words] == ["w33", "w35", "w95"]


def test_only_words_that_are_not_sure_and_numerals_are_asked_about() -> None:
    reader = Counting()
    boxes = [Box(x0=60 * n, y0=0, x1=60 * n + 50, y1=20) for n in range(3)]
    words = [PlacedWord(raw, raw, box, 0.97) for raw, box in zip(("Sở", "1.245", "hồ"), boxes, strict=True)]
    (read,) = read_again(reader, np.full((30, 400), 255, dtype=np.uint8), [PrintedLine(tuple(words))])
    assert [word.second for word in read.words] == [None, "w55", None]


def test_the_end_of_a_numeral_that_was_read_apart_goes() -> None:
    class Sees:
        def read(self, crops: Sequence[Pixels]) -> list[Answer]:
            return [Answer("3.718" if crop.shape[1] > 50 else "8", 1.0) for crop in crops]

    boxes = (Box(x0=0, y0=0, x1=90, y1=20), Box(x0=76, y0=0, x1=90, y1=20))
    words = [PlacedWord(raw, raw, box, 0.9) for raw, box in zip(("3.71", "8"), boxes, strict=True)]
    (read,) = read_again(Sees(), np.full((30, 400), 255, dtype=np.uint8), [PrintedLine(tuple(words))])
    assert [word.raw for word in read.words] == ["3.718"]


def test_nothing_to_read_is_nothing_read() -> None:
    assert read_again(Counting(), np.zeros((5, 5), dtype=np.uint8), []) == []


@pytest.fixture
def unread() -> Iterator[None]:
    second_reader.cache_clear()
    yield
    second_reader.cache_clear()


def test_other_weights_than_those_that_were_checked_are_not_used(
    unread: None, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    pytest.importorskip("trueocr")
    monkeypatch.setattr(secondreader, "_SHA256", "0" * 64)
    assert second_reader() is None
    assert "trueocr" in caplog.text


def test_without_the_package_a_page_is_read_once(unread: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(secondreader, "_PACKAGE", "no_such_package")
    lines = recognise(PageImage(page_image(REPORT), 200 / 72), 60).lines
    assert {word.second for line in lines for word in line.words} == {None}


def test_a_printed_page_is_read_alike_by_both() -> None:
    pytest.importorskip("trueocr")
    lines = recognise(PageImage(page_image(REPORT), 200 / 72), 60).lines
    words = [word for line in lines for word in line.words]
    numerals = [word for word in words if any(c.isdigit() for c in word.raw)]
    assert len(numerals) > 5
    assert all(word.raw.strip(".,;") == (word.second or "").strip(".,;") for word in numerals)
