"""One document's reading to its records: the `extract` stage."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from pipeline.extract import (
    abbreviations,
    citations,
    components,
    data_tables,
    dates,
    figures,
    indicator_tables,
    passages,
    periods,
    printed,
    ruled_figures,
    ruled_tables,
    sentences,
    tables,
    tasks,
)
from pipeline.extract.data_tables import key
from pipeline.extract.indicator_tables import IndicatorRow
from pipeline.extract.meaning import Context
from pipeline.extract.passages import Level, Passage
from pipeline.extract.printed import PrintedLine
from pipeline.extract.ruled_tables import RuledTable
from pipeline.extract.sentences import TextSentence
from pipeline.extract.tables import Table
from pipeline.models import Extraction, Figure, Grade, Reading, TextSource

_ID_DIGITS = 8
_UNSURE = 0.4  # such figures are kept, and not compared


def extract(reading: Reading) -> Extraction:
    """Return everything that one document states: its components, sentences, figures, citations, tasks, tables.

    The reading should have been through the `normalize` stage: footnote marks are taken to be superscript digits.
    """
    known = printed.habits(reading)
    lines = printed.printed_lines(reading, known)
    found = _tables(reading, lines)
    joined = _passages(lines, found, known)
    parts = components.extract(reading.document, joined, lines)
    texts, rows = _texts(joined, found)
    year = parts.date.year if parts.date else _latest_year(texts)
    spans = (mention for mention in periods.find(parts.subject or "", parts.date, year) if mention.first)
    context = Context(reading.document, reading.digest[:_ID_DIGITS], parts.date, year, next(spans, None))
    counted = _with_unsure_tables(
        figures.extract(texts, _layout(found, rows, texts, context), context), reading, found.ruled
    )
    return Extraction(
        document=reading.document,
        components=parts,
        part=reading.part,
        sentences=tuple(sentence.record() for sentence in texts),
        figures=counted,
        citations=citations.extract(reading.document, texts),
        tasks=tasks.extract(tasks.TaskSources(joined, found.ruled, found.indicators), parts, year),
        abbreviations=abbreviations.extract(reading.document, texts),
        tables=data_tables.extract(found.ruled, found.summed, joined, _numbers(rows, counted)),
    )


def _with_unsure_tables(found: Sequence[Figure], reading: Reading, ruled: Sequence[RuledTable]) -> tuple[Figure, ...]:
    """Lower the confidence of figures in tables that were not read well: heads of rows may be another's.

    These are all tables of poor pages, and the rows and tables whose heads were not read surely.
    """
    unsure = {number for table in ruled for number in table.unsure_lines}
    unsure |= {
        number
        for page in reading.pages
        if page.source is TextSource.RECOGNISED and page.grade and page.grade.grade in (Grade.FAIR, Grade.POOR)
        for table in page.tables
        for cell in table.cells
        for number in cell.lines
    }
    return tuple(
        figure.model_copy(update={"confidence": min(figure.confidence, _UNSURE)})
        if figure.evidence.line in unsure
        else figure
        for figure in found
    )


@dataclass(frozen=True)
class _Tables:
    """A document's tables: those that rulings show, and those that only the text shows, with a total or without."""

    ruled: Sequence[RuledTable]
    summed: Sequence[Table]
    indicators: Sequence[IndicatorRow]

    def groups(self) -> dict[int, tuple[PrintedLine, ...]]:
        """Return the lines of every row of the text's tables by the number of its first line."""
        rows = [row.lines for table in self.summed for row in table.all_rows]
        rows += [table.header for table in self.summed if table.header]
        taken = {line.line.number for lines in rows for line in lines}
        rows += [row.lines for row in self.indicators if not any(line.line.number in taken for line in row.lines)]
        return {lines[0].line.number: lines for lines in rows}

    def whole(self) -> frozenset[_Key]:
        """Return the passages that are no sentences and must not be cut into any."""
        rows = [passage for table in self.ruled for passage in table.whole]
        return frozenset(map(key, [*rows, *map(passages.row, self.groups().values())]))


_Key = tuple[int, str]


def _numbers(rows: Mapping[_Key, TextSentence], counted: Sequence[Figure]) -> data_tables.Numbers:
    by_sentence: defaultdict[int, list[Figure]] = defaultdict(list)
    for figure in counted:
        by_sentence[figure.place.sentence].append(figure)
    return data_tables.Numbers(rows, by_sentence)


def _tables(reading: Reading, lines: Sequence[PrintedLine]) -> _Tables:
    ruled = ruled_tables.find(reading, lines)
    in_cells = frozenset(number for table in ruled for number in table.lines)
    loose = [line for line in lines if line.line.number not in in_cells]
    return _Tables(ruled, tables.find(loose), indicator_tables.find(loose))


def _latest_year(texts: Sequence[TextSentence]) -> int | None:
    """Return the latest year in which a document dates things: it is younger, but rarely by a year.

    A year that stands in one date only may be a slip of the pen.
    """
    years = Counter(mention.date.year for text in texts for mention in dates.find(text.text))
    return max((year for year, times in years.items() if times > 1), default=max(years, default=None))


def _passages(lines: Sequence[PrintedLine], found: _Tables, known: printed.Habits) -> list[Passage]:
    """Join the lines between table rows; every row is a passage of its own."""
    rows: dict[int, Sequence[Passage]] = {number: [passages.row(group)] for number, group in found.groups().items()}
    for table in found.ruled:
        # Tables side by side begin on the same line.
        first = min(table.lines)
        rows[first] = [*rows.get(first, ()), *table.passages]
    taken = {line.line.number for group in found.groups().values() for line in group}
    taken |= {number for table in found.ruled for number in table.lines}
    joined: list[Passage] = []
    run: list[PrintedLine] = []
    for line in lines:
        if line.line.number in rows:
            joined += passages.join(run, known)
            run = []
            joined += rows[line.line.number]
        elif line.line.number not in taken:
            run.append(line)
    return passages.with_headings([*joined, *passages.join(run, known)])


def _texts(joined: Sequence[Passage], found: _Tables) -> tuple[list[TextSentence], dict[_Key, TextSentence]]:
    """Return all sentences in order, and those that are whole table rows."""
    texts: list[TextSentence] = []
    rows: dict[_Key, TextSentence] = {}
    whole = found.whole()
    for passage in joined:
        if key(passage) in whole:
            rows[key(passage)] = TextSentence(len(texts), passage.text, 0, passage)
            texts.append(rows[key(passage)])
        else:
            texts += [replace(s, number=len(texts) + i) for i, s in enumerate(sentences.split([passage]))]
    return texts, rows


def _layout(
    found: _Tables, rows: Mapping[_Key, TextSentence], texts: Sequence[TextSentence], context: Context
) -> figures.Layout:
    labels = {key(passages.row(row.lines)): row.label for row in found.indicators}
    labels |= {key(passages.row(table.header)): "" for table in found.summed if table.header}
    in_ruled = [passage for table in found.ruled for passage in table.whole]
    in_cells = [
        item
        for table in found.ruled
        for item in ruled_figures.extract(table, [rows[key(row.passage)] for row in table.rows], context)
    ]
    return figures.Layout(
        ruled=tuple((t, tuple(rows[key(passages.row(r.lines))] for r in t.all_rows)) for t in found.summed),
        labels={rows[key].number: label for key, label in labels.items() if key in rows},
        in_cells=in_cells,
        silent=_recipients(texts) | {rows[key(passage)].number for passage in in_ruled},
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
