"""The two columns that close a document, recipients (nơi nhận) and signature, each read by itself.

They are set in two sizes of type, so their lines do not stand on one level (Nghị định 30/2020/NĐ-CP, phụ lục I). A
reader that goes right across reads a line of the one into two of the other, or leaves it out; a seal makes it worse.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from PIL import Image

from pipeline.language.unicode import fold
from pipeline.models import Box
from pipeline.ocr.columns import in_lines
from pipeline.ocr.lines import PlacedWord, PrintedLine, around

Corners = tuple[int, int, int, int]

_TITLE = ("noi", "nhan")
_AUTHORITY = re.compile(r"\W*(?:(?:TM|KT|TL|TUQ)\.|T/M|K/T|T/L)")
_FEWEST_ITEMS = 2
# Everything in heights of the title's words.
_LOOKED_THROUGH = 8.0  # below the title, for the gutter: the shortest lists have four lines
_LEAST_GUTTER = 1.5
_LIST_APART = 5.0
_MARGIN = 0.6  # around the column: a dash may stand out to the left
_DARK = 0.6  # of the paper's grey: print, not its noise
_PAPER = 90  # percentile of a picture's greys
_SPECKS = 0.02  # of a strip's pixels that may be dark in a gutter, for dust
_NEARLY_AS_GOOD = 0.9
_WORTH_KEEPING, _FEWEST_LETTERS = 0.55, 2  # confidence in a word beside strokes of the pen, and its letters


@dataclass(frozen=True)
class ColumnReaders:
    """How the columns are read: one reads lists, one reads lone lines; `worth` says how good a reading is.

    `without_seals` cuts a part of the page out without the ink of its seals; None where that cannot be told from print.
    """

    lists: Callable[[Image.Image], list[PrintedLine]]
    lone_lines: Callable[[Image.Image], list[PrintedLine]]
    worth: Callable[[Sequence[PrintedLine]], float]
    without_seals: Callable[[Corners], Image.Image] | None


def read_closing_columns(
    picture: Image.Image, lines: Sequence[PrintedLine], readers: ColumnReaders
) -> tuple[list[PrintedLine], Image.Image]:
    """Read recipients and signature once more, each alone, and keep the better reading of either.

    Args:
        picture: The page in grey.
        lines: What was read; boxes in pixels.
        readers: How to read them.

    Returns:
        The lines, and the page as the kept ones were read.
    """
    out, page = list(lines), picture
    titles = list(_titles(lines))
    dark = _dark(picture) if titles else np.zeros((0, 0), bool)
    for title in titles:
        if columns := _columns(title, dark, out):
            out, page = _parted(page, out, columns, readers)
    return out, page


def _dark(picture: Image.Image) -> npt.NDArray[np.bool_]:
    pixels = np.asarray(picture.convert("L"))
    return np.asarray(pixels < _DARK * np.percentile(pixels, _PAPER), bool)


def _titles(lines: Sequence[PrintedLine]) -> Iterator[Box]:
    """Yield where lists of recipients begin: at "Nơi nhận", or, misread, beside the authority of the signer."""
    for line in lines:
        named = [
            around([word.box, after.box])
            for word, after in pairwise(line.words)
            if (_letters(word), _letters(after)) == _TITLE
        ]
        authority = next((word for word in line.words if _AUTHORITY.fullmatch(word.raw)), None)
        if named:
            yield named[0]
        elif authority and (begin := _list_beside(authority.box, lines)):
            yield begin


def _list_beside(authority: Box, lines: Sequence[PrintedLine]) -> Box | None:
    """Return where a list that stands left of an authority and below begins."""
    height = authority.y1 - authority.y0
    items = [
        line.words[0].box
        for line in lines
        if line.words
        and line.words[0].box.x1 < authority.x0 - _LIST_APART * height
        and 0 < line.words[0].box.y0 - authority.y0 < _LOOKED_THROUGH * height
    ]
    if len(items) < _FEWEST_ITEMS:
        return None
    left = min(item.x0 for item in items)
    return Box(x0=left, y0=authority.y0, x1=left + height, y1=authority.y1)


def _letters(word: PlacedWord) -> str:
    return "".join(character for character in fold(word.raw) if character.isalpha())


def _columns(title: Box, dark: npt.NDArray[np.bool_], lines: Sequence[PrintedLine]) -> tuple[Box, Box] | None:
    """Return the columns below a title; None where no gutter parts them."""
    height = title.y1 - title.y0
    top = title.y0 - _MARGIN * height
    bottom = min(title.y0 + _LOOKED_THROUGH * height, dark.shape[0])
    right = max((word.box.x1 for line in lines for word in line.words), default=0.0)
    gutter = _widest_white(dark[round(max(top, 0)) : round(bottom), round(title.x1) : round(right)])
    if gutter is None or gutter[1] - gutter[0] < _LEAST_GUTTER * height:
        return None
    middle = title.x1 + (gutter[0] + gutter[1]) / 2
    end = _end(middle, title, lines, dark.shape[0])
    left = Box(x0=max(0.0, title.x0 - _MARGIN * height), y0=max(0.0, top), x1=middle, y1=end)
    return left, Box(x0=middle, y0=max(0.0, top), x1=right + 1, y1=end)


def _widest_white(dark: npt.NDArray[np.bool_]) -> tuple[float, float] | None:
    """Return the widest stretch across a picture in which nothing is printed from its top to its foot."""
    if not dark.size:
        return None
    white = dark.mean(axis=0) <= _SPECKS
    edges = np.flatnonzero(np.diff(np.concatenate(([False], white, [False])).astype(np.int8)))
    stretches = list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))
    inner = [(start, end) for start, end in stretches if end < len(white)]
    return max(inner, key=lambda stretch: stretch[1] - stretch[0], default=None)


def _end(middle: float, title: Box, lines: Sequence[PrintedLine], foot: int) -> float:
    """Return where the columns end: above the first line below them that runs right across, or at the page's foot."""
    across = (
        word.box.y0
        for line in lines
        for before, word in pairwise(line.words)
        if word.box.y0 > title.y1 and before.box.x0 < middle < word.box.x1
        if word.box.x0 - before.box.x1 < title.y1 - title.y0
    )
    return min(across, default=float(foot))


def _parted(
    page: Image.Image, lines: Sequence[PrintedLine], columns: tuple[Box, Box], readers: ColumnReaders
) -> tuple[list[PrintedLine], Image.Image]:
    left, right = columns
    around_them = [_kept(line, lambda word: not (_is_in(word, left) or _is_in(word, right))) for line in lines]
    recipients = [_kept(line, lambda word: _is_in(word, left)) for line in lines]
    signing = [_kept(line, lambda word: _is_in(word, right)) for line in lines]
    cut = readers.without_seals(_corners(right)) if readers.without_seals else None
    with ThreadPoolExecutor(max_workers=1) as beside:  # the last page's columns: no other page is read by then
        reading = beside.submit(readers.lists, page.crop(_corners(left)))
        alone = readers.lone_lines(cut) if cut else []
        again = _placed(reading.result(), left)
    if readers.worth(again) > readers.worth(recipients):
        recipients = again
    if cut:
        again = [line for line in map(_lettered, _placed(alone, right)) if _is_likely(line)]
        # A reading of the signature alone has its lines in order, which is worth a little.
        if readers.worth(again) > _NEARLY_AS_GOOD * readers.worth(signing):
            signing, page = in_lines([word for line in again for word in line.words]), page.copy()
            page.paste(cut, _corners(right)[:2])
    return [line for line in (*around_them, *recipients, *signing) if line.words], page


def _lettered(line: PrintedLine) -> PrintedLine:
    return _kept(line, lambda word: any(character.isalpha() for character in word.raw))


def _is_likely(line: PrintedLine) -> bool:
    """Say whether a line is print and no stroke of the pen: one of its words can be read."""
    return any(
        (word.confidence or 0.0) >= _WORTH_KEEPING and len(_letters(word)) >= _FEWEST_LETTERS for word in line.words
    )


def _corners(place: Box) -> Corners:
    return int(place.x0), int(place.y0), int(place.x1), int(place.y1)


def _kept(line: PrintedLine, wanted: Callable[[PlacedWord], bool]) -> PrintedLine:
    return PrintedLine(tuple(word for word in line.words if wanted(word)))


def _is_in(word: PlacedWord, column: Box) -> bool:
    x, y = (word.box.x0 + word.box.x1) / 2, (word.box.y0 + word.box.y1) / 2
    return column.x0 <= x < column.x1 and column.y0 <= y < column.y1


def _placed(lines: Sequence[PrintedLine], place: Box) -> list[PrintedLine]:
    """Put lines of a cut-out where they stand on the page."""
    left, top = _corners(place)[:2]
    return [PrintedLine(tuple(_moved(word, left, top) for word in line.words)) for line in lines]


def _moved(word: PlacedWord, right: int, down: int) -> PlacedWord:
    box = word.box
    return replace(word, box=Box(x0=box.x0 + right, y0=box.y0 + down, x1=box.x1 + right, y1=box.y1 + down))
