"""What the search index holds of a passage's document: tokens of its number, its issuer, its type and its day.

They tell which passages may be of the documents that a search is narrowed to: all that are, and few others. What is
meant exactly is a condition of the database (`pipeline.archive.narrowing.of_documents`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.archive import terms
from pipeline.archive.matching import AnyOf, Token
from pipeline.archive.narrowing import Narrowing
from pipeline.archive.schema import ComponentsRow

_NOWHERE = Token("@nowhere")  # which no passage has


def of_document(components: ComponentsRow) -> Iterator[str]:
    """Yield the tokens that every passage of a document has."""
    yield from _of_number(f"{components.number or ''}/{components.symbol or ''}")
    yield from _of_name("issuer", terms.words(terms.folded(components.issuer or "")))
    if components.type:
        yield _type(components.type)
    if components.date is not None:
        day = dt.date.fromisoformat(components.date)
        yield from (_year(day.year), _month(day.year, day.month))


@dataclass(frozen=True)
class Known:
    """What documents the archive has: of which types, and of the years from the first to the last."""

    types: tuple[str, ...]
    first_year: int
    last_year: int


def asked(narrowing: Narrowing, known: Known) -> Iterator[Token | AnyOf]:
    """Yield what holds of every passage of the documents that a search is narrowed to."""
    if narrowing.number:
        yield from map(Token, _of_number(narrowing.number))
    yield from map(Token, _of_name("issuer", narrowing.issuer))
    if narrowing.type:
        named = [name for name in known.types if set(narrowing.type) <= set(terms.words(terms.folded(name)))]
        yield AnyOf((*(Token(_type(name)) for name in named), _NOWHERE))
    if narrowing.since or narrowing.until:
        since = max(narrowing.since or dt.date.min, dt.date(known.first_year, 1, 1))
        until = min(narrowing.until or dt.date.max, dt.date(known.last_year, 12, 31))
        yield AnyOf((*map(Token, _of_days(since, until)), _NOWHERE))


def _of_number(written: str) -> Iterator[str]:
    # "015/BC-UBND" is "15/BC-UBND"; the symbol is compared by the database.
    number = ".".join(terms.words(terms.folded(written).split("/")[0].strip().lstrip("0")))
    if number:
        yield f"@number.{number}"


def _of_name(name: str, words: tuple[str, ...]) -> Iterator[str]:
    yield from (f"@{name}.{word}" for word in dict.fromkeys(words))


def _of_days(since: dt.date, until: dt.date) -> Iterator[str]:
    """Yield the tokens of whole years, and of the months of those that are not asked for whole."""
    for year in range(since.year, until.year + 1):
        first = since.month if year == since.year else 1
        last = until.month if year == until.year else 12
        if (first, last) == (1, 12):
            yield _year(year)
        else:
            yield from (_month(year, month) for month in range(first, last + 1))


def _type(name: str) -> str:
    # An archive has few types, of which a search names one or more.
    return f"@type.{'.'.join(terms.words(terms.folded(name)))}"


def _year(year: int) -> str:
    return f"@date.{year}"


def _month(year: int, month: int) -> str:
    return f"@date.{year}.{month:02}"
