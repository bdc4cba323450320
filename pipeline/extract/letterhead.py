"""The head of an official document: who issues it, its number and symbol, place and date, type and subject.

Nghị định 30/2020/NĐ-CP, phụ lục I, sets it in two columns; a text often has both columns in one line, so each part is
known by its words, not by where it stands. Party documents ("ĐẢNG CỘNG SẢN VIỆT NAM", "Số 01-KH/BCĐ") are read too.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.extract import document_types
from pipeline.extract.passages import Level, Passage
from pipeline.language.letters import LOWER, UPPER

# The motto and the Party's name are the same in every document: their frame is enough where letters were misread.
_MOTTO = re.compile(
    r"C\S{2,4}\s+H\S{1,3}\s+X\S{1,2}\s+H\S{1,3}\s+(?:V\S{1,2}\s+)?CH\S{1,2}\s+NGH\S{1,3}\s+VI\S{1,3}\s+NAM"
    r"|\S{2,5}\s+l\S{1,3}\s*[-–]\s*T\S{1,2}\s+do\s*[-–]\s*H\S{2,4}\s+ph\S{2,4}|Đ\S{2,4}\s+C\S{2,4}\s+S\S{2,4}\s+VI\S{1,3}\s+NAM",
    re.IGNORECASE,
)
_NUMBER = re.compile(
    r"\bS[ốôóoò06b]\s*:?\s*(?P<number>\d+[a-z]?(?:\s?/\s?\d{4}(?=\s?/))?)?(?:[\s.…]*/\s?\d{4}(?=\s?/))?[\s.…]*[-/]\s?"
    rf"(?P<symbol>[{UPPER}][\w&]*(?:\s?[-/,&]\s?[{UPPER}][\w&]*)*)"
)
_NUMBER_ALONE = re.compile(r"\bSố\s*:?\s*(?P<number>\d+[a-z]?)\s*$")
_PLACE_DATE = re.compile(
    rf"(?<![\w/-])(?P<place>(?:TP\.\s*)?[{UPPER}][{LOWER}]+(?:\s+[{UPPER}][{LOWER}]*){{0,4}})(?:,\s*|\s+)ngày\s*"
    r"(?P<d>\d{0,2})[\s.…]*tháng\s*(?P<m>\d{0,2})[\s.…]*năm\s*(?P<y>\d{4})\s*$"
)
_OFFICE = re.compile(
    r"(?:ỦY BAN|UỶ BAN|UBND|HỘI ĐỒNG|HĐND|SỞ|BỘ|VĂN PHÒNG|BAN|HỘI|TỈNH ỦY|TỈNH UỶ|THÀNH ỦY|HUYỆN ỦY|ĐẢNG ỦY|ĐẢNG BỘ|"
    r"CHI CỤC|CỤC|TỔNG CỤC|TRUNG TÂM|TRƯỜNG|ĐẠI HỌC|HỌC VIỆN|VIỆN|BỆNH VIỆN|PHÒNG|THANH TRA|CÔNG AN|TÒA ÁN|"
    r"LIÊN ĐOÀN|CHÍNH PHỦ|THỦ TƯỚNG|QUỐC HỘI|CHỦ TỊCH|BẢO HIỂM|KHO BẠC|NGÂN HÀNG|CHI NHÁNH|TỔNG CÔNG TY|CÔNG TY|"
    r"MẶT TRẬN|ĐOÀN|TỔ|TẬP ĐOÀN|BCH|TRUNG ƯƠNG)\b"
)
_URGENCY = re.compile(r"\s*((?:HỎA|HOẢ) TỐC(?: HẸN GIỜ)?|THƯỢNG KHẨN|KHẨN)\s*")
_SECRECY = re.compile(r"\s*(TUYỆT MẬT|TỐI MẬT|MẬT)\s*")
_ABOUT = re.compile(r"\s*V\s?/\s?v\s*:?\s*", re.IGNORECASE)
_HEAD_PASSAGES = 16
_BODY = re.compile(r"(?:Kính gửi|Căn cứ)\b")
_FIRST_SENTENCE = re.compile(r"(?:Thực hiện|Căn cứ|Theo|Xét|Ngày|Trong|Để|Nhằm)\b")


@dataclass(frozen=True)
class Letterhead:
    """The parts that a document's head states."""

    type: str | None = None
    number: str | None = None
    symbol: str | None = None
    issuer: str | None = None
    parent: str | None = None
    place: str | None = None
    date: dt.date | None = None
    subject: str | None = None
    urgency: str | None = None
    secrecy: str | None = None


def read(passages: Sequence[Passage]) -> Letterhead:
    """Return what the head of a document states, from its first passages."""
    head = _head(passages)
    lines = [line.text for passage in head for line in passage.lines]
    number, symbol = _number(lines)
    place, date = _place_and_date(lines)
    kind, at = _type(head)
    parent, issuer = _offices(lines[: at if at >= 0 else None])
    subject = _subject(lines, at) or _about(lines)
    if kind is None and symbol:
        kind = document_types.of_symbol(symbol) or "Công văn"
    return Letterhead(
        type=kind or ("Công văn" if _about(lines) else None),
        number=number,
        symbol=symbol,
        issuer=issuer,
        parent=parent,
        place=place,
        date=date,
        subject=subject,
        urgency=next((m[1].capitalize() for line in lines if (m := _URGENCY.fullmatch(line))), None),
        secrecy=next((m[1].capitalize() for line in lines if (m := _SECRECY.fullmatch(line))), None),
    )


def _head(passages: Sequence[Passage]) -> list[Passage]:
    """Return the passages before the body: up to the addressee, the legal grounds or the first numbered heading."""
    head: list[Passage] = []
    for passage in passages[:_HEAD_PASSAGES]:
        if passage.mark is not None:
            continue
        begins = _BODY.match(passage.text) and not _NUMBER.search(passage.text[:60])
        if begins or passage.level in (Level.ROMAN, Level.PART, Level.NUMBER):
            break
        head.append(passage)
    return head


def _number(lines: Sequence[str]) -> tuple[str | None, str | None]:
    for line in lines:
        match = _NUMBER.search(line)
        if match:
            number = re.sub(r"\s", "", match["number"]) if match["number"] else None
            symbol = re.split(rf"\s+(?=[{UPPER}][{LOWER}])", match["symbol"])[0]
            return number, re.sub(r"\s", "", symbol)
        if alone := _NUMBER_ALONE.search(line):
            return alone["number"], None
    return None, None


def _place_and_date(lines: Sequence[str]) -> tuple[str | None, dt.date | None]:
    for line in lines:
        match = _PLACE_DATE.search(_NUMBER.sub(lambda m: m[0] if "ngày" in m[0] else " ", line))
        if match:
            try:
                date = dt.date(int(match["y"]), int(match["m"]), int(match["d"]))
            except ValueError:  # the day is left blank to be filled in by hand
                date = None
            return match["place"].strip(), date
    return None, None


def _type(head: Sequence[Passage]) -> tuple[str | None, int]:
    """Return the type and the number of its line: the line that consists of its name, or else begins with it."""
    begun: tuple[str | None, int] = (None, -1)
    for index, line in enumerate(line for passage in head for line in passage.lines):
        found = document_types.begun(line.text)
        if found and not found[1]:
            return found[0], index
        if found and begun[0] is None:
            begun = found[0], index
    return begun


def _offices(lines: Sequence[str]) -> tuple[str | None, str | None]:
    """Return parent and issuer: the offices in capitals above the type's name, each perhaps over several lines.

    The number, the place and the date stand in the same lines where a name runs over more lines than the motto.
    """
    offices: list[str] = []
    for line in lines:
        left = re.split(r"\s{3,}", _PLACE_DATE.sub(" ", _MOTTO.sub(" ", line)).strip(" *_-"))[0]
        left = re.split(r"\bV\s?/\s?v\b", left)[0]
        if _NUMBER.match(left):
            continue
        capitals = re.match(rf"[{UPPER}\d\s,.\-–&]+(?![{LOWER}])", left)
        name = " ".join(capitals[0].split()).strip(" ,.-") if capitals else ""
        if not name or not name.isupper() or _URGENCY.fullmatch(name) or _SECRECY.fullmatch(name):
            continue
        if _OFFICE.match(name) and (not offices or (" " in name and not _unfinished_office(offices[-1]))):
            offices.append(name)
        elif offices:
            offices[-1] = f"{offices[-1]} {name}"
    if not offices:
        return None, None
    above = [office for office in offices[:-1] if office != offices[-1]]
    return (" ".join(above) or None), offices[-1]


def _unfinished_office(name: str) -> bool:
    return name.endswith((" VÀ", " CỦA", "-", ","))


def _subject(lines: Sequence[str], typed: int) -> str | None:
    """Return the subject (trích yếu): what stands between the type's name and the body."""
    begun = document_types.begun(lines[typed]) if typed >= 0 else None
    if begun is None:
        return None
    kept = [begun[1]] if begun[1] else []
    for line in lines[typed + 1 :]:
        if _PLACE_DATE.search(line) or _NUMBER.match(line) or not re.search(r"\w", line) or _URGENCY.fullmatch(line):
            continue
        if kept and (line.isupper() != kept[-1].isupper() or _FIRST_SENTENCE.match(line)):
            break
        kept.append(line)
    return _about_removed(" ".join(kept)) or None


def _about_removed(text: str) -> str:
    return _ABOUT.sub("", text, count=1).strip(" .") if _ABOUT.match(text) else text.strip()


def _about(lines: Sequence[str]) -> str | None:
    """Return the subject of an official letter: "V/v ..." below its number."""
    start = next((i for i, line in enumerate(lines) if _ABOUT.match(line)), None)
    if start is None:
        return None
    kept: list[str] = []
    for line in lines[start:]:
        rest = _MOTTO.sub("", _PLACE_DATE.sub("", line)).strip()
        if kept and (rest.startswith("Kính gửi") or not rest):
            break
        if _URGENCY.fullmatch(rest):
            continue
        kept.append(rest)
    return _about_removed(" ".join(kept)) or None
