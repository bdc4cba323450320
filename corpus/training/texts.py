"""The study texts to learn from, and the part of them that is never learned from.

The texts lie outside the project (sources and licences: docs/REPAIR.md); only counts and weights made from them ship.
"""

from __future__ import annotations

import lzma
import zlib
from collections.abc import Iterator
from pathlib import Path

_BLOCK = 200
_HELD_OUT_ONE_IN = {"news": 6}  # the smallest text: a fortieth of it would be no test
_USUALLY_ONE_IN = 40


def lines_of(shared: Path, name: str) -> Iterator[str]:
    """Yield the lines of `data/<name>_vi.txt.xz` without their line ends."""
    with lzma.open(shared / "data" / f"{name}_vi.txt.xz", "rt", encoding="utf-8") as stream:
        for line in stream:
            yield line.rstrip("\n")


def is_held_out(name: str, number: int) -> bool:
    """Say whether line `number` (0-based) of a text is kept for testing: whole blocks, so that documents stay whole."""
    return zlib.crc32(str(number // _BLOCK).encode()) % _HELD_OUT_ONE_IN.get(name, _USUALLY_ONE_IN) == 0


def training_lines(shared: Path, name: str) -> Iterator[str]:
    """Yield the lines that may be learned from."""
    return (line for number, line in enumerate(lines_of(shared, name)) if not is_held_out(name, number))


def held_out_lines(shared: Path, name: str) -> Iterator[str]:
    """Yield the lines that are kept for testing."""
    return (line for number, line in enumerate(lines_of(shared, name)) if is_held_out(name, number))
