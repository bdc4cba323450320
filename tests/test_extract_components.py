"""Document components after Nghị định 30/2020/NĐ-CP and the Party's form, and citations of other documents."""

from __future__ import annotations

import datetime as dt

import pytest

from pipeline.extract.extraction import extract
from pipeline.models import Citation, Components
from tests.extract_reading import reading

REPORT = """UBND TỈNH HẬU LỘC CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
SỞ NÔNG NGHIỆP Độc lập - Tự do - Hạnh phúc
VÀ MÔI TRƯỜNG
Số: 214/BC-SNNMT Hậu Lộc, ngày 05 tháng 9 năm 2024
BÁO CÁO
Kết quả trồng rừng và bảo vệ rừng
8 tháng đầu năm 2024
Kính gửi: Ủy ban nhân dân tỉnh Hậu Lộc
Thực hiện Kế hoạch số 18/KH-UBND ngày 12/01/2024, Sở báo cáo như sau:
I. KẾT QUẢ
Toàn tỉnh đã trồng 1.240 ha rừng.
Nơi nhận: KT. GIÁM ĐỐC
- Như trên; PHÓ GIÁM ĐỐC
- Chi cục Kiểm lâm;
- Lưu: VT, KL (05b).
Lê Thị Hồng Vân
"""

LETTER = """ỦY BAN NHÂN DÂN
HUYỆN BẮC AN
Số: 77/UBND-NV
V/v rà soát biên chế năm 2024
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Bắc An, ngày 20 tháng 3 năm 2024
HỎA TỐC
Kính gửi:
- Phòng Nội vụ;
- Ủy ban nhân dân các xã.
Ủy ban nhân dân huyện yêu cầu các phòng, ban, đơn vị và Ủy ban nhân dân các xã trên địa
bàn rà soát số lượng cán bộ, công chức được giao năm 2024 so với số có mặt, báo cáo kết
quả về Phòng Nội vụ để tổng hợp, tham mưu Ủy ban nhân dân huyện xem xét, quyết định việc
điều chỉnh, bổ sung biên chế của từng cơ quan, đơn vị theo đúng quy định của pháp luật và
hướng dẫn của cơ quan cấp trên.
Nơi nhận:
- Như trên;
- Lưu: VT.
TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Phạm Quốc Bảo
"""

PARTY = """TỈNH ỦY HẬU LỘC ĐẢNG CỘNG SẢN VIỆT NAM
BAN TỔ CHỨC
*
Số 31-HD/BTCTU Hậu Lộc, ngày 02 tháng 5 năm 2024
HƯỚNG DẪN
đánh giá chất lượng chi bộ
Căn cứ Quy định số 124-QĐ/TW ngày 04/10/2023 của Bộ Chính trị, Ban Tổ chức hướng dẫn như sau:
Nơi nhận:
- Các đảng ủy trực thuộc;
- Lưu Ban Tổ chức.
K/T TRƯỞNG BAN
PHÓ TRƯỞNG BAN
Vũ Minh Tâm
"""


def components(text: str) -> Components:
    return extract(reading(text)).components


def citations(text: str) -> tuple[Citation, ...]:
    return extract(reading(text)).citations


def test_a_report_whose_columns_share_their_lines() -> None:
    found = components(REPORT)
    assert (found.type, found.number, found.symbol) == ("Báo cáo", "214", "BC-SNNMT")
    assert found.parent == "UBND TỈNH HẬU LỘC"
    assert found.issuer == "SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG"
    assert (found.place, found.date) == ("Hậu Lộc", dt.date(2024, 9, 5))
    assert found.subject == "Kết quả trồng rừng và bảo vệ rừng 8 tháng đầu năm 2024"
    assert found.to == ("Ủy ban nhân dân tỉnh Hậu Lộc",)
    assert (found.authority, found.signer_title) == ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC")
    assert found.signer == "Lê Thị Hồng Vân"
    assert found.recipients == ("Như trên", "Chi cục Kiểm lâm", "Lưu: VT, KL (05b)")


def test_a_deputys_title_that_a_seal_has_halved_is_whole_again() -> None:
    found = components(REPORT.replace("PHÓ GIÁM ĐỐC", "GIÁM ĐỐC"))
    assert (found.authority, found.signer_title, found.signer) == (
        "KT. GIÁM ĐỐC",
        "PHÓ GIÁM ĐỐC",
        "Lê Thị Hồng Vân",
    )


def test_an_official_letter_has_no_type_above_its_subject() -> None:
    found = components(LETTER)
    assert (found.type, found.number, found.symbol) == ("Công văn", "77", "UBND-NV")
    assert found.issuer == "ỦY BAN NHÂN DÂN HUYỆN BẮC AN"
    assert found.subject == "rà soát biên chế năm 2024"
    assert found.to == ("Phòng Nội vụ", "Ủy ban nhân dân các xã")
    assert found.urgency == "Hỏa tốc"
    assert (found.authority, found.signer_title) == ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH")
    assert found.signer == "Phạm Quốc Bảo"


@pytest.mark.parametrize("addressed", ["Kính gửi:", "Kinh giữ:", "Kính gừi :"])
def test_who_is_addressed_stands_behind_a_fixed_form_with_its_letters_misread(addressed: str) -> None:
    found = extract(reading(f"Số: 8/SNV-VP\nV/v nộp báo cáo\n{addressed}\n- Sở Xây dựng;\n- Sở Y tế.\n")).components
    assert found.to == ("Sở Xây dựng", "Sở Y tế")


def test_a_party_document_writes_its_number_with_a_dash() -> None:
    found = components(PARTY)
    assert (found.type, found.number, found.symbol) == ("Hướng dẫn", "31", "HD/BTCTU")
    assert (found.parent, found.issuer) == ("TỈNH ỦY HẬU LỘC", "BAN TỔ CHỨC")
    assert found.subject == "đánh giá chất lượng chi bộ"
    assert (found.authority, found.signer_title, found.signer) == ("K/T TRƯỞNG BAN", "PHÓ TRƯỞNG BAN", "Vũ Minh Tâm")


def test_a_number_left_blank_for_the_pen_is_none() -> None:
    found = components(REPORT.replace("Số: 214/BC-SNNMT", "Số:      /BC-SNNMT").replace("ngày 05", "ngày    "))
    assert (found.number, found.symbol, found.date) == (None, "BC-SNNMT", None)
    unread = components(REPORT.replace("Số: 214/BC-SNNMT", "Số: … /BC-SNNMT").replace("ngày 05", "ngày …"))
    assert (unread.number, unread.symbol, unread.date, unread.place) == (None, "BC-SNNMT", None, "Hậu Lộc")


def test_a_document_without_letterhead_is_issued_by_whom_it_is_signed_for() -> None:
    body = LETTER[LETTER.index("Kính gửi") :]
    assert components(body).issuer == "ỦY BAN NHÂN DÂN"


def test_the_copies_of_the_recipients_are_no_figures() -> None:
    assert [str(figure.value) for figure in extract(reading(REPORT)).figures] == ["1240"]


@pytest.mark.parametrize(
    ("text", "kind", "number", "date", "issuer", "title"),
    [
        (
            "Thực hiện Nghị quyết số 12-NQ/TU ngày 03/4/2023 của Tỉnh ủy Hậu Lộc về phát triển rừng;",
            "Nghị quyết", "12-NQ/TU", dt.date(2023, 4, 3), "Tỉnh ủy Hậu Lộc", "về phát triển rừng",
        ),
        (
            "Theo Quyết định 845/QĐ-UBND, ngày 22 tháng 12 năm 2023 của Ủy ban nhân dân tỉnh phê duyệt đề án.",
            "Quyết định", "845/QĐ-UBND", dt.date(2023, 12, 22), "Ủy ban nhân dân tỉnh", "phê duyệt đề án",
        ),
        ("Căn cứ Luật Lâm nghiệp số 16/2017/QH14;", "Luật", "16/2017/QH14", None, None, "Luật Lâm nghiệp"),
        ("Căn cứ Luật Thi đua, khen thưởng số 06/2022/QH15;", "Luật", "06/2022/QH15", None, None,
         "Luật Thi đua, khen thưởng"),
        ("Nghị định số 156/2018/NĐ-CP quy định chi tiết.", "Nghị định", "156/2018/NĐ-CP", None, None,
         "quy định chi tiết"),
        ("Xã đã có Văn bản số 215/UBND-VP ngày 02/5/2024 gửi các thôn.", "Văn bản", "215/UBND-VP",
         dt.date(2024, 5, 2), None, None),
        ("Căn cứ Văn bản hợp nhất số 08/VBHN-VPQH ngày 10/7/2023;", "Văn bản hợp nhất", "08/VBHN-VPQH",
         dt.date(2023, 7, 10), None, None),
        ("Nghị định số 156/2018/NĐ-CP. ngày 16/11/2018 của Chính phủ;", "Nghị định", "156/2018/NĐ-CP",
         dt.date(2018, 11, 16), "Chính phủ", None),
        ("Căn cứ Luật Lâm nghiệp số 16/2017/0H14 ngày 15/11/2017;", "Luật", "16/2017/QH14", dt.date(2017, 11, 15),
         None, "Luật Lâm nghiệp"),
    ],
)  # fmt: skip
def test_one_citation(  # noqa: PLR0917
    text: str, kind: str, number: str, date: dt.date | None, issuer: str | None, title: str | None
) -> None:
    (found,) = citations(text)
    assert (found.type, found.number, found.date, found.issuer) == (kind, number, date, issuer)
    assert found.title == title


def test_several_citations_in_one_sentence_keep_their_own_dates() -> None:
    text = (
        "Các đơn vị thực hiện Kế hoạch số 18/KH-UBND ngày 12/01/2024 và Công văn số 77/UBND-\n"
        "NV ngày 20/3/2024 của Ủy ban nhân dân huyện."
    )
    assert [(c.number, c.date) for c in citations(text)] == [
        ("18/KH-UBND", dt.date(2024, 1, 12)),
        ("77/UBND-NV", dt.date(2024, 3, 20)),
    ]


def test_what_stands_beside_a_recipient_is_no_recipient() -> None:
    end = """Nơi nhận: KT. GIÁM ĐỐC
- Như trên; H.C. i* O GIÁM ĐỐC
- UBND các huyện, /c Q) /
- Văn phòng Sở;
- Lưu: VT, TH.

Lò Văn Păn"""
    found = extract(reading(end)).components
    assert found.recipients == ("Như trên", "UBND các huyện", "Văn phòng Sở", "Lưu: VT, TH")
    assert (found.authority, found.signer_title, found.signer) == ("KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC", "Lò Văn Păn")


def test_who_signs_may_hold_two_offices() -> None:
    end = """Nơi nhận:
- Như trên;
- Lưu: VT.

PHÓ BÍ THƯ
kiêm
TRƯỞNG BAN CHỈ ĐẠO

Lò Văn Păn"""
    found = extract(reading(end)).components
    assert (found.signer_title, found.signer) == ("PHÓ BÍ THƯ kiêm TRƯỞNG BAN CHỈ ĐẠO", "Lò Văn Păn")


@pytest.mark.parametrize(
    ("text", "issuer"),
    [
        ("UBND tỉnh đã ban hành Quyết định số 15/QĐ-UBND ngày 03/2/2025 về phân bổ vốn.", "UBND tỉnh"),
        ("Ban Thường vụ Huyện ủy ban hành Kế hoạch số 8-KH/HU ngày 03/2/2025.", "Ban Thường vụ Huyện ủy"),
        (
            "Theo Quyết định số 7/QĐ-TTg ngày 03/2/2025 của Thủ tướng Chính phủ và các mục tiêu đã nêu.",
            "Thủ tướng Chính phủ",
        ),
        (
            "Theo Kế hoạch số 5-KH/BCĐ ngày 03/2/2025 của Ban Chỉ đạo Trung ương về phòng thủ dân sự, phòng cháy và "
            "cứu nạn về diễn tập năm 2025.",
            "Ban Chỉ đạo Trung ương về phòng thủ dân sự, phòng cháy và cứu nạn",
        ),
        ("Theo Thông báo số 9/TB-SYT ngày 03/2/2025 của Sở Y tế về việc trực Tết.", "Sở Y tế"),
        ("Thực hiện Chỉ thị số 11/CT-BYT ngày 03/2/2025.", None),
    ],
)
def test_the_body_that_issued_a_cited_document(text: str, issuer: str | None) -> None:
    (found,) = citations(text)
    assert found.issuer == issuer


def test_documents_named_together_share_the_issuer_behind_the_last() -> None:
    text = (
        "Nghị quyết số 10/NQ-CP ngày 09/01/2024 và Nghị quyết số 22/NQ-CP ngày 01/4/2024 của Chính phủ về đầu tư công."
    )
    assert [(c.number, c.issuer) for c in citations(text)] == [("10/NQ-CP", "Chính phủ"), ("22/NQ-CP", "Chính phủ")]


@pytest.mark.parametrize(
    ("text", "laws"),
    [
        (
            "Căn cứ Luật Quản lý, bảo vệ công trình ngày 20 tháng 6 năm 2017;",
            [("Luật Quản lý, bảo vệ công trình", "2017-06-20")],
        ),
        ("- Luật Thủy lợi (sửa đổi) số 91/2025/QH15;", [("Luật Thủy lợi (sửa đổi)", None)]),
        (
            "Việc giao đất theo Luật Đất đai, các nghị định và Luật Nhà ở được rà soát.",
            [("Luật Đất đai", None), ("Luật Nhà ở", None)],
        ),
        ("Giảng viên Đại học Luật Huế và luật sư tham gia.", []),
    ],
)
def test_laws_are_cited_by_their_names(text: str, laws: list[tuple[str, str | None]]) -> None:
    assert [(c.title, c.date.isoformat() if c.date else None) for c in citations(text)] == laws


def test_a_number_with_room_left_for_the_pen_is_whole() -> None:
    (found,) = citations("(Kèm theo Kế hoạch số 07...../KH-SXD ngày 06 tháng 8 năm 2024 của Sở Xây dựng)")
    assert (found.number, found.issuer) == ("07/KH-SXD", "Sở Xây dựng")


def test_a_citation_points_to_the_line_of_its_number() -> None:
    found = citations("Các xã, phường trên địa bàn tỉnh tiếp tục thực hiện nghiêm Nghị quyết số\n12-NQ/TU của Tỉnh ủy.")
    assert found[0].evidence.line == 2


def test_what_names_a_report_more_closely_and_up_to_when_it_counts_are_no_subject() -> None:
    found = components(
        "UBND XÃ HÒA GIANG\nSố: 8/BC-UBND\nHòa Giang, ngày 05 tháng 11 năm 2025\nBÁO CÁO NHANH\n"
        "Tình hình sạt lở bờ sông\n(Cập nhật đến 16 giờ ngày 05/11/2025)\nKính gửi: UBND tỉnh;\n"
        "Sở Xây dựng.\n"
    )
    assert (found.type, found.subject) == ("Báo cáo", "Tình hình sạt lở bờ sông")
    assert found.to == ("UBND tỉnh", "Sở Xây dựng")


def test_a_telegram_names_its_sender_before_whom_it_is_sent_to() -> None:
    found = components(
        "UBND TỈNH HÒA GIANG\nSố: 3/CĐ-UBND\nHòa Giang, ngày 05 tháng 11 năm 2025\nCÔNG ĐIỆN\n"
        "Về việc gia cố đê\nCHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH HÒA GIANG điện:\n- Sở Xây dựng;\n- UBND các xã.\n"
    )
    assert found.to == ("Sở Xây dựng", "UBND các xã")


def test_a_tax_office_below_the_authority_above_it_issues_its_report() -> None:
    found = components(
        "CỤC THUẾ CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nTHUẾ TỈNH HÒA GIANG Độc lập - Tự do - Hạnh phúc\n"
        "Số: 9/BC-HGI Hòa Giang, ngày 05 tháng 11 năm 2025\nBÁO CÁO\nKết quả thu thuế\n"
    )
    assert (found.parent, found.issuer) == ("CỤC THUẾ", "THUẾ TỈNH HÒA GIANG")
