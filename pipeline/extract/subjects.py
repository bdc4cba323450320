"""What a quantity counts: the phrase before it and the phrase behind it, within its clause.

The subject is words of the document, in its order: topic ("Hệ thống thư điện tử"), what stands before the number since
the last figure, and the noun phrase behind it. A clause that says only "lũy kế đến nay" repeats the subject before it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence

from pipeline.extract import cues, periods
from pipeline.extract.cues import Cue
from pipeline.extract.quantities import Quantity
from pipeline.language.spelling import one_spelling
from pipeline.language.unicode import SUPERSCRIPTS
from pipeline.models import Kind

_HARD = re.compile(r"[;()\[\]|]|:(?!//)|[.!?…](?=\s|$)|\s[-–]\s")
_CLOSED = re.compile(r"\([^()]*\)")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+")
_SOFT = re.compile(r",(?!\d)|\svà\s(?=(?:\S+\s){0,3}\S*\d)|\shoặc\s")
_MARKS = re.compile(rf"[{SUPERSCRIPTS}]+")
_WORDS = re.compile(r"\d[\d.,/]*\d|[^\s,.;:()\[\]|“”\"]+")
# "Ngành một: 40%; Ngành hai: 33%": such a colon governs the one number behind it, not the items that follow.
_ITEM_BEHIND = re.compile(r"\s*[<>≤≥~]?\s*\d[\d.,]*\s*%?\s*;")
_LEFT_WORDS, _RIGHT_WORDS, _TOPIC_WORDS = 16, 12, 14
_NAME_WORDS = 3
# Behind a preposition a list is no list of what is counted: "366 trạm tại khu đô thị, trung tâm xã".
_ELSEWHERE = re.compile(r"\b(?:tại|ở|trên|trong|cho|với|của|từ|đến|về|theo|giữa|thuộc)\b")
_ADVERBIAL = re.compile(
    r"\W*(?:(?:cụ thể|trong đó|kết quả)\b\W*)?"
    r"(?P<said>(?:qua|thông qua|tại|ở|trong|trên|theo|từ|đối với|về|nhờ)\s[^,]+),",
    re.IGNORECASE,
)
# What a figure is compared with is not what it counts: "tăng 0,7 tạ/ha so với cùng kỳ".
_COMPARED = re.compile(r"\s(?:so với|so cùng kỳ)\b", re.IGNORECASE)
_NEXT_WORD = re.compile(r"\s+([^\W\d_]+)")
_JOINS = (" và", " hoặc", ",")
_LEADING_WORDS = 20  # behind a percentage that leads its clause stands all that it is a share of
# Said of every figure, and so of none: stripped from either end of a phrase.
_LIST_MARK = re.compile(r"^\s*(?:[-–+•*]\s*|\(?(?:\d{1,2}|[a-zđ]|[IVX]+)(?:\.\d+)*[.)](?:\s+|(?=[^\d\s])))")


def before(text: str, quantities: Sequence[Quantity], index: int, known: Sequence[Cue]) -> tuple[int, int]:
    """Return where the phrase before a quantity stands: [start, end), back to the last figure of another clause.

    In "trực tuyến: 1.765" the phrase is what stands before the colon. A cue ("trong đó") begins a clause.
    """
    end = quantities[index].start
    outside = unbracketed(text[:end])
    bare = outside.rstrip()
    if bare.endswith(":"):
        end = len(bare) - 1
    hard = max((m.end() for m in _HARD.finditer(outside, 0, end)), default=0)
    hard = max([hard, *(cue.end for cue in known if cue.kind == "whole" and cue.end <= end)])
    edge, stated = hard, [q.at for q in quantities[:index]]
    for match in _SOFT.finditer(text, hard):
        if match.end() > end:
            break
        if bisect_left(stated, edge) < bisect_left(stated, match.start()):
            edge = match.end()
    return edge, end


def unbracketed(text: str) -> str:
    """Return a text of the same length whose closed brackets are blank."""
    blank, done = "", text
    while blank != done:
        blank, done = done, _CLOSED.sub(lambda m: " " * len(m[0]), done)
    return done


def behind(text: str, quantities: Sequence[Quantity], index: int, known: Sequence[Cue]) -> str:
    """Return the phrase behind a quantity's number: its unit and what qualifies it.

    A comma before another noun that is counted goes on with a list of nouns: "12 sở, ngành chưa kết nối".
    """
    quantity = quantities[index]
    begin = quantity.numeral_end if quantity.kind in (Kind.COUNT, Kind.FRACTION, Kind.RANGE) else quantity.end
    # A leading percentage reads on over commas: "100% cơ quan, đơn vị có ...".
    leading = quantity.kind is Kind.PERCENT and not content(text[: quantity.start][-40:].rpartition(",")[2])
    following = quantities[index + 1] if index + 1 < len(quantities) else None
    stop = following.start if following else len(text)
    if hard := _HARD.search(text, max(begin, quantity.end), stop):
        stop, following = hard.start(), None
    # The digit that "và" looks ahead for may be the first of the next number.
    for match in _SOFT.finditer(text, quantity.end, stop + 1):
        goes_on = match[0] == "," and (
            (leading and following is None)
            or (_is_noun_at(match.end(), text, known) and not _ELSEWHERE.search(text, quantity.end, match.start()))
        )
        if not goes_on or (following and _names(text[match.end() : stop], quantity, following)):
            stop = match.start()
            break
    told = _COMPARED.split(_MARKS.sub("", text[begin:stop]), maxsplit=1)[0]
    words = [word.group() for word in _WORDS.finditer(told)]
    return " ".join(words[: _LEADING_WORDS if leading else _RIGHT_WORDS])


def _is_noun_at(place: int, text: str, known: Sequence[Cue]) -> bool:
    """Say whether the next word is a noun that is counted.

    A noun of one syllable may begin another word, "tập trung", unless what is behind it goes on no noun.
    """
    begin = place + len(text[place:]) - len(text[place:].lstrip())
    noun = next((cue for cue in known if cue.kind == "unit" and cue.start == begin), None)
    if noun is None or " " in noun.text:
        return noun is not None
    follows = _NEXT_WORD.match(text, noun.end)
    return follows is None or follows[1].lower() in cues.stop_words()


def _names(between: str, quantity: Quantity, following: Quantity) -> bool:
    """Say whether the words right before a number name it: "công chức 247 người, viên chức 198 người"."""
    is_short = len(between.split()) <= _NAME_WORDS or following.unit == quantity.unit
    return is_short and not between.rstrip().endswith(_JOINS)


def topic(text: str, edge: int) -> str:
    """Return what stands before the last colon that governs the phrase beginning at `edge`."""
    outside = unbracketed(text[:edge])
    colons = [m.start() for m in re.finditer(r":(?!\d|//)", outside) if not _ITEM_BEHIND.match(outside, m.end())]
    if not colons:
        return ""
    start = max((m.end() for m in re.finditer(r"[;(]|[.](?=\s)", outside[: colons[-1]])), default=0)
    return phrase(outside[start : colons[-1]], _TOPIC_WORDS)


def around(text: str, edge: int, depth: int) -> str:
    """Return what stands before the bracket in which a phrase beginning at `edge` stands; empty outside brackets."""
    opened = unbracketed(text[:edge]).rfind("(") if depth else -1
    if opened < 0:
        return ""
    outside = unbracketed(text[:opened])
    start = max((m.end() for m in re.finditer(r"[;:(]|[.](?=\s)", outside)), default=0)
    return phrase(outside[start:])


def adverbial(clause: str) -> str:
    """Return where or by what, if a clause begins with that and a comma: it holds for what "và" adds, too.

    "Qua cổng dùng chung, đã chuyển 240 hồ sơ và trả 215 kết quả."
    """
    said = _ADVERBIAL.match(clause)
    return phrase(said["said"]) if said else ""


def content(text: str, *, head: bool = True) -> str:
    """Return a phrase without times, addresses, footnote marks and what is said of every figure.

    Without `head` the beginning is kept: behind a number stands its unit.
    """
    bare = _ADDRESS.sub(" ", _MARKS.sub("", text))
    for mention in reversed(periods.find(bare)):
        bare = bare[: mention.start] + " " + bare[mention.end :]
    said = " ".join(word.group() for word in _WORDS.finditer(_LIST_MARK.sub("", bare)))
    return cues.without_empty_words(said, head=head)


def phrase(text: str, limit: int = _LEFT_WORDS) -> str:
    """Return the last words of a phrase's content."""
    return " ".join(content(text).split()[-limit:])


def join(*parts: str) -> str:
    """Join phrases, leaving out one that another already says."""
    kept: list[str] = []
    for part in parts:
        if part and not any(_says(other, part) for other in kept):
            kept = [other for other in kept if not _says(part, other)]
            kept.append(part)
    return " ".join(kept)


def _says(phrase: str, other: str) -> bool:
    return one_spelling(other.lower()) in one_spelling(phrase.lower())


def counted_unit(text: str, edges: tuple[int, int], known: Sequence[Cue]) -> str:
    """Return the unit that the phrase before a bare number names: "số tên miền hiện tại: 536" counts tên miền."""
    counted = re.compile(r"\b(?:tổng\s+)?số(?:\s+lượng)?\s+", re.IGNORECASE).search(text, *edges)
    if not counted:
        return ""
    return next((cue.text for cue in known if cue.kind == "unit" and cue.start == counted.end()), "")
