"""What the words around a figure say of it: when it held, whether it accumulates, result or target, which dimension."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.extract import cues, periods
from pipeline.extract.cues import Cue
from pipeline.extract.periods import TimeMention
from pipeline.extract.quantities import Quantity
from pipeline.language.letters import LOWER, UPPER
from pipeline.models import Status

_CLAUSE = re.compile(r"[;.]\s")
_DONE = re.compile(r"\b(?:đã|kết quả|hiện có|đạt được)\b", re.IGNORECASE)
_PLAN_HEADING = re.compile(
    r"\b(?:mục tiêu|chỉ tiêu|phương hướng|nhiệm vụ (?:trọng tâm|năm|\d|thời gian)|dự toán|nhu cầu kinh phí|đề xuất)\b",
    re.I,
)
_CAPITALISED = rf"[{UPPER}][{LOWER}]*"
_PLACE = re.compile(
    rf"(?:(?:tỉnh|huyện|xã|phường|thành phố|thị xã|TP\.?)\s+)?({_CAPITALISED}(?:\s+{_CAPITALISED}){{1,3}})(?:\s+cũ)?"
)
# "so với cùng kỳ năm 2024": the time of what is compared with, not of what follows.
_COMPARED = re.compile(r"\b(?:cùng kỳ|so với)\s*$", re.IGNORECASE)
_IN_TERM = re.compile(r"trong\s+(tháng|quý|kỳ)", re.IGNORECASE)
_MONTH_DAYS, _QUARTER_DAYS = 31, 92
_NEAR = 90
# How many characters a word of change reaches: "đổi mới sáng tạo" makes no flow of what follows.
_REACH = {"flow_adjacent": 1, "flow_near": 25}


@dataclass(frozen=True)
class Context:
    """What holds for a whole document: its name, the beginning of its file's digest, its date.

    `year` is that of dates that state none; it is known more often than the date. `span` is the period that the
    document's subject states ("9 tháng đầu năm 2025").
    """

    document: str
    digest: str
    date: dt.date | None = None
    year: int | None = None
    span: TimeMention | None = None


def time_of(quantity: Quantity, mentions: Sequence[TimeMention], text: str, year: int | None) -> TimeMention | None:
    """Return the time a quantity is stated for: the last one before it in the sentence, or one right behind it.

    A moment in years to come ("mục tiêu đến năm 2030") is not when a figure held.
    """
    mentions = [m for m in mentions if not (m.as_of and year and m.as_of.year > year)]
    if not text[: quantity.start].rstrip().endswith("("):
        mentions = [m for m in mentions if not _COMPARED.search(text[: m.start])]
    behind = next((m for m in mentions if 0 <= m.start - quantity.end <= 30), None)
    if behind and behind.as_of and not re.search(r"[;,.]|\d", text[quantity.end : behind.start]):
        return behind
    return next((m for m in reversed(mentions) if m.end <= quantity.start), None)


def times(text: str, context: Context) -> list[TimeMention]:
    """Return the times of a sentence; dates within the names of documents are not times of figures.

    "Trong tháng", "trong quý", "trong kỳ" mean the time that the document's subject states.
    """
    found = [m for m in periods.find(text, context.date, context.year) if not _of_document(text, m.start)]
    return [_reported(text, mention, context.span) for mention in found]


def _reported(text: str, mention: TimeMention, span: TimeMention | None) -> TimeMention:
    match = _IN_TERM.match(text, mention.start)
    if not match or mention.as_of or mention.first or span is None or not (span.first and span.last):
        return mention
    days = (span.last - span.first).days
    fits = {"tháng": days <= _MONTH_DAYS, "quý": _MONTH_DAYS < days <= _QUARTER_DAYS, "kỳ": True}
    return replace(mention, first=span.first, last=span.last) if fits.get(match[1].lower()) else mention


def _of_document(text: str, start: int) -> bool:
    return bool(re.search(r"(?:/|-)[A-ZĐ][\w&-]*,?\s*(?:ngày\s*)?$", text[max(0, start - 40) : start]))


def cumulative_of(quantity: Quantity, known: Sequence[Cue], text: str, time: TimeMention | None) -> bool | None:
    """Return whether a quantity is a stock (lũy kế, đến ngày …), a flow (trong kỳ), or says neither."""
    clause = max((m.end() for m in _CLAUSE.finditer(text, 0, quantity.start)), default=0)
    said = [c for c in known if c.kind == "cumulative" and clause <= c.start and c.end <= quantity.start]
    said = [c for c in said if quantity.start - c.end <= _REACH.get(c.label, len(text))]
    if said:
        # "lũy kế … phát sinh 441 hồ sơ" is still a stock.
        near = any(c.label == "stock" and quantity.start - c.end < _NEAR for c in said)
        return said[-1].label == "stock" or (near and said[-1].label != "flow")
    behind = next((c for c in known if c.kind == "cumulative" and c.start >= quantity.end), None)
    if behind and not text[quantity.end : behind.start].strip():
        return behind.label == "stock"
    return True if time and time.as_of else None


def status_of(quantity: Quantity, known: Sequence[Cue], text: str, heading: Sequence[str]) -> Status:
    """Return whether a quantity was reached, is aimed at, or is expected."""
    said = [c for c in known if c.kind == "status" and c.end <= quantity.start]
    for cue in reversed(said):
        between = text[cue.end : quantity.start]
        if _DONE.search(between) or _CLAUSE.search(between):
            continue
        return Status.TARGET if cue.label == "target" else Status.ESTIMATE
    if is_planned(heading) and not _DONE.search(text[: quantity.start]):
        return Status.TARGET
    return Status.RESULT


def is_planned(headings: Sequence[str]) -> bool:
    """Say whether one of the headings announces what is planned (mục tiêu, chỉ tiêu, dự toán)."""
    return any(_PLAN_HEADING.search(heading) for heading in headings)


def dimensions_of(label: str) -> dict[str, str]:
    """Return the dimensions that a part's label names: channel, holder, level, place."""
    found: dict[str, str] = {}
    lowered = f" {label.lower()} "
    for name, values in cues.dimensions().items():
        for phrase, value in values.items():
            if f" {phrase} " in lowered:
                found.setdefault(name, value)
    if place := _PLACE.fullmatch(label.strip()):
        found["place"] = place[1]
    return found
