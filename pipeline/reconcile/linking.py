"""Linking: which figures state the same fact.

Two figures are compared only when they agree in every aspect that both of them state: what is counted (indicator or
phrase), unit, kind, dimensions, moment or period, cumulative or not, result or target, and whose it is. An aspect that
one side leaves out does not part them but has to be made up for by the phrase. The reasons are told with the link.

Phrases are compared by their content words, weighted by how rare they are in the documents at hand, so that "trạm BTS
5G" weighs more than "xã, phường". Only figures that share a rare word are ever compared (blocking), which keeps the
work near linear. The score itself is RapidFuzz's token set ratio: spelling and reading errors cost little.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib.resources import files
from itertools import combinations

from rapidfuzz import fuzz

from pipeline.language.unicode import fold
from pipeline.models import Figure, Kind
from pipeline.reconcile import units
from pipeline.reconcile.context import Context

LEAST_SCORE = 88.0
LEAST_SHARED = 3  # content words
LARGEST_BLOCK = 60  # figures that share a word; a word shared by more tells nothing
KEYS_PER_FIGURE = 4


def _function_words() -> frozenset[str]:
    lines = files("pipeline.reconcile").joinpath("data/function_words.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))


_STOP = _function_words()
_WORD = re.compile(r"[^\W_]+(?:[/.-][^\W_]+)*")
_CLAUSE_END = re.compile(r"[;:()]|\.\s|,\s(?=trong đó|đạt|chiếm)")


@dataclass(frozen=True)
class Fact:
    """A figure with what is compared of it."""

    figure: Figure
    words: frozenset[str]  # content words of the phrase that names it
    phrase: str
    issuer: str
    issued: dt.date | None


@dataclass(frozen=True)
class Link:
    """Two figures that state the same fact, with the score of their phrases and the reasons."""

    left: Fact
    right: Fact
    score: float
    reasons: tuple[str, ...]


Timing = Callable[[Fact, Fact], tuple[str, ...] | None]  # the reasons why two moments go together, or None


def facts(context: Context) -> list[Fact]:
    """Return the figures that state something comparable: results and targets with a phrase of their own."""
    found = []
    for figure in context.figures:
        if figure.kind is Kind.RANGE:
            continue
        phrase = phrase_of(context, figure)
        words = content_words(phrase)
        document = figure.evidence.document
        if len(words) >= LEAST_SHARED:
            found.append(Fact(figure, words, phrase, fold(context.issuer(document)), context.issued(document)))
    return found


def phrase_of(context: Context, figure: Figure) -> str:
    """Return the words that name what a figure states: its subject and unit, and the clause that it stands in."""
    text = context.sentence_text(figure)
    before = _CLAUSE_END.split(text[: figure.place.start])[-1]
    after = _CLAUSE_END.split(text[figure.place.end :])[0]
    return " ".join(filter(None, (figure.subject, figure.unit, before, after)))


def content_words(phrase: str) -> frozenset[str]:
    """Return the folded words of a phrase that carry meaning: no function words, no bare numbers."""
    words = _WORD.findall(fold(phrase))
    return frozenset(word for word in words if word not in _STOP and not word.replace(".", "").isdigit())


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


def _rarity(candidates: Iterable[Fact]) -> dict[str, float]:
    """Return the weight of each word: the logarithm of how seldom figures are named with it."""
    seen = Counter(word for fact in candidates for word in fact.words)
    everything = sum(1 for _ in candidates) + 1
    return {word: math.log(everything / count) for word, count in seen.items()}


def _blocks(candidates: Sequence[Fact], rarity: dict[str, float]) -> Iterator[list[Fact]]:
    blocks: dict[tuple[str, str], list[Fact]] = defaultdict(list)
    for fact in candidates:
        head = "%" if fact.figure.kind is Kind.PERCENT else "đ" if fact.figure.kind is Kind.MONEY else "n"
        rarest = sorted(fact.words, key=lambda word: (-rarity[word], word))[:KEYS_PER_FIGURE]
        for word in rarest:
            blocks[head, word].append(fact)
    for _, block in sorted(blocks.items()):
        if 1 < len(block) <= LARGEST_BLOCK:
            yield block


def _linked(left: Fact, right: Fact, rarity: dict[str, float], timed: Timing) -> Link | None:
    reasons = aspects_agree(left, right, timed)
    if reasons is None:
        return None
    shared = left.words & right.words
    if len(shared) < LEAST_SHARED:
        return None
    weight = _weight(shared, rarity) / max(_weight(left.words | right.words, rarity), 0.001)
    score = fuzz.token_set_ratio(fold(left.phrase), fold(right.phrase))
    if score < LEAST_SCORE or weight < 0.6:
        return None
    return Link(left, right, score, (f"cùng chỉ tiêu ({', '.join(sorted(shared))})", *reasons))


def _weight(words: Iterable[str], rarity: dict[str, float]) -> float:
    return sum(rarity[word] for word in words)


def aspects_agree(left: Fact, right: Fact, timed: Timing) -> tuple[str, ...] | None:
    """Return the aspects on which two figures agree, or None where they part."""
    one, other = left.figure, right.figure
    if one.kind is not other.kind or not units.same(one, other) or one.status is not other.status:
        return None
    reasons = [f"cùng đơn vị ({one.unit})"] if one.unit else []
    if one.cumulative is not other.cumulative and None not in (one.cumulative, other.cumulative):
        return None
    for name in sorted(one.dimensions.keys() | other.dimensions.keys()):
        if one.dimensions.get(name) != other.dimensions.get(name):
            return None
        reasons.append(f"cùng {name} ({one.dimensions[name]})")
    if (
        left.issuer
        and right.issuer
        and left.issuer != right.issuer
        and one.evidence.document != other.evidence.document
    ):
        reasons.append("khác cơ quan ban hành")
    moments = timed(left, right)
    return None if moments is None else (*reasons, *moments)


def _same_time(left: Fact, right: Fact) -> tuple[str, ...] | None:
    one, other = left.figure, right.figure
    if one.period != other.period:
        return None
    if one.as_of and other.as_of:
        return (f"cùng thời điểm {one.as_of:%d/%m/%Y}",) if one.as_of == other.as_of else None
    if one.period:
        return (f"cùng kỳ {one.period}",)
    if one.evidence.document == other.evidence.document:
        return ("cùng văn bản",)
    same_day = (one.as_of or left.issued) == (other.as_of or right.issued)
    return ("cùng ngày ban hành",) if same_day and (one.as_of or left.issued) else None


def _any_time(left: Fact, right: Fact) -> tuple[str, ...]:
    del left, right
    return ("hai thời điểm",)
