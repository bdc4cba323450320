"""One document's reading to its records: the `extract` stage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pipeline.extract import citations, components, figures, passages, printed, sentences, tables
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
    parts = components.extract(reading.document, lines)
    ruled = tables.find(lines)
    texts, rows = _texts(lines, ruled, known)
    context = figures.Context(reading.document, reading.digest[:_ID_DIGITS], parts.date)
    return Extraction(
        document=reading.document,
        components=parts,
        sentences=tuple(sentence.record() for sentence in texts),
        figures=figures.extract(texts, rows, context),
        citations=citations.extract(reading.document, texts),
    )


def _texts(
    lines: Sequence[PrintedLine], ruled: Sequence[Table], known: printed.Habits
) -> tuple[list[TextSentence], list[tuple[Table, list[TextSentence]]]]:
    """Return all sentences in order, table rows among them, and for each table the sentences of its rows, total last."""
    starts = {line.line.number: row for table in ruled for row in (*table.rows, table.total) for line in row.lines}
    joined: list[Passage] = []
    run: list[PrintedLine] = []
    for line in lines:
        if line.line.number in starts:
            joined += passages.join(run, known)
            run = []
            joined.append(Passage(line.text, (0,), (line,), Level.TEXT))
        else:
            run.append(line)
    joined += passages.join(run, known)
    texts: list[TextSentence] = []
    at_line: dict[int, TextSentence] = {}
    for passage in passages.with_headings(joined):
        number = passage.lines[0].line.number
        if number in starts:
            row = TextSentence(len(texts), passage.text, 0, passage)
            at_line[number] = row
            texts.append(row)
            continue
        texts += [replace(s, number=len(texts) + i) for i, s in enumerate(sentences.split([passage]))]
    return texts, [(table, [_sentence(row, at_line) for row in (*table.rows, table.total)]) for table in ruled]


def _sentence(row: Row, at_line: dict[int, TextSentence]) -> TextSentence:
    return at_line[row.cells[0].line.line.number]
