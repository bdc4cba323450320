"""What tokens may be before any context is looked at, and what the document adds to it."""

from __future__ import annotations

import pytest

from pipeline.normalize.candidates import Proposer
from pipeline.normalize.lattice import KEEP
from pipeline.normalize.models import load_channel, load_language
from pipeline.normalize.pieces import Spot
from pipeline.normalize.readings import Reader
from pipeline.normalize.surroundings import Surroundings

OFFICIAL = load_language()[0]
PROPOSER = Proposer(OFFICIAL.lexicon, load_channel())


def scores(
    token: str, where: Surroundings = Surroundings.NONE, kept: float = 0.0, is_official: bool = True
) -> dict[str, float]:
    reader = Reader(OFFICIAL.model, PROPOSER, {token: kept}, is_official)
    reading = reader.read({Spot(0, 0): (token, where)}, {}, []).whole[Spot(0, 0)]
    forms = ("" if form == KEEP else OFFICIAL.lexicon.forms[form] for form in reading.form)
    return dict(zip(forms, reading.score.tolist(), strict=True))


def channel_scores(token: str) -> dict[str, float]:
    found = PROPOSER.propose([token])
    return {OFFICIAL.lexicon.forms[f]: float(s) for f, s in zip(found.form[0], found.score[0], strict=True) if f >= 0}


def test_an_abbreviation_that_the_document_has_elsewhere_is_rather_kept() -> None:
    assert scores("MBT", kept=3.0)[""] > scores("MBT", kept=1.0)[""] > scores("MBT")[""]


@pytest.mark.parametrize("token", ["VPUBND", "Mbt"])
def test_other_words_are_not_kept_for_standing_there_twice(token: str) -> None:
    assert scores(token, kept=3.0)[""] == scores(token)[""]


def test_behind_a_numeral_what_is_counted_gains_on_what_is_not() -> None:
    usual, counted = scores("ho"), scores("ho", Surroundings.COUNTED)
    assert counted["hộ"] - counted["họ"] > usual["hộ"] - usual["họ"] + 1.0


def test_of_other_texts_it_is_not_known_what_they_count() -> None:
    assert scores("ho", Surroundings.COUNTED, is_official=False) == scores("ho")


def test_two_characters_are_rather_a_word_than_one_consonant() -> None:
    seen, channel = scores("C6"), channel_scores("C6")
    assert seen["C"] == pytest.approx(channel["C"] - 3.0)
    assert seen["Có"] == pytest.approx(channel["Có"])
    assert scores("c")["c"] == pytest.approx(channel_scores("c")["c"])
