"""Which figure is part of which: the genre's ways to break a figure down.

"trong đó: …", "gồm …", "cụ thể …" behind a figure; a bracket of labels and numbers behind it; a list of bullets below
it; a footnote to it. A part is of the whole's kind, and its unit is the whole's or none, or the cue is explicit.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pipeline.extract.cues import Cue
from pipeline.extract.quantities import Quantity, depths
from pipeline.models import Kind

_ITEM_BREAK = re.compile(r"[,;:(]|\bvà\b|\bcòn\b")
_ACCOMPANIES = re.compile(r"\b(?:với|cùng|kèm|chiếm|đạt|bằng|tương ứng|tăng|giảm|so|cho)\s*$", re.IGNORECASE)


@dataclass(frozen=True)
class _Group:
    """Where parts stand, [start, end) of a sentence at one depth of brackets, and how surely they are parts."""

    start: int
    end: int
    depth: int
    explicit: bool
    before: int  # the whole stands before this


def within(text: str, quantities: Sequence[Quantity], known: Sequence[Cue]) -> dict[int, int]:
    """Return part → whole, as indexes into the quantities of one sentence."""
    links: dict[int, int] = {}
    for group in _groups(text, known):
        candidates = _wholes(quantities, group)
        if not candidates:
            continue
        for part, whole in _match(text, quantities, group, candidates).items():
            if part not in links:
                links[part] = whole
    return links


def leads(text: str, quantities: Sequence[Quantity], known: Sequence[Cue]) -> list[int]:
    """Return the parts that a sentence beginning with a cue ("Trong đó: …") lists of a whole before the sentence."""
    first = next((cue for cue in known if cue.kind == "whole"), None)
    if first is None or re.sub(r"[^\w]", "", text[: first.start]):
        return []
    group = _Group(first.end, len(text), 0, first.label == "among" or text[first.end :].lstrip().startswith(":"), 0)
    return _items(text, quantities, group)


def listed(text: str, quantities: Sequence[Quantity]) -> list[int]:
    """Return the quantities of a text that is one list of labels and numbers: a footnote, a bracket."""
    return _items(text, quantities, _Group(0, len(text), 0, False, 0))


def compatible(part: Quantity, whole: Quantity, *, unit: str, explicit: bool) -> bool:
    """Say whether a quantity can be part of another; `unit` is the whole's."""
    counts = (Kind.COUNT, Kind.FRACTION)
    if not (part.kind is whole.kind or (part.kind in counts and whole.kind in counts)):
        return False
    if part.kind in (Kind.PERCENT, Kind.RANGE):
        return False
    if not part.unit or same_unit(part.unit, unit):
        return True
    return explicit and part.value <= whole.value


def same_unit(one: str, other: str) -> bool:
    """Say whether one unit's words begin the other's."""
    a, b = one.lower().replace(",", " ").split(), other.lower().replace(",", " ").split()
    return bool(a and b) and (a[: len(b)] == b or b[: len(a)] == a)


def until_whole(values: Sequence[Decimal], whole: Decimal) -> int:
    """Return how many of the values make the whole exactly, or all: what follows a complete sum is not part of it."""
    total = Decimal(0)
    for count, value in enumerate(values, 1):
        total += value
        if total == whole and count > 1:
            return count
    return len(values)


def _groups(text: str, known: Sequence[Cue]) -> list[_Group]:
    level = depths(text)
    groups: list[_Group] = []
    cued: set[int] = set()
    for cue in known:
        if cue.kind != "whole":
            continue
        depth = level[cue.start]
        opened = text.rfind("(", 0, cue.start) if depth else -1
        if depth:
            cued.add(opened)
        end = _scope_end(text, cue.end, level, depth)
        before = opened if depth and not re.search(r"\d", text[opened : cue.start]) else cue.start
        explicit = cue.label == "among" or cue.text.lower().startswith(("gồm", "bao gồm")) or depth > 0
        groups.append(_Group(cue.end, end, depth, explicit, before))
    for match in re.finditer(r"\(", text):
        if match.start() not in cued:
            depth = level[match.start()] + 1
            groups.append(_Group(match.end(), _scope_end(text, match.end(), level, depth), depth, False, match.start()))
    return groups


def _scope_end(text: str, start: int, level: Sequence[int], depth: int) -> int:
    """Return where a group ends: its bracket closes, or a semicolon comes where commas separate the items."""
    end = next((i for i in range(start, len(text)) if level[i] < depth), len(text))
    items = [
        i for i in range(start, end) if text[i] in ",;" and level[i] == depth and not text[i + 1 : i + 2].isdigit()
    ]
    kinds = [text[i] for i in items]
    if depth == 0 and "," in kinds and ";" in kinds:
        first_number = next((i for i in range(start, end) if text[i].isdigit()), end)
        after = [i for i in items if i > first_number]
        if after and text[after[0]] == ",":
            second = next((i for i in after if text[i] == ";"), end)
            between = text[after[0] : second]
            if re.search(r"\d", between):
                return second
    return end


def _wholes(quantities: Sequence[Quantity], group: _Group) -> list[int]:
    """Return the quantities that a group may break down, nearest first."""
    depth = group.depth
    outside = [
        i for i, q in enumerate(quantities) if q.end <= group.before and q.kind not in (Kind.PERCENT, Kind.RANGE)
    ]
    level = [i for i in outside if quantities[i].depth == depth] if quantities and depth else []
    if depth and group.start - group.before <= 40:
        level = [i for i in outside if quantities[i].depth == depth - 1]
    elif not depth:
        level = [i for i in outside if quantities[i].depth == 0]
    return list(reversed(level))


def _items(text: str, quantities: Sequence[Quantity], group: _Group) -> list[int]:
    """Return the first quantity of each item of a group."""
    found: list[int] = []
    for index, quantity in enumerate(quantities):
        if not (group.start <= quantity.at < group.end and quantity.depth == group.depth):
            continue
        if found:
            between = text[quantities[found[-1]].end : quantity.start]
            if not _ITEM_BREAK.search(between) or (
                _ACCOMPANIES.search(between) and quantity.unit and quantity.unit != quantities[found[-1]].unit
            ):
                continue
        found.append(index)
    return found


def _match(text: str, quantities: Sequence[Quantity], group: _Group, candidates: Sequence[int]) -> Mapping[int, int]:
    items = _items(text, quantities, group)
    if not items:
        return {}
    units = [quantities[i].unit for i in items if quantities[i].unit]
    nearest = candidates[0]
    whole = next((c for c in candidates if units and same_unit(quantities[c].unit, units[0])), nearest)
    target = quantities[whole]
    parts = [i for i in items if compatible(quantities[i], target, unit=target.unit, explicit=group.explicit)]
    if not group.explicit:
        parts = _plausible(quantities, items, parts, target)
    parts = parts[: until_whole([quantities[i].value for i in parts], target.value)]
    return dict.fromkeys(parts, whole)


def _plausible(
    quantities: Sequence[Quantity], items: Sequence[int], parts: Sequence[int], target: Quantity
) -> list[int]:
    """Return the parts of a group without an explicit cue: at least two, none above the whole, or an exact sum."""
    counted = [i for i in items if quantities[i].kind is target.kind]
    if len(counted) > 1 and sum(quantities[i].value for i in counted) == target.value:
        return counted
    return list(parts) if len(parts) > 1 and all(quantities[i].value <= target.value for i in parts) else []
