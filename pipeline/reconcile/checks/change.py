"""Change against an earlier period: "tăng 12%", "bằng 104% so với cùng kỳ", "tăng 300 hồ sơ" against both counts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pipeline.language.unicode import fold
from pipeline.models import Figure, Finding, Interval, Kind, Severity, Status, Verdict
from pipeline.reconcile import intervals, units, wording
from pipeline.reconcile.context import Context
from pipeline.reconcile.findings import Claim, write
from pipeline.reconcile.registry import check
from pipeline.reconcile.wording import Message

CHANGE = "change.percent"
STEP = "change.count"

HUNDRED = Decimal(100)
_DIRECTION = re.compile(r"\b(tang|giam|bang|dat)(?: them| len| xuong| khoang| gan| hon| tren)*\s*$")
_NEAR = Decimal("1.2")
_FAR = Decimal("1.5")
_CLOSE = Decimal("1.1")  # the same, where the two periods count in other words ("dự án", "doanh nghiệp")
_GROWN = re.compile(r"[,;)]\s*(?P<of>[a-z ]{3,40}?) (?P<direction>tang|giam)(?: them)?\s*$")
_ANNOUNCED = re.compile(r"\W*(?:so voi|so cung ky)[^()]{3,60}\(([^()]+)\)")
_EMPTY = frozenset({"so", "tong", "luong", "va", "con"})
_SENTENCES_BACK = 6
_STEP = re.compile(r"\b(tang|giam)(?: them)?\s*$")
_PLAN = r"(?:ke hoach|du toan|chi tieu|muc tieu|nghi quyet|dinh muc)"
_COMPARED = re.compile(rf"^\W*(?:%\s*)?(?:,\s*)?(?:so voi|cung ky|cua cung ky|so cung ky|{_PLAN})\b")
_EARLIER = re.compile(rf"\b(?:cung ky|nam truoc|ky truoc|thang truoc|quy truoc|giai doan|so voi|{_PLAN})\b")
# What a plan's own number stands behind: "đạt 107,5% chỉ tiêu (40 đảng viên)", and no other word.
_PLANNED_BASE = re.compile(rf"^\W*(?:%\s*)?(?:so voi )?{_PLAN}(?: (?:[a-z]+|\d{{4}})){{0,6}}\s*\(\D{{0,16}}$")
# What is listed behind these is part of what grew, and of now.
_PARTS = re.compile(r"\b(?:bao gom|gom|trong do|cu the|trong so do)\b")
_AS_MUCH = re.compile(r"\b(?:tuong ung|tuong duong|tuc)(?: voi)?(?: muc)? (tang|giam)\s*$")


@dataclass(frozen=True)
class Comparison:
    """A percentage of change with the count it is about and the count of the earlier period."""

    direction: str  # tang, giam, bang
    percent: Figure
    now: Figure
    before: Figure

    @property
    def computed(self) -> Decimal:
        """The percentage as it follows from the two counts."""
        ratio = self.now.value * units.factor(self.now, self.before) / self.before.value * HUNDRED
        return {"tang": ratio - HUNDRED, "giam": HUNDRED - ratio}.get(self.direction, ratio)

    @property
    def allowed(self) -> Interval:
        """The percentages that the two counts allow."""
        now = intervals.scaled(intervals.stated(self.now), units.factor(self.now, self.before))
        ratio = intervals.scaled(intervals.quotient(now, intervals.stated(self.before)), HUNDRED)
        hundred = intervals.point(HUNDRED)
        if self.direction == "tang":
            return intervals.difference(ratio, hundred)
        return intervals.difference(hundred, ratio) if self.direction == "giam" else ratio


@check("change")
def change(context: Context) -> Iterable[Finding]:
    """Compare each percentage of change with both periods, where both are told."""
    for figure in context.figures:
        if figure.kind is Kind.PERCENT and figure.status is not Status.TARGET and figure.upper is None:
            for comparison in _comparisons(context, figure):
                yield _report(comparison)
        elif figure.kind in (Kind.COUNT, Kind.MONEY) and figure.upper is None:
            yield from _steps(context, figure)


def _steps(context: Context, step: Figure) -> Iterator[Finding]:
    """Check "402.915 học sinh; tăng 3.267 học sinh so với năm trước (399.648 học sinh)"."""
    text = context.sentence_text(step)
    direction = _STEP.search(_without_qualifier(fold(text[: step.place.start])))
    if not direction:
        return
    beside = [item for item in context.beside(step) if item.kind is step.kind and units.same(item, step)]
    now = next((item for item in reversed(beside) if item.place.end <= step.place.start), None)
    before = next((item for item in beside if item.place.start > step.place.end), None)
    if now is None or before is None or not _EARLIER.search(fold(text[step.place.end : before.place.start])):
        return
    yield from _stepped(now, before, step, direction[1])


def _stepped(now: Figure, before: Figure, step: Figure, direction: str) -> Iterator[Finding]:
    later, earlier = (now, before) if direction == "tang" else (before, now)
    allowed = intervals.difference(intervals.stated(later), intervals.stated(earlier))
    holds = intervals.agree(allowed, intervals.stated(step))
    moved = later.value - earlier.value
    gap = abs(moved - step.value)
    if not holds and not step.value / _NEAR <= moved <= step.value * _NEAR:
        return  # far off: the two counts are not of this change
    equation = f"{wording.quantity(later)} - {wording.quantity(earlier)} = {wording.number(moved)}"
    equation += f" {'=' if holds else '≠'} {wording.quantity(step)}"
    equation += "" if holds else f"; chênh lệch {wording.number(gap)}"
    yield write(
        Claim(
            STEP,
            Verdict.CONSISTENT if holds else Verdict.CONFLICT,
            Severity.NONE if holds else Severity.HIGH,
            Message(
                f"Số tăng, giảm {'khớp' if holds else 'không khớp'}: {equation}",
                f"The change in number {'holds' if holds else 'does not hold'}: {equation}",
            ),
            figures=(step, later, earlier),
            difference=None if holds else gap,
            link="số tăng, giảm và hai kỳ được nêu cùng chỗ",
        )
    )


def _comparisons(context: Context, percent: Figure) -> Iterator[Comparison]:
    """Yield what a percentage compares: with what stands behind it, or behind the step before it."""
    yield from _restated(context, percent)
    yield from _announced(context, percent)
    text = context.sentence_text(percent)
    direction = _DIRECTION.search(_without_qualifier(fold(text[: percent.place.start])))
    if not direction or not _COMPARED.match(fold(text[percent.place.end :])):
        return
    beside = [item for item in context.beside(percent) if item.kind in (Kind.COUNT, Kind.MONEY)]
    earlier = [item for item in beside if item.place.start < percent.place.start and not _is_step(text, item)]
    before = _base(context, percent, beside)
    if before is None or before.value <= 0 or not earlier:
        return
    kind = "bang" if direction[1] == "dat" else direction[1]
    alike = [item for item in reversed(earlier) if units.same(item, before)]
    possible = [Comparison(kind, percent, now, before) for now in alike or earlier[-1:] if _like(now, before)]
    possible = [found for found in possible if _is_near(found, _FAR if alike else _CLOSE)]
    # Of several counts of one unit ("31 vụ, 02 vụ chuyển điều tra") that one is compared which makes the change.
    yield from [found for found in possible if _is_right(found)][:1] or possible[:1]


def _announced(context: Context, percent: Figure) -> Iterator[Comparison]:
    """Yield the comparison of "So với năm 2024 (15 lễ hội, kinh phí 22 tỷ đồng), … kinh phí tăng 25%".

    The counts of now stand in the sentences before; the words before the percentage say which count of the bracket it
    is about, or that one it is which makes the change.
    """
    text = context.sentence_text(percent)
    folded = fold(text[: percent.place.start])
    direction, announced = _GROWN.search(_without_qualifier(folded)), _ANNOUNCED.match(folded)
    if direction is None or announced is None:
        return
    counts = [item for item in context.beside(percent) if item.kind in (Kind.COUNT, Kind.MONEY)]
    bases = [item for item in counts if announced.start(1) <= item.place.start < announced.end(1) and item.value > 0]
    document, number = percent.evidence.document, percent.place.sentence
    told = [
        item for back in range(1, _SENTENCES_BACK) for item in reversed(context.in_sentence(document, number - back))
    ]
    pairs = [
        Comparison(direction["direction"], percent, now, before)
        for before in bases
        for now in told
        if now.kind is before.kind and units.same(now, before) and not now.upper
    ]
    yield from [found for found in pairs if _is_right(found)][:1] or _named(pairs, direction["of"])


def _named(pairs: Sequence[Comparison], said: str) -> list[Comparison]:
    """Return the comparison of the counts that both have the name which the percentage is said of, if it is near."""
    words = set(said.split()) - _EMPTY
    named = [
        found
        for found in pairs
        if words and words <= set(fold(found.now.subject).split()) & set(fold(found.before.subject).split())
    ]
    return [found for found in named[:1] if _is_near(found, _CLOSE)]


def _is_right(found: Comparison) -> bool:
    return intervals.agree(intervals.stated_rate(found.percent), found.allowed)


def _restated(context: Context, percent: Figure) -> Iterator[Comparison]:
    """Yield the comparison of "giảm 48,2 tỷ đồng so với cùng kỳ (661,0 tỷ đồng), tương ứng giảm 7,29%"."""
    text = context.sentence_text(percent)
    direction = _AS_MUCH.search(_without_qualifier(fold(text[: percent.place.start])))
    counts = [item for item in context.beside(percent) if item.kind in (Kind.COUNT, Kind.MONEY)]
    counts = [item for item in counts if item.place.start < percent.place.start]
    if direction is None or len(counts) < 3:
        return
    now, step, before = counts[-3:]
    told = _EARLIER.search(fold(text[step.place.end : before.place.start])) and _is_step(text, step)
    if told and units.same(now, before) and before.value > 0:
        found = Comparison(direction[1], percent, now, before)
        if _is_near(found, _FAR):
            yield found


def _is_near(found: Comparison, ratio: Decimal) -> bool:
    """Say whether the counts give something like the change; far from it, they are not its counts."""
    base = Decimal(0) if found.direction == "bang" else HUNDRED
    sign = -1 if found.direction == "giam" else 1
    stated, computed = base + sign * found.percent.value, base + sign * found.computed
    return stated > 0 and computed / ratio <= stated <= computed * ratio


def _is_step(text: str, figure: Figure) -> bool:
    """Say whether a figure is itself a change ("tăng 2.300 tài khoản") and so not the count of the period."""
    return bool(_STEP.search(_without_qualifier(fold(text[: figure.place.start]))))


def _base(context: Context, percent: Figure, beside: list[Figure]) -> Figure | None:
    """Return the earlier period's count: behind the percentage in its sentence, or in a footnote at that place."""
    text = context.sentence_text(percent)
    for item in beside:
        if item.place.start > percent.place.end:
            between = fold(text[percent.place.end : item.place.start])
            if re.match(rf"\W*(?:so voi )?{_PLAN}\b", between):
                return item if _PLANNED_BASE.match(between) else None
            is_told = _EARLIER.search(between) and ";" not in between and not _PARTS.search(between)
            return item if is_told else None
    notes = context.footnotes_behind(percent)
    told = [item for note in notes for item in context.in_sentence(percent.evidence.document, note.number)]
    told = [item for item in told if item.kind is Kind.COUNT]
    return told[0] if len(told) == 1 else None


def _like(now: Figure, before: Figure) -> bool:
    return (now.kind is Kind.MONEY) == (before.kind is Kind.MONEY) and now.id != before.id


def _without_qualifier(text: str) -> str:
    return re.sub(r"\b(?:hon|gan|tren|khoang|duoi|xap xi)\s*$", "", text)


def _report(found: Comparison) -> Finding:
    holds = intervals.agree(intervals.stated_rate(found.percent), found.allowed)
    now, before = wording.quantity(found.now), wording.quantity(found.before)
    verb = {"tang": "tăng", "giam": "giảm"}.get(found.direction, "bằng")
    equation = f"{now} so với {before}: {verb} {wording.rate(found.computed)}"
    equation += f" {'=' if holds else '≠'} {wording.quantity(found.percent)}"
    gap = abs(found.percent.value - found.computed).quantize(Decimal("0.01"))
    points = "" if holds else f"; chênh lệch {wording.number(gap)} điểm phần trăm"
    points_en = "" if holds else f"; difference {wording.number(gap)} percentage points"
    return write(
        Claim(
            CHANGE,
            Verdict.CONSISTENT if holds else Verdict.CONFLICT,
            Severity.NONE if holds else Severity.HIGH,
            Message(
                f"Mức tăng, giảm {'khớp' if holds else 'không khớp'}: {equation}{points}",
                f"The change {'holds' if holds else 'does not hold'}: {equation}{points_en}",
            ),
            figures=(found.percent, found.now, found.before),
            difference=None if holds else gap,
            link="tỷ lệ so sánh và hai số của nó được nêu cùng chỗ",
        )
    )
