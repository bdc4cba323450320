"""What is counted without an indicator comes in groups, and each group is an entry for a catalogue that works."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from pipeline.extract import unnamed
from pipeline.extract.catalogue import IndicatorKind, catalogue, shipped
from pipeline.extract.extraction import extract
from pipeline.extract.indicators import linked
from pipeline.models import Extraction
from tests.extract_reading import reading

TEXT = """UBND TỈNH HÀ TRUNG
SỞ VĂN HÓA
Số: {number}/BC-SVH Hà Trung, ngày 30 tháng 9 năm 2024
BÁO CÁO
Hoạt động bảo tàng
I. KẾT QUẢ
Bảo tàng tỉnh đón {visits} lượt khách tham quan. Trong tháng, mở thêm {objects} đợt trưng bày gốm cổ. Bảo tàng tỉnh đón
bằng {share}% khách của cả năm. Đã cấp 40 chữ ký số.
"""


@pytest.fixture(scope="module")
def months() -> list[Extraction]:
    return [
        linked(
            extract(reading(TEXT.format(number=n, visits=100 * n, objects=7 * n, share=9 + n), f"thang-{n}.txt")),
            shipped(),
        )
        for n in (1, 2, 3)
    ]


@pytest.fixture(scope="module")
def groups(months: list[Extraction]) -> list[unnamed.UnnamedGroup]:
    figures = [figure for month in months for figure in month.figures]
    return unnamed.groups(figures, shipped().abbreviations)


def test_figures_of_one_unit_that_begin_alike_are_one_group(groups: list[unnamed.UnnamedGroup]) -> None:
    assert {(group.unit, len(group.figures), group.documents) for group in groups} == {
        ("lượt", 3, 3),
        ("đợt", 3, 3),
        ("%", 3, 3),
    }


def test_what_has_an_indicator_is_in_no_group(groups: list[unnamed.UnnamedGroup]) -> None:
    assert all("chữ ký số" not in group.head for group in groups)


def test_what_is_told_of_a_period_alone_is_taken_for_a_flow(groups: list[unnamed.UnnamedGroup]) -> None:
    kinds = {group.unit: group.kind for group in groups}
    assert kinds == {"lượt": IndicatorKind.STOCK, "đợt": IndicatorKind.FLOW, "%": IndicatorKind.RATE}


def test_each_group_pasted_as_an_entry_links_its_figures(
    months: list[Extraction], groups: list[unnamed.UnnamedGroup], tmp_path: Path
) -> None:
    path = tmp_path / "rieng.yaml"
    entries = {"title": "Bảo tàng", "indicators": [unnamed.entry(group) for group in groups]}
    path.write_text(yaml.safe_dump(entries, allow_unicode=True), encoding="utf-8")
    own = catalogue(path)
    named = {figure.id: figure.indicator for month in months for figure in linked(month, own).figures}
    for group in groups:
        assert {named[figure.id] for figure in group.figures} == {group.id}
