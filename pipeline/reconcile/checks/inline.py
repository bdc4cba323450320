"""Sums that a sentence tells without a word of breakdown.

A run of counts of one unit behind their total ("12 đội: 03 đội …, 07 đội …, 02 đội …") or in the sentence behind it
("Theo trình độ: …"), a remainder ("214 hộ, đã chi trả 167 hộ, còn 47 hộ"), a total behind its parts ("gửi 52 văn bản
và nhận 18 văn bản, tổng cộng 70 văn bản"), and a list in parentheses ("19 văn bản (05 nghị quyết, 14 quyết định)").
The shape alone is weak evidence, so a sum that is far off is taken for a misunderstanding, and only one that is near
for an error.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from pipeline.language.unicode import fold
from pipeline.models import Figure, Finding, Kind, Sentence, Severity, Verdict
from pipeline.reconcile import intervals, units, wording
from pipeline.reconcile.context import Context
from pipeline.reconcile.findings import Claim, write
from pipeline.reconcile.registry import check
from pipeline.reconcile.wording import Message

INLINE = "sum.inline"

_NEAR = Decimal("1.2")
_TELLING = 20  # totals below it are reached by chance
_TELLING_DIGITS = 3
_MOST_PARTS = 6
_COLON = re.compile(r"[^,;:.]*:\s*")
_AGAIN = re.compile(r"^\W*(?:ve|theo|phan theo|chia theo|phan loai|trinh do|co cau)\b")
_LEFT = re.compile(r"\bcon(?: lai)?(?: khoang)?\s*$")
# "(số trẻ sinh ra là 480, tỷ số giới tính là 110)": statements of their own, no list of parts.
_SAYS = re.compile(r"\b(?:la|dat|bang)\s*$")
# "… chưa ban hành": the first two words of what was not done; for a conflict they were said of those that did.
_UNDONE = re.compile(r"[^,.;]{0,30}?\bchua (?:duoc )?([a-z]+(?: [a-z]+)?)")
_TOTALLED = re.compile(r"\b(?:tong cong|tong so|tong|cong)(?: la| co)?\s*$")


@check("inline")
def inline(context: Context) -> Iterable[Finding]:
    """Look for the three shapes in every sentence."""
    for extraction in context.extractions:
        for sentence in extraction.sentences:
            figures = [item for item in context.in_sentence(extraction.document, sentence.number) if _plain(item)]
            yield from _behind(context, sentence, figures)
            yield from _of_fractions(context, extraction.document, sentence)
            if len(figures) > 2:
                yield from _remainders(context, sentence.text, figures)
                yield from _totals(sentence.text, figures)
                yield from _in_parentheses(context, sentence.text, figures)
                yield from _runs(context, sentence.text, figures)


def _plain(figure: Figure) -> bool:
    return figure.kind in (Kind.COUNT, Kind.MONEY) and figure.upper is None


def _remainders(context: Context, text: str, figures: Sequence[Figure]) -> Iterator[Finding]:
    for whole, part, rest in zip(figures, figures[1:], figures[2:], strict=False):
        told = _LEFT.search(fold(text[part.place.end : rest.place.start]))
        together = not (context.parts_of(whole) or part.whole or rest.whole)
        one_clause = ";" not in text[whole.place.end : rest.place.start]
        if told and together and one_clause and _of_one_unit((whole, part, rest)):
            yield from _compared(whole, (part, rest), "số còn lại nêu cùng câu")


def _totals(text: str, figures: Sequence[Figure]) -> Iterator[Finding]:
    for one, other, whole in zip(figures, figures[1:], figures[2:], strict=False):
        told = _TOTALLED.search(fold(text[other.place.end : whole.place.start]))
        if told and _of_one_unit((one, other, whole)):
            yield from _compared(whole, (one, other), "tổng cộng nêu sau hai thành phần")


def _runs(context: Context, text: str, figures: Sequence[Figure]) -> Iterator[Finding]:
    """Compare with the run of counts of the same unit behind a colon; without one, only a sum that holds tells."""
    for place, whole in enumerate(figures[:-2]):
        run = [item for item in figures[place + 1 :] if _of_one_unit((whole, item))]
        adjoining = run == list(figures[place + 1 : place + 1 + len(run)])
        if len(run) < 2 or not adjoining or context.parts_of(whole) or any(item.whole for item in run):
            continue
        announced = bool(_COLON.fullmatch(text[whole.place.end : run[0].place.start]))
        exact = sum((item.value for item in run), Decimal(0)) == whole.value and whole.value >= _TELLING
        if announced or exact:
            yield from _compared(whole, run, "các số cùng đơn vị nêu ngay sau tổng")


def _behind(context: Context, sentence: Sentence, figures: Sequence[Figure]) -> Iterator[Finding]:
    """Compare the total of a sentence with a second breakdown in the next one: "Theo trình độ: đại học 43 người, …"."""
    yield from _parted(context, sentence, figures)
    if len(figures) < 3 or not _AGAIN.search(fold(sentence.text)) or not _of_one_unit(figures):
        return
    document = figures[0].evidence.document
    before = [item for item in context.in_sentence(document, sentence.number - 1) if _plain(item)]
    if before and not before[0].whole and _of_one_unit((before[0], figures[0])):
        yield from _compared(before[0], figures, "cách chia thứ hai của cùng một tổng, ở câu sau")


def _parted(context: Context, sentence: Sentence, figures: Sequence[Figure]) -> Iterator[Finding]:
    """Tell that all figures of a sentence add up to one of the sentence before: "… Khối A thu …; khối B thu …".

    Only a sum that holds tells, and only of numbers of several digits: nothing says that these are parts.
    """
    if not 2 <= len(figures) <= _MOST_PARTS or not _of_one_unit(figures) or any(item.whole for item in figures):
        return
    added = sum((item.value for item in figures), Decimal(0))
    document = figures[0].evidence.document
    before = [item for item in context.in_sentence(document, sentence.number - 1) if _plain(item)]
    whole = next((item for item in before if item.value == added and _of_one_unit((item, *figures))), None)
    if (
        whole is not None
        and len(added.normalize().as_tuple().digits) >= _TELLING_DIGITS
        and not context.parts_of(whole)
    ):
        yield from _compared(whole, figures, "các số của câu sau cộng đúng bằng số ở câu trước")


def _of_fractions(context: Context, document: str, sentence: Sentence) -> Iterator[Finding]:
    """Compare "48/54 xã đã ban hành …; còn 06 xã chưa ban hành" with what the fraction leaves."""
    figures = context.in_sentence(document, sentence.number)
    for place, rest in enumerate(figures):
        before = next((item for item in reversed(figures[:place]) if item.kind is not Kind.PERCENT), None)
        if before is None or not before.denominator or rest.kind is not Kind.COUNT or not units.same(before, rest):
            continue
        lead = fold(sentence.text[: rest.place.start])
        behind = fold(sentence.text[rest.place.end :]).lstrip().removeprefix(fold(rest.unit))
        if _LEFT.search(lead) and (undone := _UNDONE.match(behind)):
            left = before.denominator - before.value
            said = fold(sentence.text[before.place.end : rest.place.start])
            if left == rest.value or undone[1] in said:
                yield _left_over(before, rest, left)


def _left_over(fraction: Figure, rest: Figure, left: Decimal) -> Finding:
    holds = left == rest.value
    gap = abs(left - rest.value)
    whole = fraction.denominator or Decimal(0)
    equation = f"{wording.number(whole)} - {wording.number(fraction.value)} = {wording.number(left)}"
    equation += f" {'=' if holds else '≠'} {wording.with_unit(rest)}"
    return write(
        Claim(
            INLINE,
            Verdict.CONSISTENT if holds else Verdict.CONFLICT,
            Severity.NONE if holds else Severity.HIGH,
            Message(
                f"Số còn lại {'khớp' if holds else 'không khớp'}: {equation}",
                f"What is left {'holds' if holds else 'does not hold'}: {equation}",
            ),
            figures=(fraction, rest),
            difference=None if holds else gap,
            link="số còn lại nêu cùng câu với phân số",
        )
    )


def _in_parentheses(context: Context, text: str, figures: Sequence[Figure]) -> Iterator[Finding]:
    for place, whole in enumerate(figures):
        opened = text.find("(", whole.place.end)
        closed = text.find(")", opened)
        inside = [item for item in figures[place + 1 :] if opened < item.place.start < closed]
        adjoins = opened >= 0 and not re.search(r"[,;.]|\d", text[whole.place.end : opened])
        listed = not any(_SAYS.search(fold(text[opened : item.place.start])) for item in inside)
        if adjoins and listed and len(inside) > 1 and not context.parts_of(whole):
            singles = [piece for piece in text[opened:closed].split(",") if not re.search(r"\d", piece)]
            yield from _compared(whole, inside, "các số trong ngoặc ngay sau tổng", ones=len(singles))


def _of_one_unit(figures: Sequence[Figure]) -> bool:
    first = figures[0]
    return bool(first.unit) and all(item.kind is first.kind and units.same(first, item) for item in figures[1:])


def _compared(whole: Figure, parts: Sequence[Figure], link: str, ones: int = 0) -> Iterator[Finding]:
    """Compare a sum; `ones` are things named singly among the parts, "(Chánh Văn phòng, 05 Phó Chánh Văn phòng)"."""
    if any(part.kind is not whole.kind for part in parts):
        return
    scaled = [intervals.scaled(intervals.stated(part), units.factor(part, whole)) for part in parts]
    scaled += [intervals.point(Decimal(1))] * ones
    holds = intervals.agree(intervals.total(scaled), intervals.stated(whole))
    added = sum((part.value * units.factor(part, whole) for part in parts), Decimal(ones))
    if ones and not holds:
        return
    if not holds and not whole.value / _NEAR <= added <= whole.value * _NEAR:
        return
    gap = abs(added - whole.value)
    sign = "=" if not gap else "≈" if holds else "≠"
    equation = f"{wording.quantity(whole)} {sign} {wording.addition(parts)}{' + 1' * ones}"
    if gap:
        equation += f" = {wording.number(added)}"
    if not holds:
        equation += f"; chênh lệch {wording.number(gap)}"
    yield write(
        Claim(
            INLINE,
            Verdict.CONSISTENT if holds else Verdict.CONFLICT,
            Severity.NONE if holds else Severity.HIGH,
            Message(
                f"Tổng trong câu {'khớp' if holds else 'không khớp'}: {equation}",
                f"The sum told in the sentence {'holds' if holds else 'does not hold'}: {equation}",
            ),
            figures=(whole, *parts),
            difference=None if holds else gap,
            link=link,
        )
    )
