"""Labels of tasks: "Đơn vị chủ trì: …", "Phối hợp: …", "Thời hạn: …" on lines of their own or behind a task's text.

The same words head the columns of tables of tasks. On text that was repaired imperfectly a label at the beginning of a
line is also known with a wrong letter (RapidFuzz).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

from rapidfuzz import fuzz, process

from pipeline.extract import offices
from pipeline.language.spelling import one_spelling

_MARK = re.compile(
    r"\s*(?:_*\s*)(?:Điều\s+\d{1,2}\s*[.:]\s*)?(?:[-–—+•*●▪]\s*|[a-zđ]\)\s*|\(?\d{1,2}(?:\.\d{1,2}){0,3}(?:[.)]\s*|[-–]\s+(?=[^\W\d]))|[IVXLC]{1,6}(?:[.)]\s*|[-–]\s+))*"
)
_SIGN = r"\s*(?:\([^()]{0,60}\)\s*)?[:：]\s*"
_FIELD = re.compile(r"(?:Về|Công tác|Nhóm|Lĩnh vực|Nhiệm vụ|Giải pháp|Các nhiệm vụ)\b", re.IGNORECASE)
_FUZZY_SCORE = 88
_LONGEST_LABEL = 45
_FULL_LABEL = 3  # words from which a label may be followed by others ("đơn vị chủ trì tham mưu, tổng hợp:")


class Term(StrEnum):
    """What a label says of a task."""

    TASK = "task"
    LEAD = "lead"
    SUPPORT = "support"
    DEADLINE = "deadline"
    TARGET = "target"


@dataclass(frozen=True)
class Labelled:
    """A label at `start` of a text and what stands behind it, up to the next label or the end."""

    term: Term
    start: int
    value: str


@cache
def _labels() -> Mapping[str, Term]:
    return {label: Term(term) for term, labels in offices.lexicon()["label"].items() for label in labels}


@cache
def _pattern() -> re.Pattern[str]:
    short = [label for label in _labels() if label.count(" ") + 1 < _FULL_LABEL]
    full = [label for label in _labels() if label.count(" ") + 1 >= _FULL_LABEL]
    more = r"(?:,?\s+(?!với\b)[^\s:.,;()]+){0,4}?"
    return re.compile(
        rf"(?:^|(?<=[.;,(–-])|(?<=[.;,(–-]\s))(?:(?P<full>{offices.alternatives(full)}){more}|(?P<short>{offices.alternatives(short)})){_SIGN}",
        re.IGNORECASE,
    )


def names_field(text: str) -> bool:
    """Say whether a heading only names a field ("1. Về nhân lực"), not what is to be done in it."""
    return bool(_FIELD.match(text, mark_end(text)))


def mark_end(text: str) -> int:
    """Return where the text of a list item or heading begins, behind its marks."""
    match = _MARK.match(text)
    return match.end() if match else 0


def read(text: str) -> list[Labelled]:
    """Return the labels of a passage in order, the first of them perhaps behind a task's text."""
    begin = mark_end(text)
    spelled = one_spelling(text)
    found = [
        (m.start(), m.end(), _labels()[_key(m["full"] or m["short"])]) for m in _pattern().finditer(spelled, begin)
    ]
    if not found or found[0][0] > begin:
        first = _fuzzy(spelled, begin) or _without_sign(spelled, begin)
        found = [first, *found] if first else found
    ends = [*(start for start, _, _ in found), len(text)][1:]
    return [
        Labelled(term, start, text[value:end].strip(" ;.–-").removesuffix("("))
        for (start, value, term), end in zip(found, ends, strict=True)
    ]


def column(heads: Sequence[str]) -> Term | None:
    """Say what a table's column with these names holds; of several names the lowest that is known decides."""
    for head in reversed(heads):
        name = _key(one_spelling(re.sub(r"[^\w\s,/]", " ", head)).replace("/", ", "))
        if term := _labels().get(name) or _closest(name) or _containing(name):
            return term
    return None


def _key(label: str) -> str:
    return re.sub(r"\s+,", ",", " ".join(label.lower().split()))


def _fuzzy(text: str, begin: int) -> tuple[int, int, Term] | None:
    """Return a label with a wrong letter at the beginning of a line."""
    sign = re.compile(_SIGN).search(text, begin, begin + _LONGEST_LABEL + 2)
    term = _closest(_key(text[begin : sign.start()])) if sign else None
    return (begin, sign.end(), term) if sign and term else None


def _without_sign(text: str, begin: int) -> tuple[int, int, Term] | None:
    """Return a full label whose colon was lost: an office or a time stands behind it."""
    full = [label for label in _labels() if label.count(" ") + 1 >= _FULL_LABEL]
    match = re.compile(rf"(?P<label>{offices.alternatives(full)})\s*[;.,]?\s+", re.IGNORECASE).match(text, begin)
    if match and match["label"][0].isupper() and offices.leading(text, match.end()):
        return begin, match.end(), _labels()[_key(match["label"])]
    return None


def _closest(name: str) -> Term | None:
    if name.count(" ") < 1:
        return None
    found = process.extractOne(name, list(_labels()), scorer=fuzz.ratio, score_cutoff=_FUZZY_SCORE)
    return _labels()[found[0]] if found else None


def _containing(name: str) -> Term | None:
    """Say what a long name of a column is about: "Cơ quan, đơn vị được giao chủ trì thực hiện"."""
    for words, term in (
        (r"\bchủ trì\b|\bđầu mối\b", Term.LEAD),
        (r"\bphối hợp\b", Term.SUPPORT),
        (r"\bthời (?:gian|hạn|điểm)\b|\btiến độ\b", Term.DEADLINE),
        (r"\bsản phẩm\b", Term.TARGET),
        (r"\b(?:nội dung|nhiệm vụ|công việc)\b", Term.TASK),
        (r"^(?:cơ quan|đơn vị)\b.*\b(?:thực hiện|tham mưu|phụ trách)\b", Term.LEAD),
    ):
        if re.search(words, name):
            return term
    return None
