"""Numbers that stand alone and that the reader passed over: that of the page, and single digits in a column.

Tesseract takes a digit with nothing beside it for a speck. Ink that no word covers is looked at once more where a
number is to be expected: at the head or foot of a page, and in line with words under or over another number. It must be
as high as the page's digits, but that the number of a page may be set smaller. It is taken only where both readers,
each looking at the cut alone, see the same digits.

Measured on 59 scanned pages of real documents: eight numbers of pages found, nothing else taken for one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence

import cv2
import numpy as np
from PIL import Image

from pipeline.models import Box
from pipeline.ocr.ink_pieces import ink_pieces
from pipeline.ocr.lines import PlacedWord, PrintedLine, around
from pipeline.ocr.numeral_size import digit_height
from pipeline.ocr.pictured_rulings import ink_of
from pipeline.ocr.secondreader import Pixels, RunReader

ReadCuts = Callable[[Sequence[Image.Image], int], list[str]]
"""Reads cuts of one line each; the number says how many times they were enlarged."""

_DIGITS = re.compile(r"\d+")
_LONE = re.compile(r"\d{1,3}")
_EDGE = " -–—.~'’‘`|_/⁄"
_SURE = 0.9
_AGREED = 0.98
_LIKELY_PRINT, _FEWEST_LETTERS = 0.6, 2  # confidence in a word that shows where print begins, and its letters
# Everything below in heights of the page's digits.
_LOWEST, _HIGHEST = 0.8, 1.25
_LOWEST_IN_MARGIN = 0.6  # the text in 14 points, the number of the page in 10
_NARROWEST, _WIDEST = 0.2, 0.95
_NOTABLE = 0.4  # lower ink is a speck, a dot or a dash
_TOGETHER = 0.5  # digits of one number stand no further apart
_APART = 1.0  # nothing else stands nearer
_IN_COLUMN = 0.75
_LEVEL = 0.5  # of the lower one's height, that two things in line share
_THIN, _NEXT_DASH, _STRAIGHT = 0.5, 3.0, 0.2
_MOST = 40  # more are a picture, or dirt


def with_lone_numbers(
    image: Pixels, lines: Sequence[PrintedLine], seals: Sequence[Box], reader: RunReader, read: ReadCuts
) -> list[PrintedLine]:
    """Return the lines of a page with the lone numbers that were passed over.

    Args:
        image: The page in grey.
        lines: What was read; boxes in pixels.
        seals: Where nothing is looked for.
        reader: The second reader.
        read: The first reader.
    """
    words = [word for line in lines for word in line.words]
    digit = digit_height(lines)
    places = list(_places(image, words, digit, seals)) if digit else []
    if not digit or not places or len(places) > _MOST:
        return list(lines)
    found = list(lines)
    for box, digits in zip(places, _agreed(image, places, digit, reader, read), strict=True):
        if digits:
            _put(found, PlacedWord(digits, digits, box, _AGREED, second=digits))
    return found


def _is_sure_number(word: PlacedWord) -> bool:
    return bool(_DIGITS.fullmatch(word.raw)) and (word.confidence or 0.0) >= _SURE


def _places(image: Pixels, words: Sequence[PlacedWord], digit: float, seals: Sequence[Box]) -> Iterator[Box]:
    """Yield where lone numbers may stand; `digit` is the height of the page's digits."""
    print_ = [word.box for word in words if _is_print(word)]
    if not print_:
        return
    head, foot = min(box.y0 for box in print_), max(box.y1 for box in print_)
    sure = [word.box for word in words if _is_sure_number(word)]
    pieces = _unread_ink(image, words, digit)
    for number in _numbers(pieces, digit):
        others = [*(piece for piece in pieces if not _is_within(piece, number)), *(word.box for word in words), *seals]
        if any(_is_nearer(number, other, _APART * digit) for other in others):
            continue
        if any(_is_dashed(number, piece, digit) for piece in pieces):
            continue
        in_margin = number.y1 < head or number.y0 > foot
        is_of_text = _height(number) >= _LOWEST * digit
        in_column = (
            is_of_text
            and any(_is_under(number, box, digit) for box in sure)
            and any(_is_level(number, box) for box in print_)
        )
        if in_margin or in_column:
            yield number


def _is_dashed(number: Box, piece: Box, digit: float) -> bool:
    """Say whether what looks like a 1 is a dash of a broken line: another stands over or under it."""
    is_thin = max(number.x1 - number.x0, piece.x1 - piece.x0) <= _THIN * digit
    away = max(number.y0, piece.y0) - min(number.y1, piece.y1)
    return is_thin and 0 < away <= _NEXT_DASH * digit and abs(number.x0 - piece.x0) <= _STRAIGHT * digit


def _is_print(word: PlacedWord) -> bool:
    letters = sum(character.isalpha() for character in word.raw)
    return letters >= _FEWEST_LETTERS and (word.confidence or 0.0) >= _LIKELY_PRINT


def _unread_ink(image: Pixels, words: Sequence[PlacedWord], digit: float) -> list[Box]:
    """Return the connected pieces of ink that no word covers, specks left out."""
    ink = ink_of(image)
    for word in words:
        ink[int(word.box.y0) : int(word.box.y1) + 1, int(word.box.x0) : int(word.box.x1) + 1] = 0
    stats = ink_pieces(ink).stats[1:]
    notable = stats[stats[:, cv2.CC_STAT_WIDTH : cv2.CC_STAT_HEIGHT + 1].max(axis=1, initial=0) >= _NOTABLE * digit]
    return [Box(x0=x, y0=y, x1=x + width, y1=y + height) for x, y, width, height, _ in notable.tolist()]


def _numbers(pieces: Sequence[Box], digit: float) -> list[Box]:
    """Join pieces that look like digits to numbers."""
    numbers: list[Box] = []
    for piece in sorted(pieces, key=lambda piece: piece.x0):
        width, height = piece.x1 - piece.x0, _height(piece)
        is_high = _LOWEST_IN_MARGIN * digit <= height <= _HIGHEST * digit
        if not (is_high and _NARROWEST * digit <= width <= _WIDEST * digit):
            continue
        before = next((n for n in numbers if _is_level(n, piece) and piece.x0 - n.x1 <= _TOGETHER * digit), None)
        if before:
            numbers.remove(before)
        numbers.append(around([before, piece]) if before else piece)
    return numbers


def _agreed(image: Pixels, places: Sequence[Box], digit: float, reader: RunReader, read: ReadCuts) -> list[str]:
    """Return the digits that both readers see at each place; nothing where they do not see the same."""
    cuts = [_cut(image, place, digit) for place in places]
    second = [answer.text.strip(_EDGE) for answer in reader.read(cuts)]
    agreed = ["" for _ in cuts]
    # A page's digits are small for the first reader, and the larger cut is sometimes the worse one.
    for times in (1, 2):
        asked = [at for at, text in enumerate(second) if _LONE.fullmatch(text) and not agreed[at]]
        first = read([_enlarged(cuts[at], times) for at in asked], times) if asked else []
        for at, text in zip(asked, first, strict=True):
            if text.strip(_EDGE) == second[at]:
                agreed[at] = second[at]
    return agreed


def _cut(image: Pixels, place: Box, digit: float) -> Pixels:
    """Cut a number out with paper around it."""
    around_it = round(_APART * digit)
    top, left = max(0, int(place.y0) - around_it), max(0, int(place.x0) - around_it)
    return image[top : int(place.y1) + around_it, left : int(place.x1) + around_it]


def _enlarged(cut: Pixels, times: int) -> Image.Image:
    picture = Image.fromarray(np.ascontiguousarray(cut))
    return picture.resize((picture.width * times, picture.height * times), Image.Resampling.BICUBIC)


def _put(lines: list[PrintedLine], word: PlacedWord) -> None:
    """Put a word into the line that it stands in, else into one of its own at its height."""
    for at, line in enumerate(lines):
        if any(_is_level(word.box, other.box) for other in line.words):
            before = sum(other.box.x0 < word.box.x0 for other in line.words)
            lines[at] = PrintedLine((*line.words[:before], word, *line.words[before:]))
            return
    above = sum(line.box.y0 + line.box.y1 < word.box.y0 + word.box.y1 for line in lines)
    lines.insert(above, PrintedLine((word,)))


def _height(box: Box) -> float:
    return box.y1 - box.y0


def _is_within(piece: Box, place: Box) -> bool:
    return place.x0 <= piece.x0 and piece.x1 <= place.x1 and place.y0 <= piece.y0 and piece.y1 <= place.y1


def _is_nearer(one: Box, other: Box, distance: float) -> bool:
    across = max(one.x0, other.x0) - min(one.x1, other.x1)
    down = max(one.y0, other.y0) - min(one.y1, other.y1)
    return across < distance and down < distance


def _is_under(one: Box, other: Box, digit: float) -> bool:
    """Say whether a number stands under or over another one."""
    return abs(one.x0 + one.x1 - other.x0 - other.x1) / 2 <= _IN_COLUMN * digit and not _is_level(one, other)


def _is_level(one: Box, other: Box) -> bool:
    shared = min(one.y1, other.y1) - max(one.y0, other.y0)
    return shared >= _LEVEL * min(_height(one), _height(other))
