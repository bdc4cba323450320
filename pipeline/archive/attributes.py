"""What the search index holds of a passage's document: tokens of its number, its issuer, its type and its day.

Of a day there are tokens of its month, its quarter and its year, so that a time is told by few of them; and of each of
these together with the type, for of all documents of a type, or of all of a year, a big archive has many. They tell
which passages may be of the documents that a search is narrowed to: all that are, and few others. What is meant exactly
is a condition of the database (`pipeline.archive.narrowing.of_documents`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from pipeline.archive import terms
from pipeline.archive.matching import NOWHERE, AnyOf, Token
from pipeline.archive.narrowing import Narrowing, words_of
from pipeline.archive.schema import ComponentsRow

_MOST = 40  # types and times together, beyond which each is asked for alone


def of_document(components: ComponentsRow) -> Iterator[str]:
    """Yield the tokens that every passage of a document has."""
    yield from _of_number(f"{components.number or ''}/{components.symbol or ''}")
    yield from _of_name("issuer", terms.words(terms.folded(components.issuer or "")))
    types = [_type(components.type)] if components.type else []
    yield from types
    if components.date is not None:
        for span in _around(dt.date.fromisoformat(components.date)):
            yield from (span, *(_both(name, span) for name in types))


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
    types = _types(narrowing, known)
    spans = _spans(narrowing, known)
    if types is not None and spans is not None and len(types) * len(spans) <= _MOST:
        yield _any_of([_both(name, span) for name in types for span in spans])
    else:
        yield from (_any_of(some) for some in (types, spans) if some is not None)


def _of_number(written: str) -> Iterator[str]:
    # "015/BC-UBND" is "15/BC-UBND"; the symbol is compared by the database.
    number = ".".join(terms.words(terms.folded(written).split("/")[0].strip().lstrip("0")))
    if number:
        yield f"@number.{number}"


def _of_name(name: str, words: tuple[str, ...]) -> Iterator[str]:
    yield from (f"@{name}.{word}" for word in dict.fromkeys(words))


def _types(narrowing: Narrowing, known: Known) -> list[str] | None:
    """Return the tokens of the types that a search is narrowed to; None where it is to none."""
    if not narrowing.type:
        return None
    named = (name for name in known.types if words_of(name).issuperset(narrowing.type))
    return list(dict.fromkeys(map(_type, named)))


def _spans(narrowing: Narrowing, known: Known) -> list[str] | None:
    """Return the tokens of the time that a search is narrowed to; None where it is to none."""
    if narrowing.since is None and narrowing.until is None:
        return None
    since = max(narrowing.since or dt.date.min, dt.date(known.first_year, 1, 1))
    until = min(narrowing.until or dt.date.max, dt.date(known.last_year, 12, 31))
    return list(_within(since, until))


def _within(since: dt.date, until: dt.date) -> Iterator[str]:
    """Yield the tokens of whole years, of whole quarters of the others, and of the months that are left."""
    for year in range(since.year, until.year + 1):
        first = since.month if year == since.year else 1
        last = until.month if year == until.year else 12
        if (first, last) == (1, 12):
            yield _year(year)
            continue
        month = first
        while month <= last:
            if month % 3 == 1 and month + 2 <= last:
                yield _quarter(year, month)
                month += 3
            else:
                yield _month(year, month)
                month += 1


def _around(day: dt.date) -> tuple[str, str, str]:
    return _year(day.year), _quarter(day.year, day.month), _month(day.year, day.month)


def _any_of(tokens: Iterable[str]) -> AnyOf:
    return AnyOf((*map(Token, tokens), NOWHERE))


def _type(name: str) -> str:
    # An archive has few types, of which a search names one or more.
    return f"@type.{'.'.join(terms.words(terms.folded(name)))}"


def _both(name: str, span: str) -> str:
    return f"{name}{span}"


def _year(year: int) -> str:
    return f"@date.{year}"


def _quarter(year: int, month: int) -> str:
    return f"@date.{year}.q{(month + 2) // 3}"


def _month(year: int, month: int) -> str:
    return f"@date.{year}.{month:02}"
