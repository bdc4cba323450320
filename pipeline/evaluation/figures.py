"""How many figures were found, with their unit and subject, and how many of their aspects are right.

A figure is matched by its value alone, by value and unit, and by value, unit and subject; each time as many pairs as
possible are made (maximum bipartite matching). Money is compared in đồng, and what is counted in thousands or millions
("18,4 triệu con") one by one, however value and unit share that out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar

from pipeline.evaluation.pairing import largest_pairing
from pipeline.language.unicode import fold
from pipeline.models import Figure, Kind

SUBJECT_SHARE = 0.6
ASPECTS = ("cumulative", "as_of", "period", "part_of", "qualifier")
MONEY_EXPONENTS = {
    "nghin dong": 3,
    "ngan dong": 3,
    "trieu dong": 6,
    "ty dong": 9,
    "ti dong": 9,
    "nghin ty dong": 12,
}
_SCALES = {"nghin": 3, "ngan": 3, "trieu": 6, "ty": 9, "ti": 9}
_SCALE = re.compile(rf"({'|'.join(_SCALES)}) (?=\w)")
_WORD = re.compile(r"[\w%]+")
_Stated = TypeVar("_Stated")


@dataclass(frozen=True)
class StatedFigure:
    """A figure as far as it is compared: everything as the text says it, aspects None where it says nothing."""

    value: Decimal | str
    unit: str
    subject: str
    aspects: Mapping[str, str | None] = field(default_factory=dict)
    in_table: bool = False
    indicator: str | None = None


@dataclass(frozen=True)
class Found:
    """Hits against what there was to find and what was found; scores add up."""

    hits: int = 0
    true: int = 0
    predicted: int = 0

    def __add__(self, other: Found) -> Found:
        return Found(self.hits + other.hits, self.true + other.true, self.predicted + other.predicted)

    @property
    def recall(self) -> float:
        """Share of the true ones that were found."""
        return self.hits / max(1, self.true)

    @property
    def precision(self) -> float:
        """Share of those found that are true."""
        return self.hits / max(1, self.predicted)

    @property
    def f1(self) -> float:
        """Harmonic mean of recall and precision."""
        return 2 * self.hits / max(1, self.true + self.predicted)


@dataclass(frozen=True)
class FigureScore:
    """The three matchings, and for each aspect how often it is right among figures matched by value and unit.

    `indicator` counts the figures that state an indicator of the catalogue, those that were given one, and those that
    were given the right one.
    """

    value: Found
    unit: Found
    subject: Found
    aspects: Mapping[str, Found]
    indicator: Found


def words(text: str | None) -> str:
    """Folded words, one space between: the form in which units, subjects and aspects are compared."""
    return " ".join(_WORD.findall(fold(text or "")))


def from_record(figure: Figure) -> StatedFigure:
    """A figure that the extract stage made."""
    value: str | Decimal = figure.value
    if figure.denominator is not None:
        value = f"{_plain(figure.value)}/{_plain(figure.denominator)}"
    aspects = {
        "cumulative": None if figure.cumulative is None else str(figure.cumulative),
        "as_of": figure.as_of.isoformat() if figure.as_of else None,
        "period": figure.period,
        "part_of": None if figure.part_of is None else str(figure.part_of),
        "qualifier": figure.qualifier,
    }
    percent = figure.kind is Kind.PERCENT
    stated = _canonical(value, "%" if percent else figure.unit, figure.subject, aspects)
    return replace(stated, indicator=figure.indicator)


def from_json(record: Mapping[str, Any]) -> StatedFigure:
    """A figure as the contract's JSON keys tell it (gold files)."""
    aspects = {key: None if record.get(key) in (None, "") else str(record[key]) for key in ASPECTS}
    unit = "%" if record.get("kind") == "percent" else record.get("unit") or ""
    stated = _canonical(str(record["value"]), unit, record.get("subject") or "", aspects)
    return replace(stated, in_table=bool(record.get("table")), indicator=record.get("indicator"))


def _canonical(value: str | Decimal, unit: str, subject: str, aspects: Mapping[str, str | None]) -> StatedFigure:
    unit = words(unit)
    number = value if isinstance(value, Decimal) else _number(value)
    if isinstance(number, Decimal):
        if unit in MONEY_EXPONENTS:
            number, unit = number.scaleb(MONEY_EXPONENTS[unit]), "dong"
        elif scale := _SCALE.match(unit):
            number, unit = number.scaleb(_SCALES[scale[1]]), unit[scale.end() :]
        number = number.normalize()
    return StatedFigure(number, "%" if unit == "phan tram" else unit, subject, aspects)


def _number(text: str) -> Decimal | str:
    try:
        return Decimal(text.strip().replace(" ", "").replace(",", "."))
    except InvalidOperation:
        return text.strip().replace(" ", "")


def _plain(number: Decimal) -> str:
    return f"{number:f}"


def score(true: Sequence[StatedFigure], predicted: Sequence[StatedFigure]) -> FigureScore:
    """Figures of one document against its gold."""
    counts = len(true), len(predicted)
    by_unit = match(true, predicted, _same_unit)
    return FigureScore(
        value=Found(len(match(true, predicted, _same_value)), *counts),
        unit=Found(len(by_unit), *counts),
        subject=Found(len(match(true, predicted, _same_subject)), *counts),
        aspects={aspect: _aspect(aspect, true, predicted, by_unit) for aspect in ASPECTS},
        indicator=_indicators(true, predicted),
    )


def _indicators(true: Sequence[StatedFigure], predicted: Sequence[StatedFigure]) -> Found:
    """Indicators right among figures matched as exactly as can be: by subject and whole, then by value and unit."""
    pairs = match(true, predicted, _same_place)
    used = set(pairs.values())
    pairs |= {i: j for i, j in match(true, predicted, _same_unit).items() if i not in pairs and j not in used}
    return Found(
        sum(true[i].indicator is not None and true[i].indicator == predicted[j].indicator for i, j in pairs.items()),
        sum(figure.indicator is not None for figure in true),
        sum(figure.indicator is not None for figure in predicted),
    )


def match(
    true: Sequence[_Stated],
    predicted: Sequence[_Stated],
    same: Callable[[_Stated, _Stated], bool],
) -> dict[int, int]:
    """A largest possible pairing: index of the true record to that of the predicted."""
    return largest_pairing([[j for j, other in enumerate(predicted) if same(record, other)] for record in true])


def _same_value(a: StatedFigure, b: StatedFigure) -> bool:
    return a.value == b.value


def _same_unit(a: StatedFigure, b: StatedFigure) -> bool:
    if a.value != b.value:
        return False
    return a.unit == b.unit or (bool(a.unit) and bool(b.unit) and (a.unit in b.unit or b.unit in a.unit))


def _same_subject(a: StatedFigure, b: StatedFigure) -> bool:
    if not _same_unit(a, b):
        return False
    wanted, got = set(words(a.subject).split()), set(words(b.subject).split())
    return len(wanted & got) >= SUBJECT_SHARE * len(wanted)


def _same_place(a: StatedFigure, b: StatedFigure) -> bool:
    wholes = (a.aspects.get("part_of"), b.aspects.get("part_of"))
    return _same_subject(a, b) and (wholes == (None, None) or _same_aspect("part_of", wholes[0] or "", wholes[1]))


def _aspect(
    aspect: str, true: Sequence[StatedFigure], predicted: Sequence[StatedFigure], pairs: Mapping[int, int]
) -> Found:
    stated = [(true[i].aspects.get(aspect), predicted[j].aspects.get(aspect)) for i, j in pairs.items()]
    stated = [(wanted, got) for wanted, got in stated if wanted is not None]
    hits = sum(_same_aspect(aspect, wanted or "", got) for wanted, got in stated)
    return Found(hits, len(stated), len(stated))


def _same_aspect(aspect: str, wanted: str, got: str | None) -> bool:
    if words(wanted) == words(got):
        return True
    return aspect == "part_of" and got is not None and _number(wanted) == _number(got)
