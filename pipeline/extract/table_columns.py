"""What the columns of a table count: its header cut into columns, and the unit that each column states."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.extract import cues
from pipeline.language.letters import UPPER
from pipeline.models import Kind

_PERCENT = re.compile(r"%|\btỷ lệ\b|\btỉ lệ\b|\bso với\b", re.IGNORECASE)
_MONEY = re.compile(r"(?:nghìn tỷ|tỷ|tỉ|triệu|nghìn|ngàn)?\s*(?:đồng|đ|VNĐ|VND)\s*$", re.IGNORECASE)
_COUNTED = re.compile(r"\b(?:số|số lượng|tổng số)\s+(?P<noun>[^\d()]+)", re.IGNORECASE)
_OWN_UNIT = re.compile(r"\((?P<unit>[^()]+)\)\s*$")
_UNIT_COLUMN = re.compile(r"(?:Đơn vị(?: tính)?|ĐVT)", re.IGNORECASE)
# Column names that say when or whose the numbers are, though they are unit nouns elsewhere.
_NOT_COUNTED = frozenset({"kế hoạch", "chỉ tiêu", "mục tiêu", "quyết định", "năm", "tháng", "ngày", "số", "báo cáo"})
_SUM = re.compile(r"(?:Tổng|Cộng|Tổng cộng|Tổng số)(?:\s*\([^()]*\))?", re.IGNORECASE)


@dataclass(frozen=True)
class Column:
    """A column of numbers: its name, kind and unit; `sums` where it adds up the columns before it."""

    name: str = ""
    kind: Kind = Kind.COUNT
    unit: str = ""
    sums: bool = False


@dataclass(frozen=True)
class Header:
    """The columns of numbers, and whether the column before them states each row's unit."""

    columns: tuple[Column, ...]
    unit_column: bool = False


def read(lines: Sequence[str], count: int, unit: str) -> Header:
    """Cut a header's lines into columns.

    Args:
        lines: the header, from the line that holds "TT" or "STT" to the first row; may be empty.
        count: how many columns of numbers the rows have.
        unit: what is stated above the table for all of it ("Đơn vị: triệu đồng").
    """
    cells = _cells(lines[0]) if lines else []
    names = cells[-count:] if len(cells) >= count + 1 else [""] * count
    before = cells[: len(cells) - count]
    unit_column = bool(before) and is_unit_column(before[-1])
    columns = [column(name, unit) for name in names]
    if unit_column and columns and lines[1:] and "%" in " ".join(lines[1:])[-8:]:
        columns[-1] = Column(columns[-1].name, Kind.PERCENT, "%")
    return Header(tuple(columns), unit_column)


def _cells(line: str) -> list[str]:
    """Cut a header at bars, at wide blanks, or, where the text has lost both, before each capital letter."""
    for pattern in (r"\s*\|\s*", r"\s{2,}"):
        cells = [cell for cell in re.split(pattern, line.strip(" |")) if cell]
        if len(cells) > 2:
            return cells
    words = line.split()
    cells = []
    for word in words:
        begins = re.match(rf"[{UPPER}]", word) and not (cells and cells[-1].endswith(","))
        if begins or not cells:
            cells.append(word)
        else:
            cells[-1] += f" {word}"
    return cells


def is_unit_column(name: str) -> bool:
    """Say whether a column so named states the unit of each row."""
    return _UNIT_COLUMN.fullmatch(name.strip()) is not None


def column(name: str, unit: str) -> Column:
    """Return what a column of that name counts; `unit` is that of the whole table ("Đơn vị: triệu đồng")."""
    sums = _SUM.fullmatch(name.strip()) is not None
    if _PERCENT.search(name):
        return Column(name, Kind.PERCENT, "%")
    if own := _OWN_UNIT.search(name):
        return Column(name, _kind(own["unit"]), own["unit"], sums)
    if counted := _COUNTED.search(name):
        return Column(name, Kind.COUNT, _noun(counted["noun"]), sums)
    if any(cue.kind == "unit" and cue.text == name for cue in cues.find(name)) and name.lower() not in _NOT_COUNTED:
        return Column(name, Kind.COUNT, name.lower(), sums)
    return Column(name, _kind(unit), unit, sums)


def _kind(unit: str) -> Kind:
    if "%" in unit:
        return Kind.PERCENT
    return Kind.MONEY if _MONEY.fullmatch(unit.strip()) else Kind.COUNT


def _noun(text: str) -> str:
    """Return the unit noun that a column's name begins with, or its first words."""
    known = next((cue.text for cue in cues.find(text) if cue.kind == "unit" and cue.start == 0), None)
    return known or " ".join(text.split()[:2])
