"""Figures as people corrected them: the number that the page has in the place of the one that a machine read."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pipeline.extract import numerals
from pipeline.extract.intervals import interval
from pipeline.extract.quantities import Quantity
from pipeline.models import Correction, Extraction, Figure, Interval, Kind, Number

_SIGN = re.compile(r"\s*([-−])\s*(?=\d)")
_ONE = Decimal(1)


@dataclass(frozen=True)
class HumanReading:
    """What a person read in the place of a figure's number; who, when (UTC), why."""

    number: Number
    by: str
    at: dt.datetime
    reason: str | None


def corrected(extraction: Extraction, readings: Mapping[str, HumanReading]) -> Extraction:
    """Return an extraction with the numbers that people read, by the ids of their figures.

    Intervals are those of the new numbers, and parts state the value of a whole as it now is. What a figure counts,
    and how sure that is, does not change by it.
    """
    if not any(figure.id in readings for figure in extraction.figures):
        return extraction
    return extraction.model_copy(update={"figures": tuple(corrected_figures(extraction.figures, readings))})


def corrected_figures(figures: Sequence[Figure], readings: Mapping[str, HumanReading]) -> list[Figure]:
    """Return figures with the numbers that people read, by their ids; parts follow the wholes that are among them."""
    read_anew = [_corrected(figure, readings.get(figure.id)) for figure in figures]
    by_id = {figure.id: figure for figure in read_anew}
    return [_of_whole(figure, by_id) for figure in read_anew]


def stated(figure: Figure) -> Number:
    """Return a figure's number."""
    return Number(value=figure.value, denominator=figure.denominator, upper=figure.upper)


def read(written: str, figure: Figure) -> Number:
    """Read a number that is to stand in the place of a figure's, written as documents write it: "4.122", "98,5".

    A percentage may be written with a point for its comma, a fraction is written "63/124", a range "10-15".

    Raises:
        ValueError: It is no number, or not of the figure's kind: a fraction where the figure is none, no range where
            it is one.
    """
    sign = _SIGN.match(written)
    body = written[sign.end() if sign else 0 :].strip().removesuffix("%").rstrip()
    found = list(numerals.find(f"{body}%" if figure.kind is Kind.PERCENT else body))
    wanted = "/" if figure.denominator is not None else "-" if figure.upper is not None else ""
    if len(found) != 1 or (found[0].start, found[0].end) != (0, len(body)) or found[0].mark or found[0].sign != wanted:
        raise ValueError(f"not a number of this kind: {written!r}")
    numeral = found[0]
    return Number(
        value=-numeral.value if sign else numeral.value,
        denominator=numeral.second if wanted == "/" else None,
        upper=numeral.second if wanted == "-" else None,
    )


def _corrected(figure: Figure, reading: HumanReading | None) -> Figure:
    if reading is None:
        return figure
    number = reading.number
    return figure.model_copy(
        update={
            "value": number.value,
            "denominator": number.denominator,
            "upper": number.upper,
            "interval": _interval(figure, number),
            "correction": Correction(machine=stated(figure), by=reading.by, at=reading.at, reason=reading.reason),
        }
    )


def _of_whole(figure: Figure, figures: Mapping[str, Figure]) -> Figure:
    whole = figures.get(figure.whole or "")
    return figure.model_copy(update={"part_of": whole.value}) if whole and whole.correction else figure


def _interval(figure: Figure, number: Number) -> Interval:
    """Return what the words around a figure allow of another number: as exact, as open, as rough as of the old one."""
    former = figure.interval
    bound = "at_least" if former.high is None else "at_most" if former.low is None else None
    if bound is None and figure.qualifier:
        bound = "about"
    step = _step(figure, number)
    exact = former.low == former.high and step == _ONE
    restated = Quantity(0, 0, 0, 0, number.value, step, figure.kind, upper=number.upper, bound=bound, exact=exact)
    return interval(restated)


def _step(figure: Figure, number: Number) -> Decimal:
    """Return one unit of the last stated digit; "81 nghìn" states its thousands only, and so may "82 nghìn"."""
    exponent = number.value.as_tuple().exponent
    own = Decimal(1).scaleb(exponent) if isinstance(exponent, int) and exponent < 0 else _ONE
    former = figure.value - figure.interval.low if figure.interval.low is not None else Decimal(0)
    scale = former * 2
    return scale if scale > _ONE and number.value % scale == 0 and not figure.qualifier else own
