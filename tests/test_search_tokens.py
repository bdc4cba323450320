"""The search index holds tokens of words and neighbours, of a passage's document, and of how large its figures are."""

from __future__ import annotations

import datetime as dt
import operator
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.archive import amounts, attributes, blocks, tokens, tsvector
from pipeline.archive.attributes import Known
from pipeline.archive.matching import AllOf, AnyOf, Entry, Matching, Token
from pipeline.archive.narrowing import Comparison, Narrowing
from pipeline.archive.passage_index import index_of
from pipeline.archive.schema import ComponentsRow
from pipeline.archive.store import Archive
from pipeline.archive.tokens import Spelling

WORDS = st.lists(st.sampled_from(["ho", "so", "ky", "hồ", "sơ"]), min_size=1, max_size=8).map(tuple)
VALUES = st.decimals(min_value=-(10**14), max_value=10**25, places=3)
OPERATORS: dict[str, Callable[[Any, Any], bool]] = {
    ">": operator.gt,
    ">=": operator.ge,
    "<": operator.lt,
    "<=": operator.le,
    "=": operator.eq,
}


def holds(matching: Matching, held: Sequence[str]) -> bool:
    """Whether a passage with these tokens matches."""
    if isinstance(matching, Token):
        return matching.text in held
    if isinstance(matching, AllOf):
        return all(holds(part, held) for part in matching.parts)
    return any(holds(way, held) for way in matching.ways)


def test_words_are_held_alone_and_with_the_one_behind_them() -> None:
    assert list(tokens.of_words(("hồ", "sơ", "số"), Spelling.EXACT)) == ["=hồ", "=sơ", "=số", "=hồ_sơ", "=sơ_số"]
    assert list(tokens.of_words(("ho",), Spelling.FOLDED)) == ["ho"]


@given(words=WORDS, data=st.data())
def test_a_passage_holds_every_phrase_of_it(words: tuple[str, ...], data: st.DataObject) -> None:
    first = data.draw(st.integers(0, len(words) - 1))
    phrase = words[first : data.draw(st.integers(first + 1, len(words)))]
    assert holds(tokens.of_phrase(phrase, Spelling.FOLDED), list(tokens.of_words(words, Spelling.FOLDED)))


@given(words=WORDS, sought=st.tuples(st.sampled_from(["ho", "so", "ky"]), st.sampled_from(["ho", "so", "ky"])))
def test_words_that_stand_nowhere_side_by_side_are_no_phrase(words: tuple[str, ...], sought: tuple[str, str]) -> None:
    stands = sought in pairwise(words)
    assert holds(tokens.of_phrase(sought, Spelling.FOLDED), list(tokens.of_words(words, Spelling.FOLDED))) == stands


@given(value=VALUES, than=st.decimals(min_value=0, max_value=10**24, places=3), sign=st.sampled_from(list(OPERATORS)))
def test_every_figure_that_compares_as_asked_has_a_token_that_is_asked_for(
    value: Decimal, than: Decimal, sign: str
) -> None:
    if OPERATORS[sign](value, than):
        assert holds(amounts.asked(Comparison(operator=sign, value=than)), amounts.of_value(value))


@pytest.mark.parametrize(
    ("sign", "than", "value"),
    [
        (">", "9000000", "899"),
        (">", "9900000", "9700000"),
        (">=", "500", "20"),
        ("<", "500", "6000"),
        ("<=", "510", "520.5"),
        ("=", "12", "2"),
        ("=", "9250001", "9250000"),
        ("=", "0", "0.5"),
    ],
)
def test_a_figure_that_is_far_from_what_is_asked_has_none(sign: str, than: str, value: str) -> None:
    asked = amounts.asked(Comparison(operator=sign, value=Decimal(than)))
    assert not holds(asked, amounts.of_value(Decimal(value)))


DAYS = st.dates(dt.date(1990, 1, 1), dt.date(2030, 12, 31))


@given(day=DAYS, since=st.none() | DAYS, until=st.none() | DAYS)
def test_a_document_of_the_days_asked_for_has_a_token_of_them(
    day: dt.date, since: dt.date | None, until: dt.date | None
) -> None:
    held = list(attributes.of_document(ComponentsRow(date=day.isoformat())))
    asked = AllOf((Token("x"), *attributes.asked(Narrowing(since=since, until=until), Known((), 1990, 2030))))
    within = (since is None or since <= day) and (until is None or day <= until)
    of_the_months = (since is None or since.replace(day=1) <= day) and (
        until is None or (day.year, day.month) <= (until.year, until.month)
    )
    assert not within or holds(asked, ["x", *held])
    assert of_the_months or not holds(asked, ["x", *held])


@pytest.mark.parametrize(
    ("narrowing", "found"),
    [
        (Narrowing(number="15"), True),
        (Narrowing(number="015/bc-syt"), True),
        (Narrowing(number="1"), False),
        (Narrowing(issuer=("y", "te")), True),
        (Narrowing(issuer=("so", "xay")), False),
        (Narrowing(type=("bao", "cao")), True),
        (Narrowing(type=("ke", "hoach")), False),
        (Narrowing(since=dt.date(2025, 6, 1)), False),
        (Narrowing(since=dt.date(2025, 4, 1), until=dt.date(2025, 5, 31)), True),
        (Narrowing(type=("bao", "cao"), since=dt.date(2024, 11, 1)), True),
        (Narrowing(type=("bao", "cao"), until=dt.date(2025, 4, 30)), False),
        (Narrowing(type=("ke", "hoach"), since=dt.date(2024, 11, 1)), False),
        (Narrowing(type=("cao",), since=dt.date(1995, 2, 1), until=dt.date(2030, 2, 1)), True),
    ],
)
def test_a_document_is_told_by_its_number_its_issuer_and_its_type(narrowing: Narrowing, found: bool) -> None:
    row = ComponentsRow(number="015", symbol="BC-SYT", issuer="SỞ Y TẾ", type="Báo cáo", date="2025-05-20")
    asked = AllOf(tuple(attributes.asked(narrowing, Known(("Báo cáo", "Kế hoạch"), 2020, 2026))))
    assert holds(asked, list(attributes.of_document(row))) is found


def test_any_of_several_ways_is_enough() -> None:
    assert holds(AnyOf((Token("a"), Token("b"))), ["b"])


def ranges_back_from(end: int, one_in: int, wanted: int) -> Iterator[tuple[int, int]]:
    """The ranges of passages that are looked through one after the other, where one in so many matches."""
    latest, first, found = end, blocks.back_from(end), 0
    while end > 0 and found < wanted:
        yield first, end
        end, found = first, (latest - first) // one_in
        first = blocks.farther_back(end, latest - end, found, wanted - found)


@given(end=st.integers(1, 10**8), one_in=st.integers(1, 10**6), share=st.floats(0, 1, exclude_max=True))
def test_every_passage_looked_through_lies_in_one_block_that_is_asked(end: int, one_in: int, share: float) -> None:
    passage = int(end * share)
    held = set(tsvector.vector(Entry(passage, ())).replace("'", "").split())
    before = end
    for first, stop in ranges_back_from(end, one_in, 300):
        asked = list(blocks.between(first, stop))
        assert stop == before
        assert first < stop
        assert len(held.intersection(asked)) == (first <= passage < stop)
        before = first


@given(end=st.integers(1, 10**8), one_in=st.integers(1, 10**6))
def test_few_blocks_are_asked_at_once(end: int, one_in: int) -> None:
    assert max(len(list(blocks.between(*asked))) for asked in ranges_back_from(end, one_in, 300)) <= 12


@given(end=st.integers(10**5, 10**8), one_in=st.integers(1, 10**6))
def test_what_is_looked_through_is_not_much_more_than_holds_what_is_wanted(end: int, one_in: int) -> None:
    looked = sum(stop - first for first, stop in ranges_back_from(end, one_in, 300))
    assert looked <= max(10_000, 4 * 300 * one_in)


@pytest.mark.usefixtures("either_database")
@pytest.mark.parametrize("far", [10, 1000])
def test_the_latest_that_match_are_given_some_at_a_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, far: int
) -> None:
    monkeypatch.setattr(blocks, "_SMALLEST", 4)
    monkeypatch.setattr(tsvector, "_FAR", far)
    with Archive.create(tmp_path / "kho") as archive, archive._database.writing() as session:  # the index has no face
        index = index_of(session)
        index.enter(
            session, [Entry(number, ("even",) if number % 2 == 0 else ("odd", "odder")) for number in range(1, 41)]
        )
        assert index.size(session) == 40
        assert list(index.latest(session, Token("even"), 3)) == [40, 38, 36]
        assert list(index.latest(session, Token("even"), 3, before=36)) == [34, 32, 30]
        assert list(index.latest(session, Token("even"), 50)) == list(range(40, 0, -2))
        assert list(index.latest(session, Token("odd*"), 1)) == [39]
        assert list(index.latest(session, AllOf((Token("odd"), Token("even"))), 5)) == []
        assert list(index.latest(session, AnyOf((Token("odd"), Token("even"))), 2)) == [40, 39]
