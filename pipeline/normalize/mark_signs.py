"""What readers make of raised footnote marks (chỉ số chú thích): "®" for 6, "'" for 1, "*°" for 40.

Shares of readings were counted on printed pages (corpus.training.train_marks). Such signs also come from letters and
specks, so beside each reading stands how often words without a mark end in it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files

from pipeline.language.letters import LETTER
from pipeline.language.unicode import SUPERSCRIPTS

SIGNS = "!?*'’‘\"“”®©™°º>»~^`´¢£¥§"
SIGN_RUN = rf"[{re.escape(SIGNS)}]{{1,3}}\d?|\d?[{re.escape(SIGNS)}]{{1,2}}"
NOTE_MARK = re.compile(
    rf"\s*(?P<mark>[{SUPERSCRIPTS}]{{1,3}}|[1-9]\d{{0,2}}|{SIGN_RUN}|[{re.escape(SIGNS)}]{{1,2}}[SBO](?=\s))"
    rf"(?=\s?{LETTER}|\s[(\\“])"
)
"""What may be the mark of a note at the beginning of its line, and stands before a word or a bracket."""

_AT_END = re.compile(rf"(?<=[\w%)\]])(?:{SIGN_RUN})(?=[.,;:)]*(?:\s|$))")
_DETACHED = re.compile(rf"(?<={LETTER}) (?:{SIGN_RUN})(?=[.,;:)]*(?:\s|$))")
_CLOSES = "”’\"'“"
_OPENED = re.compile(r"(?:^|[\s(])[“\"](?=\w)|[“](?=\w)")
_CLOSED = re.compile(r"[”\"](?=[\s.,;:)]|$)")
_REMEMBERED = 300  # characters within which a quotation is closed
# The horn of ơ and ư is read as a sign behind one of these letters: "ct?" for "cứ", "co’" for "cơ".
_HOOKED = frozenset("ituvwor")
_RAREST = 1e-5  # share of a sign that no word without a mark ended in
_WHOLE = 0.7  # weight of a mark's own readings beside those of its digits
_SPECK = 1e-3  # signs that stand alone are specks sooner than marks
_SAME_DIGIT = 0.02  # a raised digit that was read as itself, which small marks on rendered pages rarely are
_UNKNOWN = 0.0005


@dataclass(frozen=True)
class Sign:
    """Signs in a line where a mark may stand: [start, end), the blank before them included where one was read.

    `kind` says what stands before them, as far as it tells how often such signs come from something else.
    """

    start: int
    end: int
    text: str
    kind: str


@dataclass(frozen=True, eq=False)
class Readings:
    """Shares of readings of marks, whole and digit by digit."""

    marks: Mapping[str, Mapping[str, float]]
    digits: Mapping[str, Mapping[str, float]]

    def likelihood(self, signs: str, mark: int) -> float:
        """Return the probability that a mark is read as these signs; an empty reading is a mark that was lost.

        Few printed pages show every mark often, so what its digits are read as one by one counts as well.
        """
        return _likelihood(self, signs, mark)

    def digit(self, digit: str, signs: str) -> float:
        """Return the probability that a digit of a mark is read as these signs."""
        same = _SAME_DIGIT if signs == digit else 0.0
        return max(self.digits.get(digit, {}).get(signs, 0.0), same)


@lru_cache(maxsize=65536)
def _likelihood(readings: Readings, signs: str, mark: int) -> float:
    by_digits = _by_digits(readings, signs, str(mark))
    known = readings.marks.get(str(mark))
    share = by_digits if known is None else _WHOLE * known.get(signs, 0.0) + (1 - _WHOLE) * by_digits
    return max(share, _UNKNOWN)


def _by_digits(readings: Readings, signs: str, digits: str) -> float:
    ways = {split: readings.digit(digits[0], signs[:split]) for split in range(len(signs) + 1)}
    for digit in digits[1:]:
        ways = {
            end: sum(ways[split] * readings.digit(digit, signs[split:end]) for split in range(end + 1))
            for end in range(len(signs) + 1)
        }
    return ways[len(signs)]


@dataclass(frozen=True)
class SignTable:
    """Readings of marks in the text and of those that begin notes, and shares of words without one that end in signs.

    `unmarked` is by the kind of place (`Sign.kind`).
    """

    text: Readings
    notes: Readings
    unmarked: Mapping[str, Mapping[str, float]]

    def background(self, sign: Sign) -> float:
        """Return the share of words without a mark that seem to end in these signs."""
        least = _SPECK if sign.kind == "detached" else _RAREST
        return max(self.unmarked.get(sign.kind, {}).get(sign.text, 0.0), least)


def signs_of(line: str, before: str = "") -> Iterator[Sign]:
    """Yield the places of a line where a mark may have been read as signs, from left to right.

    Signs that close a quotation are none; `before` is the text above the line, in which it may have been opened.
    """
    found = [(match.start(), match.end(), "") for match in _AT_END.finditer(line)]
    found += [(match.start(), match.end(), "detached") for match in _DETACHED.finditer(line)]
    for start, end, kind in sorted(found):
        first = start
        if not kind and line[start] in _CLOSES and _is_open(f"{before} {line[:start]}"):
            first = start + 1
        if first < end:
            yield Sign(first, end, line[first:end].strip(), kind or _kind(line[start - 1]))


def _is_open(before: str) -> bool:
    """Say whether a quotation was opened and not closed."""
    opened = [match.end() for match in _OPENED.finditer(before[-_REMEMBERED:])]
    after = before[-_REMEMBERED:][opened[-1] :] if opened else ""
    return bool(opened) and not _CLOSED.search(after)


def _kind(before: str) -> str:
    """Tell what stands before signs: a digit or bracket, a letter that hooks are read behind, or another letter."""
    if not before.isalpha():
        return "number"
    return "hooked" if before in _HOOKED else "word"


class Reader(StrEnum):
    """The readers whose readings of marks are known, by Tesseract's names of their languages."""

    ENGLISH = "eng"
    VIETNAMESE = "vie"


@lru_cache(maxsize=len(Reader))
def load_signs(reader: Reader) -> SignTable:
    """Load what a reader makes of marks."""
    stored = json.loads((files("pipeline.normalize") / "data" / f"marks_{reader}.json").read_text(encoding="utf-8"))
    return SignTable(
        Readings(stored["marks"], stored["digits"]),
        Readings(stored["begins"], stored["begins_digits"]),
        stored["unmarked"],
    )
