"""A rate against the two counts that it was computed from.

Three shapes are read: a fraction with its percentage ("22/24 (91,67%)"), a part and its whole with the rate behind
them ("8.000 lượt; trong đó 6.000 lượt …, đạt 75%"), and a rate whose two counts must be searched for nearby ("tổng
số 13.000 người … trả 12.500 trường hợp …, đạt 96,15%"). The first two can contradict; a search only confirms,
because not finding a pair proves nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

from pipeline.language.unicode import fold
from pipeline.models import Figure, Finding, Interval, Kind, Severity, Status, Verdict
from pipeline.reconcile import intervals, units, wording
from pipeline.reconcile.context import Context
from pipeline.reconcile.findings import Claim, write
from pipeline.reconcile.registry import check
from pipeline.reconcile.wording import Message

RATE = "rate.counts"
RANGE = "rate.over-100"

HUNDRED = Decimal(100)
_FAR = 2
_PAIR = 2
_NAMED = re.compile(r"\s*%?\s+([a-z]+(?: [a-z]+)?)")  # the first words behind a percentage
_OF_ALL = frozenset(("tong", "so", "trong", "va", "tren", "cao", "thap", "tang", "giam", "tuong"))
_ON = re.compile(r"\s*tren(?: tong so)?\s*")
# A share of its whole, said right behind a part and of nothing else: "trong đó nữ 562 đồng chí (chiếm 40,4%),".
_OWN_SHARE = re.compile(r"[^\d,;.()]{0,40}?[(,]\s*(?:chiem|dat|ty le|bang)?(?: ty le)?\s*")
_FINE = Decimal("0.01")
_SENTENCES_BACK = 4
_FIGURES_BACK = 14
# A rate of change is another check's business; a growth or a comparison may also exceed 100 %.
_CHANGE = re.compile(r"\b(?:tang|giam|bang|vuot|thap hon|cao hon|gap)(?: [a-z]+){0,2}\W*$")
_COMPARED = re.compile(r"^\W*(?:so voi|cung ky)\b")
_REACHED = re.compile(r"\b(?:dat|chiem|ty le|ti le|tuong duong|tuong ung|hoan thanh)\b|[(]")
_SHARE = re.compile(r"\b(?:ty le|ti le|chiem|trong tong so|tren tong so|co cau)\b")


@dataclass(frozen=True)
class Pair:
    """The two counts of a rate: as stated, the rates in percent that they allow, and the figures that state them."""

    part: Decimal
    whole: Decimal
    allowed: Interval
    figures: tuple[Figure, ...]

    @property
    def computed(self) -> Decimal:
        """The rate in percent of the counts as stated."""
        return self.part / self.whole * HUNDRED


@check("rate")
def rate(context: Context) -> Iterable[Finding]:
    """Compare each percentage with the counts around it."""
    for figure in context.figures:
        if figure.kind is Kind.PERCENT and figure.upper is None:
            yield from _checked(context, figure)


def _checked(context: Context, percent: Figure) -> Iterator[Finding]:
    lead = _lead(context, percent)
    if _CHANGE.search(lead) or _COMPARED.search(fold(context.sentence_text(percent)[percent.place.end :])):
        return
    direct = (
        _fraction_before(context, percent) or _fraction_in_words(context, percent) or _part_and_whole(context, percent)
    )
    if direct and _holds(percent, direct):
        yield _report(percent, direct, Verdict.CONSISTENT)
        return
    nearby = next((pair for pair in _search(context, percent) if _pins_down(pair) and _holds(percent, pair)), None)
    if nearby:
        yield _report(percent, nearby, Verdict.CONSISTENT)
    elif direct and not percent.qualifier and _REACHED.search(_clause(lead)) and _is_near(percent, direct):
        yield _report(percent, direct, Verdict.CONFLICT)
    elif _SHARE.search(_clause(lead)) and _above_all(percent):
        yield _impossible(percent)


def _holds(percent: Figure, pair: Pair) -> bool:
    return intervals.agree(intervals.stated_rate(percent), pair.allowed)


def _pins_down(pair: Pair) -> bool:
    """Say whether two counts allow one rate only: "hơn 138" of "trên 329" allow any, and confirm none."""
    low, high = pair.allowed.low, pair.allowed.high
    return low is not None and high is not None and high - low <= 1


def _is_near(percent: Figure, pair: Pair) -> bool:
    """Say whether the counts give something like the rate; far from it, they are not its counts or were misread."""
    return percent.value / _FAR <= pair.computed <= percent.value * _FAR


def _lead(context: Context, percent: Figure) -> str:
    """Return the folded text of the sentence before the percentage."""
    return fold(context.sentence_text(percent)[: percent.place.start])


def _clause(lead: str) -> str:
    """Return the last clause of a text: what stands behind the last semicolon, or the last three commas' worth."""
    return " ".join(re.split(r"[;]", lead)[-1].split()[-8:])


def _fraction_before(context: Context, percent: Figure) -> Pair | None:
    """Return the fraction that the percentage directly follows, other percentages and money between them allowed."""
    before = [item for item in context.beside(percent) if item.place.start < percent.place.start]
    for item in reversed(before):
        if item.kind is Kind.FRACTION and item.denominator:
            between = context.sentence_text(percent)[item.place.end : percent.place.start]
            return _of_fraction(item) if ";" not in between else None
        if item.kind not in (Kind.MONEY, Kind.PERCENT):
            return None
        if item.kind is Kind.PERCENT:
            return None  # that percentage has the fraction; this one is of something else
    return None


def _fraction_in_words(context: Context, percent: Figure) -> Pair | None:
    """Return "1.906 tỷ đồng trên 2.540 tỷ đồng" that the percentage follows, no other number between them."""
    before = [item for item in context.beside(percent) if item.place.start < percent.place.start]
    if len(before) < _PAIR:
        return None
    part, whole = before[-_PAIR:]
    text = context.sentence_text(percent)
    counted = part.kind is whole.kind and part.kind in (Kind.COUNT, Kind.MONEY) and units.same(part, whole)
    between = fold(text[part.place.end : whole.place.start]).removeprefix(" ").removeprefix(fold(part.unit))
    told = _ON.fullmatch(between) and ";" not in text[whole.place.end : percent.place.start]
    return _of_counts(part, whole) if counted and told else None


def _of_fraction(figure: Figure) -> Pair:
    whole = figure.denominator or Decimal(1)
    return _pair(figure.value, whole, (figure,), intervals.point(figure.value), intervals.point(whole))


def _pair(part: Decimal, whole: Decimal, figures: tuple[Figure, ...], low: Interval, high: Interval) -> Pair:
    return Pair(part, whole, intervals.scaled(intervals.quotient(low, high), HUNDRED), figures)


def _part_and_whole(context: Context, percent: Figure) -> Pair | None:
    """Return the count before the percentage with its stated whole, or the only pair of one unit in the sentence."""
    before = [item for item in context.beside(percent) if item.place.start < percent.place.start]
    if not before or any(item.kind is Kind.PERCENT for item in before[-1:]):
        return None
    nearest = before[-1]
    if percent.status is Status.ESTIMATE and nearest.status is Status.RESULT:
        return None  # "hoàn thành 30 tỷ đồng, ước giải ngân đạt 100%": what is done is not what is expected
    whole = context.figure(nearest.whole) if nearest.whole else None
    if whole is not None and _is_of_other(context, percent, whole):
        return None
    if whole is not None and units.comparable(whole, nearest):
        pair = _of_counts(nearest, whole)
        siblings = [item for item in context.parts_of(whole) if item.place.sentence == percent.place.sentence]
        return pair if len(siblings) == 1 or _is_own_share(context, nearest, percent) else None
    alike = len(before) == 2 and before[0].kind is before[1].kind and before[0].kind in (Kind.COUNT, Kind.MONEY)
    if alike and before[0].unit and units.same(*before):
        return _of_counts(before[1], before[0])
    return None


def _is_of_other(context: Context, percent: Figure, whole: Figure) -> bool:
    """Say whether what a percentage is of stands behind it and is not the whole: "đạt 56% kế hoạch"."""
    told = _NAMED.match(fold(context.sentence_text(percent)[percent.place.end :]))
    words = told[1].split() if told else []
    return (
        bool(words) and words[0] not in _OF_ALL and not set(words) & set(fold(f"{whole.subject} {whole.unit}").split())
    )


def _is_own_share(context: Context, part: Figure, percent: Figure) -> bool:
    text = context.sentence_text(percent)
    between, behind = fold(text[part.place.end : percent.place.start]), text[percent.place.end :]
    return bool(_OWN_SHARE.fullmatch(between)) and bool(re.match(r"\s*%?\s*(?:[),;.]|$)", behind))


def _of_counts(part: Figure, whole: Figure) -> Pair | None:
    value = part.value * units.factor(part, whole)
    if not 0 < value <= whole.value:
        return None
    in_unit = intervals.scaled(intervals.stated(part), units.factor(part, whole))
    return _pair(value, whole.value, (part, whole), in_unit, intervals.stated(whole))


def _search(context: Context, percent: Figure) -> Iterator[Pair]:
    """Yield the pairs of counts near a percentage that could be its two, the nearest first.

    A rate with two decimals hits a wrong pair by chance once in ten thousand; a whole percent does so too often to
    be searched for.
    """
    step = intervals.step_of(percent.value)
    if step >= 1:
        return
    near = _near(context, percent)
    if step > _FINE:
        near = [item for item in near if item.place.sentence == percent.place.sentence]
    yield from (_of_fraction(item) for item in near if item.kind is Kind.FRACTION and item.denominator)
    counts = [item for item in near if item.kind in (Kind.COUNT, Kind.FRACTION, Kind.MONEY)]
    here = percent.place.sentence
    for one, other in combinations(counts, 2):
        mixed = Kind.MONEY in (one.kind, other.kind) and one.kind is not other.kind
        if mixed or here not in (one.place.sentence, other.place.sentence):
            continue
        small, large = sorted((one, other), key=lambda item: item.value * units.scale(item.unit))
        if pair := _of_counts(small, large):
            yield pair
        yield from _of_complements(small, large)
    yield from _against_known_totals(context, percent, counts)


def _of_complements(small: Figure, large: Figure) -> Iterator[Pair]:
    """Yield each of two counts of one unit over both: "900 hồ sơ đúng hạn, 100 hồ sơ quá hạn; đạt 90%"."""
    if small.unit and units.same(small, large):
        both = intervals.total((intervals.stated(small), intervals.stated(large)))
        for part in (small, large):
            yield _pair(part.value, small.value + large.value, (part, small, large), intervals.stated(part), both)


def _near(context: Context, percent: Figure) -> list[Figure]:
    """Return figures around a percentage: of its sentence and those before it, the nearest first."""
    document, number = percent.evidence.document, percent.place.sentence
    found: list[Figure] = []
    for back in range(_SENTENCES_BACK + 1):
        found += reversed(context.in_sentence(document, number - back))
    after = [item for item in found if item.place.sentence == number and item.place.start > percent.place.start]
    before = [item for item in found if item not in after and item.id != percent.id]
    return before[:_FIGURES_BACK] + after[-2:]


def _against_known_totals(context: Context, percent: Figure, counts: Sequence[Figure]) -> Iterator[Pair]:
    """Yield the nearest count over the totals that the document names elsewhere as denominators ("55/124 xã")."""
    nearest = next((item for item in counts if item.kind is Kind.COUNT), None)
    if nearest is None:
        return
    for total in context.denominators(percent.evidence.document):
        whole = total.denominator
        if whole and nearest.value <= whole and units.same(nearest, total):
            figures = (nearest, total)
            yield _pair(nearest.value, whole, figures, intervals.stated(nearest), intervals.point(whole))


def _report(percent: Figure, pair: Pair, verdict: Verdict) -> Finding:
    holds = verdict is Verdict.CONSISTENT
    sign = "=" if holds else "≠"
    arithmetic = f"{wording.number(pair.part)} / {wording.number(pair.whole)} = {wording.rate(pair.computed)}"
    stated = wording.quantity(percent)
    gap = abs(percent.value - pair.computed).quantize(Decimal("0.01"))
    vi = f"Tỷ lệ {'khớp' if holds else 'không khớp'}: {arithmetic} {sign} {stated}"
    en = f"The rate {'holds' if holds else 'does not hold'}: {arithmetic} {sign} {stated}"
    if not holds:
        vi += f"; chênh lệch {wording.number(gap)} điểm phần trăm"
        en += f"; difference {wording.number(gap)} percentage points"
    return write(
        Claim(
            RATE,
            verdict,
            Severity.NONE if holds else Severity.HIGH,
            Message(vi, en),
            figures=(percent, *pair.figures),
            difference=None if holds else gap,
            link="tỷ lệ đứng ngay sau hai số đếm của nó",
        )
    )


def _above_all(percent: Figure) -> bool:
    low = percent.interval.low
    return low is not None and low > HUNDRED


def _impossible(percent: Figure) -> Finding:
    stated = wording.quantity(percent)
    return write(
        Claim(
            RANGE,
            Verdict.CONFLICT,
            Severity.MEDIUM,
            Message(f"Tỷ lệ của một phần trong tổng vượt 100%: {stated}", f"A share exceeds 100%: {stated}"),
            figures=(percent,),
            difference=percent.value - HUNDRED,
        )
    )
