"""How numbers, places and sums are written in the messages of findings: the Vietnamese way, in both languages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from pipeline.models import Evidence, Figure, Kind


@dataclass(frozen=True)
class Message:
    """One message in both languages, Vietnamese first."""

    vi: str
    en: str


def number(value: Decimal) -> str:
    """Write a number with points between thousands and a decimal comma: 1234567.5 as "1.234.567,5"."""
    sign, digits = ("-" if value < 0 else ""), f"{abs(value):f}"
    whole, _, fraction = digits.partition(".")
    groups = f"{int(whole):,}".replace(",", ".")
    return f"{sign}{groups},{fraction}" if fraction else f"{sign}{groups}"


def rate(value: Decimal) -> str:
    """Write a computed rate with two decimals: 87.3486 as "87,35%"."""
    return f"{number(value.quantize(Decimal('0.01')))}%"


def quantity(figure: Figure) -> str:
    """Write a figure as its document does: qualifier, number (range, fraction) and percent sign, without the unit."""
    text = number(figure.value)
    if figure.denominator is not None:
        text += f"/{number(figure.denominator)}"
    if figure.upper is not None:
        text += f"–{number(figure.upper)}"
    if figure.kind is Kind.PERCENT:
        text += "%"
    return f"{figure.qualifier} {text}" if figure.qualifier else text


def with_unit(figure: Figure) -> str:
    """Write a figure with its unit: "4.122 văn bằng"."""
    unit = "" if figure.kind is Kind.PERCENT else figure.unit
    return f"{quantity(figure)} {unit}".strip()


def addition(figures: Iterable[Figure]) -> str:
    """Write a sum: "3.889 + 46 + 280"."""
    return " + ".join(quantity(figure) for figure in figures)


def places(evidence: Iterable[Evidence]) -> Message:
    """Name where things stand: each document, page and line once, in the order given.

    "a.pdf, trang 3, dòng 14, 15; trang 5, dòng 2; b.pdf, trang 1, dòng 7".
    """
    documents: dict[str, dict[int, dict[int, None]]] = {}
    for item in evidence:
        documents.setdefault(item.document, {}).setdefault(item.page, {})[item.line] = None
    return Message(_listed(documents, "trang", "dòng"), _listed(documents, "page", "line"))


def _listed(documents: Mapping[str, Mapping[int, Iterable[int]]], page: str, line: str) -> str:
    return "; ".join(
        f"{document}, "
        + "; ".join(f"{page} {number}, {line} {', '.join(map(str, lines))}" for number, lines in pages.items())
        for document, pages in documents.items()
    )


def values(figure: Figure) -> tuple[str, ...]:
    """Return the numbers of a figure as decimal strings with a dot: a fraction gives two, a range too."""
    numbers = (figure.value, figure.denominator, figure.upper)
    return tuple(f"{item:f}" for item in numbers if item is not None)
