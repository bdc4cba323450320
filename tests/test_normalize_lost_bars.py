"""The bar of a Đ comes back where the document has the phrase that an abbreviation stands for."""

from __future__ import annotations

import pytest

from pipeline.normalize.lattice import KEEP
from pipeline.normalize.lost_bars import with_bars
from pipeline.normalize.outcome import Outcome
from pipeline.normalize.pieces import Piece, Sort, Spot
from tests.decided_words import decided


def abbreviations(token: str, lines: list[str]) -> list[str]:
    document = decided(lines)
    spot = Spot(len(lines), 0)
    pieces = [*document.pieces, [Piece(Sort.WORD, token)]]
    found = {**document.found, spot: Outcome([token], [KEEP], 0.9, kept=True)}
    mended = with_bars([*document.sentences, [spot]], pieces, found)
    return [word for outcome in mended.values() for word in outcome.words]


def test_the_phrase_tells_which_letter_had_a_bar() -> None:
    assert abbreviations("HDTD", ["họp hội đồng tuyển dụng viên chức"]) == ["HĐTD"]
    assert abbreviations("DDTD", ["phòng di dân tái định cư"]) == ["DDTĐ"]


@pytest.mark.parametrize(
    "line",
    [
        "họp hội đồng, tuyển dụng viên chức",  # a comma parts the phrase
        "hội đồng tuyển dụng và hoạt động tín dụng",  # both have the same bars, and so there is but one reading
    ],
)
def test_phrases_end_at_punctuation_and_may_agree(line: str) -> None:
    assert abbreviations("HDTD", [line]) == ([] if "," in line else ["HĐTD"])


def test_nothing_is_done_where_phrases_differ_or_none_is_there() -> None:
    assert abbreviations("HDTD", ["hội đồng tuyển dụng và hướng dẫn tín dụng"]) == []
    assert abbreviations("HDTD", ["họp ủy ban nhân dân"]) == []


@pytest.mark.parametrize("token", ["HDT", "Hdtd", "HD12", "HKTX"])
def test_short_ones_and_other_tokens_stay(token: str) -> None:
    assert abbreviations(token, ["họp hội đồng tuyển dụng"]) == []
