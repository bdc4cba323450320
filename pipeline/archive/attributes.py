"""What the search index holds of a passage's document: tokens of its number, its issuer, its type and its day.

They tell which passages may be of the documents that a search is narrowed to: all that are, and few others. What is
meant exactly is a condition of the database (`pipeline.archive.narrowing.of_documents`).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from pipeline.archive import terms
from pipeline.archive.matching import AnyOf, Token
from pipeline.archive.narrowing import Narrowing
from pipeline.archive.schema import ComponentsRow


def of_document(components: ComponentsRow) -> Iterator[str]:
    """Yield the tokens that every passage of a document has."""
    yield from _of_number(f"{components.number or ''}/{components.symbol or ''}")
    yield from _of_name("issuer", terms.words(terms.folded(components.issuer or "")))
    yield from _of_name("type", terms.words(terms.folded(components.type or "")))
    if components.date is not None:
        day = dt.date.fromisoformat(components.date)
        yield from (_year(day.year), _month(day.year, day.month))


def asked(narrowing: Narrowing, years: tuple[int, int]) -> Iterator[Token | AnyOf]:
    """Yield what holds of every passage of the documents that a search is narrowed to.

    Args:
        narrowing: What narrows the search.
        years: The first and the last year of which the archive has documents.
    """
    if narrowing.number:
        yield from map(Token, _of_number(narrowing.number))
    yield from map(Token, _of_name("issuer", narrowing.issuer))
    yield from map(Token, _of_name("type", narrowing.type))
    if narrowing.since or narrowing.until:
        since = max(narrowing.since or dt.date.min, dt.date(years[0], 1, 1))
        until = min(narrowing.until or dt.date.max, dt.date(years[1], 12, 31))
        # No passage has the last token: between days of which the second is the earlier one nothing is found.
        yield AnyOf((*map(Token, _of_days(since, until)), Token("@date.none")))


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


def _year(year: int) -> str:
    return f"@date.{year}"


def _month(year: int, month: int) -> str:
    return f"@date.{year}.{month:02}"
