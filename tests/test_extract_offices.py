"""Names of offices: how lists of them are cut, and where a name ends in a sentence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.extract.offices import leading, listed

NAMES = ("Sở Nội vụ", "Công an tỉnh", "Sở Văn hóa, Thể thao và Du lịch", "UBND các xã", "Văn phòng HĐND và UBND xã")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Các sở, ban, ngành tỉnh.", ["Các sở, ban, ngành tỉnh"]),
        ("Các cơ quan, đơn vị có liên quan", ["Các cơ quan, đơn vị có liên quan"]),
        ("Sở Y tế, Sở Tài chính và các đơn vị liên quan", ["Sở Y tế", "Sở Tài chính", "các đơn vị liên quan"]),
        ("Sở Y tế; Trung tâm Kiểm soát bệnh tật", ["Sở Y tế", "Trung tâm Kiểm soát bệnh tật"]),
        ("UBND các xã và các chủ rừng", ["UBND các xã", "các chủ rừng"]),
        ("- Sở Y tế - Công an tỉnh", ["Sở Y tế", "Công an tỉnh"]),
        ("Phòng Kinh tế - Hạ tầng", ["Phòng Kinh tế - Hạ tầng"]),
    ],
)
def test_a_list_is_cut_where_another_office_begins(text: str, names: list[str]) -> None:
    assert list(listed(text)) == names


@given(st.lists(st.sampled_from(NAMES), min_size=1, max_size=4, unique=True), st.sampled_from(["; ", ", "]))
def test_a_list_of_names_is_read_back(names: list[str], sign: str) -> None:
    assert list(listed(sign.join(names) + ".")) == names


@pytest.mark.parametrize(
    ("text", "names", "duty"),
    [
        ("Sở Nội vụ theo dõi, đôn đốc", ["Sở Nội vụ"], "theo dõi, đôn đốc"),
        ("Công an tỉnh, Sở Y tế và UBND các xã rà soát", ["Công an tỉnh", "Sở Y tế", "UBND các xã"], "rà soát"),
        ("Các tổ chức chính trị - xã hội tổ chức khai thác", ["Các tổ chức chính trị - xã hội"], "tổ chức khai thác"),
        ("Ban quản lý dự án đầu tư xây dựng tỉnh lập hồ sơ", ["Ban quản lý dự án đầu tư xây dựng tỉnh"], "lập hồ sơ"),
        ("Văn phòng Tỉnh ủy (cơ quan thường trực) chủ trì", ["Văn phòng Tỉnh ủy"], "chủ trì"),
        ("Các xã chưa nộp hoàn thành báo cáo", ["Các xã chưa nộp"], "hoàn thành báo cáo"),
        ("Đồng chí Lê Văn Tám, Phó Chủ tịch xã chỉ đạo", ["Đồng chí Lê Văn Tám, Phó Chủ tịch xã"], "chỉ đạo"),
        ("Đồng chí Vi Thị Sáu - Trưởng phòng Kinh tế lập", ["Đồng chí Vi Thị Sáu - Trưởng phòng Kinh tế"], "lập"),
        ("Đồng chí Tám và đồng chí Sáu kiểm tra", ["Đồng chí Tám", "đồng chí Sáu"], "kiểm tra"),
        ("Các Thuế cơ sở lập danh sách", ["Các Thuế cơ sở"], "lập danh sách"),
        ("Công ty Điện lực khôi phục lưới điện", ["Công ty Điện lực"], "khôi phục lưới điện"),
        ("Uỷ ban nhân dân xã chịu trách nhiệm", ["Uỷ ban nhân dân xã"], "chịu trách nhiệm"),
    ],
)
def test_a_name_ends_where_its_duty_begins(text: str, names: list[str], duty: str) -> None:
    found = leading(text)
    assert found is not None
    assert list(found.names) == names
    assert text[found.end :].strip() == duty


@pytest.mark.parametrize(
    "text", ["Tổ chức hội nghị", "Ban hành kế hoạch", "Phòng, chống dịch", "Hội nghị tổng kết", "Bộ tiêu chí"]
)
def test_words_that_only_look_like_offices_are_none(text: str) -> None:
    assert leading(text) is None


def test_names_in_small_letters_are_offices_only_behind_a_word_that_says_so() -> None:
    assert leading("các phòng chuyên môn rà soát") is None
    found = leading("các phòng chuyên môn rà soát", within=True)
    assert found is not None
    assert found.names == ("các phòng chuyên môn",)
