"""What a document is made of before it is set: paragraphs, letterhead columns, tables, rules."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Align(StrEnum):
    """How the lines of a paragraph stand between its edges."""

    LEFT = "left"
    CENTRE = "centre"
    JUSTIFY = "justify"
    RIGHT = "right"


@dataclass(frozen=True)
class Paragraph:
    r"""Running text in the inline markup: `**bold**`, `*italic*`, `^3^` for a footnote's raised mark, `\*` for a star.

    `size`, indents and spaces are points. `rule` draws the short line that stands under titles of official letters,
    as a share of the column's width.
    """

    text: str
    align: Align = Align.JUSTIFY
    size: float = 14
    first_indent: float = 0
    left_indent: float = 0
    space_after: float = 6
    bold: bool = False
    italic: bool = False
    rule: float = 0


@dataclass(frozen=True)
class Columns:
    """Two stacks of paragraphs side by side: the letterhead, and recipients beside the signature.

    `split` is the left column's share of the width. `seal` asks for room where seal and signature come to stand.
    """

    left: tuple[Paragraph, ...]
    right: tuple[Paragraph, ...]
    split: float = 0.42
    space_after: float = 10
    seal: bool = False


@dataclass(frozen=True)
class Row:
    """One row of a table: its cells in inline markup."""

    cells: tuple[str, ...]
    bold: bool = False


@dataclass(frozen=True)
class Table:
    """A ruled table. `widths` are shares of the text's width; `numeric` says which columns are set to the right."""

    rows: tuple[Row, ...]
    widths: tuple[float, ...]
    numeric: tuple[bool, ...]
    size: float = 12


@dataclass(frozen=True)
class PageBreak:
    """What follows begins on a new page."""


Block = Paragraph | Columns | Table | PageBreak
