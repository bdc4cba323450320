"""One document's reading to its records: the `extract` stage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.extract import citations, components, dates, figures, passages, printed, sentences, tables
from pipeline.extract.passages import Level, Passage
from pipeline.extract.printed import PrintedLine
from pipeline.extract.sentences import TextSentence
from pipeline.extract.tables import Row, Table
from pipeline.models import Extraction, Reading

_ID_DIGITS = 8


def extract(reading: Reading) -> Extraction:
    """Return everything that one document states: its components, sentences, figures and citations.

    The reading should have been through the `normalize` stage: footnote marks are taken to be superscript digits.
    """
    known = printed.habits(reading)
    lines = printed.printed_lines(reading, known)
    ruled = tables.find(lines)
    joined = _passages(lines, ruled, known)
    parts = components.extract(reading.document, joined, lines)
    texts, rows = _texts(joined, ruled)
    year = parts.date.year if parts.date else _latest_year(texts)
    context = figures.Context(reading.document, reading.digest[:_ID_DIGITS], parts.date, year)
    return Extraction(
        document=reading.document,
        components=parts,
        sentences=tuple(sentence.record() for sentence in texts),
        figures=figures.extract(texts, rows, context),
        citations=citations.extract(reading.document, texts),
    )


def _latest_year(texts: Sequence[TextSentence]) -> int | None:
    """Return the latest year in which a document dates something: it is younger, but rarely by a year."""
    years = [mention.date.year for text in texts for mention in dates.find(text.text)]
    return max(years, default=None)


def _row_lines(ruled: Sequence[Table]) -> set[int]:
    return {line.line.number for table in ruled for row in (*table.rows, table.total) for line in row.lines}


def _passages(lines: Sequence[PrintedLine], ruled: Sequence[Table], known: printed.Habits) -> list[Passage]:
    """Join the lines between table rows; every row is a passage of its own."""
    rows = _row_lines(ruled)
    joined: list[Passage] = []
    run: list[PrintedLine] = []
    for line in lines:
        if line.line.number in rows:
            joined += passages.join(run, known)
            run = []
            joined.append(Passage(line.text, (0,), (line,), Level.TEXT))
        else:
            run.append(line)
    return passages.with_headings([*joined, *passages.join(run, known)])


def _texts(
    joined: Sequence[Passage], ruled: Sequence[Table]
) -> tuple[list[TextSentence], list[tuple[Table, list[TextSentence]]]]:
    """Return all sentences in order, and for each table the sentences of its rows, the total last."""
    rows = _row_lines(ruled)
    texts: list[TextSentence] = []
    at_line: dict[int, TextSentence] = {}
    for passage in joined:
        number = passage.lines[0].line.number
        if number in rows:
            at_line[number] = TextSentence(len(texts), passage.text, 0, passage)
            texts.append(at_line[number])
        else:
            texts += [replace(s, number=len(texts) + i) for i, s in enumerate(sentences.split([passage]))]
    return texts, [(table, [_sentence(row, at_line) for row in (*table.rows, table.total)]) for table in ruled]


def _sentence(row: Row, at_line: dict[int, TextSentence]) -> TextSentence:
    return at_line[row.cells[0].line.line.number]
