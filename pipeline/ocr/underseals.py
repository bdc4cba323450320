"""A second look under seals: words that the first reading of a page missed or misread there.

The colour of a red seal can be taken out of the picture and leaves what is printed under it. Under a black one nothing
can be told apart: all within its ring goes, and what the ring cuts is left unread, so that no half of a title or name
stands for the whole.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import cv2
import numpy as np
from PIL import Image

from pipeline.models import Box
from pipeline.ocr.lines import PlacedWord, PrintedLine
from pipeline.ocr.seals import around_seal, joined, without_coloured_ink
from pipeline.ocr.unread import UNREAD, unread

Read = Callable[[Image.Image], list[PrintedLine]]

_MARGIN = 3.0  # pixels: words nearer to the edge of what was cut out are cut off themselves
_SAME_PLACE = 0.5  # of the smaller of two boxes
_WORTH_ADDING = 0.55
_FEWEST_LETTERS = 2
_SURER_BY = 0.1
_RING_SLACK = 0.03  # of a ring's width, by which its ink reaches outwards
_NEARLY = 0.15  # of a word's height
_PAPER = 90  # percentile of a picture's greys


def read_under_seals(
    colour: Image.Image, grey: Image.Image, seals: Sequence[Box], lines: Sequence[PrintedLine], read: Read
) -> tuple[list[PrintedLine], Image.Image]:
    """Read around every seal again, without its ink, and put in what is new or surer.

    Args:
        colour: The page in colours.
        grey: The page as it was read, of the same size.
        seals: Where its seals are, in pixels.
        lines: What was read; boxes in pixels.
        read: Reads a picture.

    Returns:
        The lines, and the page with the ink of seals left out where it was read again.
    """
    out, page = [_without_drawings(line, seals) for line in lines], grey
    for corners in _surroundings(seals, colour.size):
        cut = without_coloured_ink(colour.crop(corners))
        out, changed = _merged(out, _read_at(cut, corners, read))
        if changed:
            page = page.copy() if page is grey else page
            page.paste(cut, corners[:2])
    return out, page


def read_beside_rings(
    grey: Image.Image, rings: Sequence[Box], lines: Sequence[PrintedLine], read: Read
) -> list[PrintedLine]:
    """Read around every black seal again, without all that its ring encloses, and put in what is new or surer.

    Args:
        grey: The page as it was read.
        rings: Where its black seals are, in pixels.
        lines: What was read; boxes in pixels.
        read: Reads a picture.
    """
    out = [_without_drawings(line, rings) for line in lines]
    if not rings:
        return out
    bare = _without_rings(grey, rings)
    for corners in _surroundings(rings, grey.size):
        found = _read_at(bare.crop(corners), corners, read)
        out, _ = _merged(out, [_with_cut_words_unread(line, rings) for line in found])
    return out


def _surroundings(seals: Sequence[Box], size: tuple[int, int]) -> list[tuple[int, int, int, int]]:
    regions = joined([around_seal(seal, size) for seal in seals])
    return [(int(region.x0), int(region.y0), int(region.x1), int(region.y1)) for region in regions]


def _read_at(cut: Image.Image, corners: tuple[int, int, int, int], read: Read) -> list[PrintedLine]:
    """Read a cut-out; boxes are those of the page."""
    return [line for line in (_at(line, corners, cut.size) for line in read(cut)) if line.words]


def _without_rings(grey: Image.Image, rings: Sequence[Box]) -> Image.Image:
    pixels = np.asarray(grey).copy()
    paper = int(np.percentile(pixels, _PAPER))
    for ring in rings:
        middle, radius = _circle(ring)
        cv2.circle(pixels, (round(middle[0]), round(middle[1])), round(radius), paper, thickness=-1)
    return Image.fromarray(pixels)


def _circle(ring: Box) -> tuple[tuple[float, float], float]:
    """Return the middle of a ring, and how far its ink reaches from it."""
    width = ring.x1 - ring.x0
    return ((ring.x0 + ring.x1) / 2, (ring.y0 + ring.y1) / 2), width * (1 / 2 + _RING_SLACK)


def _with_cut_words_unread(line: PrintedLine, rings: Sequence[Box]) -> PrintedLine:
    """Leave unread the words that a ring cuts if a word beside them can be read; others are strokes of a signature."""
    is_cut = [any(_is_cut(word.box, ring) for ring in rings) for word in line.words]
    read = [word for word, cut in zip(line.words, is_cut, strict=True) if not cut and _is_likely(word)]
    return PrintedLine(
        tuple(
            unread(word) if cut else word
            for word, cut in zip(line.words, is_cut, strict=True)
            if not cut or any(_stand_together(word.box, other.box) for other in read)
        )
    )


def _stand_together(one: Box, other: Box) -> bool:
    """Say whether two words of a line stand no further apart than words do."""
    return max(one.x0, other.x0) - min(one.x1, other.x1) <= max(one.y1 - one.y0, other.y1 - other.y0)


def _is_likely(word: PlacedWord) -> bool:
    return (word.confidence or 0.0) >= _WORTH_ADDING and sum(c.isalpha() for c in word.raw) >= _FEWEST_LETTERS


def _is_cut(box: Box, ring: Box) -> bool:
    """Say whether a ring reaches a word, or nearly: then a letter of it may be gone."""
    (x, y), radius = _circle(ring)
    right, down = max(box.x0 - x, 0, x - box.x1), max(box.y0 - y, 0, y - box.y1)
    return bool(right**2 + down**2 < (radius + _NEARLY * (box.y1 - box.y0)) ** 2)


def _at(line: PrintedLine, corners: tuple[int, int, int, int], size: tuple[int, int]) -> PrintedLine:
    """Put a line of a cut-out where it stands on the page, without the words that its edges cut."""
    inside = [
        word
        for word in line.words
        if word.box.x0 > _MARGIN
        and word.box.y0 > _MARGIN
        and word.box.x1 < size[0] - _MARGIN
        and word.box.y1 < size[1] - _MARGIN
    ]
    return PrintedLine(tuple(replace(word, box=_moved(word.box, corners[0], corners[1])) for word in inside))


def _moved(box: Box, right: float, down: float) -> Box:
    return Box(x0=box.x0 + right, y0=box.y0 + down, x1=box.x1 + right, y1=box.y1 + down)


def _without_drawings(line: PrintedLine, seals: Sequence[Box]) -> PrintedLine:
    """Leave out what was hardly read within a seal: its star, its rings, the strokes of a signature."""
    return PrintedLine(
        tuple(
            word
            for word in line.words
            if (word.confidence or 0.0) >= _WORTH_ADDING or not any(_overlap(word.box, seal) > 1 / 2 for seal in seals)
        )
    )


def _merged(lines: Sequence[PrintedLine], found: Sequence[PrintedLine]) -> tuple[list[PrintedLine], bool]:
    """Put words in: in place of what they are surer than, and where nothing was read if they are likely right."""
    out = [list(line.words) for line in lines]
    new: list[PrintedLine] = []
    changed = False
    for line in found:
        lone = []
        for word in line.words:
            rivals = _rivals(word, out)
            if not _is_better(word, rivals):
                continue
            changed = True
            if rivals:
                out = [_replaced(words, rivals, word) for words in out]
            else:
                lone.append(word)
        if lone and not _inserted(out, lone):
            new.append(PrintedLine(tuple(lone)))
    return [PrintedLine(tuple(words)) for words in out if words] + new, changed


def _rivals(word: PlacedWord, lines: Sequence[list[PlacedWord]]) -> list[PlacedWord]:
    return [other for words in lines for other in words if _overlap(word.box, other.box) >= _SAME_PLACE]


def _replaced(words: list[PlacedWord], rivals: Sequence[PlacedWord], word: PlacedWord) -> list[PlacedWord]:
    """Put a word where the first of its rivals stands, and leave the others out."""
    return [word if other is rivals[0] else other for other in words if other is rivals[0] or other not in rivals]


def _inserted(lines: Sequence[list[PlacedWord]], words: Sequence[PlacedWord]) -> bool:
    """Put words into the lines that they stand on, all or none; says whether there is one for each."""
    found = [_line_of(word, lines) for word in words]
    if None in found:
        return False
    for line, word in zip(found, words, strict=True):
        if line is not None:
            line.append(word)
            line.sort(key=lambda other: other.box.x0)
    return True


def _line_of(word: PlacedWord, lines: Sequence[list[PlacedWord]]) -> list[PlacedWord] | None:
    def beside(words: Sequence[PlacedWord]) -> float:
        near = min(words, key=lambda other: abs(other.box.x0 - word.box.x0))
        return _overlap_upright(near.box, word.box)

    best = max((words for words in lines if words), key=beside, default=None)
    return best if best is not None and beside(best) >= _SAME_PLACE else None


def _is_better(word: PlacedWord, rivals: Sequence[PlacedWord]) -> bool:
    confidence = word.confidence or 0.0
    if word.text == UNREAD:
        return all((rival.confidence or 0.0) < _WORTH_ADDING for rival in rivals)
    if not rivals:
        return _is_likely(word)
    return confidence > max(rival.confidence or 0.0 for rival in rivals) + _SURER_BY


def _overlap_upright(one: Box, other: Box) -> float:
    """Return the share of the lower box's height that both have in common."""
    height = min(one.y1, other.y1) - max(one.y0, other.y0)
    return height / max(1.0, min(one.y1 - one.y0, other.y1 - other.y0))


def _overlap(one: Box, other: Box) -> float:
    """Return the share of the smaller box that both have in common."""
    width = min(one.x1, other.x1) - max(one.x0, other.x0)
    height = min(one.y1, other.y1) - max(one.y0, other.y0)
    smaller = min((box.x1 - box.x0) * (box.y1 - box.y0) for box in (one, other))
    return max(0.0, width) * max(0.0, height) / smaller if smaller else 0.0
