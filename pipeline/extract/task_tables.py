"""Tasks in tables: columns for the task, who leads, who helps, by when, and what comes out.

In a ruled table the header names the columns; a cell that reaches over several rows holds for each of them, and a
row that a page break cut in two is put together. Where a table was read as lines of text, its columns are seen from
the boxes of its words; bare text has lost them, and in each of its rows the first office ends the task and the time
the offices.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
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


def in_text(rows: Sequence[IndicatorRow], clock: Clock) -> list[Given]:
    """Return the tasks of tables that were read line by line, as far as their rows can still be told apart."""
    found: list[Given] = []
    for header, body in _tables(rows):
        found += _by_columns(header, body, clock) or _by_words(header, body, clock)
    return found


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
    """Read rows of bare text: the first office ends the task, the time ends the offices."""
    if not re.search(r"chủ trì|thực hiện|phụ trách|đầu mối", " ".join(line.text for line in header.lines).lower()):
        return []
    texts = ((row.lines, " ".join(line.text.replace("|", " ") for line in row.lines)) for row in body)
    found = [given for lines, text in texts if (given := _flat(lines, text, clock))]
    return [_completed(given, _known(found)) for given in found]


def _flat(lines: Sequence[PrintedLine], text: str, clock: Clock) -> Given | None:
    mark = _ROW_MARK.match(text)
    body = " ".join(text[mark.end() if mark else 0 :].split())
    by = deadlines.last_in_row(body, clock)
    before = body[: by.start] if by else body
    start = next((m.start() for m in _NAME.finditer(before) if m.start() and _begins_office(before, m.start())), None)
    if start is None:
        return None
    named = offices.leading(before, start)
    lead = named.names if named else ()
    rest = f"{before[named.end :] if named else ''} {body[by.end :] if by else ''}"
    task = " ".join(f"{before[:start]} {rest}".split())
    return Given(task, lines[0], Terms(lead, (), by), text)


def _begins_office(text: str, at: int) -> bool:
    return text[at].isupper() and offices.leading(text, at) is not None


def _known(found: Sequence[Given]) -> frozenset[str]:
    return frozenset(name for given in found for name in given.terms.lead)


def _completed(given: Given, known: frozenset[str]) -> Given:
    """Put the end of an office's name back that stands on its row's next line, where the name is known in full."""
    for name in given.terms.lead:
        for full in sorted(known, key=len, reverse=True):
            end = full[len(name) :].strip()
            if full.startswith(name) and end and given.text.endswith(end):
                lead = tuple(full if n == name else n for n in given.terms.lead)
                return replace(given, text=given.text[: -len(end)].strip(), terms=replace(given.terms, lead=lead))
    return given
