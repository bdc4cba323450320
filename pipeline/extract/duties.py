"""Tasks in sentences: "Giao Sở Tài chính …", "Công an tỉnh chủ trì, phối hợp với …", offices above their duties.

Who is charged stands at the beginning of a sentence, in the heading above a list ("2. Sở Nội vụ:"), in the sentence
that leads on to it ("Ủy ban nhân dân tỉnh yêu cầu các xã, phường:"), or, where that names no one, at the head of the
letter (Kính gửi). A sentence that only tells what an office does or did is none: outside the parts of a document in
which offices are charged (tổ chức thực hiện, nhiệm vụ), a word that charges is wanted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import cache

from pipeline.extract import offices, sentences, task_labels
from pipeline.extract.passages import Level, Passage
from pipeline.extract.task_terms import Given, Terms
from pipeline.language.spelling import one_spelling
from pipeline.models import Components

_REPORTS = frozenset({"Báo cáo", "Tờ trình"})
# What a report asks of those above it is no task of theirs.
_PROPOSES = re.compile(r"(?:^|[.–-]\s+)(?:Kính\s+)?(?:Đề nghị|Kiến nghị|Đề xuất|đề nghị)\b")
_CHARGED = re.compile(
    r"\s*,?\s*(?:có trách nhiệm|chịu trách nhiệm|chủ trì|phối hợp|chỉ đạo|"
    r"là (?:cơ quan |đơn vị )?(?:đầu mối|thường trực))\b"
)
_ASKS = re.compile(r"\s+(?:yêu cầu|đề nghị|giao)\s+")
_DONE = re.compile(r"\s*,?\s*(?:đã|đang|được|là|có|không|chưa)\b(?!\s+trách nhiệm|\s+(?:cơ quan |đơn vị )?đầu mối)")
_WITH = re.compile(r"\bphối\s+hợp(?:\s+chặt\s+chẽ)?(?:\s+(?:với|cùng))*\s+", re.IGNORECASE)
# "Phát huy vai trò của các hội phối hợp với …": it is they who are to do it with others, not who is charged.
_OF_OTHERS = re.compile(r"\bvai trò của\b(?:[^;.]|\.\.\.)*$", re.IGNORECASE)
_LEADS_ON = re.compile(
    r"(?<!được )(?<!dự toán )(?<!kế hoạch )(?<!chỉ tiêu )\b(?:yêu cầu|đề nghị|giao|phân công|chỉ đạo)\b", re.IGNORECASE
)
_OWN_BRACKET = re.compile(r"\((?P<terms>[^()]{5,200}?(?:chủ trì|thực hiện)[^()]{0,200})\)\s*[.;]*\s*$")
_CLOSING = re.compile(r"Trên đây|Trong quá trình (?:tổ chức |triển khai )?thực hiện", re.IGNORECASE)
# What closes every letter, and charges no one with anything of its own.
_FORMULA = re.compile(
    r"(?:(?:nghiêm túc|khẩn trương|tích cực|chủ động|căn cứ|theo(?!\s+dõi)|tập trung)\b[^.;]{0,60}?|"
    r"có trách nhiệm|chịu trách nhiệm|quan tâm|phối hợp|biết|và|,|\s)*"
    r"(?:(?:triển khai|tổ chức)\s*,?\s*)*(?:thi hành|thực hiện|triển khai)"
    r"(?:\s+(?:nghiêm(?:\s+túc)?|tốt|có hiệu quả|đầy đủ))*"
    r"(?:\s+(?:các\s+)?(?:nội dung|chỉ đạo|yêu cầu)(?:\s+(?:của|trên|nêu trên|tại))*)?"
    r"(?:\s+(?:Quyết định|Nghị quyết|Kế hoạch|Chỉ thị|Thông báo|Công điện|Công văn|Hướng dẫn|Quy chế|Chương trình|"
    r"văn bản)(?:\s+(?:này|trên))?)?[\W\d]*",
    re.IGNORECASE,
)
_ADDRESSEES = re.compile(r"Kính\s+gửi", re.IGNORECASE)
_RECIPIENTS = re.compile(r"Nơi\s+nhận", re.IGNORECASE)
_ANNEX = re.compile(r"PHỤ LỤC|BIỂU|DANH (?:SÁCH|MỤC)|PHÂN CÔNG|KẾ HOẠCH|QUY (?:CHẾ|ĐỊNH)|HƯỚNG DẪN|Phụ lục\b")
_CLAUSE = re.compile(r";\s+(?P<asks>(?=(?:giao|yêu cầu|đề nghị|phân công)\s))?", re.IGNORECASE)


# "… thông báo để các đơn vị biết, thực hiện" closes a letter, too.
_TELLS = re.compile(
    r"\b(?:thông báo|trả lời|thông tin|báo cáo|phúc đáp|gửi)\b[^.;]{0,60}\bđể\b(?![^.;]*\b(?:người|nhân) dân\b)"
    r"[^.;]{0,120}\bbiết(?:\s*,?\s*(?:và\s+)?(?:phối hợp|tổ chức|triển khai|theo dõi|chỉ đạo|thực hiện))*[\W\d]*",
    re.IGNORECASE,
)
# The offices that are to execute a decision, however many they are.
_EXECUTED = re.compile(
    r"\b(?:chịu|có)\s+trách\s+nhiệm\s+(?:tổ chức\s+)?(?:thi hành|thực hiện)\s+(?:Quyết định|Nghị quyết|Kế hoạch|"
    r"Chỉ thị|Quy chế|Quy định)\s+này\W*",
    re.IGNORECASE,
)
# What a duty is about may stand before who has it: "Về thu ngân sách: đồng chí A chủ trì, …".
_TOPIC = re.compile(r"(?:Về|Công tác|Lĩnh vực)\s[^:.;]{3,80}:\s+(?=\S)")
_ARTICLE = re.compile(r"Điều\s+\d+\s*[.:]")


_PLANS = re.compile(
    r"(?:phần\s+\w+(?:\s+\w+)?[.:]?\s+)?(?:các\s+|một số\s+)?(?:nhiệm vụ|giải pháp)\b(?!\s+\d)", re.IGNORECASE
)


_RESULTS = re.compile(r"(?:phần\s+\w+(?:\s+\w+)?[.:]?\s+)?(?:kết quả|tình hình|đánh giá|thực trạng)\b")


class _Strength(IntEnum):
    WEAK = 1  # an office and a verb
    STRONG = 2  # an office and a word that charges: "chủ trì", "có trách nhiệm"
    ASSIGNED = 3  # behind "giao", "yêu cầu", "đề nghị"


@dataclass(frozen=True)
class _Charge:
    """Offices that a sentence charges, how plainly, and where its duty begins."""

    names: tuple[str, ...]
    strength: _Strength
    end: int


@dataclass(frozen=True)
class _Part:
    """What holds for the passages below a heading or a sentence that leads on to a list."""

    lead: tuple[str, ...] = ()
    support: tuple[str, ...] = ()


def find(passages: Sequence[Passage], taken: frozenset[int], components: Components) -> list[Given]:
    """Return the tasks that sentences give, in order.

    Args:
        passages: All passages of a document.
        taken: Those (by index) that are no sentences, or belong to lists of tasks.
        components: The parts of the document: its type, and who it is addressed to.
    """
    reports = components.type in _REPORTS
    heads: dict[str, _Part] = {}
    titles = _Titles()
    leads_on: _Part | None = None
    found: list[Given] = []
    for index in _speaking(passages):
        passage = passages[index]
        titles.note(passage)
        if _ends_list(passage):
            leads_on = None
        if index in taken:
            continue
        charging = _charging(titles.above(passage), "planning" if reports else "charging")
        if _ARTICLE.match(passage.text):
            charging = True  # what the articles of a decision say of offices is to be done
        above = next((heads[heading] for heading in reversed(passage.heading) if heading in heads), None)
        above = above or (leads_on if passage.level < Level.TEXT else None)
        if passage.text.endswith(":") and passage.level is Level.TEXT:
            leads_on = _leading_on(passage.text, components)
        elif _tells(passage, charging, reports=reports) and not above:
            continue
        elif part := _container(passage):
            heads[passage.text] = part
        elif not (passage.is_heading and task_labels.names_field(passage.text)):
            found += _tasks(passage, above, _Strength.WEAK if charging or above else _Strength.STRONG)
    return found


def _tells(passage: Passage, charging: bool | None, *, reports: bool) -> bool:
    """Say whether a passage tells what is or was, or asks those above, where it stands."""
    return charging is False or (reports and (not charging or bool(_PROPOSES.search(passage.text))))


def _speaking(passages: Sequence[Passage]) -> Iterator[int]:
    """Yield the indexes of the body's passages, the lists of addressees and recipients left out."""
    addressing = closing = False
    for index, passage in enumerate(passages):
        if passage.mark is None:
            addressing = bool(_ADDRESSEES.match(passage.text)) or (addressing and passage.level is Level.DASH)
            closing = bool(_RECIPIENTS.match(passage.text)) or (closing and not _begins_annex(passage))
            if not (addressing or closing):
                yield index


def _begins_annex(passage: Passage) -> bool:
    return passage.level in (Level.PART, Level.ROMAN) or bool(_ANNEX.match(passage.text))


def _ends_list(passage: Passage) -> bool:
    """Say whether a list that a sentence led on to is over."""
    if passage.level is Level.TEXT:
        return not passage.text[:1].islower()
    return passage.level in (Level.PART, Level.ROMAN)


class _Titles:
    """The headings above a passage, those in capitals too whose number could not be read ("_ HL TỔ CHỨC THỰC HIỆN")."""

    def __init__(self) -> None:
        self._title: str | None = None
        self._below: set[str] = set()

    def note(self, passage: Passage) -> None:
        """Take note of a passage that may be a heading."""
        if passage.level in (Level.PART, Level.ROMAN):
            self._title = None
        elif passage.level is Level.TEXT and passage.text.isupper():
            self._title, self._below = passage.text, set()
        else:
            self._below.add(passage.text)

    def above(self, passage: Passage) -> list[str]:
        """Return the headings above a passage, the nearest first."""
        path = list(reversed(passage.heading))
        if self._title is None:
            return path
        below = [heading for heading in path if heading in self._below]
        return [*below, self._title, *(heading for heading in path if heading not in self._below)]


def _charging(headings: Sequence[str], key: str) -> bool | None:
    """Say whether offices are charged below these headings, the nearest first; None where none of them says so."""
    part = offices.lexicon()["part"]
    names = [heading[task_labels.mark_end(heading) :].lower() for heading in headings]
    for name in names:
        if key == "planning" and _RESULTS.match(name) and "phương hướng" not in name:
            return False  # "kết quả thực hiện nhiệm vụ quý III"
        if any(word in name for word in part[key]):
            return True
        if any(word in name for word in part["telling"]):
            return False
    # Of a report only "nhiệm vụ quý IV", "giải pháp", and nothing above them that tells.
    return True if any(map(_PLANS.match, names)) else None


def _leading_on(text: str, components: Components) -> _Part | None:
    """Return who is charged with the items below a sentence that ends in a colon."""
    last = None
    for match in _LEADS_ON.finditer(text):
        last = match
    if last is None:
        return None
    named = offices.leading(text, _skip(text, last.end()), within=True)
    if named is None and components.type in _REPORTS:
        return None
    return _Part(named.names if named else components.to)


def _container(passage: Passage) -> _Part | None:
    """Return who a heading charges with what stands below it: "2. Sở Nội vụ", "3. Giao Công an tỉnh:"."""
    text = passage.text[task_labels.mark_end(passage.text) :]
    charge = _charge(text)
    if charge is None or passage.level is Level.TEXT:
        return None
    if text[charge.end :].strip(" :.;") and not text.endswith(":"):
        return None
    return _Part(charge.names, _support(text, charge.end))


def _tasks(passage: Passage, above: _Part | None, wanted: _Strength) -> list[Given]:
    """Return the tasks of a passage: one for each sentence that charges an office, else one for the office above."""
    found: list[Given] = []
    for start, end in _clauses(passage):
        text = passage.text[start:end].strip()
        begin = task_labels.mark_end(text) if start == 0 else 0
        if _CLOSING.match(text, begin):
            break
        charge = _charge(text[begin:], within=start > 0)
        needed = _Strength.ASSIGNED if above and start else wanted
        if charge and charge.strength >= needed:
            terms = _by_role(text[begin : begin + charge.end], charge.names)
            duty = text[begin + charge.end :]
        elif found:
            found[-1] = replace(found[-1], text=f"{found[-1].text} {text}")
            continue
        elif bracketed := _bracketed(text):
            terms, duty = bracketed, text
        elif above and start == 0:
            terms, duty = Terms(above.lead, above.support), text[begin:]
        else:
            continue
        if not (_FORMULA.fullmatch(duty.strip()) or _closes(duty)):
            found.append(Given(text, passage.line_at(start), terms, passage.text))
    return [_with_support(given) for given in found]


def _by_role(said: str, names: tuple[str, ...]) -> Terms:
    """Part offices by what a bracket says of each: "Sở Y tế (chủ trì) và Công an tỉnh (phối hợp)"."""
    helping = tuple(name for name in names if re.search(rf"{re.escape(name)}\s*\(phối hợp\b", said))
    lead = tuple(name for name in names if name not in helping)
    return Terms(lead, helping) if lead else Terms(names)


def _has_duty(text: str, *, within: bool = False) -> bool:
    """Say whether a clause charges an office and says with what; else it may go on with a list of offices."""
    text = text[task_labels.mark_end(text) :]
    charge = _charge(text, within=within)
    return charge is not None and bool(text[charge.end :].strip(" .;")) and text[charge.end : charge.end + 1] != ":"


def _closes(duty: str) -> bool:
    told = _TELLS.search(duty) or _EXECUTED.search(duty)
    return told is not None and told.end() == len(duty)


def _clauses(passage: Passage) -> list[tuple[int, int]]:
    """Return the sentences of a passage, cut where another office is charged after a semicolon."""
    spans: list[tuple[int, int]] = []
    for sentence in sentences.split([passage]):
        start, end = sentence.start, sentence.start + len(sentence.text)
        for match in _CLAUSE.finditer(passage.text, start, end):
            before, behind = passage.text[start : match.start()], passage.text[match.end() : end]
            if match["asks"] is not None or (_has_duty(before) and _has_duty(behind, within=True)):
                spans.append((start, match.end()))
                start = match.end()
        spans.append((start, end))
    return spans


@cache
def _assigning() -> re.Pattern[str]:
    return re.compile(rf"(?:{offices.alternatives(offices.lexicon()['duty']['assigning'])})\s+", re.IGNORECASE)


@cache
def _verb() -> re.Pattern[str]:
    verbs = [
        *offices.words("verb"),
        "có trách nhiệm",
        "chịu trách nhiệm",
        "phải",
        "cần",
        "căn cứ",
        "theo",
        "trên cơ sở",
    ]
    return re.compile(rf"\s*[,:]?\s*(?:{offices.alternatives(verbs)})\b", re.IGNORECASE)


def _charge(text: str, *, within: bool = False) -> _Charge | None:
    """Return the offices that a sentence, or `within` one a clause, charges at its beginning or behind its topic."""
    topic = _TOPIC.match(text)
    if topic is None:
        return _charged(text, within=within)
    behind = _charged(text[topic.end() :], within=True)
    is_plain = behind is not None and behind.strength >= _Strength.STRONG
    return replace(behind, end=topic.end() + behind.end) if behind and is_plain else None


def _charged(text: str, *, within: bool) -> _Charge | None:
    if assigning := _assigning().match(one_spelling(text)):
        return _assigned(text, assigning.end())
    named = offices.leading(text, within=within)
    if named is None or _DONE.match(text, named.end):
        return None
    if asks := _ASKS.match(text, named.end):
        return _assigned(text, asks.end())
    if _CHARGED.match(text, named.end):
        return _Charge(named.names, _Strength.STRONG, named.end)
    behind = text[named.end :].lstrip()
    if _verb().match(one_spelling(text), named.end) or behind.startswith(":") or not behind.strip(" .;"):
        return _Charge(named.names, _Strength.WEAK, named.end)
    return None


def _assigned(text: str, start: int) -> _Charge | None:
    named = offices.leading(text, start, within=True)
    return _Charge(named.names, _Strength.ASSIGNED, named.end) if named else None


def _support(text: str, start: int) -> tuple[str, ...]:
    """Return the offices with which a duty is to be done."""
    found: list[str] = []
    for match in _WITH.finditer(text, start):
        if _OF_OTHERS.search(text, start, match.start()):
            continue
        named = offices.leading(text, match.end(), within=True)
        found += named.names if named else ()
    return tuple(dict.fromkeys(found))


def _with_support(given: Given) -> Given:
    """Add the offices that the sentences after the first name as helping."""
    support = tuple(dict.fromkeys([*given.terms.support, *_support(given.text, 0)]))
    return replace(given, terms=replace(given.terms, support=support))


def _bracketed(text: str) -> Terms | None:
    """Return terms in a bracket at the end: "(Sở Y tế chủ trì, phối hợp với Công an tỉnh)"."""
    bracket = _OWN_BRACKET.search(text)
    named = offices.leading(text, bracket.start("terms"), within=True) if bracket else None
    if bracket is None or named is None:
        return None
    return Terms(named.names, _support(text, named.end))


def _skip(text: str, at: int) -> int:
    return at + len(text[at:]) - len(text[at:].lstrip())
