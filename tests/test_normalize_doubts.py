"""A repaired word that is not sure enough is doubtful: it keeps its place, its confidence and its other readings."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.normalize.doubtful import DOUBTFUL_BELOW, doubts

READ = st.tuples(
    st.text(alphabet="aăbchọpợ13,.", min_size=1, max_size=5),
    st.integers(0, 100).map(lambda hundredths: hundredths / 100),
)


def test_a_word_below_the_threshold_is_doubtful() -> None:
    text = "Huyện đã  hợp với xã"
    (doubt,) = doubts(text, (0.99, 0.8, 0.55, 1.0, 0.81), ((), (), ("họp", "hộp"), (), ()))
    assert text[doubt.start : doubt.end] == "hợp"
    assert (doubt.confidence, doubt.others) == (0.55, ("họp", "hộp"))


@given(words=st.lists(READ), blank=st.sampled_from((" ", "  ", "\t")))
def test_the_doubtful_words_are_those_below_the_threshold_in_order(words: list[tuple[str, float]], blank: str) -> None:
    text = blank.join(word for word, _ in words)
    found = doubts(text, [confidence for _, confidence in words], [("khác",)] * len(words))
    assert [(text[d.start : d.end], d.confidence) for d in found] == [w for w in words if w[1] < DOUBTFUL_BELOW]


def test_confidences_that_do_not_fit_the_words_are_a_defect() -> None:
    with pytest.raises(ValueError, match="shorter"):
        doubts("họp với xã", (0.5,), ((),))
