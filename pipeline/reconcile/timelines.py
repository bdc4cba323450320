"""Timelines: what the documents of one place state of one catalogue indicator, in the order of the days counted to.

The catalogue says that two figures count the same thing where their names alone do not ("lượt tra cứu trên VNeID" and
"lượt tra cứu cơ sở dữ liệu dân cư"). What remains to be told apart are dimensions, place, and the span that was
counted: a span with both ends ("từ 01/7 đến 18/8"), or everything up to a day (lũy kế; "tổng số … đến ngày …").
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from weakref import WeakKeyDictionary

from pipeline.extract.catalogue import shipped
from pipeline.language.unicode import fold
from pipeline.models import Figure, Kind, Status
from pipeline.reconcile import units
from pipeline.reconcile.context import Context

LOOK_BACK = 60  # statements of one indicator in one place: five years of months
_TOTAL_UP_TO = re.compile(r"\b(?:tong so|luy ke)\b[^;,]*\bden\b[^;,]*$")
_FOLLOWED = (Kind.COUNT, Kind.MONEY, Kind.FRACTION, Kind.PERCENT)


@dataclass(frozen=True, slots=True)
class Stated:
    """A figure with the days that it counts: from `since` (None where nothing says it) to `until`, both included.

    `dated` is false where `until` is only the earliest day that the document can be of.
    """

    figure: Figure
    since: dt.date | None
    until: dt.date
    dated: bool
    running: bool  # everything up to `until`, rather than a span or the state of a day

    @property
    def counted(self) -> tuple[Decimal, Decimal | None]:
        """What was counted, in units of one, and the whole that it is a fraction of."""
        return self.figure.value * units.scale(self.figure.unit), self.figure.denominator

    @property
    def shown(self) -> str:
        """The day, as a message names it."""
        day = f"{self.until:%d/%m/%Y}"
        return f"từ {self.since:%d/%m/%Y} đến {day}" if self.since else day if self.dated else f"sớm nhất {day}"


@dataclass(frozen=True, slots=True)
class Followed:
    """What statements have in common that are followed over time.

    `area` is folded; `since_reform` says whether its document is of days after the mergers of 2025 (None where the
    place was not merged), `former` of which former units it tells.
    """

    indicator: str
    area: str
    since_reform: bool | None
    former: frozenset[str]
    dimensions: tuple[tuple[str, str], ...]


def timelines(context: Context) -> Iterator[list[Stated]]:
    """Yield for each indicator, place and set of dimensions what is stated of it, the earliest first.

    Parts of a whole are left out (they differ because their wholes do), and documents whose place nobody knows: they
    may be of any province. So is what was stated before a merger from what is stated after it.
    """
    for line in statements(context).values():
        if len(line) > 1:
            yield sorted(line, key=lambda stated: (stated.until, stated.figure.evidence.document, stated.figure.id))


def statements(context: Context) -> dict[Followed, list[Stated]]:
    """Return by what they state all figures that can be followed over time."""
    known = _KNOWN.get(context)
    if known is None:
        known = _KNOWN[context] = _statements(context)
    return known


_KNOWN: WeakKeyDictionary[Context, dict[Followed, list[Stated]]] = WeakKeyDictionary()  # several checks ask


def _statements(context: Context) -> dict[Followed, list[Stated]]:
    grouped: dict[Followed, list[Stated]] = defaultdict(list)
    for figure in context.figures:
        document = figure.evidence.document
        area = fold(context.area(document))
        plain = figure.kind in _FOLLOWED and figure.status is Status.RESULT and figure.upper is None
        stated = _stated(context, figure) if figure.indicator and area and plain and not figure.whole else None
        if stated and figure.indicator:
            dimensions = tuple(sorted(figure.dimensions.items()))
            former, since = context.former_units(figure), context.since_reform(document)
            grouped[Followed(figure.indicator, area, since, former, dimensions)].append(stated)
    return grouped


def told_once(line: Sequence[Stated]) -> list[Stated]:
    """Return the statements of documents that tell one number: of several, nobody knows which one goes on."""
    known = {(stated.figure.evidence.document, stated.counted): stated for stated in line}
    times = Counter(document for document, _ in known)
    return [stated for (document, _), stated in known.items() if times[document] == 1]


def _stated(context: Context, figure: Figure) -> Stated | None:
    if figure.period and figure.cumulative is not True:
        since, until = (dt.date.fromisoformat(day) for day in figure.period.split("/"))
        return Stated(figure, since, until, dated=True, running=False)
    known = figure.as_of or context.issued(figure.evidence.document)
    moment = known or context.not_before(figure.evidence.document)
    return Stated(figure, None, moment, bool(known), runs_on(context, figure)) if moment else None


def runs_on(context: Context, figure: Figure) -> bool:
    """Say whether a figure is a total that only grows: cumulative by its record, or "tổng số … đến ngày …: n"."""
    lead = fold(context.sentence_text(figure)[: figure.place.start])
    up_to_a_day = figure.as_of is not None and bool(_TOTAL_UP_TO.search(lead))
    return figure.cumulative is True or up_to_a_day


def same_indicator(earlier: Stated, later: Stated) -> str:
    """Say why two statements are of one thing: the catalogue's name for both, or their likeness, and their days."""
    one, other = earlier.figure, later.figure
    told = "" if one.subject == other.subject else f": “{one.subject}” ~ “{other.subject}”"
    return f"{indicator_name(earlier, later)}{told}; cùng địa phương; {earlier.shown} và {later.shown}"


def indicator_name(one: Stated, other: Stated) -> str:
    """Name the catalogue's indicator that two statements share, where they share one."""
    identity, same = one.figure.indicator or "", one.figure.indicator == other.figure.indicator
    entry = shipped().indicators.get(identity) if same else None
    return f"cùng chỉ tiêu “{entry.name}”" if entry else "cùng chỉ tiêu"
