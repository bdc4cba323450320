"""Parts and wholes: the genre's ways to break a figure down, each with its own sentence."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pipeline.extract.extraction import extract
from pipeline.models import Figure
from tests.extract_reading import reading


def figures(text: str) -> tuple[Figure, ...]:
    return extract(reading(text)).figures


def parts(text: str) -> dict[str, list[str]]:
    """Return the values of the parts below each whole's value."""
    found: dict[str, list[str]] = {}
    for figure in figures(text):
        if figure.part_of is not None:
            found.setdefault(str(figure.part_of), []).append(str(figure.value))
    return found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Trung tâm đã tiếp nhận 5.120 hồ sơ (trực tiếp: 1.020, trực tuyến: 4.100).",
            {"5120": ["1020", "4100"]},
        ),
        (
            "Toàn huyện có 412 giáo viên, trong đó: 97 giáo viên mầm non, 205 giáo viên tiểu học, 110 giáo viên THCS.",
            {"412": ["97", "205", "110"]},
        ),
        (
            "Đã cấp 720 giấy phép (gồm: 610 giấy phép xây dựng, 80 giấy phép môi trường và 30 giấy phép khai thác).",
            {"720": ["610", "80", "30"]},
        ),
        (
            "Số thẻ đã phát là 9.050 thẻ (trong đó 8.000 thẻ cá nhân và 1.050 thẻ tổ chức).",
            {"9050": ["8000", "1050"]},
        ),
        (
            "Xử lý 64 kiến nghị, trong đó có 50 kiến nghị đã giải quyết (44 kiến nghị đúng hạn, 06 kiến nghị quá hạn), "
            "14 kiến nghị đang xem xét.",
            {"64": ["50", "14"], "50": ["44", "6"]},
        ),
        (
            "Tổng số trạm y tế là 96 trạm. Trong đó: số trạm đạt chuẩn là 81 trạm; số trạm chưa đạt chuẩn là 15 trạm.",
            {"96": ["81", "15"]},
        ),
        (
            "Tổng kinh phí: 1.500 triệu đồng. Trong đó:\n"
            "- Ngân sách tỉnh: 1.100 triệu đồng.\n- Ngân sách xã: 400 triệu đồng.",
            {"1500": ["1100", "400"]},
        ),
        (
            "Đến nay đã lắp đặt 230⁴ bộ thiết bị tại các trường.\n\n⁴ Huyện An Lạc: 120, huyện Bình Sơn: 110.",
            {"230": ["120", "110"]},
        ),
        (
            "Toàn ngành có 20 bệnh viện với 5.000 giường bệnh; trong đó công lập 15 bệnh viện, 4.400 giường; ngoài "
            "công lập 05 bệnh viện, 600 giường.",
            {"20": ["15", "5"], "5000": ["4400", "600"]},
        ),
        (
            "Huyện giao 52 nhiệm vụ, đến nay đã hoàn thành 37 nhiệm vụ, đang thực hiện 13 nhiệm vụ, chưa triển khai "
            "01 nhiệm vụ.",
            {"52": ["37", "13", "1"]},
        ),
        (
            "Kiểm tra tại 12 chợ: 05 chợ xếp loại tốt, 04 chợ xếp loại khá, 02 chợ chưa đạt.",
            {"12": ["5", "4", "2"]},
        ),
        (
            "Trong quý ban hành 19 văn bản (05 nghị quyết, 13 quyết định).",
            {"19": ["5", "13"]},
        ),
        (
            "Tiếp nhận 900 đơn, đã xử lý 700 đơn, đang xử lý 200 đơn. Trong số đơn đã xử lý có 650 đơn đúng hạn và "
            "50 đơn quá hạn.",
            {"900": ["700", "200"], "700": ["650", "50"]},
        ),
        (
            "Tổng vốn: 90 tỷ đồng. Trong đó:\n* Chi thường xuyên: 60 tỷ đồng.\n- Cấp tỉnh: 45 tỷ đồng.\n"
            "- Cấp xã: 15 tỷ đồng.\n* Chi đầu tư: 30 tỷ đồng.",
            {"90": ["60", "30"], "60": ["45", "15"]},
        ),
        (
            "Cử 62 học viên đi học, gồm: Sư phạm 40; Kế toán 12; Điều dưỡng cộng đồng, y tế dự phòng 06; Dược 04.",
            {"62": ["40", "12", "6", "4"]},
        ),
        (
            "Bổ nhiệm 20 trường hợp, trong đó: Bổ nhiệm mới: 11; Luân chuyển, biệt phái: 05; Điều động: 04.",
            {"20": ["11", "5", "4"]},
        ),
        (
            "Điểm cộng cho nhóm ưu tiên một (gồm các đối tượng 01 đến 04) là 2,0 điểm.",
            {},
        ),
    ],
)
def test_breakdown(text: str, expected: dict[str, list[str]]) -> None:
    assert parts(text) == expected


def test_what_follows_a_complete_sum_is_not_part_of_it() -> None:
    text = "Huyện có 06 trường, trong đó có 05 trường công lập, 01 trường tư thục và 14 điểm trường lẻ."
    assert parts(text) == {"6": ["5", "1"]}


def test_a_rate_in_brackets_is_no_part() -> None:
    assert parts("Đã hoàn thành 22/24 (91,67%) chỉ tiêu được giao.") == {}


def test_a_part_names_what_its_whole_counts() -> None:
    part = figures("Trung tâm đã tiếp nhận 5.120 hồ sơ (trực tiếp: 1.020, trực tuyến: 4.100).")[2]
    assert part.value == Decimal(4100)
    assert part.unit == "hồ sơ"
    assert part.dimensions == {"channel": "trực tuyến"}
    assert "hồ sơ" in part.subject
    assert "trực tuyến" in part.subject


def test_a_footnote_on_the_noun_before_a_number_breaks_it_down_where_it_adds_up() -> None:
    text = (
        "Hai nhóm giấy phép liên ngành¹ phát sinh 95 hồ sơ.\n\n"
        "¹ Nhóm khai thác nước (phát sinh {} hồ sơ) và nhóm xả thải (phát sinh 15 hồ sơ)."
    )
    assert parts(text.format(80)) == {"95": ["80", "15"]}
    assert parts(text.format(70)) == {}


def test_bare_counts_share_the_unit_that_their_topic_and_a_later_count_name() -> None:
    text = "Hệ thống phân giải tên miền: Cấp mới 3; Thu hồi 1, số tên miền hiện tại là 412."
    assert [figure.unit for figure in figures(text)] == ["tên miền"] * 3


def test_states_that_make_the_figure_of_the_sentence_before_are_its_parts() -> None:
    text = "Sở nhận được 64 đề xuất. Qua sơ loại, 41 đề xuất đủ điều kiện, {} đề xuất không đủ điều kiện."
    assert parts(text.format(23)) == {"64": ["41", "23"]}
    assert parts(text.format(22)) == {}
