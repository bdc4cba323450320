"""Tasks in tables: columns for the task, who leads, who helps, by when, and what comes out.

In a ruled table the header names the columns; a cell that reaches over several rows holds for each of them, and a
row that a page break cut in two is put together. Where a table was read as lines of text, its columns are seen from
the boxes of its words; bare text has lost them, and in each of its rows the first office ends the task and the time
the offices.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace

from pipeline.extract import deadlines, offices, task_labels, text_columns
from pipeline.extract.deadlines import Clock
from pipeline.extract.indicator_tables import IndicatorRow
from pipeline.extract.printed import PrintedLine
from pipeline.extract.ruled_tables import GridCell, RuledTable
from pipeline.extract.task_labels import Term
from pipeline.extract.task_terms import Given, Terms

_ROW_MARK = re.compile(r"[\s|]*\d{1,3}[.)]?[\s|]+")
_SECTION_MARK = re.compile(r"[IVXLC]{1,6}[.)]?|[A-HĐ][.)]?")
_NOTHING = re.compile(r"[-–—./\s]*")
_NAME = re.compile(r"[^\W\d_]+")


def in_ruled(tables: Iterable[RuledTable], clock: Clock) -> list[Given]:
    """Return the tasks of ruled tables, row by row."""
    found: list[Given] = []
    for table in tables:
        columns = _columns(table)
        if Term.TASK in columns and (Term.LEAD in columns or Term.SUPPORT in columns):
            found += [given for row in _rows(table, columns) if (given := row.given(clock))]
    return found


def _columns(table: RuledTable) -> Mapping[Term, int]:
    """Return which column holds what; of several of one kind the first."""
    known = ((task_labels.column(names), column) for column, names in sorted(table.names.items()) if names)
    columns: dict[Term, int] = {}
    for term, column in known:
        if term:
            columns.setdefault(term, column)
    return columns


@dataclass(frozen=True)
class _Row:
    """A row's mark (STT), what its cells say, and the line on which the task's cell begins."""

    mark: str
    said: Mapping[Term, str]
    line: PrintedLine

    def given(self, clock: Clock) -> Given | None:
        """Return the task of the row; None if no one is charged with it: a row that heads others."""
        lead, support = offices.listed(self.said.get(Term.LEAD, "")), offices.listed(self.said.get(Term.SUPPORT, ""))
        if not (lead or support) or _SECTION_MARK.fullmatch(self.mark):
            return None
        by = deadlines.whole(self.said.get(Term.DEADLINE, ""), clock)
        terms = Terms(lead, support, by, self.said.get(Term.TARGET) or None)
        return Given(self.said[Term.TASK], self.line, terms, " | ".join(self.said.values()))


def _rows(table: RuledTable, columns: Mapping[Term, int]) -> list[_Row]:
    rows: list[_Row] = []
    at = columns[Term.TASK]
    for cells in table.body:
        task = cells.get(at)
        if task is None or not task.pieces or task.right - task.left > 1:
            continue
        mark = cells[0].text if at > 0 and 0 in cells else ""
        said = {term: _text(cells.get(column)) for term, column in columns.items()}
        row = _Row(mark, said, task.pieces[0].line)
        if rows and at > 0 and not mark and task.text[:1].islower():
            rows[-1] = _put_together(rows[-1], row)
        else:
            rows.append(row)
    return rows


def _text(cell: GridCell | None) -> str:
    text = cell.text if cell else ""
    return "" if _NOTHING.fullmatch(text) else text


def _put_together(row: _Row, rest: _Row) -> _Row:
    """Return a row with what stands of it on the next page; a cell that reaches over both is said once."""
    said = {
        term: text if rest.said[term] == text else f"{text} {rest.said[term]}".strip()
        for term, text in row.said.items()
    }
    return replace(row, said=said)


def in_text(rows: Sequence[IndicatorRow], known: Iterable[str], clock: Clock) -> list[Given]:
    """Return the tasks of tables that were read line by line, as far as their rows can still be told apart.

    `known` are offices that the document names elsewhere: they tell where a name ends that runs over two lines.
    """
    found: list[Given] = []
    for header, body in _tables(rows):
        found += _by_columns(header, body, clock) or _by_words(header, body, clock)
    names = {*known, *(name for given in found for name in given.terms.lead)}
    return [_completed(given, names) for given in found]


def _tables(rows: Sequence[IndicatorRow]) -> Iterator[tuple[IndicatorRow, Sequence[IndicatorRow]]]:
    """Yield each header with its rows of text."""
    heads = [index for index, row in enumerate(rows) if row.label == ""]
    for index, after in itertools.pairwise([*heads, len(rows)]):
        yield rows[index], [row for row in rows[index + 1 : after] if row.label is None]


def _by_columns(header: IndicatorRow, body: Sequence[IndicatorRow], clock: Clock) -> list[Given]:
    """Read rows whose words have boxes: their columns are seen, and the header names them."""
    columns = text_columns.starts([line for row in body for line in row.lines])
    names = text_columns.cells(header.lines, columns)
    known = {term: at for at in reversed(range(len(names))) if (term := task_labels.column([names[at]]))}
    if Term.TASK not in known or Term.LEAD not in known:
        return []
    found: list[Given] = []
    for row in body:
        said = text_columns.cells(row.lines, columns)
        cells = {term: said[at] for term, at in known.items()}
        given = _Row("", cells, row.lines[0]).given(clock)
        found += [given] if given and cells[Term.TASK] else []
    return found


def _by_words(header: IndicatorRow, body: Sequence[IndicatorRow], clock: Clock) -> list[Given]:
    """Read rows of bare text: on a row's first line an office ends the task, and the time ends the office.

    Rows that name two lists of offices cannot be told apart so.
    """
    names = " ".join(line.text for line in header.lines).lower()
    if "phối hợp" in names or not re.search(r"chủ trì|thực hiện|phụ trách|đầu mối", names):
        return []
    return [given for row in body if (given := _flat(row.lines, clock))]


def _flat(lines: Sequence[PrintedLine], clock: Clock) -> Given | None:
    texts = [" ".join(line.text.replace("|", " ").replace("_", " ").split()) for line in lines]
    mark = _ROW_MARK.match(texts[0])
    first = texts[0][mark.end() if mark else 0 :]
    by = deadlines.last_in_row(" ".join([first, *texts[1:]]), clock)
    first = deadlines.before_time(first, clock)
    heads = (offices.leading(first, m.start()) for m in _NAME.finditer(first) if m.start() and m[0][0].isupper())
    named = next((office for office in heads if office and first[office.end :].strip(" ,") in ("", "và")), None)
    if named is None:
        return None
    rest = " ".join(deadlines.before_time(text, clock) for text in texts[1:])
    task = " ".join(f"{first[: named.start]} {rest}".split())
    lead = offices.listed(first[named.start :])
    return Given(task, lines[0], Terms(lead, (), by), " ".join(texts))


def _completed(given: Given, known: Set[str]) -> Given:
    """Put the end of an office's name back that stands on its row's next line, where the name is known in full."""
    for name in given.terms.lead:
        for full in sorted(known, key=len, reverse=True):
            end = full[len(name) :].strip()
            if full.startswith(name) and end and given.text.endswith(end):
                lead = tuple(full if n == name else n for n in given.terms.lead)
                return replace(given, text=given.text[: -len(end)].strip(), terms=replace(given.terms, lead=lead))
    return given
