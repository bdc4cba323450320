"""Numbers that are not figures: parts of names, symbols of documents, articles, addresses, dates, list marks.

Each pattern hides one kind of name; `spans` returns the stretches of a text in which no figure is to be sought.
"""

from __future__ import annotations

import re

from pipeline.extract import dates
from pipeline.language.letters import UPPER
from pipeline.language.spelling import one_spelling

_DOCUMENTS = (
    "Nghị quyết|Nghị định|Quyết định|Thông tư(?: liên tịch)?|Chỉ thị|Công văn|Kế hoạch|Thông báo|Kết luận|Báo cáo|"
    "Tờ trình|Luật|Pháp lệnh|Hướng dẫn|Chương trình|Công điện|Quy định|Quy chế|Đề án|Hợp đồng|Biên bản|Giấy phép|"
    "QĐ|NQ|NĐ|TT|CT|CV|KH|TB|BC|ĐA"
)
# Nouns whose number behind them tells one from another and counts nothing: "khoản 1", "Quốc lộ 1", "lần thứ 34".
_NUMBERED = (
    "Điều|khoản|(?<!khởi )(?<!thời )(?<!trọng )(?<!địa )điểm|Chương|Mục|Phần|Phụ lục|Biểu|Bảng|Mẫu|Hình|Phiên bản|"
    "Tiểu mục|trang|dòng|cột|câu|tiêu chí|"
    "chỉ tiêu|nội dung|nhiệm vụ|mục tiêu|giải pháp|cấp độ|mức độ|mức|hạng|loại|nhóm|bậc|lớp|khối|tầng|tổ|ấp|"
    "(?<!dự )(?<!quốc )(?<!văn )phòng|thôn|khu phố|khóm|khu vực|quận|phường|đối tượng|đường|ngõ|hẻm|km|"
    "Quốc lộ|Tỉnh lộ|QL|ĐT|Tổng đài|đầu số|kênh|thế hệ|khóa|"
    "kỳ|lần|lần thứ|thứ|đợt|tuần|quý|tháng|năm|giai đoạn|nhiệm kỳ|Top|công nghiệp|Windows|Vùng|Đài|Sư đoàn|"
    "Trung đoàn|Trường|Bệnh viện|Chi nhánh|Thuế cơ sở|ISO|TCVN|QCVN|tiêu chuẩn|phiên họp thứ|Kỳ họp thứ|văn bằng"
)
_PLACES = "xã|phường|thị trấn|huyện|quận|thành phố|tỉnh|thị xã|khu phố|ấp|thôn|trường"
_BEHIND_A_NAME = (
    rf"(?=\s*(?:[.,;:)\]”\"]|$|của|về|và|đến|tại|trên|theo|năm|tháng|do|là|thuộc|(?-i:[{UPPER}(])"
    rf"|(?:{_PLACES})\s+(?-i:[{UPPER}])))"
)
_SYMBOL_PART = rf"[{UPPER}][\w&]*"
_ANY_CASE = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        # addresses and mail
        r"(?:https?://|www\.)\S+|\b[\w.-]+@[\w.-]+|\b(?:[\w-]+\.)+(?:vn|com|gov|org|net)\b\S*",
        # telephone numbers
        r"\b(?:điện thoại|đường dây nóng|hotline|tel|fax|ĐT|SĐT)\s*(?:số)?\s*:?\s*[\d.\s()+-]{4,}\d",
        # articles and clauses, lists of them too: "khoản 1, 2 và 3 Điều 85"
        r"\b(?:Điều|khoản|Chương|Mục|điểm)\s+\d+[a-zđ]?(?:\s*(?:,|;|và|đến|hoặc|-)\s*(?:Điều\s+|khoản\s+)?\d+[a-zđ]?\b)*"
        r"(?=\s*(?:[.,;:)]|$|Điều|khoản|Luật|Bộ luật|Nghị|Quyết|Thông tư|của|này|và|hoặc|đến))",
        # numbered things, lists of them too: "Thứ 2, 4, 6"
        rf"\b(?:{_NUMBERED})\s+(?:thứ\s+|số\s+)?\d+(?:(?:\s*[,;-]\s*|\s+(?:và|đến)\s+)\d{{1,2}}(?![\d.,/]*\s*[%\w]))*"
        rf"(?![\d/]|[.,]\d)(?!\s*%){_BEHIND_A_NAME}",
        r"\b(?:số|thứ)\s+\d{1,3}(?=\s*(?:[;)\]”\"]|$|của\b|năm\b))",
        # phases and ranks, whatever stands behind them: "giai đoạn 2 dự án"
        r"\b(?:giai đoạn|đợt|khóa|hạng|cấp độ|mức độ|phiên bản|thế hệ)\s+\d{1,2}(?![\d.,/]*[\d%])(?!\s*%)",
        # storms, levels of wind and water, milestones, and things told apart by "số": "bão số 10", "doanh nghiệp số 1"
        r"\b(?:bão|áp thấp nhiệt đới|mỏ|lô|cụm|trạm|hồ|cống|cầu|đội|tổ|nhà máy|doanh nghiệp|dự án|khu vực|cơ sở)"
        r"\s+số\s+\d{1,3}\b(?![.,/]\d|\s*%)",
        r"\b(?:báo động|(?:gió|mưa|bão|mạnh(?: nhất)?|giật|lên|sức gió)\s+cấp|rủi ro thiên tai cấp)\s+(?:số\s+)?\d{1,2}"
        r"(?:\s*[-–,]\s*(?:cấp\s+)?\d{1,2})?(?![\d.,/]*[\d%])(?!\s*%)",
        r"\b(?:cột mốc|mốc(?: giới| số)?)\s+\d{1,4}(?:/\d)?(?:\s*[-–]\s*\d{1,4})?(?![.,]\d|\s*%)",
        # periods that state numbers
        r"\b\d{1,2}\s+tháng\s+(?:đầu|cuối)\s+(?:năm|nhiệm kỳ)(?:\s+\d{4})?|\b\d{1,2}\s+năm\s+(?:qua|gần đây|tới)",
        r"\b(?:(?:tháng|quý|năm|giai đoạn|nhiệm kỳ|đến năm|năm học|khóa)\s+\d{2}|(?:từ|đến)\s+(?:19|20))\d{2}"
        r"(?:\s*[-–/]\s*\d{4})?(?![\d.,]\d|\s*%|\s+(?:đến|tới)\s+\d+\s+đồng|\s+(?:đồng|VN[DĐ])\b)",
        r"\bquý\s+(?:[IV]+|\d)(?:\s*/\s*\d{4})?\b|\btháng\s+\d{1,2}(?:/\d{4})?\b(?![.,]\d{1,3}(?!\d))"
        r"|\b\d{1,2}/(?:19|20)\d{2}\b",
        r"(?<!thời hạn )(?<!kéo dài )(?<!trong vòng )(?<!hơn )(?<!gần )(?<!khoảng )(?<!trên )"
        r"\b\d{1,2}\s+tháng(?=\s*(?:[,.;:)]|$|và\b|năm\b|đầu\b|cuối\b))",
        r"(?<!thời hạn )(?<!kéo dài )(?<!trong vòng )(?<!sau )(?<!hơn )\b(?:0?[369]|1[01])\s+tháng"
        r"(?=\s+(?:ước|đạt|thực hiện)\b)",
        r"\b(?:vòng|lần thứ|đợt thứ)\s+\d{1,2}\b(?!\s*[%/])",
        r"\bngày\s+\d{1,2}(?=\s+(?:hằng|hàng)\s+tháng)|\b\d{1,2}/\d{1,2}/\d{2,5}\b|\b\d{1,2}\s?h\s?\d{2}\b",
        r"\b(?:[01]?\d|2[0-4])\s?(?:giờ|h)\s?\d{0,2}(?:\s?phút)?"
        r"(?=\s*(?:[,.;)]|ngày|sáng|trưa|chiều|tối|đêm|thứ\s|hằng|hàng|mỗi))",
        r"\bkỷ niệm\s+\d{1,4}\s+năm\b",
        r"\b\d{1,2}\s+năm\s+(?=\d{4}\s*[-–])",
        r"(?<=năm )(?:20\d{2}(?:,| và)\s*)+20\d{2}",
        # a rank, an age, a tier that belongs to a name: "3 sao", "dưới 6 tuổi", "chính quyền 02 cấp", "02 con số"
        r"\b\d{1,2}(?:\s*-\s*\d{1,2})?\s+(?:sao|tuổi|cấp|con số)\b|\b360\s+độ\b|\b\d{2}\s+năm\s+tuổi\s+(?:đảng|nghề)\b",
        # a tolerance
        r"±\s*[\d.,]+",
    )
)
_AS_WRITTEN = tuple(
    re.compile(pattern)
    for pattern in (
        # symbols of documents: 85/2016/NĐ-CP, 07/2017/QH14; 57-NQ/TW, 388/SKHCN-CĐS, 07 /KH-VPUBND
        rf"\b\d+[A-Za-z]?\s?/\s?\d{{4}}\s?/\s?{_SYMBOL_PART}(?:[-/]{_SYMBOL_PART})*",
        rf"\b\d+[A-Za-z]?\s?[-/.…]+\s?{_SYMBOL_PART}(?:\s?[-/&]\s?[{UPPER}\d][\w&]*)*",
        # a document's type with its number alone: Nghị quyết 57, Quyết định số 422, Thông tư 03/2014
        rf"\b(?:{_DOCUMENTS})\s+(?:số\s*)?:?\s*\d+[A-Za-z]?(?:/\d{{4}})?(?![\d.,]*\s*(?:%|tỷ|triệu))(?:/\w+)?",
        r"\bThuế cơ sở\s+\d{1,2}\b|\bĐiều\s+\d{1,3}\b(?!\s*%)",
        r"\b0\d{2,3}[. ]?\d{3,4}[. ]?\d{3,4}\b",
        # the moment of a digital signature: 2025-10-28T14:52:53+0700
        r"\b\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:[.,]\d+)?(?:Z|[+-]\d{2}:?\d{2})?",
        # standards and things named by letters and digits: ISO 9001:2015, 5G, QĐ06
        r"\b\d{3,5}:\s?\d{4}(?:/\w+)?",
        r"(?<![^\W\d_])(?!VN[DĐ]\d)[^\W\d_]+-?\d+(?:[.,:-]\d+)*\w*",
        rf"(?<![.,/])\b\d+[{UPPER}]\w*\b(?!%)",
        r"\b(?:24/7|24/24|7/7|1/500|1/2000)\b|\b24\s?h\b|\b\d\.0\b(?!\s*\d)",
        r"\b(?:19|20)\d{2}\s*[-–]\s*(?:19|20)?\d{2}\b",
        # list marks: "(1)" before an item, "2.1." at the beginning
        r"(?:^|(?<=[\s;:.,]))\(\d{1,2}\)(?=\s)",
        r"^\s*\d{1,2}(?:\.\d{1,2})*[.)]\s*(?=[^\d\s])|^\s*\d{1,2}(?:\.\d{1,2})+\s",
        # numbers of sections: "5.4.1" wherever it stands, "5.4" where it opens an item that has a bullet as well
        r"(?<![\d.,])\d{1,2}(?:\.\d{1,2}){2,}(?!\d|[.,]\d)",
        rf"^\s*[-–+•*]\s*\d{{1,2}}(?:\.\d{{1,2}})+\s(?=[{UPPER}])",
    )
)


def spans(text: str) -> list[tuple[int, int]]:
    """Return the stretches [start, end) of a text whose numbers are no figures, sorted."""
    spelled = one_spelling(text)
    found = [match.span() for pattern in (*_ANY_CASE, *_AS_WRITTEN) for match in pattern.finditer(spelled)]
    return sorted([*found, *dates.spans(text)])
