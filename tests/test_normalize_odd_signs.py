"""Signs inside words that stand for letters: taken into the channel where a document has them again and again."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.normalize.candidates import Proposer
from pipeline.normalize.models import load_channel, load_language
from pipeline.normalize.odd_signs import as_letters, widened
from pipeline.normalize.pieces import Sort, cut_line

CHANNEL = load_channel()
GARBLED = ["m!;lnh", "h!;lnh", "b!;ln", "th\\lc", "c\\lc", "l\\lc"]


def test_a_run_of_signs_in_several_words_is_taken_for_a_letter() -> None:
    proposer = Proposer(load_language()[0].lexicon, widened(CHANNEL, GARBLED))
    found = proposer.propose(["m!;lnh", "th\\lc"])
    words = [{proposer.lexicon.forms[form] for form in row if form >= 0} for row in found.form]
    assert "mạnh" in words[0]
    assert "thực" in words[1]


def test_a_run_that_stands_once_is_none() -> None:
    assert widened(CHANNEL, ["m!;lnh", "hợp", "đồng"]) is CHANNEL


@given(st.lists(st.text("abcnhm!;l\\~@§1t", max_size=9), max_size=12))
def test_what_the_channel_knew_stays(tokens: list[str]) -> None:
    wider = widened(CHANNEL, tokens)
    assert np.array_equal(wider.table[:, : CHANNEL.table.shape[1]], CHANNEL.table)
    assert CHANNEL.seen_chunks.items() <= wider.seen_chunks.items()


@pytest.mark.parametrize(("token", "plain"), [("h01;1t", "h0at"), ("Vi~t", "Viat"), ("hop,", "hop,"), ("(a)", "(a)")])
def test_signs_between_letters_count_as_letters(token: str, plain: str) -> None:
    assert as_letters(token) == plain


def test_a_semicolon_between_strokes_belongs_to_its_word() -> None:
    words = [piece.text for piece in cut_line("lanh m!;lnh; phat h01;1t;cac") if piece.sort is Sort.WORD]
    assert words == ["lanh", "m!;lnh", "phat", "h01;1t", "cac"]
