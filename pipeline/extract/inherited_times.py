"""Times that a figure's own sentence leaves to what stands above it: a table's head, a heading, a sentence.

"Kết quả, …" reports on the time that the sentence before it states. A table's columns have the years that stand in its
head in the same order, or all of them the one of its title; a section that plans for a year plans every figure for it.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from pipeline.extract import meaning, periods
from pipeline.extract.found import Found
from pipeline.extract.meaning import Context
from pipeline.extract.passages import Level
from pipeline.extract.periods import TimeMention
from pipeline.extract.sentences import TextSentence
from pipeline.models import Status

_RESULT = re.compile(r"(?:Kết quả|Qua đó|Theo đó|Trong đó)\b")
_ABOVE = 10  # sentences between a table's title and its first row; each line of a head is one
_HEAD_LENGTH = 120


def from_sentence_before(by_sentence: Sequence[tuple[TextSentence, list[Found]]], context: Context) -> None:
    """Give the figures of a sentence "Kết quả, …" the time of the sentence before it, where it states none itself."""
    for (before, _), (sentence, items) in itertools.pairwise(by_sentence):
        if before.passage is not sentence.passage or not _RESULT.match(sentence.text):
            continue
        if any(item.as_of or item.period for item in items) or meaning.times(sentence.text, context):
            continue
        stated = [time for time in meaning.times(before.text, context) if time.as_of or time.period]
        for item in items if stated else ():
            _date(item, stated[-1])
            item.cumulative = True if stated[-1].as_of else item.cumulative


def from_lead(by_sentence: Sequence[tuple[TextSentence, list[Found]]], context: Context) -> None:
    """Give the items of a list the time that the sentence states which leads to it: "Phấn đấu đến ngày 31/12:"."""
    lead: TextSentence | None = None
    stated: TimeMention | None = None
    for sentence, items in by_sentence:
        level = sentence.passage.level
        if sentence.passage.mark is not None:
            continue
        if sentence.text.rstrip().endswith(":"):
            # A sentence with figures of its own gives its parts their time.
            times = [] if items else meaning.times(sentence.text, context)
            lead, stated = sentence, next((time for time in reversed(times) if time.as_of or time.period), None)
        elif lead is not None and (
            level is Level.TEXT or level <= Level.ROMAN or level <= lead.passage.level < Level.TEXT
        ):
            lead = stated = None
        elif stated is not None:
            for item in items:
                if not (item.as_of or item.period or item.plan):
                    _date(item, stated)


def from_heading(items: Sequence[Found], context: Context) -> None:
    """Give planned figures the period that the nearest heading above them states."""
    for item in items:
        if item.status is Status.TARGET and not (item.as_of or item.period):
            for heading in reversed(item.sentence.passage.heading):
                if (time := _planned_time(heading, context)) is not None:
                    _date(item, time)
                    break


def column_times(above: Sequence[TextSentence], columns: int, context: Context) -> list[TimeMention | None]:
    """Return the time of each column of numbers of a table, by what stands above its first row."""
    for sentence in reversed(above[-_ABOVE:]):
        if len(sentence.text) <= _HEAD_LENGTH:
            stated = [time for time in meaning.times(sentence.text, context) if time.period]
            if len(stated) == columns > 1:
                return list(stated)
    return [title_time(above, context)] * columns


def title_time(above: Sequence[TextSentence], context: Context) -> TimeMention | None:
    """Return the period that a table's title, set in capitals, states."""
    for sentence in reversed(above[-_ABOVE:]):
        if sentence.text.isupper() and (time := _period(sentence.text, context)) is not None:
            return time
    return None


def titles(above: Sequence[TextSentence]) -> tuple[str, ...]:
    """Return what is set in capitals above a table, as headings are."""
    return tuple(sentence.text for sentence in above[-_ABOVE:] if sentence.text.isupper())


def _period(text: str, context: Context) -> TimeMention | None:
    return next((time for time in periods.find(text, context.date, context.year) if time.period), None)


def _planned_time(heading: str, context: Context) -> TimeMention | None:
    """Return the period that a heading states, or the moment by which a goal is to be reached: "đến năm 2030"."""
    stated = periods.find(heading, context.date, context.year)
    by = (time for time in stated if time.as_of and context.date and time.as_of > context.date)
    return _period(heading, context) or next(by, None)


def _date(item: Found, time: TimeMention) -> None:
    item.as_of, item.period = time.as_of, time.period
