"""Linking: which figures state the same fact.

Two figures are compared only when they agree in every aspect that both of them state: what is counted, unit, kind,
dimensions, moment or period, cumulative or not, result or target, and whose it is. An aspect that one side leaves out
does not part them but has to be made up for by the name. Two figures of one sentence, and the parts of one whole, are
never one fact: whoever writes two numbers side by side means two things. The reasons are told with the link.

Names are compared by their content words, weighted by how rare they are in the documents at hand, so that "trạm BTS
5G" weighs more than "cơ quan, đơn vị": nearly all of the shorter name must be in the longer one, and what a name has
beyond the other must be found in the other's sentence or heading. RapidFuzz forgives reading errors. Only figures that
share a rare word are ever compared (blocking), which keeps the work near linear.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from importlib.resources import files
from itertools import combinations

from rapidfuzz import fuzz

from pipeline.extract import contrasts
from pipeline.language.unicode import fold
from pipeline.models import Figure, Kind, Status
from pipeline.reconcile import units
from pipeline.reconcile.context import Context
from pipeline.reconcile.intervals import step_of
from pipeline.reconcile.items import Item, siblings
from pipeline.reconcile.slips import TRANSPOSED, slip

LEAST_SHARED = 2  # content words that both names have
LEAST_CORE = 0.4  # share of the shorter name, by weight, that the longer one has
SURE_CORE = 0.8  # the same, from which the names alone make two figures one fact
LEAST_COVER = 0.6  # share of a name, by weight, that the other's sentence or heading has
LARGEST_BLOCK = 60  # figures that share a word; a word shared by more tells nothing
KEYS_PER_FIGURE = 6


def _listed(name: str) -> frozenset[str]:
    lines = files("pipeline.reconcile").joinpath(f"data/{name}.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


_MARKED = _listed("function_words")
_STOP = _MARKED | {fold(word) for word in _MARKED}  # a reading that lost its marks lost them here, too
_EVENTS = _listed("event_units")
_SYMBOL = re.compile(r"[a-z&]+/[a-z]|^[\d./-]+$")  # a document's symbol is where a figure comes from, not what it is
_ORDINAL = re.compile(
    r"\b(?:so|nhom|muc|muc do|cap do|loai|hang|quy|lan|khoi|dot|khu|ky|giai doan) (?:\d{1,2}|[ivx]+)\b"
)
_MONEY = "nghìn triệu tỷ đồng"
_NOTHING = frozenset({""})
_KNOWN_WORDS = 32_768  # reports use some thousand syllables
_FIGURES_OF_A_LIST = 5
_LONG_NUMBER = 10_000
_RARER = 1.25  # how much rarer than all shared words a word must be to tell two names apart
_WORD = re.compile(r"[^\W_]+(?:[/.&-][^\W_]+)*")
_SAME_WORD = 85.0  # RapidFuzz ratio from which two words of one letter more or less are one word misread
_LONG_WORD = 5


@dataclass(frozen=True, slots=True)  # there are as many as figures
class Fact:
    """A figure with what is compared of it."""

    figure: Figure
    name: frozenset[str]  # content words of its subject and unit
    around: frozenset[str]  # content words of its sentence and the headings above
    whole: str  # the id of the whole that it is a part of, or its own
    out_of: Decimal | None  # the value of that whole
    home: int  # the number of its sentence; for a footnote, of the sentence that carries the mark
    area: str  # the folded place that the document was issued for (địa danh)
    since_reform: bool | None  # of days after the mergers of 2025; None where the place was not merged
    former: frozenset[str]  # the former units of which it is told, "Vĩnh Long (cũ)"
    issued: dt.date | None
    item: Item | None  # the list item that it stands in
    opening: frozenset[str]  # content words with which that item opens


@dataclass(frozen=True, slots=True)
class Link:
    """Two figures that may state the same fact, with the likeness of their names (0 to 1) and the reasons.

    `sure` says that the names alone make them one fact; otherwise the values have to speak for it, too. `contrast` says
    that either name has a word of its own that is rarer than all they share: "điều trị A" against "điều trị B".
    """

    left: Fact
    right: Fact
    score: float
    sure: bool
    contrast: bool
    reasons: tuple[str, ...]


def _ordinals(figure: Figure) -> list[str]:
    """Return the numbers that are part of a name: "nhóm 2", "mức độ 4", "quý III"."""
    return sorted(match[0] for match in _ORDINAL.finditer(fold(figure.subject)))


def _precision(figure: Figure) -> Decimal:
    return step_of(figure.value) if figure.kind is Kind.PERCENT else Decimal(1)


Timing = Callable[[Fact, Fact], tuple[str, ...] | None]  # the reasons why two moments go together, or None


def facts(context: Context) -> list[Fact]:
    """Return the figures that state something comparable: all that have a name of their own."""
    found = []
    for figure in context.figures:
        name = _name(figure)
        if figure.upper is not None or len(name) < LEAST_SHARED:
            continue
        around = content_words(_surroundings(context, figure))
        document = figure.evidence.document
        item = context.item(figure)
        found.append(
            Fact(
                figure,
                name,
                around | name,
                _whole(context, figure),
                _value(context, figure.whole),
                context.home(figure),
                fold(context.place(document)),
                context.since_reform(document),
                context.former_units(figure),
                context.issued(document),
                item,
                content_words(item.opening) if item else frozenset(),
            )
        )
    return found


def _whole(context: Context, figure: Figure) -> str:
    """Return the id of what a figure is part of; a rate is of the number right before it, and goes with that."""
    if figure.kind is not Kind.PERCENT:
        return figure.whole or figure.id
    before = [item for item in context.beside(figure) if item.place.end <= figure.place.start]
    counted = before[-1] if before and before[-1].kind in (Kind.COUNT, Kind.MONEY) else figure
    return counted.whole or counted.id


def _value(context: Context, identity: str | None) -> Decimal | None:
    figure = context.figure(identity) if identity else None
    return figure.value if figure else None


def _name(figure: Figure) -> frozenset[str]:
    return name_of(figure.kind, figure.subject, figure.unit)


def name_of(kind: Kind, subject: str, unit: str) -> frozenset[str]:
    """Return the content words of a figure's subject, with those of its unit where the subject says too little."""
    named = content_words(subject)
    if kind is Kind.MONEY:
        return named - content_words(_MONEY)
    return named if len(named) > LEAST_SHARED else named | content_words(unit)


def _surroundings(context: Context, figure: Figure) -> str:
    """Return the words that may stand for what a name leaves out: the headings, and the sentence unless it is a list.

    A sentence with many figures names many things; that it holds a word says nothing of this figure.
    """
    sentence = context.sentence(figure)
    headings = " ".join(sentence.heading) if sentence else ""
    listed = len(context.beside(figure)) > _FIGURES_OF_A_LIST
    return headings if listed else f"{context.sentence_text(figure)} {headings}"


def content_words(phrase: str) -> frozenset[str]:
    """Return the folded words of a phrase that carry meaning: no function words, no numbers, no symbols."""
    return frozenset(map(_content_word, _WORD.findall(phrase.lower()))) - _NOTHING


@lru_cache(maxsize=_KNOWN_WORDS)
def _content_word(word: str) -> str:
    """Return a word folded, or nothing where it carries no meaning."""
    folded = "" if word in _STOP else fold(word)
    return "" if _SYMBOL.search(folded) else folded


def links(candidates: Sequence[Fact]) -> Iterator[Link]:
    """Yield the pairs of figures that state the same fact."""
    return _links(candidates, _same_time)


def links_over_time(candidates: Sequence[Fact]) -> Iterator[Link]:
    """Yield the pairs of figures that state the same quantity at whatever moments: the steps of a series."""
    return _links(candidates, _any_time)


def _links(candidates: Sequence[Fact], timed: Timing) -> Iterator[Link]:
    rarity = _rarity(candidates)
    seen: set[tuple[str, str]] = set()
    for block in _blocks(candidates, rarity):
        for left, right in combinations(block, 2):
            pair = (left.figure.id, right.figure.id)
            if pair in seen:
                continue
            seen.add(pair)
            link = _linked(left, right, rarity, timed)
            if link:
                yield link


def partners(names: Mapping[int, tuple[Kind, frozenset[str]]], of: Collection[int]) -> set[int]:
    """Return which of the named figures could ever be linked with some of them: those that share a rare word.

    Weights are counted over the names alone. Nothing is linked that shares only words of more figures than a block
    holds, so that what comes back grows with `of`, not with `names`.
    """
    seen = Counter(word for _, name in names.values() for word in name)
    blocks: dict[tuple[Kind, str], list[int]] = defaultdict(list)
    wanted = set(of)
    sought = {word for number in wanted if number in names for word in names[number][1]}
    for number, (kind, name) in names.items():
        if not sought.isdisjoint(name):
            for word in sorted(name, key=lambda word: (seen[word], word))[:KEYS_PER_FIGURE]:
                blocks[kind, word].append(number)
    telling = (block for block in blocks.values() if len(block) <= LARGEST_BLOCK and not wanted.isdisjoint(block))
    return {number for block in telling for number in block} - wanted


def _rarity(candidates: Sequence[Fact]) -> dict[str, float]:
    """Return the weight of each word: the logarithm of how seldom figures are named with it."""
    seen = Counter(word for fact in candidates for word in fact.around)
    return {word: math.log1p(len(candidates) / count) for word, count in seen.items()}


def _blocks(candidates: Sequence[Fact], rarity: dict[str, float]) -> Iterator[list[Fact]]:
    blocks: dict[tuple[Kind, str], list[Fact]] = defaultdict(list)
    for fact in candidates:
        rarest = sorted(fact.name, key=lambda word: (-rarity[word], word))[:KEYS_PER_FIGURE]
        for word in rarest:
            blocks[fact.figure.kind, word].append(fact)
    for _, block in sorted(blocks.items()):
        if 1 < len(block) <= LARGEST_BLOCK:
            yield block


def _linked(left: Fact, right: Fact, rarity: dict[str, float], timed: Timing) -> Link | None:
    if _side_by_side(left, right) or _told_of_two(left, right):
        return None
    reasons = aspects_agree(left, right, timed)
    if reasons is None:
        return None
    short, long = sorted((left.name, right.name), key=lambda name: _weight(name, rarity))
    shared = _found(short, long)
    core = _weight(shared, rarity) / _weight(short, rarity)
    cover = min(
        _weight(_found(one.name, other.around), rarity) / _weight(one.name, rarity)
        for one, other in ((left, right), (right, left))
    )
    if len(shared) < LEAST_SHARED or core < LEAST_CORE:
        return None
    own = [_rarest(words, rarity) for words in _own_words(left, right)]
    rarest = _rarest(shared, rarity)
    sure = core >= SURE_CORE and cover >= LEAST_COVER and max(own) <= rarest * _RARER
    words = ", ".join(sorted(shared, key=lambda word: (-rarity[word], word))[:6])
    return Link(left, right, min(core, cover), sure, min(own) > rarest * _RARER, (f"cùng tên gọi ({words})", *reasons))


def _own_words(left: Fact, right: Fact) -> tuple[frozenset[str], frozenset[str]]:
    """Return the words that only one of two names has, and nothing around the other figure says.

    "53 lớp tập huấn về HTQLCL" and "60 lớp tập huấn về chuyển đổi số" share common words and are told apart by rare
    ones.
    """
    return left.name - _found(left.name, right.around), right.name - _found(right.name, left.around)


def _rarest(words: frozenset[str], rarity: dict[str, float]) -> float:
    return max((rarity[word] for word in words), default=0)


def _side_by_side(left: Fact, right: Fact) -> bool:
    one, other = left.figure, right.figure
    same_sentence = one.evidence.document == other.evidence.document and left.home == right.home
    related = left.whole in (right.whole, other.id) or right.whole == one.id
    # Parts of two different wholes differ because their wholes do, which is what there is to report.
    apart = None not in (left.out_of, right.out_of) and left.out_of != right.out_of
    return same_sentence or related or apart or _is_whole_of(one, right) or _is_whole_of(other, left)


def _is_whole_of(figure: Figure, part: Fact) -> bool:
    """Say whether a figure states, in other words or another document, the whole that a part is told of."""
    is_part = part.figure.whole is not None and part.out_of is not None
    return is_part and figure.value == part.out_of != part.figure.value


def _told_of_two(left: Fact, right: Fact) -> bool:
    """Say whether two figures stand in parallel items of one list, each told of what its item names."""
    same_document = left.figure.evidence.document == right.figure.evidence.document
    if not (same_document and left.item and right.item and siblings(left.item, right.item)):
        return False
    shared = _found(left.opening, right.opening)
    own = left.opening - shared, right.opening - _found(right.opening, left.opening)
    return len(shared) >= LEAST_SHARED and all(own)


def _found(words: frozenset[str], among: frozenset[str]) -> frozenset[str]:
    """Return the words that are found among others, a long word with one letter misread included."""
    missing = words - among
    misread = {
        word
        for word in missing
        if len(word) >= _LONG_WORD and any(fuzz.ratio(word, other) >= _SAME_WORD for other in among)
    }
    return (words & among) | misread


def _weight(words: Iterable[str], rarity: dict[str, float]) -> float:
    return sum(rarity[word] for word in words)


def aspects_agree(left: Fact, right: Fact, timed: Timing) -> tuple[str, ...] | None:
    """Return the aspects on which two figures agree, or None where they part."""
    one, other = left.figure, right.figure
    unlike = (
        one.kind is not other.kind
        or not (units.same(one, other) or _unit_lost(one, other))
        or (one.status is not other.status and not is_norm(one))
        or one.denominator != other.denominator
        or _precision(one) != _precision(other)  # "90%" is aimed at where "87,85%" was measured
        or _ordinals(one) != _ordinals(other)
        or (one.cumulative is not other.cumulative and None not in (one.cumulative, other.cumulative))
        or (left.area and right.area and left.area != right.area)
        or left.former != right.former
        or contrasts.exclude(one.subject, other.subject)
        or (_differ_known(left.since_reform, right.since_reform) and not is_norm(one))
    )
    if unlike:
        return None
    reasons = [f"cùng đơn vị ({one.unit})"] if one.unit else []
    if one.indicator and one.indicator == other.indicator:
        reasons.append(f"cùng chỉ tiêu ({one.indicator})")
    for name in sorted(one.dimensions.keys() | other.dimensions.keys()):
        if one.dimensions.get(name) != other.dimensions.get(name):
            return None
        reasons.append(f"cùng {name} ({one.dimensions[name]})")
    if left.area and left.area == right.area and one.evidence.document != other.evidence.document:
        reasons.append("cùng địa phương")
    moments = timed(left, right)
    return None if moments is None else (*reasons, *moments)


def _unit_lost(one: Figure, other: Figure) -> bool:
    """Say whether a reader lost one unit of what is else one number: long, and but for two swapped digits the same."""
    left_out = one.kind is Kind.COUNT and not (one.unit and other.unit)
    return left_out and one.value >= _LONG_NUMBER and slip(one.value, other.value) == TRANSPOSED


def is_norm(figure: Figure) -> bool:
    """Say whether a figure is a norm ("1.000 hồ sơ/năm/tỉnh", "02 lần/tuần"), which stays what it is for years."""
    return "/" in figure.unit


def is_event(figure: Figure) -> bool:
    """Say whether a figure counts events or what happens at them ("lớp", "lượt"), of which a report tells of many."""
    return units.bare(figure.unit) in _EVENTS


def _same_time(left: Fact, right: Fact) -> tuple[str, ...] | None:
    one, other = left.figure, right.figure
    if is_norm(one) and is_norm(other):
        return ("định mức, không đổi theo thời gian",)
    if _aims_far(left) is not _aims_far(right):
        return None
    if _differ(one.period, other.period) or _differ(one.as_of, other.as_of):
        return None
    if (one.period and other.period) or (one.as_of and other.as_of):
        return (f"cùng kỳ {one.period}" if one.period and other.period else f"cùng thời điểm {one.as_of:%d/%m/%Y}",)
    repeated = (one.value, one.upper) == (other.value, other.upper)
    if is_event(one) and not repeated:
        return None
    return _same_day(left, right) or (("nhắc lại nguyên số liệu",) if repeated else None)


def _aims_far(fact: Fact) -> bool:
    """Say whether a figure is aimed at for years that the document's own plans do not reach: "đến năm 2030"."""
    figure = fact.figure
    if figure.status is not Status.TARGET or fact.issued is None:
        return False
    last = figure.as_of.year if figure.as_of else int(figure.period[-10:-6]) if figure.period else fact.issued.year
    return last > fact.issued.year + 1


def _differ(one: object, other: object) -> bool:
    """Say whether both are stated and not the same; what one side leaves out parts nothing."""
    return bool(one and other) and one != other


def _differ_known(one: bool | None, other: bool | None) -> bool:
    return None not in (one, other) and one is not other


def _same_day(left: Fact, right: Fact) -> tuple[str, ...] | None:
    """Two documents of different days may tell of a number that has grown between them."""
    if left.figure.evidence.document == right.figure.evidence.document:
        return ("cùng văn bản",)
    moment = left.figure.as_of or left.issued
    same = moment and moment == (right.figure.as_of or right.issued)
    return (f"cùng thời điểm {moment:%d/%m/%Y}",) if same else None


def _any_time(left: Fact, right: Fact) -> tuple[str, ...]:
    del left, right
    return ("hai thời điểm",)
