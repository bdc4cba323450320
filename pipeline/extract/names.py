"""Numbers that are not figures: parts of names, symbols of documents, articles, addresses, list marks.

Each pattern says what it hides; `spans` returns the stretches of a text in which no figure is to be sought.
"""

from __future__ import annotations

import re

from pipeline.extract import dates

_DOCUMENT_TYPES = (
    "Nghị quyết|Nghị định|Quyết định|Thông tư(?: liên tịch)?|Chỉ thị|Công văn|Kế hoạch|Thông báo|Kết luận|Báo cáo|"
    "Tờ trình|Luật|Pháp lệnh|Hướng dẫn|Chương trình|Công điện|Quy định|Quy chế|Đề án|Hợp đồng|Biên bản|Giấy phép|"
    "QĐ|NQ|NĐ|TT|CT|CV|KH|TB|BC|ĐA"
)
_NUMBERED = (
    "Điều|khoản|điểm|Chương|Mục|Phần|Phụ lục|Biểu|Bảng|Mẫu|Hình|Phiên bản|Tiểu mục|trang|dòng|cột|câu|tiêu chí|"
    "chỉ tiêu|nội dung|nhiệm vụ|mục tiêu|giải pháp|cấp độ|mức độ|mức|hạng|loại|nhóm|bậc|lớp|khối|tầng|phòng|tổ|ấp|"
    "thôn|khu phố|khóm|khu vực|quận|phường|đường|ngõ|hẻm|km|Quốc lộ|Tỉnh lộ|QL|ĐT|Tổng đài|đầu số|kênh|thế hệ|khóa|"
    "kỳ|lần|lần thứ|thứ|đợt|tuần|quý|tháng|năm|giai đoạn|nhiệm kỳ|Top|TOP|công nghiệp|Công nghiệp|Windows|Vùng|Đài|"
    "Sư đoàn|Trung đoàn|Trường|Bệnh viện|Chi nhánh|ISO|TCVN|QCVN|tiêu chuẩn|Nghị quyết|phiên họp thứ|Kỳ họp thứ"
)
_ORDINAL = r"(?:thứ|số)\s*(?::)?\s*"
_PATTERNS = tuple(
    re.compile(pattern, flags)
    for pattern, flags in (
        # addresses and mail
        (r"(?:https?://|www\.)\S+|\b[\w.-]+@[\w.-]+|\b(?:[\w-]+\.)+(?:vn|com|gov|org|net)\b\S*", re.I),
        # symbols of documents: 57-NQ/TW, 388/SKHCN-CĐS, 85/2016/NĐ-CP, 07/2017/QH14, 07 /KH-VPUBND, 02-KH/BCĐTW
        (r"\b\d+[A-Za-z]?\s?/\s?\d{4}\s?/\s?[A-ZĐ][\w&-]*(?:[-/][A-ZĐ][\w&-]*)*", 0),
        (r"\b\d+[A-Za-z]?\s?[-/.…]+\s?[A-ZĐ]{1,}[A-ZĐa-z0-9&]*(?:\s?[-/&]\s?[A-ZĐ0-9][\w&]*)*", 0),
        # a document's type with its number alone: Nghị quyết 57, Quyết định số 422, Thông tư 03/2014
        (rf"\b(?:{_DOCUMENT_TYPES})\s+(?:số\s*)?:?\s*\d+[A-Za-z]?(?:/\d{{4}})?(?![\d.,]*\s*(?:%|tỷ|triệu))(?:/\w+)?", 0),
        (r"\b(?:số(?: hiệu)?|Số|ký hiệu|mã(?: số)?|ĐT|điện thoại|hotline|Tel|Fax|đường dây nóng)\s*:\s*[\d][\d.\s-]{3,}\d(?=\s*[/;,.)]|\s*$)"
         r"(?<!\.\d{3})", re.I),
        (r"\b0\d{2,3}[. ]?\d{3}[. ]?\d{3,4}\b", 0),
        # standards and things named by letters and digits: 5G, ISO 9001:2015, QĐ06, VNVC2
        (r"\b\d{3,5}:\s?\d{4}(?:/\w+)?", 0),
        (r"[^\W\d_]+-?\d+(?:[.,:-]\d+)*\w*", 0),
        (r"\b(?<![.,/])\d+[A-ZĐ][A-Za-zĐ]*\b(?!%)", 0),
        (r"\b(?:24/7|24/24|7/7|1/500|1/2000)\b|\b24\s?h\b", 0),
        (r"\b\d\.0\b(?!\s*\d)", 0),
        # numbered things: Điều 5, khoản 1, cấp độ 3, Quốc lộ 1, lần thứ 34, Thứ 2, 4, 6
        (rf"\b(?:{_NUMBERED})\s+(?:thứ\s+|số\s+)?\d+(?:(?:\s*[,;-]\s*|\s+và\s+)\d{{1,2}}(?![\d.,/]*\s*[%\w]))*(?![\d/]|[.,]\d)(?!\s*%)"
         r"(?=\s*(?:[.,;:)\]”\"]|$|của|về|và|đến|tại|trên|theo|năm|tháng|do|là|thuộc|[A-ZĐ(]))", re.I),
        (r"\b(?:số|thứ)\s+\d{1,3}(?=\s*(?:[;)\]”\"]|$|của\b|năm\b))", re.I),
        # periods that state numbers
        (r"\b\d{1,2}\s+tháng\s+(?:đầu|cuối)\s+(?:năm|nhiệm kỳ)(?:\s+\d{4})?|\b\d{1,2}\s+năm\s+(?:qua|gần đây|tới)", re.I),
        (r"\b(?:tháng|quý|năm|giai đoạn|nhiệm kỳ|từ|đến|đến năm|năm học|Khóa)\s+\d{4}(?:\s*[-–/]\s*\d{4})?(?![\d.,]\d|\s*%)", re.I),
        (r"\b(?:19|20)\d{2}\s*[-–]\s*(?:19|20)?\d{2}\b", 0),
        (r"\btháng\s+\d{1,2}(?:/\d{4})?\b|\b(?:\d{1,2}/)(?:19|20)\d{2}\b", re.I),
        (r"\b\d{1,2}\s?(?:giờ|h)\s?\d{0,2}(?:\s?phút)?(?=\s*(?:[,.;)]|ngày|sáng|chiều))", re.I),
        # a rank or an age that belongs to a name: 3 sao, dưới 6 tuổi, chính quyền 02 cấp, quét 360 độ
        (r"\b\d{1,2}(?:\s*-\s*\d{1,2})?\s+(?:sao|tuổi|cấp)\b", re.I),
        (r"\b360\s+độ\b|\b\d{1,2}\s+con số\b|±\s*[\d.,]+", 0),
        (r"\b\d{1,2}\s+năm\s+(?=\d{4}\s*[-–])", re.I),
        (r"\bvăn bằng\s+\d\b", re.I),
        # years within lists: 2021, 2022 và 2023
        (r"(?<=năm )(?:20\d{2}(?:,| và)\s*)+20\d{2}", 0),
    )
)  # fmt: skip
_LIST_MARK = re.compile(
    r"(?:^|(?<=[\s;:.,]))\(\d{1,2}\)(?=\s)|^\s*\d{1,2}(?:\.\d{1,2})*[.)]\s*(?=[^\d\s])|^\s*\d{1,2}(?:\.\d{1,2})+\s"
)


def spans(text: str) -> list[tuple[int, int]]:
    """Return the stretches [start, end) of a text whose numbers are no figures, sorted."""
    found = [match.span() for pattern in _PATTERNS for match in pattern.finditer(text)]
    found += [match.span() for match in _LIST_MARK.finditer(text)]
    found += dates.spans(text)
    return sorted(found)
