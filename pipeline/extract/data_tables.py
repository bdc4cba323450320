"""Tables as data: title, unit, the names of the columns, and each row with its head and cells.

The tables are those that pages show (`ruled_tables`) and those that only the text shows (`tables`). Their numbers are
the document's figures; a cell names its own.
"""

from __future__ import annotations

import re
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass

from pipeline.extract import passages
from pipeline.extract.passages import Level, Passage
from pipeline.extract.printed import PrintedLine
from pipeline.extract.ruled_tables import GridCell, RuledRow, RuledTable
from pipeline.extract.sentences import TextSentence
from pipeline.extract.tables import Row, Table
from pipeline.models import DataCell, DataRow, DataTable, Figure

_LEVELS = " / "
_UNIT_LINE = re.compile(r"\(?\s*(?:Đơn vị(?:\s+tính)?|ĐVT)\s*:", re.IGNORECASE)
# Whose annex it is, below an annex's title.
_ASIDE = re.compile(r"\((?:Kèm theo|Ban hành|Đính kèm)", re.IGNORECASE)
_CAPTION = re.compile(r"(?:Bảng|Biểu|Phụ lục|Phụ biểu|Danh mục|Danh sách)\b", re.IGNORECASE)
_LONGEST_TITLE = 40  # words; what is longer is prose
_PASSAGES_ABOVE = 4

_Place = tuple[int, str]


@dataclass(frozen=True)
class Numbers:
    """Where the figures of a document stand: `rows` are the sentences that are whole table rows, by `key`."""

    rows: Mapping[_Place, TextSentence]
    figures: Mapping[int, Sequence[Figure]]  # by the number of their sentence

    def at(self, passage: Passage, start: int, end: int) -> Figure | None:
        """Return the figure whose digits begin at [start, end) of a row."""
        sentence = self.rows.get(key(passage))
        found = self.figures.get(sentence.number, ()) if sentence else ()
        return next((figure for figure in found if start <= figure.place.start < end), None)


def key(passage: Passage) -> _Place:
    """Return what tells a row from every other passage: the number of its first line, and its text."""
    return passage.lines[0].line.number, passage.text


def extract(
    shown: Sequence[RuledTable], told: Sequence[Table], text: Sequence[Passage], numbers: Numbers
) -> tuple[DataTable, ...]:
    """Return the tables of a document in order: those that its pages show, and those that only its text tells.

    Args:
        shown: tables of the pages.
        told: tables of the text.
        text: all passages of the document, its tables' among them.
        numbers: the figures.
    """
    places = {key(passage): at for at, passage in enumerate(text)}
    in_tables = {places[key(passage)] for table in shown for passage in table.passages}
    found = [(key(table.passages[0]), table.unit, _names(table), _grid_rows(table, numbers)) for table in shown]
    found += [(key(_opening(table)), table.unit, _told_names(table), _told_rows(table, numbers)) for table in told]
    found.sort(key=lambda table: places[table[0]])
    return tuple(
        DataTable(
            number=number, title=_title(text, places[first], in_tables), unit=unit or None, columns=names, rows=rows
        )
        for number, (first, unit, names, rows) in enumerate((table for table in found if table[3]), 1)
    )


def _names(table: RuledTable) -> tuple[str, ...]:
    return tuple(_LEVELS.join(table.names[column]) for column in sorted(table.names))


def _grid_rows(table: RuledTable, numbers: Numbers) -> tuple[DataRow, ...]:
    counted = {row.index: row for row in table.rows}
    stated: dict[GridCell, Figure] = {}
    rows: list[DataRow] = []
    for index, covering in enumerate(table.body):
        cells = [cell for cell in dict.fromkeys(covering[column] for column in sorted(covering)) if cell.pieces]
        if not cells:
            continue
        if row := counted.get(index):
            stated |= _stated(row, covering, numbers)
        line = cells[0].pieces[0].line
        rows.append(
            DataRow(
                head=(row.label if row else "") or _text_head(table, cells),
                page=line.page,
                line=line.line.number,
                cells=tuple(_cell(cell.left, cell.text, stated.get(cell)) for cell in cells),
            )
        )
    return tuple(rows)


def _stated(row: RuledRow, covering: Mapping[int, GridCell], numbers: Numbers) -> dict[GridCell, Figure]:
    """Return the figures of a row by their cells."""
    return {
        covering[number.column]: figure
        for number in row.numbers
        if (figure := numbers.at(row.passage, number.start, number.start + len(number.text)))
    }


def _text_head(table: RuledTable, cells: Sequence[GridCell]) -> str:
    """Return the head of a row that has none before its numbers: its first cell of text beside the row number."""
    return next((cell.text for cell in cells if cell.left != table.numbered and not cell.is_number), "")


def _opening(table: Table) -> Passage:
    """Return the passage that a table of the text begins with: its header, or its first row."""
    return passages.row(table.header or table.all_rows[0].lines)


def _told_names(table: Table) -> tuple[str, ...]:
    return ("", *(column.name for column in table.columns))


def _told_rows(table: Table, numbers: Numbers) -> tuple[DataRow, ...]:
    return tuple(
        DataRow(
            head=row.label,
            page=row.lines[0].page,
            line=row.lines[0].line.number,
            cells=(_cell(0, row.label, None), *_told_cells(row, numbers)),
        )
        for row in table.all_rows
    )


def _told_cells(row: Row, numbers: Numbers) -> list[DataCell]:
    passage = passages.row(row.lines)
    begins: dict[PrintedLine, int] = dict(zip(passage.lines, passage.starts, strict=True))
    return [
        _cell(
            cell.column + 1,
            cell.line.text[cell.start : cell.end],
            numbers.at(passage, begins[cell.line] + cell.start, begins[cell.line] + cell.end),
        )
        for cell in row.cells
    ]


def _cell(column: int, text: str, figure: Figure | None) -> DataCell:
    return DataCell(column=column, text=text, figure=figure.id if figure else None)


def _title(text: Sequence[Passage], at: int, in_tables: Container[int]) -> str | None:
    """Return what a table is headed by: its caption or what leads it in (":"), right above it, or its section."""
    above = [] if at - 1 in in_tables else text[max(0, at - _PASSAGES_ABOVE) : at]
    near = [passage for passage in above if not (_UNIT_LINE.match(passage.text) or _ASIDE.match(passage.text))]
    if near and _is_title(near[-1]):
        return near[-1].text
    return text[at].heading[-1] if text[at].heading else None


def _is_title(passage: Passage) -> bool:
    if len(passage.text.split()) > _LONGEST_TITLE or passage.mark is not None:
        return False
    is_heading = passage.level < Level.DASH and not passage.text.endswith((".", ";"))
    return bool(_CAPTION.match(passage.text)) or passage.text.isupper() or passage.text.endswith(":") or is_heading
