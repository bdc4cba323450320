"""A second, independent reading of words that Tesseract found: what two readers agree on can be believed.

The reader is TrueOCR, a small network for Vietnamese lines (an optional extra, `pip install doisoat[second-reader]`).
Its weights are part of the package, pinned by version and checked by hash; without it pages are read once.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Iterator, Sequence
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple, Protocol

import numpy as np
import numpy.typing as npt

from pipeline.models import Box
from pipeline.ocr.lines import PlacedWord, PrintedLine, around, is_read_again
from pipeline.ocr.settling import settled
from pipeline.ocr.unread import UNREAD

_log = logging.getLogger(__name__)
Pixels = npt.NDArray[np.uint8]

_PACKAGE = "trueocr"
_WEIGHTS = "models/rec.onnx"
_SHA256 = "360b800dcbebd1099270f703ac35a43a6c86b40de049c4be78a130184b3bfef0"
# The network squeezes what is long: short runs of words are read best (words right on 15 scanned pages: 92.6 % for runs
# of three to five letters' heights, 91.9 % word by word, 88 % for runs of twenty).
_LONGEST_RUN = 4.0  # heights of a word
_SURE = 0.95  # of words read so surely by the first reader 99 in 100 are right
_AROUND = 2  # pixels around a run: marks stand out of the boxes
_BATCH = 32


class Answer(NamedTuple):
    """What a reader made of a crop, and how sure it is, from 0 to 1."""

    text: str
    confidence: float


class RunReader(Protocol):
    """What reads cut-out runs of words."""

    def read(self, crops: Sequence[Pixels]) -> list[Answer]:
        """Read each crop (grey, upright) as one line of text."""
        ...


class TrueOcrReader:
    """TrueOCR's recognizer of lines, one thread.

    Raises:
        ModuleNotFoundError: It is not installed.
    """

    def __init__(self) -> None:
        """Load the network; the package is optional, so it is imported here."""
        self._recognizer = import_module(_PACKAGE).Recognizer(_folder() / "models", threads=1)

    def read(self, crops: Sequence[Pixels]) -> list[Answer]:
        """Read each crop as one line of text."""
        predictions = self._recognizer.predict(list(crops), batch_size=_BATCH)
        return [Answer(prediction.text, prediction.confidence) for prediction in predictions]


@lru_cache(maxsize=1)
def second_reader() -> RunReader | None:
    """Return the second reader; None where it is not installed, or is not the one that was measured."""
    return TrueOcrReader() if _is_usable() else None


@lru_cache(maxsize=1)
def second_identity() -> str:
    """Name the second reader so that the same name means the same readings."""
    return f"{_PACKAGE} {_SHA256}" if _is_usable() else "no second reader"


def _is_usable() -> bool:
    """Say whether the second reader is installed, and is the one that was measured."""
    if find_spec(_PACKAGE) is None:
        return False
    weights = _folder() / _WEIGHTS
    if not weights.is_file() or hashlib.sha256(weights.read_bytes()).hexdigest() != _SHA256:
        _log.warning(
            "Bộ đọc thứ hai (trueocr) không phải bản đã kiểm, nên không dùng. / "
            "The second reader (trueocr) is not the version that was checked and is not used."
        )
        return False
    return True


def _folder() -> Path:
    spec = find_spec(_PACKAGE)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(_PACKAGE)
    return Path(spec.origin).parent


def read_again(reader: RunReader, image: Pixels, lines: Sequence[PrintedLine]) -> list[PrintedLine]:
    """Give words that are not sure, and all that show a digit, their second reading, and settle numerals by it.

    Boxes are in pixels of `image`, which is grey. Words are read in short runs. Where a run does not come back with as
    many words, they are read one by one.
    """
    runs = [run for line in lines for run in _runs(line.words)]
    read = _texts(reader, [_crop(image, around(word.box for word in run)) for run in runs])
    odd = [word for run, text in zip(runs, read, strict=True) if len(text.split()) != len(run) for word in run]
    alone = iter(_texts(reader, [_crop(image, word.box) for word in odd]) if odd else [])
    second: list[str] = []
    for run, text in zip(runs, read, strict=True):
        second += text.split() if len(text.split()) == len(run) else [next(alone) for _ in run]
    answers = iter(second)
    return [PrintedLine(tuple(_settled(line.words, answers))) for line in lines]


def _texts(reader: RunReader, crops: Sequence[Pixels]) -> list[str]:
    return [answer.text for answer in reader.read(crops)]


def _settled(words: Sequence[PlacedWord], answers: Iterator[str]) -> Iterator[PlacedWord]:
    """Yield the words of a line with the next answers; the end of a numeral that was read apart goes ("3.718 8")."""
    before: PlacedWord | None = None
    for word in words:
        for piece in settled(word.read_twice(next(answers))) if _is_worth_asking(word) else [word]:
            if before is None or not is_read_again(piece, before):
                yield piece
                before = piece


def _is_worth_asking(word: PlacedWord) -> bool:
    """Say whether a second reading may change anything: of surely read words it changed one in a thousand."""
    return word.text != UNREAD and ((word.confidence or 0.0) < _SURE or any(c.isdigit() for c in word.raw))


def _runs(words: Sequence[PlacedWord]) -> list[list[PlacedWord]]:
    """Find the words of a line that are to be read again, those side by side in runs that are not too long."""
    runs: list[list[PlacedWord]] = []
    before: PlacedWord | None = None
    for word in words:
        if not _is_worth_asking(word):
            before = None
            continue
        if before is not None:
            box = around(w.box for w in [*runs[-1], word])
            if box.x1 - box.x0 <= _LONGEST_RUN * (box.y1 - box.y0):
                runs[-1].append(word)
                before = word
                continue
        runs.append([word])
        before = word
    return runs


def _crop(image: Pixels, box: Box) -> Pixels:
    height, width = image.shape
    left, top = max(0, int(box.x0) - _AROUND), max(0, int(box.y0) - _AROUND)
    right, bottom = min(width, int(box.x1) + _AROUND + 1), min(height, int(box.y1) + _AROUND + 1)
    return image[top : max(bottom, top + 1), left : max(right, left + 1)]
