"""What speaks against a table whose text is final: cells read unsurely, numbers read in two ways or stacked in a cell.

A person who takes a figure out of a table should know whether its cells can be relied on; the page's grade alone does
not say which of its tables is meant. As for pages, what counts is the worst tenth.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from pipeline.models import Cell, Page, Table

_WORST_SHARE = 0.1
_UNSURE_BELOW = 0.5
_DISPUTED_BELOW = 0.9
_MANY_DISPUTED, _SEVERAL = 0.1, 3
_NUMERAL = re.compile(r"[-+]?\d+(?:[.,]\d+)*%?")


def with_table_problems(page: Page) -> Page:
    """Return the page with its tables' `problem` set; what the `ocr` stage found stays in it."""
    if not page.tables:
        return page
    return page.model_copy(update={"tables": tuple(_judged(table) for table in page.tables)})


def _judged(table: Table) -> Table:
    reasons = [table.problem] if table.problem else []
    reasons += _unsure([cell for cell in table.cells if cell.confidence is not None])
    stacked = sum(map(_is_stack, table.cells))
    if stacked:
        reasons.append(f"{stacked} ô có nhiều số chồng nhau, có thể thiếu đường kẻ / cells with several numbers")
    return table.model_copy(update={"problem": "; ".join(reasons) or None})


def _unsure(cells: Sequence[Cell]) -> list[str]:
    """Say what was read unsurely in the cells of which it is known how sure they are."""
    reasons = []
    sure = [cell.confidence for cell in cells if cell.confidence is not None]
    worst = float(np.quantile(sure, _WORST_SHARE)) if sure else 1.0
    if worst < _UNSURE_BELOW:
        reasons.append(f"một phần mười số ô đọc không chắc (dưới {worst:.0%}) / a tenth of the cells below {worst:.0%}")
    numbers = [sure for cell, sure in zip(cells, sure, strict=True) if _NUMERAL.fullmatch(cell.text)]
    disputed = sum(sure < _DISPUTED_BELOW for sure in numbers)
    if disputed >= _SEVERAL and disputed > _MANY_DISPUTED * len(numbers):
        reasons.append(f"{disputed}/{len(numbers)} ô số đọc không chắc / numeric cells read unsurely")
    return reasons


def _is_stack(cell: Cell) -> bool:
    """Say whether a cell holds a number on each of several lines: the rulings between its rows were not found."""
    return sum(bool(_NUMERAL.fullmatch(row)) for row in cell.text.split("\n")) > 1
