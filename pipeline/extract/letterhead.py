"""The head of an official document: who issues it, its number and symbol, place and date, type and subject.

Nghị định 30/2020/NĐ-CP, phụ lục I, sets it in two columns; a text often has both columns in one line, so each part is
known by its words, not by where it stands. Party documents ("ĐẢNG CỘNG SẢN VIỆT NAM", "Số 01-KH/BCĐ") are read too.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.extract import document_numbers, document_types, office_words, signing_dates
from pipeline.extract.document_numbers import DocumentNumber
from pipeline.extract.passages import Level, Passage
from pipeline.language.letters import LOWER, UPPER
from pipeline.language.unicode import strip_marks
from pipeline.models import Line

# The motto and the Party's name are the same in every document: their frame is enough where letters were misread.
_MOTTO = re.compile(
    r"C\S{2,4}\s+H\S{1,3}\s+X\S{1,2}\s+H\S{1,3}\s+(?:V\S{1,2}\s+)?CH\S{1,2}\s+NGH\S{1,3}\s+VI\S{1,3}\s+NAM"
    r"|\S{2,5}\s+l\S{1,3}\s*[-–]\s*T\S{1,2}\s+do\s*[-–]\s*H\S{2,4}\s+ph\S{2,4}|Đ\S{2,4}\s+C\S{2,4}\s+S\S{2,4}\s+VI\S{1,3}\s+NAM",
    re.IGNORECASE,
)
# What offices are called by, without marks: letters of a letterhead were often misread.
_OFFICE = re.compile(
    r"(?:UY BAN|UBND|HOI DONG|HDND|SO|BO|VAN PHONG|BAN|HOI|TINH UY|THANH UY|HUYEN UY|DANG UY|DANG BO|"
    r"CHI CUC|CUC|TONG CUC|TRUNG TAM|TRUONG|DAI HOC|HOC VIEN|VIEN|BENH VIEN|PHONG|THANH TRA|CONG AN|TOA AN|"
    r"LIEN DOAN|CHINH PHU|THU TUONG|QUOC HOI|CHU TICH|BAO HIEM|KHO BAC|NGAN HANG|CHI NHANH|TONG CONG TY|CONG TY|"
    r"MAT TRAN|DOAN|TO|TAP DOAN|BCH|THUE|HAI QUAN|THONG KE|TRUNG UONG)\b"
)
_URGENCY = re.compile(r"\s*(H[ỎOÓÒÔÕƠ]A TỐC(?: HẸN GIỜ)?|HOẢ TỐC(?: HẸN GIỜ)?|THƯỢNG KHẨN|KHẨN)\s*")
_FASTEST = "Hỏa tốc"
_SECRECY = re.compile(r"\s*(TUYỆT MẬT|TỐI MẬT|MẬT)\s*")
_ABOUT = re.compile(r"\s*\(?V\s?/\s?v\s*:?\s*", re.IGNORECASE)
_ABOUT_IN_FULL = re.compile(r"Về việc\s+")
# Specks before what a line says: signs, and a digit that stands alone and numbers nothing.
_SPECKS = re.compile(r"^(?:[\W_]|\d\b(?!\s?[.)]))+")
# What is read between the columns; but "CHI CỤC THUẾ KHU VỰC 1" has its number.
_BEFORE_MOTTO = re.compile(r"(?<!SỐ)(?<!VỰC)(?<!QUẬN)(?<!PHƯỜNG)(?<!VÙNG)\s+(?:\d|[^\w\s–-]|[a-zỏở])\s*$")
# A sign behind a blank at a line's end: none is printed so.
_SPECK_BEHIND = re.compile(r"\s+[:;.,'\"•*~_]+$")
# What ends a receipt stamp or specks beside the type's name: no word.
_STAMP_END = re.compile(r"[^\w\s]$|\d$")
_CAPITALISED = re.compile(rf"\b[{UPPER}][{LOWER}]+\b")
_STRAY_IN = 8  # a line of so many letters may have one that was misread as a small one
_LETTER = "Công văn"
_OFFICES_OF_ONE = 1
_HEAD_PASSAGES = 16
_BODY = re.compile(r"(?:Kính gửi|Căn cứ)\b|K[íi]nh g\S{1,3}\s*:|.{0,24}?\bKính gửi\s*:")
_ADDRESSED = re.compile(r"(?:.{0,24}?\b)?Kính gửi\b")
# What names the type more closely ("BÁO CÁO NHANH") and what says up to when a report counts are no subject.
_KIND_OF_REPORT = re.compile(r"(?:NHANH|TÓM TẮT|SƠ BỘ|CHUYÊN ĐỀ|ĐỘT XUẤT|ĐỊNH KỲ|TỔNG HỢP|BỔ SUNG)")
_AS_OF_WHEN = re.compile(r"\((?:Cập nhật|Số liệu|Tính đến|Từ ngày)\b", re.IGNORECASE)
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
    printed = [line.line for passage in head for line in passage.lines]
    lines = [_in_capitals_again(_SPECK_BEHIND.sub("", line.text)) for passage in head for line in passage.lines]
    numbered = _first_number(printed)
    signed = next((found for line in printed if (found := signing_dates.find(line))), None)
    kind, at = _type(lines)
    parent, issuer = _offices(lines[: at if at >= 0 else None], numbered.symbol)
    if issuer is None and at >= 0:
        # Converters that read boxes by their size hand on the title before the columns above it.
        parent, issuer = _offices(lines[at + 1 :], numbered.symbol)
    return Letterhead(
        type=kind or _untitled(passages, lines, numbered.symbol),
        number=numbered.number,
        symbol=numbered.symbol,
        issuer=issuer,
        parent=parent,
        place=signed.place if signed else None,
        date=signed.date if signed else None,
        subject=_subject(lines, at) or _about(lines),
        urgency=next((urgency for line in lines if (urgency := _urgency(line))), None),
        secrecy=next((m[1].capitalize() for line in lines if (m := _SECRECY.fullmatch(line))), None),
    )


def _in_capitals_again(text: str) -> str:
    """Return a line set in capitals with the small letters that a reader of another language made of some: "Ủy BAN"."""
    letters = [letter for letter in text if letter.isalpha()]
    stray = len(letters) - sum(map(str.isupper, letters))
    return _CAPITALISED.sub(lambda word: word[0].upper(), text) if 0 < stray * _STRAY_IN <= len(letters) else text


def _untitled(passages: Sequence[Passage], lines: Sequence[str], symbol: str | None) -> str | None:
    """Return the type of a document that does not name it: that of its symbol, or an official letter (công văn)."""
    if symbol and (kind := document_types.of_symbol(symbol)):
        return kind
    addressed = any(_ADDRESSED.match(passage.text) for passage in passages[:_HEAD_PASSAGES])
    return _LETTER if symbol or addressed or any(map(_ABOUT.match, lines)) else None


def _urgency(line: str) -> str | None:
    """Return the urgency mark that a line consists of, or begins with where the type's name stands beside it."""
    match = _URGENCY.match(line)
    if match is None or (line[match.end() :] and document_types.begun(line[match.end() :]) is None):
        return None
    return _FASTEST if match[1].endswith("TỐC") else match[1].capitalize()


def _head(passages: Sequence[Passage]) -> list[Passage]:
    """Return the passages before the body: up to the addressee, the legal grounds or the first numbered heading."""
    head: list[Passage] = []
    for passage in passages[:_HEAD_PASSAGES]:
        if passage.mark is not None:
            continue
        begins = _BODY.match(passage.text) and not document_numbers.begins(passage.text)
        if begins or passage.level in (Level.ROMAN, Level.PART, Level.NUMBER):
            break
        head.append(passage)
    return head


def _first_number(lines: Sequence[Line]) -> DocumentNumber:
    return next((found for line in lines if (found := document_numbers.find(line))), DocumentNumber(None, None))


def _type(lines: Sequence[str]) -> tuple[str | None, int]:
    """Return the type and the number of its line: the line that consists of its name, or else begins with it."""
    begun: tuple[str | None, int] = (None, -1)
    for index, line in enumerate(lines):
        found = _titled(line)
        if found and not found[1]:
            return found[0], index
        if found and begun[0] is None:
            begun = found[0], index
    return begun


def _titled(line: str) -> tuple[str, str] | None:
    """Return the type that a line names, and what follows; a stamp or specks may stand before it.

    Of what stands beside a stamp only the name itself counts: a title may well end with the name of another type.
    """
    if found := document_types.begun(_SPECKS.sub("", line)):
        return found
    bare = line.rstrip(" .:")
    kind = document_types.ended(bare)
    before = bare[: -len(kind)].rstrip() if kind else ""
    return (kind, "") if kind and (_URGENCY.fullmatch(before) or _STAMP_END.search(before)) else None


def _offices(lines: Sequence[str], symbol: str | None) -> tuple[str | None, str | None]:
    """Return parent and issuer: the offices in capitals above the type's name, each perhaps over several lines.

    The number, the place and the date stand in the same lines where a name runs over more lines than the motto.
    """
    # Of a document that offices issue together, the dash between their names; elsewhere a speck.
    is_joint = symbol is not None and len(symbol.split("-")) > _OFFICES_OF_ONE + 1
    offices: list[str] = []
    for line in lines:
        beside = _BEFORE_MOTTO.sub("", line[: motto.start()]) if (motto := _MOTTO.search(line)) else line
        left = re.split(r"\s{3,}", _SPECKS.sub("", signing_dates.removed(beside)).strip(" *_"))[0]
        left = re.split(r"\bV\s?/\s?v\b", left)[0]
        if document_numbers.begins(left):
            if offices:
                break
            continue
        name = _in_capitals(left).strip(" ,." if is_joint else " ,.-")
        if not name or not name.isupper() or _URGENCY.fullmatch(name) or _SECRECY.fullmatch(name):
            continue
        is_office = _OFFICE.match(strip_marks(name))
        if is_office and (not offices or (" " in name and not _unfinished_office(offices[-1]))):
            offices.append(name)
        elif offices:
            offices[-1] = f"{offices[-1]} {name}"
    if not offices:
        return None, None
    above = [office for office in offices[:-1] if office != offices[-1]]
    return (office_words.with_marks(" ".join(above)) or None), office_words.with_marks(offices[-1])


def _in_capitals(text: str) -> str:
    """Return the words in capitals that a text begins with."""
    capitals = re.match(rf"[{UPPER}\d\s,.\-–&]+(?![{LOWER}])", text)
    return " ".join(capitals[0].split()) if capitals else ""


def _unfinished_office(name: str) -> bool:
    return name.endswith((" VÀ", " CỦA", "-", ","))


def _subject(lines: Sequence[str], typed: int) -> str | None:
    """Return the subject (trích yếu): what stands between the type's name and the body."""
    begun = _titled(lines[typed]) if typed >= 0 else None
    if begun is None:
        return None
    kept = [begun[1]] if begun[1] and not _KIND_OF_REPORT.fullmatch(begun[1]) else []
    for line in lines[typed + 1 :]:
        if signing_dates.is_in(line) or document_numbers.begins(line) or not re.search(r"\w", line):
            continue
        if _URGENCY.fullmatch(line):
            continue
        if kept and _AS_OF_WHEN.match(line):
            break
        if kept and (line.isupper() != kept[-1].isupper() or _FIRST_SENTENCE.match(line) or line.endswith(":")):
            break
        kept.append(line)
        if kept[0].startswith("(") and line.endswith(")"):
            return _about_removed(" ".join(kept)[1:-1])
    return _about_removed(" ".join(kept)) or None


def _about_removed(text: str) -> str:
    return _ABOUT.sub("", text, count=1).strip(" .") if _ABOUT.match(text) else text.strip()


def _about(lines: Sequence[str]) -> str | None:
    """Return the subject of an official letter: "V/v ...", or "Về việc ...", below its number."""
    start = next((i for i, line in enumerate(lines) if _ABOUT.match(line) or _ABOUT_IN_FULL.match(line)), None)
    if start is None:
        return None
    kept: list[str] = []
    for line in lines[start:]:
        rest = _MOTTO.sub("", signing_dates.removed(line)).strip()
        if kept and (rest.startswith("Kính gửi") or not rest):
            break
        if _URGENCY.fullmatch(rest):
            continue
        kept.append(rest)
    return _ABOUT_IN_FULL.sub("", _about_removed(" ".join(kept)), count=1) or None
