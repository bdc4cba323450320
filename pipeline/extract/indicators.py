"""Which indicator of the catalogue a figure states, with a score and the reason; none where that is not sure.

An indicator is a candidate when one of its required words is said of the figure (found in an index by syllables), its
unit is the figure's, and stock, flow or rate do not contradict what the figure says of itself. Then all its required
words must be said of the figure, its context there or above it (headings, the paragraph, the document's subject), and
none of its forbidden words. Where the words right around the number hold all that is required, they alone are asked
for the forbidden ones: "đã gửi 48.977 văn bản và nhận 179.236 văn bản". What is left is scored by how much of the
indicator's name is said, each word weighted by how rare it is in the catalogue; of several, the one whose name says
most wins. A wrong indicator is worse than none: under a threshold, or where two are equally good, the figure stays
without.

Not what they seem: a growth ("tăng 8,6%") and a share of a plan ("bằng 77,7% kế hoạch") are no value of what grew or
was planned, and a mere noun behind a preposition ("thiếu bác sĩ ở 38 trạm y tế") or narrowed by other words is not all
there is of it.

A part (trong đó, gồm) of the same unit as its whole keeps the whole's indicator, told apart by its dimensions or by
being a part, unless its own words state another one, it is a state of the whole ("đang xử lý"), or its dimension makes
no sense for the indicator.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pipeline.extract import cues
from pipeline.extract.catalogue import Catalogue, Indicator, IndicatorKind, alternatives
from pipeline.extract.compared_figures import compared_with
from pipeline.extract.merged_indicators import with_merged
from pipeline.extract.phrases import Said, words
from pipeline.extract.statements import Statement, Statements
from pipeline.language.unicode import strip_marks
from pipeline.models import Extraction, Figure, Kind

LEAST_SCORE = 0.45  # share of a name, by weight, where required words have been said
LEAST_NAME = 0.85  # the same where the entry requires nothing
LEAST_OWN = 0.6  # share of such a name that must be said of the figure itself
LEAST_EXPLAINED = 0.75  # share of a figure's own words that an entry of a mere noun has to explain
_ABOVE = 0.7  # what a word above a figure counts, against one that is said of it
_UNSTATED_UNIT = 0.9
_OPTIONAL = 0.05
_NEAR = 2.0  # how much more an entry says whose required words stand right around the number
_CLEAR = 1.03  # how much more the best must say than the second
_CATALOGUES = 4

_CHANGES = frozenset(("tăng", "giảm"))
_PLANS = frozenset(("hoạch", "toán"))
_MONEY, _PERCENT = "đồng", "%"
_PERCENT_UNITS = (_PERCENT, "phần trăm")
_WHOLE = 100  # per cent; more is a share of a plan or of another period


@dataclass(frozen=True)
class IndicatorMatch:
    """An indicator that a figure states: `score` from 0 to 1, and the reason for a person."""

    indicator: str
    score: float
    reason: str


@dataclass(frozen=True)
class _Part:
    """A figure that is part of another one, with the indicators that the words of each state."""

    figure: Figure
    own: IndicatorMatch | None
    whole: Figure
    of_whole: IndicatorMatch | None


def linked(extraction: Extraction, catalogue: Catalogue) -> Extraction:
    """Return an extraction whose figures carry the indicators of a catalogue, or none."""
    linker = _linker(catalogue)
    statements = Statements(extraction, catalogue.abbreviations)
    found: dict[str, IndicatorMatch | None] = {}
    by_id = {figure.id: figure for figure in extraction.figures}
    by_title: set[str] = set()
    # A whole may stand behind its parts, as totals do in tables, and may be a part itself.
    for figure in sorted(extraction.figures, key=lambda figure: _depth(figure, by_id)):
        own = linker.match(figure, statements)
        if own is None and (own := linker.match_total(figure, statements)):
            by_title.add(figure.id)
        whole = by_id.get(figure.whole or "")
        inherits = whole is not None and (whole.id not in by_title or statements.is_of_an_office(figure))
        part = _Part(figure, own, whole, found.get(whole.id)) if whole and inherits else None
        found[figure.id] = linker.of_part(part, statements) if part else own
    found |= _compared(extraction, found)
    figures = tuple(_with(figure, found[figure.id]) for figure in extraction.figures)
    return with_merged(extraction.model_copy(update={"figures": figures}), catalogue.merged)


def _compared(extraction: Extraction, found: Mapping[str, IndicatorMatch | None]) -> dict[str, IndicatorMatch | None]:
    """Return what figures state that have nothing of their own and are named to compare others with."""
    by_sentence: defaultdict[int, list[Figure]] = defaultdict(list)
    for figure in extraction.figures:
        by_sentence[figure.place.sentence].append(figure)
    silent = (figure for figure in extraction.figures if found[figure.id] is None)
    pairs = (
        (figure, compared_with(figure, extraction.sentences[number].text, by_sentence[number]))
        for figure in silent
        for number in (figure.place.sentence,)
    )
    return {figure.id: found[other.id] for figure, other in pairs if other is not None}


def _depth(figure: Figure, by_id: Mapping[str, Figure]) -> int:
    """Return how many wholes are above a figure."""
    depth = 0
    while (whole := by_id.get(figure.whole or "")) is not None and depth < len(by_id):
        figure, depth = whole, depth + 1
    return depth


def _with(figure: Figure, match: IndicatorMatch | None) -> Figure:
    return figure.model_copy(
        update={
            "indicator": match.indicator if match else None,
            "indicator_score": match.score if match else None,
            "indicator_reason": match.reason if match else None,
        }
    )


@dataclass(frozen=True)
class _Entry:
    """An indicator made ready: phrases and words in the form of `phrases.words`."""

    indicator: Indicator
    names: tuple[frozenset[str], ...]
    required: tuple[tuple[str, ...], ...]
    context: tuple[tuple[str, ...], ...]
    optional: tuple[str, ...]
    forbidden: tuple[str, ...]
    units: tuple[str, ...]
    compound_units: frozenset[str]  # "m3/ngày đêm": a unit by a unit is no unit of the first
    anchors: frozenset[str]  # folded syllables, of which a figure that states the indicator has one

    @property
    def is_noun(self) -> bool:
        """Say whether nothing but the noun that is counted is required."""
        return bool(self.required) and all(phrase in self.units for group in self.required for phrase in group)

    @property
    def is_stock(self) -> bool:
        """Say whether the indicator holds at a moment."""
        return self.indicator.kind is IndicatorKind.STOCK

    def is_told_by(self, said: Said) -> bool:
        """Say whether some words hold all that is required."""
        return bool(self.required) and all(any(map(said.has, group)) for group in self.required)

    def is_named_with(self, some: frozenset[str]) -> bool:
        """Say whether a name holds one of some words."""
        return any(some & name for name in self.names)

    def explains(self, own: Said) -> float:
        """Return the share of a figure's own words, those that narrow nothing left out, that the entry has."""
        known = frozenset(word for phrase in (*self.units, *self.optional) for word in phrase.split()).union(
            *self.names
        )
        telling = own.among - cues.narrowing_nothing()
        return len(telling & known) / len(telling) if telling else 1.0


@dataclass(frozen=True)
class _Scored:
    entry: _Entry
    score: float
    rank: float
    reason: str


@lru_cache(maxsize=_CATALOGUES)
def _linker(catalogue: Catalogue) -> _Linker:
    return _Linker(catalogue)


class _Linker:
    """A catalogue made ready for linking."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._abbreviations = catalogue.abbreviations
        self._merged = catalogue.merged
        self._rarity = self._weights(catalogue.indicators.values())
        self._rarest_of_all = max(self._rarity.values(), default=1.0)
        self._by_anchor: dict[str, list[_Entry]] = defaultdict(list)
        self._entries = {indicator.id: self._entry(indicator) for indicator in catalogue.indicators.values()}
        for entry in self._entries.values():
            for anchor in entry.anchors:
                self._by_anchor[anchor].append(entry)

    def _weights(self, indicators: Iterable[Indicator]) -> Mapping[str, float]:
        """Return the weight of each word: the logarithm of how seldom indicators are named with it."""
        named = [frozenset(word for name in i.names for word in words(name, self._abbreviations)) for i in indicators]
        seen = Counter(word for name in named for word in name)
        return {word: math.log1p(len(named) / count) for word, count in seen.items()}

    def _entry(self, indicator: Indicator) -> _Entry:
        required = tuple(self._phrases(alternatives(item)) for item in indicator.required)
        units = self._phrases(unit for unit in indicator.units if unit not in (_PERCENT, _MONEY))
        names = tuple(frozenset(words(name, self._abbreviations)) for name in indicator.names)
        if len(required) == 1 and set(required[0]) <= set(units):  # the noun itself is a name
            names += tuple(frozenset(phrase.split()) for phrase in required[0])
        groups = [{self._rarest(phrase.split()) for phrase in group} for group in required]
        groups = groups or [{self._rarest(name) for name in names}]
        return _Entry(
            indicator,
            names,
            required,
            tuple(self._phrases(alternatives(item)) for item in indicator.context),
            self._phrases(indicator.optional),
            self._phrases(indicator.forbidden),
            units,
            frozenset(self._phrases(unit for unit in indicator.units if "/" in unit)),
            frozenset(strip_marks(word) for word in max(groups, key=self._least)),
        )

    def _phrases(self, texts: Iterable[str]) -> tuple[str, ...]:
        return tuple(" ".join(words(text, self._abbreviations)) for text in texts)

    def _weight(self, word: str) -> float:
        return self._rarity.get(word, self._rarest_of_all)

    def _rarest(self, said: Iterable[str]) -> str:
        return max(sorted(said), key=self._weight)

    def _least(self, group: Iterable[str]) -> float:
        return min(self._weight(word) for word in group)

    def match(self, figure: Figure, statements: Statements) -> IndicatorMatch | None:
        """Return the indicator that a figure's own words state, or None where that is not sure."""
        return self._chosen(figure, self._stated(figure, statements.of(figure), statements), statements)

    def match_total(self, figure: Figure, statements: Statements) -> IndicatorMatch | None:
        """Return the indicator that a table's total states by its title; its column must say nothing else."""
        told = statements.of_total(figure)
        if told is None:
            return None
        stated = self._stated(figure, told.statement, statements)
        return self._chosen(
            figure, [found for found in stated if found.entry.explains(told.column) >= LEAST_EXPLAINED], statements
        )

    def _stated(self, figure: Figure, said: Statement, statements: Statements) -> list[_Scored]:
        """Return the indicators that may be meant, scored."""
        folded = frozenset(said.own.folded)
        candidates = {entry.indicator.id: entry for word in folded for entry in self._by_anchor.get(word, ())}
        fitting = [(entry, fit) for entry in candidates.values() if (fit := _fits(entry, figure, said))]
        if not fitting:
            return []
        above = statements.above(figure)
        return [found for entry, fit in fitting if (found := self._scored(entry, said, above, fit))]

    def _chosen(self, figure: Figure, scored: list[_Scored], statements: Statements) -> IndicatorMatch | None:
        """Return the best; None where there is none, or another is as good."""
        if figure.cumulative:
            scored = _stocks_first(scored, statements.of(figure))
        scored.sort(key=lambda found: (-found.rank, found.entry.indicator.id))
        if not scored:
            return None
        best = scored[0]
        rival = next((found for found in scored if self._told_by(found) != self._told_by(best)), None)
        if rival and best.rank < rival.rank * _CLEAR:
            return None
        return IndicatorMatch(best.entry.indicator.id, best.score, best.reason)

    def _told_by(self, found: _Scored) -> str:
        identity = found.entry.indicator.id
        return self._merged.get(identity, identity)

    def _scored(self, entry: _Entry, said: Statement, above: Said, fit: float) -> _Scored | None:
        required = [_best(group, said.own) for group in entry.required]
        around = [max(_best(group, said.own), _best(group, above)) for group in entry.context]
        sure = min([1.0, *(likeness for likeness, _ in (*required, *around))])
        if not sure or _forbidden(entry, said):
            return None
        share, weight = max(self._named(name, said.own, above) for name in entry.names)
        if share < (LEAST_SCORE if required else LEAST_NAME):
            return None
        if not required and max(self._named(name, said.own, said.own)[0] for name in entry.names) < LEAST_OWN:
            return None
        more = [phrase for phrase in entry.optional if said.own.has(phrase)]
        score = min(1.0, share * sure * fit + _OPTIONAL * len(more))
        weight += sum(self._weight(word) for phrase in more for word in phrase.split())
        if entry.is_told_by(said.near):
            weight *= _NEAR
        reason = _reason([phrase for _, phrase in required], [phrase for _, phrase in around], share)
        return _Scored(entry, round(score, 2), share * sure * fit * weight, reason)

    def _named(self, name: frozenset[str], own: Said, above: Said) -> tuple[float, float]:
        """Return the share of a name that is said, by weight, and that weight."""
        total = sum(map(self._weight, name))
        said = sum(self._weight(word) for word in name if word in own.among)
        said += _ABOVE * sum(self._weight(word) for word in name if word in above.among and word not in own.among)
        return said / total, said

    def of_part(self, part: _Part, statements: Statements) -> IndicatorMatch | None:
        """Return the indicator of a part: its whole's, unless it is told to be something else."""
        figure, own, of_whole = part.figure, part.own, part.of_whole
        if of_whole is None:
            return own
        # The words of a part hold its whole's: that it counts something else of the whole, its unit tells.
        other = own if own and own.indicator != of_whole.indicator else None
        entry, said = self._entries[of_whole.indicator], statements.of(figure)
        if figure.kind is not part.whole.kind or not _unit_fits(entry, figure, said):
            return other
        known = entry.indicator.dimensions
        told = ", ".join(figure.dimensions.values())
        if other and not told:
            return other
        if not set(figure.dimensions) <= set(known) or (not told and _is_state(said.near)):
            return other
        return IndicatorMatch(
            of_whole.indicator, of_whole.score, f"phần của chỉ tiêu ({told or 'trong đó'}); {of_whole.reason}"
        )


def _is_state(near: Said) -> bool:
    """Say whether a part is what has become of some of its whole: that is not another breakdown of it."""
    return any(map(near.has, cues.states()))


def _fits(entry: _Entry, figure: Figure, said: Statement) -> float:
    """Return how well unit, kind and time of a figure are the indicator's: 0 where they are not."""
    if (said.changed and not entry.is_named_with(_CHANGES)) or (said.compared and not _may_be_compared(entry, figure)):
        return 0.0
    if entry.is_noun and not _is_all(entry, figure, said):
        return 0.0
    if entry.is_stock and figure.cumulative is False:
        return 0.0
    return _unit_fits(entry, figure, said)


def _stocks_first(scored: Sequence[_Scored], said: Statement) -> list[_Scored]:
    """Leave out the flows of a cumulative figure where a stock fits it, unless the words right around it tell a flow.

    "Cấp mới 176 chữ ký số; lũy kế 10.038": the second does not count what is newly issued.
    """
    any_stock = any(found.entry.is_stock for found in scored)
    return [found for found in scored if not any_stock or found.entry.is_stock or found.entry.is_told_by(said.near)]


def _may_be_compared(entry: _Entry, figure: Figure) -> bool:
    """Say whether a figure beside "so với kế hoạch" may state an indicator: a count may, a rate where it says so."""
    return figure.kind is not Kind.PERCENT or entry.is_named_with(_PLANS)


def _unit_fits(entry: _Entry, figure: Figure, said: Statement) -> float:
    if entry.indicator.kind is IndicatorKind.RATE or figure.kind is Kind.PERCENT or said.share is not None:
        return _rate_fits(entry, figure, said)
    if figure.kind is Kind.MONEY:
        return float(_MONEY in entry.indicator.units)
    if said.ratio:
        return float(said.unit in entry.compound_units)
    if not figure.unit:
        return _UNSTATED_UNIT if not entry.is_noun and any(said.own.has(known) for known in entry.units) else 0.0
    return float(any(said.unit == known or said.unit.startswith(f"{known} ") for known in entry.units))


def _rate_fits(entry: _Entry, figure: Figure, said: Statement) -> float:
    """Return how well a percentage is a rate; columns of "Tỷ lệ … (%)" hold numbers without a unit."""
    if entry.indicator.kind is not IndicatorKind.RATE:
        return 0.0
    if figure.value > _WHOLE and not entry.is_named_with(_PLANS):
        return 0.0
    if figure.kind is Kind.PERCENT:
        return float(figure.unit.strip() in _PERCENT_UNITS)
    return _UNSTATED_UNIT if said.share and not figure.unit else 0.0


def _forbidden(entry: _Entry, said: Statement) -> bool:
    """Say whether a forbidden phrase is said of a figure; by the words right around it where they say what it is."""
    scope = (said.near, said.topic) if entry.is_told_by(said.near) else (said.own,)
    return any(text.has(phrase) for text in scope for phrase in entry.forbidden)


def _is_all(entry: _Entry, figure: Figure, said: Statement) -> bool:
    """Say whether a figure counts all there is of a noun, not those of which something is told."""
    words_of_its_own = said.near if entry.is_told_by(said.near) else said.own
    narrowed = entry.explains(words_of_its_own) < LEAST_EXPLAINED
    return not (said.inside or narrowed or figure.kind is Kind.FRACTION)


def _best(group: Sequence[str], said: Said) -> tuple[float, str]:
    """Return the alternative that is said most surely."""
    return max(((said.likeness(phrase), phrase) for phrase in group), key=lambda found: found[0])


def _reason(required: Sequence[str], around: Sequence[str], share: float) -> str:
    parts = [f"nói đến: {', '.join(required)}"] if required else []
    parts += [f"ngữ cảnh: {', '.join(around)}"] if around else []
    return "; ".join([*parts, f"khớp {share:.0%} tên chỉ tiêu"])
