"""How numeric cells are counted, and that the gold of real tables is what it says."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.generator.blocks import Row, Table
from corpus.generator.gold import cells
from corpus.generator.render import set_blocks
from pipeline.errors import FileAccessError
from pipeline.evaluation.cells import Place, numeric, read_gold, score
from pipeline.evaluation.figures import Found

REAL = Path(__file__).resolve().parents[1] / "corpus" / "gold" / "real_tables.tsv"
TRUE = {Place(1, 0): "1", Place(1, 2): "1.250", Place(2, 2): "870"}
GRIDS = st.dictionaries(
    st.builds(Place, st.integers(0, 9), st.integers(0, 9)), st.from_regex(r"\d{1,3}", fullmatch=True), min_size=1
)


def test_only_cells_that_hold_one_numeral_and_nothing_else_are_numeric() -> None:
    said = ["1.250", " 97,5\n%", "-0,59", "A25006", "Năm 2025", "12\n13", "", "-", "7520207"]
    found = numeric((Place(0, column), text) for column, text in enumerate(said))
    assert list(found.values()) == ["1.250", "97,5 %", "-0,59", "7520207"]


def test_a_numeral_in_the_row_below_is_wrong() -> None:
    moved = {Place(row + 1, column): numeral for (row, column), numeral in TRUE.items()}
    assert score([TRUE], [moved]) == Found(hits=0, true=3, predicted=0)


def test_tables_are_matched_by_what_they_hold() -> None:
    other = {Place(1, 0): "9"}
    assert score([TRUE, other], [other, {**TRUE, Place(3, 2): "4"}]) == Found(hits=4, true=4, predicted=5)


def test_a_table_that_was_not_found_counts_with_all_its_cells() -> None:
    assert score([TRUE], []) == Found(hits=0, true=3, predicted=0)


@given(GRIDS)
def test_a_table_is_right_against_itself(grid: dict[Place, str]) -> None:
    assert score([grid], [grid]) == Found(len(grid), len(grid), len(grid))


def test_a_table_that_a_page_break_cuts_has_gold_on_both_pages(tmp_path: Path) -> None:
    rows = tuple(Row((str(n), "Đường Hoa Phượng", f"{n}.250")) for n in range(1, 60))
    (tmp_path / "cells.tsv").write_text(cells("bang", set_blocks([Table(rows, (1, 4, 2), (False, False, True))])))
    tables = read_gold(tmp_path / "cells.tsv")
    assert [table.page for table in tables] == [1, 2]
    assert tables[0].cells[Place(0, 2)] == "1.250"
    assert sum(len(table.cells) for table in tables) == 2 * 59
    assert tables[1].cells[Place(0, 0)] == str(len(tables[0].cells) // 2 + 1)


def test_a_file_of_another_kind_is_named(tmp_path: Path) -> None:
    (tmp_path / "cells.tsv").write_text("a\tb\n1\t2\n")
    with pytest.raises(FileAccessError, match=r"cells\.tsv"):
        read_gold(tmp_path / "cells.tsv")


def test_the_gold_of_real_tables_has_every_cell_once_and_numerals_only() -> None:
    lines = REAL.read_text(encoding="utf-8").splitlines()[1:]
    places = Counter(line.rsplit("\t", 1)[0] for line in lines)
    assert max(places.values()) == 1
    tables = read_gold(REAL)
    assert len(tables) >= 10
    assert all(re.fullmatch(r"[0-9a-f]{12}", table.document) for table in tables)
    assert all(numeric(table.cells.items()) == table.cells for table in tables)
