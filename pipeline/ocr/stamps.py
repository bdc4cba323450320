"""Stamps in frames on the upper part of a page: degrees of urgency and of secrecy, and the register of what came in.

Nghị định 30/2020/NĐ-CP, phụ lục I, has the degree of urgency (dấu chỉ độ khẩn) and of secrecy (dấu chỉ độ mật) stamped
in a rectangle; stamps are set by hand, so they stand askew, and a reader of lines makes nothing of them. Their words
are a closed list: what is cut out, turned straight and read is one of them or nothing. What is written into the
register's stamp (dấu ĐẾN) is the number and day of another register, not of the document.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image
from rapidfuzz import fuzz, process

from pipeline.language.syllables import is_syllable
from pipeline.language.unicode import fold, vietnamese_nfc
from pipeline.models import Box
from pipeline.ocr.ink_pieces import ink_pieces
from pipeline.ocr.lines import PlacedWord, PrintedLine
from pipeline.ocr.unread import unread

Pixels = npt.NDArray[np.uint8]
Read = Callable[[Image.Image], str]

MARKS = ("HỎA TỐC HẸN GIỜ", "HỎA TỐC", "THƯỢNG KHẨN", "KHẨN", "TUYỆT MẬT", "TỐI MẬT", "MẬT")
"""Degrees of urgency and of secrecy, as they are stamped."""
REGISTER = "ĐẾN"
"""What names the stamp of the register of documents that came in."""

_BY_LETTERS = {fold(mark).replace(" ", ""): mark for mark in MARKS}
_UPPER = 0.5  # of the page
_LOOKED_AT_DPI = 150
_MM_PER_INCH = 25.4
_PAPER_WINDOW, _DARKER_BY = 41, 10
# The decree's frames measure 20 to 40 mm by 8 mm; double ones and arrows are bigger, half of a broken one is lower.
_MARK_MM = ((15.0, 75.0), (4.0, 18.0))
_REGISTER_MM = ((25.0, 90.0), (12.0, 45.0))
_FRAME_INK = 0.4  # of its rectangle: a frame is mostly empty
_MOST_ASKEW = 50.0  # degrees
_ROOM_MM2 = 20.0  # a hole in a frame that has room for a word
_REGISTER_ROOMS = range(2, 9)
_REGISTER_FILLED = 0.6  # by its rooms
_LETTER_MM = (1.8, 7.5)
_LETTERS = range(1, 41)  # pieces of letters and marks: bold letters of a poor scan run together
_SLACK_MM = 3.0  # around a frame that is broken, where the other part of it may stand
_ENLARGE = 2
_BORDER = 20
_ALIKE = 80.0  # per cent
_SHORT = 5  # letters: of a word as short all must be read
_INSIDE_MM = 1.5  # that a word read askew may stand out of its frame


@dataclass(frozen=True)
class Stamp:
    """A stamp: what it says, its box, and the corners of its frame; in pixels of the page."""

    text: str
    box: Box
    corners: npt.NDArray[np.float32]

    def holds(self, box: Box, slack: float = 0.0) -> bool:
        """Say whether the middle of a box lies in the frame, or no further from it than `slack` pixels."""
        middle = ((box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2)
        return cv2.pointPolygonTest(self.corners, middle, measureDist=True) >= -slack


def find_stamps(image: Image.Image, dpi: int, lines: Sequence[PrintedLine], read: Read) -> list[Stamp]:
    """Find the stamps on the upper half of a page.

    Args:
        image: The page in grey.
        dpi: Its resolution.
        lines: What was read of it; boxes in pixels.
        read: Reads a picture of a single line.
    """
    shrink = max(1, round(dpi / _LOOKED_AT_DPI))
    small = image.reduce(shrink)
    page = np.asarray(small)[: round(small.height * _UPPER)]
    found: list[Stamp] = []
    for frame in sorted(_frames(page, dpi / shrink / _MM_PER_INCH), key=lambda frame: frame.width):
        if any(other.holds(frame.stamp("", shrink).box) for other in found):
            continue
        says = _degree(page, frame, read) or _register(frame.stamp("", shrink), frame, lines)
        if says:
            stamp = frame.stamp(says, shrink)
            found = [*(other for other in found if not stamp.holds(other.box)), stamp]
    return found


def with_stamps(lines: Sequence[PrintedLine], stamps: Sequence[Stamp], dpi: int) -> list[PrintedLine]:
    """Put the words of stamps in lines of their own in place of what was read there, the register's as unread."""
    out = list(lines)
    for stamp in stamps:
        out = _with_stamp(out, stamp, _INSIDE_MM * dpi / _MM_PER_INCH)
    return out


@dataclass(frozen=True)
class _Frame:
    """A connected line of ink that may be a stamp's frame: a rectangle, as it lies, on the page seen smaller."""

    middle: tuple[float, float]
    width: float
    height: float
    angle: float  # degrees clockwise, of the long side
    ink: Pixels  # of the whole page seen smaller
    per_mm: float

    @cached_property
    def rooms(self) -> list[float]:
        """The areas of the rooms that it encloses, in its rectangle's."""
        contours, parents = cv2.findContours(self.ink, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
        areas = [cv2.contourArea(c) for c, (*_, parent) in zip(contours, parents[0], strict=True) if parent >= 0]
        return [area / (self.width * self.height) for area in areas if area >= _ROOM_MM2 * self.per_mm**2]

    def is_sized(self, sizes: tuple[tuple[float, float], tuple[float, float]]) -> bool:
        (narrow, wide), (low, high) = sizes
        return narrow <= self.width / self.per_mm <= wide and low <= self.height / self.per_mm <= high

    def stamp(self, text: str, shrink: int) -> Stamp:
        rectangle = (self.middle, (self.width, self.height), self.angle)
        corners = (cv2.boxPoints(rectangle) * shrink).astype(np.float32)
        (x0, y0), (x1, y1) = corners.min(axis=0).tolist(), corners.max(axis=0).tolist()
        return Stamp(text, Box(x0=max(0.0, x0), y0=max(0.0, y0), x1=x1, y1=y1), corners)


def _frames(page: Pixels, per_mm: float) -> Iterator[_Frame]:
    ink = cv2.adaptiveThreshold(page, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, _PAPER_WINDOW, _DARKER_BY)
    labels, stats = ink_pieces(ink)
    narrowest, lowest = _MARK_MM[0][0] * per_mm / 2, _MARK_MM[1][0] * per_mm
    sides = stats[:, cv2.CC_STAT_WIDTH : cv2.CC_STAT_HEIGHT + 1]
    for number in np.flatnonzero((sides.max(axis=1) >= narrowest) & (sides.min(axis=1) >= lowest)).tolist():
        if not number:
            continue
        left, top, width, height, area = stats[number].tolist()
        part = (labels[top : top + height, left : left + width] == number).astype(np.uint8)
        (x, y), (long, short), angle = cv2.minAreaRect(cv2.findNonZero(part))
        if long < short:
            long, short, angle = short, long, angle - 90
        angle = (angle + 90) % 180 - 90
        if area <= _FRAME_INK * long * short and abs(angle) <= _MOST_ASKEW:
            whole = np.pad(part, ((top, page.shape[0] - top - height), (left, page.shape[1] - left - width)))
            yield _Frame((left + x, top + y), long, short, angle, whole, per_mm)


def _degree(page: Pixels, frame: _Frame, read: Read) -> str | None:
    """Return the degree of urgency or secrecy that stands in a frame, if it is one."""
    if not frame.is_sized(_MARK_MM) or len(frame.rooms) > 2:
        return None
    cut = _straight(page, frame)
    return degree_of(read(cut)) if cut else None


def _straight(page: Pixels, frame: _Frame) -> Image.Image | None:
    """Cut out what stands in a frame, turned straight and without the frame; None where it holds no letters."""
    bare = page.copy()
    bare[cv2.dilate(frame.ink, np.ones((3, 3), np.uint8)) > 0] = 255
    slack = 0.0 if frame.rooms else _SLACK_MM * frame.per_mm
    x, y = frame.middle
    size = (round(frame.width), round(frame.height + 2 * slack))
    turn = cv2.getRotationMatrix2D((x, y), frame.angle, 1)
    turn[:, 2] += np.array((size[0] / 2 - x, size[1] / 2 - y))
    cut = cv2.warpAffine(bare, turn, size, flags=cv2.INTER_CUBIC, borderValue=255)
    ink = cv2.adaptiveThreshold(cut, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, _PAPER_WINDOW, _DARKER_BY)
    stats = ink_pieces(ink).stats
    heights = stats[1:, cv2.CC_STAT_HEIGHT] / frame.per_mm
    if int(((heights >= _LETTER_MM[0]) & (heights <= _LETTER_MM[1])).sum()) not in _LETTERS:
        return None
    big = cv2.resize(cut, None, fx=_ENLARGE, fy=_ENLARGE, interpolation=cv2.INTER_CUBIC)
    return Image.fromarray(cv2.copyMakeBorder(big, *(_BORDER,) * 4, cv2.BORDER_CONSTANT, value=255))


def degree_of(text: str) -> str | None:
    """Return which degree of urgency or secrecy a stamp's reading is; None if it is none.

    Stamps are in capitals. Letters may be misread and words run together; a word that is another one ("HÓA HỌC") makes
    it another text.
    """
    if sum(map(str.islower, text)) > sum(map(str.isupper, text)):
        return None
    tokens = "".join(c if c.isalnum() else " " for c in vietnamese_nfc(text)).split()
    letters = fold("".join(tokens))
    best = process.extractOne(letters, list(_BY_LETTERS), scorer=fuzz.ratio, score_cutoff=_ALIKE)
    if best is None:
        return None
    mark = _BY_LETTERS[best[0]]
    own = fold(mark).split()
    if any(is_syllable(token.lower()) and fold(token) not in own for token in tokens if len(token) > 1):
        return None
    return mark if len(letters) > _SHORT or letters == best[0] else None


def _register(stamp: Stamp, frame: _Frame, lines: Sequence[PrintedLine]) -> str | None:
    """Say whether a frame with several rooms is the register's stamp: the word "ĐẾN" stands in it, in capitals."""
    rooms = frame.rooms if frame.is_sized(_REGISTER_MM) else []
    if len(rooms) not in _REGISTER_ROOMS or sum(rooms) < _REGISTER_FILLED:
        return None
    words = [word.raw for line in lines for word in line.words if stamp.holds(word.box)]
    return REGISTER if any(word.isupper() and fold(word.strip(".:,")) == fold(REGISTER) for word in words) else None


def _with_stamp(lines: Sequence[PrintedLine], stamp: Stamp, slack: float) -> list[PrintedLine]:
    inside = [word for line in lines for word in line.words if stamp.holds(word.box, slack)]
    known = set(map(id, inside))
    rest = [PrintedLine(tuple(word for word in line.words if id(word) not in known)) for line in lines]
    said = [unread(word) for word in inside] if stamp.text == REGISTER else _words_of(stamp)
    out = [line for line in rest if line.words]
    middle = (stamp.box.y0 + stamp.box.y1) / 2
    at = next((number for number, line in enumerate(out) if line.box.y1 > middle), len(out))
    return [*out[:at], PrintedLine(tuple(said)), *out[at:]] if said else out


def _words_of(stamp: Stamp) -> list[PlacedWord]:
    """Lay a stamp's words out over its box, each as wide as its letters are many."""
    words: list[PlacedWord] = []
    width = (stamp.box.x1 - stamp.box.x0) / (len(stamp.text) or 1)
    left = stamp.box.x0
    for text in stamp.text.split():
        box = stamp.box.model_copy(update={"x0": left, "x1": left + width * len(text)})
        words.append(PlacedWord(text, text, box, _ALIKE / 100))
        left = box.x1 + width
    return words
