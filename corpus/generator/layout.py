"""Blocks to pages: where every line comes to stand, and therefore what each printed line reads."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from corpus.generator.blocks import Align, Block, Columns, PageBreak, Paragraph, Row, Table
from corpus.generator.fonts import Family
from corpus.generator.typesetting import SetLine, break_lines

PAGE_WIDTH = 595.28
PAGE_HEIGHT = 841.89
LEADING = 1.22
CELL = 3.5
FOOTNOTE_SIZE = 10
SIGNATURE_ROOM = 74.0
SAME_ROW = 6.0
RULE_GAP = 2.5
NOTE_GAP = 18.0
SEAL_ACROSS = 0.24


@dataclass(frozen=True)
class Margins:
    """Edges of the text in points; Nghị định 30/2020/NĐ-CP asks for 20-25, 15-20, 20-25 and 30-35 mm."""

    left: float = 85
    right: float = 48
    top: float = 57
    bottom: float = 57


@dataclass(frozen=True)
class PlacedLine:
    """A line on its page: `x` is its column's left edge, `y` its baseline, measured from the page's top."""

    line: SetLine
    x: float
    y: float
    size: float


@dataclass(frozen=True)
class Stroke:
    """A straight ruled line, from the page's top left corner."""

    x0: float
    y0: float
    x1: float
    y1: float


@dataclass
class Sheet:
    """One page: lines, strokes, and where the seal goes, if it is the page that bears it (centre, from the top).

    `tables` has the printed texts of each table's rows; the rest of a table that a page break cuts is one of its own.
    """

    lines: list[PlacedLine] = field(default_factory=list)
    strokes: list[Stroke] = field(default_factory=list)
    tables: list[list[tuple[str, ...]]] = field(default_factory=list)
    seal: tuple[float, float] | None = None

    def printed(self) -> list[PrintedLine]:
        """The page's lines from top to bottom; what stands side by side is one line, as a reader's eye takes it."""
        rows: list[list[PlacedLine]] = []
        for placed in sorted(self.lines, key=lambda p: (p.y, p.x)):
            if rows and placed.y - rows[-1][0].y < SAME_ROW:
                rows[-1].append(placed)
            else:
                rows.append([placed])
        printed = []
        for row in rows:
            row.sort(key=lambda p: p.x + (p.line.pieces[0].x if p.line.pieces else 0))
            size = max(p.size for p in row)
            text = " ".join(p.line.text for p in row if p.line.text)
            printed.append(PrintedLine(text, row[0].y - size, row[0].y + 0.25 * size))
        return [line for line in printed if line.text]


@dataclass(frozen=True)
class PrintedLine:
    """What one line of the page reads, and the band it fills, in points from the page's top."""

    text: str
    top: float
    bottom: float


class Layout:
    """Sets blocks on pages, footnotes at the foot of the page that calls them."""

    def __init__(self, family: Family, footnotes: Mapping[int, str], margins: Margins | None = None) -> None:
        self.family = family
        self.margins = margins or Margins()
        self.footnotes = footnotes
        self.sheets: list[Sheet] = []
        self._notes: list[list[SetLine]] = []
        self._new_page()

    @property
    def measure(self) -> float:
        """The text's width."""
        return PAGE_WIDTH - self.margins.left - self.margins.right

    def set(self, blocks: Iterable[Block]) -> list[Sheet]:
        """All pages of the document, numbered at the head from the second on."""
        for block in blocks:
            match block:
                case Paragraph():
                    self._paragraph(block)
                case Columns():
                    self._columns(block)
                case Table():
                    self._table(block)
                case PageBreak():
                    self._new_page()
        self._close_page()
        self._number_pages()
        return self.sheets

    def _new_page(self) -> None:
        if self.sheets:
            self._close_page()
        self.sheets.append(Sheet())
        self.y = self.margins.top
        self._notes = []

    def _note_height(self, notes: list[list[SetLine]]) -> float:
        lines = sum(len(note) for note in notes)
        return lines * FOOTNOTE_SIZE * LEADING + NOTE_GAP if lines else 0

    def _called(self, lines: Iterable[SetLine]) -> list[list[SetLine]]:
        return [
            break_lines(
                Paragraph(f"^{m}^ {self.footnotes[m]}", Align.JUSTIFY, FOOTNOTE_SIZE), self.measure, self.family
            )
            for line in lines
            for m in line.marks
        ]

    def _room(self, height: float, lines: Iterable[SetLine]) -> None:
        """Goes to a new page unless the lines and the footnotes that they call still fit on this one."""
        notes = self._called(lines)
        if self.y + height + self._note_height(self._notes + notes) > PAGE_HEIGHT - self.margins.bottom:
            self._new_page()
        self._notes += notes

    def _close_page(self) -> None:
        if not self._notes:
            return
        y = PAGE_HEIGHT - self.margins.bottom - self._note_height(self._notes) + NOTE_GAP
        self.sheets[-1].strokes.append(Stroke(self.margins.left, y - 4, self.margins.left + 144, y - 4))
        for note in self._notes:
            for line in note:
                y += FOOTNOTE_SIZE * LEADING
                self.sheets[-1].lines.append(PlacedLine(line, self.margins.left, y - 3, FOOTNOTE_SIZE))
        self._notes = []

    def _paragraph(self, block: Paragraph) -> None:
        lines = break_lines(block, self.measure, self.family)
        step = block.size * LEADING
        for n, line in enumerate(lines):
            # A title is kept with the line that follows it.
            extra = 2 * step if n == 0 and block.bold else 0
            self._room(step + extra, [line])
            self.sheets[-1].lines.append(PlacedLine(line, self.margins.left, self.y + block.size, block.size))
            self.y += step
        if block.rule:
            self._short_rule(self.margins.left, self.measure, block.rule, self.y + RULE_GAP)
            self.y += 2 * RULE_GAP
        self.y += block.space_after

    def _short_rule(self, left: float, measure: float, share: float, y: float) -> None:
        half = measure * share / 2
        middle = left + measure / 2
        self.sheets[-1].strokes.append(Stroke(middle - half, y, middle + half, y))

    def _columns(self, block: Columns) -> None:
        left_width = self.measure * block.split
        stacks = (
            (block.left, self.margins.left, left_width - 8),
            (block.right, self.margins.left + left_width, self.measure - left_width),
        )
        heights = [self._stack_height(stack, measure) for stack, _, measure in stacks]
        self._room(max(heights) + block.space_after, [])
        top = self.y
        for stack, x, measure in stacks:
            self._stack(stack, x, measure, top)
        if block.seal:
            # The seal covers the left third of the signature (Nghị định 30/2020/NĐ-CP, điều 33).
            right = stacks[1]
            self.sheets[-1].seal = (right[1] + right[2] * SEAL_ACROSS, top + heights[1] - SIGNATURE_ROOM * 0.62)
        self.y = top + max(heights) + block.space_after

    def _stack_height(self, stack: Iterable[Paragraph], measure: float) -> float:
        return sum(
            len(break_lines(p, measure, self.family)) * p.size * LEADING
            + p.space_after
            + (2 * RULE_GAP if p.rule else 0)
            for p in stack
        )

    def _stack(self, stack: Iterable[Paragraph], x: float, measure: float, y: float) -> None:
        for paragraph in stack:
            for line in break_lines(paragraph, measure, self.family):
                self.sheets[-1].lines.append(PlacedLine(line, x, y + paragraph.size, paragraph.size))
                y += paragraph.size * LEADING
            if paragraph.rule:
                self._short_rule(x, measure, paragraph.rule, y + RULE_GAP)
                y += 2 * RULE_GAP
            y += paragraph.space_after

    def _table(self, table: Table) -> None:
        widths = [share / sum(table.widths) * self.measure for share in table.widths]
        edges = [self.margins.left + sum(widths[:n]) for n in range(len(widths) + 1)]
        sheet = self.sheets[-1]
        for number, row in enumerate(table.rows):
            cells = self._cells(table, row, widths, head=number == 0)
            height = max(len(lines) for lines in cells) * table.size * LEADING + 2 * CELL
            self._room(height, [line for lines in cells for line in lines])
            if number == 0 or self.sheets[-1] is not sheet:
                self.sheets[-1].tables.append([])
            sheet = self.sheets[-1]
            sheet.tables[-1].append(tuple(" ".join(line.text for line in lines) for lines in cells))
            sheet.strokes += [Stroke(x, self.y, x, self.y + height) for x in edges]
            sheet.strokes += [Stroke(edges[0], y, edges[-1], y) for y in (self.y, self.y + height)]
            for x, lines in zip(edges, cells, strict=False):
                for n, line in enumerate(lines):
                    y = self.y + CELL + table.size + n * table.size * LEADING - 1.5
                    sheet.lines.append(PlacedLine(line, x + CELL, y, table.size))
            self.y += height
        self.y += 10

    def _cells(self, table: Table, row: Row, widths: list[float], *, head: bool) -> list[list[SetLine]]:
        cells = []
        for n, (text, measure, numeric) in enumerate(zip(row.cells, widths, table.numeric, strict=True)):
            # Headings and the column of running numbers stand in the middle.
            align = Align.CENTRE if head or n == 0 else Align.RIGHT if numeric else Align.LEFT
            paragraph = Paragraph(text, align, table.size, bold=row.bold or head)
            cells.append(break_lines(paragraph, measure - 2 * CELL, self.family))
        return cells

    def _number_pages(self) -> None:
        for number, sheet in enumerate(self.sheets[1:], 2):
            paragraph = Paragraph(str(number), Align.CENTRE, 13)
            line = break_lines(paragraph, self.measure, self.family)[0]
            sheet.lines.append(PlacedLine(line, self.margins.left, self.margins.top - 16, 13))
