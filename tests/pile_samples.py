"""Official letters, decisions and what hangs from them, made up for the tests of piles: files of several documents."""

from __future__ import annotations

from collections.abc import Sequence

BODY = (
    "Thời gian qua, các xã ven biển đã rà soát 1.250 hộ nuôi tôm, trong đó 730 hộ có hệ thống",
    "xử lý nước thải đạt yêu cầu. Để chuẩn bị cho vụ nuôi mới, đề nghị các đơn vị kiểm tra lại",
    "hiện trạng kênh cấp nước, thống kê nhu cầu con giống và đăng ký lịch thả giống với trạm",
    "khuyến nông trước khi lấy nước vào ao. Kết quả gửi về trước cuối tháng để tổng hợp.",
)
MORE = (
    "Các hộ chưa đủ điều kiện được hướng dẫn vay vốn tại điểm giao dịch gần nhất. Tổ hợp tác cử",
    "người trực cống suốt mùa mưa, ghi sổ theo dõi độ mặn hai lần mỗi ngày và báo ngay khi vượt",
    "ngưỡng cho phép. Kinh phí bơm nước được chi từ nguồn thủy lợi phí đã giao đầu năm.",
    "Nơi nhận:",
    "- Như trên;",
    "- Lưu: VT.",
)


def letterhead(number: str, issuer: str = "ỦY BAN NHÂN DÂN XÃ CỒN LÁ", day: str = "12") -> list[str]:
    """The head that every document has; `number` is number and symbol as printed."""
    return [
        f"{issuer}   CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        f"Số: {number}   Cồn Lá, ngày {day} tháng 3 năm 2024",
    ]


def letter(number: str, issuer: str = "ỦY BAN NHÂN DÂN XÃ CỒN LÁ", body: Sequence[str] = BODY) -> list[str]:
    """The first page of a letter."""
    about = ["V/v chuẩn bị vụ nuôi tôm", "Kính gửi: Các ấp và tổ hợp tác trong xã."]
    return [*letterhead(number, issuer), *about, *body]


def decision(number: str) -> list[str]:
    """The first page of a decision that issues a regulation."""
    title = ["QUYẾT ĐỊNH", "Ban hành Quy chế quản lý kênh cấp nước", "ỦY BAN NHÂN DÂN XÃ CỒN LÁ"]
    return [*letterhead(number), *title, "Căn cứ Luật Tổ chức chính quyền địa phương;", *BODY]


PAGE_AFTER = list(MORE)
REGULATION = [
    "ỦY BAN NHÂN DÂN XÃ CỒN LÁ   CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Độc lập - Tự do - Hạnh phúc",
    "QUY CHẾ",
    "Quản lý kênh cấp nước trên địa bàn xã",
    "(Ban hành kèm theo Quyết định số 31/QĐ-UBND ngày 12 tháng 3 năm 2024)",
    *BODY,
]
APPLICATION = [
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Độc lập - Tự do - Hạnh phúc",
    "ĐƠN ĐỀ NGHỊ CẤP NƯỚC",
    "Kính gửi: Ủy ban nhân dân xã Cồn Lá",
    "Họ và tên: ........................ Số hộ: ..........",
    "Cồn Lá, ngày ... tháng ... năm 2024",
    *MORE,
]
FORM = [
    "Mẫu số 01",
    *letterhead("       /BC-THT", issuer="ỦY BAN NHÂN DÂN XÃ CỒN LÁ TỔ HỢP TÁC"),
    "BÁO CÁO",
    "Tình hình lấy nước",
    *BODY,
]
OPEN_FORM = [
    *letterhead("……/BC-THT", issuer="TỔ HỢP TÁC SỐ MỘT"),
    "BÁO CÁO",
    "Tình hình lấy nước",
    *BODY,
]
ANNEX = [
    "ỦY BAN NHÂN DÂN XÃ CỒN LÁ   CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    "Độc lập - Tự do - Hạnh phúc",
    "PHỤ LỤC",
    "DANH MỤC KÊNH CẤP NƯỚC",
    "(Kèm theo Kế hoạch số 31/KH-UBND ngày 12 tháng 3 năm 2024)",
    *BODY,
]
ANNEXED_PLAN = [
    *letterhead("77/KH-UBND"),
    "KẾ HOẠCH",
    "Lấy nước vụ xuân hè",
    "(Kèm theo Công văn số 31/UBND-KT ngày 12 tháng 3 năm 2024)",
    *BODY,
]
