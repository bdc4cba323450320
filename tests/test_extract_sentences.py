"""Printed lines to sentences: line breaks, page breaks, footnotes, page numbers, headings, lists."""

from __future__ import annotations

import datetime as dt

from pipeline.extract.extraction import extract
from pipeline.models import Sentence
from tests.extract_reading import reading

WIDE = "Trong tháng, các xã, phường của huyện đã tiếp nhận hồ sơ của người dân và"


def sentences(text: str) -> tuple[Sentence, ...]:
    return extract(reading(text)).sentences


def test_a_sentence_is_joined_over_its_lines_and_says_which() -> None:
    (first,) = sentences(f"{WIDE}\ngiải quyết 320 hồ sơ đúng hạn.")
    assert first.text == f"{WIDE} giải quyết 320 hồ sơ đúng hạn."
    assert first.lines == (1, 2)


def test_a_figure_stands_on_the_line_of_its_number() -> None:
    (figure,) = extract(reading(f"{WIDE}\ngiải quyết 320\nhồ sơ đúng hạn.")).figures
    assert figure.evidence.line == 2


def test_a_symbol_broken_at_its_dash_is_made_whole() -> None:
    (first,) = sentences("Các cơ quan, đơn vị trong tỉnh tiếp tục thực hiện Nghị quyết số 57-\nNQ/TW của Bộ Chính trị.")
    assert "57-NQ/TW" in first.text


def test_blank_lines_between_all_lines_end_no_paragraph() -> None:
    lines = [WIDE, "phối hợp với các đơn vị liên quan, các tổ chức đoàn thể của địa phương để", "giải quyết 320 hồ sơ."]
    assert len(sentences("\n\n".join(lines))) == 1


def test_a_blank_line_ends_a_paragraph_where_lines_stand_close() -> None:
    text = f"{WIDE}\ngiải quyết 320 hồ sơ\n\nTổ chức họp dân\ntại các thôn và\ntrụ sở xã"
    assert [s.text.split()[0] for s in sentences(text)] == ["Trong", "Tổ"]


def test_a_sentence_runs_on_past_the_footnote_and_the_page_number() -> None:
    text = f"{WIDE} cấp¹\n¹ Theo Báo cáo của Sở Nội vụ.\n4\n\fgiải quyết 320 hồ sơ đúng hạn."
    body, note = sentences(text)
    assert body.text == f"{WIDE} cấp¹ giải quyết 320 hồ sơ đúng hạn."
    assert body.footnote is None
    assert note.text == "Theo Báo cáo của Sở Nội vụ."
    assert note.footnote == "1"


def test_a_footnote_whose_number_is_glued_is_told_by_the_count() -> None:
    text = f"{WIDE} cấp¹\n1Theo thống kê của huyện.\n\fgiải quyết 320 hồ sơ đúng hạn."
    assert [s.footnote for s in sentences(text)] == [None, "1"]


def test_a_footnote_whose_call_was_misread_is_told_by_the_foot_of_the_page() -> None:
    body = "\n".join([WIDE] * 6)
    text = f"{body} cấp¹\n1 Theo thống kê của huyện.\n3 Theo thống kê của tỉnh."
    assert [s.footnote for s in sentences(text)][-2:] == ["1", "3"]


def test_numbered_rows_of_a_table_are_no_footnotes() -> None:
    text = (
        "Kết quả¹ như sau:\nTT Đơn vị Số hồ sơ Số lớp\n1 Xã An Hòa 30 2\n2 Xã Bình Lợi 20 1\nTổng cộng 50 3\n"
        "¹ Theo thống kê của huyện."
    )
    assert [s.text for s in sentences(text) if s.footnote] == ["Theo thống kê của huyện."]


def test_headings_make_the_path_of_what_stands_below() -> None:
    text = (
        "I. KẾT QUẢ THỰC HIỆN\n1. Công tác y tế\na) Khám bệnh\n- Đã khám 1.200 lượt.\n"
        "b) Tiêm chủng\n- Đã tiêm 300 mũi.\nII. NHIỆM VỤ\n- Khám 500 lượt."
    )
    paths = {s.text: s.heading for s in sentences(text)}
    assert paths["- Đã khám 1.200 lượt."] == ("I. KẾT QUẢ THỰC HIỆN", "1. Công tác y tế", "a) Khám bệnh")
    assert paths["- Đã tiêm 300 mũi."] == ("I. KẾT QUẢ THỰC HIỆN", "1. Công tác y tế", "b) Tiêm chủng")
    assert paths["- Khám 500 lượt."] == ("II. NHIỆM VỤ",)


def test_points_within_numbers_and_abbreviations_end_no_sentence() -> None:
    found = sentences("Đoàn do ông Trần V. Bình, TP. Tân An, dẫn đầu đã trao 1.250 suất quà. Kinh phí là 2,5 tỷ đồng.")
    assert len(found) == 2


def test_an_item_that_ends_in_a_semicolon_is_its_own_sentence() -> None:
    found = sentences("Kết quả:\n- Cấp 12 giấy phép;\n- Thu hồi 02 giấy phép.")
    assert [s.text for s in found] == ["Kết quả:", "- Cấp 12 giấy phép;", "- Thu hồi 02 giấy phép."]


def test_a_list_that_runs_on_to_the_margin_goes_on_below_it() -> None:
    running = "- Cử 62 học viên đi học, bao gồm: Sư phạm 40; Kế toán công 12; Điều dưỡng 06;"
    (first, _) = sentences(f"{running}\nDược 04.\n- {WIDE}")
    assert first.text == f"{running} Dược 04."


def test_a_day_goes_on_with_the_line_above_it_whatever_stands_behind() -> None:
    text = "Theo đề nghị của Phòng Kinh tế tại Tờ trình số 18/TTr-KT ngày\n05/3/2024. QUYẾT ĐỊNH:"
    (cited,) = extract(reading(text)).citations
    assert (cited.number, cited.date) == ("18/TTr-KT", dt.date(2024, 3, 5))


def test_a_number_alone_belongs_to_the_label_above_it() -> None:
    labelled = "- Bổ nhiệm 20 trường hợp, trong đó: Bổ nhiệm mới: 11; Bổ nhiệm lại: 05; Điều động:"
    (first, _) = sentences(f"{labelled}\n04.\n- {WIDE}")
    assert first.text == f"{labelled} 04."


def test_the_number_of_a_section_is_no_sentence_of_its_own() -> None:
    (first,) = sentences("2.3.1. Trường Trung học An Lạc nhận 12 máy tính.")
    assert first.text.startswith("2.3.1. Trường")


def test_a_text_without_points_is_cut_into_pieces_of_bearable_length() -> None:
    found = sentences("Có 12 xã, " * 1000)
    assert max(len(s.text) for s in found) <= 3000
    assert sum(s.text.count("12 xã") for s in found) == 1000
