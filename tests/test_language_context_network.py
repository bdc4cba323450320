"""The network that says how well words fit between the words around them."""

from __future__ import annotations

import numpy as np

from pipeline.language.context_network import REACH
from pipeline.language.stream import words_of
from pipeline.normalize.models import load_context, load_language

IDS = load_language()[0].model.ids
GAP = "rasau"


def neighbours(line: str) -> list[int]:
    """Return the words around the gap of a line; what is beyond its ends is the end of a sentence."""
    words = [word for word, _ in words_of(line)]
    at = words.index(GAP)
    before, behind = words[max(0, at - REACH) : at], words[at + 1 : at + 1 + REACH]
    ids = [IDS.get(word, IDS["<unk>"]) for word in (*before, *behind)]
    end = IDS["<.>"]
    return [end] * (REACH - len(before)) + ids + [end] * (REACH - len(behind))


def best(line: str, words: list[str]) -> str:
    around = np.array([neighbours(line)])
    fits = load_context().fits(around, np.array([IDS[word] for word in words]), np.zeros(len(words), dtype=np.int64))
    return words[int(np.argmax(fits))]


def test_the_word_that_is_meant_fits_best() -> None:
    assert best(f"38 bệnh viện, trung tâm y tế, 612 {GAP} học và 54 chợ", ["trong", "trường"]) == "trường"
    assert best(f"Hệ thống một cửa liên thông kết nối với Cổng dịch vụ {GAP} quốc gia", ["cộng", "công"]) == "công"
    assert best(f"Ủy ban nhân dân tỉnh {GAP} cáo kết quả thực hiện", ["bảo", "báo", "bao"]) == "báo"


def test_many_places_are_weighed_as_each_alone() -> None:
    rows = np.random.default_rng(1).integers(0, len(IDS), (2500, 2 * REACH))
    words, place = np.arange(2500) % len(IDS), np.arange(2500)
    network = load_context()
    together = network.fits(rows, words, place)
    for at in (0, 1023, 1024, 2499):
        alone = network.fits(rows[at : at + 1], words[at : at + 1], np.zeros(1, dtype=np.int64))
        np.testing.assert_allclose(together[at], alone[0], rtol=1e-3, atol=1e-3)
