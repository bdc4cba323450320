"""Search finds what was meant: beginnings of words, abbreviations and what they stand for, words with an error."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from archive_documents import processed, written
from hypothesis import given
from hypothesis import strategies as st

from pipeline.archive.mistyped import meant
from pipeline.archive.query import parse
from pipeline.archive.store import Archive
from pipeline.models import Abbreviation

pytestmark = pytest.mark.usefixtures("either_database")

Filled = Callable[..., Archive]


@pytest.fixture
def filled(tmp_path: Path) -> Filled:
    """An archive with a document of one sentence for each text, which defines the abbreviations given."""

    def fill(*texts: str, short: str = "BCĐ", full: str = "Ban Chỉ đạo") -> Archive:
        archive = Archive.create(tmp_path / "kho")
        for number, text in enumerate(texts):
            path = written(tmp_path, f"van-ban-{number}.txt", [text])
            document = processed(path, [text], sentences=[[1]])
            (given_by,) = document.extraction.abbreviations
            defined = Abbreviation(short=short, full=full, evidence=given_by.evidence)
            extraction = document.extraction.model_copy(update={"abbreviations": (defined,)})
            archive.add([document.model_copy(update={"extraction": extraction})], path, path.name)
        return archive

    return fill


def found(archive: Archive, query: str) -> list[str]:
    return [hit.text for hit in archive.search(query, 20).hits]


def shown(archive: Archive, query: str) -> list[str]:
    return [hit.text[span.start : span.end] for hit in archive.search(query, 20).hits for span in hit.highlights]


@pytest.mark.parametrize("query", ["nghiem*", "hồ sơ nghiệm t*", '"ho so ngh*"', "ngh* ho so", "nghiệm th* 12"])
def test_a_star_asks_for_words_that_begin_so(filled: Filled, query: str) -> None:
    archive = filled("Đã ký hồ sơ nghiệm thu 12 công trình", "Đã ký hồ sơ quyết toán 12 công trình")
    assert found(archive, query) == ["Đã ký hồ sơ nghiệm thu 12 công trình"]


def test_the_whole_of_a_word_that_was_begun_is_shown(filled: Filled) -> None:
    assert shown(filled("Đã ký hồ sơ nghiệm thu"), "nghiệm th*") == ["nghiệm thu"]


def test_without_a_star_a_beginning_is_not_the_word(filled: Filled) -> None:
    assert found(filled("Đã ký hồ sơ nghiệm thu"), "nghi") == []


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("TTHC", "Công khai thủ tục hành chính tại xã"),
        ("tthc công khai", "Công khai thủ tục hành chính tại xã"),
        ("thủ tục hành chính", "Công khai TTHC tại xã"),
        ("công khai thu tuc hanh chinh", "Công khai TTHC tại xã"),
        ("KH&CN", "Sở Khoa học và Công nghệ báo cáo"),
        ("khoa học và công nghệ", "Sở KH&CN báo cáo"),
    ],
)
def test_an_abbreviation_finds_what_it_stands_for_and_the_other_way_round(
    filled: Filled, query: str, text: str
) -> None:
    assert found(filled(text), query) == [text]


def test_an_abbreviation_that_a_document_defines_is_found_in_all_documents(filled: Filled) -> None:
    archive = filled("Tổ công tác kè biển họp hai lần", "TCTKB đã họp", short="TCTKB", full="Tổ công tác kè biển")
    assert sorted(found(archive, "TCTKB")) == ["TCTKB đã họp", "Tổ công tác kè biển họp hai lần"]
    assert sorted(found(archive, "tổ công tác kè biển")) == ["TCTKB đã họp", "Tổ công tác kè biển họp hai lần"]


def test_what_was_typed_comes_before_what_it_stands_for(filled: Filled) -> None:
    archive = filled("Công khai TTHC tại các xã và phường", "Thủ tục hành chính")
    assert found(archive, "TTHC") == ["Công khai TTHC tại các xã và phường", "Thủ tục hành chính"]
    assert archive.search("TTHC", 1).total == 2


@pytest.mark.parametrize(
    ("typed", "corrected"),
    [
        ("nghiem thhu", "nghiem thu"),
        ("nhgiem thu", "nghiem thu"),
        ("ngiem thu", "nghiem thu"),
        ("nghiệm thi", "nghiem thu"),
        ("nghieemj thu", "nghiem thu"),
        ("nghie65m thu", "nghiem thu"),
    ],
)
def test_a_typing_error_is_corrected_where_nothing_else_is_found(filled: Filled, typed: str, corrected: str) -> None:
    result = filled("Đã ký hồ sơ nghiệm thu 12 công trình").search(typed, 5)
    assert [hit.text for hit in result.hits] == ["Đã ký hồ sơ nghiệm thu 12 công trình"]
    assert result.corrected == corrected


def test_what_is_found_as_it_was_typed_is_not_corrected(filled: Filled) -> None:
    result = filled("Đã ký hồ sơ nghiệm thu", "nghiem thhu là gõ sai").search("nghiem thhu", 5)
    assert (result.corrected, result.total) == (None, 1)


def test_a_correction_that_finds_nothing_either_is_not_told(filled: Filled) -> None:
    result = filled("Đã ký hồ sơ nghiệm thu").search("xyzt qwrt", 5)
    assert (result.corrected, result.total, result.hits) == (None, 0, ())


@given(st.text(max_size=20))
def test_any_words_have_some_meanings_only(text: str) -> None:
    assert len(list(meant(parse(text), lambda word: len(word) == 3))) <= 8
