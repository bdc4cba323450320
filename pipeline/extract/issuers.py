"""Who issued a document that a text names: "… của Bộ Chính trị về …", "UBND tỉnh đã ban hành Quyết định số …"."""

from __future__ import annotations

import re

from pipeline.language.letters import UPPER

# Bodies that are named by what they are for; the name of the field may hold commas: "Ban Chỉ đạo … về phát triển khoa
# học, công nghệ, đổi mới sáng tạo và chuyển đổi số".
_NAMED_BY_FIELD = r"(?:Tiểu ban|Ban Chỉ đạo|Ban Chủ nhiệm|Tổ giúp việc|Tổ công tác|Tổ thư ký|Hội đồng|Ủy ban Quốc gia)"
_ITEM = r"[^\W\d_]+(?:\s+[^\W\d_]+){0,6}?"
_FIELD = rf"(?:(?:{_ITEM},\s+)*{_ITEM}\s+và\s+[^\W\d_]+(?:\s+[^\W\d_]+){{0,3}}?|{_ITEM})"
_STOPS = (
    r"(?=\s+(?:[vV]ề|ban hành|phê duyệt|quy định|sửa đổi|triển khai|thực hiện|tại|đã|được|theo|tổ chức|chấp thuận|giao|"
    r"hướng dẫn|trên|có|của|yêu cầu|thông báo|đề nghị|chỉ đạo|nhằm|để|gửi|và\s+(?![A-ZĐÀ-Ỹ])|"
    r"và\s+(?:Nghị|Quyết|Kế|Công|Thông|Chỉ|Luật))\b|\s+[A-ZĐ]?\(|[,;.()]|$)"
)
_BEHIND = re.compile(
    rf"[,\s]*của\s+(?P<issuer>{_NAMED_BY_FIELD}(?:\s+(?!về\b)[^\W\d_]+){{0,7}}\s+về\s+(?!việc\b){_FIELD}{_STOPS}"
    rf"|[{UPPER}][^,;.()]*?{_STOPS})"
)
_BODY = (
    r"(?:UBND|HĐND|Ủy ban nhân dân|Uỷ ban nhân dân|Hội đồng nhân dân|Ban Thường vụ|Thường trực|Tỉnh ủy|Thành ủy|"
    r"Đảng ủy|Chủ tịch|Thủ tướng|Chính phủ|Quốc hội|Văn phòng|Sở|Bộ|Ban|Cục|Chi cục|Công an|Trung tâm|Tổng cục|Kho bạc|"
    r"Bảo hiểm|Thanh tra|Liên đoàn|Mặt trận|Hội|Trường|Bệnh viện)"
)
_BEFORE = re.compile(
    rf"(?:^|[\s,;(–-])(?P<issuer>{_BODY}\b(?:\s+(?!đã\b|có\b|vừa\b|ban\b)[^\W\d_]+){{0,8}})\s+"
    r"(?:(?:đã|vừa)\s+)?(?:kịp thời\s+)?(?:ban hành|có)\s+$"
)


def behind(text: str, end: int) -> re.Match[str] | None:
    """Match what says whose the document is that is named up to `end`; the group `issuer` is the body's name."""
    return _BEHIND.match(text, end)


def before(text: str, start: int) -> str | None:
    """Return the body that is said, right before `start`, to have issued the document that is named there."""
    match = _BEFORE.search(text[:start])
    return " ".join(match["issuer"].split()) if match else None
