"""How many numeric cells of tables stand in the right row and column with the right numeral.

A cell is numeric if it holds one numeral and nothing else. Rows and columns are those of the grid that all the table's
rulings make, counted from 0; a cell over several of them counts where it begins. A table that lost or gained a row
is therefore wrong from there on: that is how a figure comes to stand beside the wrong name.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import NamedTuple

from pipeline.errors import FileAccessError
from pipeline.evaluation.figures import Found

_NUMERAL = re.compile(r"[-+−]?\d+(?:[.,]\d+)*\s?%?")
COLUMNS = ("document", "page", "table", "row", "column", "numeral")


class Place(NamedTuple):
    """Where a cell begins, from 0."""

    row: int
    column: int


Grid = Mapping[Place, str]


@dataclass(frozen=True)
class TableGold:
    """The numeric cells of one table. `document` is its name, or the first 12 hex digits of its SHA-256."""

    document: str
    page: int
    cells: Grid


def numeric(cells: Iterable[tuple[Place, str]]) -> Grid:
    """Return the cells that hold one numeral and nothing else; runs of white space are one space."""
    spaced = ((place, " ".join(text.split())) for place, text in cells)
    return {place: text for place, text in spaced if _NUMERAL.fullmatch(text)}


def score(truth: Sequence[Grid], found: Sequence[Grid]) -> Found:
    """Compare the tables of one page, whatever number each was given.

    Each true table is held against that found one which agrees with it best. What was found in a table that is none of
    the true ones is not counted: the truth need not have all tables of a page.
    """
    left = list(found)
    together = Found()
    for grid in truth:
        best = max(left, key=lambda other: _agreement(grid, other), default={})
        if _agreement(grid, best):
            left.remove(best)
        else:
            best = {}
        together += Found(hits=_agreement(grid, best), true=len(grid), predicted=len(best))
    return together


def _agreement(one: Grid, other: Grid) -> int:
    return sum(other.get(place) == numeral for place, numeral in one.items())


def read_gold(path: Path) -> list[TableGold]:
    """Read the tables of a file of tab-separated lines, one numeric cell each, in the order of `COLUMNS`.

    Raises:
        FileAccessError: The file cannot be read, or is none of this kind.
    """
    try:
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file, delimiter="\t"))
        cells = [
            ((row["document"], int(row["page"]), row["table"]), Place(int(row["row"]), int(row["column"])), row)
            for row in rows
        ]
    except (OSError, KeyError, ValueError) as error:
        raise FileAccessError(f"{path}: không đọc được / cannot be read: {error}.") from error
    return [
        TableGold(document, page, {place: row["numeral"] for _, place, row in group})
        for (document, page, _), group in groupby(cells, key=lambda cell: cell[0])
    ]
