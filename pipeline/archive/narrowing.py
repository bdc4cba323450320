"""What narrows a search: `so:148/BC-UBND co-quan:"sở y tế" loai:báo-cáo tu:2025 den:30/6/2025`, and a comparison.

A field is a name, a colon and, at once after it, its value; a value of several words stands in double quotes or has
hyphens between its words. "chữ ký số > 10.000" finds passages with these words and a figure above ten thousand that
counts or measures them: they stand in its subject or its unit. Where an indicator is named the figure is one of it,
whatever it is called there: `chi-tieu:chu-ky-so.da-cap`, or words of that name.
"""

from __future__ import annotations

import calendar
import datetime as dt
import operator
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from sqlalchemy import ColumnElement, Float, String, cast, exists, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from pipeline.archive import decided, terms
from pipeline.archive.matching import OPEN, Words
from pipeline.archive.schema import ComponentsRow, FigureRow, PassageRow
from pipeline.errors import BadArgumentsError
from pipeline.extract import numerals
from pipeline.models import Kind, Record


class Field(StrEnum):
    """What a search can be narrowed by: the document's number, issuer, type, days from and until; an indicator."""

    NUMBER = "so"
    ISSUER = "co-quan"
    TYPE = "loai"
    SINCE = "tu"
    UNTIL = "den"
    INDICATOR = "chi-tieu"


_NAMES = MappingProxyType(
    {field.value: field for field in Field}
    | {
        "coquan": Field.ISSUER,
        "number": Field.NUMBER,
        "issuer": Field.ISSUER,
        "type": Field.TYPE,
        "from": Field.SINCE,
        "until": Field.UNTIL,
        "indicator": Field.INDICATOR,
        "chitieu": Field.INDICATOR,
    }
)
_FIELD = re.compile(r'(?<!\S)([^\W\d]+(?:-[^\W\d]+)?):(?:"([^"]+)"|([^\s"]+))')
_OPERATORS: Mapping[str, Callable[[Any, Any], Any]] = MappingProxyType(
    {">=": operator.ge, "<=": operator.le, ">": operator.gt, "<": operator.lt, "=": operator.eq}
)
_SIGNS = MappingProxyType({"≥": ">=", "≤": "<="})
_COMPARISON = re.compile(r"(?<!\S)(>=|<=|≥|≤|>|<|=)\s*(\d[\d.,]*)(?!\S)")
_DAY = re.compile(r"(?:(?:(?P<day>\d{1,2})[/.-])?(?P<month>\d{1,2})[/.-])?(?P<year>\d{4})")
_ISO_DAY = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})(?:-(?P<day>\d{1,2}))?")
_MONTHS = 12
_WHOLE_NUMBER = func.folded(func.coalesce(ComponentsRow.number, "") + "/" + func.coalesce(ComponentsRow.symbol, ""))


class Comparison(Record):
    """A figure that a passage must state: `operator` is a sign, `value` is as printed, in the printed unit."""

    operator: str
    value: Decimal


class Narrowing(Record):
    """What the passages that are found must satisfy beside their words; all is None or empty where nothing is asked.

    `number` is "148" or "148/BC-UBND"; `issuer`, `type` and `indicator` are words without marks; the days are included.
    """

    number: str = ""
    issuer: Words = ()
    type: Words = ()
    since: dt.date | None = None
    until: dt.date | None = None
    indicator: Words = ()
    comparisons: tuple[Comparison, ...] = ()

    @property
    def states_figure(self) -> bool:
        """Whether a figure is asked for."""
        return bool(self.indicator or self.comparisons)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is narrowed."""
        return self == Narrowing()


def split(query: str) -> tuple[str, Narrowing]:
    """Part a query into its words and what narrows it. A name that is no field stays among the words.

    Raises:
        BadArgumentsError: A day or a number cannot be read.
    """
    given: dict[Field, str] = {}

    def take(found: re.Match[str]) -> str:
        field = _NAMES.get(terms.folded(found[1]))
        if field is None:
            return found[0]
        given[field] = found[2] or found[3]
        return " "

    words = _FIELD.sub(take, query)
    comparisons = tuple(_comparison(found[1], found[2]) for found in _COMPARISON.finditer(words))
    since, until = given.get(Field.SINCE), given.get(Field.UNTIL)
    narrowing = Narrowing(
        number=terms.folded(given.get(Field.NUMBER, "")).strip(),
        issuer=terms.words(terms.folded(given.get(Field.ISSUER, ""))),
        type=terms.words(terms.folded(given.get(Field.TYPE, ""))),
        since=_days(since)[0] if since else None,
        until=_days(until)[1] if until else None,
        indicator=terms.words(terms.folded(given.get(Field.INDICATOR, ""))),
        comparisons=comparisons,
    )
    return _COMPARISON.sub(" ", words), narrowing


def of_documents(session: Session, narrowing: Narrowing) -> list[ColumnElement[bool]]:
    """Return what narrows the documents, as conditions over `ComponentsRow`."""
    return [
        *_numbered(narrowing.number),
        *_named(session, ComponentsRow.issuer, narrowing.issuer),
        *_named(session, ComponentsRow.type, narrowing.type),
        *([ComponentsRow.date >= narrowing.since.isoformat()] if narrowing.since else ()),
        *([ComponentsRow.date <= narrowing.until.isoformat()] if narrowing.until else ()),
    ]


def _numbered(number: str) -> Iterator[ColumnElement[bool]]:
    if not number:
        return
    # "15" is 015/BC-UBND and 15/2025/NQ-HĐND, and not 150; "15/BC" begins the symbol.
    begin = number.lstrip("0") + ("" if "/" in number else "/")
    # Few documents have the number; only their symbols are folded.
    yield func.ltrim(ComponentsRow.number, "0").startswith(begin.split("/")[0], autoescape=True)
    yield func.ltrim(_WHOLE_NUMBER, "0").startswith(begin, autoescape=True)


def _named(session: Session, column: InstrumentedAttribute[str | None], words: Words) -> Iterator[ColumnElement[bool]]:
    """Yield the condition that a column has one of the names that hold all words; an archive has few names."""
    if words:
        names = session.scalars(select(column).where(column.is_not(None)).distinct())
        yield column.in_([name for name in names if name and words_of(name).issuperset(words)])


@lru_cache(maxsize=2**16)
def words_of(name: str) -> frozenset[str]:
    """Return the words of a type or an issuer, without marks; the same names are asked for search after search."""
    return frozenset(terms.words(terms.folded(name)))


def of_figures(session: Session, narrowing: Narrowing, counted: Sequence[str]) -> list[ColumnElement[bool]]:
    """Return the condition over `PassageRow` that one figure on its lines is as asked; none if none is asked for.

    `counted` are the words without marks that the figure must be a figure of, unless an indicator is named. The
    database must know the functions `folded` and `json_extract` (pipeline.archive.sqlite,
    pipeline.archive.migrations.postgresql_0006).
    """
    if not narrowing.states_figure:
        return []
    if narrowing.indicator:
        told: list[ColumnElement[bool]] = [FigureRow.indicator.in_(indicators(session, narrowing.indicator))]
    else:
        told = [_holds_word(FigureRow.subject + " " + FigureRow.unit, word) for word in counted]
    lines = func.replace(func.replace(func.replace(PassageRow.lines, "[", ","), "]", ","), " ", "")
    stated = exists().where(
        FigureRow.document_id == PassageRow.document_id,
        FigureRow.page.between(PassageRow.page, PassageRow.page + 1),  # no sentence runs over a whole page
        # A fraction is two numbers, neither of which is its value.
        FigureRow.kind != Kind.FRACTION.value,
        *(_OPERATORS[c.operator](cast(FigureRow.value, Float), float(c.value)) for c in narrowing.comparisons),
        # Sentences share lines, so the line alone would not tell whose the figure is.
        lines.contains("," + cast(FigureRow.line, String) + ","),
        func.json_extract(FigureRow.record, "$.evidence.text") == PassageRow.text,
        *told,
    )
    return [stated]


def indicators(session: Session, words: Words) -> list[str]:
    """Return the indicators whose names hold all words, and those that people merged into one of them."""
    stated = select(FigureRow.indicator).where(FigureRow.indicator.is_not(None)).distinct()
    into = decided.merged(session)
    names = {name for name in (*session.scalars(stated), *into.values()) if name and words_of(name).issuperset(words)}
    return sorted(names | {merged for merged, kept in into.items() if kept in names})


def _holds_word(text: ColumnElement[str], word: str) -> ColumnElement[bool]:
    end = "" if word.endswith(OPEN) else " "
    return (" " + func.folded(text) + " ").contains(f" {word.removesuffix(OPEN)}{end}", autoescape=True)


def _comparison(sign: str, written: str) -> Comparison:
    try:
        value, _ = numerals.parse(written.rstrip(".,"))
    except ValueError as error:
        raise BadArgumentsError(
            f"{written}: không đọc được số này. / This number cannot be read.",
            "Viết như trong văn bản: 10.000 hoặc 12,5. / Write it as documents do: 10.000 or 12,5.",
        ) from error
    return Comparison(operator=_SIGNS.get(sign, sign), value=value)


def _days(written: str) -> tuple[dt.date, dt.date]:
    """Return the first and the last day of a day, a month or a year: "30/6/2025", "2025-06-30", "6/2025", "2025"."""
    found = _DAY.fullmatch(written) or _ISO_DAY.fullmatch(written)
    try:
        if found is None:
            raise ValueError(written)
        year = int(found["year"])
        first, last = (int(found["month"]),) * 2 if found["month"] else (1, _MONTHS)
        if found["day"]:
            day = dt.date(year, first, int(found["day"]))
            return day, day
        return dt.date(year, first, 1), dt.date(year, last, calendar.monthrange(year, last)[1])
    except ValueError as error:
        raise BadArgumentsError(
            f"{written}: không phải ngày, tháng hay năm. / No day, month or year.",
            "Ví dụ / For example: tu:2025, tu:6/2025, den:30/6/2025.",
        ) from error
