"""Figures marked in a source text: `{hơn 1.250 hồ sơ|hồ sơ trực tuyến|#online|cum|t=2025-09-30}`.

First what is printed: a qualifier, the numeral, its unit. Then what the figure counts (subject), then any of

    #name      label, for the checks at the end of the file
    cum / inc  cumulative (lũy kế) or of this period alone
    t=DATE     as of that day                p=PERIOD   2025, 2025-09, 2025-Q3 or 2025-M9 (the first nine months)
    u=UNIT     unit that is not printed beside the numeral
    w=NAME     the figure of which this one is a part (trong đó, gồm)
    s=target   also estimate; results need no mark
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

MARK = re.compile(r"\{([^{}]+)\}")
NUMERAL = re.compile(r"\d+(?:[.,]\d+)*")
RANGE = re.compile(rf"({NUMERAL.pattern})\s*(?:%\s*)?(?:-|–|đến)\s*({NUMERAL.pattern})")
FRACTION = re.compile(rf"({NUMERAL.pattern})/({NUMERAL.pattern})")
GROUPED = re.compile(r"\d{1,3}(\.\d{3})+(,\d+)?$")
ONWARD = re.compile(r"trở (?:lên|xuống)$")
FOOTNOTE_CALL = re.compile(r"\[\^(\d+)\]")
FORMS = ("fraction", "range")  # kinds that follow from how a figure is written, whatever its unit
PER_CENT = ("%", "phần trăm")
MONEY = re.compile(r"(?:(?:nghìn|triệu|tỷ|nghìn tỷ) )?đồng")  # not "hợp đồng", not "đồng hồ"


class SourceError(ValueError):
    """A source file of the corpus says something that cannot be understood."""


@dataclass(frozen=True)
class MarkedFigure:
    """One marked figure; fields as in the records of the product, `label` and `whole` are the source's own names.

    `indicator` is not marked but told in `documents/indicators.tsv`.
    """

    value: str
    kind: str
    unit: str
    subject: str
    printed: str
    upper: str | None = None
    qualifier: str | None = None
    cumulative: bool | None = None
    as_of: str | None = None
    period: str | None = None
    status: str = "result"
    label: str | None = None
    whole: str | None = None
    in_table: bool = False
    indicator: str | None = None

    @property
    def number(self) -> Decimal:
        """The value, or a fraction's numerator."""
        return Decimal(self.value.split("/")[0])

    @property
    def step(self) -> Decimal:
        """One unit of the last digit that is printed."""
        return Decimal(1).scaleb(int(Decimal(self.value.split("/")[0]).as_tuple().exponent))


def decimal_of(numeral: str) -> Decimal:
    """The value of a numeral as Vietnamese prints it: points group thousands, the comma is the decimal sign."""
    if GROUPED.match(numeral):
        numeral = numeral.replace(".", "")
    return Decimal(numeral.replace(",", "."))


def find(text: str) -> list[MarkedFigure]:
    """The figures marked in a text, in order.

    Raises:
        SourceError: a mark holds no numeral, or an option that is not known.
    """
    return [read_mark(match[1]) for match in MARK.finditer(text)]


def printed(text: str) -> str:
    """The text as it is printed, marks of figures taken away."""
    return MARK.sub(lambda match: match[1].split("|")[0], text)


def read_mark(content: str) -> MarkedFigure:
    """One mark's content, without its braces."""
    shown, *fields = (part.strip() for part in content.split("|"))
    figure = _read_numeral(FOOTNOTE_CALL.sub("", shown))
    subject = fields[0] if fields else ""
    return _apply(replace(figure, subject=subject), fields[1:])


def _read_numeral(shown: str) -> MarkedFigure:
    upper, kind = None, "count"
    if match := FRACTION.search(shown):
        kind = "fraction"
        value = "/".join(str(decimal_of(part)) for part in match.groups())
    elif match := RANGE.search(shown):
        kind, value, upper = "range", str(decimal_of(match[1])), str(decimal_of(match[2]))
    elif match := NUMERAL.search(shown):
        value = str(decimal_of(match[0]))
    else:
        raise SourceError(f"no numeral in the mark {shown!r}")
    qualifier, unit = shown[: match.start()].strip() or None, shown[match.end() :].strip()
    if onward := ONWARD.search(unit):
        qualifier, unit = onward[0], unit[: onward.start()].strip()
    if kind == "range":
        qualifier = None  # "từ" opens a range, it does not qualify a value
    return MarkedFigure(value, _kind(kind, unit), unit, "", shown, upper=upper, qualifier=qualifier)


def _kind(kind: str, unit: str) -> str:
    if kind in FORMS:
        return kind
    if unit in PER_CENT:
        return "percent"
    return "money" if MONEY.fullmatch(unit.split("/", maxsplit=1)[0]) else "count"


def _apply(figure: MarkedFigure, options: Iterable[str]) -> MarkedFigure:
    for option in options:
        key, _, value = option.partition("=")
        if option.startswith("#"):
            figure = replace(figure, label=option[1:])
        elif option in ("cum", "inc"):
            figure = replace(figure, cumulative=option == "cum")
        elif key == "t":
            figure = replace(figure, as_of=value)
        elif key == "p":
            figure = replace(figure, period=period(value))
        elif key == "u":
            figure = replace(figure, unit=value, kind=_kind(figure.kind, value))
        elif key == "w":
            figure = replace(figure, whole=value)
        elif key == "s" and value in ("target", "estimate"):
            figure = replace(figure, status=value)
        elif option:
            raise SourceError(f"unknown option {option!r} in the mark of {figure.printed!r}")
    return figure


def period(short: str) -> str:
    """An ISO 8601 interval from 2025, 2025-09, 2025-Q3 or 2025-M9 (from January to the end of that month)."""
    year, _, part = short.partition("-")
    first, last = 1, 12
    if part.startswith("Q"):
        first, last = 3 * int(part[1:]) - 2, 3 * int(part[1:])
    elif part.startswith("M"):
        last = int(part[1:])
    elif part:
        first = last = int(part)
    return f"{year}-{first:02}-01/{year}-{last:02}-{calendar.monthrange(int(year), last)[1]:02}"
