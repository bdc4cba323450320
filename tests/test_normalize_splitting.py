"""Words that were read as one: where they may be cut, and where they must not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.normalize.candidates import Proposer
from pipeline.normalize.models import load_channel, load_language
from pipeline.normalize.repair import Repairer
from pipeline.normalize.splitting import find_cuts

PROPOSER = Proposer(load_language()[0].lexicon, load_channel())
AROUND = [
    "Uy ban nhan dan xa bao cao két qua thuc hién nhiém vu trong thang 10 nam 2025.",
    "Tong s6 hd so da tiép nhan 1a 1.245 hd so, giai quyét ding han 1.198 hd so.",
]


@pytest.mark.parametrize(
    ("token", "cut"), [("donvi", 3), ("Cacdonvi", 3), ("Cacdonvi", 6), ("kéhoach", 2), ("duan", 2)]
)
def test_run_together_words_may_be_cut_between_them(token: str, cut: int) -> None:
    assert cut in find_cuts([token], PROPOSER)[token]


@pytest.mark.parametrize("token", ["nghiép", "trudng", "huyén", "dugc", "van"])
def test_a_word_that_is_read_well_is_not_cut(token: str) -> None:
    assert token not in find_cuts([token], PROPOSER)


@given(st.lists(st.text("abcdéhinotu", min_size=1, max_size=14), max_size=5))
def test_cuts_lie_inside_and_leave_two_characters_on_either_side(tokens: list[str]) -> None:
    for token, places in find_cuts(tokens, PROPOSER).items():
        assert token in tokens
        assert list(places) == sorted(set(places))
        assert all(2 <= place <= len(token) - 2 for place in places)


def test_words_run_together_come_apart_and_torn_ones_together() -> None:
    lines = [*AROUND, "Céc co quan, donvi thudc tinh t6 chitc thuc hién ké hoach; cudc h op giao ban thang 9."]
    repaired = Repairer.load().repair_lines(lines)[-1]
    assert "cơ quan, đơn vị thuộc tỉnh tổ chức thực hiện kế hoạch" in repaired
    assert "cuộc họp giao ban" in repaired


def test_what_is_longer_than_any_syllable_is_rather_cut_than_kept() -> None:
    lines = [*AROUND, "Cac nguon von docacngànhàngthuongmai cho vay déu duoc ap dung lai suat uu dai."]
    assert "do các ngân hàng thương mại cho vay" in Repairer.load().repair_lines(lines)[-1]


def test_foreign_words_are_not_cut_however_long_they_are() -> None:
    lines = [*AROUND, "phat trién logistics, blockchain trén nén tang Facebook va Youtube trong nam 2025"]
    repaired = Repairer.load().repair_lines(lines)[-1]
    assert "logistics, blockchain" in repaired
    assert "Facebook và Youtube" in repaired
