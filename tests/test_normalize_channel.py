"""The channel: what it holds likely, and what it learns from a document."""

from __future__ import annotations

import numpy as np
import pytest

from pipeline.normalize.channel import Channel
from pipeline.normalize.models import load_channel


def score(channel: Channel, word: str, token: str) -> float:
    one = np.zeros(1, dtype=np.int64)
    return float(channel.score(channel.cut_words([word]), channel.cut_tokens([token]), one, one)[0])


@pytest.mark.parametrize(
    ("token", "true", "other"),
    [("s6", "số", "sử"), ("cua", "của", "các"), ("duge", "được", "đúng"), ("hién", "hiện", "hoàn"), ("QP", "QĐ", "QS")],
)
def test_the_word_that_was_misread_scores_above_others(token: str, true: str, other: str) -> None:
    channel = load_channel()
    assert score(channel, true, token) > score(channel, other, token)


def test_probabilities_are_at_most_one() -> None:
    assert load_channel().table.max() <= 0


def test_a_document_teaches_its_own_misreadings() -> None:
    channel = load_channel()
    before = score(channel, "lớp", "l#p")
    words, tokens = channel.cut_words(["mới", "tới"]), channel.cut_tokens(["mdi", "tdi"])
    both = np.arange(2)
    counts = channel.chunk_counts(words, tokens, both, both, np.full(2, 50, dtype=np.float32))
    adapted = channel.adapted(counts, 60.0)
    assert score(adapted, "lới", "ldi") > score(channel, "lới", "ldi")
    assert score(adapted, "lớp", "l#p") == pytest.approx(before, abs=3.0)


def test_counting_finds_as_many_letters_as_the_words_have() -> None:
    channel = load_channel()
    words, tokens = channel.cut_words(["tỉnh"]), channel.cut_tokens(["tinh"])
    one = np.zeros(1, dtype=np.int64)
    counts = channel.chunk_counts(words, tokens, one, one, np.ones(1, dtype=np.float32))
    sizes = {number: len(chunk) for chunk, number in channel.true_chunks.items()}
    assert sum(sizes[int(row)] * counts[row].sum() for row in np.flatnonzero(counts.sum(axis=1))) == 4
