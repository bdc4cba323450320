"""Search finds words with and without marks, and puts what is written as asked for first."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from archive_documents import processed, written
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.archive.store import Archive
from pipeline.archive.terms import exact, folded, terms_in, words
from pipeline.errors import BadArgumentsError

pytestmark = pytest.mark.usefixtures("either_database")

Filled = Callable[..., Archive]


@pytest.fixture
def filled(tmp_path: Path) -> Filled:
    """An archive with one document a text; each text's lines are separated by |, each line is one sentence."""

    def fill(*texts: str, sentences: list[list[int]] | None = None) -> Archive:
        archive = Archive.create(tmp_path / "kho")
        for number, text in enumerate(texts):
            lines = text.split("|")
            path = written(tmp_path, f"van-ban-{number}.txt", lines)
            spans = sentences if sentences is not None else [[n] for n in range(1, len(lines) + 1)]
            archive.add([processed(path, lines, sentences=spans)], path, path.name)
        return archive

    return fill


def _found(archive: Archive, query: str) -> list[str]:
    return [hit.document for hit in archive.search(query, 20).hits]


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("ho so truc tuyen", "nộp hồ sơ trực tuyến"),
        ("ke hoach", "ban hành kế hoạch"),
        ("uy ban", "Ủy ban nhân dân xã"),
        ("quyet dinh", "theo quyết định số 5"),
        ("duong", "sửa đường liên xã"),
        ("dan toc", "đồng bào DÂN TỘC thiểu số"),
        ("DE AN", "Đề án của tỉnh"),
        ("hoà bình", "thành phố Hòa Bình"),
        ("quyết định", "theo quyết định số 5"),
        ("58/QĐ-UBND", "Quyết định số 58/QĐ-UBND"),
    ],
)
def test_words_are_found_with_and_without_marks(filled: Filled, query: str, text: str) -> None:
    assert _found(filled(text), query) == ["van-ban-0.txt"]


def test_text_in_decomposed_unicode_is_found(filled: Filled) -> None:
    assert _found(filled("tiê\u0301ng Viê\u0323t"), "tiếng việt") == ["van-ban-0.txt"]


@pytest.mark.parametrize(("query", "text"), [("văn hoá", "nhà Văn hóa xã"), ("văn hóa", "nhà Văn hoá xã")])
def test_either_place_of_a_tone_mark_is_exact_and_highlighted_as_printed(filled: Filled, query: str, text: str) -> None:
    (hit,) = filled(text).search(query, 5).hits
    assert hit.exact
    assert hit.text == text
    assert [hit.text[span.start : span.end].lower() for span in hit.highlights] == [text[4:11].lower()]


def test_another_tone_is_another_word(filled: Filled) -> None:
    assert [hit.exact for hit in filled("nhà văn hỏa").search("văn hoá", 5).hits] == [False]


def test_what_is_written_with_the_marks_asked_for_comes_first(filled: Filled) -> None:
    archive = filled("họ Dương ở xã Dương", "con đường mới")
    assert _found(archive, "đường") == ["van-ban-1.txt", "van-ban-0.txt"]
    assert [hit.exact for hit in archive.search("đường", 20).hits] == [True, False]


def test_a_phrase_comes_before_its_words_near_each_other_and_those_before_scattered_ones(filled: Filled) -> None:
    far = " và".join(["chữ viết, "] + [" một từ khác"] * 12)
    archive = filled(f"{far} ký tên, số liệu", "số lượng chữ được ký", "bổ sung chữ ký số cho xã")
    assert _found(archive, "chữ ký số") == ["van-ban-2.txt", "van-ban-1.txt", "van-ban-0.txt"]
    assert _found(archive, "chu ky so") == ["van-ban-2.txt", "van-ban-1.txt", "van-ban-0.txt"]


def test_scattered_words_with_other_marks_are_other_words_unless_the_query_has_none(filled: Filled) -> None:
    archive = filled("chủ tịch xã đã giao cho phòng, ban và các đơn vị họp vào kỳ tới để sở xem xét")
    assert _found(archive, "chữ ký số") == []
    assert _found(archive, "chu ky so") == ["van-ban-0.txt"]


def test_a_phrase_with_a_misread_mark_is_found(filled: Filled) -> None:
    assert _found(filled("đã cấp chử ký số"), "chữ ký số") == ["van-ban-0.txt"]


def test_all_words_must_be_there(filled: Filled) -> None:
    assert _found(filled("chữ ký của lãnh đạo"), "chữ ký số") == []


def test_quotation_marks_keep_words_together(filled: Filled) -> None:
    archive = filled("ký số trên văn bản", "số văn bản đã ký")
    assert _found(archive, '"ký số" văn bản') == ["van-ban-0.txt"]
    assert len(_found(archive, "ký số văn bản")) == 2


def test_a_phrase_broken_by_the_end_of_a_line_is_found_where_it_begins(filled: Filled) -> None:
    archive = filled("Sở đã cấp chữ|ký số cho cán bộ", sentences=[[1, 2]])
    (hit,) = archive.search("chữ ký số", 5).hits
    assert (hit.page, hit.line) == (1, 1)
    (hit,) = archive.search("cán bộ", 5).hits
    assert hit.line == 2


def test_lines_that_stand_in_no_sentence_are_found_too(filled: Filled) -> None:
    archive = filled("ỦY BAN NHÂN DÂN|Nội dung báo cáo.|Nơi nhận:|Lưu: VT", sentences=[[2]])
    assert [hit.line for hit in archive.search("lưu vt", 5).hits] == [4]
    assert [hit.line for hit in archive.search("uy ban", 5).hits] == [1]


def test_a_footnote_mark_on_a_word_does_not_hide_it(filled: Filled) -> None:
    archive = filled("cấp 35 tài khoản¹² cho xã")
    (hit,) = archive.search("tài khoản", 5).hits
    assert hit.exact
    assert [hit.text[span.start : span.end] for span in hit.highlights] == ["tài khoản"]


def test_highlights_show_the_phrase_and_where_there_is_none_its_words(filled: Filled) -> None:
    (hit,) = filled("Chữ ký số và ký tên bằng CHỮ KÝ SỐ").search("chu ky so", 5).hits
    assert [hit.text[span.start : span.end] for span in hit.highlights] == ["Chữ ký số", "CHỮ KÝ SỐ"]


def test_the_total_counts_what_the_limit_cuts_off(filled: Filled) -> None:
    result = filled(*["kế hoạch năm"] * 1, "kế hoạch quý", "kế hoạch tháng").search("ke hoach", 2)
    assert (len(result.hits), result.total) == (2, 3)


def test_a_query_without_words_finds_nothing(filled: Filled) -> None:
    assert filled("kế hoạch").search(' "" - * ( ', 5).total == 0


def test_a_query_longer_than_a_sentence_is_refused(filled: Filled) -> None:
    with pytest.raises(BadArgumentsError, match="64"):
        filled("kế hoạch").search("kế hoạch " * 40, 5)


@pytest.mark.parametrize(
    "query", ["a AND OR NOT", "exact:chữ", "chữ*", '"chưa đóng', "NEAR(a b)", "^chữ", "a+b", "{", "\x00"]
)
def test_operators_of_fts5_are_only_words(filled: Filled, query: str) -> None:
    filled("exact chữ ký").search(query, 5)


@pytest.fixture(scope="module")
def lasting(either_database: str, tmp_path_factory: pytest.TempPathFactory) -> Archive:
    folder = tmp_path_factory.mktemp("kho")
    lines = ["Kế hoạch chuyển đổi số", "và cải cách hành chính"]
    path = written(folder, "a.txt", lines)
    archive = Archive.create(folder / "kho")
    archive.add([processed(path, lines)], path, path.name)
    return archive


@settings(max_examples=300, deadline=None)
@given(query=st.text(max_size=60))
def test_no_query_breaks_the_search(lasting: Archive, query: str) -> None:
    result = lasting.search(query, 5)
    assert len(result.hits) <= result.total


@given(text=st.text(max_size=40))
def test_folding_twice_is_folding_once(text: str) -> None:
    assert folded(folded(text)) == folded(text)
    assert exact(exact(text)) == exact(text)


@given(text=st.text(alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyàáảãạ ĐÂ12¹²,.", max_size=60))
def test_the_words_of_a_text_are_those_that_are_highlighted_in_it(text: str) -> None:
    assert [term.word for term in terms_in(text)] == list(words(folded(text)))
