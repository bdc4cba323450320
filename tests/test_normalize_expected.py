"""Words that their context expects though what was seen does not look like them."""

from __future__ import annotations

from pipeline.normalize.candidates import Proposer
from pipeline.normalize.expected import expected, fitting
from pipeline.normalize.models import load_channel
from pipeline.normalize.surroundings import Surroundings
from tests.decided_words import OFFICIAL, Decided, decided

PROPOSER = Proposer(OFFICIAL.lexicon, load_channel())


def words_expected(document: Decided, token: str, around: Surroundings = Surroundings.NONE) -> set[str]:
    where = dict.fromkeys(document.found, around)
    found = expected(OFFICIAL, PROPOSER, document.sentences, document.pieces, document.found)
    found = fitting(found, where, document.pieces, OFFICIAL.lexicon)
    reading = found.get(document.spot(token))
    return {OFFICIAL.lexicon.forms[form] for form in reading.form} if reading else set()


def test_a_word_that_looks_different_is_proposed_where_its_neighbours_call_for_it() -> None:
    document = decided(["Kiểm kê toàn DÒ tài sản công của xã."], doubtful={"DÒ": "Đà"})
    assert "bộ" in words_expected(document, "DÒ")
    assert "bộ" not in {OFFICIAL.lexicon.forms[form] for form in PROPOSER.propose(["DÒ"]).form[0]}


def test_nothing_is_looked_for_where_the_word_is_sure() -> None:
    assert not words_expected(decided(["Kiểm kê toàn bộ tài sản công của xã."]), "bộ")


def test_symbols_of_documents_are_not_what_is_usual() -> None:
    document = decided(["Nghị quyết số 21-NQ/TU của huyện"], doubtful={"TU": "Tú"})
    assert not words_expected(document, "TU")


def test_among_capitals_only_capitals_are_looked_for() -> None:
    document = decided(["Kiểm kê toàn DÒ tài sản công của xã."], doubtful={"DÒ": "Đà"})
    found = words_expected(document, "DÒ", Surroundings.CAPITALS)
    assert "BỘ" in found
    assert all(word.isupper() for word in found)


def test_between_abbreviations_a_word_in_small_letters_may_stand() -> None:
    document = decided(["Trong UBND vv HĐND xã"], doubtful={"vv": "vợ"})
    assert "và" in words_expected(document, "vv", Surroundings.CAPITALS)


def test_numerals_and_punctuation_are_neighbours_too() -> None:
    document = decided(["Trong 12 tháng, tổng số fở sơ, văn bản"], doubtful={"fở": "phở"})
    assert "hồ" in words_expected(document, "fở")
