"""What every printed line is: body, footnote, running head, page number or noise."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.models import Box, Line, LineRole, Page, Reading, TextSource, Word
from pipeline.normalize.noise import is_wordless
from pipeline.normalize.reading import repair_reading
from pipeline.normalize.roles import with_roles
from tests.extract_reading import reading

BODY = "Trong quý, các xã của huyện đã tiếp nhận và giải quyết hồ sơ của người dân đúng hạn"
THINGS = ("đường làng", "trạm bơm", "chợ quê", "bến xe", "sân bóng", "nhà rông", "lớp học", "cầu treo", "kè sông")


def page_of(number: int) -> str:
    """Return the text of one page, no line of it like another page's."""
    things = [f"{thing} của thôn {THINGS[number % 9]}" for thing in THINGS]
    return "\n".join(
        f"Về {thing}: xã đã giao cho tổ {other} {THINGS[number // 9]}." for thing in things for other in THINGS[:2]
    )


PARAGRAPH = page_of(0)


def roles(text: str) -> dict[str, LineRole]:
    """Return the roles of all lines of a text, pages parted by form feeds; of equal lines the last one's."""
    return {line.text.strip(): line.role for page in reading(text).pages for line in page.lines if line.text.strip()}


def set_aside(text: str) -> list[tuple[str, str]]:
    lines = (line for page in reading(text).pages for line in page.lines)
    return [(line.role.value, line.text) for line in lines if line.role is not LineRole.BODY]


def scanned(*lines: str) -> list[LineRole]:
    made = tuple(Line(number=number, raw=text, text=text) for number, text in enumerate(lines, 1))
    page = Page(number=1, lines=made, source=TextSource.RECOGNISED)
    read = Reading(document="quet.pdf", digest="0" * 64, media_type="application/pdf", size=1, pages=(page,))
    return [line.role for line in with_roles(read).pages[0].lines]


# --- page numbers -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["{}", "- {} -", "Trang {}", "Trang {}/3", "{}/3"])
def test_numbers_at_the_edge_that_count_the_pages_are_page_numbers(form: str) -> None:
    pages = [f"{form.format(number)}\n{page_of(number)}" for number in (1, 2, 3)]
    assert set_aside("\f".join(pages)) == [("page_number", form.format(number)) for number in (1, 2, 3)]


def test_roman_page_numbers_count_as_well() -> None:
    pages = [f"{page_of(page)}\n{number}" for page, number in enumerate(("i", "ii", "iii", "iv"))]
    assert [text for _, text in set_aside("\f".join(pages))] == ["i", "ii", "iii", "iv"]


def test_the_number_of_a_section_alone_on_its_line_is_no_page_number() -> None:
    assert not set_aside(f"II\n{PARAGRAPH}\f{page_of(1)}")


def test_where_page_breaks_were_lost_the_numbers_run_on_through_the_text() -> None:
    text = "\n".join(f"{page_of(number)}\n\n{number}\n" for number in (7, 8, 9))
    assert [role for role, _ in set_aside(text)] == ["page_number"] * 3


def test_numbers_alone_that_do_not_run_on_are_figures() -> None:
    text = "\n".join(f"{PARAGRAPH}\n\n{number}\n" for number in (112, 40, 367)) + PARAGRAPH
    assert not set_aside(text)


def test_a_column_of_row_numbers_is_no_run_of_page_numbers() -> None:
    rows = "\n".join(f"{number}\nXã An Hòa {number}" for number in range(1, 12))
    assert not set_aside(f"{BODY}\n{rows}\n{BODY}")


def test_a_figure_at_the_end_of_a_page_is_no_page_number_where_others_stand_beside_it() -> None:
    assert not set_aside(f"{PARAGRAPH}\n320\n\n415\n\n87")


def test_a_figure_at_the_end_of_one_page_of_many_is_no_page_number() -> None:
    assert not set_aside("\f".join([page_of(0), page_of(1), f"{page_of(2)}\n320", page_of(3)]))


def test_a_year_alone_is_no_page_number() -> None:
    assert not set_aside(f"{PARAGRAPH}\n2025\f{page_of(1)}")


# --- running heads ----------------------------------------------------------------------------------------------


def test_a_line_that_repeats_at_the_top_of_pages_is_a_running_head() -> None:
    heads = [
        "Báo cáo chuyển đổi số huyện Ba Tơ",
        "Bảo cáo chuyên đôi số huyện Ba Tơ",
        "Báo cáo chuyến đối sô huyên Ba To",
    ]
    pages = [f"{head}\n{page_of(number)}" for number, head in enumerate(heads)]
    assert set_aside("\f".join(pages)) == [("running_head", head) for head in heads]


def test_a_footer_may_number_the_page() -> None:
    pages = [f"{page_of(number)}\nVăn phòng huyện Ba Tơ - trang {number}" for number in (4, 5, 6)]
    assert [role for role, _ in set_aside("\f".join(pages))] == ["running_head"] * 3


@pytest.mark.parametrize(
    "line",
    [
        "+ Đơn vị phối hợp: các sở, ban, ngành tỉnh.",
        "PHỤ LỤC {}",
        "TT Đơn vị Số hồ sơ",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    ],
)
def test_what_repeats_for_another_reason_is_body(line: str) -> None:
    assert not set_aside("\f".join(f"{line.format(number)}\n{page_of(number)}" for number in (1, 2, 3, 4)))


def test_a_line_whose_numbers_differ_is_no_running_head() -> None:
    pages = [f"Huyện đã cấp {count} giấy phép cho hộ kinh doanh\n{page_of(count)}" for count in (12, 7, 20)]
    assert not set_aside("\f".join(pages))


# --- noise ------------------------------------------------------------------------------------------------------


def test_remains_of_seal_and_signature_are_noise() -> None:
    assert scanned("Nơi nhận:", "~ . ;' £ |", "N A", ". Ae 1o~ £", "Trần Văn Bình") == [
        LineRole.BODY,
        LineRole.NOISE,
        LineRole.NOISE,
        LineRole.NOISE,
        LineRole.BODY,
    ]


@pytest.mark.parametrize(
    "line",
    [
        "PHỤ LỤC",
        "a)",
        "II.",
        "N.V.A",
        "12",
        "1.204",
        "35,2%",
        "%",
        "(%)",
        "kg",
        "m2",
        "x x",
        "-",
        "TT",
        "K/T",
        "~ 40 £",
    ],
)
def test_short_lines_of_the_genre_are_not(line: str) -> None:
    assert scanned("Nơi nhận:", line, "Trần Văn Bình")[1] is LineRole.BODY


def test_letters_without_a_word_are_noise_only_near_signs_that_nobody_prints() -> None:
    assert scanned(BODY, "N A", BODY) == [LineRole.BODY] * 3


def test_rules_are_noise_and_specks_of_clean_text_are_not() -> None:
    assert roles(f"{BODY}\n__________\n~ £ |\n{BODY}.")["__________"] is LineRole.NOISE
    assert roles(f"{BODY}\n__________\n~ £ |\n{BODY}.")["~ £ |"] is LineRole.BODY


@given(st.text(alphabet="abcđêgươ ,.0123456789", min_size=1, max_size=40))
def test_a_line_with_a_numeral_is_never_wordless(text: str) -> None:
    assert not is_wordless(f"{text} 12,5%")


# --- footnotes --------------------------------------------------------------------------------------------------


def footnotes(text: str) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for page in reading(text).pages:
        for line in page.lines:
            if line.note is not None:
                found.setdefault(line.note, []).append(line.text)
    return found


def test_a_footnote_takes_its_lines_up_to_the_page_number() -> None:
    text = f"{BODY}¹\n¹ Theo báo cáo của huyện\nvà của các xã.\n2\n\f{BODY}."
    assert footnotes(text) == {1: ["¹ Theo báo cáo của huyện", "và của các xã."]}


def test_a_number_below_the_rule_of_footnotes_begins_one() -> None:
    rule = " " * 30
    text = f"{BODY}¹\n{rule}\n1 theo báo cáo của huyện.\f{page_of(1)}\n{rule}\n2 02 xã vùng cao."
    assert footnotes(text) == {1: ["1 theo báo cáo của huyện."], 2: ["2 02 xã vùng cao."]}


@pytest.mark.parametrize("line", ["1 Trồng cây xanh 200 100", "1I. Đánh giá chung", "1 Các xã của huyện"])
def test_rows_headings_and_lines_above_lists_begin_no_footnote(line: str) -> None:
    below = "- Đã mở 12 lớp học.\n- Đã sửa 3 cầu treo.\n- Đã trồng cây xanh."
    assert not footnotes(f"{PARAGRAPH} theo quy định¹\n{line}\n{below}")


def test_a_footnote_that_breaks_off_goes_on_at_the_foot_of_the_next_page() -> None:
    rule = "_" * 20
    text = (
        f"{PARAGRAPH} 9 xã¹\n{rule}\n¹ Xã An Hòa, xã Bình Lợi, xã Cát Tân, xã\n"
        f"\f{page_of(1)}\n{rule}\nĐông Sơn, xã Hòa An.\n² Theo báo cáo của huyện."
    )
    assert footnotes(text) == {
        1: ["¹ Xã An Hòa, xã Bình Lợi, xã Cát Tân, xã", "Đông Sơn, xã Hòa An."],
        2: ["² Theo báo cáo của huyện."],
    }


def test_a_list_of_names_goes_on_without_a_rule() -> None:
    text = (
        f"{PARAGRAPH} 9 xã¹\n¹ Xã An Hòa, xã Bình Lợi, xã Cát Tân,\n"
        f"\f{page_of(1)}\nxã Đông Sơn, xã Hòa An, xã Lộc Yên,\nxã Minh Tân, xã Phú Lâm."
    )
    assert footnotes(text)[1][1:] == ["xã Đông Sơn, xã Hòa An, xã Lộc Yên,", "xã Minh Tân, xã Phú Lâm."]


def test_a_footnote_that_ended_takes_nothing_of_the_next_page() -> None:
    text = f"{PARAGRAPH} 9 xã¹\n¹ Xã An Hòa, xã Bình Lợi.\n\f{page_of(1)}\nxã Đông Sơn, xã Hòa An, xã Lộc Yên."
    assert footnotes(text)[1] == ["¹ Xã An Hòa, xã Bình Lợi."]


def test_smaller_letters_tell_the_rest_of_a_footnote() -> None:
    def line(number: int, text: str, height: float) -> Line:
        box = Box(x0=0, y0=0, x1=100, y1=height)
        return Line(number=number, raw=text, text=text, words=(Word(text=text, box=box),))

    first = [line(number, BODY, 14) for number in range(1, 9)]
    first += [line(9, "¹ Theo báo cáo của huyện, tính cả các hộ đã chuyển đi nơi", 10)]
    second = [line(number, BODY, 14) for number in range(10, 18)] + [line(18, "khác trong năm.", 10)]
    pages = tuple(
        Page(number=number, lines=tuple(lines), source=TextSource.LAYER) for number, lines in ((1, first), (2, second))
    )
    read = Reading(document="a.pdf", digest="0" * 64, media_type="application/pdf", size=1, pages=pages)
    last = with_roles(read).pages[1].lines[-1]
    assert (last.role, last.note) == (LineRole.NOTE_MORE, 1)


# --- what holds of every document -------------------------------------------------------------------------------

WORDS = st.sampled_from(BODY.split())
PROSE = st.lists(st.lists(WORDS, min_size=3, max_size=14).map(" ".join), min_size=1, max_size=40)


@given(PROSE, st.integers(min_value=5, max_value=20))
def test_clean_prose_is_body(lines: list[str], page: int) -> None:
    numbered = [f"{line} {number}" for number, line in enumerate(lines)]
    text = "\f".join("\n".join(numbered[start : start + page]) for start in range(0, len(numbered), page))
    assert not set_aside(text)


@given(st.lists(st.text(alphabet="ab Đ19.,%-/()²\f£~", max_size=25), max_size=30))
def test_roles_change_no_line(lines: list[str]) -> None:
    text = "\n".join(lines)
    read = reading(text)
    assert [line.raw for page in read.pages for line in page.lines] == [
        line for page in text.split("\f") for line in page.split("\n")
    ]
    assert all(
        (line.note is None) == (line.role not in (LineRole.NOTE, LineRole.NOTE_MORE))
        for page in read.pages
        for line in page.lines
    )
    assert with_roles(read) == read


def test_repair_decides_the_roles() -> None:
    page = Page(number=1, lines=(Line(number=1, raw=BODY, text=BODY), Line(number=2, raw="- 1 -", text="- 1 -")))
    read = Reading(document="a.txt", digest="0" * 64, media_type="text/plain", size=1, pages=(page,))
    assert [line.role for line in repair_reading(read).pages[0].lines] == [LineRole.BODY, LineRole.PAGE_NUMBER]


@pytest.mark.parametrize("heading", ["II. PHỔ BIẾN PHÁP LUẬT", "B. PHƯƠNG HƯỚNG", "2. Hòa giải ở cơ sở"])
def test_a_heading_ends_the_notes_of_text_whose_pages_were_not_kept(heading: str) -> None:
    text = f"1. Thẩm định văn bản\n{PARAGRAPH[:200]} về thể thức¹.\n¹ Các văn bản của xã.\n{heading}\nĐã mở lớp."
    found = roles(text)
    assert found["¹ Các văn bản của xã."] is LineRole.NOTE
    assert found[heading] is found["Đã mở lớp."] is LineRole.BODY
