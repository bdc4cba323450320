"""Abbreviations that a document defines: "thủ tục hành chính (TTHC)", "(sau đây gọi tắt là Ban Chỉ đạo)".

Letters in a bracket are matched with the first letters of the syllables before it, from the last to the first, as
Schwartz and Hearst do (A simple algorithm for identifying abbreviation definitions, PSB 2003); in Vietnamese each
letter is a syllable's own, so that every letter must be met in turn. A name that a bracket gives by "gọi tắt là" needs
no letters; what it stands for reaches back to the beginning of its phrase.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.extract.sentences import TextSentence
from pipeline.language.letters import UPPER
from pipeline.language.unicode import fold
from pipeline.models import Abbreviation

_BRACKET = re.compile(
    r"\(\s*(?:(?:sau đây\s+)?(?P<called>gọi (?:tắt |chung )?là|viết tắt là|gọi là)\s*:?\s*)?"
    r"[“\"]?(?P<short>[^\W\d_][^()“”\"]{0,60}?)[”\"]?\s*\)",
    re.IGNORECASE,
)
_LETTERS = re.compile(rf"[{UPPER}][{UPPER}&\-/]*[{UPPER}]")
_EITHER = re.compile(r"\s+hoặc\s+")
_SYLLABLE = re.compile(r"[^\W\d_]+")
_PHRASE_ENDS = re.compile(r"[;:.!?()\"“”]|\s[-–]\s")
_BETWEEN = frozenset({"va", "cua", "ve", "cac", "cho", "tai", "trong", "do", "thuoc", "voi"})
_MOST_SYLLABLES = 16
_MOST_CALLED = 12


@dataclass(frozen=True)
class Definition:
    """`short` stands for `full` from here on; the bracket stands at [start, end) of the text."""

    short: str
    full: str
    start: int
    end: int


def extract(document: str, sentences: Sequence[TextSentence]) -> tuple[Abbreviation, ...]:
    """Return the abbreviations that a document defines, in order; of one the first definition, as a reader takes it."""
    found: dict[str, Abbreviation] = {}
    for sentence in sentences:
        for definition in definitions(sentence.text):
            evidence = sentence.evidence_at(document, definition.start)
            found.setdefault(
                definition.short, Abbreviation(short=definition.short, full=definition.full, evidence=evidence)
            )
    return tuple(found.values())


def definitions(text: str) -> Iterator[Definition]:
    """Yield the abbreviations that a sentence defines, in order."""
    for bracket in _BRACKET.finditer(text):
        before = text[: bracket.start()]
        for short in _EITHER.split(" ".join(bracket["short"].split())):
            full = _meant(short, before) if _LETTERS.fullmatch(short) else None
            if full is None and bracket["called"]:
                full = _called(before, short)
            if full and fold(full) != fold(short):
                yield Definition(short, full, bracket.start(), bracket.end())


def expanded(text: str, known: Mapping[str, str]) -> str:
    """Return a text with every abbreviation of `known` (short to full) written out, whole words only.

    A name in words is not what it is short for where it goes on: "Ban Chỉ đạo Trung ương" is another one.
    """
    if not known:
        return text
    names = "|".join(map(_whole, sorted(known, key=len, reverse=True)))
    return re.sub(rf"(?<![\w&/-])(?:{names})(?![\w&/-])", lambda match: known[match[0]], text)


def _whole(short: str) -> str:
    return re.escape(short) + (rf"(?!\s+[{UPPER}])" if short[-1].islower() else "")


def _meant(short: str, before: str) -> str | None:
    """Return the shortest phrase at the end of `before` whose syllables begin with the letters of `short` in turn."""
    letters = [letter for letter in fold(short) if letter.isalpha()]
    syllables = list(_SYLLABLE.finditer(before))[-_MOST_SYLLABLES:]
    if not syllables or before[syllables[-1].end() :].strip(' ,“”"'):
        return None
    at = len(syllables)
    for letter in reversed(letters):
        at -= 1
        while at >= 0 and fold(syllables[at][0])[:1] != letter and fold(syllables[at][0]) in _BETWEEN:
            at -= 1
        if at < 0 or fold(syllables[at][0])[:1] != letter:
            return None
    phrase = before[syllables[at].start() : syllables[-1].end()]
    return None if _PHRASE_ENDS.search(phrase) else " ".join(phrase.split())


def _called(before: str, short: str) -> str | None:
    """Return the name before "(gọi tắt là …)": from where the short name begins in it, or from its first capital."""
    phrase = " ".join(_PHRASE_ENDS.split(before)[-1].split()).strip(" ,")
    within = phrase.rfind(short)
    if within >= 0:
        return phrase[within:]
    words = phrase.split()[-_MOST_CALLED:]
    first = next((i for i, word in enumerate(words) if word[:1].isupper()), None)
    return " ".join(words[first:]) if first is not None and len(words) - first > 1 else None
