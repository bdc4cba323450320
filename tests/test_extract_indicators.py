"""Which indicator a figure states: by its words, its unit and what stands above it, and none where that is not sure."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.extract.catalogue import Catalogue, catalogue, shipped
from pipeline.extract.extraction import extract
from pipeline.extract.indicators import linked
from pipeline.models import Figure
from tests.extract_reading import reading

HEAD = """UBND TỈNH HÀ TRUNG
SỞ NỘI VỤ
Số: 9/BC-SNV Hà Trung, ngày 30 tháng 9 năm 2024
BÁO CÁO
{subject}
I. KẾT QUẢ
"""
SERVICES = "Kết quả giải quyết thủ tục hành chính và chuyển đổi số tháng 9 năm 2024"


def figures(text: str, subject: str = SERVICES, known: Catalogue | None = None) -> tuple[Figure, ...]:
    return linked(extract(reading(HEAD.format(subject=subject) + text)), known or shipped()).figures


def stated(text: str, subject: str = SERVICES) -> list[str | None]:
    return [figure.indicator for figure in figures(text, subject)]


class TestWhatIsSaid:
    @pytest.mark.parametrize(
        ("text", "indicator"),
        [
            ("Hệ thống thông tin giải quyết TTHC: tiếp nhận 71.300 hồ sơ.", "tthc.ho-so-tiep-nhan"),
            ("Tỷ lệ hồ sơ nộp trực tuyến đạt 64,5%.", "tthc.ty-le-truc-tuyen"),
            ("Hệ thống thư điện tử công vụ đã cấp 9.215 tài khoản.", "thu-dien-tu.tai-khoan"),
            ("Toàn tỉnh đã có 187 trạm BTS 5G đi vào hoạt động.", "vien-thong.tram-bts-5g"),
            ("Cổng dữ liệu mở của tỉnh đã đăng tải 77 tập dữ liệu.", "du-lieu.tap-du-lieu-mo"),
            ("Kim ngạch xuất khẩu đạt 812 tỷ đồng.", "kinh-te.xuat-khau"),
            ("Toàn tỉnh có 412 trường.", "giao-duc.truong"),
            ("Tỷ lệ hộ nghèo còn 3,1%.", "an-sinh.ty-le-ho-ngheo"),
            ("Đã giải quyết việc làm cho 8.140 lao động.", "lao-dong.viec-lam-moi"),
            ("Sản lượng lúa cả năm đạt 512.000 tấn.", "nong-nghiep.san-luong-luong-thuc"),
        ],
    )
    def test_an_indicator_is_found_by_its_words_and_unit(self, text: str, indicator: str) -> None:
        assert stated(text) == [indicator]

    def test_a_heading_says_what_a_sentence_leaves_out(self) -> None:
        text = "1. Đầu tư công\nLũy kế đã giải ngân 912.400 triệu đồng."
        assert stated(text, "Tình hình kinh tế tháng 9 năm 2024") == ["dau-tu-cong.giai-ngan"]
        assert stated("Lũy kế đã giải ngân 912.400 triệu đồng.", "Tình hình kinh tế tháng 9 năm 2024") == [None]

    def test_the_nearest_words_decide(self) -> None:
        text = "Trục liên thông văn bản đã gửi 4.120 văn bản và nhận 9.355 văn bản điện tử."
        assert stated(text) == ["van-ban.gui", "van-ban.nhan"]

    def test_an_abbreviation_is_what_it_stands_for(self) -> None:
        assert stated("Tỷ lệ dân số tham gia BHYT đạt 93,2%.") == ["y-te.ty-le-bhyt"]

    def test_a_phrase_with_a_wrong_mark_is_found_and_surer_where_it_is_right(self) -> None:
        right, wrong = (
            figures(f"Cổng {word} liệu mở của tỉnh đã đăng tải 77 tập dữ liệu.")[0] for word in ("dữ", "dử")
        )
        assert right.indicator == wrong.indicator == "du-lieu.tap-du-lieu-mo"
        assert (right.indicator_score or 0) > (wrong.indicator_score or 0) > 0.5

    def test_score_and_reason_are_told(self) -> None:
        figure = figures("Hệ thống thông tin giải quyết TTHC: tiếp nhận 71.300 hồ sơ.")[0]
        assert figure.indicator_score == 1.0
        assert figure.indicator_reason == (
            "nói đến: hồ sơ, tiếp nhận; ngữ cảnh: thủ tục hành chính; khớp 100% tên chỉ tiêu"
        )


class TestAbstention:
    @pytest.mark.parametrize(
        "text",
        [
            "Đã tổ chức 3 đợt ra quân.",  # nothing in the catalogue
            "Số hồ sơ tiếp nhận trên Hệ thống thông tin giải quyết TTHC tăng 12,5% so với tháng trước.",  # a growth
            "Số người tham gia BHYT bằng 98,2% kế hoạch.",  # a share of a plan
            "Còn thiếu bác sĩ ở 38 trạm y tế.",  # not all stations
            "Có 14 trường học tạm do mưa lũ.",  # nor all schools
            "Mỗi xã tiếp nhận 1.000 hồ sơ/năm về TTHC.",  # a norm
            "Toàn tỉnh có 96 thuê bao di động/100 dân.",  # per head
            "Sở Giáo dục và Đào tạo quản lý kinh phí 12 tỷ đồng.",  # an office's name is no subject
            "Tỷ lệ dân số tham gia BHYT đạt 104%.",  # no share is above all
        ],
    )
    def test_what_is_not_sure_has_no_indicator(self, text: str) -> None:
        found = figures(text)
        assert found
        assert [(figure.indicator, figure.indicator_score, figure.indicator_reason) for figure in found] == [
            (None, None, None)
        ] * len(found)

    def test_two_indicators_that_say_as_much_are_none_unless_they_are_merged(self, tmp_path: Path) -> None:
        entry = "  - {{id: muoi.{0}, name: Sản lượng muối, name_en: Salt, kind: flow, units: [tạ]}}\n"
        own = tmp_path / "muoi.yaml"
        own.write_text("title: Muối\nindicators:\n" + entry.format("mot"), encoding="utf-8")
        assert figures("Sản lượng muối đạt 120 tạ.", known=catalogue(own))[0].indicator == "muoi.mot"
        twice = tmp_path / "hai.yaml"
        twice.write_text("title: Muối\nindicators:\n" + entry.format("mot") + entry.format("hai"), encoding="utf-8")
        assert figures("Sản lượng muối đạt 120 tạ.", known=catalogue(twice))[0].indicator is None
        merged = catalogue(twice).with_merged({"muoi.hai": "muoi.mot"})
        (figure,) = figures("Sản lượng muối đạt 120 tạ.", known=merged)
        assert figure.indicator == "muoi.mot"
        assert (figure.indicator_reason or "").startswith("gộp từ muoi.hai; ")

    def test_a_merge_with_what_the_catalogue_does_not_know_is_passed_over(self) -> None:
        merged = shipped().with_merged({"vien-thong.tram-bts-5g": "khong.co"})
        assert figures("Toàn tỉnh đã có 187 trạm BTS 5G.", known=merged)[0].indicator == "vien-thong.tram-bts-5g"


class TestStockAndFlow:
    def test_what_came_in_the_period_is_no_stock(self) -> None:
        text = "Trong tháng, cấp mới 176 chữ ký số; lũy kế đến nay đã cấp 10.038 chữ ký số."
        assert stated(text) == ["chu-ky-so.cap-moi", "chu-ky-so.da-cap"]

    def test_a_flow_may_be_summed_up(self) -> None:
        text = "Hệ thống thông tin giải quyết TTHC lũy kế đến nay tiếp nhận 301.000 hồ sơ."
        found = figures(text)[0]
        assert (found.indicator, found.cumulative) == ("tthc.ho-so-tiep-nhan", True)


class TestParts:
    def test_a_part_keeps_the_indicator_of_its_whole_with_the_dimension_that_tells_it_apart(self) -> None:
        text = "Hệ thống thông tin giải quyết TTHC tiếp nhận 5.120 hồ sơ (trực tiếp: 1.020, trực tuyến: 4.100)."
        found = figures(text)
        assert [figure.indicator for figure in found] == ["tthc.ho-so-tiep-nhan"] * 3
        assert [figure.dimensions.get("channel") for figure in found] == [None, "trực tiếp", "trực tuyến"]
        assert "trực tuyến" in (found[2].indicator_reason or "")

    def test_a_part_of_a_part_keeps_it_too(self) -> None:
        text = "Toàn tỉnh có 412 trường, gồm 130 trường mầm non (100 trường công, 30 trường tư) và 282 trường khác."
        found = figures(text)
        wholes = {figure.id: figure.whole for figure in found}
        assert any(wholes[whole] for whole in wholes.values() if whole)
        assert {figure.indicator for figure in found} == {"giao-duc.truong"}

    def test_a_part_without_a_dimension_is_told_apart_by_its_whole(self) -> None:
        text = "Toàn tỉnh có 412 trường, gồm 130 trường mầm non và 282 trường phổ thông."
        found = figures(text)
        assert [figure.indicator for figure in found] == ["giao-duc.truong"] * 3
        assert [figure.whole for figure in found[1:]] == [found[0].id] * 2

    def test_a_part_that_states_another_indicator_has_its_own(self) -> None:
        text = "Bộ phận một cửa tiếp nhận 900 hồ sơ, trong đó đã giải quyết 850 hồ sơ, đang giải quyết 50 hồ sơ."
        assert stated(text) == ["tthc.ho-so-tiep-nhan", "tthc.ho-so-da-giai-quyet", "tthc.ho-so-dang-giai-quyet"]

    def test_a_state_of_the_whole_is_not_the_whole(self) -> None:
        text = "Hệ thống tiếp nhận 60 phản ánh hiện trường, trong đó đã xử lý 45 phản ánh, chưa xử lý 15 phản ánh."
        assert stated(text) == ["phan-anh-hien-truong.tiep-nhan", "phan-anh-hien-truong.da-xu-ly", None]

    def test_a_part_of_another_unit_is_not_what_its_whole_is(self) -> None:
        text = "Trong tháng, Sở tham mưu ban hành 6 văn bản, gồm 2 kế hoạch và 4 công văn."
        assert stated(text) == ["van-ban.tham-muu-ban-hanh", None, None]


CUT = "Phân bổ kinh phí hỗ trợ tinh giản biên chế năm 2024"


class TestTables:
    def test_a_total_counts_what_the_documents_subject_and_the_title_say_and_offices_are_its_parts(self) -> None:
        table = (
            "Danh sách phân bổ kinh phí\nTT Cơ quan Số người Kinh phí\n1 Sở Y tế 14 1.986\n2 Sở Xây dựng 27 3.715\n"
            "3 UBND xã Hạ Long 12 1.645\nTổng cộng 53 7.346\n"
        )
        assert stated(table, CUT)[::2] == ["cchc.tinh-gian-bien-che"] * 4
        assert set(stated(table, "Phân bổ kinh phí sửa nhà năm 2024")) == {None}

    def test_a_total_whose_column_says_something_else_has_not_what_the_title_says(self) -> None:
        table = (
            "Danh sách phân bổ kinh phí\nTT Cơ quan Máy tính Ghế\n1 Sở Y tế 14 1.986\n2 Sở Xây dựng 27 3.715\n"
            "3 UBND xã Hạ Long 12 1.645\nTổng cộng 53 7.346\n"
        )
        assert set(stated(table, CUT)) == {None}


class TestCompared:
    @pytest.mark.parametrize(
        "text",
        [
            "Doanh thu trên các sàn thương mại điện tử đạt 412,5 tỷ đồng, tăng 9,1% so với tháng 8 (378,1 tỷ đồng).",
            "Doanh thu trên các sàn thương mại điện tử đạt 412,5 tỷ đồng, thấp hơn mục tiêu 450,0 tỷ đồng đề ra.",
        ],
    )
    def test_what_a_figure_is_compared_with_counts_the_same(self, text: str) -> None:
        found = {str(figure.value): figure.indicator for figure in figures(text)}
        assert [found[value] for value in found if value != "9.1"] == ["thuong-mai-dien-tu.doanh-thu"] * 2

    def test_another_bracket_counts_nothing_of_the_kind(self) -> None:
        text = "Doanh thu trên các sàn thương mại điện tử đạt 412,5 tỷ đồng, do 7 đơn vị (12,0 tỷ đồng tiền thuê kho)."
        assert stated(text)[-1] is None


class TestOwnCatalogue:
    def test_a_new_subject_works_by_entries_alone(self, tmp_path: Path) -> None:
        own = tmp_path / "thu-vien.yaml"
        own.write_text(
            """
title: Thư viện / Libraries
abbreviations: {TVT: thư viện tỉnh}
indicators:
  - id: thu-vien.luot-muon
    name: Lượt mượn sách thư viện
    name_en: Books lent
    kind: flow
    units: [lượt]
    required: [mượn|cho mượn]
    context: [thư viện]
    forbidden: [trả]
    dimensions: [channel]
  - id: thu-vien.ban-sach
    name: Bản sách thư viện
    name_en: Books
    kind: stock
    units: [bản]
""",
            encoding="utf-8",
        )
        text = "TVT phục vụ 4.100 lượt mượn sách. Kho thư viện có 72.000 bản sách. Bạn đọc trả 900 lượt."
        found = figures(text, "Hoạt động thư viện tháng 9 năm 2024", catalogue(own))
        assert [figure.indicator for figure in found] == ["thu-vien.luot-muon", "thu-vien.ban-sach", None]
        assert figures(text, "Hoạt động thư viện tháng 9 năm 2024")[1].indicator is None
