"""Where a file holds several documents: a whole letterhead begins one, and what only looks like one does not."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from extract_reading import reading
from hypothesis import given
from hypothesis import strategies as st
from pile_samples import (
    ANNEX,
    ANNEXED_PLAN,
    APPLICATION,
    BODY,
    FORM,
    OPEN_FORM,
    PAGE_AFTER,
    REGULATION,
    decision,
    letter,
    letterhead,
)

from pipeline.extract.boundaries import beginnings
from pipeline.extract.extraction import extract
from pipeline.extract.parts import documents_in
from pipeline.models import LineRole, Part


def starts(*pages: Sequence[str]) -> tuple[int, ...]:
    """Say at which pages (from 0) documents begin."""
    return beginnings(reading("\f".join("\n".join(page) for page in pages)).pages)


def test_a_page_with_a_whole_letterhead_begins_a_document() -> None:
    assert starts(letter("31/UBND-KT"), PAGE_AFTER, letter("32/UBND-KT"), decision("33/QĐ-UBND")) == (0, 2, 3)


@pytest.mark.parametrize(
    "number",
    [
        "      /QĐ-UBND",
        "496E /UBND-KTCN",
        "/74,⁄/UBND- KT",
        "120/2024/QĐ-UBND",
        "15 -CV/ĐU",
        "31UBND-VX",
        ".WƑ /BC-SYT",
    ],
)
def test_the_number_may_be_open_written_by_hand_or_have_its_year(number: str) -> None:
    assert starts(letter("30/UBND-KT"), letter(number)) == (0, 1)


def test_a_document_of_the_party_is_known_by_its_own_head() -> None:
    party = [
        "ĐẢNG ỦY XÃ CỒN LÁ   ĐẢNG CỘNG SẢN VIỆT NAM",
        "Cồn Lá, ngày 12 tháng 3 năm 2024",
        "Số 08-CTr/ĐU",
        "CHƯƠNG TRÌNH",
        *BODY,
    ]
    assert starts(party, [*party[:2], "Số 09-CTr/ĐU", *party[3:]]) == (0, 1)


def test_the_head_is_known_though_letters_were_misread() -> None:
    misread = [
        "_ ỦY BAN NHẬN DÂN XÃ CỒN LÁ  CỘNG HOÀ XÃ HỌI CHÙ NGHlA VIẸT NAM",
        "Đôc lâp - Tư do - Hanh phúe",
        "' Số: £5+4/QĐ-UBND Cồn Lá, ngày1Í tháng 03 năm 2024",
        "1 QUYÉT ĐỊNH :",
        *BODY,
    ]
    assert starts(letter("31/UBND-KT"), misread) == (0, 1)


def test_a_stamp_beside_the_type_does_not_hide_it() -> None:
    assert starts(letter("31/UBND-KT"), [*letterhead("32/KH-UBND"), "HỎA TỐC KẾ HOẠCH", *BODY]) == (0, 1)
    sent = "[Hoa Tốc] Kính gửi: Các ấp trong xã."
    assert starts(letter("31/UBND-KT"), [*letterhead("32/UBND-KT"), sent, *BODY]) == (0, 1)


@pytest.mark.parametrize(
    "annexed", [REGULATION, APPLICATION, FORM, OPEN_FORM, ANNEX, ANNEXED_PLAN], ids=lambda page: page[0][:9]
)
def test_what_belongs_to_a_document_stays_with_it(annexed: list[str]) -> None:
    assert starts(decision("31/QĐ-UBND"), PAGE_AFTER, annexed, PAGE_AFTER) == (0,)


def test_after_the_annexes_the_next_document_begins_all_the_same() -> None:
    assert starts(decision("31/QĐ-UBND"), REGULATION, FORM, letter("32/UBND-KT"), ANNEX) == (0, 3)


def test_a_plan_with_the_number_of_its_letter_stays_with_it() -> None:
    plan = [*letterhead("031/UBND-KT"), "KẾ HOẠCH", "Lấy nước vụ xuân hè", *BODY]
    assert starts(letter("31/UBND-KT"), plan) == (0,)


def test_a_head_that_runs_from_page_to_page_begins_nothing() -> None:
    running = [*letterhead("      /UBND-KT"), *PAGE_AFTER]
    assert starts(letter("      /UBND-KT"), running, running, running) == (0,)
    assert starts(*[letter("31/UBND-KT")] * 4) == (0,)


@pytest.mark.parametrize("missing", range(5))
def test_where_one_part_of_the_head_was_not_read_the_pages_stay_together(missing: int) -> None:
    """Title and motto, issuer, number, date, type: each of them is needed."""
    parts = [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc",
        "ỦY BAN NHÂN DÂN XÃ CỒN LÁ",
        "Số: 32/BC-UBND",
        "Cồn Lá, ngày 12 tháng 3 năm 2024",
        "BÁO CÁO",
    ]
    assert starts(letter("31/UBND-KT"), [*parts, *BODY]) == (0, 1)
    assert starts(letter("31/UBND-KT"), [*parts[:missing], *parts[missing + 1 :], *BODY]) == (0,)


def test_a_letterhead_quoted_in_the_middle_of_a_page_begins_nothing() -> None:
    assert starts(letter("31/UBND-KT"), [*PAGE_AFTER, *PAGE_AFTER, *letter("32/UBND-KT")]) == (0,)


def test_a_cover_is_no_document() -> None:
    assert starts(["HỒ SƠ CÔNG VIỆC", "Vụ nuôi tôm năm 2024"], letter("31/UBND-KT"), letter("32/UBND-KT")) == (0, 2)
    assert starts([], letter("31/UBND-KT")) == (0,)


def test_each_document_says_which_pages_of_the_file_it_is() -> None:
    pages = (letter("31/UBND-KT"), PAGE_AFTER, letter("32/UBND-KT"))
    first, second = documents_in(reading("\f".join("\n".join(page) for page in pages), "quet.pdf"))
    assert (first.document, first.part) == (
        "quet.pdf (trang 1-2)",
        Part(file="quet.pdf", first_page=1, last_page=2),
    )
    assert (second.document, second.part) == ("quet.pdf (trang 3)", Part(file="quet.pdf", first_page=3, last_page=3))
    assert first.digest == second.digest


def test_a_file_of_one_document_is_handed_on_as_it_is() -> None:
    whole = reading("\n".join(letter("31/UBND-KT")))
    assert documents_in(whole) == (whole,)


def test_figures_stand_where_the_file_has_them_and_have_ids_of_their_own() -> None:
    pages = (letter("31/UBND-KT"), PAGE_AFTER, letter("32/UBND-KT", "ỦY BAN NHÂN DÂN XÃ BÃI DÀI"))
    file = reading("\f".join("\n".join(page) for page in pages))
    first, second = (extract(document) for document in documents_in(file))
    assert (first.components.number, second.components.number) == ("31", "32")
    assert second.components.issuer == "ỦY BAN NHÂN DÂN XÃ BÃI DÀI"
    assert {figure.evidence.page for figure in second.figures} == {3}
    figure = second.figures[0]
    assert figure.evidence.document == second.document
    (line,) = (line for page in file.pages for line in page.lines if line.number == figure.evidence.line)
    assert "1.250 hộ" in line.text
    ids = [figure.id for document in (first, second) for figure in document.figures]
    assert len(ids) == len(set(ids)) == 4


def test_the_letterhead_of_an_office_that_wrote_the_whole_pile_is_no_running_head() -> None:
    pages = [letter(f"{number}/UBND-KT") for number in (31, 32, 33, 34)]
    documents = documents_in(reading("\f".join("\n".join(page) for page in pages)))
    assert [document.pages[0].lines[0].role for document in documents] == [LineRole.BODY] * 4
    assert {extract(document).components.issuer for document in documents} == {"ỦY BAN NHÂN DÂN XÃ CỒN LÁ"}


def test_each_document_counts_its_own_pages() -> None:
    long = [letter("31/UBND-KT"), PAGE_AFTER, PAGE_AFTER, letter("32/UBND-KT"), ["2", *PAGE_AFTER]]
    second = documents_in(reading("\f".join("\n".join(page) for page in long)))[1]
    assert [page.number for page in second.pages] == [4, 5]
    assert second.pages[1].lines[0].role is LineRole.PAGE_NUMBER


OTHER_PAGES = st.sampled_from([PAGE_AFTER, REGULATION, APPLICATION, FORM, OPEN_FORM, ANNEX, ANNEXED_PLAN, []])


@given(piles=st.lists(st.lists(OTHER_PAGES, max_size=3), min_size=1, max_size=5))
def test_letters_with_any_annexes_are_told_apart(piles: list[list[list[str]]]) -> None:
    pages = [page for number, more in enumerate(piles, 100) for page in (letter(f"{number}/UBND-KT"), *more)]
    first = [sum(len(more) + 1 for more in piles[:number]) for number in range(len(piles))]
    assert starts(*pages) == tuple(first)


LINES = st.one_of(st.sampled_from([*letter("5/UBND-KT"), *decision("6/QĐ-UBND"), *FORM]), st.text(max_size=30))


@given(pages=st.lists(st.lists(LINES, max_size=25), min_size=1, max_size=6))
def test_the_documents_of_a_file_are_all_its_pages_in_order(pages: list[list[str]]) -> None:
    text = "\f".join("\n".join(line.replace("\f", " ").replace("\n", " ") for line in page) for page in pages)
    file = reading(text)
    documents = documents_in(file)
    assert [page.number for document in documents for page in document.pages] == [page.number for page in file.pages]
    lines = [(line.number, line.text) for document in documents for page in document.pages for line in page.lines]
    assert lines == [(line.number, line.text) for page in file.pages for line in page.lines]
    assert len({document.document for document in documents}) == len(documents)


def test_a_number_by_hand_that_was_left_unread_is_no_blank_of_a_form() -> None:
    pages = reading("\f".join("\n".join(page) for page in (letter("31/UBND-KT"), letter("… /UBND-KT")))).pages
    raw = pages[1].model_copy(
        update={
            "lines": tuple(line.model_copy(update={"raw": line.raw.replace("…", "4É2")}) for line in pages[1].lines)
        }
    )
    assert beginnings([pages[0], raw]) == (0, 1)
    assert beginnings(pages) == (0,)
