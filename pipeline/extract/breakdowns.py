"""Which figure is part of which: the genre's ways to break a figure down.

"trong đó: …", "gồm …", "cụ thể …" behind a figure; a colon or a bracket with labels and numbers behind it; the states
into which a total falls apart ("giao 52 nhiệm vụ, hoàn thành 37, đang thực hiện 15"); or, without any word, figures of
one unit that add up exactly to the figure before them. A part is of the whole's kind, and its unit is the whole's or
none, unless the cue is explicit.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pipeline.extract.cues import Cue
from pipeline.extract.quantities import Quantity, depths
from pipeline.language.spelling import one_spelling
from pipeline.models import Kind

_ITEM_BREAK = re.compile(r"[,;:(]|\bvà\b|\bcòn\b")
_ACCOMPANIES = re.compile(r"\b(?:với|cùng|kèm|chiếm|đạt|bằng|tương ứng|tăng|giảm|so|cho)\s*$", re.IGNORECASE)
_COUNTS = (Kind.COUNT, Kind.FRACTION)
# A bracket of several counts whose units are not the whole's is a breakdown if it comes about as far as the whole.
_NEAR_SUM = (Decimal("0.8"), Decimal("1.2"))
# "Theo lĩnh vực gồm: …" begins a breakdown as "Gồm: …" does.
_BY = re.compile(r"\W*(?:(?:chia|phân|phân loại|tính)\s+)?theo\s+[^\d,.;:()]{2,40}\s*", re.IGNORECASE)
# Below this, two small numbers add up to a third by chance.
_LEAST_SUM = 10


@dataclass(frozen=True)
class _Group:
    """Where parts stand, [start, end) of a sentence at one depth of brackets; the whole stands before `before`.

    `explicit` says that a cue makes them parts; `outside` that the whole stands outside their bracket.
    """

    start: int
    end: int
    depth: int
    before: int
    explicit: bool = False
    outside: bool = False


def within(text: str, quantities: Sequence[Quantity], known: Sequence[Cue]) -> dict[int, int]:
    """Return part → whole, as indexes into the quantities of one sentence."""
    links: dict[int, int] = {}
    for group in [*_groups(text, known), *_colons(text, quantities)]:
        candidates = _wholes(quantities, group)
        if candidates:
            links = dict(_match(text, quantities, group, candidates)) | links
    links = dict(_states(quantities, known, links)) | links
    # What a sentence "Trong đó, …" lists is part of a whole before it, whatever else it adds up to.
    listed = set(leads(text, quantities, known))
    exact = {part: whole for part, whole in _exact(quantities, links).items() if part not in listed}
    return exact | links


def leads(text: str, quantities: Sequence[Quantity], known: Sequence[Cue]) -> list[int]:
    """Return the parts that a sentence beginning with a cue ("Trong đó: …") lists of a whole before the sentence."""
    first = leading_cue(text, known)
    if first is None:
        return []
    explicit = first.label == "among" or text[first.end :].lstrip().startswith(":")
    return _items(text, quantities, _Group(first.end, len(text), 0, 0, explicit))


def leading_cue(text: str, known: Sequence[Cue]) -> Cue | None:
    """Return the cue that a sentence begins with."""
    first = next((cue for cue in known if cue.kind == "whole"), None)
    if first is None or _BY.fullmatch(text, 0, first.start):
        return first
    return None if re.sub(r"[^\w]", "", text[: first.start]) else first


def listed(text: str, quantities: Sequence[Quantity]) -> list[int]:
    """Return the quantities of a text that is one list of labels and numbers: a footnote, a bracket."""
    return _items(text, quantities, _Group(0, len(text), 0, 0))


def in_states(quantities: Sequence[Quantity], known: Sequence[Cue]) -> list[int]:
    """Return the quantities of a sentence that are states of something: "41 đề xuất đủ điều kiện, 23 không đủ"."""
    named = [
        index
        for index, quantity in enumerate(quantities)
        if _state_before(quantities, index, known) or _state_behind(quantities, index, known)
    ]
    return [index for index in named if quantities[index].kind in _COUNTS]


def compatible(part: Quantity, whole: Quantity, *, unit: str, explicit: bool) -> bool:
    """Say whether a quantity can be part of another; `unit` is the whole's."""
    if part.kind is not whole.kind and not (part.kind in _COUNTS and whole.kind in _COUNTS):
        return False
    if part.kind in (Kind.PERCENT, Kind.RANGE):
        return False
    if not part.unit or same_unit(part.unit, unit):
        return True
    return explicit and part.value <= whole.value


def same_unit(one: str, other: str) -> bool:
    """Say whether one unit's words begin the other's."""
    a, b = (one_spelling(unit.lower()).replace(",", " ").split() for unit in (one, other))
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
    """Return the stretches behind cues, and the brackets without one."""
    level = depths(text)
    groups: list[_Group] = []
    cued: set[int] = set()
    for cue in known:
        if cue.kind != "whole":
            continue
        depth = level[cue.start]
        opened = text.rfind("(", 0, cue.start) if depth else -1
        outside = depth > 0 and not re.search(r"\d", text[opened : cue.start])
        if outside:
            cued.add(opened)
        strong = cue.label == "among" or cue.text.lower().startswith(("gồm", "bao gồm")) or depth > 0
        explicit = strong or text[cue.end :].lstrip().startswith(":")
        before = opened if outside else cue.start
        groups.append(_Group(cue.end, _bracket_end(text, cue.end, level, depth), depth, before, explicit, outside))
    for match in re.finditer(r"\(", text):
        if match.start() not in cued:
            depth = level[match.start()] + 1
            end = _bracket_end(text, match.end(), level, depth)
            groups.append(_Group(match.end(), end, depth, match.start(), outside=True))
    return groups


def _colons(text: str, quantities: Sequence[Quantity]) -> list[_Group]:
    """Return the lists behind a figure and a colon: "tại 12 đảng ủy: 03 đảng ủy …, 09 đảng ủy …"."""
    return [
        _Group(q.end + match.end(), len(text), 0, q.end + 1)
        for q in quantities
        if q.unit and q.depth == 0 and (match := re.match(r"[^\d,;.:()]{0,60}:(?=\s)", text[q.end :]))
    ]


def _bracket_end(text: str, start: int, level: Sequence[int], depth: int) -> int:
    return next((i for i in range(start, len(text)) if level[i] < depth), len(text))


def _wholes(quantities: Sequence[Quantity], group: _Group) -> list[int]:
    """Return the quantities that a group may break down, nearest first."""
    depth = group.depth - 1 if group.outside else group.depth
    return [
        index
        for index, quantity in reversed(list(enumerate(quantities)))
        if quantity.end <= group.before and quantity.depth == depth and quantity.kind not in (Kind.PERCENT, Kind.RANGE)
    ]


def _items(text: str, quantities: Sequence[Quantity], group: _Group) -> list[int]:
    """Return the first quantity of each item of a group."""
    found: list[int] = []
    for index, quantity in enumerate(quantities):
        if not (group.start <= quantity.at < group.end and quantity.depth == group.depth):
            continue
        if found:
            between = text[quantities[found[-1]].end : quantity.start]
            other = bool(quantity.unit) and quantity.unit != quantities[found[-1]].unit
            if not _ITEM_BREAK.search(between) or (_ACCOMPANIES.search(between) and other):
                continue
        found.append(index)
    return found


def _match(text: str, quantities: Sequence[Quantity], group: _Group, candidates: Sequence[int]) -> Mapping[int, int]:
    """Return the parts of a group, each with the candidate of its own unit, or with the main one."""
    items = _items(text, quantities, group)
    if not items:
        return {}
    units = [quantities[i].unit for i in items if quantities[i].unit]
    main = next((c for c in candidates if units and same_unit(quantities[c].unit, units[0])), candidates[0])
    if not group.explicit:
        return dict.fromkeys(_plausible(quantities, items, quantities[main]), main)
    parts: dict[int, list[int]] = {}
    commas = False
    for index in _inside(quantities, group):
        part = quantities[index]
        between = text[max(group.start, quantities[index - 1].end if index else 0) : part.start]
        own = next((c for c in candidates if part.unit and same_unit(quantities[c].unit, part.unit)), None)
        if ";" in between and commas and own is None:
            break  # commas parted the items: a semicolon begins something else
        commas = commas or ("," in between and ";" not in between and bool(parts))
        whole = own if own is not None else (main if index in items else None)
        if whole is not None and compatible(part, quantities[whole], unit=quantities[whole].unit, explicit=True):
            parts.setdefault(whole, []).append(index)
    return {
        index: whole
        for whole, found in parts.items()
        for index in found[: until_whole([quantities[i].value for i in found], quantities[whole].value)]
    }


def _inside(quantities: Sequence[Quantity], group: _Group) -> list[int]:
    return [i for i, q in enumerate(quantities) if group.start <= q.at < group.end and q.depth == group.depth]


def _plausible(quantities: Sequence[Quantity], items: Sequence[int], whole: Quantity) -> list[int]:
    """Return the parts of a group without a cue: at least two, none above the whole, of its unit or near its sum."""
    counted = [i for i in items if quantities[i].kind is whole.kind and quantities[i].value <= whole.value]
    total = sum(quantities[i].value for i in counted)
    if len(counted) > 1 and whole.value and _NEAR_SUM[0] <= total / whole.value <= _NEAR_SUM[1]:
        return counted[: until_whole([quantities[i].value for i in counted], whole.value)]
    parts = [i for i in items if compatible(quantities[i], whole, unit=whole.unit, explicit=False)]
    return parts if len(parts) > 1 and all(quantities[i].value <= whole.value for i in parts) else []


def _states(quantities: Sequence[Quantity], known: Sequence[Cue], links: Mapping[int, int]) -> Mapping[int, int]:
    """Return the states into which a figure falls apart; each is named before its number."""
    named = [_state_before(quantities, i, known) for i in range(len(quantities))]
    found: dict[int, int] = {}
    for whole, quantity in enumerate(quantities):
        if named[whole] or quantity.kind not in _COUNTS:
            continue
        parts: list[int] = []
        for index in range(whole + 1, len(quantities)):
            other = quantities[index]
            if not named[index] or not other.unit or not same_unit(other.unit, quantity.unit):
                if other.kind is Kind.PERCENT:
                    continue
                break
            if index not in links and other.value <= quantity.value:
                parts.append(index)
        if len(parts) > 1:
            found |= dict.fromkeys(parts, whole)
    return found


def _state_before(quantities: Sequence[Quantity], index: int, known: Sequence[Cue]) -> bool:
    edge = quantities[index - 1].end if index else 0
    return any(cue.kind == "state" and edge <= cue.start and cue.end <= quantities[index].at for cue in known)


def _state_behind(quantities: Sequence[Quantity], index: int, known: Sequence[Cue]) -> bool:
    edge = quantities[index + 1].start if index + 1 < len(quantities) else None
    end = quantities[index].end
    return any(cue.kind == "state" and end <= cue.start and (edge is None or cue.end <= edge) for cue in known)


def _exact(quantities: Sequence[Quantity], links: Mapping[int, int]) -> Mapping[int, int]:
    """Return figures of one unit that add up exactly to the figure of that unit before them."""
    found: dict[int, int] = {}
    for whole, quantity in enumerate(quantities):
        if quantity.kind not in (Kind.COUNT, Kind.MONEY) or quantity.value < _LEAST_SUM or not quantity.unit:
            continue
        following = [
            i
            for i in range(whole + 1, len(quantities))
            if quantities[i].unit == quantity.unit and quantities[i].depth == quantity.depth and i not in links
        ]
        values = [quantities[i].value for i in following]
        count = until_whole(values, quantity.value)
        if count > 1 and sum(values[:count]) == quantity.value:
            found = dict.fromkeys(following[:count], whole) | found
    return found
