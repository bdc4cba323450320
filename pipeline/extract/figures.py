"""Sentences and tables to figures: every quantity with what it counts, when it held, and what it is part of."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.extract import (
    antecedents,
    contrasts,
    copulas,
    cues,
    flattened,
    inherited_times,
    linked_parts,
    meaning,
    misread_metres,
    quantities,
    subjects,
    table_columns,
    worded_quantities,
    written_out,
)
from pipeline.extract.figure_ids import figure_ids
from pipeline.extract.found import Found
from pipeline.extract.intervals import interval
from pipeline.extract.meaning import Context
from pipeline.extract.passages import Level
from pipeline.extract.periods import TimeMention
from pipeline.extract.printed import PrintedLine
from pipeline.extract.quantities import Quantity
from pipeline.extract.sentences import TextSentence
from pipeline.extract.tables import Row, Table
from pipeline.language.unicode import fold
from pipeline.models import Doubt, Figure, Kind, Place, Status

# A clause with so few words of its own leaves open what is counted.
_BARE_WORDS, _VERB_WORDS, _OWN_WORDS = 2, 3, 5
# Under which the last number of whatever unit, and the last rate, is kept; units begin with letters.
_ANY, _RATES = "1", "%"
_POINTS = ("điểm %", "điểm phần trăm")
_LEADS_TO_RATE = re.compile(
    r"[^\d,;.()]{0,40}[,(]\s*(?:(?:chiếm|đạt|bằng|tương ứng|tương đương)\s*)?(?:tỷ lệ\s*)?", re.I
)
_ROWS_BELOW = 30  # sentences below the line that states a table's unit, header and rows
FLATTENED = 0.3  # confidence in a figure of a table row that was read as running text: its column is not known
# How sure a numeral that may be a word has to be: rather than not, and before a name that it can hardly count.
_EVEN, _SURE = 0.5, 0.9
_PLAN_BASE = re.compile(
    r"\d\s?%\s+(?:so với\s+)?(?P<plan>kế hoạch|dự toán|chỉ tiêu|mục tiêu)(?:\s+[^\d\s,;.:()]+){0,5}\s*\(\s*$", re.I
)
_CHANGED = re.compile(r"\b(tăng|giảm)(?:\s+thêm)?\s*$", re.IGNORECASE)
_RUNNING_TOTAL = re.compile(r"\s*[,;]\s*(?:lũy kế|luỹ kế|nâng tổng số)\b", re.IGNORECASE)
_MAY_COUNT = re.compile(r"\d|\b(?:mười|mươi|trăm|nghìn|ngàn|triệu|tỷ|tỉ)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Layout:
    """What is known of a document's tables.

    `ruled` are tables with a total, each with the sentences of its rows (the total's last); `labels` the labels of
    rows without columns by the number of their sentence: empty for headers, which state no figures, None for tasks.
    `in_cells` are the figures of the tables that rulings show; `silent` sentences are not read for figures.
    """

    ruled: Sequence[tuple[Table, Sequence[TextSentence]]]
    labels: Mapping[int, str | None]
    in_cells: Sequence[Found] = ()
    silent: frozenset[int] = frozenset()


def extract(sentences: Sequence[TextSentence], layout: Layout, context: Context) -> tuple[Figure, ...]:
    """Return the figures of a document in the order of its text."""
    in_tables = {sentence.number for _, rows in layout.ruled for sentence in rows}
    in_tables |= layout.silent | {number for number, label in layout.labels.items() if label == ""}
    by_sentence = [
        (sentence, _in_sentence(sentence, context)) for sentence in sentences if sentence.number not in in_tables
    ]
    flat = {s.number for s, _ in by_sentence if s.number not in layout.labels and flattened.is_row(s.text)}
    prose = [(sentence, [] if sentence.number in flat else items) for sentence, items in by_sentence]
    for _, items in prose:
        linked_parts.within(items)
    inherited_times.from_sentence_before(prose, context)
    inherited_times.from_lead(prose, context)
    linked_parts.across(prose)
    linked_parts.by_footnotes(prose)
    found = [item for _, items in by_sentence for item in items]
    for item in found:
        item.flattened = item.sentence.number in flat
    _in_unit_above(sentences, found)
    _name_parts(found)
    found = [item for item in found if not _row_number(item, layout)]
    inherited_times.from_heading(found, context)
    above: list[TextSentence] = []
    for sentence, items in by_sentence:
        label = layout.labels.get(sentence.number)
        if label:
            _in_indicator_row(items, label, above, context)
        else:
            above.append(sentence)
    for table, rows in layout.ruled:
        times = inherited_times.column_times(sentences[: rows[0].number], len(table.columns), context)
        found += _in_table(table, rows, times)
    found += layout.in_cells
    found.sort(key=lambda item: (item.sentence.number, item.quantity.at))
    return _records(found, context)


def _in_unit_above(sentences: Sequence[TextSentence], found: Sequence[Found]) -> None:
    """Give bare numbers of rows that were read as running text the unit that stands above their table."""
    unit, left = "", 0
    stated: dict[int, str] = {}
    for sentence in sentences:
        told = flattened.unit_above(sentence.text)
        unit, left = (told, _ROWS_BELOW) if told else (unit, left - 1)
        if left > 0:
            stated[sentence.number] = unit
    for item in found:
        # A capital behind a row's last number begins the label of the next row.
        no_unit = not item.unit or (item.unit[:1].isupper() and item.unit[1:2].islower())
        bare = item.flattened and no_unit and item.quantity.kind is Kind.COUNT
        if bare and (above := stated.get(item.sentence.number)):
            column = table_columns.column("", above)
            item.quantity = replace(item.quantity, kind=column.kind, unit=column.unit)
            item.unit = column.unit


def _in_indicator_row(items: Sequence[Found], label: str, above: Sequence[TextSentence], context: Context) -> None:
    """Name the figures of a row of an indicator table, and date them by the table's title."""
    time, planned = inherited_times.title_time(above, context), meaning.is_planned(inherited_times.titles(above))
    for item in items:
        item.subject = label
        if time and not (item.as_of or item.period):
            item.period = time.period
        if planned and item.status is Status.RESULT:
            item.status = Status.TARGET


def _row_number(item: Found, layout: Layout) -> bool:
    """Say whether a quantity only numbers a row of a table of indicators or tasks.

    It has no unit, begins the row, or begins the printed line on which the row's own rate stands.
    """
    if item.sentence.number not in layout.labels:
        return False
    if not item.unit or not re.search(r"\w", item.sentence.text[: item.quantity.at]):
        return True
    line = item.sentence.line_at(item.quantity.at).text
    number = item.sentence.text[item.quantity.at : item.quantity.numeral_end]
    return item.quantity.kind is Kind.COUNT and bool(re.match(rf"[\s|]*{re.escape(number)}[.)\s][^%]*\d\s?%", line))


def _in_sentence(sentence: TextSentence, context: Context) -> list[Found]:
    text = sentence.text
    if not _MAY_COUNT.search(text):
        return []
    known = cues.find(text)
    digits = quantities.find(text, known)
    every = sorted([*digits, *worded_quantities.find(text, known, digits)], key=lambda quantity: quantity.at)
    stated = [quantity for quantity in every if not _is_rather_a_word(quantity, sentence)]
    mentions = meaning.times(text, context)
    found: list[Found] = []
    for index, quantity in enumerate(stated):
        start, end = edges = subjects.before(text, stated, index, known)
        item = Found(sentence, quantity, known)
        item.unit = quantity.unit or subjects.counted_unit(text, edges, known)
        item.clause = text[start:end]
        item.label = subjects.join(
            subjects.phrase(item.clause), subjects.content(subjects.behind(text, stated, index, known), head=False)
        )
        item.subject = subjects.join(subjects.topic(text, start), item.label)
        item.outside = subjects.around(text, start, quantity.depth)
        time = meaning.time_of(quantity, mentions, text, context.year)
        item.as_of, item.period = (time.as_of, time.period) if time else (None, None)
        item.cumulative = meaning.cumulative_of(quantity, known, text, time)
        if item.cumulative and time is None:
            item.as_of = context.date
        item.status = meaning.status_of(quantity, known, text, sentence.passage.heading)
        item.in_words = written_out.amount(text, quantity)
        if plan := _PLAN_BASE.search(text[: quantity.start]):
            item.plan, item.status, item.as_of, item.cumulative = plan["plan"].lower(), Status.TARGET, None, None
        found.append(item)
    _share_unit(text, found)
    _before_running_totals(text, found)
    return found


def _is_rather_a_word(quantity: Quantity, sentence: TextSentence) -> bool:
    """Say whether a misread numeral is more likely a word ("1061" for "lời"): there is nothing to count then.

    What is counted is written small, and a name follows a copula: "bến tàu du lịch 14 Bến Cầu Đá" says "là".
    """
    numeral = quantity.at, quantity.numeral_end
    printed = sentence.line_at(quantity.at).line
    if copulas.is_copula(sentence.text, numeral, quantity.unit, printed):
        return True
    if misread_metres.is_word(sentence.text, numeral, quantity.unit, printed):
        return True
    bar = _SURE if quantity.unit[:1].isupper() and quantity.unit[1:2].islower() else _EVEN
    return any(
        doubt.confidence < bar and not any(letter.isdigit() for letter in doubt.others[0])
        for doubt in sentence.doubts
        if doubt.others and doubt.start <= quantity.at and quantity.numeral_end <= doubt.end
    )


def _before_running_totals(text: str, items: Sequence[Found]) -> None:
    """Take what stands before its own running total for what came in the period: "5 lượt, lũy kế đến nay 162 lượt"."""
    for item, following in itertools.pairwise(items):
        between = text[item.quantity.end : following.quantity.start]
        is_total = following.cumulative and _RUNNING_TOTAL.match(between)
        if is_total and item.cumulative is None and not item.as_of and item.unit.startswith(following.unit):
            item.cumulative = False


def _share_unit(text: str, items: Sequence[Found]) -> None:
    """Give bare counts the unit that a later one of their list names and their topic bears out.

    "Hệ thống phân giải tên miền: Cấp mới 0; Thu hồi 0, số tên miền hiện tại: 536" counts tên miền throughout.
    """
    counted = next((item for item in items if item.unit and not item.quantity.unit), None)
    topic = text.partition(":")[0]
    if counted and re.search(rf"\b{re.escape(counted.unit)}\b", topic, re.IGNORECASE):
        for item in items[: items.index(counted)]:
            if not item.unit and item.quantity.kind is Kind.COUNT:
                item.unit = counted.unit


def _name_parts(found: Sequence[Found]) -> None:
    """Complete the subjects: parts say what their whole counts, bare clauses what was counted before them."""
    last: dict[str, Found] = {}
    passage = None
    for before, item in zip([None, *found], found, strict=False):
        if item.sentence.passage is not passage and item.sentence.level is not Level.TEXT:
            last = {}
        passage = item.sentence.passage
        above = passage.text[: item.sentence.start + item.quantity.at]
        item.subject = subjects.join(item.subject, antecedents.named(item.clause, above))
        if item.plan and (counted := last.get(item.unit.split(" ")[0].lower()) or last.get(_ANY)):
            item.subject = subjects.join(item.plan, counted.subject)
        elif item.whole is not None:
            _name_part(item, item.whole, before)
        else:
            _name_bare(item, last)
        if changed := _changed(item):
            item.subject = changed
        if item.quantity.kind is not Kind.PERCENT and not item.plan:
            last[_ANY] = item
        elif item.quantity.kind is Kind.PERCENT:
            last[_RATES] = item
        if item.quantity.kind is not Kind.PERCENT and item.whole is None and not item.plan:
            last[item.unit.split(" ")[0].lower()] = item
            last[""] = item


def _changed(item: Found) -> str | None:
    """Return the subject of a number that says by how much another one moved: "tăng 2.105 người" is no stock."""
    if item.quantity.kind not in (Kind.COUNT, Kind.MONEY):
        return None
    change = _CHANGED.search(item.sentence.text[: item.quantity.start])
    if change is None or item.subject.lower().startswith(change[1].lower()):
        return None
    return f"{change[1].lower()} {item.subject}".strip()


def _name_part(item: Found, whole: Found, before: Found | None) -> None:
    item.dimensions = meaning.dimensions_of(_label(item, whole))
    if _needs_whole(item, whole):
        # What a bracket explains stands before it, where it does not stand in another sentence with the whole.
        explained = item.outside if whole.sentence is not item.sentence else ""
        adverbial = subjects.adverbial(before.clause) if before and before.sentence is item.sentence else ""
        item.subject = subjects.join(item.label, explained, adverbial, whole.subject)
    item.unit = item.unit or whole.unit
    item.as_of, item.period = item.as_of or whole.as_of, item.period or whole.period
    item.cumulative = item.cumulative if whole.cumulative is None else whole.cumulative
    item.status = whole.status if item.status is Status.RESULT else item.status


def _label(item: Found, whole: Found) -> str:
    unit = item.unit or whole.unit
    bare = re.sub(rf"(?i)\b{re.escape(unit)}\b", " ", item.label) if unit else item.label
    return " ".join(bare.split()) or item.label


def _needs_whole(item: Found, whole: Found) -> bool:
    """Say whether a part's own words leave open what is counted."""
    return not item.quantity.unit or len(_label(item, whole).split()) < 4


def _name_bare(item: Found, last: dict[str, Found]) -> None:
    """Give a figure whose clause names nothing the subject of the one before it, or what its bracket explains."""
    if item.sentence.text[: item.quantity.start].endswith("/") and (part := last.get(_ANY)) is not None:
        item.subject = part.subject  # "214 triệu đồng/289 triệu đồng": what it is of counts the same
        return
    if item.unit.startswith(_POINTS) and (rate := last.get(_RATES)) is not None and rate.sentence is item.sentence:
        item.subject = rate.subject
        return
    if item.outside and item.quantity.kind is not Kind.PERCENT and len(item.label.split()) < _OWN_WORDS:
        item.subject = subjects.join(item.label, item.outside)
        return
    own = item.label.lower().replace(item.unit.lower(), "").strip() if item.unit else item.label
    # A rate is that of the number right before it, be that a part: "nữ 562 đồng chí (chiếm 40,4%)".
    near = last.get(_ANY) if _adjoins(last.get(_ANY), item) else last.get("")
    earlier = last.get(item.unit.split(" ")[0].lower()) if item.quantity.kind is not Kind.PERCENT else near
    if item.quantity.kind is Kind.PERCENT:
        item.subject = _rate(item)
        if earlier and len(own.split()) < _OWN_WORDS and earlier.sentence.passage is item.sentence.passage:
            of = earlier.whole.subject if earlier.whole else ""
            item.subject = subjects.join(item.subject, _counted(item, earlier), of)
    elif len(own.split()) <= _BARE_WORDS and earlier is not None and earlier.sentence.passage is item.sentence.passage:
        counted = _counted(item, earlier)
        said = set(item.subject.lower().split()) <= set(counted.lower().split())
        item.subject = counted if said else subjects.join(item.subject, counted)
        item.unit = item.unit or ("" if own else earlier.unit)
    elif not own:
        item.subject = subjects.join(item.subject, item.label)
    elif len(own.split()) <= _VERB_WORDS and (agent := last.get("")) and agent.sentence is item.sentence:
        item.subject = subjects.join(item.subject, _counted(item, agent))


def _counted(item: Found, earlier: Found) -> str:
    """Return what an earlier figure counts, as far as a later one that leaves it out can count the same."""
    return contrasts.without_excluded(earlier.subject, f"{item.clause} {item.label}")


def _adjoins(before: Found | None, item: Found) -> bool:
    """Say whether only a bracket or a word that leads to a rate stands between a number and the rate behind it."""
    if before is None or before.sentence is not item.sentence:
        return False
    return bool(_LEADS_TO_RATE.fullmatch(item.sentence.text, before.quantity.end, item.quantity.start))


def _rate(item: Found) -> str:
    """Return a percentage's subject: what it is a rate of, or how much that changed."""
    change = re.search(r"\b(tăng|giảm)(?:\s+(?:hơn|khoảng|gần))?\s*$", item.sentence.text[: item.quantity.start], re.I)
    word = change[1].lower() if change else "tỷ lệ"
    return item.subject if item.subject.lower().startswith(word) else f"{word} {item.subject}".strip()


def _in_table(table: Table, rows: Sequence[TextSentence], times: Sequence[TimeMention | None]) -> list[Found]:
    """Return a table's figures; a row's are part of its group's or the total's, the total's own of a last sum's."""
    by_row = [_in_row(table, row, sentence) for row, sentence in zip(table.all_rows, rows, strict=True)]
    for items in by_row:
        for item, time in zip(items, times, strict=True):
            item.period = time.period if time else None
    for items, above in zip(by_row, table.wholes(), strict=False):
        for item, whole in zip(items, by_row[above] if above is not None else (), strict=False):
            item.whole = whole if item.quantity.kind is not Kind.PERCENT else None
    if table.total is not None:
        totals = by_row[-1]
        if table.columns[-1].sums:
            for item in totals[:-1]:
                item.whole = totals[-1] if item.quantity.kind is totals[-1].quantity.kind else None
    return [item for items in by_row for item in items]


def _in_row(table: Table, row: Row, sentence: TextSentence) -> list[Found]:
    found: list[Found] = []
    for cell in row.cells:
        column = table.columns[cell.column]
        unit = column.unit or row.unit
        start = sentence.passage.starts[_line_index(sentence, cell.line)] - sentence.start
        at, end = start + cell.start, start + cell.end
        exact = column.kind is Kind.COUNT or unit == "đồng"
        quantity = Quantity(at, end, at, end, cell.value, cell.step, column.kind, unit, exact=exact)
        item = Found(sentence, quantity, (), unit=unit, label=row.label)
        item.subject = f"{row.label} {column.name}".strip()
        item.status = meaning.status_of(quantity, (), "", sentence.passage.heading)
        found.append(item)
    return found


def _line_index(sentence: TextSentence, line: PrintedLine) -> int:
    return next(i for i, known in enumerate(sentence.passage.lines) if known.line.number == line.line.number)


def _records(found: Sequence[Found], context: Context) -> tuple[Figure, ...]:
    ids = {id(item): name for item, name in zip(found, figure_ids(found, context.digest), strict=True)}
    return tuple(_record(item, ids, context) for item in found)


def _record(item: Found, ids: dict[int, str], context: Context) -> Figure:
    quantity, sentence = item.quantity, item.sentence
    printed = sentence.line_at(quantity.at)
    return Figure(
        id=ids[id(item)],
        value=quantity.value,
        denominator=quantity.denominator,
        upper=quantity.upper,
        kind=quantity.kind,
        unit=item.unit,
        qualifier=quantity.qualifier,
        interval=interval(quantity),
        subject=item.subject,
        dimensions=item.dimensions,
        as_of=item.as_of,
        period=item.period,
        cumulative=item.cumulative,
        status=item.status,
        part_of=item.whole.quantity.value if item.whole else None,
        whole=ids[id(item.whole)] if item.whole else None,
        in_words=item.in_words,
        footnote=item.footnote,
        confidence=_confidence(item),
        place=Place(sentence=sentence.number, start=quantity.at, end=quantity.numeral_end),
        evidence=printed.evidence(context.document, sentence.text),
    )


def _confidence(item: Found) -> float:
    """Return 1 for a figure whose unit and subject are known, less for each that is not, least in a flattened table.

    A numeral or unit that may have been read wrongly ("13" for "là") makes no figure surer than it is itself. Where
    only the marks of a unit are in doubt ("tỉnh" or "tính"), the figure is not: units are compared without them, and
    of 33 such figures of our garbled documents every value was right.
    """
    meant = FLATTENED if item.flattened else 1.0 - 0.2 * (not item.unit) - 0.2 * (not item.subject)
    quantity = item.quantity
    doubts = (d for d in item.sentence.doubts if d.start < quantity.end and d.end > quantity.start)
    read = (d.confidence for d in doubts if d.start < quantity.numeral_end or not _of_marks(d, item.sentence.text))
    return min([meant, *read])


def _of_marks(doubt: Doubt, text: str) -> bool:
    """Say whether all readings of a doubtful word have the same letters."""
    word = fold(text[doubt.start : doubt.end])
    return all(fold(other) == word for other in doubt.others)
