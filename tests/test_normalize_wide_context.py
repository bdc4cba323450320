"""Words that are not sure are weighed by what stands further around them; all others stay."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from pipeline.normalize.models import load_context
from tests.open_words import LEXICON, open_word

LINE = "Nộp hồ sơ qua Cổng dịch vụ cộng quốc gia"


def test_of_two_readings_the_one_that_fits_is_taken() -> None:
    doubtful = open_word(LINE, "cộng", {"cộng": 0.55, "công": 0.45})
    assert doubtful.word(doubtful.decoded) == ["cộng"]
    assert doubtful.word(doubtful.weighed().decoded) == ["công"]


def test_a_word_that_is_sure_stays() -> None:
    sure = open_word(LINE, "cộng", {"cộng": 0.997, "công": 0.003})
    assert not len(sure.weighed().arcs)
    assert sure.word(sure.weighed().decoded) == ["cộng"]


def test_the_readings_share_what_they_had_and_a_token_kept_keeps_its_own() -> None:
    doubtful = open_word(LINE, "cộng", {"cộng": 0.5, "công": 0.2, "(kept)": 0.1})
    now = doubtful.probabilities(doubtful.weighed().decoded)
    assert now["(kept)"] == np.float32(0.1)
    assert abs(sum(now.values()) - 0.8) < 1e-5
    assert now["công"] > 0.2


def test_a_spot_that_was_weighed_elsewhere_is_left_alone() -> None:
    doubtful = open_word(LINE, "cộng", {"cộng": 0.55, "công": 0.45})
    assert not len(doubtful.weighed(settled=(doubtful.spot,)).arcs)


def test_a_network_that_has_nothing_to_say_changes_no_word() -> None:
    network = load_context()
    silent = replace(network, within=np.zeros_like(network.within), usual=np.zeros_like(network.usual))
    doubtful = open_word(LINE, "cộng", {"cộng": 0.55, "công": 0.45})
    now = doubtful.probabilities(doubtful.weighed(silent).decoded)
    assert now["cộng"] > now["công"]
    assert doubtful.word(doubtful.weighed(silent).decoded) == ["cộng"]


def test_what_changes_is_a_neighbour_of_what_comes_after() -> None:
    doubtful = open_word(LINE, "cộng", {"cộng": 0.55, "công": 0.45})
    at = doubtful.stream.at[doubtful.spot]
    doubtful.weighed()
    assert LEXICON.words[doubtful.stream.words[at]] == "công"


def test_what_is_counted_is_left_to_the_n_grams() -> None:
    doubtful = open_word("Toàn xã có 57 họ được vay vốn", "họ", {"họ": 0.45, "hộ": 0.55})
    assert not len(doubtful.weighed().arcs)
    in_a_list = open_word("57. họ và tên", "họ", {"họ": 0.45, "hộ": 0.55})
    assert len(in_a_list.weighed().arcs)
