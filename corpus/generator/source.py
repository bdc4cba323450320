"""Reads a source of corpus/documents: head, body, footnotes, checks, tasks. docs/CORPUS.md describes the markup."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from corpus.generator import citation_marks, figure_marks, indicator_gold, task_marks
from corpus.generator.blocks import Align, Block, PageBreak, Paragraph, Row, Table
from corpus.generator.figure_marks import FOOTNOTE_CALL, MarkedFigure, SourceError

CHECKS = "=== kiểm tra"
TASKS = "=== nhiệm vụ"
NEW_PAGE = "=== trang mới"
ACROSS = "across.checks"
TABLE = "::: bảng"
TABLE_END = ":::"
NOTE = re.compile(r"\[\^(\d+)\]: (.+)")
OPENS = re.compile(r"[-+~#>]+ |\[\^\d+\]: |:::|===")
CELL = re.compile(r"(?:^|\s)\|\s?")
PER_CENT, NOTHING = " %", " -"
INDENT = 36.0


@dataclass(frozen=True)
class Head:
    """Components of the document as its letterhead, title and signature print them."""

    type: str
    number: str
    symbol: str
    issuer: str
    place: str
    date: str
    subject: str
    signer: str
    signer_title: str
    arrives: str
    parent: str = ""
    to: str = ""
    authority: str = ""
    recipients: str = ""
    urgency: str = ""
    party: str = ""
    font: str = "LiberationSerif"
    size: str = "14"

    def items(self, field: str) -> tuple[str, ...]:
        """A list that is written with semicolons (`to`, `recipients`)."""
        return tuple(item.strip() for item in str(getattr(self, field)).split(";") if item.strip())


@dataclass(frozen=True)
class Check:
    """What the gold says of figures: `verdict`, `kind`, labels (or "=VALUE" for what is no figure), a note."""

    verdict: str
    kind: str
    operands: tuple[str, ...]
    note: str


@dataclass(frozen=True)
class Source:
    """One document of the corpus: everything needed to print it, and everything that is true of it."""

    name: str
    head: Head
    blocks: tuple[Block, ...]
    footnotes: dict[int, str]
    figures: tuple[MarkedFigure, ...]
    citations: tuple[citation_marks.MarkedCitation, ...]
    checks: tuple[Check, ...]
    tasks: tuple[task_marks.MarkedTask, ...]

    def labelled(self) -> dict[str, MarkedFigure]:
        """Figures by label.

        Raises:
            SourceError: two figures have the same label.
        """
        found: dict[str, MarkedFigure] = {}
        for figure in self.figures:
            if figure.label and found.setdefault(figure.label, figure) is not figure:
                raise SourceError(f"{self.name}: the label {figure.label!r} is given twice")
        return found


def read(path: Path) -> Source:
    """The document that a source file describes.

    Raises:
        SourceError: something in it cannot be understood.
    """
    text = path.read_text(encoding="utf-8")
    head_text, _, rest = text.partition("\n---\n")
    stated, _, tasks = rest.partition(TASKS)
    body, _, checks = stated.partition(CHECKS)
    head = read_head(head_text, path)
    builder = _Body(float(head.size))
    for lines in _groups(body):
        builder.add(lines)
    return Source(
        name=path.stem,
        head=head,
        blocks=tuple(builder.blocks),
        footnotes=builder.footnotes,
        figures=tuple(indicator_gold.told(path, builder.figures)),
        citations=tuple(builder.citations),
        checks=tuple(read_checks(checks)),
        tasks=tuple(task_marks.read(tasks)),
    )


def read_head(text: str, path: Path) -> Head:
    """The head of a source: a line `key: value` each.

    Raises:
        SourceError: a key is not known, or one that is needed is not there.
    """
    values = dict(line.split(": ", 1) for line in text.splitlines() if ": " in line)
    try:
        return Head(**values)
    except TypeError as error:
        raise SourceError(f"{path.name}: {error}") from error


def read_checks(text: str) -> Iterator[Check]:
    """Lines "verdict kind label label =value | note"; empty lines and those after # are left out."""
    for line in text.splitlines():
        if line.strip() and not line.startswith("#"):
            statement, _, note = line.partition("|")
            verdict, kind, *operands = statement.split()
            yield Check(verdict, kind, tuple(operands), note.strip())


def _groups(body: str) -> Iterator[list[str]]:
    """Paragraphs are separated by empty lines or begin with a mark; a table runs to its end mark."""
    group: list[str] = []
    for line in body.splitlines():
        in_table = bool(group) and group[0].startswith(TABLE)
        if line.strip() == TABLE_END and in_table:
            yield group
            group = []
        elif line.strip() or in_table:
            if group and not in_table and OPENS.match(line):
                yield group
                group = []
            group.append(line.strip())
        elif group:
            yield group
            group = []
    if group:
        yield group


class _Body:
    def __init__(self, size: float) -> None:
        self.size = size
        self.blocks: list[Block] = []
        self.footnotes: dict[int, str] = {}
        self.figures: list[MarkedFigure] = []
        self.citations: list[citation_marks.MarkedCitation] = []
        self.headings: dict[str, str] = {}

    def add(self, lines: list[str]) -> None:
        text = " ".join(lines)
        if lines[0].startswith(TABLE):
            self._table(lines)
        elif lines[0] == NEW_PAGE:
            self.blocks.append(PageBreak())
        elif note := NOTE.match(text):
            self.footnotes[int(note[1])] = self._take(note[2])
        else:
            self._paragraph(text)

    def _take(self, text: str) -> str:
        """Collects what is marked in the text and answers what is printed of it, in the inline markup of blocks."""
        shown = citation_marks.printed(figure_marks.printed(text))
        passage = words(" ".join([*self.headings.values(), shown]))
        self.figures += [grounded(figure, passage) for figure in figure_marks.find(text)]
        self.citations += citation_marks.find(figure_marks.printed(text))
        return FOOTNOTE_CALL.sub(r"^\1^", shown)

    def _paragraph(self, text: str) -> None:
        mark, _, rest = text.partition(" ")
        plain = Paragraph("", size=self.size, first_indent=INDENT)
        styles = {
            "#": replace(plain, align=Align.CENTRE, first_indent=0, bold=True, space_after=4),
            "##": replace(plain, bold=True, align=Align.LEFT),
            "###": replace(plain, bold=True, italic=True, align=Align.LEFT),
            "~": replace(plain, italic=True),
            ">>": replace(plain, align=Align.RIGHT, first_indent=0, italic=True, space_after=3),
        }
        style = styles.get(mark)
        if mark in ("#", "##", "###"):
            self.headings = {key: value for key, value in self.headings.items() if len(key) < len(mark)} | {mark: rest}
        self.blocks.append(replace(style, text=self._take(rest)) if style else replace(plain, text=self._take(text)))

    def _table(self, lines: list[str]) -> None:
        """A table: its first line is `::: bảng u=triệu đồng | 1 ; 5* ; 2=kế hoạch`, unit and columns.

        Columns are given by their widths; that of the row heads has a star, and a column of figures says after "="
        what to add to the row's head ("-" for nothing, "%" for rates).
        """
        unit, _, columns = lines[0].removeprefix(TABLE).partition("|")
        unit = unit.strip().removeprefix("u=")
        shape = columns.split(" ; ")
        widths = tuple(float(re.match(r"[\d.]+", column.strip())[0]) for column in shape)  # type: ignore[index]
        added = [column.partition("=")[2].strip() or None for column in shape]
        head_column = next(n for n, column in enumerate(shape) if "*" in column)
        rows = [Row(tuple(CELL.split(lines[1])))]
        for line in lines[2:]:
            rows.append(self._row(line, unit, added, head_column))
        numeric = tuple(name is not None for name in added)
        self.blocks.append(Table(tuple(rows), widths, numeric, size=min(self.size, 12.0)))

    def _row(self, line: str, unit: str, added: list[str | None], head_column: int) -> Row:
        """A row: `#name cell | cell | 1.250`; a leading "!" sets it in bold.

        Its figures are labelled `name`, or `name.1`, `name.2` where there are several columns of figures.
        """
        label, bold = None, line.startswith("!")
        line = line.removeprefix("!").strip()
        if line.startswith("#"):
            label, _, line = line[1:].partition(" ")
        cells = CELL.split(line)
        if len(cells) != len(added):
            raise SourceError(f"a row of {len(cells)} cells where {len(added)} are wanted: {line!r}")
        subject = figure_marks.printed(cells[head_column])
        columns = [n for n, name in enumerate(added) if name is not None and re.search(r"\d", cells[n])]
        several = sum(name is not None for name in added) > 1
        for n in columns:
            order = sum(name is not None for name in added[: n + 1])
            figure = _cell(cells[n], f"{subject} {added[n]}", unit)
            self.figures.append(replace(figure, label=f"{label}.{order}" if label and several else label))
        return Row(tuple(figure_marks.printed(cell) for cell in cells), bold)


def words(text: str) -> set[str]:
    """The words of a text, each once, in small letters."""
    return set(re.findall(r"\w+", text.casefold()))


def grounded(figure: MarkedFigure, passage: set[str]) -> MarkedFigure:
    """The figure with a subject of printed words only: what the source adds for its reader is no gold."""
    kept = [word for word in figure.subject.split() if words(word) <= passage]
    return replace(figure, subject=" ".join(kept))


def _cell(cell: str, subject: str, unit: str) -> MarkedFigure:
    """A cell's figure. It needs no braces; with them, its own options stand behind the numeral: `{1.250|u=lượt}`."""
    shown, *options = cell.strip("{} ").split("|")
    if subject.endswith(PER_CENT):
        subject, unit = subject.removesuffix(PER_CENT), PER_CENT.strip()
    subject = subject.removesuffix(NOTHING)
    # The first option that names a unit is the table's; one of the cell's own comes after it and wins.
    return replace(figure_marks.read_mark("|".join([shown, subject, f"u={unit}", *options])), in_table=True)


def read_all(folder: Path) -> list[Source]:
    """All documents of a folder, by name."""
    return [read(path) for path in sorted(folder.glob("*.txt"))]


def across(folder: Path) -> Iterable[Check]:
    """The checks between documents: the folder's file `across.checks`, labels as document/label."""
    return read_checks((folder / ACROSS).read_text(encoding="utf-8"))
