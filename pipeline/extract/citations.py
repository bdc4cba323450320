"""Other documents that a text names: "Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị về …"."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from pipeline.extract import dates
from pipeline.extract.sentences import TextSentence
from pipeline.language.letters import UPPER
from pipeline.models import Citation, Evidence

_TYPE = (
    r"(?P<type>Nghị quyết|Nghị định|Quyết định|Thông tư liên tịch|Thông tư|Chỉ thị|Công văn|Kế hoạch|"
    r"Thông báo kết luận|Thông báo|Kết luận|Báo cáo|Tờ trình|Pháp lệnh|Hướng dẫn|Chương trình hành động|Chương trình|"
    r"Công điện|Quy định|Quy chế|Đề án|Hiến pháp|"
    r"(?:Bộ l|L)uật(?:\s+(?!số)(?:(?!Nghị|Quyết|Thông|Luật)[^\d;.()]){1,90}?)?)"
)
_PART = rf"[{UPPER}][\w&]*"
_SYMBOL = (
    rf"(?P<number>\d+[A-Za-z]?\s?/\s?\d{{4}}\s?/\s?{_PART}(?:\s?-\s?{_PART})*"
    rf"|\d+[A-Za-z]?\s?[-/]\s?{_PART}(?:\s?[-/]\s?{_PART})*)"
)
_CITATION = re.compile(rf"\b{_TYPE}\s+(?:số\s*:?\s*)?{_SYMBOL}")
_DATE = re.compile(r"[,\s]*(?:được ban hành\s+)?(?=ngày\s)", re.IGNORECASE)
_ISSUER = re.compile(
    rf"[,\s]*của\s+(?P<issuer>[{UPPER}][^,;.()]*?)(?=\s+(?:về|ban hành|phê duyệt|quy định|sửa đổi|triển khai|"
    r"thực hiện|tại|và\s+(?:Nghị|Quyết|Kế|Công|Thông|Chỉ|Luật)|đã|được|theo|tổ chức|chấp thuận|giao|hướng dẫn|trên|có)"
    r"\b|[,;.()]|$)"
)
_TITLE = re.compile(
    r"[,\s]*(?P<title>(?:về|ban hành|phê duyệt|quy định|sửa đổi)\b[^;.()]*?)"
    r"(?=[;.()]|,?\s+(?:và|tại|theo|của)\s+(?:Nghị|Quyết|Kế hoạch số|Công văn)|$)"
)


def extract(document: str, sentences: Sequence[TextSentence]) -> tuple[Citation, ...]:
    """Return the citations of a document in order, one for each place."""
    return tuple(c for sentence in sentences for c in _in_sentence(document, sentence))


def _in_sentence(document: str, sentence: TextSentence) -> list[Citation]:
    text = sentence.text
    found: list[Citation] = []
    for match in _CITATION.finditer(text):
        end, date = _date(text, match.end())
        issuer = _ISSUER.match(text, end)
        title = _TITLE.match(text, issuer.end() if issuer else end)
        line = sentence.line_at(match.start("number"))
        kind, law = match["type"], ""
        if kind.startswith(("Luật", "Bộ luật")):
            law, kind = kind, "Bộ luật" if kind.startswith("Bộ luật") else "Luật"
        found.append(
            Citation(
                type=kind,
                number=re.sub(r"\s", "", match["number"]),
                date=date,
                issuer=issuer["issuer"].strip() if issuer else None,
                title=title["title"].strip() if title else (law if law not in ("", "Luật", "Bộ luật") else None),
                evidence=Evidence(
                    document=document,
                    page=line.page,
                    line=line.line.number,
                    box=line.line.box,
                    raw=line.line.raw,
                    text=text,
                ),
            )
        )
    return found


def _date(text: str, end: int) -> tuple[int, dt.date | None]:
    begin = _DATE.match(text, end)
    if begin:
        mention = next(iter(dates.find(text[begin.end() : begin.end() + 40])), None)
        if mention and mention.start <= 6:
            return begin.end() + mention.end, mention.date
    return end, None
