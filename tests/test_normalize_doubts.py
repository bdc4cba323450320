"""A repaired word that is not sure enough is doubtful: it keeps its place, its confidence and its other readings."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.models import Line, Page, Reading, TextSource, Trust, TrustDecision
from pipeline.normalize.doubtful import DOUBTFUL_BELOW, doubts_of
from pipeline.normalize.reading import repair_reading
from pipeline.normalize.repair import Repairer
from pipeline.normalize.repaired import RepairedLine, Span

GARBLED = (
    "Trong thang 10, Uy ban nhan dan xa da tiép nhan 1.245 hd so, giai quyét ding han",
    "1.198 hd so, dat ty 1é 96,2%; con lai 47 hé so dang duge cac b6 phan xem xét.",
    "Téng s6 hd so tiép nhan trong ky 13 2.161 hd so; cudc hop tryc tuyén cua tinh.",
)


def test_a_word_below_the_threshold_is_doubtful() -> None:
    line = RepairedLine("Huyện đã hợp với xã", (Span(0, 5, 0.99), Span(9, 12, 0.554, (("họp", 0.4), ("hộp", 0.04)))))
    (doubt,) = doubts_of(line)
    assert line.text[doubt.start : doubt.end] == "hợp"
    assert (doubt.confidence, doubt.others) == (0.55, ("họp", "hộp"))


def test_a_word_that_was_read_as_digits_is_doubtful_however_sure_it_is() -> None:
    (doubt,) = doubts_of(RepairedLine("là", (Span(0, 2, 1.0, (("13", 0.0),), was_digits=True),)))
    assert doubt.others == ("13",)


def test_every_word_of_a_repaired_line_has_a_confidence() -> None:
    for line in Repairer.load().repair(GARBLED):
        assert len(line.confidences) == len(line.text.split())
        assert all(0 <= confidence <= 1.001 for confidence in line.confidences)
        for word in line.words:
            assert not line.text[word.start : word.end].isspace()
            assert sum(share for _, share in word.others) + word.confidence <= 1.01


def test_the_numeral_that_became_a_word_is_kept_among_its_readings() -> None:
    line = Repairer.load().repair(GARBLED)[2]
    word = next(word for word in line.words if word.was_digits)
    assert line.text[word.start : word.end] == "là"
    assert "13" in [text for text, _ in word.others]


def test_a_line_that_was_right_has_nothing_to_doubt() -> None:
    (line,) = Repairer.load().repair(["Ủy ban nhân dân xã báo cáo kết quả thực hiện nhiệm vụ tháng 10 năm 2025."])
    assert line.words == ()
    assert line.confidences == ()


def test_confidences_and_doubts_are_kept_in_the_record() -> None:
    page = Page(
        number=1,
        lines=tuple(Line(number=n, raw=text, text=text) for n, text in enumerate(GARBLED, 1)),
        source=TextSource.REPAIRED_LAYER,
        decision=TrustDecision(trust=Trust.GARBLED, score=0.5),
    )
    reading = Reading(document="a.txt", digest="0" * 64, media_type="text/plain", size=1, pages=(page,))
    lines = repair_reading(reading).pages[0].lines
    assert [len(line.confidences) for line in lines] == [len(line.text.split()) for line in lines]
    assert any("13" in doubt.others for doubt in lines[2].doubts)


def test_a_text_of_another_length_would_move_the_words() -> None:
    with pytest.raises(ValueError, match="length"):
        RepairedLine("là", (Span(0, 2, 1.0),)).with_text("lạc")


@given(st.lists(st.tuples(st.text("abcđê", min_size=1, max_size=5), st.floats(0, 1)), max_size=8))
def test_the_least_sure_part_of_a_word_counts(words: list[tuple[str, float]]) -> None:
    spans, at = [], 0
    for word, confidence in words:
        spans.append(Span(at, at + len(word), confidence))
        at += len(word) + 1
    line = RepairedLine(" ".join(word for word, _ in words), tuple(spans))
    assert line.confidences == tuple(confidence for _, confidence in words)
    assert len(doubts_of(line)) == sum(confidence < DOUBTFUL_BELOW for _, confidence in words)
