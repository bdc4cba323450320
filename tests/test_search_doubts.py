"""Search finds a doubtful word under both its readings, says that it did, and shows the word that is meant."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from pathlib import Path

import pytest
from archive_documents import doubts, processed, with_doubts, written
from hypothesis import given
from hypothesis import strategies as st

from pipeline.archive.hits import Hit
from pipeline.archive.readings import REACH, Readings
from pipeline.archive.store import Archive
from pipeline.archive.terms import exact, folded, words
from pipeline.extract.extraction import extract
from pipeline.models import Doubt

pytestmark = pytest.mark.usefixtures("either_database")

Others = Mapping[str, Sequence[str]]
Filled = Callable[..., Archive]
HOP: Others = {"hợp": ("họp", "hộp")}


@pytest.fixture
def filled(tmp_path: Path) -> Filled:
    """An archive with one document a text, its lines separated by |; the words of `others` are doubtful everywhere."""

    def fill(*texts: str, others: Others, sentences: list[list[int]] | None = None) -> Archive:
        archive = Archive.create(tmp_path / "kho")
        for number, text in enumerate(texts):
            lines = text.split("|")
            path = written(tmp_path, f"van-ban-{number}.txt", lines)
            spans = sentences if sentences is not None else [[n] for n in range(1, len(lines) + 1)]
            document = processed(path, lines, sentences=spans)
            archive.add([with_doubts(document, others)], path, path.name)
        return archive

    return fill


def _shown(hit: Hit) -> list[str]:
    return [hit.text[span.start : span.end] for span in hit.highlights]


def _found(archive: Archive, query: str) -> list[str]:
    return [hit.document for hit in archive.search(query, 20).hits]


def test_a_phrase_is_found_by_the_other_reading_of_its_doubtful_word(filled: Filled) -> None:
    (hit,) = filled("Huyện đã hợp trực tuyến với các xã", others=HOP).search("họp trực tuyến", 5).hits
    assert hit.other_reading
    assert not hit.exact
    assert hit.text == "Huyện đã hợp trực tuyến với các xã"
    assert _shown(hit) == ["hợp trực tuyến"]


@pytest.mark.parametrize("query", ["họp", '"họp trực tuyến" xã', "tuyến họp", "xã họp huyện", "hộp trực tuyến"])
def test_words_and_quoted_words_are_found_by_the_other_reading(filled: Filled, query: str) -> None:
    (hit,) = filled("Huyện đã hợp trực tuyến với các xã", others=HOP).search(query, 5).hits
    assert hit.other_reading
    assert any("hợp" in shown for shown in _shown(hit))


def test_the_reading_that_was_decoded_is_found_as_ever(filled: Filled) -> None:
    (hit,) = filled("Huyện đã hợp trực tuyến", others=HOP).search("hợp trực tuyến", 5).hits
    assert (hit.exact, hit.other_reading) == (True, False)


def test_what_is_printed_comes_before_what_may_be_meant_and_that_before_other_marks(filled: Filled) -> None:
    archive = filled("đã hớp trực tuyến", "đã hợp trực tuyến", "đã họp trực tuyến", others=HOP)
    assert _found(archive, "họp trực tuyến") == ["van-ban-2.txt", "van-ban-1.txt", "van-ban-0.txt"]
    hits = archive.search("họp trực tuyến", 5).hits
    assert [(hit.exact, hit.other_reading) for hit in hits] == [(True, False), (False, True), (False, False)]


def test_a_reading_with_other_letters_is_found_without_marks_too(filled: Filled) -> None:
    archive = filled("đã lập huấn cho cán bộ", "đã tập huấn cho cán bộ", others={"lập": ("tập",)})
    assert _found(archive, "tap huan") == ["van-ban-1.txt", "van-ban-0.txt"]
    hits = archive.search("tap huan", 5).hits
    assert [(hit.exact, hit.other_reading) for hit in hits] == [(True, False), (False, True)]
    assert _shown(hits[1]) == ["lập huấn"]


def test_a_reading_that_differs_in_marks_only_needs_no_second_look_without_marks(filled: Filled) -> None:
    (hit,) = filled("đã hợp trực tuyến", others=HOP).search("hop truc tuyen", 5).hits
    assert (hit.exact, hit.other_reading) == (True, False)


def test_a_numeral_may_have_been_a_word(filled: Filled) -> None:
    (hit,) = filled("tổng số 13 2.161 hồ sơ", others={"13": ("là",)}).search("tổng số là 2.161", 5).hits
    assert _shown(hit) == ["tổng số 13 2.161"]


def test_two_doubtful_words_of_a_phrase_may_both_be_read_otherwise(filled: Filled) -> None:
    others = {"hợp": ("họp",), "tuyển": ("tuyến",)}
    archive = filled("đã hợp trực tuyển với xã", others=others)
    for query in ("họp trực tuyến", "hợp trực tuyến", "họp trực tuyển"):
        (hit,) = archive.search(query, 5).hits
        assert hit.other_reading
        assert _shown(hit) == ["hợp trực tuyển"]


def test_a_word_read_as_one_may_have_been_two_and_two_one(filled: Filled) -> None:
    archive = filled("ban hành kếhoạch năm", others={"kếhoạch": ("kế hoạch",)})
    assert [_shown(hit) for hit in archive.search("kế hoạch năm", 5).hits] == [["kếhoạch năm"]]
    assert [_shown(hit) for hit in archive.search("hoạch năm", 5).hits] == [["kếhoạch năm"]]


def test_a_phrase_does_not_run_from_one_reading_into_the_next(filled: Filled) -> None:
    archive = filled("đã hợp với xã", others=HOP)
    assert [_shown(hit) for hit in archive.search('"xã đã"', 5).hits] == []


def test_the_line_of_a_hit_is_that_of_the_doubtful_word(filled: Filled) -> None:
    archive = filled("Trong tháng, huyện|đã hợp trực tuyến|với các xã", others=HOP, sentences=[[1, 2, 3]])
    (hit,) = archive.search("họp", 5).hits
    assert hit.line == 2
    archive.close()


def test_only_the_doubtful_word_is_shown_not_others_that_look_like_it(filled: Filled) -> None:
    (hit,) = filled("hớp nước rồi hợp với xã", others=HOP).search("họp", 5).hits
    assert [(span.start, hit.text[span.start : span.end]) for span in hit.highlights] == [(13, "hợp")]


def test_a_hit_has_all_doubtful_words_of_its_passage(filled: Filled) -> None:
    (hit,) = filled("đã hợp trực tuyến", others=HOP).search("trực tuyến", 5).hits
    (doubt,) = hit.doubts
    assert (hit.text[doubt.start : doubt.end], doubt.others, doubt.confidence) == ("hợp", ("họp", "hộp"), 0.55)


def test_lines_that_stand_in_no_sentence_have_their_doubtful_words(filled: Filled) -> None:
    archive = filled("  UBND HUYỆN|  Nơi nhân: như trên", others={"nhân:": ("nhận:",)}, sentences=[])
    (hit,) = archive.search("nơi nhận", 5).hits
    assert (hit.line, _shown(hit), hit.other_reading) == (2, ["Nơi nhân:"], True)


def test_the_total_counts_what_only_another_reading_holds(filled: Filled) -> None:
    archive = filled("đã hợp ở xã", "đã họp ở huyện", "đã hớp ở thôn", others=HOP)
    result = archive.search("họp", 1)
    assert (len(result.hits), result.total) == (1, 3)


def test_a_doubt_of_a_line_is_found_in_the_sentence_that_the_extraction_makes_of_it(tmp_path: Path) -> None:
    lines = ["Trong tháng, Ủy ban nhân dân huyện đã tổ chức hai cuộc hợp trực", "tuyến với các xã. Sở đã báo cáo tỉnh."]
    path = written(tmp_path, "bao-cao.txt", lines)
    document = with_doubts(processed(path, lines), HOP)
    document = document.model_copy(update={"extraction": extract(document.reading)})
    with Archive.create(tmp_path / "kho") as archive:
        archive.add([document], path, path.name)
        (hit,) = archive.search("cuộc họp trực tuyến", 5).hits
        assert archive.extractions() == [document.extraction]
    assert (hit.line, hit.other_reading, _shown(hit)) == (1, True, ["cuộc hợp trực tuyến"])
    assert "báo cáo" not in hit.text


WORDS = st.lists(st.sampled_from(["ban", "bàn", "họp", "hợp", "xã", "la", "là", "13", "số"]), min_size=1, max_size=14)


def _readings(text: str, others: Others) -> tuple[Doubt, ...]:
    known = text.split()
    return doubts(text, [0.5 if word in others else 1.0 for word in known], [others.get(word, ()) for word in known])


@given(text=WORDS, place=st.integers(0, 13), before=st.integers(0, REACH), data=st.data())
def test_every_phrase_with_one_word_read_otherwise_stands_in_a_window(
    text: list[str], place: int, before: int, data: st.DataObject
) -> None:
    place %= len(text)
    marked = " ".join(text)
    start = sum(len(word) + 1 for word in text[:place])
    doubt = Doubt(start=start, end=start + len(text[place]), confidence=0.5, others=("khác",))
    read = [*text[:place], "khác", *text[place + 1 :]]
    first = max(0, place - before)
    phrase = read[first : data.draw(st.integers(place + 1, max(place + 1, first + REACH + 1)))]
    for form in (exact, folded):
        readings = Readings(marked, [doubt], form)
        sought = words(form(" ".join(phrase)))
        assert any(f" {' '.join(sought)} " in f" {' '.join(window)} " for window in readings.windows())
        assert any(span.start <= start and doubt.end <= span.end for span in readings.occurrences(sought))


@given(text=WORDS, others=st.dictionaries(st.sampled_from(["họp", "13", "là"]), st.lists(st.sampled_from(["a", "b"]))))
def test_every_window_is_found_in_the_text_that_it_is_a_reading_of(text: list[str], others: Others) -> None:
    readings = Readings(" ".join(text), _readings(" ".join(text), others), exact)
    for window in readings.windows():
        assert readings.occurrences(window)


@given(text=WORDS)
def test_a_text_without_doubts_has_no_other_readings(text: list[str]) -> None:
    readings = Readings(" ".join(text), (), exact)
    assert readings.windows() == []
    spans = readings.occurrences(text[:1])
    assert all(one.end <= after.start for one, after in pairwise(spans))


def test_the_index_grows_with_the_doubtful_words_only(filled: Filled) -> None:
    text = " ".join(["kế hoạch năm"] * 300)
    windows = Readings(f"{text} hợp {text}", _readings(f"{text} hợp {text}", HOP), exact).windows()
    assert [len(window) for window in windows] == [2 * REACH + 1] * 2
