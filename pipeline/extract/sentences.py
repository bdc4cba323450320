"""Passages cut into sentences; a sentence knows the line of each of its characters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from pipeline.extract import doubtful
from pipeline.extract.passages import Level, Passage
from pipeline.extract.printed import PrintedLine
from pipeline.language.letters import LOWER, UPPER
from pipeline.language.unicode import SUPERSCRIPTS
from pipeline.models import Doubt, Evidence, Sentence

_END = re.compile(rf"[.!?…][”\")]?[{SUPERSCRIPTS}]*(?=\s+[“\"(]?[{UPPER}\d+-])|[.!?](?=[{UPPER}][{LOWER}]+\s)")
# What ends in a point without ending a sentence: titles, abbreviations, list numbers, initials.
_ABBREVIATION = re.compile(
    r"^\s*\d{1,2}(?:\.\d{1,2})+$|(?:^|[\s(])(?:TP|Tp|TS|ThS|PGS|GS|BS|KT|TM|TL|TUQ|Q|P|TX|TT|NXB|St|v\.v|\d{1,2}|[IVX]+|[A-ZĐ])$"
)
# Work within a sentence grows with the square of its numbers.
_LONGEST = 3000


@dataclass(frozen=True)
class TextSentence:
    """A sentence at [start, start + len(text)) of its passage; `number` counts from 0 through the document."""

    number: int
    text: str
    start: int
    passage: Passage

    def line_at(self, offset: int) -> PrintedLine:
        """Return the line on which the character at `offset` of the sentence stands."""
        return self.passage.line_at(self.start + offset)

    def evidence_at(self, document: str, offset: int) -> Evidence:
        """Return that what is read at `offset` of the sentence stands there in a document."""
        return self.line_at(offset).evidence(document, self.text)

    @property
    def level(self) -> Level:
        """The level of the list or heading that the sentence begins; TEXT within a passage."""
        return self.passage.level if self.start == 0 else Level.TEXT

    @cached_property
    def doubts(self) -> tuple[Doubt, ...]:
        """The doubtful words of the sentence."""
        return doubtful.in_stretch(self.passage, self.start, self.start + len(self.text))

    def record(self) -> Sentence:
        """Return the record that is handed on."""
        lines = tuple(
            dict.fromkeys(
                line.line.number
                for start, line in zip(self.passage.starts, self.passage.lines, strict=True)
                if start < self.start + len(self.text) and start + len(line.text) > self.start
            )
        )
        return Sentence(
            number=self.number,
            text=self.text,
            page=self.line_at(0).page,
            lines=lines,
            heading=self.passage.heading,
            footnote=self.passage.mark,
            doubts=self.doubts,
        )


def split(passages: Sequence[Passage]) -> list[TextSentence]:
    """Cut passages into sentences."""
    sentences: list[TextSentence] = []
    for passage in passages:
        for start, end in _short_enough(passage.text, _spans(passage.text)):
            sentences.append(TextSentence(len(sentences), passage.text[start:end], start, passage))
    return sentences


def _short_enough(text: str, spans: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Cut what is too long for a sentence (a list without points, a table without lines) at blanks."""
    for begin, end in spans:
        start = begin
        while end - start > _LONGEST:
            cut = text.rfind(" ", start, start + _LONGEST) + 1 or start + _LONGEST
            yield start, cut
            start = cut
        yield start, end


def _spans(text: str) -> Iterator[tuple[int, int]]:
    start = 0
    for match in _END.finditer(text):
        before = text[start : match.start()]
        if _ABBREVIATION.search(before) or _open_bracket(before):
            continue
        if re.fullmatch(r"\. ?\d{3}(?!\d).*", text[match.start() : match.start() + 6]) and before[-1:].isdigit():
            continue  # 227. 213
        yield start, match.end()
        start = match.end() + len(text[match.end() :]) - len(text[match.end() :].lstrip())
    if text[start:].strip():
        yield start, len(text)


def _open_bracket(text: str) -> bool:
    """Say whether a bracket is still open; one left open for long was lost, not meant."""
    opened = text.rfind("(")
    return opened > text.rfind(")") and len(text) - opened < 200
