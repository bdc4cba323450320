"""Names of offices: lists of them on a line of their own, and where one begins a sentence, how far it reaches.

A list is cut at semicolons, and at commas and "và" where another office begins behind them: "Sở Văn hóa, Thể thao và
Du lịch" is one, "Các sở, ban, ngành tỉnh" too, "Công an tỉnh, Sở Tài chính và các đơn vị liên quan" are three. In a
sentence a name ends where its duty begins, at a verb in small letters.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from pipeline.language.letters import UPPER
from pipeline.language.spelling import one_spelling

_MOST_CHARACTERS = 220
_BRACKET = re.compile(r"\s*\([^()]{0,120}\)")
_WORD = re.compile(r"\s*(?P<word>[^\s,;:.()]+)")
_BETWEEN = re.compile(r"\s*(?:[,;]\s*(?:và\s+)?|\bvà\s+|\s+với\s+)")
# A name ends here; where the comma was lost, before "các cơ quan" too.
_CUT = re.compile(
    rf"\s+[-–+]\s+(?=[{UPPER}])"
    r"|,\s*(?:và\s+)?|\s+và\s+|(?<!của)(?<!trưởng)(?<!đầu)(?<!đạo)(?<!thuộc)(?<!tại)"
    r"(?<!với)(?<!viên)\s+(?=các\s+(?:cơ quan|đơn vị)\b)"
)
_OF_AN_OFFICE = re.compile(r"\s+(?:chủ trì|quản lý)\b")
# Two whose office is one: "Văn phòng HĐND và UBND xã", "Báo và Đài Phát thanh - Truyền hình tỉnh".
_ONE_OFFICE = re.compile(r"(?:HĐND|Hội đồng nhân dân|Báo)\s+và\s+$")
# In a list, any of a kind: "UBND các xã và các chủ rừng".
_ALL_OF_A_KIND = re.compile(r"[Cc]ác\s+[^\W\d_]+")
# What belongs to "các": "các cơ quan, đơn vị, địa phương".
_GROUP = re.compile(r"(?:thủ trưởng|người đứng đầu|lãnh đạo|trưởng|cấp ủy,)\b|(?:các|những|mọi)\b", re.IGNORECASE)
# Whoever is charged by name has a title behind it: "đồng chí Lê Văn Tám, Phó Chủ tịch UBND xã".
_PERSON = re.compile(r"(?:đồng chí|ông|bà)\s", re.IGNORECASE)
_TITLE = re.compile(r"(?:Phó|Ủy viên|Chủ tịch|Bí thư|Giám đốc|Trưởng|Chánh|Chủ nhiệm|Hiệu trưởng|Chỉ huy trưởng)\b")
_LIST_MARK = re.compile(r"^(?:[-–+•*]\s*|[a-zđ]\)\s*|\d{1,2}[.)]\s+)")


@cache
def lexicon() -> Mapping[str, Any]:
    """Return what is known of how tasks are given: `data/tasks.toml`."""
    source = resources.files("pipeline.extract").joinpath("data/tasks.toml")
    return tomllib.loads(source.read_text(encoding="utf-8"))


def alternatives(phrases: list[str]) -> str:
    """Return a regular expression of the phrases, the longest first, in the spelling of `one_spelling`."""
    ordered = sorted(phrases, key=len, reverse=True)
    return "|".join(re.escape(one_spelling(phrase.strip())).replace(r"\ ", r"\s+") for phrase in ordered)


def words(key: str) -> list[str]:
    """Return a list of the lexicon's table `duty` that is written with bars."""
    return [word.strip() for word in lexicon()["duty"][key].split("|")]


@cache
def _begins() -> re.Pattern[str]:
    office = lexicon()["office"]
    return re.compile(
        rf"(?:{alternatives(office['head'])})\b|(?:{alternatives(office['head_before_name'])})\s+(?=[{UPPER}])"
    )


@cache
def _begins_within() -> re.Pattern[str]:
    small = alternatives(lexicon()["office"]["head_within"])
    return re.compile(rf"(?:{_begins().pattern}|(?:{small})\b|[Cc]ác\s+(?=[{UPPER}]))")


@cache
def _ends() -> re.Pattern[str]:
    """Where a name ends in a sentence; "tổ chức" is a noun behind "các" and before what organisations are."""
    verbs = [verb for verb in words("verb") if verb != "tổ chức"]
    kinds = alternatives(
        ["chính trị", "đảng", "cá nhân", "đoàn thể", "xã hội", "kinh tế", "hành chính", "có liên quan"]
    )
    return re.compile(rf"\s*(?:tổ\s+chức(?!\s+(?:{kinds}))|{alternatives([*verbs, *words('stop')])})\b")


@cache
def _no_verb() -> re.Pattern[str]:
    """What goes on with a name though it holds the syllable of a verb: "Ban An toàn giao thông"."""
    return re.compile(rf"\s+(?:{alternatives(lexicon()['office']['no_verb'])})\b")


@cache
def _relative() -> re.Pattern[str]:
    """What tells offices from others of their kind: "các xã chưa nộp hoàn thành báo cáo"."""
    verb = rf"(?:{alternatives(words('verb'))})\b"
    told = r"(?:có tên (?:tại|trong)|được (?:giao|phân bổ|phân công|hỗ trợ|thụ hưởng)|có liên quan|liên quan)"
    return re.compile(
        rf"\s+(?:chưa|còn)\s+{verb}(?=\s+{verb})"
        rf"|\s+{told}(?:\s+(?!{verb})[^\s,;.]+){{0,6}}?(?=\s+(?:{verb}|(?:có|chịu)\s+trách\s+nhiệm))"
    )


@dataclass(frozen=True)
class Offices:
    """The offices that begin at [start, end) of a text."""

    start: int
    end: int
    names: tuple[str, ...]


def listed(text: str) -> tuple[str, ...]:
    """Return the offices of a line or cell that holds a list of them and nothing else."""
    parts = re.split(r"\s*[;\n]\s*", text)
    return tuple(name for part in parts for name in _cut(part) if name)


def leading(text: str, start: int = 0, *, within: bool = False) -> Offices | None:
    """Return the offices that stand at `start` of a sentence; None if none does.

    Args:
        text: A sentence.
        start: Where the first name begins.
        within: Whether a word stands before it that an office follows ("giao", "phối hợp với"): names in small
            letters are then offices too.
    """
    spelled = one_spelling(text)
    begins = _begins_within() if within else _begins()
    if not begins.match(spelled, start):
        return None
    end = start
    while end - start < _MOST_CHARACTERS:
        begin, end = end, _name_end(spelled, end)
        between = _BETWEEN.match(spelled, end)
        if not between or not _is_next(spelled, begin, between.end()):
            break
        end = between.end()
    named = _BRACKET.sub("", text[start:end])
    return Offices(start, end, listed(named))


def _is_next(text: str, begin: int, start: int) -> bool:
    """Say whether another name begins at `start`, behind the one that begins at `begin`."""
    head = _begins_within().match(text, start) or _ALL_OF_A_KIND.match(text, start)
    if not head or _ONE_OFFICE.search(text[begin:start]):
        return False
    if _PERSON.match(text, begin) and _TITLE.match(text, start):
        return False
    grouped = _GROUP.match(text, begin) and head[0][0].islower()
    return not grouped or bool(_GROUP.match(text, start))


def _name_end(text: str, begin: int) -> int:
    """Return where the name that begins at `begin` ends: before a verb, a sign, or the name after it."""
    head = _begins_within().match(text, begin)
    end = begin + len((head[0] if head else "").rstrip())
    while end < len(text):
        if bracket := _BRACKET.match(text, end):
            end = bracket.end()
        elif relative := _relative().match(text, end):
            end = relative.end()
        elif compound := _no_verb().match(text, end):
            end = compound.end()
        elif _ends().match(text, end) and not _takes_verb(text, begin, end):
            return end
        elif between := _BETWEEN.match(text, end):
            if _is_next(text, begin, between.end()) or _ends().match(text, between.end()) or text[end] == ";":
                return end
            end = between.end()
        elif word := _WORD.match(text, end):
            end = word.end()
        else:
            return end
    return end


def _takes_verb(text: str, begin: int, end: int) -> bool:
    """Say whether the verb at `end` still names the office: "Ban quản lý dự án", "cơ quan chủ trì"."""
    name = text[begin:end].lower()
    if name in lexicon()["office"]["takes_verb"]:
        return True
    return name.endswith(("cơ quan", "đơn vị")) and bool(_OF_AN_OFFICE.match(text, end))


def _cut(part: str) -> list[str]:
    """Cut a list without semicolons where another office begins."""
    part = _LIST_MARK.sub("", part.strip()).strip(" .,;:")
    spelled = one_spelling(part)
    names: list[str] = []
    begin = 0
    for match in _CUT.finditer(spelled):
        if match.start() > begin and _is_next(spelled, begin, match.end()) and not _in_bracket(spelled, match.start()):
            names.append(part[begin : match.start()])
            begin = match.end()
    return [name.strip(" .,;:") for name in (*names, part[begin:])]


def _in_bracket(text: str, at: int) -> bool:
    return text.rfind("(", 0, at) > text.rfind(")", 0, at)
