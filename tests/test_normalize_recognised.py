"""Recognised lines: what two readers and the language make of a word, and what none of them may touch."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.models import Box, Line, Word
from pipeline.normalize.fusion import Sight
from pipeline.normalize.recognised import RecognisedRepairer, SeenLine


@pytest.fixture(scope="module")
def repairer() -> RecognisedRepairer:
    return RecognisedRepairer.load()


def seen(first: str, second: str | None = None, confidence: float = 0.93) -> SeenLine:
    """A line as both readers saw it; the second saw the same unless it is told otherwise."""
    pairs = zip(first.split(), (second or first).split(), strict=True)
    return SeenLine(first, tuple(Sight(one, confidence, other) for one, other in pairs))


@pytest.mark.parametrize(
    ("first", "second", "printed"),
    [
        ("sửa đổi, bổ sung một sô điêu của Luật Đất đai", None, "sửa đổi, bổ sung một số điều của Luật Đất đai"),
        ("QUYÉT ĐỊNH:", "QUYẾT ĐỊNH:", "QUYẾT ĐỊNH:"),
        ("bão đi chuyển về phía tây", "bão di chuyển về phía tây", "bão di chuyển về phía tây"),
        ("giải quyêt thú tục hành chính", "giải quyết thủ tuc hành chinh", "giải quyết thủ tục hành chính"),
    ],
    ids=["both readers lose the same mark", "in capitals", "the second saw it", "each loses another mark"],
)
def test_marks_that_were_misread_are_mended(
    repairer: RecognisedRepairer, first: str, second: str | None, printed: str
) -> None:
    assert repairer.repair([seen(first, second)])[0].text == printed


@pytest.mark.parametrize(
    "text",
    [
        "Văn hoá, thể thao và du lịch tỉnh năm 2025",
        "Lưu: VT, VKTQ, KSTTHC (03b).",
        "ông Y Thịnh Niê Kdăm, bà Neáng Sa Rây",
        "truy cập https://dichvucong.gov.vn, thư vanthu@vidu.gov.vn",
        "Số: 512/BC-UBND",
    ],
)
def test_what_is_right_comes_out_as_it_was_read(repairer: RecognisedRepairer, text: str) -> None:
    assert repairer.repair([seen(text, confidence=0.96)])[0].text == text


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**7), st.integers(0, 99), st.sampled_from(["13", "14", "6", "0", "1l"]))
def test_no_digit_of_a_numeral_changes(count: int, cents: int, bare: str) -> None:
    text = f"Tông sô {count:,} hồ sơ, đạt {cents},{cents}% , xếp {bare} điểm".replace(",", ".", 1)
    repaired = RecognisedRepairer.load().repair([seen(text)])[0].text
    digits = [c for c in text if c.isdigit()]
    assert [c for c in repaired if c.isdigit()] == digits


def test_a_word_on_which_little_speaks_is_doubtful_with_its_other_reading(repairer: RecognisedRepairer) -> None:
    line = repairer.repair([seen("ông Lê Văn Tuân", "ông Lê Văn Tuấn", 0.5)])[0]
    assert len(line.confidences) == 4
    assert min(line.confidences) < 0.9
    assert any(word.others for word in line.words)


def test_one_reader_is_enough(repairer: RecognisedRepairer) -> None:
    words = tuple(Sight(word, None, None) for word in ["thực", "hiên", "nhiêm", "vụ", "trọng", "tâm"])
    line = SeenLine("thực hiên nhiêm vụ trọng tâm", words)
    assert repairer.repair([line])[0].text == "thực hiện nhiệm vụ trọng tâm"


def test_words_keep_what_was_seen_of_them_where_marks_were_taken_from_the_line() -> None:
    box = Box(x0=0, y0=0, x1=9, y1=9)
    words = tuple(Word(text=text, box=box, confidence=c, second="x") for text, c in (("phường", 0.9), ("®", 0.3)))
    line = Line(number=1, raw="phường ®", text="phường ®", words=words)
    assert SeenLine.of(line, "phường²").words == (Sight("phường²", None, None),)
    assert SeenLine.of(line, "phường ®").words[0] == Sight("phường", 0.9, "x")


def test_no_lines_are_no_lines(repairer: RecognisedRepairer) -> None:
    assert repairer.repair([]) == []
    assert repairer.repair([SeenLine("", ())])[0].text == ""
