"""The same fact stated twice and more, in one document or across documents.

Two versions of one document are no two sources (pipeline.reconcile.editions): that they agree is not reported.

A cluster of figures that state one fact is reported once: as a conflict when no value fits all of them (three
statements must share one point, pairwise overlap is not enough), as consistent otherwise.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from pipeline.models import Figure, Finding, Interval, Kind, Severity, Verdict
from pipeline.reconcile import intervals, units, wording
from pipeline.reconcile.clusters import clusters, members
from pipeline.reconcile.context import Context
from pipeline.reconcile.findings import Claim, write
from pipeline.reconcile.gathered import FACT_OF_DOCUMENT, FACT_OF_DOCUMENTS
from pipeline.reconcile.linking import Fact, Link, facts, is_norm, links
from pipeline.reconcile.registry import check
from pipeline.reconcile.slips import TRANSPOSED, slip
from pipeline.reconcile.wording import Message

DOCUMENT = FACT_OF_DOCUMENT
ARCHIVE = FACT_OF_DOCUMENTS

_LEAST_DIGITS = 2
_ALIKE_OF_ONE_TOTAL = 0.55  # likeness of names that will do for fractions of one denominator
_ALIKE_OF_A_NORM = 0.45
_WORDS_OF_A_NORM = 5  # shared words that make two norms one
_SURE_WORDS = 3  # shared words that name a fact by themselves
_LONG_NUMBER = 4  # digits from which values one slip apart speak for one fact; of short numbers too many pairs do
_MIDDLING_NUMBER = 3  # digits from which two digits swapped do, and other slips between figures of one name
_TELLING_DIGITS = 4
_NEAR = Decimal("1.2")  # ratio up to which two different values are more likely one fact misstated than two facts


@check("duplicates")
def duplicates(context: Context) -> Iterable[Finding]:
    """Compare all statements of one fact."""
    told = [link for link in links(facts(context)) if _one_fact(link)]
    for cluster in clusters(told):
        stating = members(cluster)
        shared = _shared(stating)
        if shared is None:
            yield _report(cluster, stating, Verdict.CONFLICT)
        elif _says_anything(stating) and not _of_one_document(stating, context):
            yield _report(cluster, stating, Verdict.CONSISTENT)


def _of_one_document(stating: Sequence[Fact], context: Context) -> bool:
    """Say whether only two versions of one document agree: the later one repeats the earlier one."""
    return context.editions.are_one(fact.figure.evidence.document for fact in stating)


def _one_fact(link: Link) -> bool:
    """Say whether two linked figures are one fact: they agree, or differ as errors differ and not as facts do.

    A report counts many like things ("14 lớp", "53 lớp"): where names leave room, values that are far apart are two
    facts. A slip of one digit or of the unit tells the error from the other fact; fractions of one
    total, and norms, leave no room.
    """
    left, right = link.left.figure, link.right.figure
    if intervals.agree(_allowed(left), _allowed(right)):
        return link.sure or _is_telling(left, right)
    if left.denominator:
        return link.score >= _ALIKE_OF_ONE_TOTAL
    shared = len(link.left.name & link.right.name)
    if is_norm(left):
        return link.score >= _ALIKE_OF_A_NORM and shared >= _WORDS_OF_A_NORM
    low, high = sorted((left.value * units.scale(left.unit), right.value * units.scale(right.unit)))
    digits = len(low.as_tuple().digits)
    slipped = slip(low, high) or slip(high, low)
    swapped = slipped == TRANSPOSED and digits >= _MIDDLING_NUMBER and not link.contrast
    if swapped or (slipped and digits >= _LONG_NUMBER):
        return True
    named = link.sure and shared >= _SURE_WORDS
    return named and low > 0 and (high / low <= _NEAR or (bool(slipped) and digits >= _MIDDLING_NUMBER))


def _is_telling(left: Figure, right: Figure) -> bool:
    """Say whether two figures are the same unusual number: that it is stated twice by chance is unlikely."""
    digits = len(left.value.normalize().as_tuple().digits)
    return left.value == right.value and left.denominator == right.denominator and digits >= _TELLING_DIGITS


def _shared(stating: Sequence[Fact]) -> Interval | None:
    return intervals.intersection(_allowed(fact.figure) for fact in stating)


def _allowed(figure: Figure) -> Interval:
    """Return the values that a statement allows, a fraction as its numerator, in units of one."""
    own = intervals.stated_rate(figure) if figure.kind is Kind.PERCENT else intervals.stated(figure)
    return intervals.scaled(own, units.scale(figure.unit))


def _says_anything(stating: Sequence[Fact]) -> bool:
    """Say whether agreement means something: that two texts say "02" or "100%" of like things proves nothing."""
    return any(len(fact.figure.value.as_tuple().digits) >= _LEAST_DIGITS for fact in stating) and not all(
        fact.figure.kind is Kind.PERCENT and fact.figure.value in (0, 100) for fact in stating
    )


def _report(cluster: Sequence[Link], stating: Sequence[Fact], verdict: Verdict) -> Finding:
    figures = _one_for_each_value(stating)
    across = len({fact.figure.evidence.document for fact in stating}) > 1
    holds = verdict is Verdict.CONSISTENT
    values = [figure.value * units.scale(figure.unit) for figure in figures]
    gap = max(values) - min(values)
    name = max((fact.figure.subject or fact.figure.unit for fact in stating), key=len)
    if holds:
        shown = wording.with_unit(figures[0])
        vi = f"{len(stating)} nơi nêu cùng một số liệu đều khớp: {name}: {shown}"
        en = f"{len(stating)} statements of one fact agree: {name}: {shown}"
        figures = [fact.figure for fact in stating]
    else:
        shown = " ≠ ".join(wording.with_unit(figure) for figure in figures)
        apart = wording.number((gap / units.scale(figures[0].unit)).normalize())
        vi = f"Cùng một số liệu nhưng nêu khác nhau: {name}: {shown}; chênh lệch {apart}"
        en = f"One fact is stated differently: {name}: {shown}; difference {apart}"
    return write(
        Claim(
            ARCHIVE if across else DOCUMENT,
            verdict,
            Severity.NONE if holds else _severity(values),
            Message(vi, en),
            figures=figures,
            difference=None if holds else gap,
            link="; ".join(max(cluster, key=lambda link: (_differ(link) is not holds, link.score)).reasons),
        )
    )


def _differ(link: Link) -> bool:
    return not intervals.agree(_allowed(link.left.figure), _allowed(link.right.figure))


def _one_for_each_value(stating: Sequence[Fact]) -> list[Figure]:
    """Return one figure for each value stated, in reading order: a conflict is of values, not of mentions."""
    known: dict[tuple[Decimal, Decimal | None], Figure] = {}
    for figure in (fact.figure for fact in stating):
        known.setdefault((figure.value * units.scale(figure.unit), figure.denominator), figure)
    return list(known.values())


def _severity(values: Sequence[Decimal]) -> Severity:
    """Values that are worlds apart are more likely two facts than one: reported, but not first."""
    low, high = min(values), max(values)
    return Severity.MEDIUM if low <= 0 or high / low > _NEAR else Severity.HIGH
