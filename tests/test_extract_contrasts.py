"""Kinds that exclude each other: funds of the state and of the province, dossiers in time and late."""

from __future__ import annotations

import pytest

from pipeline.extract.contrasts import exclude, without_excluded


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("vốn ngân sách trung ương giải ngân", "vốn ngân sách địa phương giải ngân"),
        ("hồ sơ giải quyết đúng hạn", "hồ sơ giải quyết quá hạn"),
        ("tỷ lệ hộ nghèo", "tỷ lệ hộ cận nghèo"),
        ("cơ sở y tế công lập", "cơ sở y tế ngoài công lập"),
        ("phí nộp trực tuyến", "phí nộp TRỰC TIẾP"),
    ],
)
def test_what_is_told_of_one_kind_is_not_told_of_the_other(one: str, other: str) -> None:
    assert exclude(one, other)
    assert exclude(other, one)
    assert not exclude(one, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hồ sơ trực tuyến và trực tiếp", "hồ sơ trực tuyến"),
        ("hồ sơ đúng hạn", "hồ sơ trực tuyến"),
        ("vốn ngân sách", "vốn ngân sách địa phương"),
    ],
)
def test_names_that_leave_room_for_each_other_are_not_parted(one: str, other: str) -> None:
    assert not exclude(one, other)


def test_what_goes_on_with_a_name_leaves_out_the_kind_that_its_own_words_exclude() -> None:
    named = without_excluded("Văn phòng tiếp nhận hồ sơ đất đai", "Đã giải quyết")
    assert named == "Văn phòng hồ sơ đất đai"
    assert without_excluded("Văn phòng tiếp nhận hồ sơ đất đai", "trong đó") == "Văn phòng tiếp nhận hồ sơ đất đai"


def test_marks_tell_kinds_from_words_of_the_same_letters() -> None:
    assert exclude("đàn bò", "đàn lợn")
    assert not exclude("cán bộ", "hộ lớn")
