"""The national title and its motto are fixed words, whatever stands beside them."""

from __future__ import annotations

from pipeline.normalize.national_title import with_national_title
from tests.decided_words import decided


def titles(line: str, doubtful: dict[str, str]) -> dict[str, str]:
    """Return the tokens that are put right, with what they become."""
    document = decided([line], doubtful=doubtful)
    mended = with_national_title(document.sentences, document.pieces, document.found)
    return {document.pieces[spot.line][spot.place].text: outcome.words[0] for spot, outcome in mended.items()}


def test_a_word_of_the_title_is_put_right_beside_the_letterhead() -> None:
    line = "UBND TỈNH THÁI CONG HÒA XÃ HOI CHỦ NGHĨA VIỆT NAM"
    assert titles(line, {"CONG": "CỌNG", "HOI": "HỎI"}) == {"CONG": "CỘNG", "HOI": "HỘI"}


def test_the_motto_keeps_its_capitals() -> None:
    line = "NGUYÊN Độc lâp - Tự do - Hanh phúc"
    assert titles(line, {"lâp": "lắp", "Hanh": "Hành"}) == {"lâp": "lập", "Hanh": "Hạnh"}


def test_a_title_that_was_read_right_stays() -> None:
    assert not titles("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", {})


def test_words_that_are_only_some_of_the_title_are_left_alone() -> None:
    assert not titles("Công hòa xã hội", {"Công": "Công"})
    assert not titles("thu ngân sách xã hội hóa và công tác chủ động của nam nữ", {})


def test_of_two_places_one_word_apart_the_better_one_is_the_title() -> None:
    line = "TỈNH LÂM CONG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM NAM"
    assert titles(line, {"CONG": "CỌNG"}) == {"CONG": "CỘNG"}
