"""Footing: a whole against the parts that the text gives for it (trong đó, gồm, parentheses, list items).

Parts are summed only where the breakdown is exhaustive by its shape. "Có 40 cơ sở, trong đó 5 cơ sở mới" names one
part of many: it can be too big, but it cannot be missing the rest.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal

from pipeline.language.unicode import fold
from pipeline.models import Figure, Finding, Interval, Kind, Severity, Verdict
from pipeline.reconcile import intervals, wording
from pipeline.reconcile.context import Context
from pipeline.reconcile.findings import Claim, write
from pipeline.reconcile.registry import check
from pipeline.reconcile.units import comparable, factor, same
from pipeline.reconcile.wording import Message

SUM = "sum.parts"
PART = "sum.part-exceeds-whole"

# "gồm", "bao gồm", "cụ thể", an opening parenthesis or a colon announce all parts; "trong đó có" and "riêng" only some.
_ANNOUNCES_ALL = re.compile(r"\bgom\b|\bbao gom\b|\bcu the\b|\bchia ra\b|[(:]")
_ANNOUNCES_EACH = re.compile(r"\bgom\b|\bcu the\b|\bchia ra\b|\bchia theo\b|\bphan theo\b")
# Behind the last part, before the clause or the sentence ends: what the others are, without a number.
_REST = re.compile(
    r"[^.\d]{0,60}?[,;]\s*(?:va\s+)?(?:con lai|so con lai|cac [a-z]+(?: [a-z]+)? khac|khac)\b[^\d.]*(?:[.]|$)"
    r"|[^.;\d]{0,60}(?:v\.v|\.\.\.|…)"
)
_SWAPPED, _NINE = 2, 9  # two neighbouring digits swapped change a number by a multiple of nine, e.g. 18 or 270
_ANNOUNCES_SOME = re.compile(r"\btrong do,? (?:co|rieng|nhieu nhat|chu yeu)\b|\brieng\b|\bnoi bat\b|\bhon the\b")
# Pairs of which each thing counted is one or the other: where both are given, nothing is left out.
_COMPLEMENTS = (
    ({"truc tuyen"}, {"truc tiep"}),
    ({"ca nhan"}, {"to chuc", "doanh nghiep"}),
    ({"nam"}, {"nu"}),
    ({"dung han", "truoc han"}, {"qua han", "tre han"}),
    ({"da xu ly", "da giai quyet"}, {"dang xu ly", "dang giai quyet", "chua xu ly"}),
    ({"thanh thi"}, {"nong thon"}),
    ({"cap tinh"}, {"cap xa"}),
    ({"gui", "di"}, {"nhan", "den"}),
)
_CLOSED = re.compile(r"\([^()]*\)")  # a bracket that is closed before the parts says nothing of them
_WORD = re.compile(r"\w+")
_AGAIN = re.compile(r"[)][^(]*\btrong do\b|;[^;]*\btrong do\b")
_ITEM_NUMBER = re.compile(r"(?:[,;]|\bvà)\s+(\d[\d.]*)\W{0,2}[^\W\d]")
_FAR = 2
_SENTENCES_BETWEEN = 2  # "Tổng thu 214 triệu đồng, đạt 74,3%." and "Trong đó:" before a list
_LEAST_PARTS_WITHOUT_SIGN = 3


@check("footing")
def footing(context: Context) -> Iterable[Finding]:
    """Compare each whole with its parts."""
    grouped = _tables_of_groups(context)
    for whole, parts in context.wholes():
        summands = _of_one_unit(whole, [part for part in parts if comparable(whole, part)])
        yield from _parts_too_big(whole, summands)
        if unsure := context.unsure_parts_of(whole):
            yield from _with_unsure(context, whole, [*summands, *(part for part in unsure if comparable(whole, part))])
            continue
        for breakdown in _breakdowns(context, whole, summands):
            if len(breakdown) > 1:
                yield from _sum(context, whole, breakdown, built_so=whole.id in grouped)


def _tables_of_groups(context: Context) -> frozenset[str]:
    """Return the wholes of tables that show how they are built: rows below a group's row add up to it in another group.

    There a group that its rows do not add up to is wrong, though no word announces all its parts.
    """
    table_of = {
        cell.figure: (extraction.document, table.number)
        for extraction in context.extractions
        for table in extraction.tables
        for row in table.rows
        for cell in row.cells
        if cell.figure
    }
    wholes: dict[tuple[str, int], list[str]] = defaultdict(list)
    holding: set[tuple[str, int]] = set()
    for whole, parts in context.wholes():
        table = table_of.get(whole.id)
        if table and len(parts) > 1 and all(table_of.get(part.id) == table for part in parts):
            wholes[table].append(whole.id)
            if _holds(whole, parts):
                holding.add(table)
    return frozenset(identity for table in holding for identity in wholes[table])


def _with_unsure(context: Context, whole: Figure, parts: Sequence[Figure]) -> Iterator[Finding]:
    """Report a sum that holds with parts of unsure reading, which it confirms; one that does not proves nothing."""
    if _holds(whole, parts):
        yield from _sum(context, whole, sorted(parts, key=lambda part: (part.place.sentence, part.place.start)))


def _of_one_unit(whole: Figure, parts: Sequence[Figure]) -> Sequence[Figure]:
    """Return the parts in the whole's own unit where there are some: "100 điểm, gồm 04 nhóm: 60 điểm, 40 điểm"."""
    alike = [part for part in parts if part.unit and same(whole, part)]
    odd_one_out = len(alike) > 1 and len(alike) + 1 == len(parts)
    return alike if odd_one_out and _holds(whole, alike) else parts


def _breakdowns(context: Context, whole: Figure, parts: Sequence[Figure]) -> list[list[Figure]]:
    """Part the parts where a new breakdown of the same whole begins: "38 (gồm 14 A, 24 B), trong đó 8 đã xong"."""
    if _holds(whole, parts):
        return [list(parts)]
    groups: list[list[Figure]] = []
    for part in parts:
        begins = not groups or _AGAIN.search(fold(_between(context, groups[-1][-1], part)))
        if begins:
            groups.append([part])
        else:
            groups[-1].append(part)
    return groups


def _holds(whole: Figure, parts: Sequence[Figure]) -> bool:
    return intervals.agree(intervals.stated(whole), intervals.total(_in_unit_of(whole, part) for part in parts))


def _sum(context: Context, whole: Figure, parts: Sequence[Figure], *, built_so: bool = False) -> Iterator[Finding]:
    """Report a sum; one that does not hold only where all parts are there: by its shape, or as its table is built."""
    holds = _holds(whole, parts)
    ones = 0 if holds else _singles(context, whole, parts)
    holds = holds or bool(ones)
    if not holds and (not (built_so or is_exhaustive(context, whole, parts)) or _left_unread(context, parts)):
        return
    total = sum((part.value * factor(part, whole) for part in parts), start=Decimal(ones))
    if not holds and not whole.value / _FAR < total < whole.value * _FAR:
        return  # half of it is missing: parts were not all read, or these are no parts
    if not whole.value and not any(part.value for part in parts):
        return  # nothing spent, nothing to add up
    sign = "=" if total == whole.value else "≈" if holds else "≠"
    arithmetic = f"{wording.quantity(whole)} {sign} {wording.addition(parts)}{' + 1' * ones}"
    if total != whole.value:
        arithmetic += f" = {wording.number(total)}"
    gap = abs(total - whole.value)
    if holds:
        message = Message(f"Tổng khớp: {arithmetic}", f"The sum holds: {arithmetic}")
    else:
        message = Message(
            f"Tổng không khớp: {arithmetic}; chênh lệch {wording.number(gap)}",
            f"The sum does not hold: {arithmetic}; difference {wording.number(gap)}",
        )
    yield write(
        Claim(
            SUM,
            Verdict.CONSISTENT if holds else Verdict.CONFLICT,
            Severity.NONE if holds else Severity.HIGH,
            message,
            figures=(whole, *parts),
            difference=None if holds else gap,
            link="các số được nêu là thành phần của cùng một tổng",
        )
    )


def _left_unread(context: Context, parts: Sequence[Figure]) -> bool:
    """Say whether a number opens an item among the parts that no figure was read from: "02 bìa, 03-kẹp và 04 hộp"."""
    first, last = parts[0], parts[-1]
    if first.place.sentence != last.place.sentence:
        return False
    read = [item.place for item in context.beside(first)]
    found = _ITEM_NUMBER.finditer(context.sentence_text(first), first.place.end, last.place.start)
    return any(all(not place.start <= item.start(1) < place.end for place in read) for item in found)


def _singles(context: Context, whole: Figure, parts: Sequence[Figure]) -> int:
    """Return how many things named without a number make up what is missing: "19 người (Trưởng phòng, 18 …)"."""
    if whole.place.sentence != parts[-1].place.sentence:
        return 0
    text = context.sentence_text(whole)[whole.place.end : parts[-1].place.start]
    singles = [piece for piece in text.partition("(")[2].split(",") if not re.search(r"\d", piece) and piece.strip()]
    missing = whole.value - sum((part.value for part in parts), Decimal(0))
    return len(singles) if missing == len(singles) else 0


def _parts_too_big(whole: Figure, parts: Sequence[Figure]) -> Iterator[Finding]:
    if whole.kind is Kind.PERCENT:
        return
    for part in parts:
        if part.place.sentence != whole.place.sentence or not (same(whole, part) or not part.unit):
            continue
        room = intervals.difference(intervals.stated(whole), _in_unit_of(whole, part))
        if room.high is not None and room.high < 0:
            gap = part.value * factor(part, whole) - whole.value
            text = f"{wording.with_unit(part)} > {wording.with_unit(whole)}"
            yield write(
                Claim(
                    PART,
                    Verdict.CONFLICT,
                    Severity.HIGH,
                    Message(f"Thành phần lớn hơn tổng: {text}", f"A part exceeds its whole: {text}"),
                    figures=(whole, part),
                    difference=gap,
                    link="số sau được nêu là một phần của số trước",
                )
            )


def _in_unit_of(whole: Figure, part: Figure) -> Interval:
    return intervals.scaled(intervals.stated(part), factor(part, whole))


def is_exhaustive(context: Context, whole: Figure, parts: Sequence[Figure]) -> bool:
    """Say whether a breakdown leaves nothing out by its shape, so that a wrong sum is an error.

    Either words that announce all parts stand between whole and parts, or complements are both there. "Trong đó" alone
    lists all as often as some: then only a difference that one slip explains tells an error from a selection.
    """
    if not _belongs(context, whole, parts[0]) or any(part.value * factor(part, whole) >= whole.value for part in parts):
        return False  # beside a part as big as the whole there is no room for another
    between = fold(_CLOSED.sub(" ", _between(context, whole, parts[0])))
    if _ANNOUNCES_SOME.search(between) or _leaves_rest(context, parts):
        return False
    if any(_covers(context, pair, parts) for pair in _COMPLEMENTS):
        return True
    if "trong do" in between and not _ANNOUNCES_EACH.search(between):
        return (len(parts) >= _LEAST_PARTS_WITHOUT_SIGN or ":" in between) and _is_slip(whole, parts)
    return bool(_ANNOUNCES_ALL.search(between))


def _leaves_rest(context: Context, parts: Sequence[Figure]) -> bool:
    """Say whether something without a number is named behind the parts: "…; còn lại là các đối tượng khác"."""
    last = parts[-1]
    return bool(_REST.match(fold(context.sentence_text(last)[last.place.end :])))


def _is_slip(whole: Figure, parts: Sequence[Figure]) -> bool:
    """Say whether one digit changed, or two swapped, would make a sum hold: "trong đó" often names a selection."""
    gap = abs(sum((part.value * factor(part, whole) for part in parts), Decimal(0)) - whole.value)
    digits = gap.normalize().as_tuple().digits
    return len(digits) == 1 or (len(digits) == _SWAPPED and int("".join(map(str, digits))) % _NINE == 0)


def _belongs(context: Context, whole: Figure, part: Figure) -> bool:
    """Say whether a part stands with its whole: not in a footnote that another sentence marks."""
    sentence = context.sentence(part)
    same = part.place.sentence == whole.place.sentence
    return same or sentence is None or sentence.footnote is None or sentence.footnote in context.marks(whole)


def _covers(context: Context, pair: tuple[set[str], set[str]], parts: Sequence[Figure]) -> bool:
    names = [_named(context, part) for part in parts]
    return all(any(f" {word} " in name for name in names for word in side) for side in pair)


def _named(context: Context, part: Figure) -> str:
    """Return the folded words that name a part; "đã", "đang", "chưa" stand before it and in no subject."""
    before = [item.place.end for item in context.beside(part) if item.place.end <= part.place.start]
    lead = context.sentence_text(part)[max(before, default=0) : part.place.start]
    words = fold(" ".join((lead, part.subject, part.unit, *part.dimensions.values())))
    return f" {' '.join(_WORD.findall(words))} "


def _between(context: Context, whole: Figure, first: Figure) -> str:
    """Return the text from the whole to its first part, over sentence ends where the parts are list items."""
    text = context.sentence_text(whole)
    if first.place.sentence == whole.place.sentence:
        low, high = sorted((whole, first), key=lambda figure: figure.place.start)
        return text[low.place.end : high.place.start]
    apart = max(0, min(first.place.sentence - whole.place.sentence - 1, _SENTENCES_BETWEEN))
    led = [s.text for s in context.sentences_after(whole.evidence.document, whole.place.sentence, apart)]
    return " ".join([text[whole.place.end :], *led, context.sentence_text(first)[: first.place.start]])
