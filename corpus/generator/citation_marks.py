"""Citations marked in a source text: `<Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị về đột phá ...>`."""

from __future__ import annotations

import re
from dataclasses import dataclass

LAW = "Luật"
MARK = re.compile(r"<([^<>]+)>")
PARTS = re.compile(
    r"(?P<type>[^\d]+?) số (?P<number>\S+?)"
    r"(?:,? ngày (?P<date>\d{1,2}/\d{1,2}/\d{4}|\d{1,2} tháng \d{1,2} năm \d{4}))?"
    r"(?: của (?P<issuer>.+?))?"
    r"(?: (?P<title>(?:về|ban hành|phê duyệt|quy định|triển khai|thực hiện|sửa đổi|kết luận) .+))?$"
)


@dataclass(frozen=True)
class MarkedCitation:
    """One marked citation; `date` is ISO 8601."""

    type: str
    number: str
    date: str | None
    issuer: str | None
    title: str | None


def find(text: str) -> list[MarkedCitation]:
    """The citations marked in a text, in order.

    Raises:
        ValueError: a mark does not begin with a type and a number.
    """
    return [_read(match[1]) for match in MARK.finditer(text)]


def printed(text: str) -> str:
    """The text as it is printed, marks of citations taken away."""
    return MARK.sub(lambda match: match[1], text)


def _read(content: str) -> MarkedCitation:
    parts = PARTS.match(content)
    if not parts:
        raise ValueError(f"no type and number in the citation {content!r}")
    date = None
    if parts["date"]:
        day, month, year = re.findall(r"\d+", parts["date"])
        date = f"{year}-{int(month):02}-{int(day):02}"
    kind, title = parts["type"], parts["title"]
    if kind.startswith(LAW + " "):
        # A law's name stands before its number: "Luật Đất đai số 31/2024/QH15".
        kind, title = LAW, kind.removeprefix(LAW + " ")
    return MarkedCitation(kind, parts["number"], date, parts["issuer"], title)
