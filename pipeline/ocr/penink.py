"""Notes written with a blue pen on a coloured scan: boxed, and what was read of them marked as unread.

Offices print black, stamp red and write blue, so the colour tells a note from print where its strokes are not told.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image

from pipeline.models import Box
from pipeline.ocr.ink_pieces import ink_pieces
from pipeline.ocr.lines import PlacedWord, PrintedLine, around
from pipeline.ocr.unread import Unread, unread

Mask = npt.NDArray[np.bool_]

_LOOKED_AT_DPI = 100  # a stroke of a pen is two pixels wide then
_BLUER_BY = 25  # grey levels of blue over red
_INK_BELOW = 180
_MOSTLY = 0.7  # of a word's ink
_LEAST_INK = 0.02  # of a word's box
_SURE = 0.9
_NOTE_STROKES = 10  # unconnected strokes; initials and signatures have one to six
_LEAST_STROKE = 8  # pixels
_LINE_MM = 6.0  # words and lines of one note stand no further apart
_MM_PER_INCH = 25.4


def leave_notes_unread(
    colour: Image.Image, dpi: int, lines: Sequence[PrintedLine], seals: Sequence[Box] = ()
) -> Unread:
    """Mark what was read of blue ink as unread, unless it is print to all readers; box the notes among it.

    Args:
        colour: The page in colours.
        dpi: Its resolution.
        lines: What was read; boxes in pixels.
        seals: Where seals stand: some of their ink is bluish.
    """
    page = _Inks.of(colour, max(1, round(dpi / _LOOKED_AT_DPI)))
    out = [_unread(line, page) for line in lines]
    printed = [word.box for line in lines for word in line.words if _is_certain(word)]
    return Unread(out, tuple(page.notes([*printed, *seals], dpi / page.shrink / _MM_PER_INCH)))


@dataclass(frozen=True)
class _Inks:
    """Where a page, seen so many times smaller, has blue ink, and where ink of any colour."""

    blue: Mask
    ink: Mask
    shrink: int

    @classmethod
    def of(cls, colour: Image.Image, shrink: int) -> _Inks:
        pixels = np.asarray(colour.reduce(shrink), dtype=np.int16)
        ink = pixels.min(axis=2) < _INK_BELOW
        return cls(ink & (pixels[..., 2] - pixels[..., 0] > _BLUER_BY), ink, shrink)

    def has_blue(self, word: PlacedWord) -> bool:
        """Say whether a word stands in blue ink."""
        part = self._part(word.box)
        ink, blue = int(self.ink[part].sum()), int(self.blue[part].sum())
        return blue >= _MOSTLY * ink and blue >= _LEAST_INK * self.ink[part].size

    def notes(self, others: Sequence[Box], per_mm: float) -> Iterator[Box]:
        """Yield the boxes, in pixels of the page, of blue ink elsewhere in as many strokes as writing has."""
        blue = self.blue.astype(np.uint8)
        for box in others:
            blue[self._part(box)] = 0
        stats = ink_pieces(blue).stats
        reach = round(_LINE_MM * per_mm) // 2 * 2 + 1
        joined = cv2.morphologyEx(np.pad(blue, reach), cv2.MORPH_CLOSE, np.ones((reach, reach), np.uint8))
        _, notes = cv2.connectedComponents(joined[reach:-reach, reach:-reach])
        counted: dict[int, list[Box]] = {}
        for left, top, width, height, area in stats[1:].tolist():
            if area >= _LEAST_STROKE:
                box = Box(x0=left, y0=top, x1=left + width, y1=top + height)
                counted.setdefault(int(notes[top : top + height, left : left + width].max()), []).append(box)
        for parts in counted.values():
            if len(parts) >= _NOTE_STROKES:
                note = around(parts)
                yield Box(**{side: edge * self.shrink for side, edge in note.model_dump().items()})

    def _part(self, box: Box) -> tuple[slice, slice]:
        rows = slice(int(box.y0) // self.shrink, int(box.y1) // self.shrink + 1)
        return rows, slice(int(box.x0) // self.shrink, int(box.x1) // self.shrink + 1)


def _unread(line: PrintedLine, page: _Inks) -> PrintedLine:
    """Mark the blue words of a line as unread, unless most of them are print."""
    blue = [word for word in line.words if page.has_blue(word)]
    doubtful = [word for word in blue if not _is_certain(word)]
    if 2 * len(doubtful) <= len(blue):
        return line
    return PrintedLine(tuple(unread(word) if word in doubtful else word for word in line.words))


def _is_certain(word: PlacedWord) -> bool:
    """Say whether a word is print whatever its colour: its reader is sure, and no second one sees another."""
    return (word.confidence or 0.0) >= _SURE and word.second in (None, word.raw)
