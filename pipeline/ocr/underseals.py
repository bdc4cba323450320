"""A second look under red seals: words that the first reading of a page missed or misread there."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from PIL import Image

from pipeline.models import Box
from pipeline.ocr.lines import PlacedWord, PrintedLine
from pipeline.ocr.seals import apart, around_seal, without_coloured_ink

Read = Callable[[Image.Image], list[PrintedLine]]

_MARGIN = 3.0  # pixels: words nearer to the edge of what was cut out are cut off themselves
_SAME_PLACE = 0.5  # of the smaller of two boxes
_WORTH_ADDING = 0.55
_FEWEST_LETTERS = 2
_SURER_BY = 0.1


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
    for region in apart([around_seal(seal, colour.size) for seal in seals]):
        corners = (int(region.x0), int(region.y0), int(region.x1), int(region.y1))
        cut = without_coloured_ink(colour.crop(corners))
        found = [line for line in (_at(line, corners, cut.size) for line in read(cut)) if line.words]
        out, changed = _merged(out, found)
        if changed:
            page = page.copy() if page is grey else page
            page.paste(cut, corners[:2])
    return out, page


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
            rivals = [other for words in out for other in words if _overlap(word.box, other.box) >= _SAME_PLACE]
            if not _is_better(word, rivals):
                continue
            changed = True
            if rivals:
                out = [_replaced(words, rivals, word) for words in out]
            else:
                lone.append(word)
        new += [PrintedLine((word,)) for word in lone if not _inserted(out, word)]
    return [PrintedLine(tuple(words)) for words in out if words] + new, changed


def _replaced(words: list[PlacedWord], rivals: Sequence[PlacedWord], word: PlacedWord) -> list[PlacedWord]:
    """Put a word where the first of its rivals stands, and leave the others out."""
    return [word if other is rivals[0] else other for other in words if other is rivals[0] or other not in rivals]


def _inserted(lines: Sequence[list[PlacedWord]], word: PlacedWord) -> bool:
    """Put a word into the line that it stands on; says whether there is one."""

    def beside(words: Sequence[PlacedWord]) -> float:
        near = min(words, key=lambda other: abs(other.box.x0 - word.box.x0))
        return _overlap_upright(near.box, word.box)

    best = max((words for words in lines if words), key=beside, default=None)
    if best is None or beside(best) < _SAME_PLACE:
        return False
    best.append(word)
    best.sort(key=lambda other: other.box.x0)
    return True


def _is_better(word: PlacedWord, rivals: Sequence[PlacedWord]) -> bool:
    confidence = word.confidence or 0.0
    if not rivals:
        return confidence >= _WORTH_ADDING and sum(c.isalpha() for c in word.raw) >= _FEWEST_LETTERS
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
