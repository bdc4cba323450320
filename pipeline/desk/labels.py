"""What the desk calls things, in both languages."""

from __future__ import annotations

from enum import Enum

from pipeline.archive.accounts import Role
from pipeline.archive.cited import CitedKind, CitedOrder, Holding
from pipeline.archive.document_list import DocumentOrder
from pipeline.archive.task_list import Due
from pipeline.archive.uploads import UploadState
from pipeline.desk.visits import Language
from pipeline.extract.catalogue import IndicatorKind
from pipeline.models import Grade, Kind, LineRole, Recurrence, ReviewStatus, Severity, Status, Verdict
from pipeline.reconcile.times import Frequency

_NAMED: tuple[tuple[Enum, tuple[str, str]], ...] = (
    (Role.READER, ("Người đọc", "Reader")),
    (Role.OFFICER, ("Chuyên viên", "Officer")),
    (Role.ADMINISTRATOR, ("Quản trị", "Administrator")),
    (DocumentOrder.NEWEST, ("Mới nạp trước", "Newest first")),
    (DocumentOrder.DATE, ("Ngày ban hành", "Date of issue")),
    (DocumentOrder.NAME, ("Tên tệp", "File name")),
    (DocumentOrder.ISSUER, ("Cơ quan ban hành", "Issuer")),
    (DocumentOrder.GRADE, ("Khó đọc trước", "Worst read first")),
    (DocumentOrder.CONFLICTS, ("Nhiều mâu thuẫn trước", "Most conflicts first")),
    (DocumentOrder.DOUBTS, ("Nhiều từ nghi ngờ trước", "Most doubtful words first")),
    (Grade.EXCELLENT, ("Rất tốt", "Excellent")),
    (Grade.GOOD, ("Tốt", "Good")),
    (Grade.FAIR, ("Tạm được", "Fair")),
    (Grade.POOR, ("Kém", "Poor")),
    (Verdict.CONFLICT, ("Mâu thuẫn", "Conflict")),
    (Verdict.UNKNOWN, ("Cần xem lại", "To be looked at")),
    (Verdict.CONSISTENT, ("Khớp", "Holds")),
    (Severity.HIGH, ("Cao", "High")),
    (Severity.MEDIUM, ("Vừa", "Medium")),
    (Severity.LOW, ("Thấp", "Low")),
    (Severity.NONE, ("Không", "None")),
    (ReviewStatus.OPEN, ("Chưa xử lý", "Open")),
    (ReviewStatus.ACCEPTED, ("Đã xác nhận", "Accepted")),
    (ReviewStatus.DISMISSED, ("Đã bác bỏ", "Dismissed")),
    (UploadState.WAITING, ("Đang chờ", "Waiting")),
    (UploadState.WORKING, ("Đang đọc", "Being read")),
    (UploadState.READ, ("Đang đối soát", "Being reconciled")),
    (UploadState.DONE, ("Xong", "Done")),
    (UploadState.FAILED, ("Không đọc được", "Failed")),
    (Due.OVERDUE, ("Quá hạn", "Overdue")),
    (Due.SOON, ("Trong 30 ngày tới", "Within 30 days")),
    (Due.LATER, ("Sau đó", "Later")),
    (Due.RECURRING, ("Định kỳ, thường xuyên", "Recurring")),
    (Due.OPEN, ("Không ghi ngày", "No date given")),
    (Recurrence.CONTINUOUS, ("Thường xuyên", "Continuous")),
    (Recurrence.DAILY, ("Hằng ngày", "Daily")),
    (Recurrence.WEEKLY, ("Hằng tuần", "Weekly")),
    (Recurrence.MONTHLY, ("Hằng tháng", "Monthly")),
    (Recurrence.QUARTERLY, ("Hằng quý", "Quarterly")),
    (Recurrence.HALF_YEARLY, ("Sáu tháng một lần", "Half-yearly")),
    (Recurrence.YEARLY, ("Hằng năm", "Yearly")),
    (Kind.COUNT, ("Số đếm", "Count")),
    (Kind.MONEY, ("Tiền", "Money")),
    (Kind.PERCENT, ("Tỷ lệ", "Percentage")),
    (Kind.FRACTION, ("Phân số", "Fraction")),
    (Kind.RANGE, ("Khoảng", "Range")),
    (Status.RESULT, ("Kết quả", "Result")),
    (Status.TARGET, ("Chỉ tiêu", "Target")),
    (Status.ESTIMATE, ("Ước", "Estimate")),
    (IndicatorKind.STOCK, ("Số thời điểm", "Stock")),
    (IndicatorKind.FLOW, ("Số thời kỳ", "Flow")),
    (IndicatorKind.RATE, ("Tỷ lệ", "Rate")),
    (CitedKind.NUMBERED, ("Có số, ký hiệu", "By number")),
    (CitedKind.NAMED, ("Luật nêu theo tên", "Laws by name")),
    (CitedOrder.TIMES, ("Số lần được dẫn", "Times cited")),
    (CitedOrder.DOCUMENTS, ("Số văn bản dẫn", "Citing documents")),
    (CitedOrder.DATE, ("Ngày ban hành", "Date of issue")),
    (CitedOrder.NUMBER, ("Số, tên", "Number, name")),
    (Holding.HELD, ("Có trong kho", "In the archive")),
    (Holding.MISSING, ("Không có trong kho", "Not in the archive")),
    (Frequency.YEAR, ("theo năm", "by year")),
    (Frequency.HALF_YEAR, ("theo sáu tháng", "by half-year")),
    (Frequency.QUARTER, ("theo quý", "by quarter")),
    (Frequency.MONTH, ("theo tháng", "by month")),
    (Frequency.DAY, ("tại thời điểm", "on a day")),
    (Frequency.OTHER, ("kỳ khác", "another span")),
    (LineRole.BODY, ("Nội dung", "Body")),
    (LineRole.NOTE, ("Chú thích", "Footnote")),
    (LineRole.NOTE_MORE, ("Chú thích", "Footnote")),
    (LineRole.RUNNING_HEAD, ("Đầu, chân trang", "Running head")),
    (LineRole.PAGE_NUMBER, ("Số trang", "Page number")),
    (LineRole.NOISE, ("Nét thừa", "Noise")),
)
# Values of different kinds may be equal: an open finding is no open deadline.
_LABELS = {(type(value), value): names for value, names in _NAMED}

CHECKS: dict[str, tuple[str, str]] = {
    "sum.parts": ("Tổng và các phần", "Sum of parts"),
    "sum.part-exceeds-whole": ("Phần lớn hơn tổng", "Part exceeds whole"),
    "sum.inline": ("Tổng trong câu", "Sum within a sentence"),
    "sum.parallel": ("Tổng của bảng viết thành câu", "Sum of a table in a sentence"),
    "sum.shares": ("Các phần theo tỷ lệ", "Shares of a total"),
    "table.row": ("Hàng của bảng", "Table row"),
    "table.column": ("Cột của bảng", "Table column"),
    "table.text": ("Bảng và lời văn", "Table against text"),
    "table.rate": ("Cột tỷ lệ của bảng", "Rates of a table"),
    "area.parts": ("Đơn vị cũ và đơn vị mới", "Former and merged units"),
    "area.merged": ("Đơn vị cũ và đơn vị mới, nhiều văn bản", "Former and merged units, many documents"),
    "rate.counts": ("Tỷ lệ và hai số đếm", "Rate of two counts"),
    "rate.pooled": ("Tỷ lệ chung và từng nơi", "Rate of the whole"),
    "rate.over-100": ("Tỷ lệ trên 100%", "Share above 100%"),
    "change.percent": ("Tăng, giảm theo tỷ lệ", "Change in per cent"),
    "change.count": ("Tăng, giảm theo số", "Change in numbers"),
    "words.amount": ("Số và chữ", "Amount in words"),
    "amount.total": ("Số tiền và tổng của văn bản", "Amount and total of a document"),
    "list.names": ("Số và danh sách tên", "Count and names"),
    "list.items": ("Số và các mục", "Count and items"),
    "fact.document": ("Cùng số liệu trong một văn bản", "One fact, one document"),
    "fact.documents": ("Cùng số liệu ở nhiều văn bản", "One fact, many documents"),
    "series.falls": ("Lũy kế giảm", "A running total falls"),
    "series.contained": ("Kỳ ngắn vượt kỳ dài", "A span exceeds the longer one"),
    "series.jump": ("Số liệu nhảy vọt", "A stock that jumps"),
    "series.roll-forward": ("Kỳ trước, trong kỳ, lũy kế", "Roll-forward"),
    "event.retold": ("Một việc kể hai lần", "One event told twice"),
    "target.result": ("Chỉ tiêu và kết quả", "Target and result"),
    "citation.dates": ("Ngày của văn bản viện dẫn", "Dates of a citation"),
    "citation.year": ("Năm của văn bản viện dẫn", "Year of a citation"),
    "citation.future": ("Viện dẫn văn bản ban hành sau", "Citation of a later document"),
    "date.span": ("Khoảng thời gian", "Span of time"),
    "document.copies": ("Văn bản trùng", "Copies of a document"),
    "document.versions": ("Hai bản của một văn bản", "Versions of a document"),
}
"""What the checks of docs/CHECKS.md are called."""


def label(value: Enum, language: Language) -> str:
    """Return what a value is called."""
    return _of(_LABELS[type(value), value], language)


def check(code: str, language: Language) -> str:
    """Return what a check is called; its code where it has no name."""
    return _of(CHECKS.get(code, (code, code)), language)


def _of(names: tuple[str, str], language: Language) -> str:
    return names[1] if language is Language.EN else names[0]
