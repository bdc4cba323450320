"""What a document says of each of its figures, as far as it tells which indicator the figure states."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby

from pipeline.extract import cues, offices, subjects
from pipeline.extract.abbreviations import expanded
from pipeline.extract.passages import Level, level_of
from pipeline.extract.phrases import Said, words
from pipeline.models import Extraction, Figure, Sentence

_LEAD_SENTENCES = 8  # how far up a list item looks for the sentence that leads its list in

_CHANGE = re.compile(r"\b(?:tăng|giảm)(?:\s+(?:thêm|đi|hơn|trên|gần|khoảng|xấp xỉ|bình quân))*\s*$", re.IGNORECASE)
_COMPARED_BEHIND = re.compile(
    r"\s*%?\s*(?:(?:so|so với)\s+)?(?:kế hoạch|dự toán|chỉ tiêu|mục tiêu|cùng kỳ)\b", re.IGNORECASE
)
_COMPARED = ("so với kế hoạch", "so với kế", "so với dự toán", "so với chỉ tiêu", "so với cùng kỳ", "so cùng kỳ")
_COMPARED_COLUMN = re.compile(r"\b(?:so sánh|so với|hoạch|dự toán|cùng kỳ)\b[^()]*\(%\)", re.IGNORECASE)
_SHARE = re.compile(r"\b(?:tỷ|tỉ) (?:lệ|suất|trọng)\b", re.IGNORECASE)
_INSIDE = re.compile(r"\b(?:tại|ở|thuộc|trong|trên|của|cho|giữa|địa bàn)\s*$", re.IGNORECASE)
# Between a label and its number may stand a colon or an opening bracket; behind a number they begin something else.
_CLAUSE_BEGIN = re.compile(r"[,;)]|[.](?=\s|$)|\svà\s")
_CLAUSE_END = re.compile(r"[,;:()]|[.](?=\s|$)|\svà\s")
_PER_MANY = re.compile(r"[^,;:()/]{0,40}/\s*\d+(?:[.]000)*\s+\w")
_HARD_END = re.compile(r"[;)]|[.](?=\s|$)")
_NUMERAL = r"\d[\d.,/]*"
_TOTAL = re.compile(r"(?:tổng(?: cộng| số)?|cộng)\s*[.:]?", re.IGNORECASE)
# "giảm từ 74 phút xuống 52 phút" counts the same twice.
_MOVED = re.compile(r"\b(?:lên|xuống|còn|thành)\s*$", re.IGNORECASE)


@dataclass(frozen=True)
class Statement:
    """What is said of a figure."""

    own: Said  # its subject, its unit, and what is near
    near: Said  # the words right around it, as far as the figures before and behind it, and its unit
    topic: Said  # what stands before the colon that governs it
    unit: str  # in the form of `phrases.words`
    ratio: bool  # it is counted by something else: "96 thuê bao/100 dân"
    changed: bool  # it is a growth or a fall
    compared: bool  # it is a share of a plan or of another period
    share: bool | None  # None where its subject names no rate (tỷ lệ); else whether that is in per cent
    inside: bool  # a preposition stands before it


@dataclass(frozen=True)
class TotalStatement:
    """What is said of a table's total (Tổng cộng), the title over it included; `column` is what its column says."""

    statement: Statement
    column: Said


class Statements:
    """What is said of each figure of a document, and above it; abbreviations stand for their full words.

    What the document itself defines counts before the abbreviations of the catalogue.
    """

    def __init__(self, extraction: Extraction, abbreviations: Mapping[str, str]) -> None:
        self._abbreviations = abbreviations
        self._defined = {defined.short: defined.full for defined in extraction.abbreviations}
        self._sentences = extraction.sentences
        self._document = self._words(extraction.components.subject or "")
        self._headings: dict[tuple[str, ...], list[str]] = {}
        self._leads: dict[int, list[str]] = {}
        self._reach = _reaches(extraction)
        self._rows = {
            cell.figure: (table, row)
            for table in extraction.tables
            for row in table.rows
            for cell in row.cells
            if cell.figure
        }
        self._subject = extraction.components.subject or ""

    def of(self, figure: Figure) -> Statement:
        """Return what is said of a figure itself."""
        text = self._sentences[figure.place.sentence].text
        before, behind = text[: figure.place.start], text[figure.place.end :]
        near = f"{self._around(figure, text)} {figure.unit}"
        own = self._said(f"{_own_clause(figure, before)} {near}")
        return Statement(
            own=own,
            near=self._said(near),
            topic=self._said(subjects.topic(text, figure.place.start)),
            unit=" ".join(self._words(figure.unit)),
            ratio="/" in figure.unit or _is_ratio(figure, behind),
            changed=bool(_CHANGE.search(before)),
            compared=_is_compared(figure, own, behind),
            share="%" in figure.subject if _SHARE.search(figure.subject) else None,
            inside=bool(_INSIDE.search(before)),
        )

    def of_total(self, figure: Figure) -> TotalStatement | None:
        """Return what is said of a table's total with the table's title and the document's subject; None of others.

        A total that is part of another one is none: its column says what it is of.
        """
        table, row = self._rows.get(figure.id, (None, None))
        if table is None or row is None or figure.whole or not _TOTAL.fullmatch(row.head):
            return None
        said, column = self.of(figure), figure.subject.removeprefix(row.head).strip()
        title = self._words(f"{table.title or ''} {self._subject}")
        return TotalStatement(
            replace(said, own=Said((*said.own.words, *title))), self._said("" if _TOTAL.fullmatch(column) else column)
        )

    def is_of_an_office(self, figure: Figure) -> bool:
        """Say whether a figure stands in a table's row that is headed by an office or a place, and by nothing else."""
        _, row = self._rows.get(figure.id, (None, None))
        named = offices.leading(row.head) if row else None
        return named is not None and not row.head[named.end :].strip() if row else False

    def _around(self, figure: Figure, text: str) -> str:
        """Return the words right before and behind a figure that are neither the figure's before it nor the next one's.

        "100% xã có cáp quang và 100% thôn có sóng": what stands before the second number belongs to the first.
        """
        first, last = self._reach[figure.id]
        parted = _CLAUSE_BEGIN if first else _HARD_END
        begun = max((match.end() for match in parted.finditer(text, first, figure.place.start)), default=first)
        ended = _CLAUSE_END.search(text, figure.place.end, last)
        return f"{text[begun : figure.place.start]} {text[figure.place.end : ended.start() if ended else last]}"

    def above(self, figure: Figure) -> Said:
        """Return what is said above a figure: the document's subject, headings, and before it in its paragraph."""
        sentence = self._sentences[figure.place.sentence]
        if sentence.heading not in self._headings:
            self._headings[sentence.heading] = self._words(" ".join(sentence.heading))
        if sentence.number not in self._leads:
            self._leads[sentence.number] = self._words(" ".join(self._lead(sentence)))
        said = [*self._document, *self._headings[sentence.heading], *self._leads[sentence.number]]
        return Said((*said, *self._words(sentence.text[: figure.place.start])))

    def _words(self, text: str) -> list[str]:
        return words(expanded(text, self._defined), self._abbreviations)

    def _said(self, text: str) -> Said:
        return Said(tuple(_offices().sub(" ", f" {' '.join(self._words(text))} ").split()))

    def _lead(self, sentence: Sentence) -> Iterator[str]:
        """Yield the sentences that one goes on with: those of its paragraph, and those that lead its list in (":")."""
        level = level_of(sentence.text)
        for earlier in reversed(self._sentences[max(0, sentence.number - _LEAD_SENTENCES) : sentence.number]):
            if earlier.heading != sentence.heading:
                return
            above = level_of(earlier.text)
            if level is Level.TEXT or (earlier.text.rstrip().endswith(":") and above < level):
                yield earlier.text
                level = above


@cache
def _offices() -> re.Pattern[str]:
    names = "|".join(sorted({re.escape(" ".join(words(name, {}))) for name in cues.offices()}, key=len, reverse=True))
    return re.compile(rf"(?<= )(?:{names})(?= )")


def _reaches(extraction: Extraction) -> dict[str, tuple[int, int]]:
    """Return for each figure where the one before it in its sentence ends, and where the next begins."""
    reaches: dict[str, tuple[int, int]] = {}
    order = sorted(extraction.figures, key=lambda figure: (figure.place.sentence, figure.place.start))
    for sentence, group in groupby(order, key=lambda figure: figure.place.sentence):
        figures = list(group)
        text = extraction.sentences[sentence].text
        ends = [0, *(_end(figure, text) for figure in figures)]
        starts = [*(figure.place.start for figure in figures[1:]), len(text)]
        reaches |= {figure.id: (end, start) for figure, end, start in zip(figures, ends, starts, strict=False)}
    return reaches


def _end(figure: Figure, text: str) -> int:
    """Return where a figure ends: with its unit, where that stands right behind the number."""
    unit = re.compile(rf"\s*{re.escape(figure.unit)}(?!\w)").match(text, figure.place.end)
    return unit.end() if unit else figure.place.end


def _is_ratio(figure: Figure, behind: str) -> bool:
    """Say whether what is counted is counted by something else, told right behind its unit or as "/100 dân"."""
    return bool(re.match(rf"\s*{re.escape(figure.unit)}\s*/\s*\w", behind) or _PER_MANY.match(behind))


def _is_compared(figure: Figure, own: Said, behind: str) -> bool:
    """Say whether a figure is a share of a plan or of another period; a column's head may say so."""
    told = _COMPARED_BEHIND.match(behind) or _COMPARED_COLUMN.search(figure.subject)
    return bool(told) or any(own.has(phrase) for phrase in _COMPARED)


def _own_clause(figure: Figure, before: str) -> str:
    """Return a figure's subject without what an earlier figure of the same unit counts."""
    if not figure.unit or _MOVED.search(before):
        return figure.subject
    earlier = list(re.finditer(rf"{_NUMERAL}\s+(?={re.escape(figure.unit)}\b)", figure.subject, re.IGNORECASE))
    return figure.subject[earlier[-1].end() :] if earlier else figure.subject
