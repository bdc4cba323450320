"""A passage matches a query as a phrase, by words near each other, or by words apart."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.archive.query import parse
from pipeline.archive.ranking import Closeness, Match, match
from pipeline.models import Doubt

PHRASE, NEAR, APART = Closeness
TEN = " ".join(["khác"] * 10)


@pytest.mark.parametrize(
    ("query", "text", "matches"),
    [
        ("chu ky so", "đã cấp chữ ký số", Match(PHRASE)),
        ("chu ky so", "số chữ đã ký", Match(NEAR)),
        ("chu so", f"chữ {TEN} số", Match(NEAR)),
        ("chu so", f"chữ {TEN} nữa số", Match(APART)),
        ("so chu ky", f"chữ ký {TEN} số", Match(APART)),
        ("chữ ký số", "đã cấp chữ ký số", Match(PHRASE)),
        ("chữ ký số", "đã cấp chử ký số", Match(PHRASE, other_marks=True)),
        ("chữ ký số", "số chử đã ký", Match(NEAR, other_marks=True)),
        ("chữ số", f"chử {TEN} nữa số", None),
        ("chữ số", f"chữ {TEN} nữa số", Match(APART)),
        ('"ký số" chữ', "chữ ký số", Match(NEAR)),
        ('"ký số" chữ', "chữ ký đủ số", None),
        ('chữ "ký số"', "chữ ký số", Match(PHRASE)),
        ("chữ k*", "chữ ký số", Match(PHRASE)),
        ("chữ", "chữ ký số", Match(PHRASE)),
        ("chữ", "ký số", None),
    ],
)
def test_how_a_passage_matches(query: str, text: str, matches: Match | None) -> None:
    assert match(text, (), parse(query)) == matches


def test_a_doubtful_word_matches_by_another_reading_of_it() -> None:
    doubt = Doubt(start=3, end=6, confidence=0.5, others=("họp",))
    assert match("đã hợp tại xã", [doubt], parse("họp tại xã")) == Match(PHRASE, other_reading=True)
    assert match("đã hợp tại xã", [doubt], parse("hợp tại xã")) == Match(PHRASE)
    assert match("đã hợp tại xã", [doubt], parse("hóp tại xã")) == Match(PHRASE, other_marks=True)


def test_the_phrase_comes_first_then_the_marks_then_the_reading() -> None:
    best = [Match(closeness, *(marks)) for closeness in Closeness for marks in ((), (False, True), (True, False))]
    assert sorted(best) == best


@given(words=st.lists(st.sampled_from(["chữ", "ký", "số", "xã"]), min_size=1, max_size=12), data=st.data())
def test_words_taken_from_a_text_match_it_and_a_run_of_them_as_a_phrase(words: list[str], data: st.DataObject) -> None:
    text = " ".join(words)
    first = data.draw(st.integers(0, len(words) - 1))
    run = words[first : data.draw(st.integers(first + 1, len(words)))]
    assert match(text, (), parse(" ".join(run))) == Match(PHRASE)
    assert match(text, (), parse(" ".join(data.draw(st.permutations(words))))) is not None
