"""Which documents of the archive a citation is of, and which citations are of a document of the archive.

A citation writes a number whole ("15/KH-UBND", "57-NQ/TW", "118/2025/NĐ-CP"), a document's own head has number and
symbol apart. Zeros before a number make no difference. Local bodies number alike: only the date makes sure.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from pipeline.archive.cited import CitedKey, HeldDocument
from pipeline.archive.schema import ComponentsRow, DocumentRow
from pipeline.language.unicode import fold
from pipeline.models import Components

_WHOLE = re.compile(r"0*(?P<number>\d+[A-Za-z]?(?:/\d{4}(?=/))?)[-/](?P<symbol>.+)")
_LAWS = ("Luật", "Bộ luật")
_BETWEEN = "-/"  # number and symbol
_MOST_ZEROS = 2  # before a number


def held(session: Session, cited: Iterable[CitedKey]) -> dict[CitedKey, tuple[HeldDocument, ...]]:
    """Return the documents of the archive that cited documents are; those that it has not are left out."""
    keys = list(cited)
    numbered = {key: whole for key in keys if key.number and (whole := _WHOLE.fullmatch(key.number))}
    written = {number for whole in numbered.values() for number in _with_zeros(whole["number"])}
    rows = _rows(session, ComponentsRow.number.in_(written)) if written else []
    by_number: dict[tuple[str, str], list[Any]] = defaultdict(list)
    for row in rows:
        by_number[row.number.lstrip("0"), fold(row.symbol or "")].append(row)
    found = {
        key: _of_date(key, by_number.get((whole["number"], fold(whole["symbol"])), ()))
        for key, whole in numbered.items()
    }
    found |= _laws(session, [key for key in keys if key.title and not key.number])
    return {key: documents for key, documents in found.items() if documents}


def own_numbers(components: Components) -> tuple[str, ...]:
    """Return how citations may write the number of a document; nothing where it has none."""
    if not components.number or not components.symbol:
        return ()
    numbers = _with_zeros(components.number.lstrip("0"))
    return tuple(f"{number}{between}{components.symbol}" for number in numbers for between in _BETWEEN)


@dataclass(frozen=True)
class OwnNumbers:
    """The numbers of the archive's documents, as citations may write them, without zeros before them."""

    undated: frozenset[str]
    dated: frozenset[tuple[str, str]]
    any_date: frozenset[str]

    @staticmethod
    def of(session: Session) -> OwnNumbers:
        """Read them."""
        found = session.execute(
            select(ComponentsRow.number, ComponentsRow.symbol, ComponentsRow.date).where(
                ComponentsRow.number.is_not(None), ComponentsRow.symbol.is_not(None)
            )
        )
        own = [(f"{number}{sign}{symbol}".lstrip("0"), date) for number, symbol, date in found for sign in _BETWEEN]
        return OwnNumbers(
            undated=frozenset(number for number, date in own if date is None),
            dated=frozenset((number, date) for number, date in own if date is not None),
            any_date=frozenset(number for number, _ in own),
        )

    def may_be(self, number: str, date: str | None) -> bool:
        """Say whether the archive may have the document with a number (whole) and a date (or none)."""
        bare = number.lstrip("0")
        return bare in self.undated or (bare in self.any_date if date is None else (bare, date) in self.dated)


def _with_zeros(number: str) -> Iterator[str]:
    yield from (f"{'0' * zeros}{number}" for zeros in range(_MOST_ZEROS + 1))


def _rows(session: Session, condition: ColumnElement[bool]) -> list[Any]:
    found = session.execute(
        select(
            DocumentRow.id,
            DocumentRow.name,
            ComponentsRow.number,
            ComponentsRow.symbol,
            ComponentsRow.type,
            ComponentsRow.subject,
            ComponentsRow.date,
        )
        .join(ComponentsRow, ComponentsRow.document_id == DocumentRow.id)
        .where(condition)
        .order_by(DocumentRow.id)
    )
    return list(found)


def _laws(session: Session, keys: Iterable[CitedKey]) -> Mapping[CitedKey, tuple[HeldDocument, ...]]:
    """Return the laws of the archive by their names: what they are headed, with "Luật" or without."""
    wanted = list(keys)
    if not wanted:
        return {}
    by_name: dict[str, list[Any]] = defaultdict(list)
    for row in _rows(session, ComponentsRow.type.in_(_LAWS)):
        for name in {fold(row.subject or ""), fold(f"{row.type} {row.subject or ''}")}:
            by_name[name].append(row)
    return {key: _of_date(key, by_name.get(fold(key.title or ""), ())) for key in wanted}


def _of_date(key: CitedKey, rows: Iterable[Any]) -> tuple[HeldDocument, ...]:
    """Return the documents whose date is that of the key, or that may be: one of the two dates is not known."""
    dated = ((row, dt.date.fromisoformat(row.date) if row.date else None) for row in rows)
    return tuple(
        HeldDocument(
            id=row.id,
            name=row.name,
            type=row.type,
            subject=row.subject,
            certain=date is not None and date == key.date,
        )
        for row, date in dated
        if date is None or key.date is None or date == key.date
    )
