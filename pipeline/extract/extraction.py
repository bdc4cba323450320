"""One document's reading to its records: the `extract` stage."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from pipeline.extract import (
    citations,
    components,
    dates,
    figures,
    indicator_tables,
    passages,
    periods,
    printed,
    sentences,
    tables,
)
from pipeline.extract.indicator_tables import IndicatorRow
from pipeline.extract.meaning import Context
from pipeline.extract.passages import Level, Passage
from pipeline.extract.printed import PrintedLine
from pipeline.extract.sentences import TextSentence
from pipeline.extract.tables import Table
from pipeline.models import Extraction, Reading

_ID_DIGITS = 8


def extract(reading: Reading) -> Extraction:
    """Return everything that one document states: its components, sentences, figures and citations.

    The reading should have been through the `normalize` stage: footnote marks are taken to be superscript digits.
    """
    known = printed.habits(reading)
    lines = printed.printed_lines(reading, known)
    ruled = tables.find(lines)
    indicators = indicator_tables.find(lines)
    groups = _groups(ruled, indicators)
    joined = _passages(lines, groups, known)
    parts = components.extract(reading.document, joined, lines)
    texts, rows = _texts(joined, groups)
    year = parts.date.year if parts.date else _latest_year(texts)
    spans = (mention for mention in periods.find(parts.subject or "", parts.date, year) if mention.first)
    context = Context(reading.document, reading.digest[:_ID_DIGITS], parts.date, year, next(spans, None))
    return Extraction(
        document=reading.document,
        components=parts,
        sentences=tuple(sentence.record() for sentence in texts),
        figures=figures.extract(texts, _layout(ruled, indicators, rows, texts), context),
        citations=citations.extract(reading.document, texts),
    )


def _latest_year(texts: Sequence[TextSentence]) -> int | None:
    """Return the latest year in which a document dates things: it is younger, but rarely by a year.

    A year that stands in one date only may be a slip of the pen.
    """
    years = Counter(mention.date.year for text in texts for mention in dates.find(text.text))
    return max((year for year, times in years.items() if times > 1), default=max(years, default=None))


def _groups(ruled: Sequence[Table], indicators: Sequence[IndicatorRow]) -> dict[int, tuple[PrintedLine, ...]]:
    """Return the lines of every table row by the number of its first line."""
    rows = [row.lines for table in ruled for row in table.all_rows]
    rows += [table.header for table in ruled if table.header]
    taken = {line.line.number for lines in rows for line in lines}
    rows += [row.lines for row in indicators if not any(line.line.number in taken for line in row.lines)]
    return {lines[0].line.number: lines for lines in rows}


def _passages(
    lines: Sequence[PrintedLine], groups: Mapping[int, tuple[PrintedLine, ...]], known: printed.Habits
) -> list[Passage]:
    """Join the lines between table rows; every row is a passage of its own."""
    grouped = {line.line.number for group in groups.values() for line in group}
    joined: list[Passage] = []
    run: list[PrintedLine] = []
    for line in lines:
        if line.line.number in groups:
            joined += passages.join(run, known)
            run = []
            joined.append(passages.row(groups[line.line.number]))
        elif line.line.number not in grouped:
            run.append(line)
    return passages.with_headings([*joined, *passages.join(run, known)])


def _texts(
    joined: Sequence[Passage], groups: Mapping[int, tuple[PrintedLine, ...]]
) -> tuple[list[TextSentence], dict[int, TextSentence]]:
    """Return all sentences in order, and those that are table rows by the number of their first line."""
    texts: list[TextSentence] = []
    rows: dict[int, TextSentence] = {}
    for passage in joined:
        number = passage.lines[0].line.number
        if number in groups:
            rows[number] = TextSentence(len(texts), passage.text, 0, passage)
            texts.append(rows[number])
        else:
            texts += [replace(s, number=len(texts) + i) for i, s in enumerate(sentences.split([passage]))]
    return texts, rows


def _layout(
    ruled: Sequence[Table],
    indicators: Sequence[IndicatorRow],
    rows: Mapping[int, TextSentence],
    texts: Sequence[TextSentence],
) -> figures.Layout:
    labels = {row.lines[0].line.number: row.label for row in indicators}
    labels |= {table.header[0].line.number: "" for table in ruled if table.header}
    return figures.Layout(
        ruled=tuple((t, tuple(_at(row.lines, rows) for row in t.all_rows)) for t in ruled),
        labels={rows[number].number: label for number, label in labels.items() if number in rows},
        silent=_recipients(texts),
    )


def _recipients(texts: Sequence[TextSentence]) -> frozenset[int]:
    """Return the sentences of the list of recipients (Nơi nhận): its numbers count copies, not what is reported."""
    silent: set[int] = set()
    listing = False
    for text in texts:
        listing = text.text.startswith("Nơi nhận") or (listing and text.passage.level is Level.DASH)
        if listing:
            silent.add(text.number)
    return frozenset(silent)


def _at(lines: Sequence[PrintedLine], rows: Mapping[int, TextSentence]) -> TextSentence:
    return rows[lines[0].line.number]
