"""A merged unit against the former units in it, where a document tells both.

"356 trạm" of the new province with "Vĩnh Long (cũ) 143 trạm, Bến Tre 81 trạm, Trà Vinh 132 trạm", in one sentence, in
the list below or in the footnote. That nothing is left out is known from the list of mergers, not from the words; and
where a former unit is left out although the others make up the whole, the whole is not of the new unit.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pipeline.models import Extraction, Figure, Finding, Kind, Severity, Verdict
from pipeline.reconcile import intervals, units, wording
from pipeline.reconcile.context import Context
from pipeline.reconcile.findings import Claim, write
from pipeline.reconcile.mergers import Unit, bare
from pipeline.reconcile.registry import check
from pipeline.reconcile.wording import Message

AREAS = "area.parts"

_NEAR = Decimal("1.2")
_TELLING = 20  # totals below it are reached by chance
_SENTENCES_BACK = 2
_LINK = "các đơn vị hành chính cũ hợp thành đơn vị mới từ 01/7/2025"


@dataclass(frozen=True)
class Told:
    """A figure with the former unit of which it is told, by its bare name."""

    figure: Figure
    name: str


@check("areas")
def areas(context: Context) -> Iterable[Finding]:
    """Compare what is told of a merged unit with what is told of the former units in it."""
    for extraction in context.extractions:
        if context.since_reform(extraction.document):
            for unit in context.units(extraction.document):
                if unit.adds_up:
                    yield from _of_unit(context, extraction, unit)


def _of_unit(context: Context, extraction: Extraction, unit: Unit) -> Iterator[Finding]:
    for run in _runs(_told(context, extraction, unit)):
        whole = _whole(context, unit, run)
        if whole is not None:
            yield from _compared(unit, whole, run)


def _told(context: Context, extraction: Extraction, unit: Unit) -> Iterator[list[Told]]:
    """Yield the figures of one kind and unit that are each told of a former unit, in reading order."""
    found: dict[tuple[Kind, str], list[Told]] = defaultdict(list)
    for sentence in extraction.sentences:
        if not unit.named(sentence.text):
            continue
        behind: dict[tuple[Kind, str], int] = {}
        for figure in context.in_sentence(extraction.document, sentence.number):
            if figure.kind not in (Kind.COUNT, Kind.MONEY) or figure.upper is not None:
                continue
            key = figure.kind, units.bare(figure.unit)
            named = unit.named(sentence.text[behind.get(key, 0) : figure.place.start])
            stated = bare(figure.dimensions.get("place", ""))
            behind[key] = figure.place.end
            if stated in unit.former or named:
                found[key].append(Told(figure, stated if stated in unit.former else named[-1]))
    yield from found.values()


def _runs(series: Iterable[Sequence[Told]]) -> Iterator[list[Told]]:
    """Part figures where a unit comes again, or where they stand neither in one sentence nor in the next."""
    for told in series:
        run: list[Told] = []
        for item in told:
            apart = run and item.figure.place.sentence - run[-1].figure.place.sentence > 1
            if apart or item.name in {known.name for known in run}:
                yield run
                run = []
            run.append(item)
        yield run


def _whole(context: Context, unit: Unit, run: Sequence[Told]) -> Figure | None:
    """Return the figure that is given as their whole, or the nearest one before them that is told of no former unit."""
    given = {item.figure.whole for item in run}
    if len(run) < len(given) + 1:
        return None  # one figure alone, or each of another whole
    first = run[0].figure
    if len(given) == 1 and (whole := context.figure(first.whole or "")):
        return whole if units.comparable(whole, first) else None
    document, home = first.evidence.document, context.home(first)
    for number in range(home, home - _SENTENCES_BACK - 1, -1):
        for item in reversed(context.in_sentence(document, number)):
            if _comes_before(item, first) and _may_be_whole(context, item, run):
                return item if _holds(item, run) or unit.opens_list(_between(context, item, first)) else None
    return None


def _may_be_whole(context: Context, item: Figure, run: Sequence[Told]) -> bool:
    first = run[0].figure
    if item.whole or item.kind is not first.kind or not units.same(item, first) or context.former_units(item):
        return False
    return _is_near(item, run)


def _is_near(whole: Figure, run: Sequence[Told]) -> bool:
    return whole.value / _NEAR <= _total(whole, run) <= whole.value * _NEAR


def _between(context: Context, whole: Figure, first: Figure) -> str:
    """Return the text before the first part: from the whole on where it stands in the same sentence."""
    same = whole.place.sentence == first.place.sentence
    return context.sentence_text(first)[whole.place.end if same else 0 : first.place.start]


def _holds(whole: Figure, run: Sequence[Told]) -> bool:
    scaled = [intervals.scaled(intervals.stated(item.figure), units.factor(item.figure, whole)) for item in run]
    return intervals.agree(intervals.total(scaled), intervals.stated(whole))


def _total(whole: Figure, run: Sequence[Told]) -> Decimal:
    return sum((item.figure.value * units.factor(item.figure, whole) for item in run), Decimal(0))


def _comes_before(item: Figure, first: Figure) -> bool:
    return (item.place.sentence, item.place.start) < (first.place.sentence, first.place.start)


def _compared(unit: Unit, whole: Figure, run: Sequence[Told]) -> Iterator[Finding]:
    if {item.name for item in run} == unit.former:
        if _is_near(whole, run):  # far from it they are parts of a part
            yield _report(unit, whole, run, Verdict.CONSISTENT if _holds(whole, run) else Verdict.CONFLICT)
    elif _total(whole, run) == whole.value >= _TELLING:
        yield _report(unit, whole, run, Verdict.UNKNOWN)


def _report(unit: Unit, whole: Figure, run: Sequence[Told], verdict: Verdict) -> Finding:
    total = _total(whole, run)
    sign = "=" if total == whole.value else "≈" if verdict is Verdict.CONSISTENT else "≠"
    parts = " + ".join(f"{wording.quantity(item.figure)} ({unit.shown([item.name])})" for item in run)
    equation = f"{wording.with_unit(whole)} {sign} {parts}"
    gap = abs(total - whole.value)
    if gap:
        equation += f" = {wording.number(total)}"
    missing = unit.shown(unit.former - {item.name for item in run})
    messages = {
        Verdict.CONSISTENT: Message(
            f"Các đơn vị cũ cộng khớp với đơn vị mới: {equation}", f"The former units add up to the new one: {equation}"
        ),
        Verdict.CONFLICT: Message(
            f"Các đơn vị cũ cộng không khớp với đơn vị mới: {equation}; chênh lệch {wording.number(gap)}",
            f"The former units do not add up to the new one: {equation}; difference {wording.number(gap)}",
        ),
        Verdict.UNKNOWN: Message(
            f"Số của đơn vị mới chỉ gồm một số đơn vị cũ, thiếu {missing}: {equation}",
            f"The new unit's figure is made of some former units only, without {missing}: {equation}",
        ),
    }
    severities = {Verdict.CONSISTENT: Severity.NONE, Verdict.CONFLICT: Severity.HIGH, Verdict.UNKNOWN: Severity.MEDIUM}
    return write(
        Claim(
            AREAS,
            verdict,
            severities[verdict],
            messages[verdict],
            figures=(whole, *(item.figure for item in run)),
            difference=gap if verdict is Verdict.CONFLICT else None,
            link=_LINK,
        )
    )
