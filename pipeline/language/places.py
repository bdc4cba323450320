"""Names of communes by province, on both sides of the reform of 1 July 2025 (data/mergers.tsv)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files

from pipeline.language.spelling import one_spelling

_RANK = re.compile(r"(?:Xã|Phường|Thị trấn|Đặc khu)\s+")
_PART_OF_ONE = "*"

Name = tuple[str, ...]  # the words of a name, without the rank of the place


@lru_cache(maxsize=1)
def provinces() -> Mapping[str, str]:
    """The province of today for each province that is or was, in small letters."""
    found: dict[str, str] = {}
    for level, unit, _, former in _rows():
        if level == "province":
            found |= {name.lower(): unit for name in (unit, *former)}
    return found


@lru_cache(maxsize=1)
def communes() -> Mapping[str, frozenset[Name]]:
    """The names of two words and more of the communes of each province of today, former ones too, in one spelling."""
    found: dict[str, set[Name]] = defaultdict(set)
    for level, unit, province, former in _rows():
        if level == "commune":
            names = (tuple(_RANK.sub("", name).split()) for name in (unit, *former))
            found[province] |= {name for name in names if len(name) > 1}
    return {province: frozenset(names) for province, names in found.items()}


@lru_cache(maxsize=1)
def _rows() -> tuple[tuple[str, str, str, tuple[str, ...]], ...]:
    text = files("pipeline.language").joinpath("data/mergers.tsv").read_text(encoding="utf-8")
    rows = [one_spelling(line).split("\t") for line in text.splitlines() if not line.startswith("#")]
    return tuple(
        (level, unit, province, tuple(former.replace(_PART_OF_ONE, "").split("; ")))
        for level, unit, province, former in rows
    )
