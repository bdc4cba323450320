"""Units of figures: when two can be added or compared, and by what factor."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from pipeline.language.unicode import fold
from pipeline.models import Figure, Kind

_SCALES = (
    ("nghin ty", 12), ("ngan ty", 12), ("ty", 9), ("ti", 9), ("trieu", 6), ("nghin", 3), ("ngan", 3),
)  # fmt: skip
_ONE = Decimal(1)
_KNOWN_UNITS = 4096  # a pile of reports counts in some hundred units, each thousands of times


@lru_cache(maxsize=_KNOWN_UNITS)
def scale(unit: str) -> Decimal:
    """Return the power of ten that a unit carries in front: 1000000 for "triệu đồng", 1 for "hồ sơ"."""
    folded = fold(unit)
    for word, power in _SCALES:
        if folded == word or folded.startswith(f"{word} "):
            return _ONE.scaleb(power)
    return _ONE


@lru_cache(maxsize=_KNOWN_UNITS)
def bare(unit: str) -> str:
    """Return the folded unit without the power of ten in front: "dong" for "triệu đồng"."""
    folded = " ".join(fold(unit).replace(",", " ").split())
    for word, _ in _SCALES:
        if folded == word:
            return ""
        if folded.startswith(f"{word} "):
            return folded[len(word) + 1 :]
    return "dong" if folded in ("d", "vnd") else folded


def same(left: Figure, right: Figure) -> bool:
    """Say whether two units name the same thing.

    They are equal, one is written out further ("lượt" and "lượt tra cứu"), or one abbreviates the other by its
    initials ("TTHC" and "thủ tục hành chính").
    """
    one, other = bare(left.unit), bare(right.unit)
    short, long = sorted((one, other), key=len)
    return one == other or (bool(short) and (f" {short} " in f" {long} " or short == _initials(long)))


def _initials(unit: str) -> str:
    words = unit.split()
    return "".join(word[0] for word in words) if len(words) > 1 else ""


def comparable(whole: Figure, part: Figure) -> bool:
    """Say whether a part can be added up towards a whole: of one kind, in units that do not exclude each other."""
    money = Kind.MONEY in (whole.kind, part.kind)
    if money:
        return whole.kind is part.kind
    return part.kind is whole.kind and part.kind is not Kind.RANGE and part.denominator is None


def factor(part: Figure, whole: Figure) -> Decimal:
    """Return by what a part's value is multiplied to be in the whole's unit: 1000 for tỷ đồng in triệu đồng."""
    return scale(part.unit) / scale(whole.unit)
