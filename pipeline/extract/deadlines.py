"""By when: the deadlines of tasks, as dates and as recurrences.

"trước ngày 20/12/2025" and "chậm nhất trong tháng 11" name a last day, "thường xuyên" and "hằng quý" a recurrence,
"trước ngày 15 hằng tháng" a recurrence alone. In a sentence a time is a deadline only behind a word that says so; in
the cell or on the line that is there for deadlines, all of it is one. A time without a year is the next of its name:
who sets a deadline looks ahead.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pipeline.models import Recurrence

_QUARTERS = {"I": 1, "II": 2, "III": 3, "IV": 4, "1": 1, "2": 2, "3": 3, "4": 4}
# Readers take the strokes of a Roman numeral for 1, l and H.
_QUARTER = r"(?:IV|[I1lLH]{1,3}|[1-4])"
_STROKES = str.maketrans({"1": "I", "L": "I", "H": "II"})
_OF_YEAR = r"(?:\s*(?:[/⁄]{1,2}|-|,?\s*năm\s+)\s*(?P<y>\d{4}))?(?!\d)"
_WEEKS = 5
_JOINED = r"\s*(?:,|;|và|-|–|đến|đến hết)\s*"


@dataclass(frozen=True)
class Clock:
    """What undated times are read by: the day on which the document was signed, and the year that it is about."""

    today: dt.date | None = None
    year: int | None = None


@dataclass(frozen=True)
class Deadline:
    """A deadline at [start, end) of a text; `text` is what is printed of it."""

    start: int
    end: int
    text: str
    date: dt.date | None = None
    recurrence: Recurrence | None = None


@dataclass(frozen=True)
class _Time:
    """A time at [start, end) of a text, from its first day to its last."""

    start: int
    end: int
    first: dt.date
    last: dt.date


_Span = tuple[dt.date, dt.date] | None
_Read = Callable[[re.Match[str], int], _Span]


def _day(match: re.Match[str], year: int) -> _Span:
    try:
        date = dt.date(year, int(match["m"]), int(match["d"]))
    except ValueError:
        return None
    return date, date


def _week(match: re.Match[str], year: int) -> _Span:
    """Read "tuần 2 tháng 3": the second seven days of the month; the last week ends with it."""
    week, month = int(match["n"]), int(match["m"])
    if not (1 <= week <= _WEEKS and 1 <= month <= 12):
        return None
    last = calendar.monthrange(year, month)[1] if week >= _WEEKS - 1 else 7 * week
    return dt.date(year, month, 7 * week - 6), dt.date(year, month, last)


def _months(year: int, first: int, last: int) -> _Span:
    if not 1 <= first <= last <= 12:
        return None
    return dt.date(year, first, 1), dt.date(year, last, calendar.monthrange(year, last)[1])


def _month(match: re.Match[str], year: int) -> _Span:
    return _months(year, int(match["last"]), int(match["last"]))


def _quarter(match: re.Match[str], year: int) -> _Span:
    written = match["last"].upper()
    quarter = _QUARTERS.get(written) or _QUARTERS.get(written.translate(_STROKES))
    return _months(year, 3 * quarter - 2, 3 * quarter) if quarter else None


def _months_of_year(match: re.Match[str], year: int) -> _Span:
    count = int(match["n"])
    return _months(year, 1, count) if match["half"].lower() == "đầu" else _months(year, 13 - count, 12)


def _year(_: re.Match[str], year: int) -> _Span:
    return _months(year, 1, 12)


_TIMES: tuple[tuple[re.Pattern[str], _Read], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), read)
    for pattern, read in (
        (rf"\btuần\s+(?:thứ\s+)?(?P<n>[1-5])\s*,?\s+(?:của\s+)?tháng\s+(?P<m>\d{{1,2}}){_OF_YEAR}", _week),
        (rf"(?:ngày\s+)?\b(?P<d>\d{{1,2}})\s+tháng\s+(?P<m>\d{{1,2}}){_OF_YEAR}", _day),
        (
            r"(?:ngày\s+)?(?<![\d/.,-])(?P<d>\d{1,2})\s?(?P<sign>[/.-])\s?(?P<m>\d{1,2})\s?(?P=sign)\s?(?P<y>\d{4})(?![\d/-])",
            _day,
        ),
        (r"(?:(?<=trước )|(?<=hết )|\bngày\s+)(?P<d>\d{1,2})/(?P<m>\d{1,2})(?![\d/%]|[.,]\d)", _day),
        (
            rf"\btháng\s+(?:\d{{1,2}}{_JOINED}(?:tháng\s+)?)*(?P<last>\d{{1,2}})(?!\d|[.,]\d{{1,3}}(?!\d)|\s*/\s*\d{{1,2}}(?!\d)){_OF_YEAR}",
            _month,
        ),
        (rf"\bquý\s+(?:{_QUARTER}{_JOINED}(?:quý\s+)?)*(?P<last>{_QUARTER})\b{_OF_YEAR}", _quarter),
        (r"\b0?(?P<n>[369])\s+tháng\s+(?P<half>đầu|cuối)\s+năm(?:\s+(?P<y>\d{4}))?(?!\d)", _months_of_year),
        (r"\b(?:giai\s+đoạn\s+|năm\s+)?(?:19|20)\d{2}\s*(?:-|–|đến)\s*(?:năm\s+)?(?P<y>20\d{2})(?![\d/])", _year),
        (r"(?<!đầu )\bnăm\s+(?P<y>\d{4})(?!\d)", _year),
    )
)
# Where a deadline is sure to stand: "11/2025", "2026".
_BARE_TIMES: tuple[tuple[re.Pattern[str], _Read], ...] = (
    (re.compile(r"(?<![\d/.-])(?P<last>\d{1,2})\s?/\s?(?P<y>\d{4})(?!\d)"), _month),
    (re.compile(r"(?<![\d/.-])(?P<y>20\d{2})(?![\d/])"), _year),
)

_AGAIN = r"(?:hằng|hàng|mỗi)"
_RECURRENCES: tuple[tuple[re.Pattern[str], Recurrence], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), recurrence)
    for pattern, recurrence in (
        (
            rf"\b(?:định kỳ\s+)?(?:{_AGAIN}\s+)?(?:0?6|sáu)\s+tháng"
            rf"(?:\s+(?:một|1)\s+lần|\s*(?:,|/|và)\s*(?:{_AGAIN}\s+)?năm\b)",
            Recurrence.HALF_YEARLY,
        ),
        (r"\bđịnh kỳ\s+(?:0?6|sáu)\s+tháng\b", Recurrence.HALF_YEARLY),
        (rf"\btháng\s+(?:cuối|đầu)(?:\s+(?:{_AGAIN}|của|cùng))?\s+quý\b(?!\s+(?:[IV]+|\d))", Recurrence.QUARTERLY),
        (rf"\b{_AGAIN}\s+quý\b|\bđịnh kỳ\s+(?:theo\s+)?quý\b|\bquý\s+(?:một|1)\s+lần\b", Recurrence.QUARTERLY),
        (rf"\b{_AGAIN}\s+tháng\b|\bđịnh kỳ\s+(?:theo\s+)?tháng\b|\btháng\s+(?:một|1)\s+lần\b", Recurrence.MONTHLY),
        (rf"\b{_AGAIN}\s+tuần\b|\bđịnh kỳ\s+(?:theo\s+)?tuần\b", Recurrence.WEEKLY),
        (rf"\b{_AGAIN}\s+ngày\b", Recurrence.DAILY),
        (rf"\b{_AGAIN}\s+năm\b|\bđịnh kỳ\s+(?:theo\s+)?năm\b", Recurrence.YEARLY),
    )
)
_CONTINUOUS = re.compile(r"\b(?:thường\s+xuyên|liên\s+tục)\b", re.IGNORECASE)
# Of a recurrence that has a day: "trước ngày 15 hằng tháng", "trước ngày 20 của tháng cuối quý".
_DAY_OF = r"(?:(?:trước|vào|chậm nhất(?:\s+là)?|đến)\s+)?(?:ngày\s+(?:mùng\s+)?\d{1,2}\s+)?(?:của\s+)?(?:các\s+)?"
_DAY_BEFORE = re.compile(rf"{_DAY_OF}$", re.IGNORECASE)

# What makes a deadline of a time in a sentence, right before it.
_CUE = re.compile(
    r"(?:\b(?:(?:phải\s+)?(?:cơ bản\s+)?(?:hoàn\s+thành|hoàn\s+tất|thực\s+hiện\s+xong|làm\s+xong|xong)|"
    r"(?:chậm|muộn|trễ)\s+nhất|(?:xong\s+)?trước|hạn\s+cuối|"
    r"thời\s+(?:hạn|gian)(?:\s+(?:hoàn\s+thành|thực\s+hiện))?|đến\s+hết|đến\s+trước)"
    r"(?:\s+(?:là|vào|trong|trước|đến|hết|nhất|việc\s+này|nhiệm\s+vụ\s+này))*\s*:?\s*)+(?:cuối\s+|hết\s+)?"
    r"(?:\d{1,2}\s*(?:giờ|h|g)\s*(?:\d{2})?(?:\s*phút)?,?\s+(?:thứ\s+\w+,?\s+)?)?$",
    re.IGNORECASE,
)
_SINCE = re.compile(r"\btừ\s+(?:ngày\s+)?$", re.IGNORECASE)
_UNTIL = re.compile(r"\s*(?:-|–|đến|đến hết|tới)\s*(?:ngày\s+)?", re.IGNORECASE)
# What is to be done "trong quý I/2026" has no other word that sets a time.
_WITHIN = re.compile(r"\btrong\s+$", re.IGNORECASE)
_CLAUSE_END = re.compile(r"\s*(?:[.;,)]|/\.|$)")
_NEAR = 60  # characters before a recurrence in which its cue stands
_RECURRING_CUE = re.compile(r"\bđịnh\s+kỳ\b|\bbáo\s+cáo\b|\bgửi\b|\bngày\s+\d", re.IGNORECASE)
_REPORTED = re.compile(r"\s*,?\s*(?:tổng\s+hợp\s*,?\s*)?báo\s+cáo\b", re.IGNORECASE)
# A deadline as a sentence or bracket of its own.
_OWN_START = r"(?:^|[.;(–-]\s*|,\s*(?=hoàn thành|thực hiện thường))"
_OWN_CONTINUOUS = re.compile(
    rf"{_OWN_START}(?P<text>(?:(?:nhiệm vụ|thực hiện|tiến hành)\s+)*thường\s+xuyên(?:,?\s*liên\s+tục)?"
    r"(?:\s+(?:trong|hằng|hàng)\s+[^.;()]{3,40})?)\s*(?=[.;)]|$)",
    re.IGNORECASE,
)
_RELATIVE = re.compile(
    r"\b(?:trong\s+(?:thời\s+hạn|vòng)\s+|trong\s+|chậm\s+nhất\s+(?:sau\s+)?|sau\s+)(?:\d{1,3}|[^\W\d_]+)\s+(?:\(\d+\)\s+)?(?:ngày|giờ|tháng|tuần)"
    r"(?:\s+làm\s+việc)?,?\s+(?:kể\s+từ|tính\s+từ|sau)\s+[^.,;()]+",
    re.IGNORECASE,
)
_BEFORE_TIME = re.compile(
    r"(?:\b(?:hoàn thành|trước|trong|chậm nhất|đến|từ|hết|cuối|ngày|tháng|quý|nhiệm vụ|định kỳ)(?:\s+|$))+$",
    re.IGNORECASE,
)
_QUARTER_WORD = re.compile(r"\bquý\b", re.IGNORECASE)
_RELATIVE_START = re.compile(r"\bsau\s+khi\b|\bkể\s+từ\b", re.IGNORECASE)


def whole(text: str, clock: Clock) -> Deadline | None:
    """Read a cell or line that holds a deadline and nothing else; one that names no time keeps its text alone."""
    text = " ".join(text.split()).strip(" .;")
    if not text:
        return None
    recurrence = _recurrence(text)
    times = _times(text, (*_TIMES, *_BARE_TIMES), clock)
    # "trước ngày 15 tháng 12 hằng năm" names no year, and means every one.
    every = recurrence not in (None, Recurrence.CONTINUOUS) and not re.search(r"(?:19|20)\d{2}", text)
    undated = every or _RELATIVE_START.search(text) or _unread_quarter(text, times)
    date = None if undated or not times else _last_day(text, times[-1])
    return Deadline(0, len(text), text, date, recurrence)


def _unread_quarter(text: str, times: Sequence[_Time]) -> bool:
    """Say whether a quarter's numeral could not be read: the year alone would put the deadline off."""
    quarter = _QUARTER_WORD.search(text)
    return bool(quarter) and not any(time.start <= quarter.start() < time.end for time in times if quarter)


def find(text: str, clock: Clock) -> list[Deadline]:
    """Return the deadlines that a sentence or paragraph states, in order."""
    found = [*_standing_alone(text, clock), *_recurring(text)]
    times = _spanning(text, _times(text, _TIMES, clock))
    for time in times:
        cue = _CUE.search(text[: time.start])
        date = _last_day(text, time)
        if cue and (clock.today is None or date >= clock.today):
            found.append(Deadline(cue.start(), time.end, text[cue.start() : time.end], date))
    found += (Deadline(match.start(), match.end(), match[0]) for match in _RELATIVE.finditer(text))
    return _apart(found or _closing(text, times, clock))


def _spanning(text: str, times: Sequence[_Time]) -> list[_Time]:
    """Join "từ ngày 15/12/2025 đến ngày 28/02/2026" into one time, which begins with "từ"."""
    joined: list[_Time] = []
    for time in times:
        last = joined[-1] if joined else None
        since = _SINCE.search(text[: last.start]) if last else None
        if last and since and last.first <= time.last and _UNTIL.fullmatch(text, last.end, time.start):
            joined[-1] = _Time(since.start(), time.end, last.first, time.last)
        else:
            joined.append(time)
    return joined


def _closing(text: str, times: Sequence[_Time], clock: Clock) -> list[Deadline]:
    """Return the month, quarter or year to come in which something is to be done: a clause ends with it."""
    found: list[Deadline] = []
    for time in times:
        within = _WITHIN.search(text[: time.start])
        ahead = clock.today is not None and time.last >= clock.today
        if within and ahead and _CLAUSE_END.match(text, time.end):
            found.append(Deadline(within.start(), time.end, text[within.start() : time.end], time.last))
    return found


def _apart(found: Sequence[Deadline]) -> list[Deadline]:
    """Keep of deadlines that overlap the one that comes first in the list."""
    kept: list[Deadline] = []
    for deadline in found:
        if not any(k.start < deadline.end and deadline.start < k.end for k in kept):
            kept.append(deadline)
    return sorted(kept, key=lambda deadline: deadline.start)


def _times(text: str, patterns: Sequence[tuple[re.Pattern[str], _Read]], clock: Clock) -> list[_Time]:
    """Return the times of a text in order; where two patterns meet, the earlier of them reads."""
    found: list[_Time] = []
    for pattern, read in patterns:
        for match in pattern.finditer(text):
            if any(time.start < match.end() and match.start() < time.end for time in found):
                continue
            if span := _span(match, read, clock):
                found.append(_Time(match.start(), match.end(), *span))
    return sorted(found, key=lambda time: time.start)


def _span(match: re.Match[str], read: _Read, clock: Clock) -> _Span:
    """Return the first and last day of a time; without a year, of the first of that name that is not over."""
    if stated := match.groupdict().get("y"):
        return read(match, int(stated)) if 1900 <= int(stated) <= 2100 else None
    year = clock.year or (clock.today.year if clock.today else None)
    span = read(match, year) if year else None
    return read(match, span[1].year + 1) if span and clock.today and span[1] < clock.today else span


def _last_day(text: str, time: _Time) -> dt.date:
    """Return the last day in time: "trước ngày 20/12" names it, "trước tháng 12" the first day too late."""
    too_late = time.first != time.last and re.search(r"\btrước\s+$", text[: time.start], re.IGNORECASE)
    return time.first - dt.timedelta(days=1) if too_late else time.last


def _recurrence(text: str) -> Recurrence | None:
    if _CONTINUOUS.search(text):
        return Recurrence.CONTINUOUS
    return next((recurrence for pattern, recurrence in _RECURRENCES if pattern.search(text)), None)


def _recurring(text: str) -> list[Deadline]:
    """Return what comes again on a stated day, or is to be reported regularly."""
    found: list[Deadline] = []
    for pattern, recurrence in _RECURRENCES:
        for match in pattern.finditer(text):
            day = _DAY_BEFORE.search(text[: match.start()])
            start = day.start() if day else match.start()
            if _RECURRING_CUE.search(text[max(0, start - _NEAR) : match.end()]) or _REPORTED.match(text, match.end()):
                found.append(Deadline(start, match.end(), text[start : match.end()].strip(), None, recurrence))
    return found


def _standing_alone(text: str, clock: Clock) -> list[Deadline]:
    """Return "Nhiệm vụ thường xuyên." and the like, where they are a sentence or stand in brackets."""
    found: list[Deadline] = []
    for match in _OWN_CONTINUOUS.finditer(text):
        if stated := whole(match["text"], clock):
            found.append(Deadline(*match.span("text"), stated.text, stated.date, Recurrence.CONTINUOUS))
    return found


def without(text: str, found: Sequence[Deadline]) -> str:
    """Return a text without those of its deadlines that are sentences or brackets of their own."""
    for deadline in reversed(found):
        before, after = text[: deadline.start].rstrip(), text[deadline.end :].lstrip()
        if before.endswith("(") and after.startswith(")"):
            before, after = before[:-1].rstrip(), after[1:].lstrip()
        elif before.endswith((".", ";")) and (not after or after.startswith((".", ";"))):
            after = after[1:].lstrip()
        else:
            continue
        text = f"{before}{after}" if after.startswith((".", ";", ",")) else f"{before} {after}".rstrip()
    return text.strip()


def last_in_row(text: str, clock: Clock) -> Deadline | None:
    """Return the last time in a table's row that was read as running text: its deadline, with the words before it."""
    span = _last_span(text, clock)
    stated = whole(text[span[0] : span[1]], clock) if span else None
    return Deadline(*span, stated.text, stated.date, stated.recurrence) if span and stated else None


def before_time(text: str, clock: Clock) -> str:
    """Return what stands in a line of such a row before its time, whole or begun ("Trước ngày")."""
    span = _last_span(text, clock)
    begun = _BEFORE_TIME.search(text)
    return text[: span[0] if span else begun.start() if begun else len(text)].strip()


def _last_span(text: str, clock: Clock) -> tuple[int, int] | None:
    times = _times(text, (*_TIMES, *_BARE_TIMES), clock)
    again = [*(m for pattern, _ in _RECURRENCES for m in pattern.finditer(text)), *_CONTINUOUS.finditer(text)]
    spans = [*((time.start, time.end) for time in times), *(match.span() for match in again)]
    if not spans:
        return None
    start, end = max(spans)
    before = _BEFORE_TIME.search(text[:start])
    return before.start() if before else start, end
