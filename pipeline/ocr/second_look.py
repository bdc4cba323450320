"""A second look at numerals that are in doubt: cut out, enlarged, and read once more by both readers.

In doubt is a numeral that the readers saw differently, one that stands so near to the next that they are one torn in
two ("24.1 17"), and a form that no numeral has ("99.2%": points part thousands). What both readers see at the second
look, and one of them saw at the first, is taken for agreed. Of two readings that differ in a point or comma that stands
which makes a numeral. Nothing is made up: what stands in the end is what a reader saw, and where no reading is shared
the numeral stays disputed.

Measured on 59 scanned pages of real documents, each place looked at: of some fifty numerals that were settled none is
wrong, and two symbols of documents torn in two, on whose halves both readers agreed, are no longer taken for sure. The
rules were made with these pages at hand.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from PIL import Image, ImageOps
from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from pipeline.language.unicode import fold
from pipeline.models import Box
from pipeline.ocr.lines import PlacedWord, PrintedLine, around
from pipeline.ocr.numeral_size import digit_height
from pipeline.ocr.secondreader import Pixels, RunReader
from pipeline.ocr.settling import is_numeral
from pipeline.ocr.unread import UNREAD

ReadCuts = Callable[[Sequence[Image.Image], int], list[str]]
"""Reads cuts of one line each; the number says how many times they were enlarged."""

_TIMES = 2
_EDGE = "\"'“”‘’.,;:!?()[]{}<>…–—-/*•+|_=~‰"
_DIGIT = re.compile(r"\d")
_LONE_DIGIT = re.compile(r"\d")
_ROMAN = re.compile(r"[IVX]+(?:/\d{4})?")
_COUNTED_IN_ROMAN = frozenset({"quy", "dot", "ky", "khoa", "chuong", "phan"})
_ONES_ALONE = re.compile(r"1{1,3}(?:/\d{4})?")
_HALF_READ = re.compile(r"\s|\d[IlO]|[IlO]\d")
_ENDS, _GOES_ON = re.compile(r"\d[.,]?$"), re.compile(r"[.,]?\d")
# The number of a document with its symbol: "12/2020/NĐ-CP", "7-KH/TU", or what a line's end or a space left of it.
_HALF_A_SYMBOL, _SYMBOL_GOES_ON = re.compile(r"(?:[\d/][A-ZĐ]+|\d)-$"), re.compile(r"[A-ZĐ]{2}")
_SYMBOL = re.compile(r"\d+[a-z]?(?:(?:/(?:19|20)\d{2})?/[A-ZĐ]{2,}(?:-[A-ZĐ]*[A-ZĐg])*-?|-[A-ZĐ]{2,}/[A-ZĐ]{2,})")
_SECTION = re.compile(r"\d{1,2}(?:\.\d{1,2})+\.?")
_ILL_FORMED = re.compile(r"\d+\.\d{1,2}%")
_WELL_FORMED = re.compile(r"(?:\d{1,3}(?:\.\d{3})+|\d+)(?:,\d+)?%?")
_DATE = re.compile(r"(?:0?[1-9]|[12]\d|3[01])/(?:0?[1-9]|1[0-2])/(?:19|20)\d{2}")
# Of the page's digits: words stand further apart. All digits are as wide, so there is white at either side of a 1.
_TORN, _BESIDE_ONE = 0.25, 0.13
_ONES = "1Il"
# A gap in which a digit has room beside the white between words, and the width of one.
_ROOM_FOR_DIGIT, _ONE_DIGIT = 1.0, 0.7
_MAY_REACH = 0.5  # of the page's digits, into each other: boxes are not exact
_LOWEST, _HIGHEST = 0.4, 2.4  # of the page's digits; some boxes reach into the next line
_LIKELY_PRINT = 0.6
_SEEN_TWICE = 0.9
_DISPUTED = 0.5
_PAPER = 0.5  # of its height, around a cut
_LIGHT = 75  # percentile of a page's greys that is paper
_MOST = 60  # doubts; a page with more is no print
_LONGEST = 24  # characters
_ALIKE = 50.0  # per cent: readings that share less are of no print


@dataclass(frozen=True)
class _Doubt:
    """Words of a line, from `start` to before `stop`, and what either reader made of them at first."""

    line: int
    start: int
    stop: int
    first: str
    second: str


def look_again(image: Pixels, lines: Sequence[PrintedLine], reader: RunReader, read: ReadCuts) -> list[PrintedLine]:
    """Return the lines of a page with the numerals that a second look settled.

    Args:
        image: The page in grey.
        lines: What was read by both readers; boxes in pixels.
        reader: The second reader.
        read: The first reader.
    """
    lines = [_with_romans_in_doubt(line) for line in lines]
    digit = digit_height(lines)
    if not digit:
        return lines
    doubts = [doubt for at, line in enumerate(lines) for doubt in _doubts(at, line, digit)]
    if not doubts or len(doubts) > _MOST:
        return lines
    paper = int(np.percentile(image, _LIGHT))
    cuts = [_cut(image, _place(lines[doubt.line], doubt, digit), paper) for doubt in doubts]
    firsts = read(cuts, _TIMES)
    seconds = [answer.text for answer in reader.read([np.asarray(cut) for cut in cuts])]
    changed = [list(line.words) for line in lines]
    # From the end of each line, so that the places of the words before stay.
    for doubt, first, second in reversed(list(zip(doubts, firsts, seconds, strict=True))):
        words = changed[doubt.line]
        words[doubt.start : doubt.stop] = _decided(words[doubt.start : doubt.stop], doubt, first, second)
    return [PrintedLine(tuple(words)) for words in changed]


def _with_romans_in_doubt(line: PrintedLine) -> PrintedLine:
    """Take what may be a Roman number, by the word before it ("Quý I/2026"), for sure no longer if both saw a 1."""
    words = list(line.words)
    for at, (before, word) in enumerate(pairwise(line.words), 1):
        if fold(before.raw) in _COUNTED_IN_ROMAN and _ONES_ALONE.fullmatch(_bare(word.raw)):
            words[at] = replace(word, confidence=min(word.confidence or 0.0, _DISPUTED))
    return PrintedLine(tuple(words))


def _doubts(at: int, line: PrintedLine, digit: float) -> Iterator[_Doubt]:
    """Yield what is in doubt in a line; `digit` is the height of the page's digits."""
    start = 0
    while start < len(line.words):
        stop = start + 1
        while stop < len(line.words) and _is_torn(line.words[stop - 1], line.words[stop], digit):
            stop += 1
        words = line.words[start:stop]
        if _is_worth_a_look(line, start, stop, digit):
            seconds = [word.second if word.second is not None else word.raw for word in words]
            yield _Doubt(at, start, stop, "".join(word.raw for word in words), "".join(seconds))
        start = stop


def _is_worth_a_look(line: PrintedLine, start: int, stop: int, digit: float) -> bool:
    word = line.words[start]
    if not _is_among_print(line, start, stop):
        return False
    if stop - start > 1:
        return True
    # A sign within a line is one, or dirt; at its beginning it may be a footnote's mark.
    may_be_read = not _is_section(word) if start == 0 else any(map(str.isalnum, word.raw))
    return may_be_read and _is_in_doubt(word) and _is_print(word, digit)


def _is_torn(left: PlacedWord, right: PlacedWord, digit: float) -> bool:
    """Say whether two words are one numeral, or one symbol of a document, that was read in two pieces."""
    if UNREAD in (left.text, right.text):
        return False
    ends = any(_ENDS.search(seen) for seen in (left.raw, left.second or ""))
    goes_on = any(_GOES_ON.match(seen) for seen in (right.raw, right.second or ""))
    ones = (left.raw[-1:] in _ONES) + (right.raw[:1] in _ONES)
    gap = (right.box.x0 - left.box.x1) / digit
    is_symbol = bool(_HALF_A_SYMBOL.search(left.raw) and _SYMBOL_GOES_ON.match(right.raw))
    return ((ends and goes_on) or is_symbol) and -_MAY_REACH < gap < _TORN + ones * _BESIDE_ONE


def _is_in_doubt(word: PlacedWord) -> bool:
    if word.text == UNREAD or len(word.raw) > _LONGEST:
        return False
    if word.second is None or not _DIGIT.search(word.raw + word.second):
        return False
    if _bare(word.raw) == _bare(word.second):
        return bool(_ILL_FORMED.match(word.raw))
    if any(_ROMAN.fullmatch(_bare(seen)) for seen in (word.raw, word.second)):
        return False  # no second look tells a Roman I from a 1
    return is_numeral(word.second) or fuzz.ratio(word.raw, word.second) >= _ALIKE


def _is_print(word: PlacedWord, digit: float) -> bool:
    return _LOWEST * digit <= word.box.y1 - word.box.y0 <= _HIGHEST * digit


def _is_among_print(line: PrintedLine, start: int, stop: int) -> bool:
    """Say whether the other words of a line were read like print: of handwriting hardly any is."""
    others = [word for word in (*line.words[:start], *line.words[stop:]) if word.text != UNREAD]
    if not others and len(_bare(line.words[start].second or "")) == 1:
        return False  # a dash, or half a letter
    return 2 * sum((word.confidence or 0.0) >= _LIKELY_PRINT for word in others) >= len(others)


def _is_section(word: PlacedWord) -> bool:
    """Say whether a word is the number of a section, whose points readers take for commas."""
    return any(_SECTION.fullmatch(seen) for seen in (word.raw, word.second or ""))


def _bare(text: str) -> str:
    return text.strip(_EDGE)


def _place(line: PrintedLine, doubt: _Doubt, digit: float) -> Box:
    """Return where the words in doubt stand, and where a digit may that their boxes leave out: they end too early."""
    box = around(word.box for word in line.words[doubt.start : doubt.stop])
    left, right = box.x0, box.x1
    if doubt.start and box.x0 - line.words[doubt.start - 1].box.x1 > _ROOM_FOR_DIGIT * digit:
        left -= _ONE_DIGIT * digit
    if doubt.stop < len(line.words) and line.words[doubt.stop].box.x0 - box.x1 > _ROOM_FOR_DIGIT * digit:
        right += _ONE_DIGIT * digit
    return box.model_copy(update={"x0": left, "x1": right})


def _cut(image: Pixels, box: Box, paper: int) -> Image.Image:
    """Cut a place out of a page, enlarged, with paper around it."""
    top, left = max(0, int(box.y0) - 2), max(0, int(box.x0) - 2)
    cut = Image.fromarray(np.ascontiguousarray(image[top : int(box.y1) + 3, left : int(box.x1) + 3]))
    wide = ImageOps.expand(cut, border=max(4, round(_PAPER * cut.height)), fill=paper)
    return wide.resize((wide.width * _TIMES, wide.height * _TIMES), Image.Resampling.BICUBIC)


def _decided(words: Sequence[PlacedWord], doubt: _Doubt, first: str, second: str) -> list[PlacedWord]:
    """Return the words in doubt as they stand after the second look, at which the readers saw `first` and `second`."""
    word = replace(words[0], box=around(each.box for each in words))
    if len(words) == 1 and _bare(doubt.first) == _bare(doubt.second):
        return [_well_formed(word, [first, second])]
    if better := _better_formed(word, (first, second)):
        return [better]
    is_shared = _bare(first) == _bare(second) and _bare(first) in (_bare(doubt.first), _bare(doubt.second))
    if is_shared and _is_whole(first, doubt):
        # A sign that looks like a digit ("≥") looks so each time: it is taken for one, but not for sure.
        is_number = all(_DIGIT.search(seen) for seen in (doubt.first, doubt.second))
        other, confidence = (first, _SEEN_TWICE) if is_number else (doubt.first, _DISPUTED)
        return [replace(word, raw=first, text=first, second=other, confidence=confidence)]
    if likelier := _likelier(word, doubt, first, second):
        return [likelier]
    are_apart = len(first.split()) > 1 and len(second.split()) > 1
    if len(words) == 1 or are_apart:
        return list(words)
    return [replace(each, confidence=min(each.confidence or 0.0, _DISPUTED)) for each in words]


def _likelier(word: PlacedWord, doubt: _Doubt, first: str, second: str) -> PlacedWord | None:
    """Return a word that stays disputed, as it is likelier printed: as each reader saw it at one of the looks.

    Or in one piece, where the first reader sees no gap in it any more or a document's symbol comes of it.
    """
    seen = _seen_across(doubt, first, second)
    is_torn = doubt.stop - doubt.start > 1
    symbol = next((seen for seen in (doubt.first, doubt.second) if _SYMBOL.fullmatch(_bare(seen))), None)
    if seen is None and is_torn and not symbol and _is_gapless(first, doubt):
        seen = doubt.first
    if seen is not None and not _is_whole(seen, doubt):
        return None
    if seen is None and is_torn:
        seen = symbol
    if seen is None:
        return None
    other = doubt.second if seen == doubt.first else doubt.first
    return replace(word, raw=seen, text=seen, second=other, confidence=min(word.confidence or 0.0, _DISPUTED))


def _is_gapless(first: str, doubt: _Doubt) -> bool:
    return len(first.split()) == 1 and _digits(first) == _digits(doubt.first)


def _seen_across(doubt: _Doubt, first: str, second: str) -> str | None:
    """Return what one reader saw at the first look and the other at the second, if that is one reading.

    Of two numerals the second reader's stands before the other, see `settling`; of other words the first reader's.
    """
    if is_numeral(doubt.first) and not is_numeral(doubt.second):
        return None  # whose reading stands first is not known
    by_first, by_second = doubt.first, doubt.second
    if is_numeral(doubt.first):
        by_first, by_second = by_second, by_first
    shared = {seen for seen, again in ((by_first, second), (by_second, first)) if _bare(seen) == _bare(again)}
    return shared.pop() if len({_bare(seen) for seen in shared}) == 1 else None


def _better_formed(word: PlacedWord, seen: Sequence[str]) -> PlacedWord | None:
    """Return a numeral as that reader saw it whose points and commas make one, where the other's do not.

    Points part thousands, a comma the decimals; of "01/7/2025" and "01/772025" one is a date.
    """
    readings = (word.raw, word.second or "")
    if Levenshtein.distance(*map(_bare, readings)) != 1:
        return None
    has_stroke = "/" in word.raw + (word.second or "")
    form = _DATE if has_stroke else _WELL_FORMED
    formed = [reading for reading in readings if form.fullmatch(_bare(reading))]
    if len(formed) != 1 or (not has_stroke and _digits(readings[0]) != _digits(readings[1])):
        return None
    (right,) = formed
    other = readings[1 - readings.index(right)]
    confidence = _SEEN_TWICE if all(_bare(right) == _bare(again) for again in seen) else _DISPUTED
    return replace(
        word, raw=right, text=right, second=right if confidence == _SEEN_TWICE else other, confidence=confidence
    )


def _is_whole(seen: str, doubt: _Doubt) -> bool:
    """Say whether a reading is one word with digits, and has not lost some that the whole word was read with."""
    digits = _digits(seen)
    others = (_digits(other) for other in (doubt.first, doubt.second))
    if not digits or _HALF_READ.search(seen):
        return False
    if all(_LONE_DIGIT.fullmatch(_bare(reading)) for reading in (doubt.first, doubt.second)):
        return False  # a written digit is read as this or that
    return all(digits == other or digits not in other for other in others)


def _digits(text: str) -> str:
    return "".join(_DIGIT.findall(text))


def _well_formed(word: PlacedWord, seen: Sequence[str]) -> PlacedWord:
    """Return a numeral of an odd form as the second look saw it, if that has a usual form and the same digits.

    In any case it is no longer sure: two readers that lose the tail of a comma agree on a point.
    """
    for text in seen:
        if _WELL_FORMED.fullmatch(_bare(text)) and _digits(text) == _digits(word.raw):
            return replace(word, raw=text, text=text, second=word.raw, confidence=_DISPUTED)
    return replace(word, confidence=min(word.confidence or 0.0, _DISPUTED))
