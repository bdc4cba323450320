"""A capital that stands alone is the reader's where the document writes the same phrase small elsewhere."""

from __future__ import annotations

from pipeline.normalize.lone_capitals import with_small_letters
from tests.decided_words import OFFICIAL, decided


def settled(lines: list[str]) -> list[str]:
    document = decided(lines)
    mended = with_small_letters(document.sentences, document.pieces, document.found, OFFICIAL.lexicon)
    return [word for outcome in mended.values() for word in outcome.words]


SMALL = ["quản lý dự án đầu tư", "lập dự án đầu tư"]


def test_a_capital_that_a_mark_made_is_written_small() -> None:
    assert settled([*SMALL, "thẩm định dự Án đầu tư"]) == ["án"]
    assert settled([*SMALL, "thẩm định dự Án, công trình"]) == ["án"]


def test_the_documents_own_way_stays() -> None:
    assert settled(["của Ủy ban xã", "của Ủy ban tỉnh", "của ủy ban"]) == []


def test_names_stay() -> None:
    assert settled([*SMALL, "xã Dự Án Đông"]) == []
    assert settled(["xã an toàn", "xã an toàn", "xã An Bình"]) == []


def test_letters_that_are_no_taller_with_a_mark_stay() -> None:
    assert settled(["theo quyết định", "theo quyết định", "theo Quyết định"]) == []
