"""Quantities in words alone, and forms of amounts that public collections of Vietnamese phrases hold."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pipeline.extract import cues, quantities, worded_quantities
from pipeline.extract.intervals import interval
from pipeline.extract.quantities import Quantity
from pipeline.models import Kind


def every(text: str) -> list[Quantity]:
    known = cues.find(text)
    digits = quantities.find(text, known)
    return [*digits, *worded_quantities.find(text, known, digits)]


@pytest.mark.parametrize(
    ("text", "value", "kind", "unit"),
    [
        ("Hỗ trợ mỗi hộ mười đồng.", 10, Kind.MONEY, "đồng"),
        ("Tổng kinh phí là bảy tỷ ba trăm triệu đồng.", 7_300_000_000, Kind.MONEY, "đồng"),
        ("Chi một triệu rưỡi đồng.", 1_500_000, Kind.MONEY, "đồng"),
        ("Đã khảo sát hai mươi lăm xã.", 25, Kind.COUNT, "xã"),
        ("Có một trăm lẻ hai đồng chí dự họp.", 102, Kind.COUNT, "đồng chí"),
        ("Đạt năm mươi phần trăm kế hoạch.", 50, Kind.PERCENT, "%"),
    ],
)
def test_what_is_counted_in_words(text: str, value: int, kind: Kind, unit: str) -> None:
    (found,) = every(text)
    assert (found.value, found.kind, found.unit) == (Decimal(value), kind, unit)


@pytest.mark.parametrize(
    "text",
    [
        "Một số đơn vị phối hợp ba bên.",
        "Hai đồng chí Phó Chủ tịch chủ trì.",
        "Thiệt hại hàng trăm triệu đồng.",
        "(Đơn vị tính: trăm triệu đồng)",
        "Sau hai mươi năm xây dựng.",
        "Tại chợ Ba Mươi và cầu Trăm Năm.",
    ],
)
def test_words_that_count_nothing(text: str) -> None:
    assert every(text) == []


def test_an_amount_written_out_behind_its_digits_is_no_second_quantity() -> None:
    (found,) = every("Số tiền 5.000.000 đồng (Bằng chữ: Năm triệu đồng chẵn).")
    assert found.value == Decimal(5_000_000)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("giữa 1000 và 2000 đồng", 1000, 2000),
        ("giữa 1000 đồng và 2000 đồng", 1000, 2000),
        ("từ 1000 đồng đến 2000 đồng", 1000, 2000),
        ("từ 1000 VNĐ tới 2000 VNĐ", 1000, 2000),
        ("từ 1000 đến 2000 đồng", 1000, 2000),
        ("khoảng chừng từ 1000 đến 2000 đồng", 1000, 2000),
        ("tầm khoảng 1000 tới 2000 đồng", 1000, 2000),
        ("xấp xỉ VND1000-VND2000", 1000, 2000),
        ("1000-2000 đồng", 1000, 2000),
        ("10.000 đồng", 10_000, None),
        ("1000 VNĐ", 1000, None),
        ("VN$1000", 1000, None),
        ("âm 1.200.000 đồng", -1_200_000, None),
    ],
)
def test_amounts_and_ranges_of_money(text: str, low: int, high: int | None) -> None:
    (found,) = every(text)
    assert (found.kind, found.value) == (Kind.MONEY, Decimal(low))
    assert found.upper == (None if high is None else Decimal(high))


@pytest.mark.parametrize(
    "text",
    [
        "dưới bảy ngàn đồng",
        "ít hơn bảy nghìn đồng",
        "kém hơn 7.000 đồng",
        "không tới 7000 đồng",
        "không cao hơn 7000 đồng",
        "không hơn 7.000 đồng",
        "không quá 7.000 đồng",
        "từ 7000 đồng trở xuống",
    ],
)
def test_upper_bounds_of_money(text: str) -> None:
    (found,) = every(text)
    allowed = interval(found)
    assert (found.kind, allowed.low, allowed.high) == (Kind.MONEY, None, Decimal(7000))
