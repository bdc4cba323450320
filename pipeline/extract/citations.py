"""Other documents that a text names: "Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị về …"."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence

from pipeline.extract import dates, issuers, recipient_words
from pipeline.extract.doubtful import was_garbled
from pipeline.extract.sentences import TextSentence
from pipeline.language.letters import UPPER
from pipeline.models import Citation, Line

_TYPE = (
    r"(?P<type>Nghị quyết|Nghị định|Quyết định|Thông tư liên tịch|Thông tư|Chỉ thị|Công văn|Kế hoạch|"
    r"Thông báo kết luận|Thông báo|Kết luận|Báo cáo|Tờ trình|Pháp lệnh|Hướng dẫn|Chương trình hành động|Chương trình|"
    r"Công điện|Quy định|Quy chế|Đề án|Hiến pháp|Văn bản hợp nhất|Văn bản(?=\s+số)|"
    r"(?:Bộ l|L)uật(?:\s+(?!số)(?:(?!Nghị|Quyết|Thông|Luật)[^\d;.()]){1,90}?"
    r"(?:\s+\((?:sửa đổi|hợp nhất)[^()]*\))?)?)"
)
_PART = rf"[{UPPER}][\w&]*"
_SYMBOL = (
    rf"(?P<number>\d+[A-Za-z]?\s?/\s?\d{{4}}\s?/\s?(?:{_PART}(?:\s?-\s?{_PART})*|0H\d\d\b)"
    rf"|\d+[A-Za-z]?[\s.…]*[-/]\s?{_PART}(?:\s?[-/]\s?{_PART})*)"
)
# A law's symbol names the National Assembly (Quốc hội) that passed it: its Q is read as a nought or an O.
_OF_AN_ASSEMBLY = re.compile(r"(?<=/)[0O]H(?=\d\d$)")
_OFFICE = re.compile(rf"(?<=[-/])[{UPPER}]{{3,}}\b")
_CITATION = re.compile(rf"\b{_TYPE}\s+(?:số\s*:?\s*)?{_SYMBOL}")
_DATED = r"ngày\b|số\s*:?\s*\d|năm\s+\d"
_GOES_ON = r"năm|và|được|quy định|của|đã|có|để|tại|sửa|thì|là|cho|không"
# A law by its name alone. Where it is a ground of the document (căn cứ), all up to the semicolon is its name; in a
# sentence the name ends with its comma, or where the sentence goes on.
_LAW = re.compile(
    rf"(?:(?P<ground>^\W*(?:Căn cứ\s+)?)|(?<!học )(?<!Khoa )(?<!Đoàn )(?<!Hội )\b)(?P<title>(?:Bộ luật|Luật)\s+"
    rf"(?!Sư\b|Gia\b)[{UPPER}][^\W\d_]*"
    rf"(?(ground)(?:,?\s+(?!{_DATED}|và\s+(?:các|Nghị|Luật))[^\W\d_]+){{0,14}}"
    rf"|(?:\s+(?!{_DATED}|(?:{_GOES_ON})\b)[^\W\d_]+){{0,9}}))(?=\W|$)"
)
# The comma before it may have been read as a point.
_DATE = re.compile(r"(?:[,\s]*|\.\s+(?-i:(?=ngày)))(?:được ban hành\s+)?(?=ngày\s)", re.IGNORECASE)
# "Nghị quyết số 03/NQ-CP ngày … và Nghị quyết số 71/NQ-CP ngày … của Chính phủ": one issuer for all.
_JOINS = re.compile(r"\s*(?:,|;|và|,\s*và)\s*")
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
    places: list[tuple[int, int]] = []
    for match in _CITATION.finditer(text):
        end, date = _date(text, match.end())
        issuer = issuers.behind(text, end)
        title = _TITLE.match(text, issuer.end() if issuer else end)
        kind, law = match["type"], ""
        if kind.startswith(("Luật", "Bộ luật")):
            law, kind = kind, "Bộ luật" if kind.startswith("Bộ luật") else "Luật"
        found.append(
            Citation(
                type=kind,
                number=_number(match["number"], sentence.line_at(match.start("number")).line),
                date=date,
                issuer=issuer["issuer"].strip() if issuer else issuers.before(text, match.start()),
                title=title["title"].strip() if title else (law if law not in ("", "Luật", "Bộ luật") else None),
                evidence=sentence.evidence_at(document, match.start("number")),
            )
        )
        places.append((match.start(), end))
    found = _with_shared_issuers(text, found, places)
    return sorted([*found, *_laws(document, sentence, places)], key=lambda citation: citation.evidence.line)


def _number(read: str, line: Line) -> str:
    """Return a number and symbol without blanks, and what is usual in symbols as it is printed."""
    number = _OF_AN_ASSEMBLY.sub("QH", re.sub(r"[\s.…]", "", read))
    return _OFFICE.sub(lambda office: recipient_words.with_strokes(office[0]), number) if was_garbled(line) else number


def _laws(document: str, sentence: TextSentence, places: Sequence[tuple[int, int]]) -> list[Citation]:
    """Return the laws that are named without a number, outside the stretches that other citations take."""
    text = sentence.text
    found: list[Citation] = []
    for match in _LAW.finditer(text):
        start, stop = match.span("title")
        if any(first < stop and start < last for first, last in places):
            continue
        kind = "Bộ luật" if match["title"].startswith("Bộ luật") else "Luật"
        _, date = _date(text, stop)
        evidence = sentence.evidence_at(document, start)
        found.append(Citation(type=kind, number=None, date=date, title=match["title"], evidence=evidence))
    return found


def _with_shared_issuers(text: str, found: Sequence[Citation], places: Sequence[tuple[int, int]]) -> list[Citation]:
    """Give documents that a list names together the issuer that stands behind the last of them."""
    shared = list(found)
    for index in range(len(shared) - 2, -1, -1):
        one, following = shared[index], shared[index + 1]
        joined = _JOINS.fullmatch(text, places[index][1], places[index + 1][0])
        if one.issuer is None and one.title is None and one.type == following.type and joined:
            shared[index] = one.model_copy(update={"issuer": following.issuer})
    return shared


def _date(text: str, end: int) -> tuple[int, dt.date | None]:
    begin = _DATE.match(text, end)
    if begin:
        mention = next(iter(dates.find(text[begin.end() : begin.end() + 40])), None)
        if mention and mention.start <= 6:
            return begin.end() + mention.end, mention.date
    return end, None
