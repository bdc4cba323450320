"""By how much a scanned page lies askew, from how its lines of text run."""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import median

import numpy as np

from pipeline.ocr.lines import PrintedLine

_FEWEST_WORDS = 6
_FEWEST_LINES = 3
_LEAST_TILT = 0.2  # degrees: less moves no word by half a line
_MOST_TILT = 3.0


def text_tilt(lines: Sequence[PrintedLine]) -> float:
    """Return by how many degrees most lines fall to the right; 0 where they are too few, or lie straight."""
    angles = [_angle(line) for line in lines if len(line.words) >= _FEWEST_WORDS]
    tilt = median(angles) if len(angles) >= _FEWEST_LINES else 0.0
    return tilt if _LEAST_TILT <= abs(tilt) <= _MOST_TILT else 0.0


def _angle(line: PrintedLine) -> float:
    across = [(word.box.x0 + word.box.x1) / 2 for word in line.words]
    down = [(word.box.y0 + word.box.y1) / 2 for word in line.words]
    return math.degrees(math.atan(float(np.polyfit(across, down, 1)[0])))
