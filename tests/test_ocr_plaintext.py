"""Plain text: its encoding, its pages, and the numbers of its lines."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ocr_samples import GARBLED, REPORT, read_bytes, text_of

from pipeline.models import TextSource, Trust
from pipeline.ocr import plaintext

PROSE = "\n".join(REPORT)


def pages_of(*texts: str) -> list[list[str]]:
    return [[line.text for line in page.lines] for page in plaintext.pages("".join(texts))]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_every_unicode_encoding_gives_the_same_text(tmp_path: Path, encoding: str) -> None:
    assert text_of(read_bytes(tmp_path, "a.txt", PROSE.encode(encoding))) == PROSE


def test_utf_16_without_a_windows_byte_order_is_read_too(tmp_path: Path) -> None:
    content = codecs.BOM_UTF16_BE + PROSE.encode("utf-16-be")
    assert text_of(read_bytes(tmp_path, "a.txt", content)) == PROSE


def test_windows_line_ends_are_no_part_of_the_lines() -> None:
    assert pages_of("một\r\nhai\r\n") == [["một", "hai", ""]]


@given(st.text(alphabet="ab \t\f\r\n", max_size=200))
def test_lines_are_those_of_the_file_in_number_order_and_wording(text: str) -> None:
    lines = [line for page in plaintext.pages(text) for line in page.lines]
    expected = text.split("\n") if "\n" in text else text.replace("\r", "\n").split("\n")
    if "\n" in text:
        assert [line.raw for line in lines] == [raw.removesuffix("\r") for raw in expected]
    assert [line.number for line in lines] == list(range(1, len(lines) + 1))
    letters = [c for c in text if c in "ab"]
    assert [c for line in lines for c in line.text if c in "ab"] == letters


def test_a_form_feed_before_a_line_begins_a_page() -> None:
    assert pages_of("một\nhai\n", "\fba\n") == [["một", "hai"], ["ba", ""]]


def test_a_form_feed_after_a_line_ends_a_page() -> None:
    assert pages_of("một\nhai\f\n", "ba") == [["một", "hai"], ["ba"]]


def test_two_form_feeds_enclose_an_empty_page_so_that_page_numbers_stay_right() -> None:
    assert pages_of("một\n", "\f\fba") == [["một"], [], ["ba"]]


def test_a_last_form_feed_makes_no_page() -> None:
    assert len(pages_of("một\n", "\fhai\n", "\f")) == 2


def long_page(first: str) -> str:
    return "\n".join([first, *("dòng thường của một trang báo cáo" for _ in range(44))]) + "\n"


def test_a_single_leading_space_marks_pages_where_nothing_else_is_indented() -> None:
    pages = pages_of(long_page("Mở đầu"), long_page(" tiếp theo trang hai"), long_page(" tiếp theo trang ba"))
    assert [len(page) for page in pages] == [45, 45, 46]
    assert [page[0] for page in pages] == ["Mở đầu", "tiếp theo trang hai", "tiếp theo trang ba"]


def test_the_page_mark_is_kept_in_the_raw_line() -> None:
    pages = plaintext.pages(long_page("Mở đầu") + long_page(" hai") + long_page(" ba"))
    assert pages[1].lines[0].raw == " hai"


def test_an_accidental_leading_space_near_a_page_mark_makes_no_page_of_its_own() -> None:
    wrapped = long_page(" trang ba").replace("dòng thường", " dòng thường", 1)
    pages = pages_of(long_page("Mở đầu"), long_page(" trang hai"), wrapped, long_page(" trang bốn"))
    assert [page[0] for page in pages][1:] == ["trang hai", "trang ba", "trang bốn"]


def test_leading_spaces_mark_no_pages_in_an_indented_text() -> None:
    indented = "\n".join("   thụt vào đầu dòng" for _ in range(20)) + "\n"
    assert len(pages_of(long_page("a"), indented, long_page(" b"), long_page(" c"))) == 1


def test_one_leading_space_alone_is_no_evidence() -> None:
    assert len(pages_of(long_page("a"), long_page(" b"))) == 1


def test_a_list_of_lines_with_a_leading_space_is_not_torn_into_pages() -> None:
    assert len(pages_of(*(" - mục thứ nhất\n nội dung của mục\n" for _ in range(40)))) == 1


def test_garbled_pages_are_for_repair_and_good_pages_are_taken() -> None:
    good, bad = plaintext.pages(PROSE + "\n\f" + "\n".join(GARBLED))
    assert (good.source, bad.source) == (TextSource.PLAIN, TextSource.REPAIRED_LAYER)
    assert bad.decision is not None
    assert bad.decision.trust is Trust.GARBLED


def test_the_seeds_are_told_apart_page_by_page(shared: Path) -> None:
    expected = {"000": Trust.GARBLED, "003": Trust.GARBLED, "004": Trust.GARBLED}
    for path in sorted((shared / "seeds").glob("*.txt")):
        pages = plaintext.pages(plaintext.decode(path.read_bytes(), path.name))
        wanted = expected.get(path.name[:3], Trust.TRUSTED)
        found = {page.decision.trust for page in pages if page.decision}
        assert found == {wanted}, path.name
