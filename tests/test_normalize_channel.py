"""The channel: what it holds likely, what it learns from a document, and the candidates that follow from it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.language.unicode import strip_marks
from pipeline.normalize.candidates import Proposer
from pipeline.normalize.channel import IMPOSSIBLE, Channel, Pairs, stripped_channel
from pipeline.normalize.models import load_channel, load_language

LEXICON = load_language()[0].lexicon
PROPOSER = Proposer(LEXICON, load_channel())


def pair(weight: float = 1.0) -> Pairs:
    zero = np.zeros(1, dtype=np.int64)
    return Pairs(zero, zero, np.array([weight], dtype=np.float32))


def score(channel: Channel, word: str, token: str) -> float:
    return float(channel.align([word], [token], pair())[0][0])


def candidates(token: str, proposer: Proposer = PROPOSER) -> list[str]:
    return [LEXICON.forms[form] for form in proposer.propose([token]).form[0] if form >= 0]


@pytest.mark.parametrize(
    ("token", "true", "other"),
    [("s6", "số", "sử"), ("cua", "của", "các"), ("duge", "được", "đúng"), ("hién", "hiện", "hoàn"), ("QP", "QĐ", "QS")],
)
def test_the_word_that_was_misread_scores_above_others(token: str, true: str, other: str) -> None:
    assert score(load_channel(), true, token) > score(load_channel(), other, token)


@pytest.mark.parametrize(("token", "true"), [("nang", "nẵng"), ("bao", "bão"), ("sén", "sẵn"), ("dam", "đẫm")])
def test_rare_letters_are_misread_as_letters_with_as_many_marks_are(token: str, true: str) -> None:
    assert true in candidates(token)


def test_probabilities_are_at_most_one() -> None:
    assert load_channel().table.max() <= 0


def test_a_document_teaches_its_own_misreadings() -> None:
    channel = load_channel()
    both = np.arange(2, dtype=np.int64)
    _, counts = channel.align(["mới", "tới"], ["mdi", "tdi"], Pairs(both, both, np.full(2, 50, dtype=np.float32)))
    adapted = channel.adapted(counts, 60.0)
    assert score(adapted, "lới", "ldi") > score(channel, "lới", "ldi")
    assert score(adapted, "lớp", "l#p") == pytest.approx(score(channel, "lớp", "l#p"), abs=3.0)


def test_a_document_teaches_of_a_letter_what_its_kin_is_read_as() -> None:
    channel = load_channel()
    _, counts = channel.align(["bến"], ["bxn"], pair(50))
    adapted = channel.adapted(counts, 60.0)
    gain = {word: score(adapted, word, "bxn") - score(channel, word, "bxn") for word in ("bến", "bển", "ban")}
    assert gain["bến"] > gain["bển"] > gain["ban"]


def test_counting_finds_as_many_letters_as_the_word_has() -> None:
    channel = load_channel()
    _, counts = channel.align(["tỉnh"], ["tinh"], pair())
    sizes = {number: len(chunk) for chunk, number in channel.true_chunks.items()}
    assert sum(sizes[int(row)] * counts[row].sum() for row in np.flatnonzero(counts.sum(axis=1))) == 4


def test_words_and_characters_that_were_never_met_do_no_harm() -> None:
    assert score(load_channel(), "x" * 100, "số") == IMPOSSIBLE
    assert score(load_channel(), "số", "s\u4e2d") < score(load_channel(), "số", "s6")


@pytest.mark.parametrize(
    ("token", "true"),
    [
        ("s6", "số"),
        ("duge", "được"),
        ("thirc", "thực"),
        ("UBND", "UBND"),
        ("TINH", "TỈNH"),
        ("VNelD", "VNeID"),
        ("Jan", "lần"),
    ],
)
def test_the_word_that_was_meant_is_among_the_candidates(token: str, true: str) -> None:
    assert true in candidates(token)


@pytest.mark.parametrize(("token", "true"), [("doi", "dõi"), ("ddi", "dõi"), ("tie", "tục"), ("vige", "vực")])
def test_a_common_word_is_among_the_candidates_though_it_stands_behind_few_others(token: str, true: str) -> None:
    assert true in candidates(token)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from([form for form in LEXICON.forms if 2 <= len(form) <= 7]), st.data())
def test_walking_the_tree_finds_what_scoring_every_form_finds(form: str, data: st.DataObject) -> None:
    token = strip_marks(form)
    place = data.draw(st.integers(0, len(token) - 1))
    token = token[:place] + data.draw(st.sampled_from("aeiou16dt")) + token[place + 1 :]
    found = PROPOSER.propose([token])
    known = found.form[0][found.form[0] >= 0]
    bare = found.score[0][: len(known)] - 0.35 * LEXICON.case_prior[known]
    channel = [score(load_channel(), LEXICON.forms[candidate], token) for candidate in known]
    assert list(bare) == pytest.approx(channel, abs=1e-3)
    own = PROPOSER.propose([token]).form[0]
    assert LEXICON.forms.index(form) in own or score(load_channel(), form, token) <= max(channel, default=0)


def test_lost_marks_leave_the_letters_as_they_are() -> None:
    alphabet = "".join(sorted({letter for form in LEXICON.forms for letter in form}))
    proposer = Proposer(LEXICON, stripped_channel(alphabet))
    assert all(strip_marks(form) == "duoc" for form in candidates("duoc", proposer))
    assert {"được", "dược"} <= set(candidates("duoc", proposer))


def test_digits_that_look_like_letters_are_read_as_words() -> None:
    digits = PROPOSER.through(load_channel().in_digits())
    assert {"là", "ta"} <= set(candidates("13", digits))
    assert "lời" in candidates("101", digits)


def test_what_a_document_teaches_gives_the_candidates_of_sure_tokens_new_scores() -> None:
    channel = load_channel()
    both = np.arange(2, dtype=np.int64)
    _, counts = channel.align(["mới", "tới"], ["mdi", "tdi"], Pairs(both, both, np.full(2, 500, dtype=np.float32)))
    adapted = channel.adapted(counts, 60.0)
    before = PROPOSER.propose(["mdi"])
    after = PROPOSER.adapted(adapted, {"mdi"}, is_far=False).propose(["mdi"])
    anew = PROPOSER.through(adapted).propose(["mdi"])
    form = LEXICON.forms.index("mới")
    assert {int(f) for f in after.form[0] if f >= 0} == set(before.form[0].tolist())
    assert after.score[after.form == form] == pytest.approx(anew.score[anew.form == form])
    assert after.score[after.form == form] > before.score[before.form == form]


def test_for_tokens_that_are_not_sure_it_is_looked_further() -> None:
    open_before, sure_before = set(candidates("dei")), set(candidates("dét"))
    adapted = PROPOSER.adapted(load_channel(), {"dét"}, is_far=False)
    assert open_before < set(candidates("dei", adapted))
    assert sure_before == set(candidates("dét", adapted))


def test_more_tokens_than_there_was_room_for_at_first_are_remembered() -> None:
    proposer = Proposer(LEXICON, load_channel())
    tokens = [a + b + c for a in "bcdghklmnt" for b in "aeiouéêôdg" for c in "cmnptghiou6éàx1"]
    tokens += [f"{token}{letter}" for token in tokens for letter in "aeiou"]
    at_once = proposer.propose(tokens)
    again = proposer.propose(tokens[::-1])
    assert (at_once.form[::-1] == again.form).all()
    assert (at_once.score[::-1] == again.score).all()


def test_parts_of_tokens_keep_their_candidates_unless_the_reader_is_far_from_those_known() -> None:
    channel = load_channel()
    _, counts = channel.align(["mới"], ["mxi"], pair(400))
    adapted = channel.adapted(counts, 60.0)
    before = set(PROPOSER.propose_parts(["lxi"]).form.ravel().tolist())
    near, far = (PROPOSER.adapted(adapted, set(), is_far).propose_parts(["lxi"]) for is_far in (False, True))
    assert {int(f) for f in near.form[0] if f >= 0} == before
    assert "lới" in [LEXICON.forms[form] for form in far.form[0] if form >= 0]
