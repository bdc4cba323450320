"""Quantities in a sentence: qualifier, value, unit, interval; and the numbers that are none."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pipeline.extract import quantities
from pipeline.extract.intervals import interval
from pipeline.extract.quantities import Quantity
from pipeline.models import Kind


def only(text: str) -> Quantity:
    (found,) = quantities.find(text)
    return found


@pytest.mark.parametrize(
    ("text", "value", "kind", "unit"),
    [
        ("Đã cấp 1.204 giấy phép xây dựng.", "1204", Kind.COUNT, "giấy phép"),
        ("Tỷ lệ đạt 8,46% kế hoạch.", "8.46", Kind.PERCENT, "%"),
        ("Tỷ lệ đạt 25.27% kế hoạch.", "25.27", Kind.PERCENT, "%"),
        ("Kinh phí 1,2 tỷ đồng.", "1.2", Kind.MONEY, "tỷ đồng"),
        ("Kinh phí 2.044 triệu đồng.", "2044", Kind.MONEY, "triệu đồng"),
        ("Tổng số là 7.300.000.000 đ.", "7300000000", Kind.MONEY, "đ"),
        ("Có 41/87 trường học đạt chuẩn.", "41", Kind.FRACTION, "trường học"),
        ("Hơn 81 nghìn tài khoản được tạo.", "81000", Kind.COUNT, "tài khoản"),
        ("Gần 1,5 triệu lượt truy cập.", "1500000", Kind.COUNT, "lượt truy cập"),
        ("Mở 10-15 lớp mỗi năm.", "10", Kind.RANGE, "lớp"),
        ("Từ 1.000 đến 2.000 hồ sơ mỗi tháng.", "1000", Kind.RANGE, "hồ sơ"),
        ("Hỗ trợ 105 triệu đồng/xã.", "105", Kind.MONEY, "triệu đồng/xã"),
        ("Thu phí từ khoảng 12,5 triệu đồng đến 18 triệu đồng/năm.", "12.5", Kind.MONEY, "triệu đồng/năm"),
        ("Khen thưởng 4.60 3 trường hợp.", "4603", Kind.COUNT, "trường hợp"),
        ("Công tác y tế dự phòng 12 người.", "12", Kind.COUNT, "người"),
        ("Duy trì 22/24 (91,7%) dịch vụ.", "22", Kind.FRACTION, "dịch vụ"),
        ("Đạt 98,5 phần trăm.", "98.5", Kind.PERCENT, "%"),
        ("Tỷ suất sinh 12,4‰.", "12.4", Kind.COUNT, "‰"),
        ("Tỷ suất tử vong là 8,25%o.", "8.25", Kind.COUNT, "‰"),
        ("Tốc độ tăng trưởng âm 2,5%.", "-2.5", Kind.PERCENT, "%"),
        ("Tốc độ tăng trưởng -2,5%.", "-2.5", Kind.PERCENT, "%"),
        ("- 15 hồ sơ chờ bổ sung.", "15", Kind.COUNT, "hồ sơ"),
        ("Mức đóng là VND1.000 một lượt.", "1000", Kind.MONEY, "VND"),
    ],
)
def test_value_kind_and_unit(text: str, value: str, kind: Kind, unit: str) -> None:
    found = quantities.find(text)[0]
    assert (found.value, found.kind, found.unit) == (Decimal(value), kind, unit)


@pytest.mark.parametrize(
    "text",
    [
        "Thực hiện Nghị quyết số 57-NQ/TW và Quyết định 422.",
        "Theo khoản 1 Điều 5 Nghị định số 30/2020/NĐ-CP ngày 05/3/2020.",
        "Căn cứ Luật số 67/2006/QH11.",
        "Giai đoạn 2021-2025, định hướng đến năm 2030.",
        "Hoàn thành trước ngày 30/9.",
        "Phủ sóng 4G, 5G; áp dụng ISO 9001:2015.",
        "2025-10-28T14:52:53+0700 Văn phòng đã ký lên văn bản này.",
        "Hệ thống cấp độ 3, vận hành 24/7 trên Quốc lộ 1.",
        "Triển khai Đề án 06 tại Tổ 6 trong quý III/2025.",
        "Xem tại https://example.gov.vn/2025/12 hoặc www.vi-du.vn/so-3.",
        "Số điện thoại 0912 345 678.",
        "Liên hệ ông Bình 0270.38221234 hoặc 024 3822 1234.",
        "Trong 9 tháng đầu năm và 3 tháng cuối năm.",
        "Chính quyền địa phương 02 cấp.",
        "Kết quả chấm theo bộ chỉ số 766.",
        "Tiêm nhắc mũi 2 trở lên cho phụ nữ có thai.",
        "Áp dụng cho các đối tượng 01 đến 04.",
        "- 6.2 Quy trình cấp thẻ 6.2.1 Sơ đồ 6.2.2 Các bước",
    ],
)
def test_names_hold_no_quantity(text: str) -> None:
    assert quantities.find(text) == []


def test_a_footnote_mark_is_never_part_of_a_value() -> None:
    found = only("Số chữ ký số hiện tại là 9.880¹⁰ được cấp.")
    assert (found.value, found.mark) == (Decimal(9880), "¹⁰")


def test_a_mark_behind_the_unit_is_seen_too() -> None:
    assert only("Cấp cho 81 thuê bao⁹.").mark == "⁹"


@pytest.mark.parametrize(
    ("text", "qualifier", "low", "high"),
    [
        ("có 250 xã", None, "250", "250"),
        ("đạt 8,46%", None, "8.455", "8.465"),
        ("chi 2.044 triệu đồng", None, "2043.5", "2044.5"),
        ("hơn 250 xã", "hơn", "250", None),
        ("trên 98,5%", "trên", "98.5", None),
        ("≥ 1%", "≥", "1", None),
        (">80% hồ sơ", ">", "80", None),
        ("gần 81.000 thuê bao", "gần", None, "81000"),
        ("dưới 15%", "dưới", None, "15"),
        ("không quá 12 phòng", "không quá", None, "12"),
        ("tối thiểu 05 lớp", "tối thiểu", "5", None),
        ("khoảng 600.000 thuê bao", "khoảng", "550000", "650000"),
        ("10-15 lớp", None, "10", "15"),
        ("15 lớp trở lên", "trở lên", "15", None),
        ("từ 7000 đồng trở xuống", "trở xuống", None, "7000"),
    ],
)
def test_the_interval_is_what_the_words_allow(
    text: str, qualifier: str | None, low: str | None, high: str | None
) -> None:
    found = only(text)
    allowed = interval(found)
    assert found.qualifier == qualifier
    assert allowed.low == (None if low is None else Decimal(low))
    assert allowed.high == (None if high is None else Decimal(high))


def test_a_day_and_a_fraction_are_told_apart_by_their_words() -> None:
    found = quantities.find("Đến ngày 30/9, có 30/96 xã đạt chuẩn.")
    assert [(q.value, q.denominator) for q in found] == [(Decimal(30), Decimal(96))]


def test_a_number_behind_the_one_that_is_counted_of_it_has_no_bound() -> None:
    part, whole = quantities.find("Đã gieo 158.200 ha trên 172.000 ha kế hoạch.")
    assert (part.value, whole.value, whole.bound) == (158200, 172000, None)
    assert only("Đã gieo trên 172.000 ha.").bound == "more_than"


@pytest.mark.parametrize(
    ("text", "value", "kind", "unit"),
    [
        ("Xuất siêu 16,82 tỷ USD.", "16.82", Kind.MONEY, "tỷ USD"),
        ("Tăng 2,6 điểm % so với năm trước.", "2.6", Kind.COUNT, "điểm %"),
        ("Vượt 8,9 điểm phần trăm.", "8.9", Kind.COUNT, "điểm phần trăm"),
        ("Chênh lệch so với giá khởi điểm 387 tỷ đồng.", "387", Kind.MONEY, "tỷ đồng"),
        ("Việc kéo dài hơn 18 tháng.", "18", Kind.COUNT, "tháng"),
        ("Khôi phục sau 36 giờ, không mất dữ liệu.", "36", Kind.COUNT, "giờ"),
    ],
)
def test_units_of_other_money_of_points_and_of_time(text: str, value: str, kind: Kind, unit: str) -> None:
    found = only(text)
    assert (found.value, found.kind, found.unit) == (Decimal(value), kind, unit)


@pytest.mark.parametrize(
    "text",
    [
        "Phát sóng lúc 20 giờ thứ Năm hằng tuần.",
        "Gửi trước 16 giờ thứ Sáu.",
        "Kỷ niệm 80 năm ngày truyền thống.",
        "Trao Huy hiệu 40 năm tuổi đảng.",
        "Phối hợp với Thuế cơ sở 7 rà soát hộ kinh doanh.",
        "Sản lượng 9 tháng ước đạt kế hoạch.",
    ],
)
def test_hours_of_a_day_anniversaries_and_numbers_of_offices_count_nothing(text: str) -> None:
    assert quantities.find(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Sửa đường thôn 4 xã Bình An.",
        "Khởi công giai đoạn 2 dự án cấp nước.",
        "Chi trả đợt 2 kinh phí hỗ trợ.",
        "Họp tại khu phố 5 phường Hòa Bình.",
    ],
)
def test_numbers_of_places_and_phases_count_nothing(text: str) -> None:
    assert quantities.find(text) == []


def test_a_number_behind_the_name_of_what_stands_in_a_list_is_counted() -> None:
    assert [q.value for q in quantities.find("Nhóm 12 người và đường tỉnh 85 điểm sạt lở.")] == [12, 85]


@pytest.mark.parametrize(
    "text",
    [
        "Bão số 4 đã suy yếu.",
        "Gió mạnh cấp 9, giật cấp 11 trên biển.",
        "Nước lên trên báo động 2 ở hạ lưu.",
        "Làm đường tuần tra từ mốc 310 - 325.",
        "Trạm số 3 cấp nước cho phường.",
    ],
)
def test_numbers_of_storms_levels_and_milestones_count_nothing(text: str) -> None:
    assert quantities.find(text) == []
